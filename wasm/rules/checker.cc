// SPDX-License-Identifier: Apache-2.0
// One draft against one rule set. Tested by tests/engine/checker_test.cc.
#include "wasm/rules/checker.h"

#include <algorithm>

namespace breath {
namespace {

Reason ReasonOf(LeafResult result) {
  switch (result) {
    case LeafResult::kTooManyMatches:
      return Reason::kTooManyMatches;
    case LeafResult::kTooMuchWork:
      return Reason::kTooMuchWork;
    default:
      return Reason::kOutOfMemory;
  }
}

}  // namespace

Checker::Checker(const CompiledRules* rules, size_t patterns_kept)
    : rules_(*rules), evaluation_(rules, patterns_kept) {}

void Checker::Begin(std::string_view text, const Context& context, Evaluation::Former former) {
  // An audience that is not known is the wider one.
  is_internal_ = context.audience == "internal";
  at_ = context.at;
  guards_.assign(rules_.guards.size, {});
  evaluation_.Begin(text, context, former);
}

Checker::Verdict Checker::Judge(const RuleRecord& rule) {
  Verdict out;
  if ((is_internal_ ? rule.internal : rule.external) == 0) {
    out.verdict = RuleVerdict::kAudience;
    return out;
  }
  if ((rule.from != kNoTime && at_ < rule.from) || (rule.until != kNoTime && at_ >= rule.until)) {
    out.verdict = RuleVerdict::kInactive;
    return out;
  }
  out.severity = is_internal_ ? rule.internal_severity : rule.external_severity;
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
  for (const uint32_t guard : rules_.rule_guards.Part(rule.guards.first, rule.guards.count)) {
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

// Guards are judged when first asked and remembered for the rest of the draft.
Truth Checker::JudgeGuard(uint32_t index) {
  GuardMemo& memo = guards_[index];
  if (memo.judged) return memo.truth;
  memo.judged = true;
  const GuardRecord& guard = rules_.guards[index];
  memo.truth = evaluation_.Judge(guard.when, nullptr);
  if (memo.truth != Truth::kFalse && guard.unless != kNoNode) {
    const Truth excused = evaluation_.Judge(guard.unless, nullptr);
    if (excused == Truth::kTrue) memo.truth = Truth::kFalse;
    if (excused == Truth::kUnknown) memo.truth = Truth::kUnknown;
  }
  return memo.truth;
}

Report Checker::Check(std::string_view text, const Context& context) {
  Report report = JudgeAll(text, context, Evaluation::Former::kNone);
  Forget();
  return report;
}

Report Checker::CheckNext(std::string_view text, const Context& context) {
  return JudgeAll(text, context, Evaluation::Former::kKept);
}

Report Checker::JudgeAll(std::string_view text, const Context& context, Evaluation::Former former) {
  Report report;
  if (text.size() > kLongestDraft) {
    Forget();
    report.outcome = Outcome::kUnchecked;
    report.unchecked.push_back({-1, Reason::kTextTooLong});
    return report;
  }
  Begin(text, context, former);
  evaluation_.ForEachCandidate([this, &report](uint32_t rule) {
    Verdict verdict = Judge(rules_.rules[rule]);
    if (verdict.verdict == RuleVerdict::kSpoke) {
      report.findings.push_back({rule, verdict.severity, std::move(verdict.spans)});
    } else if (verdict.verdict == RuleVerdict::kUnchecked) {
      report.unchecked.push_back({static_cast<int32_t>(rule), verdict.reason});
    }
  });
  std::sort(report.findings.begin(), report.findings.end(),
            [this](const Finding& a, const Finding& b) {
              if (a.severity != b.severity) return a.severity > b.severity;
              const uint32_t start_a = a.spans.empty() ? 0 : a.spans[0].start;
              const uint32_t start_b = b.spans.empty() ? 0 : b.spans[0].start;
              if (start_a != start_b) return start_a < start_b;
              return rules_.rules[a.rule].id_rank < rules_.rules[b.rule].id_rank;
            });
  std::sort(report.unchecked.begin(), report.unchecked.end(),
            [](const UncheckedRule& a, const UncheckedRule& b) { return a.rule < b.rule; });
  if (!report.findings.empty()) {
    report.outcome = Outcome::kFindings;
  } else if (!report.unchecked.empty()) {
    report.outcome = Outcome::kUnchecked;
  }
  return report;
}

Explanation Checker::Explain(std::string_view text, const Context& context) {
  Explanation explanation;
  explanation.rules.resize(rules_.rules.size);
  explanation.guards.resize(rules_.guards.size);
  Forget();
  if (text.size() > kLongestDraft) {
    for (Explanation::RuleLine& line : explanation.rules) line.verdict = RuleVerdict::kUnchecked;
    return explanation;
  }
  Begin(text, context, Evaluation::Former::kNone);
  for (uint32_t i = 0; i < rules_.rules.size; ++i) {
    const Verdict verdict = Judge(rules_.rules[i]);
    explanation.rules[i] = {verdict.verdict, verdict.guard};
  }
  for (uint32_t i = 0; i < rules_.guards.size; ++i) {
    explanation.guards[i] = JudgeGuard(i) == Truth::kTrue;
  }
  evaluation_.End();
  return explanation;
}

}  // namespace breath
