// SPDX-License-Identifier: Apache-2.0
// Finds quotations of many words: between quote marks, or in lines that begin with ">". It does not
// ask who is quoted. Apostrophes are no quote marks. Semantics: rules/FORMAT.md, section 4.4.
// Tested by: tests/engine/long_quote_test.cc
#ifndef BREATH_MATCH_LONG_QUOTE_H_
#define BREATH_MATCH_LONG_QUOTE_H_

#include <stdint.h>

#include "wasm/match/pattern.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

// Appends each quotation of at least `words` words, its marks included. One inside another is found
// as well; the caller merges them.
LeafResult FindLongQuotes(const Draft& draft, uint32_t words, uint32_t limit, SpanList* out);

}  // namespace breath

#endif  // BREATH_MATCH_LONG_QUOTE_H_
