// SPDX-License-Identifier: Apache-2.0
// Shapes and checksums behind number.h. Tested by tests/engine/number_test.cc.
#include "wasm/match/number.h"

#include <array>
#include <string>

#include "wasm/match/ascii.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

bool IsWordBeforeByte(std::string_view text, size_t at) {
  return at > 0 && Has(DecodeBefore(text, at).code_point, kWord);
}
bool IsWordAtByte(std::string_view text, size_t at) {
  return at < text.size() && Has(DecodeAt(text, at).code_point, kWord);
}

// One number found: bytes [start, end) of the text as typed; end == 0 means none.
struct Found {
  size_t start = 0;
  size_t end = 0;
};

// Groups of digits with single separators between them: "4111 1111-1111". Reads at most one digit
// more than `most`.
struct DigitRun {
  std::string digits;
  std::string shape;  // the same with 'd' for digits, separators kept
  size_t end = 0;     // byte after the last digit
};
DigitRun ReadDigits(std::string_view text, size_t at, std::string_view separators, size_t most) {
  DigitRun run;
  size_t i = at;
  while (i < text.size() && run.digits.size() <= most) {
    if (IsDigit(text[i])) {
      run.digits.push_back(text[i]);
      run.shape.push_back('d');
      run.end = ++i;
      continue;
    }
    if (run.digits.empty()) break;
    // A no-break space (C2 A0) or narrow one (E2 80 AF) separates groups as a space does.
    size_t size = 0;
    char separator = text[i];
    if (separators.find(text[i]) != std::string_view::npos) {
      size = 1;
    } else if (separators.find(' ') != std::string_view::npos) {
      if (text.substr(i, 2) == "\xC2\xA0") size = 2;
      if (text.substr(i, 3) == "\xE2\x80\xAF") size = 3;
      separator = ' ';
    }
    if (size == 0 || i + size >= text.size() || !IsDigit(text[i + size])) break;
    run.shape.push_back(separator);
    i += size;
  }
  return run;
}

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

Found CardAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at)) return {};
  if (at > 1 && std::string_view(".,-").find(text[at - 1]) != std::string_view::npos &&
      IsDigit(text[at - 2])) {
    return {};
  }
  const DigitRun run = ReadDigits(text, at, " -", 19);
  // Another number may follow after a space: every group end is tried, the longest first.
  Found found;
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
    const std::string_view number = std::string_view(run.digits).substr(0, digits);
    if (!HasCardGroups(std::string_view(run.shape).substr(0, i + 1)) || AllSame(number)) continue;
    if (IsCardRange(number) && PassesLuhn(number)) found = {at, byte};
  }
  return found;
}

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

Found IbanAt(std::string_view text, size_t at) {
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

// Shape and blocked ranges: US Social Security Administration, "SSN randomization" (2011). Without
// separators nine digits could be anything, so they are not taken.
Found SsnAt(std::string_view text, size_t at) {
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

bool IsNorthAmerican(std::string_view digits) {
  if (digits.size() == 11 && digits[0] == '1') digits.remove_prefix(1);
  return digits.size() == 10 && digits[0] >= '2' && digits[3] >= '2';
}

// Numbers written to be dialled: "+49 30 901820", "(555) 867-5309", "555-867-5309", "0800 123
// 4567". A bare row of digits is no phone number: order numbers look the same.
Found PhoneAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at)) return {};
  if (at > 0 && std::string_view(".,-/:#=+$").find(text[at - 1]) != std::string_view::npos &&
      text[at] != '+' && text[at] != '(') {
    if (!(text[at - 1] == ':' && (at < 2 || !IsDigit(text[at - 2]))) &&
        !(text[at - 1] == ',' && (at < 2 || !IsDigit(text[at - 2])))) {
      return {};
    }
  }
  size_t i = at;
  const bool international = text[i] == '+';
  if (international) ++i;
  std::string digits;
  std::string shape;
  size_t end = 0;
  bool open = false;
  while (i < text.size() && digits.size() < 16) {
    const char c = text[i];
    if (IsDigit(c)) {
      digits.push_back(c);
      shape.push_back('d');
      end = ++i;
    } else if (c == '(' && !open && i + 1 < text.size() && IsDigit(text[i + 1])) {
      open = true;
      shape.push_back(c);
      ++i;
    } else if (c == ')' && open) {
      open = false;
      shape.push_back(c);
      ++i;
    } else if ((c == ' ' || c == '-' || c == '.' || c == '/') && !shape.empty() &&
               i + 1 < text.size() && (IsDigit(text[i + 1]) || (text[i + 1] == '(' && c == ' '))) {
      // After "+49 30 901820" a group that would make the number too long is another number: a
      // year, say.
      size_t group = i + 1;
      while (group < text.size() && IsDigit(text[group])) ++group;
      if (international && digits.size() >= 8 && digits.size() + (group - i - 1) > 13) break;
      shape.push_back(c);
      ++i;
    } else {
      break;
    }
  }
  if (open || digits.size() < 7 || digits.size() > 15 || IsWordAtByte(text, end)) return {};
  if (end < text.size() && text[end] == '-' && end + 1 < text.size() && IsAlnum(text[end + 1]))
    return {};
  const bool separated = shape.find_first_not_of('d') != std::string::npos;
  if (international) return digits.size() >= 8 ? Found{at, end} : Found{};
  if (!separated) return {};
  if (IsNorthAmerican(digits)) {
    for (const std::string_view known :
         {"ddd-ddd-dddd", "ddd.ddd.dddd", "ddd ddd dddd", "(ddd) ddd-dddd", "(ddd)ddd-dddd",
          "(ddd) ddd dddd", "d-ddd-ddd-dddd", "d ddd ddd dddd", "d.ddd.ddd.dddd",
          "d (ddd) ddd-dddd", "ddd ddd-dddd", "ddd/ddd-dddd", "(ddd) ddd.dddd"}) {
      if (shape == known) return {at, end};
    }
    return {};
  }
  // National form with a trunk zero: "030 901820", "(0)20 7946 0958", "06 12 34 56 78".
  const bool trunk = digits[0] == '0' && digits[1] != '0';
  const bool dated = shape.find('.') != std::string::npos || shape.size() <= 10;
  if (trunk && !dated && digits.size() >= 9 && digits.size() <= 12) return {at, end};
  return {};
}

