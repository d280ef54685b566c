// SPDX-License-Identifier: Apache-2.0
// Judges a draft by every rule of a rule set that applies where it is written. Three outcomes,
// never mixed. The protected-topic guard is consulted only when a rule that yields to it would
// speak, and its result is forgotten. Tested by: tests/engine/checker_test.cc
#ifndef BREATH_RULES_CHECKER_H_
#define BREATH_RULES_CHECKER_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "wasm/rules/evaluate.h"
#include "wasm/rules/rule_set.h"

namespace breath {

enum class Outcome : uint8_t { kClean, kFindings, kUnchecked };
enum class Reason : uint8_t { kTextTooLong = 1, kOutOfMemory = 2, kTooManyMatches = 3 };
enum class RuleVerdict : uint8_t {
  kSpoke,
  kNoMatch,
  kExcused,
  kYielded,
  kAudience,
  kInactive,
  kUnchecked
};

struct Finding {
  uint32_t rule = 0;
  Severity severity = Severity::kNote;
  SpanList spans;
};

struct UncheckedRule {
  int32_t rule = -1;  // -1: no rule was judged
  Reason reason = Reason::kTextTooLong;
};

struct Report {
  Outcome outcome = Outcome::kClean;
  std::vector<Finding> findings;  // strong first, then by first span, then by rule id
  std::vector<UncheckedRule> unchecked;
};

// Longest draft in bytes of UTF-8; a longer one is unchecked.
inline constexpr uint32_t kLongestDraft = 4U << 20;

Report CheckDraft(RuleSet* rule_set, std::string_view text, const Context& context);

struct Explanation {
  struct RuleLine {
    RuleVerdict verdict = RuleVerdict::kNoMatch;
    int32_t guard = -1;
  };
  std::vector<RuleLine> rules;
  std::vector<bool> guards;
};
// What came of every rule and guard, for offline tools.
Explanation ExplainDraft(RuleSet* rule_set, std::string_view text, const Context& context);

}  // namespace breath

#endif  // BREATH_RULES_CHECKER_H_
