// SPDX-License-Identifier: Apache-2.0
// Which characters look like an ASCII letter or digit: Cyrillic "а", Greek "ο", small capitals.
// Source: the confusables of Unicode Technical Standard #39. It knows shapes, not intentions:
// whether a word is disguised is for wasm/match to judge. Tested by:
// tests/engine/confusables_test.cc
#ifndef BREATH_TEXT_CONFUSABLES_H_
#define BREATH_TEXT_CONFUSABLES_H_

#include <stdint.h>

namespace breath {

// `letter` is a lower case ASCII letter or a digit, or 0 when the character looks like none (or is
// one, or folds to one). `styled`: it is that letter, in another style of type.
struct LookAlike {
  char letter;
  bool styled;
};
LookAlike LooksLike(uint32_t code_point);

}  // namespace breath

#endif  // BREATH_TEXT_CONFUSABLES_H_
