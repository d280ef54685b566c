// SPDX-License-Identifier: Apache-2.0
// The operators that ask where matches stand to each other: near, before, sentence. Part of
// evaluate.h. Tested by tests/engine/condition_test.cc, and against the oracle.
#include <algorithm>

#include "wasm/rules/evaluate.h"

namespace breath {
namespace {

// Keeps the spans whose flag is set, in order.
void AppendFlagged(const SpanList& spans, const std::vector<bool>& flags, SpanList* out) {
  for (size_t i = 0; i < spans.size(); ++i) {
    if (flags[i]) out->push_back(spans[i]);
  }
}

}  // namespace

// A tuple is near when its last start lies at most `within` after its first end. So take each span
// in turn as the one that ends first (end E): the others must end at E or later and start at E +
// within or earlier. In a span list both starts and ends rise, so those are one stretch per child,
// found by two moving bounds.
Truth Evaluation::EvalNear(const NodeRecord& node, Window window, SpanList* marks) {
  std::vector<SpanList> lists;
  const Truth truth = CollectChildren(node, window, &lists);
  if (truth != Truth::kTrue) return truth;
  struct Anchor {
    uint32_t end;
    uint32_t list;
    uint32_t index;
  };
  std::vector<Anchor> anchors;
  for (uint32_t l = 0; l < lists.size(); ++l) {
    for (uint32_t i = 0; i < lists[l].size(); ++i) anchors.push_back({lists[l][i].end, l, i});
  }
  std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) {
    return a.end != b.end ? a.end < b.end : a.list < b.list;
  });
  std::vector<uint32_t> low(lists.size(), 0);
  std::vector<uint32_t> high(lists.size(), 0);
  std::vector<std::vector<bool>> used(lists.size());
  for (size_t l = 0; l < lists.size(); ++l) used[l].resize(lists[l].size());
  std::vector<uint32_t> marked_to(lists.size(),
                                  0);  // spans before this one are already settled as used or not
  bool found = false;
  for (const Anchor& anchor : anchors) {
    if (IsTooMuchWork(lists.size())) return Truth::kUnknown;
    bool all = true;
    const uint64_t reach = uint64_t{anchor.end} + node.amount;
    for (uint32_t l = 0; l < lists.size(); ++l) {
      while (low[l] < lists[l].size() && lists[l][low[l]].end < anchor.end) ++low[l];
      while (high[l] < lists[l].size() && lists[l][high[l]].start <= reach) ++high[l];
      if (l != anchor.list && low[l] >= high[l]) all = false;
    }
    if (!all) continue;
    found = true;
    used[anchor.list][anchor.index] = true;
    for (uint32_t l = 0; l < lists.size(); ++l) {
      if (l == anchor.list) continue;
      for (uint32_t i = std::max(low[l], marked_to[l]); i < high[l]; ++i) used[l][i] = true;
      marked_to[l] = std::max(marked_to[l], high[l]);
    }
  }
  if (!found) return TooFew(node);
  if (marks != nullptr) {
    for (size_t l = 0; l < lists.size(); ++l) AppendFlagged(lists[l], used[l], marks);
  }
  return Truth::kTrue;
}

// Forward: which spans of each child end a chain that began at the first child. Backward: which of
// those also lead to the last child. The nearest earlier span is always the best link, so one
// moving bound suffices.
Truth Evaluation::EvalBefore(const NodeRecord& node, Window window, SpanList* marks) {
  std::vector<SpanList> lists;
  const Truth truth = CollectChildren(node, window, &lists);
  if (truth != Truth::kTrue) return truth;
  std::vector<std::vector<bool>> used(lists.size());
  used[0].assign(lists[0].size(), true);
  for (size_t l = 1; l < lists.size(); ++l) {
    used[l].resize(lists[l].size());
    size_t next = 0;
    bool reached = false;
    uint32_t last_end = 0;
    for (size_t i = 0; i < lists[l].size(); ++i) {
      const Span& span = lists[l][i];
      for (; next < lists[l - 1].size() && lists[l - 1][next].end <= span.start; ++next) {
        if (used[l - 1][next]) {
          last_end = lists[l - 1][next].end;
          reached = true;
        }
      }
      used[l][i] = reached && span.start - last_end <= node.amount;
    }
  }
  const std::vector<bool>& last = used.back();
  if (std::find(last.begin(), last.end(), true) == last.end()) return TooFew(node);
  if (marks == nullptr) return Truth::kTrue;
  for (size_t l = lists.size() - 1; l > 0; --l) {
    size_t next = lists[l].size();
    bool reached = false;
    uint32_t first_start = 0;
    for (size_t i = lists[l - 1].size(); i-- > 0;) {
      const Span& span = lists[l - 1][i];
      for (; next > 0 && lists[l][next - 1].start >= span.end; --next) {
        if (used[l][next - 1]) {
          first_start = lists[l][next - 1].start;
          reached = true;
        }
      }
      if (!reached || first_start - span.end > node.amount) used[l - 1][i] = false;
    }
  }
  for (size_t l = 0; l < lists.size(); ++l) AppendFlagged(lists[l], used[l], marks);
  return Truth::kTrue;
}

// The first child holds no `none` (the reader sees to it): false for the whole is false for each
// sentence. Otherwise every sentence is looked at, not only those where that child marks a word: it
// may be true without a mark, by its context, and a mark that begins in one sentence may hide one
// in the next.
Truth Evaluation::EvalSentence(const NodeRecord& node, Window window, SpanList* marks) {
  if (Eval(Child(node, 0), window, nullptr) == Truth::kFalse) return Truth::kFalse;
  Truth truth = Truth::kFalse;
  const std::vector<Span>& sentences = reading_.draft().sentences();
  auto sentence =
      std::partition_point(sentences.begin(), sentences.end(),
                           [window](const Span& earlier) { return earlier.end <= window.start; });
  for (; sentence != sentences.end() && sentence->start < window.end; ++sentence) {
    if (IsTooMuchWork(1)) return Truth::kUnknown;
    const Window inside = {std::max(sentence->start, window.start),
                           std::min(sentence->end, window.end)};
    if (inside.start >= inside.end) continue;
    const Truth here = EvalAll(node, inside, marks);
    if (here == Truth::kTrue) {
      truth = Truth::kTrue;
      if (marks == nullptr) return truth;
    } else if (here == Truth::kUnknown && truth == Truth::kFalse) {
      truth = Truth::kUnknown;
    }
  }
  return truth;
}

}  // namespace breath
