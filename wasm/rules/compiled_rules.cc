// SPDX-License-Identifier: Apache-2.0
// Opening an image, and whether its records can be followed blindly. Tested by
// tests/engine/image_test.cc.
#include "wasm/rules/compiled_rules.h"

#include <algorithm>

#include "wasm/match/features.h"
#include "wasm/match/sections.h"

namespace breath {
namespace {

bool Lies(Run run, uint32_t size) { return uint64_t{run.first} + run.count <= size; }
bool Lies(StringRef ref, uint32_t size) { return uint64_t{ref.first} + ref.size <= size; }

// A node's children come before it, so a condition cannot hold itself; levels[] keeps it shallow.
constexpr uint8_t kDeepest = 16;

}  // namespace

Image::Refusal CompiledRules::Open(std::vector<uint64_t> block, std::string_view key) {
  const Image::Refusal refusal = image_.Open(std::move(block), key);
  if (refusal != Image::Refusal::kNone) return refusal;
  nodes = image_.Get<NodeRecord>(section::kNodes);
  children = image_.Get<uint32_t>(section::kChildren);
  leaves = image_.Get<LeafRecord>(section::kLeaves);
  contexts = image_.Get<ContextRecord>(section::kContexts);
  patterns = image_.Get<PatternRecord>(section::kPatterns);
  secrets = image_.Get<SecretRecord>(section::kSecrets);
  links = image_.Get<LinkRecord>(section::kLinks);
  rules = image_.Get<RuleRecord>(section::kRules);
  guards = image_.Get<GuardRecord>(section::kGuards);
  rule_guards = image_.Get<uint32_t>(section::kRuleGuards);
  string_refs_ = image_.Get<StringRef>(section::kStringRefs);
  strings_ = image_.Get<char>(section::kStrings);
  trigger_first_ = image_.Get<uint32_t>(section::kTriggerFirst);
  trigger_rules_ = image_.Get<uint32_t>(section::kTriggerRules);
  texts_ = image_.Get<char>(section::kRuleTexts);
  head_ = image_.Get<char>(section::kHead);
  const bool sound = phrases.Open(image_) && literals.Open(image_) && IsSound();
  return sound ? Image::Refusal::kNone : Image::Refusal::kDamaged;
}

uint32_t CompiledRules::AlwaysTrigger() const { return FeatureTrigger(kFeatureCount); }

PatternView CompiledRules::PatternAt(uint32_t number) const {
  const PatternRecord& record = patterns[number];
  return {record.expression.In(strings_), record.longest, record.price, record.raw != 0,
          record.whole_word != 0};
}

SecretView CompiledRules::SecretAt(uint32_t number) const {
  const SecretRecord& record = secrets[number];
  return {record.shape,  Strings(record.prefixes), record.alphabet, record.min, record.max,
          record.entropy};
}

bool CompiledRules::IsSound() const {
  const uint32_t sets = phrases.sets();
  const uint32_t always = AlwaysTrigger();
  if (!AreBounds(trigger_first_, size_t{always} + 1, trigger_rules_.size) ||
      !AreBelow(trigger_rules_, rules.size) || !AreBelow(rule_guards, guards.size)) {
    return false;
  }
  std::vector<uint8_t> levels(nodes.size);
  for (uint32_t i = 0; i < nodes.size; ++i) {
    const NodeRecord& node = nodes[i];
    if (node.op > kLastOperator || !Lies(node.children, children.size)) return false;
    if (IsLeaf(node.op)) {
      if (node.leaf >= (node.op == Operator::kContext ? contexts.size : leaves.size)) return false;
      if (node.op != Operator::kContext && leaves[node.leaf].op != node.op) return false;
      levels[i] = 1;
      continue;
    }
    if (node.children.count == 0) return false;
    for (const uint32_t child : children.Part(node.children.first, node.children.count)) {
      if (child >= i || levels[child] >= kDeepest) return false;
      levels[i] = std::max<uint8_t>(levels[i], levels[child] + 1);
    }
  }
  for (const LeafRecord& leaf : leaves) {
    if (leaf.op > kLastOperator || !IsLeaf(leaf.op) || leaf.number > kLastNumberKind) return false;
    if (leaf.except != kNoSet && leaf.except >= sets) return false;
    if (leaf.trigger != kNoTrigger && leaf.trigger >= always) return false;
    const uint32_t size = leaf.op == Operator::kWords     ? sets
                          : leaf.op == Operator::kPattern ? patterns.size
                          : leaf.op == Operator::kSecret  ? secrets.size
                          : leaf.op == Operator::kLink    ? links.size
                                                          : UINT32_MAX;
    if (leaf.table >= size) return false;
  }
  auto are_strings = [this](Run run) { return Lies(run, string_refs_.size); };
  for (const StringRef& ref : string_refs_) {
    if (!Lies(ref, strings_.size)) return false;
  }
  for (const ContextRecord& record : contexts) {
    if (!are_strings(record.sites) || !are_strings(record.surfaces) ||
        !are_strings(record.audiences))
      return false;
  }
  for (const PatternRecord& record : patterns) {
    if (!Lies(record.expression, strings_.size)) return false;
  }
  for (const SecretRecord& record : secrets) {
    if (!are_strings(record.prefixes) || record.shape > SecretShape::kUrlPassword ||
        record.alphabet > Alphabet::kAny ||
        (record.shape == SecretShape::kAfter && record.cue_set >= sets))
      return false;
    for (uint32_t i = 0; i < record.prefixes.count; ++i) {
      if (Strings(record.prefixes)[i].empty()) return false;
    }
  }
  for (const LinkRecord& record : links) {
    if (!are_strings(record.hosts)) return false;
  }
  auto is_node = [this](uint32_t node) { return node < nodes.size; };
  auto may_be_node = [&](uint32_t node) { return node == kNoNode || is_node(node); };
  for (const RuleRecord& rule : rules) {
    if (!is_node(rule.when) || !may_be_node(rule.unless) || !Lies(rule.guards, rule_guards.size) ||
        rule.external_severity > Severity::kStrong || rule.internal_severity > Severity::kStrong ||
        !Lies(rule.text, texts_.size)) {
      return false;
    }
  }
  return std::all_of(guards.begin(), guards.end(), [&](const GuardRecord& guard) {
    return is_node(guard.when) && may_be_node(guard.unless) && Lies(guard.text, texts_.size);
  });
}

}  // namespace breath
