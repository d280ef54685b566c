// SPDX-License-Identifier: Apache-2.0
// Judges conditions against one draft at a time. One pass finds the phrases and literals of all
// rules; each other leaf reads the draft at most once, and only when something in the draft calls
// for it and it can still change the outcome. Truth has three values: a leaf that could not be read
// is unknown, and unknown never becomes false unless the rest of the condition settles it. Tested
// by: tests/engine/condition_test.cc, and against the oracle of tests/oracle/
#ifndef BREATH_RULES_EVALUATE_H_
#define BREATH_RULES_EVALUATE_H_

#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasm/match/pattern.h"
#include "wasm/rules/compiled_rules.h"
#include "wasm/rules/reading.h"

namespace breath {

// Where a draft is written.
struct Context {
  std::string site;
  std::string surface;
  std::string audience;
  std::string lang;
  int64_t at = 0;  // seconds since 1970
  bool reply = false;
  bool media = false;
};

enum class Truth : uint8_t { kFalse, kTrue, kUnknown };

class Evaluation {
 public:
  // `rules` must outlive the evaluation.
  explicit Evaluation(const CompiledRules* rules, size_t patterns_kept = kPatternsKept);

  // Reads a draft; everything below is about this one. `context` must live as long as the calls.
  // Without End since the last draft, a text that came of it by an edit is read in less time.
  enum class Former : uint8_t { kNone, kKept };
  void Begin(std::string_view text, const Context& context, Former former);
  // Forgets the draft and overwrites what was kept of it.
  void End();

  // Calls take(rule) for each rule that may speak, each once, in no particular order. No other rule
  // can.
  template <class Take>
  void ForEachCandidate(Take take) {
    ++candidate_round_;
    for (const uint32_t trigger : fired_) {
      for (const uint32_t rule : rules_.RulesOf(trigger)) {
        if (seen_[rule] == candidate_round_) continue;
        seen_[rule] = candidate_round_;
        take(rule);
      }
    }
  }

  // The truth of the condition at `node` for the whole draft; appends what it marks when it is
  // true.
  Truth Judge(uint32_t node, SpanList* marks);
  // Why the last unknown was unknown.
  LeafResult trouble() const { return trouble_; }

  const PatternPool& patterns() const { return patterns_; }

 private:
  // The part of the draft a condition looks at: marks that start inside [start, end).
  struct Window {
    uint32_t start;
    uint32_t end;
  };
  struct Memo {
    uint32_t draft = 0;  // of which draft; others are out of date
    LeafResult result = LeafResult::kDone;
    SpanList marks;
  };

  Truth Eval(uint32_t node, Window window, SpanList* marks);
  Truth EvalLeaf(const NodeRecord& node, Window window, SpanList* marks);
  Truth EvalAny(const NodeRecord& node, Window window, SpanList* marks);
  Truth EvalAll(const NodeRecord& node, Window window, SpanList* marks);
  Truth EvalNear(const NodeRecord& node, Window window, SpanList* marks);
  Truth EvalBefore(const NodeRecord& node, Window window, SpanList* marks);
  Truth EvalSentence(const NodeRecord& node, Window window, SpanList* marks);
  Truth EvalCount(const NodeRecord& node, Window window, SpanList* marks);
  // Marks of each child; false or unknown as soon as one settles it.
  Truth CollectChildren(const NodeRecord& node, Window window, std::vector<SpanList>* lists);
  // Counts work about to be done; true, with the trouble noted, when the draft has had its share.
  bool IsTooMuchWork(uint64_t more);
  bool MayMissMatches(const NodeRecord& node);
  // The truth of a node whose matches do not suffice.
  Truth TooFew(const NodeRecord& node);
  uint32_t Child(const NodeRecord& node, uint32_t i) const {
    return rules_.children[node.children.first + i];
  }
  bool HoldsContext(const ContextRecord& test) const;
  bool IsOneOf(Run wanted, std::string_view actual) const;
  const Memo& ReadLeaf(uint32_t leaf);
  LeafResult ReadPattern(const LeafRecord& leaf, SpanList* marks);
  // Where the literals begin without which a leaf cannot match; false when that is not known.
  bool PlacesOf(const LeafRecord& leaf, bool in_raw, std::vector<uint32_t>* places);
  // False when the condition cannot hold whatever its patterns find: nothing is read for the
  // answer.
  bool MayHold(uint32_t node);
  LeafResult ReadDraft(const LeafRecord& leaf, SpanList* marks);

  const CompiledRules& rules_;
  const Context* context_ = nullptr;
  Reading reading_;
  std::vector<uint32_t> fired_;  // triggers
  std::vector<Memo> memos_;      // by leaf
  uint32_t draft_number_ = 0;
  std::vector<uint32_t> seen_;  // by rule: the last round it was a candidate in
  uint32_t candidate_round_ = 0;
  uint64_t work_ = 0;
  LeafResult trouble_ = LeafResult::kDone;
  PatternPool patterns_;
};

}  // namespace breath

#endif  // BREATH_RULES_EVALUATE_H_
