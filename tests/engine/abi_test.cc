// SPDX-License-Identifier: Apache-2.0
// Tests wasm/abi: bad calls are refused, results stay readable, rule sets are independent.
#include <catch2/catch.hpp>
#include <string>

#include "tests/engine/vectors.h"
#include "wasm/abi/breath_abi.h"

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
int32_t Load(const json& bundle) {
  const std::string bytes = bundle.dump();
  return breath_load(Bytes(bytes), Size(bytes));
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
