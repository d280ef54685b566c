// SPDX-License-Identifier: Apache-2.0
// Tests wasm/rules/compiled_rules against images that no damage makes: the hash is right, the
// records are not. Each is refused, or can be followed without a step outside; under the preset
// `asan` a step outside ends the run. tests/fuzz/image_fuzzer.cc looks further.
#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "tests/engine/compiled.h"
#include "tests/engine/forged.h"
#include "tests/engine/rich_bundle.h"
#include "wasm/match/features.h"
#include "wasm/match/sections.h"

namespace breath {
namespace {

using testing::Forgery;
using PhraseInfo = phrase_tables::Info;
using PhraseEntry = phrase_tables::Entry;
using LiteralInfo = literal_tables::Info;
using LiteralEntry = literal_tables::Entry;

constexpr uint32_t kFar = 0xFFFFFFF0;
constexpr uint32_t kMost = 0xFFFFFFFF;

Image::Refusal Open(const Forgery& forgery, CompiledRules* rules) {
  return rules->Open(forgery.Written(), "");
}

// Reads all a host could ask for.
void Follow(const CompiledRules& rules) {
  Checker checker(&rules);
  Context context;
  context.site = "x";
  context.surface = "post";
  context.audience = "external";
  for (const std::string& draft : testing::RichDrafts()) {
    checker.Check(draft, context);
    checker.Explain(draft, context);
  }
  std::string texts(rules.head());
  for (const RuleRecord& rule : rules.rules) texts = rules.TextOf(rule);
  for (const GuardRecord& guard : rules.guards) texts = rules.TextOf(guard);
}

struct Row {
  const char* name;
  std::function<void(Forgery*)> forge;
};

template <class Record>
std::function<void(Forgery*)> Change(uint32_t section, void (*change)(std::vector<Record>&)) {
  return [section, change](Forgery* forgery) { forgery->Edit<Record>(section, change); };
}

// The first node that is a combination, a leaf and so on.
template <class Record>
Record& First(std::vector<Record>& records, Operator op) {
  for (Record& record : records) {
    if (record.op == op) return record;
  }
  FAIL("no such record");
  return records[0];
}

// So many groups that the number of the last trigger comes out as 2, and a table for that.
void WrapTriggers(Forgery* forgery) {
  uint32_t sets = 0;
  forgery->Edit<PhraseInfo>(section::kPhraseInfo, [&sets](auto& v) { sets = v[0].set_count; });
  forgery->Edit<LiteralInfo>(section::kLiteralInfo,
                             [sets](auto& v) { v[0].groups = 2U - kFeatureCount - sets; });
  forgery->Edit<LeafRecord>(section::kLeaves, [](auto& v) {
    for (LeafRecord& leaf : v) leaf.trigger = kNoTrigger;
  });
  forgery->Edit<uint32_t>(section::kTriggerFirst, [](auto& v) {
    v = {0, v.back(), v.back(), v.back()};
  });
}

const Row kRows[] = {
    // Phrases.
    {"too few slot bits",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].slot_bits = 5; })},
    {"too many slot bits",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].slot_bits = 25; })},
    {"one slot bit more",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { ++v[0].slot_bits; })},
    {"no phrase info", Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v.clear(); })},
    {"two phrase infos",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v.push_back(v[0]); })},
    {"a phrase too many",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { ++v[0].phrase_count; })},
    {"a set too many", Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { ++v[0].set_count; })},
    {"all the sets there can be",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].set_count = kMost; })},
    {"a word of bits too few",
     Change<uint64_t>(section::kPhraseBits, [](auto& v) { v.pop_back(); })},
    {"a directory that goes back",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { v[1] = kFar; })},
    {"a directory that ends early",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { --v.back(); })},
    {"a directory that starts late",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { v[0] = 1; })},
    {"a directory too short",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { v.pop_back(); })},
    {"an empty phrase",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v[0].size = 0; })},
    {"a key behind its phrase",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v[0].key_at = v[0].size; })},
    {"a phrase outside the texts",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v[0].text = kFar; })},
    {"a phrase across the end",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v.back().size = 0xFFFF; })},
    {"no texts", Change<char>(section::kPhraseTexts, [](auto& v) { v.clear(); })},
    {"sets of a phrase outside",
     Change<uint32_t>(section::kPhraseSetsFirst, [](auto& v) { v[1] = kFar; })},
    {"a set no one has", Change<uint32_t>(section::kPhraseSets, [](auto& v) { v[0] = 1000; })},
    {"phrases of a set outside",
     Change<uint32_t>(section::kSetPhrasesFirst, [](auto& v) { v.back() = kFar; })},
    {"a phrase no one has", Change<uint32_t>(section::kSetPhrases, [](auto& v) { v[0] = kMost; })},
    // Literals.
    {"literals: too many slot bits",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v[0].slot_bits = 32; })},
    {"literals: too few slot bits",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v[0].slot_bits = 0; })},
    {"a group too many",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { ++v[0].groups; })},
    {"groups whose triggers wrap around", WrapTriggers},
    {"all the groups there can be",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v[0].groups = kMost; })},
    {"no literal info", Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v.clear(); })},
    {"literals: bits too few",
     Change<uint64_t>(section::kLiteralBits, [](auto& v) { v.pop_back(); })},
    {"literals: a directory that goes back",
     Change<uint32_t>(section::kLiteralDirectory, [](auto& v) { v[1] = kFar; })},
    {"an empty literal",
     Change<LiteralEntry>(section::kLiteralEntries, [](auto& v) { v[0].size = 0; })},
    {"a key across the literal's end",
     Change<LiteralEntry>(section::kLiteralEntries,
                          [](auto& v) { v[0].key_at = static_cast<uint16_t>(v[0].size - 3); })},
    {"a literal outside the texts",
     Change<LiteralEntry>(section::kLiteralEntries, [](auto& v) { v[0].text = kFar; })},
    {"a short literal outside the texts",
     Change<LiteralEntry>(section::kShortLiteralEntries, [](auto& v) { v[0].text = kFar; })},
    {"an empty short literal",
     Change<LiteralEntry>(section::kShortLiteralEntries, [](auto& v) { v[0].size = 0; })},
    {"short literals without bits",
     Change<uint64_t>(section::kShortLiteralBits, [](auto& v) { v.clear(); })},
    {"groups of a literal outside",
     Change<uint32_t>(section::kLiteralGroupsFirst, [](auto& v) { v.back() = kFar; })},
    {"a group no one has", Change<uint32_t>(section::kLiteralGroups, [](auto& v) { v[0] = 1000; })},
    // Conditions.
    {"an operator no one knows",
     Change<NodeRecord>(section::kNodes, [](auto& v) { v[0].op = static_cast<Operator>(200); })},
    {"children outside",
     Change<NodeRecord>(section::kNodes,
                        [](auto& v) { First(v, Operator::kAll).children.first = kFar; })},
    {"children across the end",
     Change<NodeRecord>(section::kNodes,
                        [](auto& v) { First(v, Operator::kAll).children.count = kMost; })},
    {"no children",
     Change<NodeRecord>(section::kNodes,
                        [](auto& v) { First(v, Operator::kNear).children.count = 0; })},
    {"children shared by many", Change<NodeRecord>(section::kNodes,
                                                   [](auto& v) {
                                                     Run* last = &v[0].children;
                                                     for (NodeRecord& node : v) {
                                                       if (!IsLeaf(node.op)) last = &node.children;
                                                     }
                                                     *last = {0, last->first};
                                                   })},
    {"a child that is its parent", Change<uint32_t>(section::kChildren,
                                                    [](auto& v) {
                                                      for (uint32_t& child : v) child = 30;
                                                    })},
    {"a child no one has", Change<uint32_t>(section::kChildren, [](auto& v) { v[0] = kFar; })},
    {"a leaf no one has",
     Change<NodeRecord>(section::kNodes, [](auto& v) { First(v, Operator::kWords).leaf = kFar; })},
    {"a leaf of another operator", Change<NodeRecord>(section::kNodes,
                                                      [](auto& v) {
                                                        First(v, Operator::kWords).leaf =
                                                            First(v, Operator::kPattern).leaf;
                                                      })},
    {"a context no one has",
     Change<NodeRecord>(section::kNodes, [](auto& v) { First(v, Operator::kContext).leaf = 1; })},
    {"a leaf that combines",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { v[0].op = Operator::kAll; })},
    {"a number of no kind", Change<LeafRecord>(section::kLeaves,
                                               [](auto& v) {
                                                 First(v, Operator::kNumber).number =
                                                     static_cast<NumberKind>(99);
                                               })},
    {"an exception no one has",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { v[0].except = 1000; })},
    {"a trigger no one has",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { v[0].trigger = 1000; })},
    {"the trigger of always",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { v[0].trigger = kMost - 1; })},
    {"words of no set",
     Change<LeafRecord>(section::kLeaves,
                        [](auto& v) { First(v, Operator::kWords).table = 1000; })},
    {"a pattern no one has",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { First(v, Operator::kPattern).table = 2; })},
    {"a secret no one has",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { First(v, Operator::kSecret).table = 2; })},
    {"a link no one has",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { First(v, Operator::kLink).table = 2; })},
    {"a pattern outside the strings",
     Change<PatternRecord>(section::kPatterns, [](auto& v) { v[0].expression.first = kFar; })},
    {"a pattern across the end",
     Change<PatternRecord>(section::kPatterns, [](auto& v) { v[0].expression.size = kMost; })},
    {"a string outside the strings",
     Change<StringRef>(section::kStringRefs, [](auto& v) { v[0].size = kMost; })},
    {"sites outside",
     Change<ContextRecord>(section::kContexts, [](auto& v) { v[0].sites.count = 1000; })},
    {"surfaces outside",
     Change<ContextRecord>(section::kContexts, [](auto& v) { v[0].surfaces.first = kFar; })},
    {"audiences outside",
     Change<ContextRecord>(section::kContexts, [](auto& v) { v[0].audiences.count = kMost; })},
    {"strings shared by many",
     Change<ContextRecord>(section::kContexts,
                           [](auto& v) {
                             v[0].sites = v[0].surfaces = v[0].audiences = {0, 4};
                           })},
    {"prefixes outside",
     Change<SecretRecord>(section::kSecrets, [](auto& v) { v[0].prefixes.first = kFar; })},
    {"a secret of no shape",
     Change<SecretRecord>(section::kSecrets,
                          [](auto& v) { v[0].shape = static_cast<SecretShape>(99); })},
    {"a secret of no alphabet",
     Change<SecretRecord>(section::kSecrets,
                          [](auto& v) { v[0].alphabet = static_cast<Alphabet>(99); })},
    {"cues of no set",
     Change<SecretRecord>(section::kSecrets, [](auto& v) { v[1].cue_set = 1000; })},
    {"an empty prefix", Change<StringRef>(section::kStringRefs,
                                          [](auto& v) {
                                            for (StringRef& ref : v) ref.size = 0;
                                          })},
    {"hosts outside",
     Change<LinkRecord>(section::kLinks, [](auto& v) { v[0].hosts.count = 1000; })},
    // Rules.
    {"a condition no one has",
     Change<RuleRecord>(section::kRules, [](auto& v) { v[0].when = kMost; })},
    {"an excuse no one has",
     Change<RuleRecord>(section::kRules, [](auto& v) { v[0].unless = kFar; })},
    {"guards outside",
     Change<RuleRecord>(section::kRules, [](auto& v) { v[0].guards.first = kFar; })},
    {"guards shared by many", Change<RuleRecord>(section::kRules,
                                                 [](auto& v) {
                                                   for (RuleRecord& rule : v) rule.guards = {0, 2};
                                                 })},
    {"no such severity outside",
     Change<RuleRecord>(section::kRules,
                        [](auto& v) { v[0].external_severity = static_cast<Severity>(3); })},
    {"no such severity inside",
     Change<RuleRecord>(section::kRules,
                        [](auto& v) { v[0].internal_severity = static_cast<Severity>(3); })},
    {"a text outside the texts",
     Change<RuleRecord>(section::kRules, [](auto& v) { v[0].text.first = kFar; })},
    {"a rule too few", Change<RuleRecord>(section::kRules, [](auto& v) { v.pop_back(); })},
    {"a guard's text outside",
     Change<GuardRecord>(section::kGuards, [](auto& v) { v[0].text.size = kMost; })},
    {"a guard without condition",
     Change<GuardRecord>(section::kGuards, [](auto& v) { v[0].when = kMost; })},
    {"a guard's excuse no one has",
     Change<GuardRecord>(section::kGuards, [](auto& v) { v[0].unless = kFar; })},
    {"a guard no one has", Change<uint32_t>(section::kRuleGuards, [](auto& v) { v[0] = 1; })},
    {"rules of a trigger outside",
     Change<uint32_t>(section::kTriggerFirst, [](auto& v) { v[1] = kFar; })},
    {"triggers too few", Change<uint32_t>(section::kTriggerFirst, [](auto& v) { v.pop_back(); })},
    {"a rule no one has", Change<uint32_t>(section::kTriggerRules, [](auto& v) { v[0] = 1000; })},
    {"no description", Change<char>(section::kHead, [](auto& v) { v.clear(); })},
    {"a description without an end", Change<char>(section::kHead, [](auto& v) { v.back() = ' '; })},
};

