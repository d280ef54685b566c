// SPDX-License-Identifier: Apache-2.0
// Tests the oracle against the table of tests/engine/vectors.json, then the engine against the
// oracle on random cases. BREATH_ORACLE_CASES and BREATH_ORACLE_SEED in the environment ask for
// more or other cases than the default run.
#include "tests/oracle/oracle.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <set>

#include "tests/engine/vectors.h"
#include "tests/oracle/choices.h"
#include "tests/oracle/expression_maker.h"
#include "tests/oracle/minimise.h"
#include "tests/oracle/trial.h"
#include "tests/oracle/vocabulary.h"

namespace breath::oracle {
namespace {

using nlohmann::json;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

Trial TryBytes(const std::string& bytes, Case* made) {
  Choices choices(bytes);
  *made = MakeCase(&choices);
  return Try(*made);
}

TEST_CASE("the oracle marks exactly the words each vector says", "[oracle]") {
  const std::vector<testing::Vector> vectors = testing::ReadVectors(BREATH_VECTORS);
  REQUIRE(vectors.size() > 50);
  for (const testing::Vector& vector : vectors) {
    INFO(vector.name);
    const Verdict verdict =
        Check(json::parse(vector.bundle), vector.draft, Place(), Oversize::kRead);
    Verdict expected;
    if (!vector.marks.empty()) {
      expected.outcome = Outcome::kFindings;
      expected.findings = {{0, 1, vector.marks}};
    }
    CHECK(ToText(verdict) == ToText(expected));
  }
}

TEST_CASE("a wrong verdict is not taken for a right one", "[oracle]") {
  const json bundle = testing::BundleJson(json::array(
      {testing::RuleJson({{"words", {"a"}}}), testing::RuleJson({{"words", {"b"}}}, "test.b")}));
  const Verdict truth = Check(bundle, "a b", Place(), Oversize::kRead);
  REQUIRE(truth.findings.size() == 2);
  CHECK(IsRight(bundle, truth, truth, truth));
  Verdict missing = truth;
  missing.findings.pop_back();
  Verdict moved = truth;
  moved.findings[0].spans[0].end += 1;
  Verdict turned = truth;
  std::swap(turned.findings[0], turned.findings[1]);
  Verdict milder = truth;
  milder.findings[1].severity = 0;
  Verdict clean;
  Verdict shy = missing;
  shy.unchecked = {1};
  for (const Verdict& wrong : {missing, moved, turned, milder, clean, shy}) {
    CHECK_FALSE(IsRight(bundle, wrong, truth, truth));
  }
  // Where a pattern matches too often, leaving its rule unjudged is right, calling it clean is not.
  json large = bundle;
  large["rules"][1]["when"] = {{"pattern", kFloodedVague}};
  CHECK(IsRight(large, shy, shy, truth));
  CHECK(IsRight(large, truth, shy, truth));
  CHECK_FALSE(IsRight(large, missing, shy, truth));
  Verdict too_shy = shy;
  too_shy.findings.clear();
  too_shy.unchecked = {0, 1};
  too_shy.outcome = Outcome::kUnchecked;
  CHECK_FALSE(IsRight(large, too_shy, shy, truth));
}

TEST_CASE("a failing case is made as small as it can be", "[oracle]") {
  const std::string bytes = BytesOfSeed(3, 2000);
  Case made;
  TryBytes(bytes, &made);
  made.draft += "kestrel";
  made.bundle["rules"].push_back(testing::RuleJson(
      {{"any", json::array({json{{"words", {"falcon", "kestrel"}}}, json{{"mention", true}}})}},
      "test.kestrel"));
  const Case small = Minimise(made, [](const Case& candidate) {
    const Trial trial = Try(candidate);
    if (!trial.refusal.empty()) return false;
    for (const Finding& finding : trial.engine.findings) {
      if (candidate.bundle["rules"][finding.rule]["id"] == "test.kestrel") return true;
    }
    return false;
  });
  CHECK(small.draft == "kestrel");
  REQUIRE(small.bundle["rules"].size() == 1);
  CHECK(small.bundle["rules"][0]["when"] == json({{"words", json::array({"kestrel"})}}));
}

TEST_CASE("what hangs on a leaf that matches too often is unjudged, never clean", "[oracle]") {
  const json vague = {{"pattern", kFloodedVague}};
  const json a = {{"words", json::array({"a"})}};
  const json b = {{"words", json::array({"b"})}};
  const json either = {{"any", json::array({a, vague})}};
  struct Row {
    const char* name;
    json when;
    const char* draft;
    Outcome outcome;
  };
  const Row rows[] = {
      {"the pattern itself", vague, "a b", Outcome::kUnchecked},
      {"any is settled by the part that is true", either, "a", Outcome::kFindings},
      {"any is not settled by a part that is false", either, "b", Outcome::kUnchecked},
      {"all is settled by a part that is false", {{"all", {a, vague}}}, "b", Outcome::kClean},
      {"all is not settled by a part that is true",
       {{"all", {a, vague}}},
       "a",
       Outcome::kUnchecked},
      {"none is settled by a part that is true",
       {{"all", {b, {{"none", {a, vague}}}}}},
       "a b",
       Outcome::kClean},
      {"none is not settled by a part that is false",
       {{"all", {b, {{"none", {a, vague}}}}}},
       "b",
       Outcome::kUnchecked},
      {"count might have counted more",
       {{"count", {{"of", either}, {"atLeast", 2}}}},
       "a",
       Outcome::kUnchecked},
      {"count is settled by enough",
       {{"count", {{"of", either}, {"atLeast", 2}}}},
       "a a",
       Outcome::kFindings},
      {"near might have found one nearer",
       {{"near", {{"of", {either, b}}, {"within", 1}}}},
       "a and then b",
       Outcome::kUnchecked},
      {"near is settled by a part that is false",
       {{"near", {{"of", {either, b}}, {"within", 1}}}},
       "a",
       Outcome::kClean},
      {"before might have found one later",
       {{"before", {{"of", {b, either}}, {"within", 9}}}},
       "a b",
       Outcome::kUnchecked},
      {"a sentence might have held it",
       {{"sentence", {{"of", {either, b}}}}},
       "a! b",
       Outcome::kUnchecked},
      {"a sentence is settled by the words in it",
       {{"sentence", {{"of", {either, b}}}}},
       "a b.",
       Outcome::kFindings},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Case made;
    made.bundle = testing::BundleJson(json::array({testing::RuleJson(row.when)}));
    made.draft = row.draft + std::string("\n") + std::string(kFlood, '~');
    const Trial trial = Try(made);
    INFO(ToText(made, trial));
    CHECK(trial.unread.outcome == row.outcome);
    CHECK(trial.engine.outcome == row.outcome);
    CHECK(trial.agreed);
  }
}

TEST_CASE("engine and oracle agree on random rules and drafts", "[oracle][property]") {
  const uint64_t cases = FromEnvironment("BREATH_ORACLE_CASES", 2000);
  const uint64_t first = FromEnvironment("BREATH_ORACLE_SEED", 1);
  uint64_t rules = 0;
  uint64_t spoke = 0;
  uint64_t spans = 0;
  uint64_t unjudged = 0;
  uint64_t silent_drafts = 0;
  std::set<std::string> operators;       // that stood in a bundle
  std::set<std::string> operators_true;  // that stood in a rule that spoke
  for (uint64_t seed = first; seed < first + cases; ++seed) {
    const std::string bytes = BytesOfSeed(seed, 2000);
    Case made;
    const Trial trial = TryBytes(bytes, &made);
    if (!trial.agreed) {
      // A refused bundle is another fault than a wrong verdict: do not slip from one to the other.
      const bool refused = !trial.refusal.empty();
      auto fails = [](const Case& candidate) {
        const Trial again = Try(candidate);
        return again.refusal.empty() && !again.agreed;
      };
      const Case small = refused ? made : Minimise(made, fails);
      FAIL("seed " << seed << " disagrees; the smallest case like it:\n"
                   << ToText(small, Try(small)));
    }
    rules += made.bundle["rules"].size();
    spoke += trial.read.findings.size();
    unjudged += trial.engine.unchecked.size();
    if (trial.read.findings.empty()) ++silent_drafts;
    for (const Finding& finding : trial.read.findings) spans += finding.spans.size();
    for (uint32_t i = 0; i < made.bundle["rules"].size(); ++i) {
      const std::string text = made.bundle["rules"][i]["when"].dump();
      for (const char* op :
           {"words",    "list",    "pattern", "number", "secret", "link",     "mention",
            "shouting", "context", "any",     "all",    "none",   "near",     "before",
            "sentence", "count",   "use",     "except", "view",   "wholeWord"}) {
        if (text.find("\"" + std::string(op) + "\":") == std::string::npos) continue;
        operators.insert(op);
        for (const Finding& finding : trial.read.findings) {
          if (finding.rule == i) operators_true.insert(op);
        }
      }
    }
  }
  std::cout << "oracle: " << cases << " cases from seed " << first << ", " << rules << " rules, "
            << spoke << " spoke with " << spans << " spans, " << unjudged << " not judged, "
            << silent_drafts << " drafts without findings\n";
  if (cases < 1000) return;
  // A maker of cases whose rules never speak, or always, would prove nothing.
  CHECK(spoke > rules / 10);
  CHECK(silent_drafts > cases / 10);
  CHECK(operators.size() == 20);
  CHECK(operators_true == operators);
}

}  // namespace
}  // namespace breath::oracle
