// SPDX-License-Identifier: Apache-2.0
// A rule set as wasm/bundle reads it: rules and guards over one flat array of condition nodes. No
// check reads it: wasm/rules/compile.h makes an image of it. It holds no draft. Tested by:
// tests/engine/bundle_test.cc
#ifndef BREATH_RULES_RULE_SET_H_
#define BREATH_RULES_RULE_SET_H_

#include <stdint.h>

#include <string>
#include <vector>

#include "wasm/match/number.h"
#include "wasm/match/pattern.h"
#include "wasm/match/phrase_sets.h"
#include "wasm/match/secret.h"
#include "wasm/match/token.h"

namespace breath {

enum class Severity : uint8_t { kNote, kPause, kStrong };

enum class Operator : uint8_t {
  // Leaves. kWords stands for `words` and `list`: both are phrase sets.
  kWords,
  kPattern,
  kNumber,
  kSecret,
  kLink,
  kMention,
  kShouting,
  kContext,
  // Combinations. `use` is resolved when a bundle is read and leaves no node.
  kAny,
  kAll,
  kNone,
  kNear,
  kBefore,
  kSentence,
  kCount,
};
inline constexpr Operator kLastOperator = Operator::kCount;
inline bool IsLeaf(Operator op) { return op < Operator::kAny; }

inline constexpr uint32_t kNoSet = 0xFFFFFFFF;

// One node of a condition.
struct Node {
  Operator op = Operator::kAll;
  NumberKind number = NumberKind::kCard;
  uint32_t leaf = 0;         // index into the table of its operator; the phrase set for kWords
  uint32_t except = kNoSet;  // phrase set whose matches spoil overlapping ones
  uint32_t amount = 0;       // within, atLeast, or the words of shouting
  uint32_t first_child = 0;  // into RuleSet::children
  uint32_t child_count = 0;
  uint32_t memo = 0;  // number of the leaf; equal leaves share one
};

// Values of `context`; empty and negative mean "any".
struct ContextTest {
  std::vector<std::string> sites;
  std::vector<std::string> surfaces;
  std::vector<std::string> audiences;
  int8_t reply = -1;
  int8_t media = -1;
};

struct Guideline {
  std::string title;
  std::string url;
};

struct Say {
  std::string language;
  std::string notice;
  std::string why;
  std::string instead;
  std::string ask;
};

inline constexpr uint32_t kNoNode = 0xFFFFFFFF;
inline constexpr int64_t kNoTime = INT64_MIN;

struct Guard {
  std::string id;
  std::string title;
  uint32_t when = kNoNode;
  uint32_t unless = kNoNode;
};

struct Rule {
  std::string id;
  std::string title;
  std::string owner;
  std::string purpose;
  std::string group;
  Guideline guideline;
  std::string review_by;
  std::vector<Say> say;
  bool external = false;
  bool internal = false;
  Severity external_severity = Severity::kNote;
  Severity internal_severity = Severity::kNote;
  int64_t from = kNoTime;   // seconds since 1970, included
  int64_t until = kNoTime;  // not included
  std::vector<uint32_t> guards;
  uint32_t when = kNoNode;
  uint32_t unless = kNoNode;
};

struct RuleSet {
  std::string name;
  int64_t version = 0;
  std::string issued;
  std::vector<std::string> languages;

  std::vector<Rule> rules;
  std::vector<Guard> guards;

  std::vector<Node> nodes;
  std::vector<uint32_t> children;
  uint32_t memo_slots = 0;  // leaves

  PhraseSets phrases;
  std::vector<PatternSource> patterns;
  std::vector<Secret> secrets;
  std::vector<Link> links;
  std::vector<ContextTest> contexts;

  // Descriptions for people, as JSON: of the rule set, of each rule, of each guard.
  std::string head;
  std::vector<std::string> rule_texts;
  std::vector<std::string> guard_texts;
};

}  // namespace breath

#endif  // BREATH_RULES_RULE_SET_H_
