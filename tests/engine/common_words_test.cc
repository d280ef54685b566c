// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/common_words: everyday words are known, and few others are taken for them.
#include "wasm/match/common_words.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>

namespace breath {
namespace {

TEST_CASE("everyday English is known", "[common-words]") {
  for (const char* word : {"contact", "contract", "internal", "interval", "prevents", "colours",
                           "favourite", "processor", "conversation", "conservation"}) {
    INFO(word);
    CHECK(IsCommonWord(word));
  }
  for (const char* word : {"confidental", "wizzards", "contractt", "kestrels"}) {
    INFO(word);
    CHECK_FALSE(IsCommonWord(word));
  }
}

TEST_CASE("few made-up words are taken for everyday English", "[common-words]") {
  std::mt19937 random(14);
  uint32_t known = 0;
  constexpr uint32_t kTried = 20000;
  for (uint32_t i = 0; i < kTried; ++i) {
    std::string word;
    for (int k = 0; k < 10; ++k) word.push_back(static_cast<char>('a' + random() % 26));
    known += IsCommonWord(word) ? 1 : 0;
  }
  CHECK(known < kTried / 20);
}

}  // namespace
}  // namespace breath
