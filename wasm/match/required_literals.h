// SPDX-License-Identifier: Apache-2.0
// What a regular expression cannot match without: a set of strings of which at least one occurs in
// any match. It can only say "no" or "maybe", and an empty set says "maybe" to everything. So a
// pattern is compiled only for a draft that may need it. After the idea of re2/prefilter.h, on the
// parsed expression: RE2's own wants the expression compiled. Tested by: tests/engine/match_test.cc
#ifndef BREATH_MATCH_REQUIRED_LITERALS_H_
#define BREATH_MATCH_REQUIRED_LITERALS_H_

#include <string>
#include <vector>

namespace re2 {
class Regexp;
}

namespace breath {

// The literals of a parsed expression, to be looked for in the folded text, or for a raw pattern in
// the text as typed with ASCII letters in lower case.
struct RequiredSets {
  std::vector<std::string> literals;
  // Every match begins with one of the literals.
  bool at_start = false;
  // For a raw pattern that tells capitals from small letters: the literals as a match writes them.
  std::vector<std::string> cased;
  // A second such set, of few strings, that says more than the first: a match holds one of each.
  std::vector<std::string> also;
};
RequiredSets RequiredLiterals(re2::Regexp* parsed, bool raw);

}  // namespace breath

#endif  // BREATH_MATCH_REQUIRED_LITERALS_H_
