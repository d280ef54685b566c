// SPDX-License-Identifier: Apache-2.0
// Behind compile.h. Tested by tests/engine/image_test.cc, and by the oracle.
#include "wasm/rules/compile.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "wasm/match/ascii.h"
#include "wasm/match/features.h"
#include "wasm/match/literal_index.h"
#include "wasm/match/sections.h"
#include "wasm/rules/compiled_rules.h"

namespace breath {
namespace {

// About how often a byte of ordinary writing brings a feature into a draft; only their order
// matters.
constexpr double kFeatureFrequency[kFeatureCount] = {0.0008, 0.004,  0.002,  0.0004, 0.0002,
                                                     0.0004, 0.0001, 0.001,  0.003,  0.005,
                                                     0.002,  0.0004, 0.0002, 0.0004, 0.0001};
constexpr double kAlways = 2;
constexpr double kMillion = 1e6;

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

// What has to be seen before a condition can be true: one of the triggers.
struct Need {
  double frequency = kAlways;
  std::vector<uint32_t> triggers;
  bool is_always() const { return frequency >= kAlways; }
};

class Compiler {
 public:
  explicit Compiler(const RuleSet& rule_set) : rule_set_(rule_set) {
    set_frequency_.resize(rule_set.phrases.sets(), -1);
    AddLeaves();
  }

  Need NeedOf(uint32_t index) {
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
        const uint32_t trigger = leaves_[node.memo].trigger;
        if (trigger == kNoTrigger) return {};
        return {FrequencyOf(trigger), {trigger}};
      }
    }
  }

  // The highest price among a rule's patterns; 0 without one.
  uint32_t PriceOf(const Rule& rule) const {
    const uint32_t price = PriceOf(rule.when);
    return rule.unless == kNoNode ? price : std::max(price, PriceOf(rule.unless));
  }

  std::vector<uint64_t> Write() {
    ImageWriter writer;
    WriteRules(&writer);
    WriteConditions(&writer);
    groups_.Write(&writer);
    rule_set_.phrases.Write(wanted_sets_, &writer);
    rule_set_.see_through.Write(&writer);
    rule_set_.sealed.Write(&writer);
    writer.Put(section::kStringRefs, string_refs_);
    writer.Put(section::kStrings, std::string_view(strings_));
    return writer.Finish();
  }

 private:
  uint32_t sets() const { return rule_set_.phrases.sets(); }

  uint32_t PriceOf(uint32_t index) const {
    const Node& node = rule_set_.nodes[index];
    if (node.op == Operator::kPattern) return rule_set_.patterns[node.leaf].price;
    uint32_t price = 0;
    for (uint32_t i = 0; i < node.child_count; ++i) {
      price = std::max(price, PriceOf(rule_set_.children[node.first_child + i]));
    }
    return price;
  }

  // The description of a rule with what it costs, for authors: how often in a million characters of
  // ordinary writing there is cause to judge it, and the price of its dearest pattern.
  static std::string WithCost(const std::string& text, const Need& need, uint32_t price) {
    const double calls = need.is_always() ? kMillion : std::min(need.frequency, 1.0) * kMillion;
    return text.substr(0, text.size() - 1) +
           ",\"callsPerMillion\":" + std::to_string(static_cast<uint32_t>(calls)) +
           ",\"patternPrice\":" + std::to_string(price) + "}";
  }

  double FrequencyOf(uint32_t trigger) {
    if (trigger < sets()) {
      double& known = set_frequency_[trigger];
      if (known < 0) known = rule_set_.phrases.ExpectedFrequencyOf(trigger);
      return std::min(known, 1.0);
    }
    if (trigger < sets() + groups_.size()) return std::min(group_frequency_[trigger - sets()], 1.0);
    return kFeatureFrequency[trigger - sets() - groups_.size()];
  }

  uint32_t AddGroup(const std::vector<std::string>& literals, LiteralView view) {
    group_frequency_.push_back(LiteralGroups::ExpectedFrequencyOf(literals));
    return sets() + groups_.Add(literals, view);
  }

