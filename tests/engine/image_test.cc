// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/image, wasm/rules/compile and compiled_rules: a saved and opened rule set
// answers as the one it was saved from, and whatever is wrong with the bytes is refused before a
// check follows them. What compiled rules mean is for vectors_test.cc and the oracle; images with a
// right hash and wrong records are for forged_image_test.cc.
#include "wasm/match/image.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "tests/engine/rich_bundle.h"
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
int32_t LoadBundle(const std::string& bundle) {
  const int32_t id = breath_load(Bytes(bundle), Size(bundle));
  INFO(Result());
  REQUIRE(id > 0);
  return id;
}
std::string Save(int32_t id, const std::string& key) {
  REQUIRE(breath_save(id, Bytes(key), Size(key)) == 1);
  return Result();
}
int32_t LoadImage(const std::string& image, const std::string& key) {
  return breath_load_image(Bytes(image), Size(image), Bytes(key), Size(key));
}
// The id of the refusal; "" when the image was taken (and forgotten again).
std::string RefusalOf(const std::string& image, const std::string& key) {
  const int32_t id = LoadImage(image, key);
  if (id > 0) {
    breath_unload(id);
    return "";
  }
  const json error = json::parse(Result(), nullptr, false);
  REQUIRE(error.is_object());
  REQUIRE(error.size() == 3);
  REQUIRE(error["pointer"].get<std::string>().empty());
  REQUIRE_FALSE(error["message"].get<std::string>().empty());
  return error["id"].get<std::string>();
}
// All that a rule set says of a draft, and of itself.
std::string Verdict(int32_t id, const std::string& draft) {
  const std::string context = testing::kContext;
  std::string out =
      std::to_string(breath_check(id, Bytes(draft), Size(draft), Bytes(context), Size(context)));
  out += Result();
  out +=
      std::to_string(breath_explain(id, Bytes(draft), Size(draft), Bytes(context), Size(context)));
  return out + Result();
}
std::string Description(int32_t id) {
  REQUIRE(breath_describe(id) == 1);
  std::string out = Result();
  const json described = json::parse(out);
  for (size_t rule = 0; rule < described["rules"].size(); ++rule) {
    REQUIRE(breath_describe_rule(id, static_cast<int32_t>(rule)) == 1);
    out += Result();
  }
  REQUIRE(breath_describe_rule(id, static_cast<int32_t>(described["rules"].size())) ==
          BREATH_BAD_CALL);
  return out;
}

std::string SmallBundle() {
  return testing::BundleJson(json::array({testing::RuleJson({{"words", {"kestrel"}}})})).dump();
}

TEST_CASE("every vector has the same verdict through a saved and opened image", "[image]") {
  const std::vector<testing::Vector> vectors = testing::ReadVectors(BREATH_VECTORS);
  REQUIRE(vectors.size() > 50);
  for (const testing::Vector& vector : vectors) {
    INFO(vector.name);
    const int32_t made = LoadBundle(vector.bundle);
    const std::string image = Save(made, vector.name.substr(0, 64));
    const std::string verdict = Verdict(made, vector.draft);
    const std::string description = Description(made);
    breath_unload(made);
    const int32_t opened = LoadImage(image, vector.name.substr(0, 64));
    REQUIRE(opened > 0);
    CHECK(Verdict(opened, vector.draft) == verdict);
    CHECK(Description(opened) == description);
    CHECK(Save(opened, vector.name.substr(0, 64)) == image);
    breath_unload(opened);
  }
}

TEST_CASE("a bundle of every operator survives saving", "[image]") {
  const int32_t made = LoadBundle(testing::RichBundle());
  const std::string image = Save(made, "rich");
  const int32_t opened = LoadImage(image, "rich");
  REQUIRE(opened > 0);
  CHECK(Description(opened) == Description(made));
  std::set<std::string> seen;
  for (const std::string& draft : testing::RichDrafts()) {
    INFO(draft);
    const std::string verdict = Verdict(made, draft);
    CHECK(Verdict(opened, draft) == verdict);
    seen.insert(verdict);
  }
  CHECK(seen.size() >= 8);  // the drafts do tell rules apart
  breath_unload(made);
  breath_unload(opened);
}

TEST_CASE("the same bundle makes the same image", "[image]") {
  const int32_t first = LoadBundle(testing::RichBundle());
  const int32_t second = LoadBundle(testing::RichBundle());
  CHECK(Save(first, "k") == Save(second, "k"));
  breath_unload(first);
  breath_unload(second);
}

