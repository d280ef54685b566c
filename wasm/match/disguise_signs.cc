// SPDX-License-Identifier: Apache-2.0
// What each character of a word may stand for; behind disguise_reading.h. Tested by
// tests/engine/see_through_test.cc.
#include "wasm/match/ascii.h"
#include "wasm/match/disguise_reading.h"
#include "wasm/text/confusables.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

bool IsAsciiLetter(uint32_t c) { return c < 0x80 && IsAlpha(static_cast<char>(c)); }
bool IsLetterOrDigit(uint32_t c) { return c != '_' && Has(c, kWord); }

}  // namespace

bool ReadSigns(std::string_view text, const DisguiseToken& token, std::vector<Sign>* signs,
               bool* marked) {
  signs->clear();
  *marked = false;
  for (size_t i = token.start; i < token.end;) {
    const Decoded decoded = DecodeAt(text, i);
    const uint32_t c = decoded.code_point;
    i += decoded.size;
    if (token.joined && !IsLetterOrDigit(c) && c != '$' && c != '@') continue;
    if (c < 0x80) {
      signs->push_back({IsAsciiLetter(c) ? c | 0x20 : c, 0, false});
      continue;
    }
    if (Has(c, kMark)) {
      if (signs->empty()) return false;
      Sign& last = signs->back();
      const uint32_t composed = Compose(last.letter, c);
      if (composed != 0) {
        last = {composed, LooksLike(composed).letter, false};
      } else if (last.letter < 0x80) {
        *marked = true;
      } else {
        return false;
      }
      continue;
    }
    const LookAlike look = LooksLike(c);
    const Folded folded = Fold(c);
    if (!folded.changed) {
      signs->push_back({c, look.letter, look.styled});
      continue;
    }
    for (size_t k = 0; k < folded.text.size();) {
      const Decoded part = DecodeAt(folded.text, k);
      k += part.size;
      const bool whole = part.size == folded.text.size();
      signs->push_back({part.code_point, whole ? look.letter : '\0', whole && look.styled});
    }
  }
  return !signs->empty();
}

uint32_t ShapeClass(uint32_t letter, char look) {
  const uint32_t shape = look != 0 ? static_cast<uint8_t>(look) : letter;
  switch (shape) {
    case 'l':
    case '1':
    case '!':
    case '|':
      return 'i';
    case '0':
      return 'o';
    case '3':
    case 0x20AC:
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
    case '+':
      return 't';
    case '8':
      return 'b';
    case '6':
    case '9':
      return 'g';
    case '2':
      return 'z';
    default:
      return shape;
  }
}

bool StandsFor(uint32_t sign, uint32_t letter) {
  if (sign < 0x80 && IsAlpha(static_cast<char>(sign))) return false;
  if (letter >= 0x80 || !IsLower(static_cast<char>(letter))) return false;
  return ShapeClass(sign, 0) == ShapeClass(letter, 0);
}

}  // namespace breath
