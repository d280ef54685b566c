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
  kHasLongRun,    // kLongRun bytes in a row without ASCII white space
  kHasLongerRun,  // kLongerRun of them
  kHasAddress,    // two colons, or three full stops and four digits
  kHasCapitals,   // four capital letters, or characters beyond ASCII
  kHasQuote,      // " > or characters beyond ASCII
  // The same of the folded text, where "½" is three characters.
  kFoldedFourDigits,
  kFoldedNineDigits,
  kFoldedTwelveDigits,
  kFoldedLongRun,
  kFoldedLongerRun,
  kFeatureCount,
};

inline constexpr uint32_t kLongRun = 20;    // some links have it
inline constexpr uint32_t kLongerRun = 40;  // keys and tokens

// Bit n is set when the text, as typed, has feature n.
inline uint32_t FeaturesOf(std::string_view raw) {
  uint32_t digits = 0;
  uint32_t capitals = 0;
  uint32_t at = 0;
  uint32_t colons = 0;
  uint32_t stops = 0;
  uint32_t quotes = 0;
  uint32_t beyond = 0;
  uint32_t run = 0;
  uint32_t longest_run = 0;
  for (const char c : raw) {
    const auto byte = static_cast<uint8_t>(c);
    digits += static_cast<uint8_t>(byte - '0') < 10;
    capitals += static_cast<uint8_t>(byte - 'A') < 26;
    at += byte == '@';
    colons += byte == ':';
    stops += byte == '.';
    quotes += byte == '"' || byte == '>';
    beyond += byte >> 7;
    run = byte == ' ' || static_cast<uint8_t>(byte - 9) < 5 ? 0 : run + 1;
    longest_run = longest_run > run ? longest_run : run;
  }
  auto bit = [](Feature feature, bool holds) { return uint32_t{holds} << feature; };
  return bit(kHasAt, at > 0 || beyond > 0) | bit(kHasTwoDigits, digits >= 2) |
         bit(kHasFourDigits, digits >= 4) | bit(kHasNineDigits, digits >= 9) |
         bit(kHasTwelveDigits, digits >= 12) | bit(kHasLongRun, longest_run >= kLongRun) |
         bit(kHasLongerRun, longest_run >= kLongerRun) |
         bit(kHasAddress, colons >= 2 || (stops >= 3 && digits >= 4)) |
         bit(kHasCapitals, capitals >= 4 || beyond > 0) | bit(kHasQuote, quotes > 0 || beyond > 0);
}

// The features of a folded text, as bits of the folded kind.
inline uint32_t FoldedFeaturesOf(std::string_view folded) {
  const uint32_t found = FeaturesOf(folded);
  auto bit = [found](Feature typed, Feature of_folded) {
    return (found >> typed & 1) << of_folded;
  };
  return bit(kHasFourDigits, kFoldedFourDigits) | bit(kHasNineDigits, kFoldedNineDigits) |
         bit(kHasTwelveDigits, kFoldedTwelveDigits) | bit(kHasLongRun, kFoldedLongRun) |
         bit(kHasLongerRun, kFoldedLongerRun);
}

}  // namespace breath

#endif  // BREATH_MATCH_FEATURES_H_
