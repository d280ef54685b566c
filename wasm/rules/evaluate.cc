// SPDX-License-Identifier: Apache-2.0
// The operators of rules/FORMAT.md, section 4. Tested by tests/engine/condition_test.cc.
#include "wasm/rules/evaluate.h"

#include <algorithm>

#include "wasm/match/long_quote.h"

namespace breath {
namespace {

// A leaf that matches more often than this in one draft is reported as not judged.
constexpr uint32_t kMatchLimit = 1U << 20;

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

bool Holds(const std::vector<std::string>& wanted, const std::string& actual) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), actual) != wanted.end();
}

// Keeps the spans whose flag is set, in order.
void AppendFlagged(const SpanList& spans, const std::vector<bool>& flags, SpanList* out) {
  for (size_t i = 0; i < spans.size(); ++i) {
    if (flags[i]) out->push_back(spans[i]);
  }
}

}  // namespace

Evaluation::Evaluation(RuleSet* rule_set, const Draft& draft, const Context& context)
    : rule_set_(rule_set), draft_(draft), context_(context), memos_(rule_set->memo_slots) {
  rule_set_->phrases.Find(draft_, kMatchLimit, &phrases_, &overflowed_);
}

Truth Evaluation::Judge(uint32_t node, SpanList* marks) {
  const Truth truth = Eval(node, {0, UINT32_MAX}, marks);
  if (truth == Truth::kTrue && marks != nullptr) Normalize(marks);
  return truth;
}

const SpanList& Evaluation::Phrases(uint32_t set) { return phrases_[set]; }

bool Evaluation::HoldsContext(const ContextTest& test) const {
  return Holds(test.sites, context_.site) && Holds(test.surfaces, context_.surface) &&
         Holds(test.audiences, context_.audience) &&
         (test.reply < 0 || context_.reply == (test.reply == 1)) &&
         (test.media < 0 || context_.media == (test.media == 1));
}

const Evaluation::Memo& Evaluation::ReadLeaf(const Node& node) {
  Memo& memo = memos_[node.memo];
  if (memo.read) return memo;
  memo.read = true;
  switch (node.op) {
    case Operator::kWords:
      memo.marks = Phrases(node.leaf);
      if (std::binary_search(overflowed_.begin(), overflowed_.end(), node.leaf)) {
        memo.result = LeafResult::kTooManyMatches;
      }
      break;
    case Operator::kPattern:
      memo.result = rule_set_->patterns[node.leaf].Find(draft_, kMatchLimit, &memo.marks);
      break;
    case Operator::kNumber:
      memo.result = FindNumbers(draft_, node.number, kMatchLimit, &memo.marks);
      break;
    case Operator::kSecret: {
      const Secret& secret = rule_set_->secrets[node.leaf];
      static const SpanList kNoCues;
      const bool cued = secret.shape == SecretShape::kAfter;
      memo.result = FindSecrets(draft_, secret, cued ? Phrases(secret.cue_set) : kNoCues,
                                kMatchLimit, &memo.marks);
      break;
    }
    case Operator::kLink:
      memo.result = FindLinks(draft_, rule_set_->links[node.leaf], kMatchLimit, &memo.marks);
      break;
    case Operator::kMention:
      memo.result = FindMentions(draft_, kMatchLimit, &memo.marks);
      break;
    case Operator::kShouting:
      memo.result = FindShouting(draft_, node.amount, kMatchLimit, &memo.marks);
      break;
    case Operator::kLongQuote:
      memo.result = FindLongQuotes(draft_, node.amount, kMatchLimit, &memo.marks);
      break;
    case Operator::kDisguised:
      ReadDisguised(node, &memo);
      break;
    case Operator::kSealed:
      memo.result =
          FindSealed(ViewOf(rule_set_->sealed), draft_, node.leaf, kMatchLimit, &memo.marks);
      break;
    default:
      break;
  }
  Normalize(&memo.marks);
  if (node.except != kNoSet && !memo.marks.empty()) {
    DropOverlapping(Phrases(node.except), &memo.marks);
    if (std::binary_search(overflowed_.begin(), overflowed_.end(), node.except)) {
      memo.result = LeafResult::kTooManyMatches;
    }
  }
  return memo;
}

void Evaluation::ReadDisguised(const Node& node, Memo* memo) {
  if (!disguised_read_) {
    FindDisguised(ViewOf(rule_set_->see_through), draft_, kMatchLimit, &disguised_,
                  &disguised_overflowed_);
    disguised_read_ = true;
  }
  memo->marks = Phrases(node.leaf);
  Append(disguised_[node.amount], &memo->marks);
  if (std::binary_search(overflowed_.begin(), overflowed_.end(), node.leaf) ||
      std::binary_search(disguised_overflowed_.begin(), disguised_overflowed_.end(), node.amount)) {
    memo->result = LeafResult::kTooManyMatches;
  }
}

