// SPDX-License-Identifier: Apache-2.0
// The leaves of rules/FORMAT.md, section 4, read over the whole draft without any index or
// prefilter. Written anew, in naive_leaves.cc: words, list, pattern, except, link, mention,
// shouting. Asked of wasm/match, in engine_leaves.cc, because a second hand would write the same
// code again: number (shapes and checksums) and secret (shapes, placeholders); for a secret after a
// cue the cues are found here. Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_LEAF_FINDERS_H_
#define BREATH_TESTS_ORACLE_LEAF_FINDERS_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath::oracle {

struct LeafMatches {
  bool was_read = true;
  SpanList matches;  // UTF-16; those that overlap are one
};

// All matches of a leaf (not `context`). With `read_oversize` a leaf may match as often as it
// likes; without, one that matches more often than the engine keeps is not read.
LeafMatches FindLeaf(const nlohmann::json& bundle, const nlohmann::json& leaf, const Draft& draft,
                     bool read_oversize);

// naive_leaves.cc
SpanList FindPhrases(const Draft& draft, const std::vector<std::string>& phrases);
LeafMatches FindPattern(const Draft& draft, const nlohmann::json& leaf, bool read_oversize);
// Without hosts: every link. `hosts` are as an author wrote them.
SpanList FindLinks(const Draft& draft, bool any, const std::vector<std::string>& hosts);
SpanList FindMentions(const Draft& draft);
SpanList FindShouting(const Draft& draft, uint32_t words);

// engine_leaves.cc
SpanList FindNumbers(const Draft& draft, const std::string& kind);
SpanList FindSecrets(const Draft& draft, const nlohmann::json& secret);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_LEAF_FINDERS_H_
