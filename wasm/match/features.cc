// SPDX-License-Identifier: Apache-2.0
// One pass behind features.h, sixteen bytes at a time. Tested by tests/engine/literal_test.cc.
#include "wasm/match/features.h"

#include "wasm/text/byte_lanes.h"

namespace breath {
namespace {

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

// Rows of bytes without white space, as far as they are long.
void CountRuns(std::string_view text, FeatureCounts* counts) {
  size_t carried = 0;  // of the row that the block before ends with
  auto end_run = [counts](size_t size) {
    if (size >= kLongRun) ++counts->of[kLongRuns];
    if (size >= kLongerRun) ++counts->of[kLongerRuns];
  };
  auto is_space = [](Lanes lanes) { return (lanes == ' ') | (lanes - 9 < 5); };
  ForEachBlock(text.data(), text.size(), is_space,
               [&](size_t start, uint64_t spaces, uint64_t /*high*/) {
                 const size_t left = text.size() - start;
                 if (left < kBlock) spaces |= ~uint64_t{0} << left;
                 if (spaces == 0) {
                   carried += kBlock;
                   return;
                 }
                 const auto lead = static_cast<uint32_t>(__builtin_ctzll(spaces));
                 end_run(carried + lead);
                 carried = static_cast<size_t>(__builtin_clzll(spaces));
                 // Only a row of sixteen and more within the block leaves a bit; most blocks have
                 // none.
                 static_assert(kLongRun >= 16);
                 const uint64_t inner = ~spaces & ~uint64_t{0} << lead & ~uint64_t{0} >> carried;
                 uint64_t rows = inner & inner >> 1;
                 rows &= rows >> 2;
                 rows &= rows >> 4;
                 rows &= rows >> 8;
                 while (rows != 0) {
                   const auto at = static_cast<uint32_t>(__builtin_ctzll(rows));
                   const auto size = static_cast<uint32_t>(__builtin_ctzll(~(inner >> at)));
                   end_run(size);
                   rows &= ~uint64_t{0} << (at + size);
                 }
               });
  end_run(carried);
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
    add(LoadLanes(text.data() + i));
    if (++blocks % 254 == 0) {
      for (LaneCount& count : lanes) count.Empty();
    }
  }
  add(LoadFewLanes(text.data() + i, text.size() - i));  // NUL is of no kind
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
