// SPDX-License-Identifier: Apache-2.0
// Regular expressions of rules. When a bundle is read an expression is parsed, judged and priced,
// never compiled; RE2 compiles it when a draft first holds one of the literals a match cannot do
// without, into a pool of bounded size. "No match" and "could not tell" are different results.
// Tested by: tests/engine/match_test.cc
#ifndef BREATH_MATCH_PATTERN_H_
#define BREATH_MATCH_PATTERN_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/match/slice.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace re2 {
class RE2;
}

namespace breath {

// What a leaf of a condition has to report.
enum class LeafResult : uint8_t { kDone, kOutOfMemory, kTooManyMatches, kTooMuchWork };

// An expression that costs more is refused: RE2 would need megabytes and milliseconds for it.
inline constexpr uint32_t kHighestPatternPrice = 8000;

// How many patterns a checker keeps compiled, unless it is told otherwise. A draft calls for few of
// a rule set's patterns, and for the same ones while it is written; the drafts of an archive
// between them call for most.
inline constexpr size_t kPatternsKept = 128;

// A pattern while a bundle is read.
struct PatternSource {
  enum class Refusal : uint8_t { kNone, kSyntax, kAsciiBoundary, kEmptyMatch, kTooLarge };

  std::string expression;
  bool raw = false;         // reads the text as typed instead of the folded text
  bool whole_word = false;  // keeps only matches with a word boundary at both ends

  // Set by Validate.
  std::vector<std::string> required;  // one of these occurs in any match; empty: nothing is known
  std::vector<std::string> cased;     // the same as a match writes them; empty: in any case
  bool at_start = false;              // every match begins with one of them
  std::vector<std::string> also;      // and one of these; empty: nothing more is known
  uint32_t longest = 0;               // most bytes of a match; 0: no bound
  uint32_t price = 0;                 // about the instructions of RE2's program
  uint32_t digits = 0;                // ASCII digits in every match
  uint32_t run = 0;                   // bytes without white space in a row in every match

  // Parses without compiling. `detail` receives RE2's words about what is wrong.
  Refusal Validate(std::string* detail);
};

// A pattern of an image.
struct PatternView {
  std::string_view expression;
  StringList cased;
  StringList also;
  uint32_t longest = 0;
  uint32_t price = 0;
  bool raw = false;
  bool whole_word = false;
  bool at_start = false;
};

// Compiled patterns, by number. The least recently used one makes room.
class PatternPool {
 public:
  // Keeps at most `capacity` patterns, which RE2 may let grow to two megabytes each; most stay
  // below a tenth of that.
  explicit PatternPool(size_t capacity = kPatternsKept);
  ~PatternPool();
  PatternPool(PatternPool&&) noexcept;
  PatternPool& operator=(PatternPool&&) noexcept;
  PatternPool(const PatternPool&) = delete;
  PatternPool& operator=(const PatternPool&) = delete;

  // Appends the matches of a pattern in order: leftmost, not overlapping. `places` are all the
  // bytes of its view where one of its required literals begins, ascending; null when they are not
  // known.
  LeafResult Find(uint32_t number, const PatternView& pattern, const Draft& draft,
                  const std::vector<uint32_t>* places, uint32_t limit, SpanList* out);

  // How often RE2 has been asked for a match, and how often it compiled, so far.
  uint64_t runs() const { return runs_; }
  uint64_t compilations() const { return compilations_; }

 private:
  struct Compiled;
  const Compiled& Compile(uint32_t number, const PatternView& pattern);

  size_t capacity_;
  std::vector<Compiled> pool_;
  uint64_t clock_ = 0;
  uint64_t runs_ = 0;
  uint64_t compilations_ = 0;
};

}  // namespace breath

#endif  // BREATH_MATCH_PATTERN_H_
