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
  for (uint32_t i = 0; i < rules_.read_leaves.size; ++i) {
    const uint32_t leaf = rules_.read_leaves[i];
    if (!reading_.IsPossible(rules_.leaves[leaf])) continue;
    const Memo& memo = ReadLeaf(leaf);
    if (!memo.marks.empty() || memo.result != LeafResult::kDone) {
      fired_.push_back(rules_.ReadTrigger(i));
    }
  }
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

bool Evaluation::PlacesOf(const LeafRecord& leaf, bool in_raw, std::vector<uint32_t>* places) {
  if (!rules_.IsGroup(leaf.trigger) || !reading_.literals().has_all_places) return false;
  *places = reading_.PlacesOf(leaf.trigger - rules_.phrases.sets());
  if (in_raw && !rules_.literals.NeedsLowered(reading_.draft().is_ascii())) {
    // They are places of the folded view, and a unit of an ASCII draft is a byte of it.
    for (uint32_t& place : *places)
      place = reading_.draft().folded().map.ToSource(place, place + 1).start;
  }
  return true;
}

LeafResult Evaluation::ReadPattern(const LeafRecord& leaf, SpanList* marks) {
  const PatternView pattern = rules_.PatternAt(leaf.table);
  std::vector<uint32_t> places;
  const bool are_known = PlacesOf(leaf, pattern.raw, &places);
  return patterns_.Find(leaf.table, pattern, reading_.draft(), are_known ? &places : nullptr,
                        kMostMatches, marks);
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
      std::vector<uint32_t> places;
      const bool are_known = secret.shape == SecretShape::kPrefix && PlacesOf(leaf, true, &places);
      return FindSecrets(reading_.draft(), secret, cues, are_known ? &places : nullptr,
                         kMostMatches, marks);
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
