// SPDX-License-Identifier: Apache-2.0
// Behind triggers.h. Tested by tests/engine/image_test.cc, and by the oracle.
#include "wasm/rules/triggers.h"

#include <algorithm>

#include "wasm/match/ascii.h"
#include "wasm/match/features.h"

namespace breath {
namespace {

// About how often a byte of ordinary writing brings a feature into a draft; only their order
// matters.
constexpr double kFeatureFrequency[kFeatureCount] = {0.0008, 0.004,  0.002,  0.0004, 0.0002,
                                                     0.0004, 0.0001, 0.001,  0.003,  0.005,
                                                     0.002,  0.0004, 0.0002, 0.0004, 0.0001};

Feature FeatureOf(NumberKind kind) {
  switch (kind) {
    case NumberKind::kCard:
      return kHasTwelveDigits;
    case NumberKind::kSsn:
    case NumberKind::kNhs:
      return kHasNineDigits;
    case NumberKind::kPhone:
    case NumberKind::kNino:
      return kHasFourDigits;
    case NumberKind::kIp:
      return kHasAddress;
    case NumberKind::kEmail:
      return kHasAt;
    case NumberKind::kIban:
      return kHasTwoDigits;
  }
  return kHasTwoDigits;
}

// The rarest feature a draft needs for a pattern to match, or kFeatureCount.
Feature FeatureOf(const PatternSource& pattern) {
  if (pattern.digits >= 12) return pattern.raw ? kHasTwelveDigits : kFoldedTwelveDigits;
  if (pattern.run >= kLongerRun) return pattern.raw ? kHasLongerRun : kFoldedLongerRun;
  if (pattern.run >= kLongRun) return pattern.raw ? kHasLongRun : kFoldedLongRun;
  if (pattern.digits >= 9) return pattern.raw ? kHasNineDigits : kFoldedNineDigits;
  if (pattern.digits >= 4) return pattern.raw ? kHasFourDigits : kFoldedFourDigits;
  return kFeatureCount;
}

}  // namespace

Triggers::Triggers(const RuleSet& rule_set) : rule_set_(rule_set) {
  set_frequency_.resize(rule_set.phrases.sets(), -1);
  AddLeaves();
}

uint32_t Triggers::AlwaysTrigger() const { return sets() + groups_.size() + kFeatureCount; }

Need Triggers::NeedOf(uint32_t index) {
  const Node& node = rule_set_.nodes[index];
  switch (node.op) {
    case Operator::kContext:
    case Operator::kNone:
      return {};
    case Operator::kAny: {
      Need sum = {0, {}};
      for (uint32_t i = 0; i < node.child_count; ++i) {
        Need child = NeedOf(rule_set_.children[node.first_child + i]);
        if (child.is_always()) return child;
        sum.frequency = std::min(sum.frequency + child.frequency, 1.0);
        sum.triggers.insert(sum.triggers.end(), child.triggers.begin(), child.triggers.end());
      }
      return sum;
    }
    case Operator::kAll:
    case Operator::kNear:
    case Operator::kBefore:
    case Operator::kSentence:
    case Operator::kCount: {
      Need best;
      for (uint32_t i = 0; i < node.child_count; ++i) {
        Need child = NeedOf(rule_set_.children[node.first_child + i]);
        if (child.frequency < best.frequency) best = std::move(child);
      }
      return best;
    }
    default: {
      const LeafRecord& leaf = leaves_[node.memo];
      if (leaf.trigger == kNoTrigger) return {};
      return {FrequencyOf(leaf.trigger), {RuleTriggerOf(leaf, node.memo)}};
    }
  }
}

uint32_t Triggers::RuleTriggerOf(const LeafRecord& leaf, uint32_t number) {
  switch (leaf.op) {
    case Operator::kNumber:
    case Operator::kMention:
    case Operator::kShouting:
    case Operator::kLongQuote: {
      const auto [known, is_new] =
          read_order_.emplace(number, static_cast<uint32_t>(read_leaves_.size()));
      if (is_new) read_leaves_.push_back(number);
      return AlwaysTrigger() + 1 + known->second;
    }
    default:
      return leaf.trigger;
  }
}

double Triggers::FrequencyOf(uint32_t trigger) {
  if (trigger < sets()) {
    double& known = set_frequency_[trigger];
    if (known < 0) known = rule_set_.phrases.ExpectedFrequencyOf(trigger);
    return std::min(known, 1.0);
  }
  if (trigger < sets() + groups_.size()) return std::min(group_frequency_[trigger - sets()], 1.0);
  return kFeatureFrequency[trigger - sets() - groups_.size()];
}

uint32_t Triggers::AddGroup(const std::vector<std::string>& literals, LiteralView view) {
  group_frequency_.push_back(LiteralGroups::ExpectedFrequencyOf(literals));
  return sets() + groups_.Add(literals, view);
}

// Features follow the groups, so their triggers are known only when every group is.
void Triggers::AddLeaves() {
  leaves_.resize(rule_set_.memo_slots);
  std::vector<uint8_t> feature(rule_set_.memo_slots, kFeatureCount);
  std::vector<bool> done(rule_set_.memo_slots);
  for (const Node& node : rule_set_.nodes) {
    if (!IsLeaf(node.op) || node.op == Operator::kContext || done[node.memo]) continue;
    done[node.memo] = true;
    LeafRecord& leaf = leaves_[node.memo];
    leaf = {node.op,   node.number, kFeatureCount, 0,
            node.leaf, node.except, node.amount,   kNoTrigger};
    switch (node.op) {
      case Operator::kWords:
      case Operator::kDisguised:  // what disguises them fires the same trigger
        leaf.trigger = node.leaf;
        break;
      case Operator::kPattern: {
        const PatternSource& pattern = rule_set_.patterns[node.leaf];
        const Feature needed = FeatureOf(pattern);
        // Each literal costs room, as in RequiredLiterals.
        const double often = LiteralGroups::ExpectedFrequencyOf(pattern.required) *
                             static_cast<double>(pattern.required.size());
        if (!pattern.required.empty() &&
            (needed == kFeatureCount || often <= kFeatureFrequency[needed])) {
          leaf.trigger = AddGroup(pattern.required, pattern.raw ? kLoweredLiteral : kFoldedLiteral);
          leaf.feature = static_cast<uint8_t>(needed);
        } else {
          feature[node.memo] = static_cast<uint8_t>(needed);
        }
        break;
      }
      case Operator::kNumber:
        feature[node.memo] = static_cast<uint8_t>(FeatureOf(node.number));
        break;
      case Operator::kSecret:
        leaf.trigger = TriggerOf(rule_set_.secrets[node.leaf]);
        break;
      case Operator::kLink: {
        const Link& link = rule_set_.links[node.leaf];
        std::vector<std::string> literals = link.hosts;
        if (link.any) literals = {"://", "www."};
        leaf.trigger = AddGroup(literals, kFoldedLiteral);
        break;
      }
      case Operator::kMention:
        feature[node.memo] = kHasAt;
        break;
      case Operator::kShouting:
        feature[node.memo] = kHasCapitals;
        break;
      case Operator::kLongQuote:
        feature[node.memo] = kHasQuote;
        break;
      default:
        break;
    }
  }
  for (size_t i = 0; i < leaves_.size(); ++i) {
    if (feature[i] < kFeatureCount) leaves_[i].trigger = sets() + groups_.size() + feature[i];
  }
}

uint32_t Triggers::TriggerOf(const Secret& secret) {
  switch (secret.shape) {
    case SecretShape::kPrefix: {
      std::vector<std::string> prefixes;
      for (const std::string& prefix : secret.prefixes) prefixes.push_back(Lowered(prefix));
      return AddGroup(prefixes, kLoweredLiteral);
    }
    case SecretShape::kAfter:
      return secret.cue_set;
    case SecretShape::kJwt:
      return AddGroup({"eyj"}, kLoweredLiteral);
    case SecretShape::kPrivateKey:
      return AddGroup({"----"}, kLoweredLiteral);
    case SecretShape::kUrlPassword:
      return AddGroup({"://"}, kLoweredLiteral);
  }
  return kNoTrigger;
}

}  // namespace breath
