// SPDX-License-Identifier: Apache-2.0
// One draft against one rule set. Tested by tests/engine/checker_test.cc.
#include "wasm/rules/checker.h"

#include <algorithm>

namespace breath {
namespace {

Reason ReasonOf(LeafResult result) {
  return result == LeafResult::kOutOfMemory ? Reason::kOutOfMemory : Reason::kTooManyMatches;
}

// A check in progress: guards are judged when first asked and remembered for the rest of it.
class Check {
 public:
  Check(RuleSet* rule_set, const Draft& draft, const Context& context)
      : rule_set_(rule_set),
        context_(context),
        evaluation_(rule_set, draft, context),
        guards_(rule_set->guards.size()) {}

  struct Verdict {
    RuleVerdict verdict = RuleVerdict::kNoMatch;
    int32_t guard = -1;
    Severity severity = Severity::kNote;
    SpanList spans;
    Reason reason = Reason::kOutOfMemory;
  };

  Verdict Judge(const Rule& rule) {
    Verdict out;
    // An audience that is not known is the wider one.
    const bool internal = context_.audience == "internal";
    if (internal ? !rule.internal : !rule.external) {
      out.verdict = RuleVerdict::kAudience;
      return out;
    }
    if ((rule.from != kNoTime && context_.at < rule.from) ||
        (rule.until != kNoTime && context_.at >= rule.until)) {
      out.verdict = RuleVerdict::kInactive;
      return out;
    }
    out.severity = internal ? rule.internal_severity : rule.external_severity;
    const Truth speaks = evaluation_.Judge(rule.when, &out.spans);
    if (speaks == Truth::kFalse) return out;
    bool unknown = speaks == Truth::kUnknown;
    if (rule.unless != kNoNode) {
      const Truth excused = evaluation_.Judge(rule.unless, nullptr);
      if (excused == Truth::kTrue) {
        out.verdict = RuleVerdict::kExcused;
        return out;
      }
      unknown = unknown || excused == Truth::kUnknown;
    }
    for (const uint32_t guard : rule.guards) {
      const Truth silenced = JudgeGuard(guard);
      if (silenced == Truth::kTrue) {
        out.verdict = RuleVerdict::kYielded;
        out.guard = static_cast<int32_t>(guard);
        return out;
      }
      unknown = unknown || silenced == Truth::kUnknown;
    }
    if (unknown) {
      out.verdict = RuleVerdict::kUnchecked;
      out.reason = ReasonOf(evaluation_.trouble());
      return out;
    }
    out.verdict = RuleVerdict::kSpoke;
    return out;
  }

  Truth JudgeGuard(uint32_t index) {
    GuardMemo& memo = guards_[index];
    if (memo.judged) return memo.truth;
    memo.judged = true;
    const Guard& guard = rule_set_->guards[index];
    memo.truth = evaluation_.Judge(guard.when, nullptr);
    if (memo.truth != Truth::kFalse && guard.unless != kNoNode) {
      const Truth excused = evaluation_.Judge(guard.unless, nullptr);
      if (excused == Truth::kTrue) memo.truth = Truth::kFalse;
      if (excused == Truth::kUnknown) memo.truth = Truth::kUnknown;
    }
    return memo.truth;
  }

 private:
  struct GuardMemo {
    bool judged = false;
    Truth truth = Truth::kFalse;
  };
  RuleSet* rule_set_;
  const Context& context_;
  Evaluation evaluation_;
  std::vector<GuardMemo> guards_;
};

}  // namespace

Report CheckDraft(RuleSet* rule_set, std::string_view text, const Context& context) {
  Report report;
  if (text.size() > kLongestDraft) {
    report.outcome = Outcome::kUnchecked;
    report.unchecked.push_back({-1, Reason::kTextTooLong});
    return report;
  }
  const Draft draft(text);
  Check check(rule_set, draft, context);
  for (uint32_t i = 0; i < rule_set->rules.size(); ++i) {
    Check::Verdict verdict = check.Judge(rule_set->rules[i]);
    if (verdict.verdict == RuleVerdict::kSpoke) {
      report.findings.push_back({i, verdict.severity, std::move(verdict.spans)});
    } else if (verdict.verdict == RuleVerdict::kUnchecked) {
      report.unchecked.push_back({static_cast<int32_t>(i), verdict.reason});
    }
  }
  const std::vector<Rule>& rules = rule_set->rules;
  std::sort(report.findings.begin(), report.findings.end(),
            [&rules](const Finding& a, const Finding& b) {
              if (a.severity != b.severity) return a.severity > b.severity;
              const uint32_t start_a = a.spans.empty() ? 0 : a.spans[0].start;
              const uint32_t start_b = b.spans.empty() ? 0 : b.spans[0].start;
              return start_a != start_b ? start_a < start_b : rules[a.rule].id < rules[b.rule].id;
            });
  if (!report.findings.empty()) {
    report.outcome = Outcome::kFindings;
  } else if (!report.unchecked.empty()) {
    report.outcome = Outcome::kUnchecked;
  }
  return report;
}

Explanation ExplainDraft(RuleSet* rule_set, std::string_view text, const Context& context) {
  Explanation explanation;
  explanation.rules.resize(rule_set->rules.size());
  explanation.guards.resize(rule_set->guards.size());
  if (text.size() > kLongestDraft) {
    for (Explanation::RuleLine& line : explanation.rules) line.verdict = RuleVerdict::kUnchecked;
    return explanation;
  }
  const Draft draft(text);
  Check check(rule_set, draft, context);
  for (size_t i = 0; i < rule_set->rules.size(); ++i) {
    const Check::Verdict verdict = check.Judge(rule_set->rules[i]);
    explanation.rules[i] = {verdict.verdict, verdict.guard};
  }
  for (uint32_t i = 0; i < rule_set->guards.size(); ++i) {
    explanation.guards[i] = check.JudgeGuard(i) == Truth::kTrue;
  }
  return explanation;
}

}  // namespace breath
