// SPDX-License-Identifier: Apache-2.0
// How common a piece of text is in ordinary writing, by pairs of characters. Only for choosing what
// to look for first: a poor guess costs time, never a match. Table:
// scripts/generate-frequency-table.js. Tested by: tests/engine/literal_test.cc
#ifndef BREATH_MATCH_FREQUENCY_H_
#define BREATH_MATCH_FREQUENCY_H_

#include <stdint.h>

#include <cmath>
#include <string_view>

namespace breath {
namespace tables {

inline constexpr uint32_t kFrequencyClasses = 30;
extern const uint8_t kAlone[kFrequencyClasses];
extern const uint8_t kFollows[kFrequencyClasses][kFrequencyClasses];

}  // namespace tables

inline uint32_t FrequencyClass(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<uint32_t>(c - 'a');
  if (c >= '0' && c <= '9') return 26;
  if (c == ' ' || (c >= 9 && c <= 13)) return 27;
  return static_cast<uint8_t>(c) < 0x80 ? 28 : 29;
}

// How often `text` (folded) may be expected to begin at a given byte of ordinary writing: 0 to 1.
inline double ExpectedFrequency(std::string_view text) {
  if (text.empty()) return 1;
  uint32_t bits = tables::kAlone[FrequencyClass(text[0])];
  for (size_t i = 1; i < text.size(); ++i) {
    bits += tables::kFollows[FrequencyClass(text[i - 1])][FrequencyClass(text[i])];
  }
  return std::exp2(-static_cast<double>(bits) / 16);
}

}  // namespace breath

#endif  // BREATH_MATCH_FREQUENCY_H_
