// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/engine_thread.h"

#include <utility>

#include "wasm/bundle/bundle_reader.h"

namespace breath {

std::unique_ptr<SharedRules> SharedRules::Load(std::string bundle, BundleError* error) {
  if (ReadBundle(bundle, error) == nullptr) return nullptr;
  return std::unique_ptr<SharedRules>(new SharedRules(std::move(bundle)));
}

// A check writes to its rule set (patterns are compiled on first use), so each thread reads the
// bundle for itself.
EngineThread::EngineThread(const SharedRules& rules) {
  BundleError error;
  rule_set_ = ReadBundle(rules.bundle_, &error);
}

Report EngineThread::Check(std::string_view text, const Context& context) {
  return CheckDraft(rule_set_.get(), text, context);
}

}  // namespace breath