TEST_CASE("what is put together unchanged opens and answers", "[forged]") {
  const std::unique_ptr<testing::Ready> good = testing::Load(testing::RichBundle());
  CompiledRules rules;
  Forgery forgery(good->rules.image());
  REQUIRE(Open(forgery, &rules) == Image::Refusal::kNone);
  Forgery again(rules.image());
  for (uint32_t i = 0; i < section::kCount; ++i) {
    INFO("section " << i);
    CHECK((forgery.BytesOf(i) == again.BytesOf(i)));
  }
  Follow(rules);
}

TEST_CASE("records that contradict each other are refused", "[forged]") {
  const std::unique_ptr<testing::Ready> good = testing::Load(testing::RichBundle());
  for (const Row& row : kRows) {
    INFO(row.name);
    Forgery forgery(good->rules.image());
    row.forge(&forgery);
    CompiledRules rules;
    CHECK(Open(forgery, &rules) == Image::Refusal::kDamaged);
  }
}

TEST_CASE("conditions nested without measure are refused", "[forged]") {
  const std::unique_ptr<testing::Ready> good = testing::Load(testing::RichBundle());
  for (const uint32_t depth : {16U, 17U, 40U}) {
    Forgery forgery(good->rules.image());
    uint32_t first = 0;
    forgery.Edit<uint32_t>(section::kChildren, [&first](std::vector<uint32_t>& children) {
      first = static_cast<uint32_t>(children.size());
    });
    uint32_t top = 0;
    std::vector<uint32_t> chain;
    forgery.Edit<NodeRecord>(section::kNodes, [&](std::vector<NodeRecord>& nodes) {
      uint32_t below = 0;  // a leaf
      for (uint32_t level = 2; level <= depth; ++level) {
        nodes.push_back({Operator::kAny, {}, 0, 0, {first + level - 2, 1}});
        chain.push_back(below);
        below = static_cast<uint32_t>(nodes.size() - 1);
      }
      top = below;
    });
    forgery.Edit<uint32_t>(section::kChildren, [&chain](std::vector<uint32_t>& children) {
      children.insert(children.end(), chain.begin(), chain.end());
    });
    forgery.Edit<RuleRecord>(section::kRules,
                             [top](std::vector<RuleRecord>& all) { all[0].when = top; });
    CompiledRules rules;
    INFO(depth);
    CHECK((Open(forgery, &rules) == Image::Refusal::kNone) == (depth <= 16));
  }
}

