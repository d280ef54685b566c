// SPDX-License-Identifier: Apache-2.0
// Tests wasm/abi: bad calls are refused, results stay readable, rule sets are independent, and a
// draft checked state by state is judged like one checked whole.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/engine/rich_bundle.h"
#include "tests/engine/vectors.h"
#include "wasm/abi/breath_abi.h"
#include "wasm/rules/checker.h"

namespace breath {
namespace {

using nlohmann::json;

const uint8_t* Bytes(const std::string& text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}
uint32_t Size(const std::string& text) { return static_cast<uint32_t>(text.size()); }
std::string Result() {
  return std::string(reinterpret_cast<const char*>(breath_result()), breath_result_size());
}
int32_t Check(int32_t id, const std::string& text, const std::string& context) {
  return breath_check(id, Bytes(text), Size(text), Bytes(context), Size(context));
}
int32_t CheckNext(int32_t id, const std::string& text, const std::string& context) {
  return breath_check_next(id, Bytes(text), Size(text), Bytes(context), Size(context));
}
int32_t LoadText(const std::string& bundle) { return breath_load(Bytes(bundle), Size(bundle)); }
int32_t Load(const json& bundle) { return LoadText(bundle.dump()); }

// What a check said and the bytes it left behind.
struct Answer {
  int32_t status;
  std::string result;

