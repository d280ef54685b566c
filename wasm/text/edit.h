// SPDX-License-Identifier: Apache-2.0
// What became of a view when somebody typed: where it differs from the view before, and how far
// around that place a search has to look again. White space is what holds a change in: folding
// carries nothing across a word that begins with ASCII after it, and a phrase or literal crosses at
// most as many gaps as it has itself. It keeps no text. Tested by: tests/engine/incremental_test.cc
#ifndef BREATH_TEXT_EDIT_H_
#define BREATH_TEXT_EDIT_H_

#include <stddef.h>
#include <stdint.h>

#include <string_view>

namespace breath {

// Bytes [start, old_end) became bytes [start, end); before and behind them nothing changed.
struct Edit {
  uint32_t start;
  uint32_t old_end;
  uint32_t end;
};

// Where to search after an edit: for matches that begin in [from, to), reading up to `end`. Of the
// matches known, those that began in [from, old_to) are void, and those behind it have moved.
struct Stretch {
  uint32_t from;
  uint32_t old_to;
  uint32_t to;
  uint32_t end;

  bool Holds(size_t start) const { return start >= from && start < to; }
  // Where a known match begins now; false when it is void.
  bool Keeps(uint32_t* start) const {
    if (*start < from) return true;
    if (*start < old_to) return false;
    *start += to - old_to;  // modulo 2^32
    return true;
  }
};

// A whole view, of which nothing is known.
inline Stretch WholeOf(std::string_view view) {
  const auto size = static_cast<uint32_t>(view.size());
  return {0, 0, size, size};
}

inline bool IsLineEnd(char c) { return c >= 10 && c <= 13; }
inline bool IsGap(char c) { return c == ' ' || (c >= 9 && c <= 13); }
// Whether a word or a line begins at byte `at` behind ASCII white space.
inline bool IsAfterGap(std::string_view view, size_t at) {
  return at > 0 && at < view.size() && IsGap(view[at - 1]) && !IsGap(view[at]);
}
inline bool IsAfterLineEnd(std::string_view view, size_t at) {
  return at > 0 && at < view.size() && IsLineEnd(view[at - 1]);
}

// The stretch that an edit may have changed matches in, when none reaches across `count` of the
// places that `is_seam` knows. `view` is the new one; count > 0.
template <class IsSeam>
Stretch Around(std::string_view view, const Edit& edit, uint32_t count, IsSeam is_seam) {
  uint32_t from = edit.start;
  for (uint32_t left = count; from > 0 && (!is_seam(view, from) || --left > 0);) --from;
  uint32_t to = edit.end;
  while (to < view.size() && !is_seam(view, to)) ++to;
  uint32_t end = to;
  for (uint32_t left = count + 1; end < view.size() && (!is_seam(view, end) || --left > 0);) ++end;
  return {from, to - (edit.end - edit.old_end), to, end};
}

}  // namespace breath

#endif  // BREATH_TEXT_EDIT_H_
