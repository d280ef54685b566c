// SPDX-License-Identifier: Apache-2.0
// A draft as the engine reads it: the text as typed and the folded text, each with a map back to
// UTF-16 offsets. It holds the engine's only copies of a draft. It knows no rules. Tested by:
// tests/engine/text_test.cc
#ifndef BREATH_TEXT_DRAFT_H_
#define BREATH_TEXT_DRAFT_H_

#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasm/text/edit.h"
#include "wasm/text/offset_map.h"

namespace breath {

// One reading of a draft: well-formed UTF-8 and where each byte comes from.
struct View {
  std::string text;
  OffsetMap map;
};

class Draft {
 public:
  Draft() = default;
  explicit Draft(std::string_view text) { Read(text); }

  // Reads another draft into the same room. `text` is UTF-8; malformed bytes are read as U+FFFD,
  // one UTF-16 unit each.
  void Read(std::string_view text);
  // Where `text` differs from the draft that was read last: widened to words, and so that folding
  // can read the words alone. `folded.end` is not known yet.
  struct Edits {
    Edit raw;
    Edit folded;
  };
  Edits EditsTo(std::string_view text) const;
  // Reads only what EditsTo found, and completes it; all is then as after Read(text). No byte of
  // the former text stays behind.
  void Apply(std::string_view text, Edits* edits);
  // Overwrites and forgets the text.
  void Wipe();

  const View& raw() const { return raw_; }
  const View& folded() const { return folded_; }
  // The text as typed with ASCII letters in lower case, for quick searches. Made on first use.
  std::string_view lowered() const;
  // Whether every character is ASCII: then the views differ in letter case and white space only.
  bool is_ascii() const { return raw_.map.view_size() == raw_.map.source_size(); }
  // Length in UTF-16 code units.
  uint32_t size() const { return raw_.map.source_size(); }
  // The sentences in order; together they cover the draft. Found on first use.
  const std::vector<Span>& sentences() const;

 private:
  void FindSentences() const;
  // The UTF-16 offset of byte `at` of the text as typed, or its end.
  uint32_t SourceAt(uint32_t at) const;

  View raw_;
  View folded_;
  mutable std::vector<Span> sentences_;
  mutable std::string lowered_;
};

// The folded form of `text` (UTF-8): what a phrase of a rule is compared as.
std::string FoldText(std::string_view text);

// Whether a word may begin or end at byte `position` of a folded text: the boundary of
// rules/FORMAT.md, section 4.
bool IsWordBoundary(std::string_view folded, size_t position);

}  // namespace breath

#endif  // BREATH_TEXT_DRAFT_H_
