// SPDX-License-Identifier: Apache-2.0
// Behind case_maker.h. The kinds of condition below mirror what rules/FORMAT.md lets stand where.
// Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/case_maker.h"

#include <algorithm>
#include <vector>

#include "tests/engine/vectors.h"
#include "tests/oracle/expression_maker.h"
#include "tests/oracle/leaf_maker.h"
#include "tests/oracle/vocabulary.h"

namespace breath::oracle {
namespace {

using nlohmann::json;

constexpr uint32_t kDeepest = 3;  // of a rule; with a definition as deep it stays within the format

class Maker {
 public:
  explicit Maker(Choices* choices) : choices_(*choices), leaves_(choices) {}

  Case Make() {
    // The draft's shape comes first, so that cutting the end of the choices leaves it alone.
    const uint32_t pieces = choices_.OnceIn(16) ? 20 + Below(200) : Below(24);
    Case made;
    made.place = AnyPlace();
    const uint32_t guards = choices_.OnceIn(3) ? 1 + Below(2) : 0;
    json guard_list = json::array();
    for (uint32_t i = 0; i < guards; ++i) guard_list.push_back(Guard(i));
    json rules = json::array();
    const uint32_t count = 1 + Below(4);
    for (uint32_t i = 0; i < count; ++i) rules.push_back(Rule(i, guards));
    made.bundle = testing::BundleJson(std::move(rules));
    if (guards > 0) made.bundle["guards"] = std::move(guard_list);
    if (!leaves_.lists().empty()) made.bundle["lists"] = leaves_.lists();
    if (!definitions_.empty()) made.bundle["definitions"] = definitions_;
    for (uint32_t i = 0; i < pieces; ++i) made.draft += Piece();
    if (HoldsFloodedPattern(made.bundle) && choices_.OnceIn(2)) made.draft.append(kFlood, '~');
    return made;
  }

 private:
  uint32_t Below(uint32_t bound) { return choices_.Below(bound); }

  Place AnyPlace() {
    static constexpr const char* kSites[] = {"x", "linkedin", ""};
    static constexpr const char* kSurfaces[] = {"post", "reply", "message", ""};
    static constexpr const char* kAudiences[] = {"external", "internal", "unknown", ""};
    Place place;
    place.site = choices_.Pick(kSites);
    place.surface = choices_.Pick(kSurfaces);
    place.audience = choices_.Pick(kAudiences);
    place.at += Below(3);
    place.reply = choices_.OnceIn(2);
    place.media = choices_.OnceIn(2);
    return place;
  }

  // ---- Rules and guards ----

  json Guard(uint32_t index) {
    json guard = {{"id", "protected.g" + std::to_string(index)},
                  {"title", "Guard"},
                  {"owner", "HR"},
                  {"purpose", "Purpose."},
                  {"when", Marking(1)},
                  {"examples", {{"silent", json::array({"a"})}, {"loud", json::array({"b"})}}}};
    if (choices_.OnceIn(4)) guard["unless"] = Condition(1);
    return guard;
  }

  json Rule(uint32_t index, uint32_t guards) {
    static constexpr const char* kSeverities[] = {"pause", "note", "strong"};
    static constexpr const char* kTimes[] = {"2026-11-21T00:00:00Z", "2026-11-21T00:00:01Z",
                                             "2026-11-21T00:00:02Z", "2027-02-28T23:59:59Z"};
    static constexpr const char* kDepartments[] = {"hr", "legal", "a"};
    const std::string department = choices_.Pick(kDepartments);
    json rule = testing::RuleJson(Marking(0), department + ".r" + std::to_string(index));
    if (choices_.OnceIn(3)) rule["unless"] = Condition(1);
    if (guards > 0 && choices_.OnceIn(2)) {
      rule["yieldsTo"] =
          choices_.OnceIn(2) ? json::array({"protected"}) : json::array({"protected.g0"});
    }
    rule["severity"] = choices_.Pick(kSeverities);
    switch (Below(6)) {
      case 4:
        rule["audience"] = json::array({"internal"});
        break;
      case 5:
        rule["audience"] = json::array({"external"});
        break;
      case 3:
        rule["severity"] = {{"external", choices_.Pick(kSeverities)},
                            {"internal", choices_.Pick(kSeverities)}};
        break;
      default:
        break;
    }
    if (choices_.OnceIn(6)) {
      const uint32_t from = Below(3);
      if (choices_.OnceIn(2)) rule["active"]["until"] = kTimes[from + 1];
      if (!rule.contains("active") || choices_.OnceIn(2)) rule["active"]["from"] = kTimes[from];
    }
    return rule;
  }

  // ---- Conditions ----

  // Any condition: it may mark nothing.
  json Condition(uint32_t depth) {
    if (depth < kDeepest && choices_.OnceIn(4))
      return {{"none", Several(&Maker::Condition, depth)}};
    if (choices_.OnceIn(6)) return {{"context", Context()}};
    return Marking(depth);
  }

  // A condition that can mark words.
  json Marking(uint32_t depth) {
    if (depth >= kDeepest) return Spans(depth);
    switch (Below(10)) {
      case 6:
        return {{"all", OneOf(&Maker::Marking, depth)}};
      case 7:
        return {{"any", OneOf(&Maker::Marking, depth)}};
      case 8:
        return {{"sentence", {{"of", OneOf(&Maker::Settled, depth)}}}};
      case 9:
        return {{"count", {{"of", Marking(depth + 1)}, {"atLeast", 1 + Below(3)}}}};
      case 5:
        return Settled(depth);
      default:
        return Spans(depth);
    }
  }

