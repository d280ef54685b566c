// SPDX-License-Identifier: Apache-2.0
// Finds numbers that identify a person or an account, by shape and checksum, without regular
// expressions. It does not judge whose number it is: that is what rules combine it with words for.
// Tested by: tests/engine/number_test.cc
#ifndef BREATH_MATCH_NUMBER_H_
#define BREATH_MATCH_NUMBER_H_

#include <stdint.h>

#include <string_view>

#include "wasm/match/pattern.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

enum class NumberKind : uint8_t { kCard, kIban, kSsn, kPhone, kEmail };
inline constexpr NumberKind kLastNumberKind = NumberKind::kEmail;

// The kind an author names, or false. `kNumberKinds` lists the names for messages.
bool NumberKindFromName(std::string_view name, NumberKind* kind);
inline constexpr std::string_view kNumberKinds = "card, iban, ssn, phone, email";

// Appends the numbers of a kind in the text as typed.
LeafResult FindNumbers(const Draft& draft, NumberKind kind, uint32_t limit, SpanList* out);

}  // namespace breath

#endif  // BREATH_MATCH_NUMBER_H_
