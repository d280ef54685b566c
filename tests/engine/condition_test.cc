// SPDX-License-Identifier: Apache-2.0
// Tests near, before and count of wasm/rules/evaluate against slow readings of rules/FORMAT.md:
// every tuple of matches.
#include <catch2/catch.hpp>
#include <random>

#include "tests/engine/compiled.h"
#include "tests/engine/vectors.h"
#include "wasm/rules/evaluate.h"

namespace breath {
namespace {

using nlohmann::json;

// Calls `visit` with each choice of one span from each list.
template <typename Visit>
void EachTuple(const std::vector<SpanList>& lists, std::vector<Span>* tuple, const Visit& visit) {
  if (tuple->size() == lists.size()) {
    visit(*tuple);
    return;
  }
  for (const Span& span : lists[tuple->size()]) {
    tuple->push_back(span);
    EachTuple(lists, tuple, visit);
    tuple->pop_back();
  }
}

bool IsNear(const std::vector<Span>& tuple, uint32_t within) {
  uint32_t first_end = UINT32_MAX;
  uint32_t last_start = 0;
  for (const Span& span : tuple) {
    first_end = std::min(first_end, span.end);
    last_start = std::max(last_start, span.start);
  }
  return last_start <= first_end + within;
}
bool IsChain(const std::vector<Span>& tuple, uint32_t within) {
  for (size_t i = 1; i < tuple.size(); ++i) {
    if (tuple[i].start < tuple[i - 1].end || tuple[i].start - tuple[i - 1].end > within)
      return false;
  }
  return true;
}

TEST_CASE("near and before mark what the slow readings mark", "[condition]") {
  const std::vector<std::string> words = {"aa", "bb", "cc"};
  std::mt19937 random(11);
  size_t spoke = 0;
  for (int round = 0; round < 1500; ++round) {
    const bool near = random() % 2 == 0;
    const size_t parts = 2 + random() % 2;
    const uint32_t within = random() % 12;
    json of = json::array();
    for (size_t i = 0; i < parts; ++i) of.push_back({{"words", json::array({words[i]})}});
    const json when = {{near ? "near" : "before", {{"within", within}, {"of", of}}}};
    const auto rules =
        testing::Load(testing::BundleJson(json::array({testing::RuleJson(when)})).dump());
    std::string text;
    std::vector<SpanList> lists(parts);
    for (uint32_t i = random() % 9; i > 0; --i) {
      text += std::string(1 + random() % 6, ' ') + ".";
      const size_t word = random() % 3;
      const auto start = static_cast<uint32_t>(text.size());
      if (word < parts) lists[word].push_back({start, start + 2});
      text += words[word];
    }
    SpanList expected;
    std::vector<Span> tuple;
    EachTuple(lists, &tuple, [&](const std::vector<Span>& one) {
      if (near ? IsNear(one, within) : IsChain(one, within))
        expected.insert(expected.end(), one.begin(), one.end());
    });
    Normalize(&expected);
    const Context context;
    Evaluation evaluation(&rules->rules);
    evaluation.Begin(text, context, Evaluation::Former::kNone);
    SpanList marks;
    const Truth truth = evaluation.Judge(rules->source->rules[0].when, &marks);
    INFO(when.dump() << " in '" << text << "'");
    CHECK((truth == Truth::kTrue) == !expected.empty());
    CHECK(marks == expected);
    if (truth == Truth::kTrue) ++spoke;
    // Asked without marks, the answer is the same.
    CHECK(evaluation.Judge(rules->source->rules[0].when, nullptr) == truth);
  }
  CHECK(spoke > 200);
}

TEST_CASE("a definition counts towards the depth wherever it is used", "[condition]") {
  json deep = {{"words", {"a"}}};
  for (int i = 0; i < 4; ++i) deep = {{"any", json::array({deep})}};
  json outer = {{"use", "deep"}};
  for (int i = 0; i < 3; ++i) outer = {{"any", json::array({outer})}};
  for (const bool fits : {true, false}) {
    if (!fits) outer = {{"any", json::array({outer})}};
    json bundle = testing::BundleJson(json::array({testing::RuleJson(outer)}));
    bundle["definitions"]["deep"] = {{"title", "Deep"}, {"is", deep}};
    BundleError error;
    CHECK((ReadBundle(bundle.dump(), &error) != nullptr) == fits);
    if (!fits) CHECK(error.id == "rule.depth");
  }
}

}  // namespace
}  // namespace breath
