// SPDX-License-Identifier: Apache-2.0
// International bank account numbers. Tested by
// tests/engine/number_test.cc.
#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"

namespace breath {
namespace {

struct IbanLength {
  char country[3];
  uint8_t size;
};
// ISO 13616: lengths from the IBAN registry (SWIFT).
constexpr IbanLength kIbanLengths[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
    {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20},
    {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25},
    {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
    {"YE", 30},
};

char ToUpper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }

// Modulo 97 over the rearranged number: ISO 7064, MOD 97-10.
bool PassesMod97(std::string_view iban) {
  uint32_t rest = 0;
  for (size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    if (IsDigit(c)) {
      rest = (rest * 10 + static_cast<uint32_t>(c - '0')) % 97;
    } else {
      rest = (rest * 100 + static_cast<uint32_t>(c - 'A' + 10)) % 97;
    }
  }
  return rest == 1;
}

}  // namespace

NumberFound IbanAt(std::string_view text, size_t at) {
  // ISO 13616: two letters, two digits. Most words are done with here.
  if (at + 2 >= text.size() || !IsAlpha(text[at + 1]) || IsAlpha(text[at + 2])) return {};
  if (IsWordBeforeByte(text, at)) return {};
  const char country[3] = {ToUpper(text[at]), at + 1 < text.size() ? ToUpper(text[at + 1]) : '\0',
                           '\0'};
  size_t wanted = 0;
  for (const IbanLength& row : kIbanLengths) {
    if (row.country[0] == country[0] && row.country[1] == country[1]) wanted = row.size;
  }
  if (wanted == 0) return {};
  std::string iban;
  size_t i = at;
  size_t end = 0;
  while (i < text.size() && iban.size() < wanted) {
    if (IsAlnum(text[i])) {
      iban.push_back(ToUpper(text[i]));
      end = ++i;
    } else if ((text[i] == ' ' || text[i] == '-') && iban.size() >= 2 && i + 1 < text.size() &&
               IsAlnum(text[i + 1])) {
      ++i;
    } else if (text.substr(i, 2) == "\xC2\xA0" && iban.size() >= 2) {
      i += 2;
    } else {
      break;
    }
  }
  if (iban.size() != wanted || IsWordAtByte(text, end)) return {};
  if (!IsDigit(iban[2]) || !IsDigit(iban[3]) || !PassesMod97(iban)) return {};
  return {at, end};
}

}  // namespace breath