  bool operator==(const Answer& other) const {
    return status == other.status && result == other.result;
  }
};
Answer Whole(int32_t id, const std::string& text, const std::string& context = testing::kContext) {
  const int32_t status = Check(id, text, context);
  return {status, Result()};
}
Answer Next(int32_t id, const std::string& text, const std::string& context = testing::kContext) {
  const int32_t status = CheckNext(id, text, context);
  return {status, Result()};
}

// One bundle twice: drafts are read state by state against the one and whole against the other, so
// that the second takes nothing from what the first keeps.
struct Pair {
  explicit Pair(const std::string& bundle) : kept(LoadText(bundle)), whole(LoadText(bundle)) {
    REQUIRE(kept > 0);
    REQUIRE(whole > 0);
  }
  ~Pair() {
    breath_unload(kept);
    breath_unload(whole);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  int32_t kept;
  int32_t whole;
};

// A draft as it is typed, pasted into, damaged, cleared and grown beyond what is checked.
std::vector<std::string> States() {
  const std::string line = "We met old friends and talked about the weather for a while.\n";
  const std::string text = line + "Our margins and the kestrel 2 of Contoso.\n" + line;
  std::string without = text;
  without.erase(line.size() + 4, 1);
  return {text,
          without,
          text,
          line + text,
          text + "Fu11 m00n, and The password is hunter2x!",
          "wages " + text,
          text + "caf\xC3",
          text + "caf\xC3\xA9",
          text + "cafe\xCC\x81",
          "",
          text,
          std::string(kLongestDraft + 1, 'a'),
          text,
          "kestrel",
          std::string(20000, 'k'),
          "nothing"};
}

TEST_CASE("a refused bundle leaves its reason as the result", "[abi]") {
  CHECK(breath_abi_version() == BREATH_ABI_VERSION);
  const std::string bytes = "{\"a\":1";
  CHECK(breath_load(Bytes(bytes), Size(bytes)) == 0);
  CHECK(json::parse(Result())["id"] == "bundle.json");
  CHECK(breath_load(nullptr, 5) == 0);
}

TEST_CASE("calls with bad arguments are never clean", "[abi]") {
  const int32_t id =
      Load(testing::BundleJson(json::array({testing::RuleJson({{"words", {"a"}}})})));
  REQUIRE(id > 0);
  const std::string good = testing::kContext;
  CHECK(Check(id, "b", good) == BREATH_CLEAN);
  CHECK(Check(id, "a", good) == BREATH_FINDINGS);
  CHECK(breath_check(id, nullptr, 0, Bytes(good), Size(good)) == BREATH_CLEAN);
  CHECK(Check(id + 1000, "b", good) == BREATH_BAD_CALL);
  CHECK(breath_check(id, nullptr, 3, Bytes(good), Size(good)) == BREATH_BAD_CALL);
  for (const char* context :
       {"", "site=x", "at=", "at=soon", "at=1\nreply=yes", "at=1\nnonsense=1", "at=1\nsite"}) {
    INFO(context);
    CHECK(Check(id, "b", context) == BREATH_BAD_CALL);
    CHECK(breath_result_size() == 0);
  }
  CHECK(breath_describe(id + 1000) == BREATH_BAD_CALL);
  breath_unload(id);
  CHECK(Check(id, "b", good) == BREATH_BAD_CALL);
  breath_unload(id);
}

TEST_CASE("each state of a draft is judged as if it were checked alone", "[abi]") {
  const Pair rules(testing::RichBundle());
  bool seen[3] = {};
  for (const std::string& state : States()) {
    const Answer whole = Whole(rules.whole, state);
    INFO(state.substr(0, 200));
    CHECK(Next(rules.kept, state) == whole);
    CHECK(Next(rules.kept, state) == whole);  // nothing was typed in between
    REQUIRE(whole.status >= BREATH_CLEAN);
    seen[whole.status] = true;
  }
  CHECK(seen[BREATH_CLEAN]);
  CHECK(seen[BREATH_FINDINGS]);
  CHECK(seen[BREATH_UNCHECKED]);
}

TEST_CASE("what comes between two states of a draft changes neither", "[abi]") {
  struct Row {
    const char* name;
    void (*between)(int32_t id, const std::string& state);
  };
  const Row rows[] = {
      {"it is forgotten", [](int32_t id, const std::string&) { breath_forget(id); }},
      {"it is forgotten twice",
       [](int32_t id, const std::string&) {
         breath_forget(id);
         breath_forget(id);
       }},
      {"another is forgotten",
       [](int32_t id, const std::string&) {
         breath_forget(id + 1000);
         breath_forget(0);
         breath_forget(-1);
       }},
      {"the same text is checked whole",
       [](int32_t id, const std::string& state) { Check(id, state, testing::kContext); }},
      {"another text is checked whole",
       [](int32_t id, const std::string&) { Check(id, "kestrel wages", testing::kContext); }},
      {"a text too long is checked whole",
       [](int32_t id, const std::string&) {
         Check(id, std::string(kLongestDraft + 1, 'k'), testing::kContext);
       }},
      {"it is explained",
       [](int32_t id, const std::string& state) {
         breath_explain(id, Bytes(state), Size(state), Bytes(testing::kContext),
                        sizeof(testing::kContext) - 1);
       }},
      {"the rules are described", [](int32_t id, const std::string&) { breath_describe(id); }},
      {"a call without a context",
       [](int32_t id, const std::string&) { CheckNext(id, "kestrel", ""); }},
      {"a call without its text",
       [](int32_t id, const std::string&) {
         breath_check_next(id, nullptr, 7, Bytes(testing::kContext), sizeof(testing::kContext) - 1);
       }},
      {"it moves to another place",
       [](int32_t id, const std::string& state) {
         CheckNext(id, state, "site=y\naudience=internal\nreply=1\nat=1");
       }},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const Pair rules(testing::RichBundle());
    for (const std::string& state : States()) {
      const Answer whole = Whole(rules.whole, state);
      row.between(rules.kept, state);
      INFO(state.substr(0, 200));
      CHECK(Next(rules.kept, state) == whole);
    }
  }
}

TEST_CASE("a state with bad arguments is never clean", "[abi]") {
  const Pair rules(testing::RichBundle());
  const std::string good = testing::kContext;
  REQUIRE(CheckNext(rules.kept, "kestrel", good) == BREATH_FINDINGS);
  CHECK(CheckNext(rules.kept + 1000, "b", good) == BREATH_BAD_CALL);
  CHECK(breath_result_size() == 0);
  CHECK(CheckNext(0, "b", good) == BREATH_BAD_CALL);
  CHECK(breath_check_next(rules.kept, nullptr, 3, Bytes(good), Size(good)) == BREATH_BAD_CALL);
  CHECK(breath_result_size() == 0);
  CHECK(breath_check_next(rules.kept, Bytes("b"), 1, nullptr, 3) == BREATH_BAD_CALL);
  for (const char* context :
       {"", "site=x", "at=", "at=soon", "at=1\nreply=yes", "at=1\nnonsense=1", "at=1\nsite"}) {
    INFO(context);
    CHECK(CheckNext(rules.kept, "b", context) == BREATH_BAD_CALL);
    CHECK(breath_result_size() == 0);
  }
  CHECK(breath_check_next(rules.kept, nullptr, 0, Bytes(good), Size(good)) == BREATH_CLEAN);
  breath_unload(rules.kept);
  CHECK(CheckNext(rules.kept, "kestrel", good) == BREATH_BAD_CALL);
}

TEST_CASE("each rule set keeps its own draft", "[abi]") {
  const Pair rules(testing::RichBundle());
  const int32_t other = Load(testing::BundleJson(
      json::array({testing::RuleJson({{"words", {"old friends"}}, {"seeThrough", true}})})));
  const int32_t other_whole = Load(testing::BundleJson(
      json::array({testing::RuleJson({{"words", {"old friends"}}, {"seeThrough", true}})})));
  for (const std::string& state : States()) {
    INFO(state.substr(0, 200));
    CHECK(Next(rules.kept, state) == Whole(rules.whole, state));
    CHECK(Next(other, "0ld fr1ends " + state) == Whole(other_whole, "0ld fr1ends " + state));
  }
  breath_unload(other_whole);
  breath_unload(other);
}

TEST_CASE("rule sets live side by side", "[abi]") {
  const int32_t first =
      Load(testing::BundleJson(json::array({testing::RuleJson({{"words", {"a"}}})})));
  const int32_t second =
      Load(testing::BundleJson(json::array({testing::RuleJson({{"words", {"b"}}})})));
  CHECK(Check(first, "a", testing::kContext) == BREATH_FINDINGS);
  CHECK(Check(second, "a", testing::kContext) == BREATH_CLEAN);
  breath_unload(first);
  CHECK(Check(second, "b", testing::kContext) == BREATH_FINDINGS);
  breath_unload(second);
}

}  // namespace
}  // namespace breath
