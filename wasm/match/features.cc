// SPDX-License-Identifier: Apache-2.0
// One pass behind features.h, sixteen bytes at a time by the vector types of GCC and Clang (SSE2
// natively, SIMD128 in wasm). Tested by tests/engine/literal_test.cc.
#include "wasm/match/features.h"

#include <string.h>

namespace breath {
namespace {

constexpr size_t kLanes = 16;
using Lanes = uint8_t __attribute__((vector_size(kLanes)));

// Counts bytes of one kind; a lane counts to 255 before it has to be emptied.
class LaneCount {
 public:
  template <class Mask>
  void Add(Mask matches) {  // lanes of all ones count
    lanes_ -= reinterpret_cast<Lanes>(matches);
  }
  void Empty() {
    for (size_t i = 0; i < kLanes; ++i) total_ += lanes_[i];
    lanes_ = Lanes{};
  }
  uint32_t total() const { return total_; }

 private:
  Lanes lanes_ = {};
  uint32_t total_ = 0;
};

bool IsAsciiSpace(char c) { return c == ' ' || (c >= 9 && c <= 13); }

// Rows of bytes without white space, as far as they are long. Such a row holds one of the probes.
void CountRuns(std::string_view text, FeatureCounts* counts) {
  constexpr size_t kStep = kLongRun;
  for (size_t probe = kStep - 1; probe < text.size(); probe += kStep) {
    if (IsAsciiSpace(text[probe])) continue;
    size_t start = probe;
    while (start > 0 && !IsAsciiSpace(text[start - 1])) --start;
    size_t end = probe;
    while (end < text.size() && !IsAsciiSpace(text[end])) ++end;
    if (end - start >= kLongRun) ++counts->of[kLongRuns];
    if (end - start >= kLongerRun) ++counts->of[kLongerRuns];
    while (probe + kStep < end) probe += kStep;
  }
}

}  // namespace

void Count(std::string_view text, Tally tally, FeatureCounts* counts) {
  LaneCount lanes[kLongRuns];
  uint32_t blocks = 0;
  auto add = [&lanes](Lanes block) {
    lanes[kDigits].Add(block - '0' < 10);
    lanes[kCapitals].Add(block - 'A' < 26);
    lanes[kAts].Add(block == '@');
    lanes[kColons].Add(block == ':');
    lanes[kStops].Add(block == '.');
    lanes[kQuotes].Add((block == '"') | (block == '>'));
    lanes[kBeyondAscii].Add(block >= 0x80);
  };
  size_t i = 0;
  for (; i + kLanes <= text.size(); i += kLanes) {
    Lanes block;
    memcpy(&block, text.data() + i, kLanes);
    add(block);
    if (++blocks % 254 == 0) {
      for (LaneCount& count : lanes) count.Empty();
    }
  }
  Lanes rest = {};  // NUL is of no kind
  memcpy(&rest, text.data() + i, text.size() - i);
  add(rest);
  FeatureCounts found;
  for (uint32_t kind = 0; kind < kLongRuns; ++kind) {
    lanes[kind].Empty();
    found.of[kind] = lanes[kind].total();
  }
  CountRuns(text, &found);
  for (uint32_t kind = 0; kind < kFeatureKinds; ++kind) {
    counts->of[kind] += tally == Tally::kAdd ? found.of[kind] : 0 - found.of[kind];
  }
}

uint32_t FeaturesOf(const FeatureCounts& counts) {
  auto bit = [&counts](Feature feature, FeatureKind kind, uint32_t least) {
    return uint32_t{counts.of[kind] >= least} << feature;
  };
  const uint32_t beyond =
      counts.of[kBeyondAscii] == 0 ? 0 : 1U << kHasAt | 1U << kHasCapitals | 1U << kHasQuote;
  return beyond | bit(kHasAt, kAts, 1) | bit(kHasTwoDigits, kDigits, 2) |
         bit(kHasFourDigits, kDigits, 4) | bit(kHasNineDigits, kDigits, 9) |
         bit(kHasTwelveDigits, kDigits, 12) | bit(kHasLongRun, kLongRuns, 1) |
         bit(kHasLongerRun, kLongerRuns, 1) | bit(kHasAddress, kColons, 2) |
         (counts.of[kDigits] >= 4 ? bit(kHasAddress, kStops, 3) : 0) |
         bit(kHasCapitals, kCapitals, 4) | bit(kHasQuote, kQuotes, 1);
}

}  // namespace breath
