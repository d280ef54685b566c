// SPDX-License-Identifier: Apache-2.0
// What a draft holds at all: signs and digits without which some leaves cannot match. One pass, no
// look at what stands beside what. Tested by: tests/engine/literal_test.cc
#ifndef BREATH_MATCH_FEATURES_H_
#define BREATH_MATCH_FEATURES_H_

#include <stdint.h>

#include <string_view>

namespace breath {

enum Feature : uint32_t {
  kHasAt,         // @
  kHasTwoDigits,  // ASCII digits, anywhere
  kHasFourDigits,
  kHasNineDigits,
  kHasTwelveDigits,
  kHasColon,
  kHasCapitals,  // four capital letters, or characters beyond ASCII
  kHasQuote,     // " ' > or characters beyond ASCII
  kFeatureCount,
};

// Bit n is set when the text, as typed, has feature n.
inline uint32_t FeaturesOf(std::string_view raw) {
  uint32_t digits = 0;
  uint32_t capitals = 0;
  uint32_t at = 0;
  uint32_t colons = 0;
  uint32_t quotes = 0;
  uint32_t beyond = 0;
  for (const char c : raw) {
    const auto byte = static_cast<uint8_t>(c);
    digits += static_cast<uint8_t>(byte - '0') < 10;
    capitals += static_cast<uint8_t>(byte - 'A') < 26;
    at += byte == '@';
    colons += byte == ':';
    quotes += byte == '"' || byte == '\'' || byte == '>';
    beyond += byte >> 7;
  }
  auto bit = [](Feature feature, bool holds) { return uint32_t{holds} << feature; };
  return bit(kHasAt, at > 0 || beyond > 0) | bit(kHasTwoDigits, digits >= 2) |
         bit(kHasFourDigits, digits >= 4) | bit(kHasNineDigits, digits >= 9) |
         bit(kHasTwelveDigits, digits >= 12) | bit(kHasColon, colons > 0) |
         bit(kHasCapitals, capitals >= 4 || beyond > 0) | bit(kHasQuote, quotes > 0 || beyond > 0);
}

}  // namespace breath

#endif  // BREATH_MATCH_FEATURES_H_
