// SPDX-License-Identifier: Apache-2.0
// Eight bytes at a time, in one 64-bit word (Lamport, "Multiple byte processing with full-word
// instructions", 1975). Little-endian machines, as wasm is one. Tested by:
// tests/engine/text_test.cc
#ifndef BREATH_TEXT_BYTE_WORDS_H_
#define BREATH_TEXT_BYTE_WORDS_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace breath {

inline constexpr uint64_t kHighBits = 0x8080808080808080U;
constexpr uint64_t Spread(uint8_t byte) { return 0x0101010101010101U * byte; }

inline uint64_t Load8(const char* bytes) {
  uint64_t word = 0;
  memcpy(&word, bytes, sizeof(word));
  return word;
}

// The first `count` bytes, fewer than eight, and zeros. It copies nothing: what it read is nowhere
// in memory when it is done.
inline uint64_t LoadFew(const char* bytes, size_t count) {
  if (count >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    memcpy(&first, bytes, sizeof(first));
    memcpy(&last, bytes + count - sizeof(last), sizeof(last));
    return first | static_cast<uint64_t>(last) << 8 * (count - sizeof(last));
  }
  if (count == 0) return 0;
  auto at = [bytes](size_t i) { return static_cast<uint64_t>(static_cast<uint8_t>(bytes[i])); };
  return at(0) | at(count / 2) << 8 * (count / 2) | at(count - 1) << 8 * (count - 1);
}

// Wants bytes below 0x80; answers with the high bit of each byte from `low` to `high`.
inline uint64_t InRange(uint64_t word, uint8_t low, uint8_t high) {
  return (word + Spread(0x80 - low)) & ~(word + Spread(0x7F - high)) & kHighBits;
}

}  // namespace breath

#endif  // BREATH_TEXT_BYTE_WORDS_H_
