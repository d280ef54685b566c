// SPDX-License-Identifier: Apache-2.0
// What can be told of a regular expression from its parsed form, without compiling it.
// Tested by: tests/engine/match_test.cc
#ifndef BREATH_MATCH_PATTERN_SHAPE_H_
#define BREATH_MATCH_PATTERN_SHAPE_H_

#include <stdint.h>

namespace re2 {
class Regexp;
}

namespace breath {

struct PatternShape {
  bool ascii_boundary = false;  // \b or \B
  bool text_anchor = false;     // \A, \z, ^, $ or \C
  bool can_match_empty = false;
  uint32_t longest = 0;  // most bytes of UTF-8 in a match; 0: no bound
  // About the instructions of RE2's program: one a character, a few a range of a class, repeats
  // multiplied out. An estimate of the same order, from above.
  uint64_t price = 0;
};

PatternShape ShapeOf(re2::Regexp* parsed);

}  // namespace breath

#endif  // BREATH_MATCH_PATTERN_SHAPE_H_
