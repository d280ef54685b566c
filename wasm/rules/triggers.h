// SPDX-License-Identifier: Apache-2.0
// What has to be seen in a draft before a leaf can match and a rule is worth judging, told from the
// rules alone when they are compiled. Tested by: tests/engine/image_test.cc, and by the oracle.
#ifndef BREATH_RULES_TRIGGERS_H_
#define BREATH_RULES_TRIGGERS_H_

#include <stdint.h>

#include <map>
#include <string>
#include <vector>

#include "wasm/match/literal_groups.h"
#include "wasm/rules/compiled_rules.h"
#include "wasm/rules/rule_set.h"

namespace breath {

// What has to be seen before a condition can be true: one of the triggers.
struct Need {
  static constexpr double kAlways = 2;
  double frequency = kAlways;  // about, per byte of ordinary text
  std::vector<uint32_t> triggers;
  bool is_always() const { return frequency >= kAlways; }
};

class Triggers {
 public:
  // `rule_set` must outlive the triggers.
  explicit Triggers(const RuleSet& rule_set);

  // Of the condition at a node. What is asked for may add to read_leaves.
  Need NeedOf(uint32_t node);
  uint32_t AlwaysTrigger() const;
  // All there are by now.
  uint32_t size() const { return AlwaysTrigger() + 1 + static_cast<uint32_t>(read_leaves_.size()); }

  const std::vector<LeafRecord>& leaves() const { return leaves_; }
  const std::vector<uint32_t>& read_leaves() const { return read_leaves_; }
  const LiteralGroups& groups() const { return groups_; }

 private:
  uint32_t sets() const { return rule_set_.phrases.sets(); }
  void AddLeaves();
  uint32_t AddGroup(const std::vector<std::string>& literals, LiteralView view);
  uint32_t TriggerOf(const Secret& secret);
  // What makes a rule that needs this leaf a candidate.
  uint32_t RuleTriggerOf(const LeafRecord& leaf, uint32_t number);
  double FrequencyOf(uint32_t trigger);

  const RuleSet& rule_set_;
  std::vector<LeafRecord> leaves_;
  std::vector<uint32_t> read_leaves_;
  std::map<uint32_t, uint32_t> read_order_;  // by leaf: its place in read_leaves_
  LiteralGroups groups_;
  std::vector<double> set_frequency_;  // below 0: not known yet
  std::vector<double> group_frequency_;
};

}  // namespace breath

#endif  // BREATH_RULES_TRIGGERS_H_
