// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/siphash and sealed_list: the vectors of the authors, and sealed lists against
// the phrase index of a plain list on random terms and drafts.
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "tests/engine/compiled.h"
#include "tests/engine/vectors.h"
#include "wasm/abi/breath_abi.h"
#include "wasm/bundle/bundle_reader.h"
#include "wasm/match/phrase_index.h"
#include "wasm/match/phrase_sets.h"
#include "wasm/match/sealed_list.h"
#include "wasm/rules/checker.h"

namespace breath {
namespace {

using nlohmann::json;

std::string Hex(uint64_t hash) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int i = 0; i < 8; ++i) {
    const auto byte = static_cast<uint8_t>(hash >> (8 * i));
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

TEST_CASE("SipHash gives the values its authors publish", "[sealed]") {
  // Key 00 01 .. 0f, input 00 01 .. of that many bytes; result bytes in memory order.
  const std::pair<size_t, const char*> rows[] = {
      {0, "310e0edd47db6f72"},  {1, "fd67dc93c539f874"},  {2, "5a4fa9d909806c0d"},
      {3, "2d7efbd796666785"},  {4, "b7877127e09427cf"},  {5, "8da699cd64557618"},
      {6, "cee3fe586e46c9cb"},  {7, "37d1018bf50002ab"},  {8, "6224939a79f5f593"},
      {9, "b0e4a90bdf82009e"},  {10, "f3b9dd94c5bb5d7a"}, {11, "a7ad6b22462fb3f4"},
      {12, "fbe50e86bc8f1e75"}, {13, "903d84c02756ea14"}, {14, "eef27a8e90ca23f7"},
      {15, "e545be4961ca29a1"}, {16, "db9bc2577fcc2a3f"}, {31, "42c341d8fa92d832"},
      {32, "ce7cf2722f512771"}, {63, "724506eb4c328a95"},
  };
  uint8_t bytes[64];
  for (uint8_t i = 0; i < 64; ++i) bytes[i] = i;
  const SipKey key = SipKeyFromBytes(bytes);
  for (const auto& [size, hex] : rows) {
    INFO(size);
    CHECK(Hex(SipHash24(key, std::string_view(reinterpret_cast<const char*>(bytes), size))) == hex);
  }
}

TEST_CASE("a sealed list finds what the plain list finds", "[sealed]") {
  const std::vector<std::string> words = {"a",   "ab", "Kestrel", "can", "can't",  "they're", "é",
                                          "ß",   "中", "中国",    "x1",  "#a",     "s",       "ll",
                                          "c++", "_a", "\"b",     ".",   "\u0301x"};
  const char* between[] = {" ", " ", "  ", "\n", "-", "--", " - ", "", ". ", "'", "’s ", "'ll "};
  std::mt19937 random(12);
  auto any = [&random, &words] { return words[random() % words.size()]; };
  size_t compared = 0;
  for (int round = 0; round < 3000; ++round) {
    uint8_t salt[16];
    for (uint8_t& byte : salt) byte = static_cast<uint8_t>(random());
    const SipKey key = SipKeyFromBytes(salt);
    PhraseSets sets;
    const uint32_t set = sets.NewSet();
    std::vector<uint64_t> hashes;
    uint32_t counts = 0;
    for (int i = 0; i < 4; ++i) {
      std::string phrase = any();
      for (uint32_t more = random() % 3; more > 0; --more) phrase += between[random() % 12] + any();
      SealedTerm term;
      if (SealPhrase(key, phrase, &term) != SealRefusal::kNone) continue;
      REQUIRE(sets.Add(set, phrase) == PhraseSets::Refusal::kNone);
      hashes.push_back(term.hash);
      counts |= 1U << term.words;
    }
    ImageWriter writer;
    sets.Write({true}, &writer);
    Image image;
    REQUIRE(image.Open(writer.Finish(), "") == Image::Refusal::kNone);
    PhraseIndex index;
    REQUIRE(index.Open(image));
    SealedTables tables;
    REQUIRE(SealedBuilder(&tables).Add(key, counts, hashes) == 0);
    std::string text;
    for (uint32_t i = 1 + random() % 12; i > 0; --i) text += any() + between[random() % 12];
    const Draft draft(text);
    std::vector<PhraseHit> hits;
    REQUIRE(index.Find(draft.folded().text, WholeOf(draft.folded().text), 1000, &hits));
    SpanList plain;
    for (const PhraseHit& hit : hits) {
      plain.push_back(draft.folded().map.ToSource(hit.start, hit.end));
    }
    Normalize(&plain);
    SpanList sealed;
    REQUIRE(FindSealed(ViewOf(tables), draft, 0, 1000, &sealed) == LeafResult::kDone);
    Normalize(&sealed);
    INFO(text);
    CHECK(sealed == plain);
    compared += plain.size();
  }
  CHECK(compared > 1000);
}

TEST_CASE("a large list finds each of its terms", "[sealed]") {
  SealedTables tables;
  const SipKey key = {1, 2};
  for (const uint32_t size : {0U, 1U, 2U, 3U, 50000U}) {
    std::vector<uint64_t> hashes;
    for (uint32_t i = 0; i < size; ++i) {
      SealedTerm term;
      REQUIRE(SealPhrase(key, "term" + std::to_string(i), &term) == SealRefusal::kNone);
      hashes.push_back(term.hash);
    }
    const uint32_t set = SealedBuilder(&tables).Add(key, 2, hashes);
    uint32_t found = 0;
    for (uint32_t i = 0; i < size; i += 1 + size / 500) {
      SpanList spans;
      FindSealed(ViewOf(tables), Draft("the term" + std::to_string(i) + "."), set, 10, &spans);
      REQUIRE(spans == SpanList{{4, 8 + static_cast<uint32_t>(std::to_string(i).size())}});
      ++found;
    }
    SpanList none;
    FindSealed(ViewOf(tables), Draft("the term50001."), set, 10, &none);
    CHECK(none.empty());
    CHECK((found > 0) == (size > 0));
  }
}

TEST_CASE("terms that cannot be sealed are refused with a reason", "[sealed]") {
  const std::pair<const char*, SealRefusal> rows[] = {
      {"  ", SealRefusal::kEmpty},
      {"margin*", SealRefusal::kStar},
      {"-x", SealRefusal::kEdge},
      {"dogs'", SealRefusal::kEdge},
      {"a b c d e f g h i", SealRefusal::kTooLong},
      {"a.b.c.d.e.f.g.h.i", SealRefusal::kTooLong},
      {"a b c d e f g h", SealRefusal::kNone},
      {"Project X-15", SealRefusal::kNone},
  };
  for (const auto& [phrase, refusal] : rows) {
    INFO(phrase);
    SealedTerm term;
    CHECK(SealPhrase({1, 2}, phrase, &term) == refusal);
    CHECK(SealRefusalMessage(refusal).empty() == (refusal == SealRefusal::kNone));
  }
}

TEST_CASE("hyphens without end are given up and named", "[sealed]") {
  const SipKey key = {1, 2};
  SealedTables tables;
  // Terms of every length: each row of up to eight letters is tried in all its spellings.
  const uint32_t set = SealedBuilder(&tables).Add(key, 0x1FE, {1, 2, 3});
  std::string draft;
  for (int i = 0; i < 500000; ++i) draft += "a-";
  SpanList spans;
  CHECK(FindSealed(ViewOf(tables), Draft(draft), set, 10, &spans) == LeafResult::kTooMuchWork);
  CHECK(FindSealed(ViewOf(tables), Draft(draft.substr(0, 10000)), set, 10, &spans) ==
        LeafResult::kDone);
}

TEST_CASE("a bundle with a sealed list is read strictly", "[sealed]") {
  const std::string salt = "000102030405060708090a0b0c0d0e0f";
  struct Row {
    json list;
    json when;
    const char* pointer;
  };
  const json good = {{"salt", salt}, {"words", {1}}, {"hashes", {"0011223344556677"}}};
  auto with = [&good](const char* member, const json& value) {
    json out = good;
    out[member] = value;
    return json{{"sealed", out}};
  };
  const json list = {{"list", "code"}};
  const Row rows[] = {
      {with("salt", "00"), list, "/lists/code/sealed/salt"},
      {with("salt", std::string(32, 'G')), list, "/lists/code/sealed/salt"},
      {with("words", {0}), list, "/lists/code/sealed/words/0"},
      {with("words", {17}), list, "/lists/code/sealed/words/0"},
      {with("words", json::array()), list, "/lists/code/sealed/words"},
      {with("hashes", {"001122334455667"}), list, "/lists/code/sealed/hashes/0"},
      {with("hashes", {"001122334455667X"}), list, "/lists/code/sealed/hashes/0"},
      {with("pepper", 1), list, "/lists/code/sealed/pepper"},
      {{{"sealed", good}, {"terms", {"a"}}}, list, "/lists/code"},
      {json::object(), list, "/lists/code"},
      {{{"sealed", good}}, {{"link", {{"list", "code"}}}}, "/rules/0/when/link/list"},
  };
  for (const Row& row : rows) {
    json bundle = testing::BundleJson(json::array({testing::RuleJson(row.when)}));
    bundle["lists"]["code"] = row.list;
    bundle["lists"]["code"]["title"] = "Code names";
    bundle["lists"]["code"]["owner"] = "Legal";
    BundleError error;
    INFO(bundle["lists"].dump());
    CHECK(ReadBundle(bundle.dump(), &error) == nullptr);
    CHECK(error.pointer == row.pointer);
    CHECK_FALSE(error.message.empty());
  }
}

TEST_CASE("what breath_seal gives is what a bundle finds", "[sealed][abi]") {
  const std::string salt_hex = "000102030405060708090a0b0c0d0e0f";
  uint8_t salt[16];
  for (uint8_t i = 0; i < 16; ++i) salt[i] = i;
  const std::string phrase = "  Project   Osprey ";
  const auto* bytes = reinterpret_cast<const uint8_t*>(phrase.data());
  REQUIRE(breath_seal(salt, bytes, static_cast<uint32_t>(phrase.size())) == 2);
  REQUIRE(breath_result_size() == 8);
  uint64_t hash = 0;
  for (int i = 0; i < 8; ++i) hash |= uint64_t{breath_result()[i]} << (8 * i);
  CHECK(breath_seal(nullptr, bytes, 3) == BREATH_BAD_CALL);
  CHECK(breath_seal(salt, nullptr, 3) == BREATH_BAD_CALL);
  CHECK(breath_seal(salt, reinterpret_cast<const uint8_t*>("a*"), 2) == 0);
  CHECK(json::parse(std::string(reinterpret_cast<const char*>(breath_result()),
                                breath_result_size()))["id"] == "bundle.value");
  json bundle = testing::BundleJson(
      json::array({testing::RuleJson({{"list", "code"}, {"except", {"project osprey park"}}})}));
  bundle["lists"]["code"] = {
      {"title", "Code names"},
      {"owner", "Legal"},
      {"sealed", {{"salt", salt_hex}, {"words", {2}}, {"hashes", {Hex(hash)}}}}};
  const auto ready = testing::Load(bundle.dump());
  const Report report = ready->checker->Check("On PROJECT-osprey; Project Osprey Park", {});
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].spans == SpanList{{3, 17}});
}

}  // namespace
}  // namespace breath
