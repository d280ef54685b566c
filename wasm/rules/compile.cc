// SPDX-License-Identifier: Apache-2.0
// Behind compile.h. Tested by tests/engine/image_test.cc, and by the oracle.
#include "wasm/rules/compile.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "wasm/match/sections.h"
#include "wasm/rules/compiled_rules.h"
#include "wasm/rules/triggers.h"

namespace breath {
namespace {

constexpr double kMillion = 1e6;

class Compiler {
 public:
  explicit Compiler(const RuleSet& rule_set) : rule_set_(rule_set), triggers_(rule_set) {}

  // The highest price among a rule's patterns; 0 without one.
  uint32_t PriceOf(const Rule& rule) const {
    const uint32_t price = PriceOf(rule.when);
    return rule.unless == kNoNode ? price : std::max(price, PriceOf(rule.unless));
  }

  std::vector<uint64_t> Write() {
    ImageWriter writer;
    WriteRules(&writer);
    WriteConditions(&writer);
    triggers_.groups().Write(&writer);
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

    std::vector<std::vector<uint32_t>> rules_of(triggers_.size());
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
      Need need = triggers_.NeedOf(rule.when);
      record.text = add_text(WithCost(rule_set_.rule_texts[i], need, PriceOf(rule)));
      rules.push_back(record);
      rule_guards.insert(rule_guards.end(), rule.guards.begin(), rule.guards.end());

      if (need.is_always()) need.triggers = {triggers_.AlwaysTrigger()};
      rules_of.resize(triggers_.size());
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
                          AddStrings(pattern.cased),
                          AddStrings(pattern.also),
                          pattern.longest,
                          pattern.price,
                          static_cast<uint8_t>(pattern.raw ? 1 : 0),
                          static_cast<uint8_t>(pattern.whole_word ? 1 : 0),
                          static_cast<uint8_t>(pattern.at_start ? 1 : 0),
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
    writer->Put(section::kLeaves, triggers_.leaves());
    writer->Put(section::kReadLeaves, triggers_.read_leaves());
    writer->Put(section::kContexts, contexts);
    writer->Put(section::kPatterns, patterns);
    writer->Put(section::kSecrets, secrets);
    writer->Put(section::kLinks, links);
  }

  const RuleSet& rule_set_;
  Triggers triggers_;
  std::vector<bool> wanted_sets_;
  std::string strings_;
  std::vector<StringRef> string_refs_;
  std::map<std::string, StringRef, std::less<>> string_places_;
};

}  // namespace

std::vector<uint64_t> CompileRules(const RuleSet& rule_set) { return Compiler(rule_set).Write(); }

}  // namespace breath
