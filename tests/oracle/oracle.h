// SPDX-License-Identifier: Apache-2.0
// The oracle: a slow checker that says what rules/FORMAT.md says, so that the fast engine can be
// held against it. It reads bundle JSON itself, judges every rule, reads every leaf over the whole
// draft and tries what a person would try. It skips nothing, remembers nothing and validates
// nothing: give it only bundles the engine has loaded. Of the engine it shares wasm/text (folding,
// word boundaries, sentences), RE2, and the few finders that leaf_finders.h names.
// Tested by: tests/oracle/oracle_test.cc (against tests/engine/vectors.json, then the engine)
#ifndef BREATH_TESTS_ORACLE_ORACLE_H_
#define BREATH_TESTS_ORACLE_ORACLE_H_

#include <stdint.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/oracle/verdict.h"

namespace breath::oracle {

// What to make of a leaf that matches more often than the engine keeps. The engine may say that it
// could not judge, or may know better, so a caller asks for both answers and takes either.
enum class Oversize : uint8_t {
  kUnread,  // not read: unknown
  kRead,    // read to the last match
};

// The verdict on `draft` (UTF-8 bytes, malformed ones read as U+FFFD), spans in UTF-16 units.
Verdict Check(const nlohmann::json& bundle, std::string_view draft, const Place& place,
              Oversize oversize);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_ORACLE_H_
