// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/frequency: how common a piece of text is expected to be.
#include "wasm/match/frequency.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <utility>

namespace breath {
namespace {

TEST_CASE("common pieces of text count as more frequent than rare ones", "[literal]") {
  const std::pair<const char*, const char*> rows[] = {
      {"e", "z"}, {"th", "hq"}, {"the ", "kest"}, {" of ", "-tok"}, {"ing ", "qzxj"}, {"a", "\xC3"},
  };
  for (const auto& [common, rare] : rows) {
    INFO(common << " and " << rare);
    CHECK(ExpectedFrequency(common) > ExpectedFrequency(rare));
  }
  std::mt19937 random(23);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      text.push_back(static_cast<char>(random() % 256));
      const double frequency = ExpectedFrequency(text);
      CHECK((frequency >= 0 && frequency <= 1));
      if (text.size() > 1) {
        CHECK(frequency <= ExpectedFrequency(std::string_view(text).substr(0, text.size() - 1)));
      }
    }
  }
  CHECK(ExpectedFrequency("") == 1);
}

}  // namespace
}  // namespace breath
