// SPDX-License-Identifier: Apache-2.0
// What can be told of a regular expression from its parsed form, without compiling it.
// Tested by: tests/engine/match_test.cc
#ifndef BREATH_MATCH_PATTERN_SHAPE_H_
#define BREATH_MATCH_PATTERN_SHAPE_H_

#include <stdint.h>

#include <bitset>

namespace re2 {
class Regexp;
}

namespace breath {

struct PatternShape {
  bool ascii_boundary = false;  // \b or \B
  bool text_anchor = false;     // \A, ^ or \C
  bool can_match_empty = false;
  uint32_t longest = 0;  // most bytes of UTF-8 in a match; 0: no bound
  uint32_t digits = 0;   // ASCII digits that every match holds
  uint32_t run = 0;      // bytes without ASCII white space in a row that every match holds
  // About the instructions of RE2's program: one a character, a few a range of a class, repeats
  // multiplied out. An estimate of the same order, from above.
  uint64_t price = 0;
};

PatternShape ShapeOf(re2::Regexp* parsed);

// The bytes of UTF-8 matches are made of, and perhaps some more.
struct MatchBytes {
  std::bitset<256> held;    // no match, and no beginning of one, reaches across any other
  std::bitset<256> looped;  // in repeats without bound: of any others it holds at most `once`
  uint64_t once = 0;
};
MatchBytes BytesOfMatches(re2::Regexp* parsed);

}  // namespace breath

#endif  // BREATH_MATCH_PATTERN_SHAPE_H_
