// SPDX-License-Identifier: Apache-2.0
// Bloom filter behind common_words.h; scripts/generate-common-words.js fills it by the same hashes.
// Tested by tests/engine/common_words_test.cc.
#include "wasm/match/common_words.h"

#include <stdint.h>

#include "wasm/match/common_word_table.h"

namespace breath {

constexpr uint32_t kBits = sizeof(tables::kCommonWords) * 8;

bool IsCommonWord(std::string_view word) {
  uint32_t hash = 2166136261U;
  for (const char c : word) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619U;
  const uint32_t step = (hash * 0x9E3779B1U) | 1U;
  for (uint32_t i = 0; i < 4; ++i) {
    const uint32_t bit = ((hash + step * i) >> 16) * kBits >> 16;
    if ((tables::kCommonWords[bit >> 3] >> (bit & 7) & 1) == 0) return false;
  }
  return true;
}

}  // namespace breath
