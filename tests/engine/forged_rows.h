// SPDX-License-Identifier: Apache-2.0
// Rows of a table that each forge an image in one way, and what is asked of the result: it is
// refused, or can be followed.
#ifndef BREATH_TESTS_ENGINE_FORGED_ROWS_H_
#define BREATH_TESTS_ENGINE_FORGED_ROWS_H_

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "tests/engine/compiled.h"
#include "tests/engine/forged.h"
#include "tests/engine/rich_bundle.h"
#include "wasm/match/sections.h"

namespace breath::testing {

inline constexpr uint32_t kFar = 0xFFFFFFF0;
inline constexpr uint32_t kMost = 0xFFFFFFFF;

inline Image::Refusal Open(const Forgery& forgery, CompiledRules* rules) {
  return rules->Open(forgery.Written(), "");
}

// Reads all a host could ask for.
inline void Follow(const CompiledRules& rules) {
  Checker checker(&rules);
  Context context;
  context.site = "x";
  context.surface = "post";
  context.audience = "external";
  for (const std::string& draft : RichDrafts()) {
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

template <size_t kRows>
void CheckRefused(const Row (&rows)[kRows]) {
  const std::unique_ptr<Ready> good = Load(RichBundle());
  for (const Row& row : rows) {
    INFO(row.name);
    Forgery forgery(good->rules.image());
    row.forge(&forgery);
    CompiledRules rules;
    CHECK(Open(forgery, &rules) == Image::Refusal::kDamaged);
  }
}

}  // namespace breath::testing

#endif  // BREATH_TESTS_ENGINE_FORGED_ROWS_H_
