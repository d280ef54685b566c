// SPDX-License-Identifier: Apache-2.0
// Opening an image, and whether its records can be followed blindly. Tested by
// tests/engine/image_test.cc.
#include "wasm/rules/compiled_rules.h"

#include <algorithm>

#include "wasm/match/sections.h"

namespace breath {
namespace {

bool Lies(StringRef ref, uint32_t size) { return uint64_t{ref.first} + ref.size <= size; }

// The runs of one section. Each record of it is in one run at most, so together they are no longer
// than the section: what follows them all takes no longer than the image is large.
class Runs {
 public:
  explicit Runs(uint32_t size) : size_(size) {}
  bool Take(Run run) {
    taken_ += run.count;
    return uint64_t{run.first} + run.count <= size_ && taken_ <= size_;
  }

 private:
  uint32_t size_;
  uint64_t taken_ = 0;
};

// A node's children come before it, so a condition cannot hold itself; levels[] keeps it shallow.
constexpr uint8_t kDeepest = 16;

}  // namespace

Image::Refusal CompiledRules::Open(std::vector<uint64_t> block, std::string_view key) {
  const Image::Refusal refusal = image_.Open(std::move(block), key);
  if (refusal != Image::Refusal::kNone) return refusal;
  nodes = image_.Get<NodeRecord>(section::kNodes);
  children = image_.Get<uint32_t>(section::kChildren);
  leaves = image_.Get<LeafRecord>(section::kLeaves);
  read_leaves = image_.Get<uint32_t>(section::kReadLeaves);
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
  const bool sound = phrases.Open(image_) && literals.Open(image_) && see_through.Open(image_) &&
                     sealed.Open(image_) && IsSound();
  return sound ? Image::Refusal::kNone : Image::Refusal::kDamaged;
}

uint32_t CompiledRules::AlwaysTrigger() const { return FeatureTrigger(kFeatureCount); }

PatternView CompiledRules::PatternAt(uint32_t number) const {
  const PatternRecord& record = patterns[number];
  return {record.expression.In(strings_),
          Strings(record.cased),
          Strings(record.also),
          record.longest,
          record.price,
          record.raw != 0,
          record.whole_word != 0,
          record.at_start != 0};
}

SecretView CompiledRules::SecretAt(uint32_t number) const {
  const SecretRecord& record = secrets[number];
  return {record.shape,  Strings(record.prefixes), record.alphabet, record.min, record.max,
          record.entropy};
}

bool CompiledRules::IsSound() const {
  const uint32_t sets = phrases.sets();
  const uint64_t always = uint64_t{sets} + literals.groups() + kFeatureCount;
  if (!AreBounds(trigger_first_, always + 1 + read_leaves.size, trigger_rules_.size) ||
      !AreBelow(read_leaves, leaves.size) || !AreBelow(trigger_rules_, rules.size) ||
      !AreBelow(rule_guards, guards.size) || head_.empty() || head_[head_.size - 1] != '}') {
    return false;
  }
  if (!AreBelow(see_through.phrase_sets, sets)) return false;
  Runs child_runs(children.size);
  std::vector<uint8_t> levels(nodes.size);
  for (uint32_t i = 0; i < nodes.size; ++i) {
    const NodeRecord& node = nodes[i];
    if (node.op > kLastOperator || !child_runs.Take(node.children)) return false;
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
    if (leaf.feature > kFeatureCount) return false;
    const uint32_t size = leaf.op == Operator::kWords       ? sets
                          : leaf.op == Operator::kDisguised ? sets
                          : leaf.op == Operator::kSealed    ? sealed.sets.size
                          : leaf.op == Operator::kPattern   ? patterns.size
                          : leaf.op == Operator::kSecret    ? secrets.size
                          : leaf.op == Operator::kLink      ? links.size
                                                            : UINT32_MAX;
    if (leaf.table >= size) return false;
    if (leaf.op == Operator::kDisguised && leaf.amount >= see_through.sets) return false;
  }
  Runs string_runs(string_refs_.size);
  for (const StringRef& ref : string_refs_) {
    if (!Lies(ref, strings_.size)) return false;
  }
  for (const ContextRecord& record : contexts) {
    if (!string_runs.Take(record.sites) || !string_runs.Take(record.surfaces) ||
        !string_runs.Take(record.audiences))
      return false;
  }
  for (const PatternRecord& record : patterns) {
    if (!Lies(record.expression, strings_.size) || !string_runs.Take(record.cased) ||
        !string_runs.Take(record.also))
      return false;
  }
  for (const SecretRecord& record : secrets) {
    if (!string_runs.Take(record.prefixes) || record.shape > SecretShape::kUrlPassword ||
        record.alphabet > Alphabet::kAny ||
        (record.shape == SecretShape::kAfter && record.cue_set >= sets))
      return false;
    for (uint32_t i = 0; i < record.prefixes.count; ++i) {
      if (Strings(record.prefixes)[i].empty()) return false;
    }
  }
  for (const LinkRecord& record : links) {
    if (!string_runs.Take(record.hosts)) return false;
  }
  Runs guard_runs(rule_guards.size);
  Runs text_runs(texts_.size);
  auto is_node = [this](uint32_t node) { return node < nodes.size; };
  auto may_be_node = [&](uint32_t node) { return node == kNoNode || is_node(node); };
  for (const RuleRecord& rule : rules) {
    if (!is_node(rule.when) || !may_be_node(rule.unless) || !guard_runs.Take(rule.guards) ||
        rule.external_severity > Severity::kStrong || rule.internal_severity > Severity::kStrong ||
        !text_runs.Take({rule.text.first, rule.text.size})) {
      return false;
    }
  }
  return std::all_of(guards.begin(), guards.end(), [&](const GuardRecord& guard) {
    return is_node(guard.when) && may_be_node(guard.unless) &&
           text_runs.Take({guard.text.first, guard.text.size});
  });
}

}  // namespace breath