TEST_CASE("numbers changed at random are refused, or lead nowhere outside", "[forged]") {
  const std::unique_ptr<testing::Ready> good = testing::Load(testing::RichBundle());
  std::mt19937 random(11);
  int opened = 0;
  int refused = 0;
  for (int round = 0; round < 6000; ++round) {
    Forgery forgery(good->rules.image());
    for (uint32_t changes = 1 + random() % 3; changes > 0; --changes) {
      std::string* bytes = nullptr;
      do {
        bytes = &forgery.BytesOf(random() % kMostSections);
      } while (bytes->size() < sizeof(uint32_t));
      const size_t at = random() % (bytes->size() / sizeof(uint32_t)) * sizeof(uint32_t);
      uint32_t number = 0;
      memcpy(&number, bytes->data() + at, sizeof(number));
      const uint32_t choices[] = {0,
                                  1,
                                  kMost,
                                  number + 1,
                                  static_cast<uint32_t>(random() % 64),
                                  number - 1,
                                  number ^ (1U << (random() % 32))};
      number = choices[random() % 7];
      memcpy(bytes->data() + at, &number, sizeof(number));
    }
    CompiledRules rules;
    const Image::Refusal refusal = Open(forgery, &rules);
    if (refusal == Image::Refusal::kNone) {
      ++opened;
      Follow(rules);
    } else {
      ++refused;
      if (refusal != Image::Refusal::kDamaged) FAIL_CHECK("round " << round);
    }
  }
  CHECK(opened > 500);
  CHECK(refused > 500);
}

}  // namespace
}  // namespace breath
