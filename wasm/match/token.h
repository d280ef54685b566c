// SPDX-License-Identifier: Apache-2.0
// Leaves that read the tokens of social text: links and host names, @mentions, and shouting. No
// network, no list of top-level domains: without hosts to look for, only what is written as a link
// counts as one. Tested by: tests/engine/match_test.cc
#ifndef BREATH_MATCH_TOKEN_H_
#define BREATH_MATCH_TOKEN_H_

#include <stdint.h>

#include <string>
#include <vector>

#include "wasm/match/pattern.h"
#include "wasm/match/slice.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

// What to look for, while a bundle is read. `hosts` are folded, without scheme or leading "*.";
// `any` means every link.
struct Link {
  bool any = false;
  std::vector<std::string> hosts;
};

// A host as an author wrote it ("*.Corp.example", "https://corp.example/x") in the form Link wants,
// or "".
std::string NormalizeHost(std::string_view host);

// `hosts` are sorted.
LeafResult FindLinks(const Draft& draft, bool any, const StringList& hosts, uint32_t limit,
                     SpanList* out);
LeafResult FindMentions(const Draft& draft, uint32_t limit, SpanList* out);
// Runs of at least `words` words in capitals, each of two letters or more. Lone capitals ("I", "A")
// and numbers inside a run neither count nor break it; punctuation that ends a sentence does not
// break it either.
LeafResult FindShouting(const Draft& draft, uint32_t words, uint32_t limit, SpanList* out);

}  // namespace breath

#endif  // BREATH_MATCH_TOKEN_H_
