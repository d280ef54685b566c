// SPDX-License-Identifier: Apache-2.0
// Code points: decoding UTF-8, folding, composition and the few properties the engine asks for.
// Not here: locale, collation, grapheme clusters, normalisation beyond what folding needs.
// Tables: unicode_tables.cc, generated from the Unicode Character Database.
// Tested by: tests/engine/text_test.cc
#ifndef BREATH_TEXT_UNICODE_H_
#define BREATH_TEXT_UNICODE_H_

#include <stddef.h>
#include <stdint.h>

#include <string>
#include <string_view>

namespace breath {

inline constexpr uint32_t kReplacementCharacter = 0xFFFD;

// One decoded code point and the bytes it took.
struct Decoded {
  uint32_t code_point;
  uint32_t size;  // bytes, at least 1
  bool valid;     // false: malformed bytes, read as U+FFFD
};

// Decodes the code point at `position` (< text.size()). Malformed input yields U+FFFD over the
// maximal subpart, as the WHATWG Encoding Standard does, so that offsets agree with TextDecoder.
Decoded DecodeAt(std::string_view text, size_t position);
// Decodes the code point that ends before `position` (> 0) of well-formed UTF-8.
Decoded DecodeBefore(std::string_view text, size_t position);
void AppendUtf8(uint32_t code_point, std::string* out);
// UTF-16 code units of a code point: 2 above U+FFFF, else 1.
inline uint32_t Utf16Size(uint32_t code_point) { return code_point > 0xFFFF ? 2 : 1; }

enum Property : uint8_t {
  kWord = 1,    // letter, mark, decimal or letter number, or '_'
  kMark = 2,    // combining mark
  kDigit = 4,   // decimal number
  kUpper = 8,   // upper or title case letter
  kLower = 16,  // lower case letter
  kDense = 32,  // letter of a script written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar)
  kSpace = 64,  // White_Space
};
uint8_t PropertiesOf(uint32_t code_point);
inline bool Has(uint32_t code_point, uint8_t properties) {
  return (PropertiesOf(code_point) & properties) != 0;
}

// What a code point folds to: NFKC case folding with the exceptions of generate-unicode-tables.js.
struct Folded {
  bool changed;           // false: the code point folds to itself and `text` is empty
  std::string_view text;  // UTF-8; empty and changed: the code point is removed
};
Folded Fold(uint32_t code_point);

// The canonical composition of two folded code points, or 0.
uint32_t Compose(uint32_t base, uint32_t mark);

}  // namespace breath

#endif  // BREATH_TEXT_UNICODE_H_
