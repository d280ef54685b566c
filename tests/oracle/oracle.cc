// SPDX-License-Identifier: Apache-2.0
// rules/FORMAT.md, sections 3, 4 and 6, sentence by sentence. Read it beside that page.
#include "tests/oracle/oracle.h"

#include <algorithm>
#include <set>

#include "tests/oracle/leaf_finders.h"
#include "wasm/text/draft.h"

namespace breath::oracle {
namespace {

using nlohmann::json;

// A leaf that could not be read is unknown, and so is what hangs on it.
enum class Truth : uint8_t { kFalse, kUnknown, kTrue };  // rising: `all` is min, `any` is max
Truth Not(Truth truth) {
  return truth == Truth::kUnknown ? truth : truth == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}
Truth Known(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

// What a condition says of a part of the draft.
struct Answer {
  Truth truth = Truth::kFalse;
  SpanList marks;        // of a condition that is true; those that overlap are one
  bool partial = false;  // a leaf that could not be read might have marked more
};

void Add(const SpanList& more, SpanList* marks) {
  marks->insert(marks->end(), more.begin(), more.end());
  Normalize(marks);
}

// Seconds since 1970 of "2026-11-01T00:00:00Z".
// Days from civil: https://howardhinnant.github.io/date_algorithms.html#days_from_civil
int64_t Seconds(const std::string& time) {
  auto number = [&time](size_t at, size_t size) { return std::stoll(time.substr(at, size)); };
  const int64_t month = number(5, 2);
  const int64_t year = number(0, 4) - (month <= 2 ? 1 : 0);
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(8, 2) - 1;
  const int64_t days =
      year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;  // years 1 and later
  return days * 86400 + number(11, 2) * 3600 + number(14, 2) * 60 + number(17, 2);
}

class Judge {
 public:
  Judge(const json& bundle, std::string_view text, const Place& place, Oversize oversize)
      : bundle_(bundle), draft_(text), place_(place), oversize_(oversize) {}

  // Section 3: whether a rule speaks, and what it marks.
  Answer OfRule(const json& rule) const {
    Answer answer = OfWholeDraft(rule.at("when"));
    if (rule.contains("unless")) {
      answer.truth = std::min(answer.truth, Not(OfWholeDraft(rule["unless"]).truth));
    }
    for (const json& name : rule.value("yieldsTo", json::array())) {
      for (const json& guard : bundle_.value("guards", json::array())) {
        const std::string id = guard.at("id");
        const std::string group = id.substr(0, id.find('.'));
        if (name == id || name == group) {
          answer.truth = std::min(answer.truth, Not(OfGuard(guard)));
        }
      }
    }
    return answer;
  }

  bool Applies(const json& rule) const {
    const json& audience = rule.at("audience");
    if (std::find(audience.begin(), audience.end(), JudgedAudience()) == audience.end()) {
      return false;
    }
    const json active = rule.value("active", json::object());
    if (active.contains("from") && place_.at < Seconds(active["from"])) return false;
    return !active.contains("until") || place_.at < Seconds(active["until"]);
  }

  int32_t Severity(const json& rule) const {
    const json& severity = rule.at("severity");
    const std::string name = severity.is_object() ? severity.at(JudgedAudience()) : severity;
    return name == "strong" ? 2 : name == "pause" ? 1 : 0;
  }

 private:
  // "An audience that is not known is judged as external."
  std::string JudgedAudience() const {
    return place_.audience == "internal" ? "internal" : "external";
  }

  Truth OfGuard(const json& guard) const {
    Truth truth = OfWholeDraft(guard.at("when")).truth;
    if (guard.contains("unless")) {
      truth = std::min(truth, Not(OfWholeDraft(guard["unless"]).truth));
    }
    return truth;
  }

  Answer OfWholeDraft(const json& condition) const { return Of(condition, {0, draft_.size() + 1}); }

  // Section 4. `part` is the whole draft or one sentence of it: a match belongs to the part it
  // starts in.
  Answer Of(const json& condition, Span part) const {
    if (condition.contains("context"))
      return {Known(HoldsContext(condition["context"])), {}, false};
    if (condition.contains("use")) {
      return Of(bundle_.at("definitions").at(condition["use"].get<std::string>()).at("is"), part);
    }
    if (condition.contains("any")) return Any(All(condition["any"], part));
    if (condition.contains("all")) return Every(All(condition["all"], part));
    if (condition.contains("none")) {
      return {Not(Any(All(condition["none"], part)).truth), {}, false};
    }
    if (condition.contains("near")) return Near(condition["near"], part);
    if (condition.contains("before")) return Before(condition["before"], part);
    if (condition.contains("sentence")) return Sentence(condition["sentence"].at("of"), part);
    if (condition.contains("count")) return Count(condition["count"], part);
    return Leaf(condition, part);
  }

  std::vector<Answer> All(const json& conditions, Span part) const {
    std::vector<Answer> answers;
    for (const json& condition : conditions) answers.push_back(Of(condition, part));
    return answers;
  }

  Answer Leaf(const json& condition, Span part) const {
    const LeafMatches found = FindLeaf(bundle_, condition, draft_, oversize_ == Oversize::kRead);
    if (!found.was_read) return {Truth::kUnknown, {}, true};
    Answer answer;
    for (const Span& match : found.matches) {
      if (match.start >= part.start && match.start < part.end) answer.marks.push_back(match);
    }
    answer.truth = Known(!answer.marks.empty());
    return answer;
  }

  // True when one is true; marks of all that are true.
  static Answer Any(const std::vector<Answer>& parts) {
    Answer answer;
    for (const Answer& part : parts) {
      answer.truth = std::max(answer.truth, part.truth);
      answer.partial = answer.partial || part.partial;
      if (part.truth == Truth::kTrue) Add(part.marks, &answer.marks);
    }
    return answer;
  }

  // True when each is true; marks of all of them.
  static Answer Every(const std::vector<Answer>& parts) {
    Answer answer = {Truth::kTrue, {}, false};
    for (const Answer& part : parts) {
      answer.truth = std::min(answer.truth, part.truth);
      answer.partial = answer.partial || part.partial;
      Add(part.marks, &answer.marks);
    }
    if (answer.truth != Truth::kTrue) answer.marks.clear();
    answer.partial = answer.partial || answer.truth == Truth::kUnknown;
    if (answer.truth == Truth::kFalse) answer.partial = false;
    return answer;
  }

  // What `near` and `before` come to once it is known which matches stand in a fitting group.
  static Answer OfGroups(const std::vector<Answer>& parts, const SpanList& grouped) {
    Answer answer = Every(parts);
    if (answer.truth != Truth::kTrue) return answer;
    answer.marks = grouped;
    if (grouped.empty()) answer.truth = answer.partial ? Truth::kUnknown : Truth::kFalse;
    return answer;
  }

  // "One match of each lies so close that at most n units separate the first to end from the last
  // to start." Let any match be the first to end, at `end`: then all that end there or later and
  // start by end + n fit together, and if each part has one of those, they are what is marked.
  Answer Near(const json& operand, Span part) const {
    const uint64_t within = operand.at("within");
    const std::vector<Answer> parts = All(operand.at("of"), part);
    std::set<uint32_t> ends;
    for (const Answer& answer : parts) {
      for (const Span& mark : answer.marks) ends.insert(mark.end);
    }
    SpanList grouped;
    for (const uint32_t end : ends) {
      SpanList together;
      bool each = true;
      for (const Answer& answer : parts) {
        const size_t before = together.size();
        for (const Span& mark : answer.marks) {
          if (mark.end >= end && mark.start <= end + within) together.push_back(mark);
        }
        each = each && together.size() > before;
      }
      if (each) grouped.insert(grouped.end(), together.begin(), together.end());
    }
    Normalize(&grouped);
    return OfGroups(parts, grouped);
  }

  // "Matches follow in the given order without overlap, at most n units between each and the next."
  // Keep what can be reached from the first part, then of that what leads on to the last.
  Answer Before(const json& operand, Span part) const {
    const uint32_t within = operand.at("within");
    const std::vector<Answer> parts = All(operand.at("of"), part);
    auto follows = [within](const Span& a, const Span& b) {
      return b.start >= a.end && b.start - a.end <= within;
    };
    std::vector<SpanList> chain = {parts[0].marks};
    for (size_t i = 1; i < parts.size(); ++i) {
      chain.emplace_back();
      for (const Span& mark : parts[i].marks) {
        const SpanList& earlier = chain[i - 1];
        if (std::any_of(earlier.begin(), earlier.end(),
                        [&](const Span& one) { return follows(one, mark); })) {
          chain[i].push_back(mark);
        }
      }
    }
    SpanList grouped = chain.back();
    SpanList later = chain.back();
    for (size_t i = chain.size() - 1; i-- > 0;) {
      SpanList leading;
      for (const Span& mark : chain[i]) {
        if (std::any_of(later.begin(), later.end(),
                        [&](const Span& one) { return follows(mark, one); })) {
          leading.push_back(mark);
        }
      }
      grouped.insert(grouped.end(), leading.begin(), leading.end());
      later = leading;
    }
    Normalize(&grouped);
    return OfGroups(parts, grouped);
  }

  // "Inside one sentence, each is true of that sentence alone": as `any` of `all`s, one for each
  // sentence.
  Answer Sentence(const json& conditions, Span part) const {
    std::vector<Answer> answers;
    for (const Span& sentence : draft_.sentences()) {
      const Span inside = {std::max(sentence.start, part.start), std::min(sentence.end, part.end)};
      if (inside.start < inside.end) answers.push_back(Every(All(conditions, inside)));
    }
    return Any(answers);
  }

  Answer Count(const json& operand, Span part) const {
    Answer answer = Of(operand.at("of"), part);
    if (answer.truth != Truth::kTrue) return answer;
    if (answer.marks.size() >= operand.at("atLeast")) return answer;
    answer.truth = answer.partial ? Truth::kUnknown : Truth::kFalse;
    answer.marks.clear();
    return answer;
  }

  // Section 4.3: every member given must hold.
  bool HoldsContext(const json& test) const {
    auto holds = [&test](const char* member, const std::string& actual) {
      const json wanted = test.value(member, json::array({actual}));
      return std::find(wanted.begin(), wanted.end(), actual) != wanted.end();
    };
    return holds("site", place_.site) && holds("surface", place_.surface) &&
           holds("audience", place_.audience) &&
           test.value("reply", place_.reply) == place_.reply &&
           test.value("media", place_.media) == place_.media;
  }

  const json& bundle_;
  const Draft draft_;
  const Place& place_;
  const Oversize oversize_;
};

}  // namespace

Verdict Check(const json& bundle, std::string_view draft, const Place& place, Oversize oversize) {
  const Judge judge(bundle, draft, place, oversize);
  Verdict verdict;
  const json& rules = bundle.at("rules");
  for (uint32_t i = 0; i < rules.size(); ++i) {
    if (!judge.Applies(rules[i])) continue;
    const Answer answer = judge.OfRule(rules[i]);
    if (answer.truth == Truth::kTrue) {
      verdict.findings.push_back({i, judge.Severity(rules[i]), answer.marks});
    }
    if (answer.truth == Truth::kUnknown) verdict.unchecked.push_back(static_cast<int32_t>(i));
  }
  Conclude(bundle, &verdict);
  return verdict;
}

}  // namespace breath::oracle
