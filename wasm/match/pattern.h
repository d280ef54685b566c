// SPDX-License-Identifier: Apache-2.0
// A regular expression of a rule: validated by parsing at load, compiled by RE2 only when a draft
// first needs it. "No match" and "could not tell" are different results: RE2 may run out of its
// memory budget. Tested by: tests/engine/match_test.cc
#ifndef BREATH_MATCH_PATTERN_H_
#define BREATH_MATCH_PATTERN_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace re2 {
class RE2;
}

namespace breath {

// What a leaf of a condition has to report.
enum class LeafResult : uint8_t { kDone, kOutOfMemory, kTooManyMatches };

class Pattern {
 public:
  enum class Refusal { kNone, kSyntax, kAsciiBoundary, kEmptyMatch };

  struct Options {
    bool raw = false;         // read the text as typed instead of the folded text
    bool whole_word = false;  // keep only matches with a word boundary at both ends
  };

  Pattern(std::string_view expression, Options options);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) = delete;
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  // Parses without compiling; call it once, before Find. `detail` receives RE2's words about what
  // is wrong.
  Refusal Validate(std::string* detail);

  // Appends matches in order. Compiles on the first draft that holds one of the literals a match
  // cannot do without.
  LeafResult Find(const Draft& draft, uint32_t limit, SpanList* out);

 private:
  std::string expression_;
  Options options_;
  std::vector<std::string> required_;  // one of these occurs in any match; empty: nothing is known
  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace breath

#endif  // BREATH_MATCH_PATTERN_H_
