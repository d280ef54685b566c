// SPDX-License-Identifier: Apache-2.0
// Tests wasm/text/byte_lanes and byte_words against one byte after the other.
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "wasm/text/byte_lanes.h"

namespace breath {
namespace {

constexpr auto kAreDigits = [](Lanes lanes) { return lanes - '0' < 10; };
bool IsDigitByte(char c) { return c >= '0' && c <= '9'; }

// Every size up to some blocks, at every alignment, in bytes of a few kinds.
template <class Check>
void ForTexts(Check check) {
  std::mt19937 random(7);
  static constexpr char kBytes[] = {'a', 'b', '7', ' ', '\0', '\xC3', '\xFF'};
  std::string room(400, 'a');
  for (size_t size = 0; size < 200; ++size) {
    for (char& c : room) c = random() % 4 == 0 ? kBytes[random() % sizeof(kBytes)] : 'a';
    const size_t start = random() % 32;
    // What lies around the text must not matter.
    room[start + size] = '7';
    check(std::string_view(room).substr(start, size), &random);
  }
}

TEST_CASE("few bytes are loaded as they stand", "[lanes]") {
  ForTexts([](std::string_view text, std::mt19937* /*random*/) {
    const size_t few = text.size() % 8;
    uint64_t expected = 0;
    for (size_t i = 0; i < few; ++i) {
      expected |= static_cast<uint64_t>(static_cast<uint8_t>(text[i])) << 8 * i;
    }
    CHECK(LoadFew(text.data(), few) == expected);
    const size_t count = text.size() % kLanes;
    const Lanes lanes = LoadFewLanes(text.data(), count);
    for (size_t i = 0; i < kLanes; ++i) {
      CHECK(lanes[i] == (i < count ? static_cast<uint8_t>(text[i]) : 0));
    }
  });
}

TEST_CASE("the next byte of a kind is found from every place", "[lanes]") {
  ForTexts([](std::string_view text, std::mt19937* /*random*/) {
    for (size_t from = 0; from <= text.size(); ++from) {
      size_t expected = from;
      while (expected < text.size() && !IsDigitByte(text[expected])) ++expected;
      REQUIRE(NextByte(text, from, kAreDigits) == expected);
    }
  });
}

TEST_CASE("the masks of blocks say what holds of each byte", "[lanes]") {
  ForTexts([](std::string_view text, std::mt19937* /*random*/) {
    size_t next = 0;
    ForEachBlock(text.data(), text.size(), kAreDigits,
                 [&](size_t start, uint64_t mask, uint64_t high) {
                   REQUIRE(start == next);
                   next += kBlock;
                   for (size_t i = 0; i < kBlock; ++i) {
                     const char c = start + i < text.size() ? text[start + i] : 'a';
                     CHECK((mask >> i & 1) == (IsDigitByte(c) ? 1 : 0));
                     CHECK((high >> i & 1) == (static_cast<uint8_t>(c) >= 0x80 ? 1 : 0));
                   }
                 });
    CHECK(next >= text.size());
    CHECK(next < text.size() + kBlock);
  });
}

TEST_CASE("a text is found in another exactly where find finds it", "[lanes]") {
  size_t held = 0;
  ForTexts([&held](std::string_view text, std::mt19937* random) {
    for (const char* wanted : {"7", "aa", "a7", "7a7", "aaaaaaaab", " a \xC3", "bb7 "}) {
      const bool expected = text.find(wanted) != std::string_view::npos;
      held += expected ? 1 : 0;
      REQUIRE(Contains(text, wanted) == expected);
    }
    if (text.empty()) return;
    const size_t start = (*random)() % text.size();
    const size_t size = 1 + (*random)() % (text.size() - start);
    REQUIRE(Contains(text, text.substr(start, size)));
    REQUIRE_FALSE(Contains(text, std::string(text) + "a"));
  });
  CHECK(held > 300);
}

}  // namespace
}  // namespace breath
