// SPDX-License-Identifier: Apache-2.0
// Numbers a state gives to a person: US social security, UK National Insurance, UK NHS. Tested by
// tests/engine/number_test.cc.
#include <string>

#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"

namespace breath {

// Shape and blocked ranges: US Social Security Administration, "SSN randomization" (2011). Without
// separators nine digits could be anything, so they are not taken.
NumberFound SsnAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at) || (at > 0 && (text[at - 1] == '-' || text[at - 1] == '.')))
    return {};
  constexpr size_t kSize = 11;
  if (at + kSize > text.size()) return {};
  const std::string_view ssn = text.substr(at, kSize);
  for (size_t i = 0; i < kSize; ++i) {
    const bool separator = i == 3 || i == 6;
    if (separator
            ? (ssn[i] != ssn[3] || std::string_view("- .").find(ssn[i]) == std::string_view::npos)
            : !IsDigit(ssn[i])) {
      return {};
    }
  }
  const size_t end = at + kSize;
  if (IsWordAtByte(text, end) || (end < text.size() && text[end] == '-')) return {};
  const std::string_view area = ssn.substr(0, 3);
  if (area == "000" || area == "666" || area[0] == '9') return {};
  if (ssn.substr(4, 2) == "00" || ssn.substr(7) == "0000") return {};
  return {at, end};
}

// Shape and prefixes: HMRC, National Insurance Manual, NIM39110: two letters, six digits, a suffix
// A to D. Written in one, or in groups of two with one kind of separator: "AB 12 34 56 C".
NumberFound NinoAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at)) return {};
  constexpr size_t kCharacters = 9;
  std::string number;
  char separator = 0;
  size_t i = at;
  while (i < text.size() && number.size() < kCharacters) {
    const char c = text[i];
    const bool digit_due = number.size() >= 2 && number.size() < 8;
    if (digit_due ? IsDigit(c) : IsAlpha(c)) {
      number.push_back(IsLower(c) ? static_cast<char>(c - 32) : c);
      ++i;
      continue;
    }
    const bool between = number.size() >= 2 && number.size() % 2 == 0;
    if (!between || (c != ' ' && c != '-') || (separator != 0 && c != separator)) return {};
    if (text[i - 1] == c) return {};
    separator = c;
    ++i;
  }
  if (number.size() != kCharacters || IsWordAtByte(text, i)) return {};
  constexpr std::string_view kNeverLetters = "DFIQUV";
  if (kNeverLetters.find(number[0]) != std::string_view::npos ||
      kNeverLetters.find(number[1]) != std::string_view::npos || number[1] == 'O') {
    return {};
  }
  for (const std::string_view unused : {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}) {
    if (std::string_view(number).substr(0, 2) == unused) return {};
  }
  if (number[8] > 'D') return {};
  return {at, i};
}

// Ten digits, the last one a check: NHS Data Dictionary, "NHS NUMBER", modulus 11. Written in one
// or as 3-3-4 with spaces or hyphens. One in eleven numbers of ten digits passes by chance.
NumberFound NhsAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at)) return {};
  if (at > 0 && std::string_view("+-./#$:").find(text[at - 1]) != std::string_view::npos &&
      !(text[at - 1] == ':' && (at < 2 || !IsDigit(text[at - 2])))) {
    return {};
  }
  constexpr size_t kDigits = 10;
  const DigitRun run = ReadDigits(text, at, kDigits);
  if (run.digits.size() != kDigits || IsWordAtByte(text, run.end)) return {};
  const std::string_view shape = run.shape.view();
  if (shape != "dddddddddd" && shape != "ddd ddd dddd" && shape != "ddd-ddd-dddd") return {};
  if (run.end + 1 < text.size() && (text[run.end] == '-' || text[run.end] == '.') &&
      IsAlnum(text[run.end + 1])) {
    return {};
  }
  uint32_t sum = 0;
  for (uint32_t i = 0; i < kDigits - 1; ++i) {
    sum += static_cast<uint32_t>(run.digits[i] - '0') * (10 - i);
  }
  const uint32_t check = (11 - sum % 11) % 11;
  if (check == 10 || check != static_cast<uint32_t>(run.digits[9] - '0')) return {};
  if (run.digits.view().find_first_not_of(run.digits[0]) == std::string_view::npos) return {};
  return {at, run.end};
}

}  // namespace breath