TEST_CASE("an empty rule list makes an image that finds everything clean", "[image]") {
  const int32_t made = LoadBundle(testing::BundleJson(json::array()).dump());
  const std::string image = Save(made, "");
  const int32_t opened = LoadImage(image, "");
  REQUIRE(opened > 0);
  const std::string context = testing::kContext;
  const std::string draft = "kestrel";
  CHECK(breath_check(opened, Bytes(draft), Size(draft), Bytes(context), Size(context)) ==
        BREATH_CLEAN);
  CHECK(Description(opened) == Description(made));
  breath_unload(made);
  breath_unload(opened);
}

TEST_CASE("an image opens wherever its bytes lie, as often as one likes", "[image]") {
  const int32_t made = LoadBundle(testing::RichBundle());
  const std::string image = Save(made, "key");
  const std::string draft = testing::RichDrafts()[2];
  const std::string verdict = Verdict(made, draft);
  const std::string key = "key";
  std::vector<int32_t> opened;
  for (size_t shift = 0; shift < 17; ++shift) {
    std::string buffer = std::string(shift, '\x5A') + image;
    const auto* at = reinterpret_cast<const uint8_t*>(buffer.data()) + shift;
    opened.push_back(breath_load_image(at, Size(image), Bytes(key), Size(key)));
    REQUIRE(opened.back() > 0);
    buffer.assign(buffer.size(), '\xFF');  // the engine has its own copy
    CHECK(Verdict(opened.back(), draft) == verdict);
  }
  breath_unload(made);
  for (const int32_t id : opened) {
    CHECK(Verdict(id, draft) == verdict);
    breath_unload(id);
  }
}

TEST_CASE("thousands of rules survive saving", "[image]") {
  json rules = json::array();
  json terms = json::array();
  for (int i = 0; i < 20000; ++i) terms.push_back("rival" + std::to_string(i) + " inc");
  for (int i = 0; i < 2000; ++i) {
    const std::string number = std::to_string(i);
    const json conditions[] = {
        {{"words", {"word" + number, "stem" + number + "x*"}}},
        {{"pattern", "pattern" + number + "[a-z]?"}},
        {{"all", json::array({{{"list", "rivals"}}, {{"words", {"word" + number}}}})}},
        {{"link", {{"hosts", {"host" + number + ".example"}}}}}};
    rules.push_back(testing::RuleJson(conditions[i % 4], "test.r" + number));
  }
  json bundle = testing::BundleJson(rules);
  bundle["lists"]["rivals"] = {{"title", "R"}, {"owner", "Legal"}, {"terms", terms}};
  const int32_t made = LoadBundle(bundle.dump());
  const std::string image = Save(made, "large");
  const int32_t opened = LoadImage(image, "large");
  REQUIRE(opened > 0);
  CHECK(Description(opened) == Description(made));
  const std::string context = testing::kContext;
  for (int i = 0; i < 2000; i += 37) {
    const std::string n = std::to_string(i);
    const std::string draft = "Word" + n + ", stem" + n + "xy, pattern" + n + "; host" + n +
                              ".example and rival" + n + " inc";
    INFO(draft);
    CHECK(breath_check(opened, Bytes(draft), Size(draft), Bytes(context), Size(context)) ==
          BREATH_FINDINGS);
    CHECK(Verdict(opened, draft) == Verdict(made, draft));
  }
  breath_unload(made);
  breath_unload(opened);
}

TEST_CASE("an image opens under the key it was saved with and no other", "[image]") {
  using namespace std::string_literals;
  const int32_t made = LoadBundle(SmallBundle());
  const std::string longest(64, 'k');
  const std::string keys[] = {"", "a", "ab", "ab\0"s, "\0"s, "b", longest.substr(1), longest};
  for (const std::string& saved : keys) {
    const std::string image = Save(made, saved);
    for (const std::string& asked : keys) {
      INFO("saved under '" << saved << "', asked for '" << asked << "'");
      CHECK(RefusalOf(image, asked) == (saved == asked ? "" : "image.other-key"));
    }
    CHECK(RefusalOf(image, longest + "k") == "image.other-key");
  }
  const std::string too_long(65, 'k');
  CHECK(breath_save(made, Bytes(too_long), Size(too_long)) == BREATH_BAD_CALL);
  CHECK(breath_result_size() == 0);
  CHECK(breath_save(made, nullptr, 3) == BREATH_BAD_CALL);
  CHECK(breath_save(made + 1000, nullptr, 0) == BREATH_BAD_CALL);
  breath_unload(made);
}

