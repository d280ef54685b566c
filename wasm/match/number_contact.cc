// SPDX-License-Identifier: Apache-2.0
// Phone numbers and e-mail addresses. Tested by
// tests/engine/number_test.cc.
#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"

namespace breath {
namespace {

bool IsNorthAmerican(std::string_view digits) {
  if (digits.size() == 11 && digits[0] == '1') digits.remove_prefix(1);
  return digits.size() == 10 && digits[0] >= '2' && digits[3] >= '2';
}

bool IsEmailLocal(char c) {
  return IsAlnum(c) || std::string_view("!#$%&'*+/=?^_`{|}~.-").find(c) != std::string_view::npos;
}

}  // namespace

// Numbers written to be dialled: "+49 30 901820", "(555) 867-5309", "555-867-5309", "0800 123
// 4567". A bare row of digits is no phone number: order numbers look the same.
NumberFound PhoneAt(std::string_view text, size_t at) {
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
  Row digits;
  Row shape_row;
  size_t end = 0;
  bool open = false;
  while (i < text.size() && digits.size() < 16) {
    const char c = text[i];
    if (IsDigit(c)) {
      digits.push_back(c);
      shape_row.push_back('d');
      end = ++i;
    } else if (c == '(' && !open && i + 1 < text.size() && IsDigit(text[i + 1])) {
      open = true;
      shape_row.push_back(c);
      ++i;
    } else if (c == ')' && open) {
      open = false;
      shape_row.push_back(c);
      ++i;
    } else if ((c == ' ' || c == '-' || c == '.' || c == '/') && !shape_row.empty() &&
               i + 1 < text.size() && (IsDigit(text[i + 1]) || (text[i + 1] == '(' && c == ' '))) {
      // After "+49 30 901820" a group that would make the number too long is another number: a
      // year, say.
      size_t group = i + 1;
      while (group < text.size() && IsDigit(text[group])) ++group;
      if (international && digits.size() >= 8 && digits.size() + (group - i - 1) > 13) break;
      shape_row.push_back(c);
      ++i;
    } else {
      break;
    }
  }
  if (open || digits.size() < 7 || digits.size() > 15 || IsWordAtByte(text, end)) return {};
  if (end < text.size() && text[end] == '-' && end + 1 < text.size() && IsAlnum(text[end + 1]))
    return {};
  const std::string_view shape = shape_row.view();
  const bool separated = shape.find_first_not_of('d') != std::string::npos;
  if (international) return digits.size() >= 8 ? NumberFound{at, end} : NumberFound{};
  if (!separated) return {};
  if (IsNorthAmerican(digits.view())) {
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
  // The groups of an account number go on to the left ("DE89 A704 0044 0532"), and "078-05-1120"
  // has the shape of a social security number.
  const bool goes_on =
      at > 1 && (text[at - 1] == ' ' || text[at - 1] == '-') && IsDigit(text[at - 2]);
  if (goes_on || shape == "ddd-dd-dddd" || shape == "ddd dd dddd") return {};
  const bool dated = shape.find('.') != std::string::npos || shape.size() <= 10;
  if (trunk && !dated && digits.size() >= 9 && digits.size() <= 12) return {at, end};
  return {};
}

// The practical form of RFC 5321: no quoted local parts, a dotted host with a letter in its last
// label.
NumberFound EmailAround(std::string_view text, size_t sign) {
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

}  // namespace breath
