// SPDX-License-Identifier: Apache-2.0
// Tests wasm/rules/compiled_rules against images that no damage makes: the hash is right, the
// records are not. Each is refused, or can be followed without a step outside; under the preset
// `asan` a step outside ends the run. tests/fuzz/image_fuzzer.cc looks further.
#include <random>

#include "tests/engine/forged_rows.h"

namespace breath {
namespace {

using testing::Change;
using testing::CheckRefused;
using testing::First;
using testing::Follow;
using testing::Forgery;
using testing::kFar;
using testing::kMost;
using testing::Open;
using testing::Row;

const Row kRows[] = {
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
    {"disguised spelling of no set",
     Change<LeafRecord>(section::kLeaves,
                        [](auto& v) { First(v, Operator::kDisguised).amount = 1000; })},
    {"disguised spelling of no phrases",
     Change<LeafRecord>(section::kLeaves,
                        [](auto& v) { First(v, Operator::kDisguised).table = 1000; })},
    {"a sealed list no one has",
     Change<LeafRecord>(section::kLeaves, [](auto& v) { First(v, Operator::kSealed).table = 2; })},
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
    {"a text shared by many", Change<RuleRecord>(section::kRules,
                                                 [](auto& v) {
                                                   for (RuleRecord& rule : v) {
                                                     rule.text = v[0].text;
                                                     rule.text.size *= 2;
                                                   }
                                                 })},
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
    {"a leaf no one has is read first",
     Change<uint32_t>(section::kReadLeaves, [](auto& v) { v[0] = 1000; })},
    {"a leaf read first without a trigger",
     Change<uint32_t>(section::kReadLeaves, [](auto& v) { v.push_back(v[0]); })},
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

TEST_CASE("records that contradict each other are refused", "[forged]") { CheckRefused(kRows); }

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
