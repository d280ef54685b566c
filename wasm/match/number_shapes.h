// SPDX-License-Identifier: Apache-2.0
// One reader for each kind of number.h: is there such a number at this byte of the text as typed?
// They look at shape and checksum only. Byte `at` must be the first of the number (for an e-mail
// address the `@`), and the caller sees to it that it is not inside a longer row of digits.
// Tested by: tests/engine/number_test.cc
#ifndef BREATH_MATCH_NUMBER_SHAPES_H_
#define BREATH_MATCH_NUMBER_SHAPES_H_

#include <stddef.h>
#include <string.h>

#include <string_view>

#include "wasm/text/unicode.h"

namespace breath {

// One number found: bytes [start, end) of the text as typed; end == 0 means none.
struct NumberFound {
  size_t start = 0;
  size_t end = 0;
};

NumberFound CardAt(std::string_view text, size_t at);
NumberFound IbanAt(std::string_view text, size_t at);
NumberFound SsnAt(std::string_view text, size_t at);
NumberFound NinoAt(std::string_view text, size_t at);
NumberFound NhsAt(std::string_view text, size_t at);
NumberFound PhoneAt(std::string_view text, size_t at);
NumberFound EmailAround(std::string_view text, size_t sign);
NumberFound IpAt(std::string_view text, size_t at);

inline bool IsWordBeforeByte(std::string_view text, size_t at) {
  return at > 0 && Has(DecodeBefore(text, at).code_point, kWord);
}
inline bool IsWordAtByte(std::string_view text, size_t at) {
  return at < text.size() && Has(DecodeAt(text, at).code_point, kWord);
}

// Groups of digits with single separators between them: "4111 1111-1111".
// Characters of one number, which has few: no heap for each row of digits of a long draft.
class Row {
 public:
  Row() = default;
  Row(const Row&) = default;
  Row& operator=(const Row&) = default;
  // What a draft held does not stay in memory.
  ~Row() {
    memset(characters_, 0, size_);
    asm volatile("" : : "r"(characters_) : "memory");  // a compiler may not leave it out
  }
  static constexpr size_t kRoom = 96;
  // What finds no room is not kept.
  void push_back(char c) {
    if (size_ < kRoom) characters_[size_++] = c;
  }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  char operator[](size_t i) const { return characters_[i]; }
  std::string_view view() const { return {characters_, size_}; }

 private:
  char characters_[kRoom];
  size_t size_ = 0;
};

struct DigitRun {
  Row digits;
  Row shape;       // the same with 'd' for digits, separators kept
  size_t end = 0;  // byte after the last digit
};
// Single separators are a space, also a no-break one, or a hyphen. Reads at most one digit more
// than `most`.
DigitRun ReadDigits(std::string_view text, size_t at, size_t most);

}  // namespace breath

#endif  // BREATH_MATCH_NUMBER_SHAPES_H_
