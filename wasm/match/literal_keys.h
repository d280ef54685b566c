// SPDX-License-Identifier: Apache-2.0
// How a literal is looked for: its key and the hashes of that, shared by the tables of
// wasm/match/literal_groups.h and the pass of wasm/match/literal_index.h over them. Tested by:
// tests/engine/literal_test.cc
#ifndef BREATH_MATCH_LITERAL_KEYS_H_
#define BREATH_MATCH_LITERAL_KEYS_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <algorithm>

namespace breath::literal_tables {

// Bytes of a key, and of that of a literal shorter than it.
inline constexpr size_t kKeySize = 4;
inline constexpr size_t kShortKeySize = 2;
inline constexpr uint32_t kPairKeys = 1U << 16;  // keys from here on are of a single byte

inline size_t KeySizeOf(size_t literal) {
  return literal >= kKeySize ? kKeySize : std::min(literal, kShortKeySize);
}

inline uint32_t Load4(const char* bytes) {
  uint32_t word = 0;
  memcpy(&word, bytes, sizeof(word));
  return word;
}
inline uint32_t Load2(const char* bytes) {
  uint16_t word = 0;
  memcpy(&word, bytes, sizeof(word));
  return word;
}
inline uint32_t SingleKey(char byte) { return kPairKeys + static_cast<uint8_t>(byte); }
inline uint32_t KeyAt(const char* bytes, size_t size) {
  return size == kKeySize ? Load4(bytes) : size == kShortKeySize ? Load2(bytes) : SingleKey(*bytes);
}
// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4): the leading bits are
// good.
inline uint32_t Hash(uint32_t key) { return (key ^ key >> 15) * 2654435769U; }

// A smaller hash of a four-byte key, by its two halves, as one lane of eight keys at a time is. The
// first filter has a bit for each.
inline constexpr size_t kFilterBits = size_t{1} << 16;
inline constexpr uint16_t kLowFactor = 0x9E37;
inline constexpr uint16_t kHighFactor = 0x79B9;
inline uint32_t SmallHash(uint32_t key) {
  const uint32_t hash = ((key & 0xFFFF) * kLowFactor + (key >> 16) * kHighFactor) & 0xFFFF;
  return hash ^ hash >> 7;
}

}  // namespace breath::literal_tables

#endif  // BREATH_MATCH_LITERAL_KEYS_H_
