// SPDX-License-Identifier: Apache-2.0
// Eight bytes at a time, in one 64-bit word (Lamport, "Multiple byte processing with full-word
// instructions", 1975). Little-endian machines, as wasm is one. Tested by:
// tests/engine/text_test.cc, tests/engine/number_test.cc
#ifndef BREATH_TEXT_BYTE_WORDS_H_
#define BREATH_TEXT_BYTE_WORDS_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <string_view>

namespace breath {

inline constexpr uint64_t kHighBits = 0x8080808080808080U;
constexpr uint64_t Spread(uint8_t byte) { return 0x0101010101010101U * byte; }

inline uint64_t Load8(const char* bytes) {
  uint64_t word = 0;
  memcpy(&word, bytes, sizeof(word));
  return word;
}

// Wants bytes below 0x80; answers with the high bit of each byte from `low` to `high`.
inline uint64_t InRange(uint64_t word, uint8_t low, uint8_t high) {
  return (word + Spread(0x80 - low)) & ~(word + Spread(0x7F - high)) & kHighBits;
}

// The first ASCII digit at byte `at` or later, or the size of the text.
inline size_t NextDigit(std::string_view text, size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    const uint64_t word = Load8(text.data() + at);
    const uint64_t digits = InRange(word & ~kHighBits, '0', '9') & ~word;
    if (digits != 0) return at + static_cast<size_t>(__builtin_ctzll(digits)) / 8;
  }
  while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
  return at;
}

}  // namespace breath

#endif  // BREATH_TEXT_BYTE_WORDS_H_