  // Features follow the groups, so their triggers are known only when every group is.
  void AddLeaves() {
    leaves_.resize(rule_set_.memo_slots);
    std::vector<uint8_t> feature(rule_set_.memo_slots, kFeatureCount);
    std::vector<bool> done(rule_set_.memo_slots);
    for (const Node& node : rule_set_.nodes) {
      if (!IsLeaf(node.op) || node.op == Operator::kContext || done[node.memo]) continue;
      done[node.memo] = true;
      LeafRecord& leaf = leaves_[node.memo];
      leaf = {node.op, node.number, {}, node.leaf, node.except, node.amount, kNoTrigger};
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
            leaf.trigger =
                AddGroup(pattern.required, pattern.raw ? kLoweredLiteral : kFoldedLiteral);
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

  uint32_t TriggerOf(const Secret& secret) {
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

  StringRef AddString(std::string_view text) {
    const auto known = string_places_.find(text);
    if (known != string_places_.end()) return known->second;
    const StringRef ref = {static_cast<uint32_t>(strings_.size()),
                           static_cast<uint32_t>(text.size())};
    strings_ += text;
    string_places_.emplace(text, ref);
    return ref;
  }
  Run AddStrings(const std::vector<std::string>& strings) {
    const Run run = {static_cast<uint32_t>(string_refs_.size()),
                     static_cast<uint32_t>(strings.size())};
    for (const std::string& one : strings) string_refs_.push_back(AddString(one));
    return run;
  }

  void WriteRules(ImageWriter* writer) {
    std::vector<uint32_t> order(rule_set_.rules.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
      return rule_set_.rules[a].id < rule_set_.rules[b].id;
    });
    std::vector<uint32_t> rank(order.size());
    for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;

    const uint32_t always = sets() + groups_.size() + kFeatureCount;
    std::vector<std::vector<uint32_t>> rules_of(always + 1);
    wanted_sets_.assign(sets(), false);
    std::vector<RuleRecord> rules;
    std::vector<GuardRecord> guards;
    std::vector<uint32_t> rule_guards;
    std::string texts;
    auto add_text = [&texts](const std::string& text) {
      const StringRef ref = {static_cast<uint32_t>(texts.size()),
                             static_cast<uint32_t>(text.size())};
      texts += text;
      return ref;
    };
    for (uint32_t i = 0; i < rule_set_.rules.size(); ++i) {
      const Rule& rule = rule_set_.rules[i];
      RuleRecord record = {};
      record.from = rule.from;
      record.until = rule.until;
      record.when = rule.when;
      record.unless = rule.unless;
      record.guards = {static_cast<uint32_t>(rule_guards.size()),
                       static_cast<uint32_t>(rule.guards.size())};
      record.id_rank = rank[i];
      record.external = rule.external ? 1 : 0;
      record.internal = rule.internal ? 1 : 0;
      record.external_severity = rule.external_severity;
      record.internal_severity = rule.internal_severity;
      Need need = NeedOf(rule.when);
      record.text = add_text(WithCost(rule_set_.rule_texts[i], need, PriceOf(rule)));
      rules.push_back(record);
      rule_guards.insert(rule_guards.end(), rule.guards.begin(), rule.guards.end());

      if (need.is_always()) need.triggers = {always};
      std::sort(need.triggers.begin(), need.triggers.end());
      need.triggers.erase(std::unique(need.triggers.begin(), need.triggers.end()),
                          need.triggers.end());
      for (const uint32_t trigger : need.triggers) {
        rules_of[trigger].push_back(i);
        if (trigger < sets()) wanted_sets_[trigger] = true;
      }
    }
    for (uint32_t i = 0; i < rule_set_.guards.size(); ++i) {
      const Guard& guard = rule_set_.guards[i];
      guards.push_back({guard.when, guard.unless, add_text(rule_set_.guard_texts[i])});
    }
    std::vector<uint32_t> trigger_first = {0};
    std::vector<uint32_t> trigger_rules;
    for (const std::vector<uint32_t>& some : rules_of) {
      trigger_rules.insert(trigger_rules.end(), some.begin(), some.end());
      trigger_first.push_back(static_cast<uint32_t>(trigger_rules.size()));
    }
    writer->Put(section::kRules, rules);
    writer->Put(section::kGuards, guards);
    writer->Put(section::kRuleGuards, rule_guards);
    writer->Put(section::kTriggerFirst, trigger_first);
    writer->Put(section::kTriggerRules, trigger_rules);
    writer->Put(section::kRuleTexts, std::string_view(texts));
    writer->Put(section::kHead, std::string_view(rule_set_.head));
  }

  void WriteConditions(ImageWriter* writer) {
    std::vector<NodeRecord> nodes;
    for (const Node& node : rule_set_.nodes) {
      const bool reads_memo = IsLeaf(node.op) && node.op != Operator::kContext;
      nodes.push_back({node.op,
                       {},
                       reads_memo ? node.memo : node.leaf,
                       node.amount,
                       {node.first_child, node.child_count}});
    }
    std::vector<ContextRecord> contexts;
    for (const ContextTest& test : rule_set_.contexts) {
      contexts.push_back({AddStrings(test.sites),
                          AddStrings(test.surfaces),
                          AddStrings(test.audiences),
                          test.reply,
                          test.media,
                          {}});
    }
    std::vector<PatternRecord> patterns;
    for (const PatternSource& pattern : rule_set_.patterns) {
      patterns.push_back({AddString(pattern.expression),
                          pattern.longest,
                          pattern.price,
                          static_cast<uint8_t>(pattern.raw ? 1 : 0),
                          static_cast<uint8_t>(pattern.whole_word ? 1 : 0),
                          {}});
    }
    std::vector<SecretRecord> secrets;
    for (const Secret& secret : rule_set_.secrets) {
      secrets.push_back({secret.entropy,
                         AddStrings(secret.prefixes),
                         secret.cue_set,
                         secret.min,
                         secret.max,
                         secret.shape,
                         secret.alphabet,
                         {}});
    }
    std::vector<LinkRecord> links;
    for (const Link& link : rule_set_.links) {
      std::vector<std::string> hosts = link.hosts;
      std::sort(hosts.begin(), hosts.end());
      links.push_back({AddStrings(hosts), link.any ? 1U : 0U});
    }
    writer->Put(section::kNodes, nodes);
    writer->Put(section::kChildren, rule_set_.children);
    writer->Put(section::kLeaves, leaves_);
    writer->Put(section::kContexts, contexts);
    writer->Put(section::kPatterns, patterns);
    writer->Put(section::kSecrets, secrets);
    writer->Put(section::kLinks, links);
  }

  const RuleSet& rule_set_;
  std::vector<LeafRecord> leaves_;
  LiteralGroups groups_;
  std::vector<double> set_frequency_;  // below 0: not known yet
  std::vector<double> group_frequency_;
  std::vector<bool> wanted_sets_;
  std::string strings_;
  std::vector<StringRef> string_refs_;
  std::map<std::string, StringRef, std::less<>> string_places_;
};

}  // namespace

std::vector<uint64_t> CompileRules(const RuleSet& rule_set) { return Compiler(rule_set).Write(); }

}  // namespace breath