Truth Evaluation::EvalLeaf(const Node& node, Window window, SpanList* marks) {
  const Memo& memo = ReadLeaf(node);
  if (memo.result != LeafResult::kDone) {
    trouble_ = memo.result;
    return Truth::kUnknown;
  }
  const auto [first, last] = Within(memo.marks, window.start, window.end);
  if (first == last) return Truth::kFalse;
  if (marks != nullptr) marks->insert(marks->end(), first, last);
  return Truth::kTrue;
}

Truth Evaluation::Eval(uint32_t index, Window window, SpanList* marks) {
  const Node& node = rule_set_->nodes[index];
  switch (node.op) {
    case Operator::kContext:
      return HoldsContext(rule_set_->contexts[node.leaf]) ? Truth::kTrue : Truth::kFalse;
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

Truth Evaluation::EvalAny(const Node& node, Window window, SpanList* marks) {
  Truth truth = Truth::kFalse;
  for (uint32_t i = 0; i < node.child_count; ++i) {
    const Truth child = Eval(rule_set_->children[node.first_child + i], window, marks);
    if (child == Truth::kTrue) {
      truth = Truth::kTrue;
      if (marks == nullptr) return truth;  // nobody asks for the other marks
    } else if (child == Truth::kUnknown && truth == Truth::kFalse) {
      truth = Truth::kUnknown;
    }
  }
  return truth;
}

Truth Evaluation::EvalAll(const Node& node, Window window, SpanList* marks) {
  SpanList own;
  Truth truth = Truth::kTrue;
  for (uint32_t i = 0; i < node.child_count; ++i) {
    const Truth child =
        Eval(rule_set_->children[node.first_child + i], window, marks == nullptr ? nullptr : &own);
    if (child == Truth::kFalse) return Truth::kFalse;
    if (child == Truth::kUnknown) truth = Truth::kUnknown;
  }
  if (truth == Truth::kTrue) Append(own, marks);
  return truth;
}

Truth Evaluation::CollectChildren(const Node& node, Window window, std::vector<SpanList>* lists) {
  Truth truth = Truth::kTrue;
  lists->resize(node.child_count);
  for (uint32_t i = 0; i < node.child_count; ++i) {
    SpanList& list = (*lists)[i];
    const Truth child = Eval(rule_set_->children[node.first_child + i], window, &list);
    if (child == Truth::kFalse) return Truth::kFalse;
    if (child == Truth::kUnknown) truth = Truth::kUnknown;
    Normalize(&list);
  }
  return truth;
}

// A tuple is near when its last start lies at most `within` after its first end. So take each span
// in turn as the one that ends first (end E): the others must end at E or later and start at E +
// within or earlier. In a span list both starts and ends rise, so those are one stretch per child,
// found by two moving bounds.
Truth Evaluation::EvalNear(const Node& node, Window window, SpanList* marks) {
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
  if (!found) return Truth::kFalse;
  if (marks != nullptr) {
    for (size_t l = 0; l < lists.size(); ++l) AppendFlagged(lists[l], used[l], marks);
  }
  return Truth::kTrue;
}

// Forward: which spans of each child end a chain that began at the first child. Backward: which of
// those also lead to the last child. The nearest earlier span is always the best link, so one
// moving bound suffices.
Truth Evaluation::EvalBefore(const Node& node, Window window, SpanList* marks) {
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
  if (std::find(last.begin(), last.end(), true) == last.end()) return Truth::kFalse;
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

// The first child is one that marks words (the reader sees to it): only sentences with such a mark
// are looked at.
Truth Evaluation::EvalSentence(const Node& node, Window window, SpanList* marks) {
  SpanList leads;
  const Truth lead = Eval(rule_set_->children[node.first_child], window, &leads);
  if (lead != Truth::kTrue) return lead;
  Normalize(&leads);
  const std::vector<Span>& sentences = draft_.sentences();
  Truth truth = Truth::kFalse;
  size_t done = 0;  // sentences before this one are settled
  for (const Span& mark : leads) {
    auto after = std::upper_bound(sentences.begin(), sentences.end(), mark.start,
                                  [](uint32_t offset, const Span& s) { return offset < s.start; });
    const auto at = static_cast<size_t>(after - sentences.begin());
    if (at <= done) continue;
    done = at;
    const Span& sentence = sentences[at - 1];
    const Window inside = {std::max(sentence.start, window.start),
                           std::min(sentence.end, window.end)};
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

Truth Evaluation::EvalCount(const Node& node, Window window, SpanList* marks) {
  SpanList own;
  const Truth truth = Eval(rule_set_->children[node.first_child], window, &own);
  if (truth != Truth::kTrue) return truth;
  Normalize(&own);
  if (own.size() < node.amount) return Truth::kFalse;
  Append(own, marks);
  return Truth::kTrue;
}

}  // namespace breath
