// SPDX-License-Identifier: Apache-2.0
// Names of the kinds and the walk over a draft behind number.h; the kinds are read in number_*.cc.
// Tested by tests/engine/number_test.cc.
#include "wasm/match/number.h"

#include <utility>

#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"
#include "wasm/text/byte_lanes.h"

namespace breath {

DigitRun ReadDigits(std::string_view text, size_t at, size_t most) {
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
    if (separator == ' ' || separator == '-') {
      size = 1;
    } else if (separator == '\xC2' || separator == '\xE2') {
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

constexpr auto kAreDigits = [](Lanes lanes) { return lanes - '0' < 10; };

class Numbers {
 public:
  Numbers(const View& view, uint32_t limit, SpanList* out)
      : view_(view), text_(view.text), limit_(limit), out_(out) {}

  // Numbers that begin with a byte that may_begin(lanes) knows, tried at each such byte that is not
  // behind the first of a row of digits.
  template <class MayBegin, class Read>
  LeafResult At(MayBegin may_begin, Read read) {
    for (size_t at = NextByte(text_, 0, may_begin); at < text_.size();
         at = NextByte(text_, at, may_begin)) {
      if (Take(read(text_, at), &at)) return LeafResult::kTooManyMatches;
    }
    return LeafResult::kDone;
  }

  // Numbers of two letters, at most one separator, and digits: tried where the digits begin.
  template <class Read>
  LeafResult AtLettersAndDigits(Read read) {
    size_t from = 0;  // the number before ends here
    for (size_t at = NextByte(text_, 0, kAreDigits); at < text_.size();
         at = NextByte(text_, at, kAreDigits)) {
      NumberFound found;
      for (const size_t back : {2, 3, 4}) {  // a no-break space is two bytes
        const bool fits = at >= from + back && IsAlpha(text_[at - back]) &&
                          IsAlpha(text_[at - back + 1]) && found.end == 0;
        if (fits) found = read(text_, at - back);
      }
      if (Take(found, &at)) return LeafResult::kTooManyMatches;
      if (found.end != 0) from = found.end;
    }
    return LeafResult::kDone;
  }

 private:
  // Keeps what was found and goes on behind it; otherwise behind the row of digits at `*at`, or the
  // one byte there. True when there are too many.
  bool Take(NumberFound found, size_t* at) {
    if (found.end == 0) {
      const bool digit = IsDigit(text_[*at]);
      ++*at;
      while (digit && *at < text_.size() && IsDigit(text_[*at])) ++*at;
      return false;
    }
    if (out_->size() >= limit_) return true;
    out_->push_back(
        view_.map.ToSource(static_cast<uint32_t>(found.start), static_cast<uint32_t>(found.end)));
    *at = found.end;
    return false;
  }

  const View& view_;
  const std::string_view text_;
  const uint32_t limit_;
  SpanList* out_;
};

}  // namespace

LeafResult FindNumbers(const Draft& draft, NumberKind kind, uint32_t limit, SpanList* out) {
  Numbers numbers(draft.raw(), limit, out);
  auto is_sign = [](Lanes lanes) { return lanes == '@'; };
  auto may_be_phone = [](Lanes lanes) {
    return (lanes - '0' < 10) | (lanes == '+') | (lanes == '(');
  };
  auto may_be_address = [](Lanes lanes) {
    return (lanes - '0' < 11) | ((lanes | 0x20) - 'a' < 6);  // digits, the colon, a to f
  };
  switch (kind) {
    case NumberKind::kCard:
      return numbers.At(kAreDigits, CardAt);
    case NumberKind::kSsn:
      return numbers.At(kAreDigits, SsnAt);
    case NumberKind::kNhs:
      return numbers.At(kAreDigits, NhsAt);
    case NumberKind::kIban:
      return numbers.AtLettersAndDigits(IbanAt);
    case NumberKind::kNino:
      return numbers.AtLettersAndDigits(NinoAt);
    case NumberKind::kPhone:
      return numbers.At(may_be_phone, PhoneAt);
    case NumberKind::kEmail:
      return numbers.At(is_sign, EmailAround);
    case NumberKind::kIp:
      return numbers.At(may_be_address, IpAt);
  }
  return LeafResult::kDone;
}

}  // namespace breath
