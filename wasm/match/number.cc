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

namespace {

// What the first byte of a number may be.
bool MayBegin(NumberKind kind, char c) {
  switch (kind) {
    case NumberKind::kCard:
    case NumberKind::kSsn:
    case NumberKind::kNhs:
      return IsDigit(c);
    case NumberKind::kIban:
    case NumberKind::kNino:
      return IsAlpha(c);
    case NumberKind::kPhone:
      return IsDigit(c) || c == '+' || c == '(';
    case NumberKind::kEmail:
      return c == '@';
    case NumberKind::kIp:
      return IsHex(c) || c == ':';
  }
  return false;
}

NumberFound NumberAt(NumberKind kind, std::string_view text, size_t at) {
  switch (kind) {
    case NumberKind::kCard:
      return CardAt(text, at);
    case NumberKind::kIban:
      return IbanAt(text, at);
    case NumberKind::kSsn:
      return SsnAt(text, at);
    case NumberKind::kNino:
      return NinoAt(text, at);
    case NumberKind::kNhs:
      return NhsAt(text, at);
    case NumberKind::kPhone:
      return PhoneAt(text, at);
    case NumberKind::kEmail:
      return EmailAround(text, at);
    case NumberKind::kIp:
      return IpAt(text, at);
  }
  return {};
}

struct ByteSet {
  bool holds[256];
  bool operator()(char c) const { return holds[static_cast<uint8_t>(c)]; }
};

}  // namespace

LeafResult FindNumbers(const Draft& draft, NumberKind kind, uint32_t limit, SpanList* out) {
  const View& view = draft.raw();
  const std::string_view text = view.text;
  ByteSet may_begin;
  ByteSet is_passed;  // a number is tried at the first of a row of these only
  const bool begins_a_word =
      kind == NumberKind::kIban || kind == NumberKind::kNino || kind == NumberKind::kIp;
  for (int byte = 0; byte < 256; ++byte) {
    const auto c = static_cast<char>(byte);
    may_begin.holds[byte] = MayBegin(kind, c);
    is_passed.holds[byte] = IsDigit(c) || (begins_a_word && IsAlpha(c));
  }
  size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (may_begin(c)) {
      const NumberFound found = NumberAt(kind, text, i);
      if (found.end != 0) {
        if (out->size() >= limit) return LeafResult::kTooManyMatches;
        out->push_back(view.map.ToSource(static_cast<uint32_t>(found.start),
                                         static_cast<uint32_t>(found.end)));
        i = found.end;
        continue;
      }
    }
    ++i;
    if (is_passed(c)) {
      while (i < text.size() && is_passed(text[i])) ++i;
    }
  }
  return LeafResult::kDone;
}

}  // namespace breath
