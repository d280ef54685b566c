// SPDX-License-Identifier: Apache-2.0
// One pass behind features.h, sixteen bytes at a time by the vector types of GCC and Clang (SSE2
// natively, SIMD128 in wasm). Tested by tests/engine/literal_test.cc.
#include "wasm/match/features.h"

#include <string.h>

#include <algorithm>

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

// The longest row of bytes without white space, as far as it matters: rows shorter than
// kLongRun may be taken for shorter. Such a row holds one of the probes.
size_t LongestRun(std::string_view text) {
  constexpr size_t kStep = kLongRun;
  size_t longest = 0;
  for (size_t probe = kStep - 1; probe < text.size(); probe += kStep) {
    if (IsAsciiSpace(text[probe])) continue;
    size_t start = probe;
    while (start > 0 && !IsAsciiSpace(text[start - 1])) --start;
    size_t end = probe;
    while (end < text.size() && !IsAsciiSpace(text[end])) ++end;
    longest = std::max(longest, end - start);
    if (longest >= kLongerRun) break;
  }
  return longest;
}

}  // namespace

uint32_t FeaturesOf(std::string_view raw) {
  LaneCount digits;
  LaneCount capitals;
  LaneCount at;
  LaneCount colons;
  LaneCount stops;
  LaneCount quotes;
  LaneCount beyond;
  LaneCount* const all[] = {&digits, &capitals, &at, &colons, &stops, &quotes, &beyond};
  uint32_t blocks = 0;
  auto add = [&](Lanes block) {
    digits.Add(block - '0' < 10);
    capitals.Add(block - 'A' < 26);
    at.Add(block == '@');
    colons.Add(block == ':');
    stops.Add(block == '.');
    quotes.Add((block == '"') | (block == '>'));
    beyond.Add(block >= 0x80);
  };
  size_t i = 0;
  for (; i + kLanes <= raw.size(); i += kLanes) {
    Lanes block;
    memcpy(&block, raw.data() + i, kLanes);
    add(block);
    if (++blocks % 254 == 0) {
      for (LaneCount* count : all) count->Empty();
    }
  }
  Lanes rest = {};  // NUL is of no kind
  memcpy(&rest, raw.data() + i, raw.size() - i);
  add(rest);
  for (LaneCount* count : all) count->Empty();
  const size_t run = LongestRun(raw);
  auto bit = [](Feature feature, bool holds) { return uint32_t{holds} << feature; };
  const bool has_beyond = beyond.total() > 0;
  return bit(kHasAt, at.total() > 0 || has_beyond) | bit(kHasTwoDigits, digits.total() >= 2) |
         bit(kHasFourDigits, digits.total() >= 4) | bit(kHasNineDigits, digits.total() >= 9) |
         bit(kHasTwelveDigits, digits.total() >= 12) | bit(kHasLongRun, run >= kLongRun) |
         bit(kHasLongerRun, run >= kLongerRun) |
         bit(kHasAddress, colons.total() >= 2 || (stops.total() >= 3 && digits.total() >= 4)) |
         bit(kHasCapitals, capitals.total() >= 4 || has_beyond) |
         bit(kHasQuote, quotes.total() > 0 || has_beyond);
}

}  // namespace breath
