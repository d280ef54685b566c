// SPDX-License-Identifier: Apache-2.0
// Table look-up behind confusables.h. Tested by tests/engine/confusables_test.cc.
#include "wasm/text/confusables.h"

#include <algorithm>
#include <iterator>

#include "wasm/text/confusable_table.h"

namespace breath {

LookAlike LooksLike(uint32_t code_point) {
  constexpr uint32_t kCodePoint = (1U << 21) - 1;
  const uint32_t* row = std::lower_bound(
      std::begin(tables::kConfusables), std::end(tables::kConfusables), code_point,
      [](uint32_t entry, uint32_t wanted) { return (entry & kCodePoint) < wanted; });
  if (row == std::end(tables::kConfusables) || (*row & kCodePoint) != code_point) return {0, false};
  return {static_cast<char>(*row >> 21 & 0x7F), (*row >> 28 & 1) != 0};
}

}  // namespace breath
