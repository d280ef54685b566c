// SPDX-License-Identifier: Apache-2.0
// Tests wasm/bundle: a bundle is taken whole or refused with an id, a pointer and a remedy.
#include <catch2/catch.hpp>
#include <functional>

#include "tests/engine/vectors.h"
#include "wasm/bundle/bundle_reader.h"
#include "wasm/bundle/describe.h"
#include "wasm/bundle/limits.h"

namespace breath {
namespace {

using nlohmann::json;
using testing::BundleJson;
using testing::RuleJson;

json GoodBundle() {
  json bundle = BundleJson(json::array(
      {RuleJson({{"words", {"kestrel"}}}), RuleJson({{"list", "names"}}, "test.second")}));
  bundle["lists"]["names"] = {{"title", "Names"}, {"owner", "PR"}, {"terms", {"Helix"}}};
  bundle["definitions"]["anchor"] = {{"title", "Anchor"}, {"is", {{"words", {"northwind"}}}}};
  bundle["guards"] = json::array({{{"id", "protected.pay"},
                                   {"title", "Pay"},
                                   {"owner", "HR"},
                                   {"purpose", "People may talk about pay."},
                                   {"when", {{"words", {"salary"}}}},
                                   {"examples", {{"silent", {"a"}}, {"loud", {"b"}}}}}});
  bundle["rules"][0]["yieldsTo"] = {"protected"};
  return bundle;
}

TEST_CASE("a good bundle is read and described", "[bundle]") {
  BundleError error;
  const std::unique_ptr<RuleSet> rule_set = ReadBundle(GoodBundle().dump(), &error);
  INFO(error.pointer << " " << error.message);
  REQUIRE(rule_set != nullptr);
  REQUIRE(rule_set->rule_texts.size() == 2);
  const json rule = json::parse(rule_set->rule_texts[0]);
  CHECK(rule["id"] == "test.rule");
  CHECK(rule["say"]["en"].contains("ask"));
  CHECK(json::parse(rule_set->guard_texts[0])["id"] == "protected.pay");
  CHECK(json::parse(rule_set->head)["version"] == 1);
}

TEST_CASE("a fault refuses the whole bundle and names its place", "[bundle]") {
  struct Row {
    const char* name;
    std::function<void(json*)> spoil;
    std::string id;
    std::string pointer;
  };
  auto when = [](const json& condition) {
    return [condition](json* bundle) { (*bundle)["rules"][0]["when"] = condition; };
  };
  auto word = json{{"words", {"a"}}};
  json deep = word;
  for (int i = 0; i < 8; ++i) deep = {{"any", json::array({deep})}};
  const Row rows[] = {
      {"unknown member of the bundle", [](json* b) { (*b)["rulez"] = 1; }, "bundle.unknown-member",
       "/rulez"},
      {"missing rules", [](json* b) { b->erase("rules"); }, "bundle.missing-member", ""},
      {"wrong format", [](json* b) { (*b)["format"] = "breath-bundle/9"; }, "bundle.value",
       "/format"},
      {"version zero", [](json* b) { (*b)["version"] = 0; }, "bundle.value", "/version"},
      {"version as text", [](json* b) { (*b)["version"] = "1"; }, "bundle.type", "/version"},
      {"version with a fraction", [](json* b) { (*b)["version"] = 1.0; }, "bundle.value",
       "/version"},
      {"version above 2^53", [](json* b) { (*b)["version"] = 9007199254740993; }, "bundle.value",
       "/version"},
      {"time without zone", [](json* b) { (*b)["issued"] = "2026-11-21T00:00:00"; }, "bundle.value",
       "/issued"},
      {"day that does not exist", [](json* b) { (*b)["issued"] = "2026-02-30T00:00:00Z"; },
       "bundle.value", "/issued"},
      {"list that is not an object", [](json* b) { (*b)["lists"] = 1; }, "bundle.type", "/lists"},
      {"term that folds to nothing", [](json* b) { (*b)["lists"]["names"]["terms"][0] = "\u200b"; },
       "bundle.value", "/lists/names/terms/0"},
      {"rule without owner", [](json* b) { (*b)["rules"][0].erase("owner"); },
       "bundle.missing-member", "/rules/0"},
      {"rule without purpose", [](json* b) { (*b)["rules"][0].erase("purpose"); },
       "bundle.missing-member", "/rules/0"},
      {"rule without guideline", [](json* b) { (*b)["rules"][0].erase("guideline"); },
       "bundle.missing-member", "/rules/0"},
      {"rule without fine examples",
       [](json* b) { (*b)["rules"][0]["examples"]["fine"] = json::array(); }, "bundle.value",
       "/rules/0/examples/fine"},
      {"guideline over http",
       [](json* b) { (*b)["rules"][0]["guideline"]["url"] = "http://a.example"; }, "bundle.value",
       "/rules/0/guideline/url"},
      {"guideline as script",
       [](json* b) { (*b)["rules"][0]["guideline"]["url"] = "javascript:alert(1)"; },
       "bundle.value", "/rules/0/guideline/url"},
      {"guideline with a user",
       [](json* b) { (*b)["rules"][0]["guideline"]["url"] = "https://good.example@bad.example/"; },
       "bundle.value", "/rules/0/guideline/url"},
      {"id in capitals", [](json* b) { (*b)["rules"][0]["id"] = "Test.rule"; }, "bundle.value",
       "/rules/0/id"},
      {"id twice", [](json* b) { (*b)["rules"][1]["id"] = "test.rule"; }, "rule.duplicate-id",
       "/rules/1/id"},
      {"unknown severity", [](json* b) { (*b)["rules"][0]["severity"] = "block"; }, "bundle.value",
       "/rules/0/severity"},
      {"severity for another audience",
       [](json* b) {
         (*b)["rules"][0]["audience"] = {"external"};
         (*b)["rules"][0]["severity"] = {{"external", "note"}, {"internal", "note"}};
       },
       "bundle.value", "/rules/0/severity/internal"},
      {"audience twice",
       [](json* b) {
         (*b)["rules"][0]["audience"] = {"external", "external"};
       },
       "bundle.value", "/rules/0/audience/1"},
      {"unknown guard", [](json* b) { (*b)["rules"][0]["yieldsTo"] = {"protect"}; },
       "rule.unknown-guard", "/rules/0/yieldsTo/0"},
      {"window that ends before it starts",
       [](json* b) {
         (*b)["rules"][0]["active"] = {{"from", "2026-12-01T00:00:00Z"},
                                       {"until", "2026-11-01T00:00:00Z"}};
       },
       "bundle.value", "/rules/0/active"},
      {"text with a direction override",
       [](json* b) { (*b)["rules"][0]["say"]["en"]["why"] = "a\u202eb"; }, "bundle.value",
       "/rules/0/say/en/why"},
      {"text too long for a card",
       [](json* b) { (*b)["rules"][0]["say"]["en"]["why"] = std::string(301, 'x'); },
       "bundle.limit", "/rules/0/say/en/why"},
      {"no English",
       [](json* b) {
         (*b)["rules"][0]["say"] = {{"de", {{"notice", "a"}, {"why", "b"}, {"instead", "c"}}}};
       },
       "bundle.missing-member", "/rules/0/say"},
      {"unknown operator", when({{"wordz", {"a"}}}), "rule.unknown-operator",
       "/rules/0/when/wordz"},
      {"part of an operator's name", when({{"word", {"a"}}}), "rule.unknown-operator",
       "/rules/0/when/word"},
      {"two operators", when({{"words", {"a"}}, {"mention", true}}), "bundle.value",
       "/rules/0/when"},
      {"no operator", when(json::object()), "bundle.value", "/rules/0/when"},
      {"option of another operator", when({{"words", {"a"}}, {"view", "raw"}}),
       "bundle.unknown-member", "/rules/0/when/view"},
      {"unknown list", when({{"list", "nobody"}}), "rule.unknown-list", "/rules/0/when/list"},
      {"unknown definition", when({{"use", "nobody"}}), "rule.unknown-definition",
       "/rules/0/when/use"},
      {"definition that uses itself",
       [](json* b) {
         (*b)["definitions"]["anchor"]["is"] = {{"use", "anchor"}};
       },
       "rule.recursive-definition", "/definitions/anchor/is/use"},
      {"fault in a definition nobody uses",
       [](json* b) {
         (*b)["definitions"]["anchor"]["is"] = {{"number", "pi"}};
       },
       "bundle.value", "/definitions/anchor/is/number"},
      {"unknown number", when({{"number", "isbn"}}), "bundle.value", "/rules/0/when/number"},
      {"pattern with a mistake", when({{"pattern", "(a"}}), "rule.bad-pattern",
       "/rules/0/when/pattern"},
      {"lookahead", when({{"pattern", "a(?=b)"}}), "rule.bad-pattern", "/rules/0/when/pattern"},
      {"back reference", when({{"pattern", "(a)\\1"}}), "rule.bad-pattern",
       "/rules/0/when/pattern"},
      {"anchored pattern", when({{"pattern", "^a"}}), "rule.bad-pattern", "/rules/0/when/pattern"},
      {"repetition too large", when({{"pattern", "((a{100}){10}){10}"}}), "rule.bad-pattern",
       "/rules/0/when/pattern"},
      {"ASCII word boundary", when({{"pattern", "\\ba"}}), "rule.ascii-boundary",
       "/rules/0/when/pattern"},
      {"pattern that matches nothing", when({{"pattern", "a*"}}), "rule.empty-match",
       "/rules/0/when/pattern"},
      {"pattern that matches the end alone", when({{"pattern", "a|$"}}), "rule.empty-match",
       "/rules/0/when/pattern"},
      {"pattern too long", when({{"pattern", std::string(1025, 'a')}}), "bundle.limit",
       "/rules/0/when/pattern"},
      {"pattern of a large class repeated", when({{"pattern", "a\\pL{30}"}}),
       "rule.pattern-too-large", "/rules/0/when/pattern"},
      {"pattern of many repetitions", when({{"pattern", "(?:[a-z]+ ){9,999}[é-я]{999}"}}),
       "rule.pattern-too-large", "/rules/0/when/pattern"},
      {"star inside a word", when({{"words", {"mar*gin"}}}), "bundle.value",
       "/rules/0/when/words/0"},
      {"star alone", when({{"words", {"* x"}}}), "bundle.value", "/rules/0/when/words/0"},
      {"empty phrase", when({{"words", {"ok", " "}}}), "bundle.value", "/rules/0/when/words/1"},
      {"negative distance", when({{"near", {{"within", -1}, {"of", {word, word}}}}}),
       "bundle.value", "/rules/0/when/near/within"},
      {"distance too large", when({{"near", {{"within", 1001}, {"of", {word, word}}}}}),
       "bundle.value", "/rules/0/when/near/within"},
      {"near of one", when({{"near", {{"within", 1}, {"of", json::array({word})}}}}),
       "bundle.value", "/rules/0/when/near/of"},
      {"none inside near",
       when({{"near", {{"within", 1}, {"of", {word, {{"none", json::array({word})}}}}}}}),
       "bundle.value", "/rules/0/when/near/of/1"},
      {"condition that marks nothing", when({{"none", json::array({word})}}), "rule.marks-nothing",
       "/rules/0/when"},
      {"context alone", when({{"context", {{"reply", true}}}}), "rule.marks-nothing",
       "/rules/0/when"},
      {"sentence of none alone",
       when({{"sentence", {{"of", json::array({{{"none", json::array({word})}}})}}}}),
       "rule.marks-nothing", "/rules/0/when/sentence/of"},
      {"too deep", when(deep), "rule.depth",
       "/rules/0/when/any/0/any/0/any/0/any/0/any/0/any/0/any/0/any/0"},
      {"secret of two forms", when({{"secret", {{"shape", "jwt"}, {"after", {"a"}}}}}),
       "bundle.value", "/rules/0/when/secret"},
      {"secret without length", when({{"secret", {{"after", {"a"}}}}}), "bundle.missing-member",
       "/rules/0/when/secret"},
      {"unknown shape", when({{"secret", {{"shape", "key"}}}}), "bundle.value",
       "/rules/0/when/secret/shape"},
      {"host without a dot", when({{"link", {{"hosts", {"corp"}}}}}), "bundle.value",
       "/rules/0/when/link/hosts/0"},
      {"unknown surface", when({{"all", {word, {{"context", {{"surface", {"story"}}}}}}}}),
       "bundle.value", "/rules/0/when/all/1/context/surface/0"},
      {"unknown member of an example",
       [](json* b) { (*b)["rules"][0]["examples"]["warn"][0] = {{"txt", "a"}}; },
       "bundle.unknown-member", "/rules/0/examples/warn/0/txt"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    json bundle = GoodBundle();
    row.spoil(&bundle);
    BundleError error;
    CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
    INFO(error.message);
    CHECK(error.id == row.id);
    CHECK(error.pointer == row.pointer);
    CHECK(error.message.size() > 10);
    CHECK(error.message.back() == '.');
  }
}

TEST_CASE("equal links and equal secrets are kept once", "[bundle]") {
  json terms = json::array();
  for (size_t i = 0; i < limits::kTerms; ++i) terms.push_back("h" + std::to_string(i) + ".example");
  const json link = {{"link", {{"list", "hosts"}}}};
  const json secret = {{"secret", {{"after", {"pin"}}, {"length", {{"min", 4}, {"max", 8}}}}}};
  json rules = json::array();
  for (int i = 0; i < 300; ++i) {
    rules.push_back(RuleJson(i % 2 == 0 ? link : secret, "test.r" + std::to_string(i)));
  }
  json bundle = BundleJson(rules);
  bundle["lists"]["hosts"] = {{"title", "Hosts"}, {"owner", "Legal"}, {"terms", terms}};
  BundleError error;
  const std::unique_ptr<RuleSet> kept = ReadBundle(bundle.dump(), &error);
  INFO(error.id << " " << error.pointer);
  REQUIRE(kept != nullptr);
  REQUIRE(kept->links.size() == 1);
  CHECK(kept->links[0].hosts.size() == limits::kTerms);
  CHECK(kept->secrets.size() == 1);
  CHECK(kept->memo_slots == 2);
  // Each of these names the whole list anew.
  for (size_t i = 0; i < limits::kHosts / limits::kTerms; ++i) {
    bundle["rules"][2 * i]["when"]["link"]["hosts"] = {"x" + std::to_string(i) + ".example"};
  }
  CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
  CHECK(error.id == "bundle.limit");
  CHECK(error.pointer == "/rules/8/when/link");
}

TEST_CASE("a rule yields to a guard by its id or by its department", "[bundle]") {
  struct Row {
    json names;
    std::vector<uint32_t> guards;
  };
  const Row rows[] = {
      {{"hr.pay"}, {0}},
      {{"hr"}, {0, 2}},
      {{"law"}, {1}},
      {{"law.union", "hr", "hr.pay", "law"}, {0, 1, 2}},
  };
  json bundle = BundleJson(json::array({RuleJson({{"words", {"a"}}})}));
  for (const char* id : {"hr.pay", "law.union", "hr.hours"}) {
    bundle["guards"].push_back({{"id", id},
                                {"title", "T"},
                                {"owner", "HR"},
                                {"purpose", "P."},
                                {"when", {{"words", {"b"}}}},
                                {"examples", {{"silent", {"b"}}, {"loud", {"a"}}}}});
  }
  BundleError error;
  for (const Row& row : rows) {
    bundle["rules"][0]["yieldsTo"] = row.names;
    const std::unique_ptr<RuleSet> rules = ReadBundle(bundle.dump(), &error);
    INFO(row.names.dump() << error.message);
    REQUIRE(rules != nullptr);
    CHECK(rules->rules[0].guards == row.guards);
  }
  for (const char* unknown : {"h", "hr.", "hr.pa", "pay", "hr.pay.x", ""}) {
    bundle["rules"][0]["yieldsTo"] = json::array({unknown});
    error = {};
    CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
    CHECK(error.id == "rule.unknown-guard");
  }
}

TEST_CASE("a rule is described as JSON whatever its texts hold", "[bundle]") {
  const std::string odd = "\"quoted\" \\ \u00E9 \xF0\x9F\x98\x80 </script>";
  json rule = RuleJson({{"words", {"a"}}});
  rule["title"] = odd;
  rule["group"] = std::string("\x01 \n\t\x1F\x7F") + odd;
  rule["guideline"]["title"] = odd;
  rule["say"]["de-CH"] = {{"notice", odd}, {"why", odd}, {"instead", odd}, {"ask", odd}};
  BundleError error;
  const std::unique_ptr<RuleSet> rules = ReadBundle(BundleJson(json::array({rule})).dump(), &error);
  INFO(error.id << " " << error.pointer << " " << error.message);
  REQUIRE(rules != nullptr);
  const json described = json::parse(rules->rule_texts.at(0));
  json expected = {{"say", rule["say"]}};
  for (const char* name :
       {"id", "title", "owner", "purpose", "group", "guideline", "audience", "reviewBy"}) {
    expected[name] = rule[name];
  }
  expected["say"]["en"]["ask"] = "";
  CHECK(described == expected);
}

TEST_CASE("limits are held", "[bundle]") {
  json rules = json::array();
  for (size_t i = 0; i <= limits::kRules; ++i) {
    json rule = RuleJson({{"words", {"a"}}}, "test.r" + std::to_string(i));
    rules.push_back(rule);
  }
  BundleError error;
  CHECK(ReadBundle(BundleJson(rules).dump(), &error) == nullptr);
  CHECK(error.id == "bundle.limit");
  CHECK(error.pointer == "/rules");
  json phrases = json::array();
  for (size_t i = 0; i <= limits::kPhrases; ++i) phrases.push_back("word" + std::to_string(i));
  error = {};
  CHECK(ReadBundle(BundleJson(json::array({RuleJson({{"words", phrases}})})).dump(), &error) ==
        nullptr);
  CHECK(error.id == "bundle.limit");
  json terms = json::array();
  for (size_t i = 0; i <= limits::kTerms; ++i) terms.push_back("term" + std::to_string(i));
  json bundle = BundleJson(json::array({RuleJson({{"list", "names"}})}));
  bundle["lists"]["names"] = {{"title", "Names"}, {"owner", "Legal"}, {"terms", terms}};
  error = {};
  CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
  CHECK(error.id == "bundle.limit");
  CHECK(error.pointer == "/lists/names/terms");
  bundle["lists"]["names"]["terms"].erase(0);
  CHECK(ReadBundle(bundle.dump(), &error) != nullptr);
  for (size_t i = 2; i <= limits::kAllPhrases / limits::kTerms; ++i) {
    bundle["lists"]["names" + std::to_string(i)] = bundle["lists"]["names"];
  }
  error = {};
  CHECK(ReadBundle(bundle.dump(), &error) != nullptr);
  json seen = BundleJson(json::array(
      {RuleJson({{"list", "names"}, {"seeThrough", true}}),
       RuleJson({{"list", "names"}, {"seeThrough", true}, {"except", {"a"}}}, "test.again"),
       RuleJson({{"words", {"kestrel"}}, {"seeThrough", true}}, "test.more")}));
  seen["lists"]["names"] = bundle["lists"]["names"];
  CHECK(ReadBundle(seen.dump(), &error) == nullptr);
  CHECK(error.id == "bundle.limit");
  CHECK(error.pointer == "/rules/2/when/seeThrough");
  seen["rules"].erase(2);
  error = {};
  CHECK(ReadBundle(seen.dump(), &error) != nullptr);
  bundle["rules"].push_back(RuleJson({{"words", {"one more"}}}, "test.more"));
  CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
  CHECK(error.id == "bundle.limit");
  CHECK(error.pointer == "/rules/1/when/words");
}

TEST_CASE("a bundle of very many values is refused before it is built", "[bundle]") {
  for (const char* one : {"0", "\"\"", "{}", "[]", "null"}) {
    INFO(one);
    std::string bytes = "[";
    for (size_t i = 0; i < limits::kJsonValues; ++i) bytes.append(one).append(",");
    BundleError error;
    CHECK(ReadBundle(bytes.append(one).append("]"), &error) == nullptr);
    CHECK(error.id == "bundle.limit");
    CHECK(error.pointer.empty());
  }
}

}  // namespace
}  // namespace breath
