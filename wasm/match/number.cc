// SPDX-License-Identifier: Apache-2.0
// Names of the kinds and the walk over a draft behind number.h; the kinds are read in number_*.cc.
// Tested by tests/engine/number_test.cc.
#include "wasm/match/number.h"

#include <utility>

#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"

namespace breath {

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

bool NumberKindFromName(std::string_view name, NumberKind* kind) {
  static constexpr std::pair<std::string_view, NumberKind> kNames[] = {
      {"card", NumberKind::kCard},   {"iban", NumberKind::kIban}, {"ssn", NumberKind::kSsn},
      {"nino", NumberKind::kNino},   {"nhs", NumberKind::kNhs},   {"phone", NumberKind::kPhone},
      {"email", NumberKind::kEmail}, {"ip", NumberKind::kIp},
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
    NumberFound found;
    switch (kind) {
      case NumberKind::kCard:
        if (IsDigit(c)) found = CardAt(text, i);
        break;
      case NumberKind::kIban:
        if (IsAlpha(c)) found = IbanAt(text, i);
        break;
      case NumberKind::kSsn:
        if (IsDigit(c)) found = SsnAt(text, i);
        break;
      case NumberKind::kNino:
        if (IsAlpha(c)) found = NinoAt(text, i);
        break;
      case NumberKind::kNhs:
        if (IsDigit(c)) found = NhsAt(text, i);
        break;
      case NumberKind::kPhone:
        if (IsDigit(c) || c == '+' || c == '(') found = PhoneAt(text, i);
        break;
      case NumberKind::kEmail:
        if (c == '@') found = EmailAround(text, i);
        break;
      case NumberKind::kIp:
        if (IsHex(c) || c == ':') found = IpAt(text, i);
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
