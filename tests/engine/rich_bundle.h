// SPDX-License-Identifier: Apache-2.0
// A bundle with every operator, several rules and a guard: something in each section of its image.
#ifndef BREATH_TESTS_ENGINE_RICH_BUNDLE_H_
#define BREATH_TESTS_ENGINE_RICH_BUNDLE_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/engine/vectors.h"

namespace breath::testing {

inline std::string RichBundle() {
  using nlohmann::json;
  auto words = [](const char* word) { return json{{"words", json::array({word})}}; };
  const json conditions[] = {
      {{"words", {"kestrel", "margin*"}}, {"except", {"kestrel bird"}}},
      {{"any", json::array({{{"list", "rival"}}, {{"pattern", "kes[a-z]+ 2"}}})}},
      {{"pattern", "Token-[A-Z]+"}, {"view", "raw"}, {"wholeWord", true}},
      {{"all", json::array({words("we"), {{"none", json::array({words("they")})}}})}},
      {{"near", {{"within", 20}, {"of", json::array({words("we"), {{"number", "email"}}})}}}},
      {{"before", {{"within", 20}, {"of", json::array({words("we"), {{"mention", true}}})}}}},
      {{"sentence", {{"of", json::array({words("we"), {{"shouting", {{"words", 2}}}}})}}}},
      {{"count", {{"of", words("we")}, {"atLeast", 3}}}},
      {{"link", {{"hosts", {"corp.example", "ab.example"}}}}},
      {{"link", json::object()}},
      {{"secret", {{"prefix", {"zq_", "##"}}, {"length", {{"min", 4}, {"max", 40}}}}}},
      {{"secret", {{"after", {"password"}}, {"length", {{"min", 6}, {"max", 64}}}}}},
      {{"any",
        json::array(
            {{{"context", {{"site", {"x"}}, {"surface", {"reply"}}, {"audience", {"internal"}}}}},
             words("helix")})}}};
  json rules = json::array();
  for (const json& condition : conditions) {
    rules.push_back(RuleJson(condition, "test.r" + std::to_string(rules.size())));
    rules.back()["unless"] = words("never mind");
    rules.back()["yieldsTo"] = json::array({"protected.pay"});
  }
  json bundle = BundleJson(rules);
  bundle["lists"]["rival"] = {
      {"title", "Rivals"}, {"owner", "Legal"}, {"terms", {"Contoso", "#1"}}};
  bundle["guards"] = json::array({{{"id", "protected.pay"},
                                   {"title", "Pay"},
                                   {"owner", "HR"},
                                   {"purpose", "Purpose."},
                                   {"when", words("wages")},
                                   {"unless", words("margin")},
                                   {"examples", {{"silent", {"wages"}}, {"loud", {"a"}}}}}});
  return bundle.dump();
}

// What its rules find, and nearly find.
inline std::vector<std::string> RichDrafts() {
  return {
      "",
      "nothing to see here, 12 of it",
      "We raise margins. WE SAID SO, we did! Ask @kim, kim@corp.example or www.corp.example/x",
      "Kestrel birds; a kestrel bird; kestrels 2, Token-ABC and token-abc. Contoso is #1",
      "wages and kestrel",
      "wages, margin and kestrel",
      "we they",
      "never mind the kestrel",
      "The password is hunter2x! helix",
      "zq_a8dk3lq0 ##a8dk3lq0",
      "\xFF\xFEwe\xE2\x80 \xF0\x9F\x98\x80 we we",
  };
}

}  // namespace breath::testing

#endif  // BREATH_TESTS_ENGINE_RICH_BUNDLE_H_
