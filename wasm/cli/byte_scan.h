// SPDX-License-Identifier: Apache-2.0
// Looks at eight bytes at a time for the few bytes that matter in JSON. Little and big endian give
// the same answers. Source of the zero-byte test: S. E. Anderson, Bit Twiddling Hacks, "Determine
// if a word has a zero byte". Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_BYTE_SCAN_H_
#define BREATH_CLI_BYTE_SCAN_H_

#include <stdint.h>
#include <string.h>

#include <string_view>

namespace breath {

inline uint64_t LoadEight(const char* bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof(word));
  return word;
}

inline constexpr uint64_t kEachByte = 0x0101010101010101U;
inline constexpr uint64_t kHighBits = 0x8080808080808080U;

// Whether one of the eight bytes is `byte`.
inline uint64_t HasByte(uint64_t word, uint8_t byte) {
  const uint64_t zeroed = word ^ (kEachByte * byte);
  return (zeroed - kEachByte) & ~zeroed & kHighBits;
}
// Whether one of the eight bytes is below 0x20.
inline uint64_t HasControl(uint64_t word) { return (word - kEachByte * 0x20) & ~word & kHighBits; }

// The first of the bytes that a JSON string cannot hold as they are (quote, backslash, controls),
// or `end`.
inline const char* FindSpecial(const char* at, const char* end) {
  while (end - at >= 8) {
    const uint64_t word = LoadEight(at);
    if ((HasByte(word, '"') | HasByte(word, '\\') | HasControl(word)) != 0) break;
    at += 8;
  }
  while (at != end && *at != '"' && *at != '\\' && static_cast<uint8_t>(*at) >= 0x20) ++at;
  return at;
}

inline bool IsAscii(std::string_view text) {
  const char* at = text.data();
  const char* end = at + text.size();
  uint64_t seen = 0;
  for (; end - at >= 32; at += 32) {
    seen |= LoadEight(at) | LoadEight(at + 8) | LoadEight(at + 16) | LoadEight(at + 24);
  }
  for (; end - at >= 8; at += 8) seen |= LoadEight(at);
  for (; at != end; ++at) seen |= static_cast<uint8_t>(*at);
  return (seen & kHighBits) == 0;
}

}  // namespace breath

#endif  // BREATH_CLI_BYTE_SCAN_H_
