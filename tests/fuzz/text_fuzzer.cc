// SPDX-License-Identifier: Apache-2.0
// Fuzzes the views of a draft: whatever the bytes, both views are well formed, every place in them
// maps into the draft and in order, folding is done when it is done once, and the sentences cover
// the draft. Run by: scripts/fuzz
#include <string>
#include <string_view>

#include "tests/fuzz/require.h"
#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace {

using breath::DecodeAt;
using breath::Decoded;
using breath::Span;

// Each character of a view stands for units of the draft, none of them before those of the
// character ahead of it; the first and the last unit of the draft are within reach.
void CheckView(const breath::View& view, uint32_t units) {
  BREATH_REQUIRE(view.map.view_size() == view.text.size());
  BREATH_REQUIRE(view.map.source_size() == units);
  Span before = {0, 0};
  for (uint32_t at = 0; at < view.text.size();) {
    const Decoded decoded = DecodeAt(view.text, at);
    BREATH_REQUIRE(decoded.valid);
    const Span here = view.map.ToSource(at, at + decoded.size);
    BREATH_REQUIRE(here.start < here.end && here.end <= units);
    BREATH_REQUIRE(here.start >= before.start && here.end >= before.end);
    const Span whole = view.map.ToSource(0, at + decoded.size);
    BREATH_REQUIRE(whole.end == here.end);
    // Back again: the piece of the view that stands for the same units begins here or earlier.
    BREATH_REQUIRE(view.map.FromSource(here.start) <= at);
    before = here;
    at += decoded.size;
  }
  uint32_t back = 0;
  for (uint32_t unit = 0; unit <= units; ++unit) {
    const uint32_t at = view.map.FromSource(unit);
    BREATH_REQUIRE(at >= back && at <= view.text.size());
    back = at;
  }
}

// Neither capitals nor two spaces in a row are left, and folding again changes nothing.
void CheckFolded(const std::string& folded) {
  for (size_t at = 0; at < folded.size(); ++at) {
    BREATH_REQUIRE(!(folded[at] >= 'A' && folded[at] <= 'Z'));
    BREATH_REQUIRE(!(folded[at] >= '\t' && folded[at] <= '\r'));
    BREATH_REQUIRE(at == 0 || folded[at] != ' ' || folded[at - 1] != ' ');
  }
  BREATH_REQUIRE(breath::IsWordBoundary(folded, 0));
  BREATH_REQUIRE(breath::IsWordBoundary(folded, folded.size()));
  for (size_t at = 0; at < folded.size(); at += DecodeAt(folded, at).size) {
    breath::IsWordBoundary(folded, at);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const breath::Draft draft(bytes);
  CheckView(draft.raw(), draft.size());
  CheckView(draft.folded(), draft.size());
  CheckFolded(draft.folded().text);
  BREATH_REQUIRE(breath::FoldText(draft.raw().text) == draft.folded().text);
  // What is well formed is read as it is.
  BREATH_REQUIRE(breath::Draft(draft.raw().text).raw().text == draft.raw().text);

  const std::string_view lowered = draft.lowered();
  BREATH_REQUIRE(lowered.size() == draft.raw().text.size());
  for (size_t at = 0; at < lowered.size(); ++at) {
    const char c = draft.raw().text[at];
    BREATH_REQUIRE(lowered[at] == (c >= 'A' && c <= 'Z' ? c + 32 : c));
  }

  uint32_t end = 0;
  for (const Span& sentence : draft.sentences()) {
    BREATH_REQUIRE(sentence.start == end && sentence.end > sentence.start);
    end = sentence.end;
  }
  BREATH_REQUIRE(end == draft.size());
  return 0;
}
