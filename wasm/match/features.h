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

// What features are made of. Counts of texts that meet at ASCII white space add up.
enum FeatureKind : uint32_t {
  kDigits,
  kCapitals,
  kAts,
  kColons,
  kStops,
  kQuotes,
  kBeyondAscii,  // bytes
  kLongRuns,     // of kLongRun bytes or more
  kLongerRuns,
  kFeatureKinds,
};
struct FeatureCounts {
  uint32_t of[kFeatureKinds] = {};
};
enum class Tally : uint8_t { kAdd, kTakeAway };
void Count(std::string_view text, Tally tally, FeatureCounts* counts);

// Bit n is set when the text, as typed, has feature n.
uint32_t FeaturesOf(const FeatureCounts& counts);
inline uint32_t FeaturesOf(std::string_view raw) {
  FeatureCounts counts;
  Count(raw, Tally::kAdd, &counts);
  return FeaturesOf(counts);
}

// The features of the folded text, as bits of the folded kind, from what FeaturesOf says of it.
inline uint32_t AsFolded(uint32_t found) {
  auto bit = [found](Feature typed, Feature of_folded) {
    return (found >> typed & 1) << of_folded;
  };
  return bit(kHasFourDigits, kFoldedFourDigits) | bit(kHasNineDigits, kFoldedNineDigits) |
         bit(kHasTwelveDigits, kFoldedTwelveDigits) | bit(kHasLongRun, kFoldedLongRun) |
         bit(kHasLongerRun, kFoldedLongerRun);
}

}  // namespace breath

#endif  // BREATH_MATCH_FEATURES_H_
