// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/engine_thread.h"

#include "wasm/bundle/bundle_reader.h"
#include "wasm/rules/compile.h"

namespace breath {

std::unique_ptr<SharedRules> SharedRules::Load(std::string_view bundle, BundleError* error) {
  const std::unique_ptr<RuleSet> rule_set = ReadBundle(bundle, error);
  if (rule_set == nullptr) return nullptr;
  std::unique_ptr<SharedRules> rules(new SharedRules);
  if (rules->compiled_.Open(CompileRules(*rule_set), "") != Image::Refusal::kNone) {
    // The words of wasm/abi/breath_abi.cc, which the Node command prints.
    *error = {"bundle.limit", "",
              "The compiled rules would be too large. Use fewer or shorter terms."};
    return nullptr;
  }
  for (const Rule& rule : rule_set->rules) rules->rule_ids_.push_back(rule.id);
  return rules;
}

}  // namespace breath
