// SPDX-License-Identifier: Apache-2.0
// What of draft.h reads an edit instead of a whole draft. Tested by
// tests/engine/incremental_test.cc.
#include <algorithm>

#include "wasm/text/byte_words.h"
#include "wasm/text/draft.h"

namespace breath {
namespace {

// Whether a word begins here that folding reads alike with and without what stands before it.
bool IsSeam(std::string_view text, size_t at) {
  return IsAfterGap(text, at) && static_cast<uint8_t>(text[at]) < 0x80;
}

// How many of the first, and of the last, `most` bytes two texts have in common.
size_t CommonStart(std::string_view a, std::string_view b, size_t most) {
  size_t i = 0;
  while (i + 8 <= most && Load8(a.data() + i) == Load8(b.data() + i)) i += 8;
  while (i < most && a[i] == b[i]) ++i;
  return i;
}
size_t CommonEnd(std::string_view a, std::string_view b, size_t most) {
  const char* const end_a = a.data() + a.size();
  const char* const end_b = b.data() + b.size();
  size_t i = 0;
  while (i + 8 <= most && Load8(end_a - i - 8) == Load8(end_b - i - 8)) i += 8;
  while (i < most && *(end_a - i - 1) == *(end_b - i - 1)) ++i;
  return i;
}

// Puts `middle` where an edit was, and leaves nothing of the former text in memory: neither behind
// the end of a text that became shorter nor in room that became too small.
void Replace(const Edit& edit, std::string_view middle, std::string* text) {
  const size_t before = text->size();
  const size_t size = before - edit.old_end + edit.end;
  if (size > text->capacity()) {
    std::string roomy;
    roomy.reserve(size + size / 8);
    roomy = *text;
    std::fill(text->begin(), text->end(), '\0');
    text->swap(roomy);
  }
  text->replace(edit.start, edit.old_end - edit.start, middle);
  if (size >= before) return;
  text->resize(before);  // zeros
  text->resize(size);
}

}  // namespace

Draft::Edits Draft::EditsTo(std::string_view text) const {
  const std::string_view old = raw_.text;
  const size_t shorter = std::min(text.size(), old.size());
  const size_t before = CommonStart(text, old, shorter);
  const size_t behind = CommonEnd(text, old, shorter - before);
  // The places themselves and the white space before them are the same in both texts.
  size_t start = before > 0 ? before - 1 : 0;
  while (start > 0 && !IsSeam(text, start)) --start;
  size_t end = text.size() - behind + 1;
  while (end < text.size() && !IsSeam(text, end)) ++end;
  end = std::min(end, text.size());
  const auto old_end = static_cast<uint32_t>(old.size() - (text.size() - end));
  const auto from = static_cast<uint32_t>(start);
  return {{from, old_end, static_cast<uint32_t>(end)},
          {folded_.map.FromSource(SourceAt(from)), folded_.map.FromSource(SourceAt(old_end)), 0}};
}

void Draft::Apply(std::string_view text, Edits* edits) {
  Edit& raw = edits->raw;
  Edit& folded = edits->folded;
  if (size() == 0) {
    Read(text);
    raw.end = raw_.map.view_size();
    folded.end = folded_.map.view_size();
    return;
  }
  Draft middle(text.substr(raw.start, raw.end - raw.start));
  const uint32_t from = SourceAt(raw.start);
  const uint32_t to = SourceAt(raw.old_end);
  raw.end = raw.start + middle.raw_.map.view_size();
  folded.end = folded.start + middle.folded_.map.view_size();
  Replace(raw, middle.raw_.text, &raw_.text);
  Replace(folded, middle.folded_.text, &folded_.text);
  if (!lowered_.empty()) Replace(raw, middle.lowered(), &lowered_);
  raw_.map.Replace(raw.start, from, to, middle.raw_.map);
  folded_.map.Replace(folded.start, from, to, middle.folded_.map);
  sentences_.clear();
  middle.Wipe();
}

uint32_t Draft::SourceAt(uint32_t at) const {
  return at < raw_.text.size() ? raw_.map.ToSource(at, at + 1).start : size();
}

}  // namespace breath
