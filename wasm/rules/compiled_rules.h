// SPDX-License-Identifier: Apache-2.0
// A rule set as a check reads it: records in the sections of an image, shared read-only by any
// number of checkers. Made from a RuleSet by wasm/rules/compile.h, or opened from saved bytes,
// which are judged record by record: a check follows numbers without asking again. Tested by:
// tests/engine/image_test.cc, tests/fuzz/
#ifndef BREATH_RULES_COMPILED_RULES_H_
#define BREATH_RULES_COMPILED_RULES_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/match/features.h"
#include "wasm/match/image.h"
#include "wasm/match/literal_index.h"
#include "wasm/match/pattern.h"
#include "wasm/match/phrase_index.h"
#include "wasm/match/sealed_list.h"
#include "wasm/match/secret.h"
#include "wasm/match/see_through.h"
#include "wasm/match/slice.h"
#include "wasm/rules/rule_set.h"

namespace breath {

// A run of records of another section.
struct Run {
  uint32_t first;
  uint32_t count;
};

struct NodeRecord {
  Operator op;
  uint8_t unused[3];
  uint32_t leaf;    // leaves: into leaves; kContext: into contexts
  uint32_t amount;  // within, atLeast
  Run children;
};

// What has to be seen in a draft before a leaf can match. Numbers below the count of phrase sets
// are sets, then come groups of literals, then features. Rules have two more kinds of trigger: the
// one that always fires, and leaves that are read first.
inline constexpr uint32_t kNoTrigger = 0xFFFFFFFF;  // nothing: it may always match

// A leaf, once for all the places that ask for it.
struct LeafRecord {
  Operator op;
  NumberKind number;
  uint8_t feature;  // a draft needs this one too, or kFeatureCount
  uint8_t unused;
  uint32_t table;   // into the table of its operator; the phrase set of kWords and kDisguised
  uint32_t except;  // phrase set, or kNoSet
  uint32_t amount;  // words of shouting and longQuote; set of see_through
  uint32_t trigger;
};

struct ContextRecord {
  Run sites;  // of string refs
  Run surfaces;
  Run audiences;
  int8_t reply;
  int8_t media;
  uint8_t unused[6];
};
struct PatternRecord {
  StringRef expression;
  Run cased;  // of string refs
  Run also;
  uint32_t longest;
  uint32_t price;
  uint8_t raw;
  uint8_t whole_word;
  uint8_t at_start;
  uint8_t unused;
};
struct SecretRecord {
  double entropy;
  Run prefixes;
  uint32_t cue_set;
  uint32_t min;
  uint32_t max;
  SecretShape shape;
  Alphabet alphabet;
  uint8_t unused[2];
};
struct LinkRecord {
  Run hosts;  // sorted
  uint32_t any;
};
struct RuleRecord {
  int64_t from;
  int64_t until;
  uint32_t when;
  uint32_t unless;
  Run guards;
  uint32_t id_rank;  // the place of its id among the ids
  uint8_t external;
  uint8_t internal;
  Severity external_severity;
  Severity internal_severity;
  StringRef text;  // its description as JSON
};
struct GuardRecord {
  uint32_t when;
  uint32_t unless;
  StringRef text;
};

class CompiledRules {
 public:
  // Takes over the bytes of an image. kDamaged also when its records contradict each other. After a
  // refusal nothing of it may be read.
  Image::Refusal Open(std::vector<uint64_t> block, std::string_view key);

  const Image& image() const { return image_; }

  Slice<NodeRecord> nodes;
  Slice<uint32_t> children;
  Slice<LeafRecord> leaves;
  // Leaves that many rules share and that are quick to read: they are read first, and their rules
  // are not looked at when they have no match.
  Slice<uint32_t> read_leaves;
  Slice<ContextRecord> contexts;
  Slice<PatternRecord> patterns;
  Slice<SecretRecord> secrets;
  Slice<LinkRecord> links;
  Slice<RuleRecord> rules;
  Slice<GuardRecord> guards;
  Slice<uint32_t> rule_guards;
  PhraseIndex phrases;
  LiteralIndex literals;
  SeeThroughView see_through;
  SealedView sealed;

  // The rules that a trigger may make speak.
  Slice<uint32_t> RulesOf(uint32_t trigger) const {
    return trigger_rules_.Part(trigger_first_[trigger],
                               trigger_first_[trigger + 1] - trigger_first_[trigger]);
  }
  uint32_t GroupTrigger(uint32_t group) const { return phrases.sets() + group; }
  // The group of literals that is a trigger, if it is one.
  bool IsGroup(uint32_t trigger) const {
    return trigger >= phrases.sets() && trigger - phrases.sets() < literals.groups();
  }
  uint32_t FeatureTrigger(uint32_t feature) const {
    return phrases.sets() + literals.groups() + feature;
  }
  uint32_t AlwaysTrigger() const;
  // What the leaf read_leaves[i] fires when it has matches, or cannot tell.
  uint32_t ReadTrigger(uint32_t i) const { return AlwaysTrigger() + 1 + i; }

  StringList Strings(Run run) const { return {string_refs_.Part(run.first, run.count), strings_}; }
  PatternView PatternAt(uint32_t number) const;
  SecretView SecretAt(uint32_t number) const;

  // Descriptions for people, as JSON: of the rule set without its rules, of a rule, of a guard.
  std::string_view head() const { return {head_.data, head_.size}; }
  std::string_view TextOf(const RuleRecord& rule) const { return rule.text.In(texts_); }
  std::string_view TextOf(const GuardRecord& guard) const { return guard.text.In(texts_); }

 private:
  bool IsSound() const;

  Image image_;
  Slice<StringRef> string_refs_;
  Slice<char> strings_;
  Slice<uint32_t> trigger_first_;
  Slice<uint32_t> trigger_rules_;
  Slice<char> texts_;
  Slice<char> head_;
};

}  // namespace breath

#endif  // BREATH_RULES_COMPILED_RULES_H_
