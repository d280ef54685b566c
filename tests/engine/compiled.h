// SPDX-License-Identifier: Apache-2.0
// Compiles what a test made: a rule set ready to check drafts, the phrases of a table, strings as
// an image holds them.
#ifndef TESTS_ENGINE_COMPILED_H_
#define TESTS_ENGINE_COMPILED_H_

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "wasm/bundle/bundle_reader.h"
#include "wasm/rules/checker.h"
#include "wasm/rules/compile.h"

namespace breath::testing {

// A rule set, compiled, and what checks drafts against it.
struct Ready {
  std::unique_ptr<RuleSet> source;
  CompiledRules rules;
  std::unique_ptr<Checker> checker;
};

inline std::unique_ptr<Ready> Load(const std::string& bundle) {
  BundleError error;
  auto ready = std::make_unique<Ready>();
  ready->source = ReadBundle(bundle, &error);
  INFO(error.id << " " << error.pointer << " " << error.message);
  REQUIRE(ready->source != nullptr);
  REQUIRE(ready->rules.Open(CompileRules(*ready->source), "") == Image::Refusal::kNone);
  ready->checker = std::make_unique<Checker>(&ready->rules);
  return ready;
}

// Strings of a test in the form finders read.
class OwnedStrings {
 public:
  explicit OwnedStrings(const std::vector<std::string>& strings) {
    for (const std::string& one : strings) {
      refs_.push_back({static_cast<uint32_t>(pool_.size()), static_cast<uint32_t>(one.size())});
      pool_ += one;
    }
  }
  StringList list() const {
    return {{refs_.data(), static_cast<uint32_t>(refs_.size())},
            {pool_.data(), static_cast<uint32_t>(pool_.size())}};
  }

 private:
  std::vector<StringRef> refs_;
  std::string pool_;
};

}  // namespace breath::testing

#endif  // TESTS_ENGINE_COMPILED_H_
