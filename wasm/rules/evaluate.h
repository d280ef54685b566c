// SPDX-License-Identifier: Apache-2.0
// Judges conditions against one draft. Each leaf reads the draft at most once per check, and only
// when it can still change the outcome. Truth has three values: a leaf that could not be read is
// unknown, and unknown never becomes false unless the rest of the condition settles it. Tested by:
// tests/engine/condition_test.cc
#ifndef BREATH_RULES_EVALUATE_H_
#define BREATH_RULES_EVALUATE_H_

#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasm/rules/rule_set.h"
#include "wasm/text/draft.h"

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

// One check of one draft. Not reusable.
class Evaluation {
 public:
  // All three must outlive the evaluation. Patterns of the rule set may be compiled on the way.
  Evaluation(RuleSet* rule_set, const Draft& draft, const Context& context);

  // The truth of the condition at `node` for the whole draft; appends what it marks when it is
  // true.
  Truth Judge(uint32_t node, SpanList* marks);
  // Why the last unknown was unknown.
  LeafResult trouble() const { return trouble_; }

 private:
  // The part of the draft a condition looks at: marks that start inside [start, end).
  struct Window {
    uint32_t start;
    uint32_t end;
  };
  struct Memo {
    bool read = false;
    LeafResult result = LeafResult::kDone;
    SpanList marks;
  };

  Truth Eval(uint32_t node, Window window, SpanList* marks);
  Truth EvalLeaf(const Node& node, Window window, SpanList* marks);
  Truth EvalAny(const Node& node, Window window, SpanList* marks);
  Truth EvalAll(const Node& node, Window window, SpanList* marks);
  Truth EvalNear(const Node& node, Window window, SpanList* marks);
  Truth EvalBefore(const Node& node, Window window, SpanList* marks);
  Truth EvalSentence(const Node& node, Window window, SpanList* marks);
  Truth EvalCount(const Node& node, Window window, SpanList* marks);
  // Marks of each child; false or unknown as soon as one settles it.
  Truth CollectChildren(const Node& node, Window window, std::vector<SpanList>* lists);
  bool HoldsContext(const ContextTest& test) const;
  const Memo& ReadLeaf(const Node& node);
  const SpanList& Phrases(uint32_t set);
  // Joins the disguised matches of a leaf to its plain ones; the draft is read for them once.
  void ReadDisguised(const Node& node, Memo* memo);

  RuleSet* rule_set_;
  const Draft& draft_;
  const Context& context_;
  std::vector<SpanList> phrases_;
  std::vector<uint32_t> overflowed_;
  bool disguised_read_ = false;
  std::vector<SpanList> disguised_;
  std::vector<uint32_t> disguised_overflowed_;
  std::vector<Memo> memos_;
  LeafResult trouble_ = LeafResult::kDone;
};

}  // namespace breath

#endif  // BREATH_RULES_EVALUATE_H_
