// SPDX-License-Identifier: Apache-2.0
// A bundle with every operator, several rules and a guard: something in each section of its image.
#ifndef BREATH_TESTS_ENGINE_RICH_BUNDLE_H_
#define BREATH_TESTS_ENGINE_RICH_BUNDLE_H_

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/engine/vectors.h"
#include "wasm/match/sealed_list.h"

namespace breath::testing {

inline std::string HexOf(uint8_t byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  return {kDigits[byte >> 4], kDigits[byte & 15]};
}

// A sealed list of these terms.
inline nlohmann::json SealedListJson(const std::vector<std::string>& terms) {
  std::string salt_hex;
  uint8_t salt[16];
  for (uint8_t i = 0; i < 16; ++i) {
    salt[i] = i;
    salt_hex += HexOf(i);
  }
  std::set<uint32_t> words;
  std::set<std::string> hashes;
  for (const std::string& term : terms) {
    SealedTerm sealed;
    SealPhrase(SipKeyFromBytes(salt), term, &sealed);
    words.insert(sealed.words);
    std::string hex;
    for (int i = 0; i < 8; ++i) hex += HexOf(static_cast<uint8_t>(sealed.hash >> (8 * i)));
    hashes.insert(hex);
  }
  return {{"title", "Code names"},
          {"owner", "Legal"},
          {"sealed", {{"salt", salt_hex}, {"words", words}, {"hashes", hashes}}}};
}

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
             words("helix")})}},
      {{"longQuote", {{"words", 4}}}},
      {{"words", {"full moon", "wizard", "strictly confidential", "moonlight*"}},
       {"seeThrough", true},
       {"except", {"wizard of oz"}}},
      {{"list", "rival"}, {"seeThrough", true}},
      {{"list", "code"}},
      {{"list", "codes of old"}}};
  json rules = json::array();
  for (const json& condition : conditions) {
    rules.push_back(RuleJson(condition, "test.r" + std::to_string(rules.size())));
    rules.back()["unless"] = words("never mind");
    rules.back()["yieldsTo"] = json::array({"protected.pay"});
  }
  json bundle = BundleJson(rules);
  bundle["lists"]["rival"] = {
      {"title", "Rivals"}, {"owner", "Legal"}, {"terms", {"Contoso", "#1"}}};
  bundle["lists"]["code"] = SealedListJson(
      {"osprey", "project x-15", "osprey park", "heron", "ibis", "project heron", "stork"});
  bundle["lists"]["codes of old"] = SealedListJson({"dodo"});
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
      "She said: \"one two three four\".\n> one two\n> three four",
      "Fu11 m00n, w1zard of oz, f.u.l.l.m.o.o.n, strictly confidental, C0ntoso, m00nlighting",
      "w i z a r d, w\xD1\x96zard, fuuuull moon, wizard",
      "Osprey park, project x 15, project-heron, stork-ibis-dodo; the dodo's",
      "\xFF\xFEwe\xE2\x80 \xF0\x9F\x98\x80 we we",
  };
}

}  // namespace breath::testing

#endif  // BREATH_TESTS_ENGINE_RICH_BUNDLE_H_