TEST_CASE("what is no image of this build is refused by name", "[image]") {
  const int32_t made = LoadBundle(SmallBundle());
  const std::string image = Save(made, "key");
  const size_t build = image.find(EngineBuild());
  REQUIRE(build != std::string::npos);
  struct Row {
    const char* name;
    std::string image;
    const char* refusal;
  };
  auto with = [&image](size_t at, char byte) {
    std::string changed = image;
    changed[at] = byte;
    return changed;
  };
  const char other = image[build] == '0' ? '1' : '0';
  const Row rows[] = {
      {"no bytes", "", "image.unknown"},
      {"a bundle", SmallBundle() + std::string(8 - SmallBundle().size() % 8, ' '), "image.unknown"},
      {"zeros", std::string(4096, '\0'), "image.unknown"},
      {"the next version of the format", with(7, '2'), "image.unknown"},
      {"another build", with(build, other), "image.other-engine"},
      {"another build, last letter", with(build + 63, '.'), "image.other-engine"},
      {"a word more", image + std::string(8, '\0'), "image.damaged"},
      {"a byte more", image + "x", "image.damaged"},
      {"twice", image + image, "image.damaged"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(RefusalOf(row.image, "key") == row.refusal);
  }
  CHECK(breath_load_image(nullptr, 8, nullptr, 0) == 0);
  CHECK(breath_load_image(Bytes(image), Size(image), nullptr, 3) == 0);
  CHECK(RefusalOf(image, "key").empty());
  breath_unload(made);
}

TEST_CASE("an image cut short anywhere is refused", "[image]") {
  const int32_t made = LoadBundle(SmallBundle());
  const std::string image = Save(made, "key");
  for (size_t size = 0; size < image.size(); ++size) {
    const std::string refusal = RefusalOf(image.substr(0, size), "key");
    if (refusal != "image.damaged" && refusal != "image.unknown") FAIL_CHECK(size << refusal);
  }
  breath_unload(made);
}

TEST_CASE("any one byte changed is refused, and rule sets opened before go on", "[image]") {
  const std::string draft = "We raise margins. kestrel";
  const int32_t earlier = LoadBundle(testing::RichBundle());
  const std::string verdict = Verdict(earlier, draft);
  const int32_t made = LoadBundle(SmallBundle());
  const std::string image = Save(made, "key");
  breath_unload(made);
  std::mt19937 random(5);
  std::set<std::string> refusals;
  for (size_t at = 0; at < image.size(); ++at) {
    for (const uint32_t change : {1U, 0x80U, 0xFFU, 1 + static_cast<uint32_t>(random() % 255)}) {
      std::string damaged = image;
      damaged[at] = static_cast<char>(static_cast<uint8_t>(damaged[at]) ^ change);
      const std::string refusal = RefusalOf(damaged, "key");
      refusals.insert(refusal);
      if (refusal.empty()) FAIL_CHECK("byte " << at << " ^ " << change);
    }
    if (at % 16 == 0 && Verdict(earlier, draft) != verdict) FAIL_CHECK("after byte " << at);
  }
  CHECK(refusals == std::set<std::string>{"image.damaged", "image.other-engine", "image.other-key",
                                          "image.unknown"});
  CHECK(RefusalOf(image, "key").empty());
  breath_unload(earlier);
}

TEST_CASE("more than an image holds makes none", "[image]") {
  ImageWriter writer;
  writer.Put(0, std::string(kLargestImage, 'a'));
  writer.Put(1, std::string("b"));
  CHECK(writer.Finish().empty());
  Image image;
  CHECK(image.Open({}, "") == Image::Refusal::kNotAnImage);
  CHECK(image.Save("").empty());
  CHECK(image.Get<uint32_t>(0).empty());
}

TEST_CASE("sections come back as they were put, and under no other size", "[image]") {
  ImageWriter writer;
  const std::vector<uint32_t> numbers = {7, 8, 9};
  writer.Put(3, numbers);
  writer.Put(5, std::string("text"));
  Image image;
  REQUIRE(image.Open(writer.Finish(), "") == Image::Refusal::kNone);
  const Slice<uint32_t> back = image.Get<uint32_t>(3);
  CHECK(std::vector<uint32_t>(back.begin(), back.end()) == numbers);
  CHECK(image.Get<uint64_t>(3).empty());
  CHECK(image.Get<char>(5).size == 4);
  CHECK(image.Get<char>(4).empty());
}

}  // namespace
}  // namespace breath