  // One that marks words and holds no `none`: what leads a sentence.
  json Settled(uint32_t depth) {
    if (depth >= kDeepest) return Spans(depth);
    switch (Below(9)) {
      case 5:
        return {{"all", Several(&Maker::Settled, depth)}};
      case 6:
        return {{"any", json::array({json{{"context", Context()}}, Settled(depth + 1)})}};
      case 7:
        return {{"sentence", {{"of", Several(&Maker::Settled, depth)}}}};
      case 8:
        return {{"count", {{"of", Settled(depth + 1)}, {"atLeast", 1 + Below(3)}}}};
      default:
        return Spans(depth);
    }
  }

  // One made of matches only: what may stand inside `near` and `before`.
  json Spans(uint32_t depth) {
    static constexpr uint32_t kWithin[] = {0, 1, 2, 5, 10, 30, 100, 255};
    if (depth >= kDeepest) return leaves_.Leaf();
    switch (Below(9)) {
      case 4:
        return {{"any", Several(&Maker::Spans, depth)}};
      case 5:
        return {{"near", {{"of", Pair(depth)}, {"within", choices_.Pick(kWithin)}}}};
      case 6:
        return {{"before", {{"of", Pair(depth)}, {"within", choices_.Pick(kWithin)}}}};
      case 7:
      case 8:
        if (!in_definition_) return Use();
        [[fallthrough]];
      default:
        return leaves_.Leaf();
    }
  }

  json Several(json (Maker::*make)(uint32_t), uint32_t depth) {
    json conditions = json::array({(this->*make)(depth + 1)});
    for (uint32_t more = Below(3); more > 0; --more) conditions.push_back((this->*make)(depth + 1));
    return conditions;
  }
  json Pair(uint32_t depth) {
    json conditions = Several(&Maker::Spans, depth);
    conditions.push_back(Spans(depth + 1));
    return conditions;
  }
  // One of the kind wanted, others of any kind before and after.
  json OneOf(json (Maker::*make)(uint32_t), uint32_t depth) {
    json conditions = json::array();
    for (uint32_t more = Below(2); more > 0; --more) conditions.push_back(Condition(depth + 1));
    conditions.push_back((this->*make)(depth + 1));
    for (uint32_t more = Below(2); more > 0; --more) conditions.push_back(Condition(depth + 1));
    return conditions;
  }

  json Use() {
    const std::string name = "d" + std::to_string(Below(2));
    if (!definitions_.contains(name)) {
      in_definition_ = true;
      const json is = Spans(1);
      in_definition_ = false;
      definitions_[name] = {{"title", name}, {"is", is}};
    }
    return {{"use", name}};
  }

  json Context() {
    static constexpr const char* kAudiences[] = {"external", "internal"};
    static constexpr const char* kSurfaces[] = {"post", "reply", "comment"};
    json test;
    if (choices_.OnceIn(3)) test["site"] = json::array({"x"});
    if (choices_.OnceIn(3)) test["surface"] = json::array({choices_.Pick(kSurfaces), "message"});
    if (choices_.OnceIn(3)) test["reply"] = true;
    if (choices_.OnceIn(3)) test["media"] = choices_.OnceIn(2);
    if (test.is_null()) test["audience"] = json::array({choices_.Pick(kAudiences)});
    return test;
  }

  // ---- The draft ----

  std::string Piece() {
    std::string piece;
    const uint32_t kind = Below(16);
    const std::vector<std::string>& hints = leaves_.hints();
    if (kind < 9 && !hints.empty()) {
      piece = hints[Below(static_cast<uint32_t>(std::min<size_t>(hints.size(), 256)))];
      if (choices_.OnceIn(3)) piece = Respelled(piece, &choices_);
    } else if (kind < 12) {
      piece = AnyWord(&choices_);
    } else if (kind < 15) {
      piece = AnyToken(&choices_);
    } else {
      piece = AnyOddity(&choices_);
    }
    return piece + AnySeparator(&choices_);
  }

  Choices& choices_;
  LeafMaker leaves_;
  json definitions_ = json::object();
  bool in_definition_ = false;
};

}  // namespace

Case MakeCase(Choices* choices) { return Maker(choices).Make(); }

bool HoldsFloodedPattern(const json& bundle) {
  const std::string text = bundle.dump();
  return text.find(json(kFloodedPattern).dump()) != std::string::npos ||
         text.find(json(kFloodedVague).dump()) != std::string::npos;
}

std::string ToText(const Case& made) {
  json bundle = made.bundle;
  for (const char* member : {"format", "name", "version", "issued"}) bundle.erase(member);
  for (json& rule : bundle["rules"]) {
    for (const char* member :
         {"title", "owner", "purpose", "guideline", "reviewBy", "say", "examples"}) {
      rule.erase(member);
    }
  }
  std::string draft;
  for (const char c : made.draft) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '\\' && c != '"') {
      draft.push_back(c);
    } else {
      static constexpr char kHex[] = "0123456789abcdef";
      draft += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return "bundle " + bundle.dump(-1, ' ', true) + "\ndraft \"" + draft +
         "\"\nplace site=" + made.place.site + " surface=" + made.place.surface +
         " audience=" + made.place.audience + " at=" + std::to_string(made.place.at) +
         " reply=" + (made.place.reply ? "1" : "0") + " media=" + (made.place.media ? "1" : "0");
}

}  // namespace breath::oracle
