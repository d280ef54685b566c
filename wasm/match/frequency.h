// SPDX-License-Identifier: Apache-2.0
// How common a piece of text is in ordinary writing, by pairs of characters. Only for choosing what
// to look for first: a poor guess costs time, never a match. Table:
// scripts/generate-frequency-table.js. Tested by: tests/engine/frequency_test.cc
#ifndef BREATH_MATCH_FREQUENCY_H_
#define BREATH_MATCH_FREQUENCY_H_

#include <stdint.h>

#include <cmath>
#include <string_view>

namespace breath {
namespace tables {

inline constexpr uint32_t kFrequencyClasses = 31;
extern const uint8_t kAlone[kFrequencyClasses];
extern const uint8_t kFollows[kFrequencyClasses][kFrequencyClasses];

}  // namespace tables

inline uint32_t FrequencyClass(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<uint32_t>(c - 'a');
  if (c >= '0' && c <= '9') return 26;
  if (c == ' ' || (c >= 9 && c <= 13)) return 27;
  if (static_cast<uint8_t>(c) >= 0x80) return 30;
  return std::string_view(".,'-!?:;()\"").find(c) != std::string_view::npos ? 28 : 29;
}

// A class of many characters: bits, in sixteenths, by which one of them is rarer than all together.
inline uint32_t FrequencyShare(uint32_t frequency_class) {
  switch (frequency_class) {
    case 26:  // digits
      return 53;
    case 28:  // signs of a sentence, of which some are common
      return 32;
    case 29:
      return 69;
    case 30:
      return 64;
    default:
      return 0;
  }
}

// How often `text` (folded) may be expected to begin at a given byte of ordinary writing: 0 to 1.
inline double ExpectedFrequency(std::string_view text) {
  if (text.empty()) return 1;
  uint32_t last = FrequencyClass(text[0]);
  uint32_t bits = tables::kAlone[last] + FrequencyShare(last);
  for (size_t i = 1; i < text.size(); ++i) {
    const uint32_t next = FrequencyClass(text[i]);
    bits += tables::kFollows[last][next] + FrequencyShare(next);
    last = next;
  }
  return std::exp2(-static_cast<double>(bits) / 16);
}

}  // namespace breath

#endif  // BREATH_MATCH_FREQUENCY_H_
