// SPDX-License-Identifier: Apache-2.0
// Judges a draft by every rule of a rule set that applies where it is written. Three outcomes,
// never mixed. The protected-topic guard is consulted only when a rule that yields to it would
// speak, and its result is forgotten. Tested by: tests/engine/checker_test.cc
#ifndef BREATH_RULES_CHECKER_H_
#define BREATH_RULES_CHECKER_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "wasm/rules/compiled_rules.h"
#include "wasm/rules/evaluate.h"

namespace breath {

enum class Outcome : uint8_t { kClean, kFindings, kUnchecked };
enum class Reason : uint8_t { kTextTooLong = 1, kOutOfMemory, kTooManyMatches, kTooMuchWork };
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

struct Explanation {
  struct RuleLine {
    RuleVerdict verdict = RuleVerdict::kNoMatch;
    int32_t guard = -1;
  };
  std::vector<RuleLine> rules;
  std::vector<bool> guards;
};

// Checks drafts, one at a time, against rules that any number of checkers may share. It keeps room
// and compiled patterns between drafts, and nothing of a draft but on request.
class Checker {
 public:
  // `rules` must outlive the checker, which keeps at most `patterns_kept` of their patterns
  // compiled.
  explicit Checker(const CompiledRules* rules, size_t patterns_kept = kPatternsKept);

  // The draft is UTF-8; malformed bytes count as U+FFFD.
  Report Check(std::string_view text, const Context& context);
  // The same report, and the draft is kept: the next CheckNext takes its text for the next state of
  // the same draft and reads again only where it differs. Any other call forgets it.
  Report CheckNext(std::string_view text, const Context& context);
  // Overwrites the draft that CheckNext kept.
  void Forget() { evaluation_.End(); }
  // What came of every rule and guard, for offline tools: it judges all of them.
  Explanation Explain(std::string_view text, const Context& context);

  // How often regular expressions were run, and compiled, so far.
  const PatternPool& patterns() const { return evaluation_.patterns(); }

 private:
  struct Verdict {
    RuleVerdict verdict = RuleVerdict::kNoMatch;
    int32_t guard = -1;
    Severity severity = Severity::kNote;
    SpanList spans;
    Reason reason = Reason::kOutOfMemory;
  };
  struct GuardMemo {
    bool judged = false;
    Truth truth = Truth::kFalse;
  };
  void Begin(std::string_view text, const Context& context, Evaluation::Former former);
  Report JudgeAll(std::string_view text, const Context& context, Evaluation::Former former);
  Verdict Judge(const RuleRecord& rule);
  Truth JudgeGuard(uint32_t guard);

  const CompiledRules& rules_;
  Evaluation evaluation_;
  std::vector<GuardMemo> guards_;
  bool is_internal_ = false;
  int64_t at_ = 0;
};

}  // namespace breath

#endif  // BREATH_RULES_CHECKER_H_
