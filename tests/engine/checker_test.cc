// SPDX-License-Identifier: Apache-2.0
// Tests wasm/rules/checker: audiences, windows, guards, order, and that unchecked is never clean.
#include "wasm/rules/checker.h"

#include <catch2/catch.hpp>

#include "tests/engine/compiled.h"
#include "tests/engine/vectors.h"

namespace breath {
namespace {

using nlohmann::json;
using testing::BundleJson;
using testing::RuleJson;

std::unique_ptr<testing::Ready> Load(const json& bundle) { return testing::Load(bundle.dump()); }

Context In(const std::string& audience, int64_t at = 1795219200) {
  Context context;
  context.site = "x";
  context.surface = "post";
  context.audience = audience;
  context.at = at;
  return context;
}

json Words(const char* word) { return {{"words", json::array({word})}}; }

TEST_CASE("a rule speaks to its audience only, and an unknown one is the wider one", "[checker]") {
  json external = RuleJson(Words("a"), "test.external");
  external["audience"] = {"external"};
  json internal = RuleJson(Words("a"), "test.internal");
  internal["audience"] = {"internal"};
  json both = RuleJson(Words("a"), "test.both");
  both["severity"] = {{"external", "pause"}, {"internal", "note"}};
  const auto rules = Load(BundleJson(json::array({external, internal, both})));
  struct Row {
    const char* audience;
    std::vector<std::string> spoke;
    Severity both;
  };
  const Row rows[] = {
      {"external", {"test.both", "test.external"}, Severity::kPause},
      {"unknown", {"test.both", "test.external"}, Severity::kPause},
      {"internal", {"test.internal", "test.both"}, Severity::kNote},
  };
  for (const Row& row : rows) {
    INFO(row.audience);
    const Report report = rules->checker->Check("a", In(row.audience));
    std::vector<std::string> spoke;
    for (const Finding& finding : report.findings) {
      spoke.push_back(rules->source->rules[finding.rule].id);
      if (spoke.back() == "test.both") CHECK(finding.severity == row.both);
    }
    CHECK(spoke == row.spoke);
  }
}

TEST_CASE("a window includes its first moment and not its last", "[checker]") {
  json rule = RuleJson(Words("a"));
  rule["active"] = {{"from", "2026-11-01T00:00:00Z"}, {"until", "2026-12-15T00:00:00Z"}};
  const auto rules = Load(BundleJson(json::array({rule})));
  const int64_t from = 1793491200;
  const int64_t until = 1797292800;
  const std::pair<int64_t, bool> rows[] = {
      {from - 1, false}, {from, true}, {until - 1, true}, {until, false}};
  for (const auto& [at, speaks] : rows) {
    CHECK((rules->checker->Check("a", In("external", at)).outcome == Outcome::kFindings) == speaks);
  }
}

TEST_CASE("a guard silences the rules that yield to it and no others", "[checker]") {
  json bundle = BundleJson(json::array(
      {RuleJson(Words("idiot"), "test.insult"), RuleJson(Words("4111"), "test.number")}));
  bundle["rules"][0]["yieldsTo"] = {"protected"};
  bundle["guards"] = json::array();
  for (const char* topic : {"pay", "union"}) {
    bundle["guards"].push_back({{"id", std::string("protected.") + topic},
                                {"title", topic},
                                {"owner", "HR"},
                                {"purpose", "Protected."},
                                {"when", Words(topic)},
                                {"unless", Words("poster")},
                                {"examples", {{"silent", {"a"}}, {"loud", {"b"}}}}});
  }
  const auto rules = Load(bundle);
  struct Row {
    const char* draft;
    size_t findings;
  };
  const Row rows[] = {{"idiot 4111", 2},
                      {"idiot 4111 pay", 1},
                      {"idiot union", 0},
                      {"idiot 4111 pay poster", 2},
                      {"pay", 0}};
  for (const Row& row : rows) {
    INFO(row.draft);
    CHECK(rules->checker->Check(row.draft, In("external")).findings.size() == row.findings);
  }
  const Explanation explanation = rules->checker->Explain("idiot union", In("external"));
  CHECK(explanation.rules[0].verdict == RuleVerdict::kYielded);
  CHECK(explanation.rules[0].guard == 1);
  CHECK(explanation.rules[1].verdict == RuleVerdict::kNoMatch);
  CHECK(explanation.guards == std::vector<bool>{false, true});
}

TEST_CASE("findings come strong first, then by place, then by id", "[checker]") {
  json note = RuleJson(Words("a"), "test.note");
  note["severity"] = "note";
  json strong = RuleJson(Words("d"), "test.strong");
  strong["severity"] = "strong";
  const auto rules = Load(BundleJson(
      json::array({note, RuleJson(Words("c"), "test.later"), RuleJson(Words("b"), "test.z"),
                   RuleJson(Words("b"), "test.y"), strong})));
  const Report report = rules->checker->Check("a b c d", In("external"));
  std::vector<std::string> ids;
  for (const Finding& finding : report.findings)
    ids.push_back(rules->source->rules[finding.rule].id);
  CHECK(ids ==
        std::vector<std::string>{"test.strong", "test.y", "test.z", "test.later", "test.note"});
}

TEST_CASE("a leaf that matches beyond all measure leaves its rule unchecked, never clean",
          "[checker]") {
  const json often = {{"pattern", "[qr]"}};
  const auto rules = Load(BundleJson(json::array(
      {RuleJson(often, "test.often"), RuleJson({{"all", {often, Words("never")}}}, "test.settled"),
       RuleJson(Words("a"), "test.a")})));
  const std::string flood = std::string(100000, 'q');
  const Report none = rules->checker->Check(flood, In("external"));
  CHECK(none.outcome == Outcome::kUnchecked);
  REQUIRE(none.unchecked.size() == 1);  // the second rule is false whatever the pattern says
  CHECK(rules->source->rules[static_cast<size_t>(none.unchecked[0].rule)].id == "test.often");
  CHECK(none.unchecked[0].reason == Reason::kTooManyMatches);
  const Report some = rules->checker->Check(flood + " a", In("external"));
  CHECK(some.outcome == Outcome::kFindings);
  CHECK(some.unchecked.size() == 1);
  CHECK(rules->checker->Check("q", In("external")).outcome == Outcome::kFindings);
}

TEST_CASE("work without end is cut off and named", "[checker]") {
  // Every sentence is read again for every part: 60,000 sentences, 900 parts.
  json parts = json::array();
  for (int i = 0; i < 900; ++i) parts.push_back(Words("we"));
  parts.push_back({{"none", json::array({Words("we")})}});
  const json costly = {{"sentence", {{"of", json::array({Words("we"), {{"all", parts}}})}}}};
  const auto rules = Load(BundleJson(json::array({RuleJson(costly, "test.costly")})));
  std::string sentences;
  for (int i = 0; i < 60000; ++i) sentences += "we.\n";
  const Report report = rules->checker->Check(sentences, In("external"));
  CHECK(report.outcome == Outcome::kUnchecked);
  REQUIRE(report.unchecked.size() == 1);
  CHECK(report.unchecked[0].reason == Reason::kTooMuchWork);
}

TEST_CASE("a draft too long is unchecked", "[checker]") {
  const auto rules = Load(BundleJson(json::array({RuleJson(Words("a"))})));
  const Report report = rules->checker->Check(std::string(kLongestDraft + 1, 'x'), In("external"));
  CHECK(report.outcome == Outcome::kUnchecked);
  REQUIRE(report.unchecked.size() == 1);
  CHECK(report.unchecked[0].rule == -1);
}

TEST_CASE("odd drafts give right spans and never crash", "[checker]") {
  const auto rules = Load(BundleJson(json::array({RuleJson(Words("kestrel"))})));
  struct Row {
    const char* name;
    std::string before;
    uint32_t units;
  };
  std::string emoji;
  for (int i = 0; i < 20000; ++i) emoji += "👨‍👩‍👧 ";
  const Row rows[] = {
      {"1 MB", std::string(1 << 20, 'x') + " ", (1U << 20) + 1},
      {"10,000 line breaks", std::string(10000, '\n'), 10000},
      {"NUL", std::string("a\0b ", 4), 4},
      {"what TextEncoder makes of lone surrogates", "\xEF\xBF\xBD\xEF\xBF\xBD ", 3},
      {"malformed bytes", "\xFF\xC3 ", 3},
      {"right to left", "مرحبا \xE2\x80\xAE", 7},
      {"emoji sequences", emoji, 20000 * 9},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const Report report = rules->checker->Check(row.before + "Kestrel!", In("external"));
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].spans == SpanList{{row.units, row.units + 7}});
  }
}

}  // namespace
}  // namespace breath
