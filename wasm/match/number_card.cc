// SPDX-License-Identifier: Apache-2.0
// Payment cards. Tested by
// tests/engine/number_test.cc.
#include <array>

#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"

namespace breath {
namespace {

// Luhn's check: ISO/IEC 7812-1, annex B.
bool PassesLuhn(std::string_view digits) {
  uint32_t sum = 0;
  bool twice = false;
  for (size_t i = digits.size(); i-- > 0;) {
    uint32_t value = static_cast<uint32_t>(digits[i] - '0');
    if (twice) {
      value *= 2;
      if (value > 9) value -= 9;
    }
    sum += value;
    twice = !twice;
  }
  return sum % 10 == 0;
}

// Issuer ranges and lengths: ISO/IEC 7812 ranges as the networks publish them.
bool IsCardRange(std::string_view digits) {
  struct Range {
    uint32_t low;
    uint32_t high;
    uint32_t width;  // leading digits compared
    uint32_t shortest;
    uint32_t longest;
  };
  static constexpr std::array<Range, 17> kRanges = {{
      {4, 4, 1, 13, 13},
      {4, 4, 1, 16, 16},
      {4, 4, 1, 19, 19},
      {51, 55, 2, 16, 16},
      {2221, 2720, 4, 16, 16},
      {34, 34, 2, 15, 15},
      {37, 37, 2, 15, 15},
      {300, 305, 3, 14, 14},
      {36, 36, 2, 14, 19},
      {38, 39, 2, 14, 14},
      {6011, 6011, 4, 16, 19},
      {644, 659, 3, 16, 19},
      {3528, 3589, 4, 16, 19},
      {62, 62, 2, 16, 19},
      {81, 81, 2, 16, 19},
      {5018, 5893, 4, 16, 19},
      {6304, 6763, 4, 16, 19},
  }};
  for (const Range& range : kRanges) {
    if (digits.size() < range.shortest || digits.size() > range.longest) continue;
    uint32_t prefix = 0;
    for (uint32_t i = 0; i < range.width; ++i)
      prefix = prefix * 10 + static_cast<uint32_t>(digits[i] - '0');
    if (prefix >= range.low && prefix <= range.high) return true;
  }
  return false;
}

bool AllSame(std::string_view digits) {
  return digits.find_first_not_of(digits[0]) == std::string_view::npos;
}

// Groups of a written card number: none but the last is shorter than three digits, and one kind of
// separator, so that a row of small amounts does not join up to one.
bool HasCardGroups(std::string_view shape) {
  size_t group = 0;
  char separator = 0;
  for (const char c : shape) {
    if (c == 'd') {
      ++group;
      continue;
    }
    if (group < 3 || (separator != 0 && c != separator)) return false;
    separator = c;
    group = 0;
  }
  return group >= 1;
}

}  // namespace

NumberFound CardAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at)) return {};
  if (at > 1 && std::string_view(".,-").find(text[at - 1]) != std::string_view::npos &&
      IsDigit(text[at - 2])) {
    return {};
  }
  const DigitRun run = ReadDigits(text, at, 19);
  // Another number may follow after a space: every group end is tried, the longest first.
  NumberFound found;
  size_t byte = at;
  size_t digits = 0;
  for (size_t i = 0; i < run.shape.size(); ++i) {
    if (run.shape[i] != 'd') {
      byte += text[byte] == '\xC2' ? 2 : text[byte] == '\xE2' ? 3 : 1;
      continue;
    }
    ++byte;
    ++digits;
    const bool group_end =
        i + 1 == run.shape.size() ? !IsWordAtByte(text, byte) : run.shape[i + 1] != 'd';
    if (!group_end || digits < 13 || digits > 19) continue;
    const std::string_view number = run.digits.view().substr(0, digits);
    if (!HasCardGroups(run.shape.view().substr(0, i + 1)) || AllSame(number)) continue;
    if (IsCardRange(number) && PassesLuhn(number)) found = {at, byte};
  }
  return found;
}

}  // namespace breath