bool IsEmailLocal(char c) {
  return IsAlnum(c) || std::string_view("!#$%&'*+/=?^_`{|}~.-").find(c) != std::string_view::npos;
}

// The practical form of RFC 5321: no quoted local parts, a dotted host with a letter in its last
// label.
Found EmailAround(std::string_view text, size_t sign) {
  size_t start = sign;
  while (start > 0 && IsEmailLocal(text[start - 1])) --start;
  while (start < sign && !IsAlnum(text[start])) ++start;
  if (start == sign || text[sign - 1] == '.') return {};
  size_t end = sign + 1;
  size_t dots = 0;
  size_t label = end;
  while (end < text.size() && (IsAlnum(text[end]) || text[end] == '-' || text[end] == '.')) {
    if (text[end] == '.') {
      if (end == label || end + 1 >= text.size() || !IsAlnum(text[end + 1])) break;
      ++dots;
      label = end + 1;
    }
    ++end;
  }
  if (dots == 0 || end - label < 2 || IsDigit(text[label])) return {};
  if (IsWordAtByte(text, end)) return {};
  return {start, end};
}

}  // namespace

bool NumberKindFromName(std::string_view name, NumberKind* kind) {
  static constexpr std::pair<std::string_view, NumberKind> kNames[] = {
      {"card", NumberKind::kCard},   {"iban", NumberKind::kIban},   {"ssn", NumberKind::kSsn},
      {"phone", NumberKind::kPhone}, {"email", NumberKind::kEmail},
  };
  for (const auto& [known, value] : kNames) {
    if (known == name) {
      *kind = value;
      return true;
    }
  }
  return false;
}

LeafResult FindNumbers(const Draft& draft, NumberKind kind, uint32_t limit, SpanList* out) {
  const View& view = draft.raw();
  const std::string_view text = view.text;
  size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    Found found;
    switch (kind) {
      case NumberKind::kCard:
        if (IsDigit(c)) found = CardAt(text, i);
        break;
      case NumberKind::kIban:
        if (IsUpper(c) || IsLower(c)) found = IbanAt(text, i);
        break;
      case NumberKind::kSsn:
        if (IsDigit(c)) found = SsnAt(text, i);
        break;
      case NumberKind::kPhone:
        if (IsDigit(c) || c == '+' || c == '(') found = PhoneAt(text, i);
        break;
      case NumberKind::kEmail:
        if (c == '@') found = EmailAround(text, i);
        break;
    }
    if (found.end != 0) {
      if (out->size() >= limit) return LeafResult::kTooManyMatches;
      out->push_back(
          view.map.ToSource(static_cast<uint32_t>(found.start), static_cast<uint32_t>(found.end)));
      i = found.end;
      continue;
    }
    // A number is tried at its first digit only: skip the rest of a row of digits.
    ++i;
    if (IsDigit(c)) {
      while (i < text.size() && IsDigit(text[i])) ++i;
    }
  }
  return LeafResult::kDone;
}

}  // namespace breath
