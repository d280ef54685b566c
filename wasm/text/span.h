// SPDX-License-Identifier: Apache-2.0
// A half-open range of a draft in UTF-16 code units, and lists of them.
// A span list is always sorted by start and its spans do not overlap: overlapping marks are merged.
// Tested by: tests/engine/text_test.cc
#ifndef BREATH_TEXT_SPAN_H_
#define BREATH_TEXT_SPAN_H_

#include <stdint.h>

#include <algorithm>
#include <vector>

namespace breath {

struct Span {
  uint32_t start;
  uint32_t end;
  friend bool operator==(const Span& a, const Span& b) {
    return a.start == b.start && a.end == b.end;
  }
};
using SpanList = std::vector<Span>;

// Sorts spans and merges those that share at least one unit. Touching spans stay apart; empty ones
// go.
inline void Normalize(SpanList* spans) {
  std::sort(spans->begin(), spans->end(), [](const Span& a, const Span& b) {
    return a.start != b.start ? a.start < b.start : a.end < b.end;
  });
  size_t kept = 0;
  for (const Span& span : *spans) {
    if (span.end <= span.start) continue;
    if (kept > 0 && span.start < (*spans)[kept - 1].end) {
      (*spans)[kept - 1].end = std::max((*spans)[kept - 1].end, span.end);
    } else {
      (*spans)[kept++] = span;
    }
  }
  spans->resize(kept);
}

// Removes from `spans` those that overlap one of `holes`. Both are span lists.
inline void DropOverlapping(const SpanList& holes, SpanList* spans) {
  size_t hole = 0;
  size_t kept = 0;
  for (const Span& span : *spans) {
    while (hole < holes.size() && holes[hole].end <= span.start) ++hole;
    if (hole < holes.size() && holes[hole].start < span.end) continue;
    (*spans)[kept++] = span;
  }
  spans->resize(kept);
}

}  // namespace breath

#endif  // BREATH_TEXT_SPAN_H_
