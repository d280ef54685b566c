// SPDX-License-Identifier: Apache-2.0
// The operators of rules/FORMAT.md, section 4. Tested by tests/engine/condition_test.cc.
#include "wasm/rules/evaluate.h"

#include <algorithm>

#include "wasm/match/long_quote.h"
#include "wasm/match/number.h"
#include "wasm/match/token.h"

namespace breath {
namespace {

// Conditions judged and marks handled in one draft: about a quarter of a second. Ordinary drafts
// take a few hundred.
constexpr uint64_t kMostWork = uint64_t{30} << 20;

void Append(const SpanList& from, SpanList* to) {
  if (to != nullptr) to->insert(to->end(), from.begin(), from.end());
}

// The marks that start inside a window; marks are sorted.
std::pair<SpanList::const_iterator, SpanList::const_iterator> Within(const SpanList& marks,
                                                                     uint32_t start, uint32_t end) {
  auto by_start = [](const Span& span, uint32_t offset) { return span.start < offset; };
  auto first = std::lower_bound(marks.begin(), marks.end(), start, by_start);
  return {first, std::lower_bound(first, marks.end(), end, by_start)};
}

// Keeps the spans whose flag is set, in order.
void AppendFlagged(const SpanList& spans, const std::vector<bool>& flags, SpanList* out) {
  for (size_t i = 0; i < spans.size(); ++i) {
    if (flags[i]) out->push_back(spans[i]);
  }
}

}  // namespace

Evaluation::Evaluation(const CompiledRules* rules, size_t patterns_kept)
    : rules_(*rules),
      reading_(rules),
      memos_(rules->leaves.size),
      seen_(rules->rules.size),
      patterns_(patterns_kept) {}

void Evaluation::Begin(std::string_view text, const Context& context, Former former) {
  context_ = &context;
  ++draft_number_;
  work_ = 0;
  trouble_ = LeafResult::kDone;
  if (former == Former::kNone) {
    reading_.Read(text);
  } else {
    reading_.ReadNext(text);
  }
  fired_.clear();
  reading_.Triggers(&fired_);
}

void Evaluation::End() {
  reading_.Forget();
  context_ = nullptr;
}

Truth Evaluation::Judge(uint32_t node, SpanList* marks) {
  if (!MayHold(node)) return Truth::kFalse;
  const Truth truth = Eval(node, {0, UINT32_MAX}, marks);
  if (truth == Truth::kTrue && marks != nullptr) Normalize(marks);
  return truth;
}

bool Evaluation::IsTooMuchWork(uint64_t more) {
  work_ += more;
  if (work_ <= kMostWork) return false;
  trouble_ = LeafResult::kTooMuchWork;
  return true;
}

bool Evaluation::IsOneOf(Run wanted, std::string_view actual) const {
  const StringList strings = rules_.Strings(wanted);
  if (strings.size() == 0) return true;
  for (uint32_t i = 0; i < strings.size(); ++i) {
    if (strings[i] == actual) return true;
  }
  return false;
}

bool Evaluation::HoldsContext(const ContextRecord& test) const {
  return IsOneOf(test.sites, context_->site) && IsOneOf(test.surfaces, context_->surface) &&
         IsOneOf(test.audiences, context_->audience) &&
         (test.reply < 0 || context_->reply == (test.reply == 1)) &&
         (test.media < 0 || context_->media == (test.media == 1));
}

bool Evaluation::MayHold(uint32_t index) {
  const NodeRecord& node = rules_.nodes[index];
  // Beyond the limit too: what is settled here needs no work. But not without end.
  if (++work_ > 2 * kMostWork) return true;
  switch (node.op) {
    case Operator::kContext:
      return HoldsContext(rules_.contexts[node.leaf]);
    case Operator::kNone:
      return true;
    case Operator::kAny:
      for (uint32_t i = 0; i < node.children.count; ++i) {
        if (MayHold(Child(node, i))) return true;
      }
      return false;
    case Operator::kAll:
    case Operator::kNear:
    case Operator::kBefore:
    case Operator::kSentence:
    case Operator::kCount:
      for (uint32_t i = 0; i < node.children.count; ++i) {
        if (!MayHold(Child(node, i))) return false;
      }
      return true;
    default:
      return reading_.IsPossible(rules_.leaves[node.leaf]);
  }
}

LeafResult Evaluation::ReadPattern(const LeafRecord& leaf, SpanList* marks) {
  const PatternView pattern = rules_.PatternAt(leaf.table);
  if (!rules_.IsGroup(leaf.trigger) || !reading_.literals().has_all_places) {
    return patterns_.Find(leaf.table, pattern, reading_.draft(), nullptr, kMostMatches, marks);
  }
  std::vector<uint32_t> places =
      rules_.literals.PlacesOf(leaf.trigger - rules_.phrases.sets(), reading_.literals());
  if (pattern.raw && !rules_.literals.NeedsLowered(reading_.draft().is_ascii())) {
    // They are places of the folded view, and a unit of an ASCII draft is a byte of it.
    for (uint32_t& place : places)
      place = reading_.draft().folded().map.ToSource(place, place + 1).start;
  }
  return patterns_.Find(leaf.table, pattern, reading_.draft(), &places, kMostMatches, marks);
}

LeafResult Evaluation::ReadDraft(const LeafRecord& leaf, SpanList* marks) {
  switch (leaf.op) {
    case Operator::kWords:
      return reading_.AddPhrases(leaf.table, marks);
    case Operator::kPattern:
      return ReadPattern(leaf, marks);
    case Operator::kNumber:
      return FindNumbers(reading_.draft(), leaf.number, kMostMatches, marks);
    case Operator::kSecret: {
      SpanList cues;
      LeafResult result = LeafResult::kDone;
      const SecretView secret = rules_.SecretAt(leaf.table);
      if (secret.shape == SecretShape::kAfter) {
        result = reading_.AddPhrases(rules_.secrets[leaf.table].cue_set, &cues);
        if (result != LeafResult::kDone) return result;
      }
      return FindSecrets(reading_.draft(), secret, cues, kMostMatches, marks);
    }
    case Operator::kLink: {
      const LinkRecord& link = rules_.links[leaf.table];
      return FindLinks(reading_.draft(), link.any != 0, rules_.Strings(link.hosts), kMostMatches,
                       marks);
    }
    case Operator::kMention:
      return FindMentions(reading_.draft(), kMostMatches, marks);
    case Operator::kShouting:
      return FindShouting(reading_.draft(), leaf.amount, kMostMatches, marks);
    case Operator::kLongQuote:
      return FindLongQuotes(reading_.draft(), leaf.amount, kMostMatches, marks);
    case Operator::kDisguised: {
      const LeafResult result = reading_.AddPhrases(leaf.table, marks);
      Append(reading_.disguised().matches[leaf.amount], marks);
      return reading_.disguised().HasOverflowed(leaf.amount) ? LeafResult::kTooManyMatches : result;
    }
    case Operator::kSealed:
      return FindSealed(rules_.sealed, reading_.draft(), leaf.table, kMostMatches, marks);
    default:
      return LeafResult::kDone;
  }
}

const Evaluation::Memo& Evaluation::ReadLeaf(uint32_t number) {
  Memo& memo = memos_[number];
  if (memo.draft == draft_number_) return memo;
  const LeafRecord& leaf = rules_.leaves[number];
  memo.draft = draft_number_;
  memo.result = LeafResult::kDone;
  memo.marks.clear();
  if (!reading_.IsPossible(leaf)) return memo;
  memo.result = ReadDraft(leaf, &memo.marks);
  if (leaf.op != Operator::kWords && memo.marks.size() > 1) Normalize(&memo.marks);
  if (leaf.except != kNoSet && !memo.marks.empty()) {
    SpanList holes;
    const LeafResult result = reading_.AddPhrases(leaf.except, &holes);
    DropOverlapping(holes, &memo.marks);
    if (result != LeafResult::kDone) memo.result = result;
  }
  work_ += memo.marks.size();
  return memo;
}

Truth Evaluation::EvalLeaf(const NodeRecord& node, Window window, SpanList* marks) {
  const Memo& memo = ReadLeaf(node.leaf);
  if (memo.result != LeafResult::kDone) {
    trouble_ = memo.result;
    return Truth::kUnknown;
  }
  const auto [first, last] = Within(memo.marks, window.start, window.end);
  if (first == last) return Truth::kFalse;
  if (marks == nullptr) return Truth::kTrue;
  work_ += static_cast<uint64_t>(last - first);
  marks->insert(marks->end(), first, last);
  return Truth::kTrue;
}

Truth Evaluation::Eval(uint32_t index, Window window, SpanList* marks) {
  if (IsTooMuchWork(1)) return Truth::kUnknown;
  const NodeRecord& node = rules_.nodes[index];
  switch (node.op) {
    case Operator::kContext:
      return HoldsContext(rules_.contexts[node.leaf]) ? Truth::kTrue : Truth::kFalse;
    case Operator::kAny:
      return EvalAny(node, window, marks);
    case Operator::kAll:
      return EvalAll(node, window, marks);
    case Operator::kNone: {
      const Truth any = EvalAny(node, window, nullptr);
      if (any == Truth::kUnknown) return any;
      return any == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
    }
    case Operator::kNear:
      return EvalNear(node, window, marks);
    case Operator::kBefore:
      return EvalBefore(node, window, marks);
    case Operator::kSentence:
      return EvalSentence(node, window, marks);
    case Operator::kCount:
      return EvalCount(node, window, marks);
    default:
      return EvalLeaf(node, window, marks);
  }
}

Truth Evaluation::EvalAny(const NodeRecord& node, Window window, SpanList* marks) {
  Truth truth = Truth::kFalse;
  for (uint32_t i = 0; i < node.children.count; ++i) {
    // What cannot hold is not read: the parts of an `any` are often of quite different things.
    if (!MayHold(Child(node, i))) continue;
    const Truth child = Eval(Child(node, i), window, marks);
    if (child == Truth::kTrue) {
      truth = Truth::kTrue;
      if (marks == nullptr) return truth;  // nobody asks for the other marks
    } else if (child == Truth::kUnknown && truth == Truth::kFalse) {
      truth = Truth::kUnknown;
    }
  }
  return truth;
}

Truth Evaluation::EvalAll(const NodeRecord& node, Window window, SpanList* marks) {
  SpanList own;
  Truth truth = Truth::kTrue;
  for (uint32_t i = 0; i < node.children.count; ++i) {
    const Truth child = Eval(Child(node, i), window, marks == nullptr ? nullptr : &own);
    if (child == Truth::kFalse) return Truth::kFalse;
    if (child == Truth::kUnknown) truth = Truth::kUnknown;
  }
  if (truth == Truth::kTrue) Append(own, marks);
  return truth;
}

Truth Evaluation::CollectChildren(const NodeRecord& node, Window window,
                                  std::vector<SpanList>* lists) {
  Truth truth = Truth::kTrue;
  lists->resize(node.children.count);
  for (uint32_t i = 0; i < node.children.count; ++i) {
    SpanList& list = (*lists)[i];
    const Truth child = Eval(Child(node, i), window, &list);
    if (child == Truth::kFalse) return Truth::kFalse;
    if (child == Truth::kUnknown) truth = Truth::kUnknown;
    Normalize(&list);
  }
  return truth;
}

// Whether a match may be missing below a node because a leaf could not be read. A true `any` hides
// that; who then finds too few matches must not say "false".
bool Evaluation::MayMissMatches(const NodeRecord& node) {
  if (IsTooMuchWork(1)) return true;
  if (node.op == Operator::kNone || node.op == Operator::kContext) return false;
  if (IsLeaf(node.op)) {
    const Memo& memo = memos_[node.leaf];
    return memo.draft == draft_number_ && memo.result != LeafResult::kDone;
  }
  for (uint32_t i = 0; i < node.children.count; ++i) {
    if (MayMissMatches(rules_.nodes[Child(node, i)])) return true;
  }
  return false;
}

Truth Evaluation::TooFew(const NodeRecord& node) {
  return MayMissMatches(node) ? Truth::kUnknown : Truth::kFalse;
}

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

Truth Evaluation::EvalCount(const NodeRecord& node, Window window, SpanList* marks) {
  SpanList own;
  const Truth truth = Eval(Child(node, 0), window, &own);
  if (truth != Truth::kTrue) return truth;
  Normalize(&own);
  if (own.size() < node.amount) return TooFew(node);
  Append(own, marks);
  return Truth::kTrue;
}

}  // namespace breath
