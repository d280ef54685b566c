// SPDX-License-Identifier: Apache-2.0
// Tests wasm/text/confusables: shapes that are taken for a letter, and characters that are not.
#include "wasm/text/confusables.h"

#include <catch2/catch.hpp>

#include "wasm/text/confusable_table.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

TEST_CASE("a character looks like what UTS #39 says", "[confusables]") {
  struct Row {
    uint32_t code_point;
    char letter;
    bool styled;
  };
  const Row rows[] = {
      {0x430, 'a', false},                                        // Cyrillic а
      {0x41E, 'o', false},                                        // Cyrillic О
      {0x3BF, 'o', false},                                        // Greek ο
      {0x456, 'i', false},                                        // Cyrillic і
      {0x4C0, 'l', false},                                        // Cyrillic palochka
      {0x13A0, 'd', false},                                       // Cherokee Ꭰ
      {0x1D21, 'w', true},                                        // small capital ᴡ
      {0x26A, 'i', true},                                         // small capital ɪ
      {'a', 0, false},      {'0', 0, false}, {0xFF41, 0, false},  // full-width a folds to it
      {0x436, 0, false},                                          // ж
      {0xE9, 0, false},                                           // é is a letter of its own
      {0x10FFFF, 0, false},
  };
  for (const Row& row : rows) {
    INFO(row.code_point);
    CHECK(LooksLike(row.code_point).letter == row.letter);
    CHECK(LooksLike(row.code_point).styled == row.styled);
  }
}

TEST_CASE("the table is sorted and small, and holds letters only", "[confusables]") {
  CHECK(sizeof(tables::kConfusables) < size_t{8} * 1024);
  uint32_t last = 0x7F;
  for (const uint32_t row : tables::kConfusables) {
    const uint32_t code_point = row & 0x1FFFFF;
    CHECK(code_point > last);
    CHECK(Has(code_point, kWord));
    last = code_point;
  }
}

}  // namespace
}  // namespace breath
