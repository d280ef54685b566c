// SPDX-License-Identifier: Apache-2.0
// The only file of the command line that uses the engine: rules that are loaded once and shared,
// and what each thread needs of its own to check drafts with them. It reads no JSON lines and
// prints nothing. Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_ENGINE_THREAD_H_
#define BREATH_CLI_ENGINE_THREAD_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>

#include "wasm/bundle/bundle_error.h"
#include "wasm/rules/checker.h"

namespace breath {

// The rules of a bundle. Shared by all threads, which only read it.
class SharedRules {
 public:
  // Reads a bundle (rules/FORMAT.md). Null when it is refused; then `error` says why.
  static std::unique_ptr<SharedRules> Load(std::string bundle, BundleError* error);

 private:
  friend class EngineThread;
  explicit SharedRules(std::string bundle) : bundle_(std::move(bundle)) {}
  std::string bundle_;
};

// The engine of one thread.
class EngineThread {
 public:
  // `rules` outlives the thread.
  explicit EngineThread(const SharedRules& rules);

  // Judges a draft of well-formed UTF-8; offsets of the report are UTF-16.
  Report Check(std::string_view text, const Context& context);
  std::string_view RuleId(uint32_t rule) const { return rule_set_->rules[rule].id; }

 private:
  std::unique_ptr<RuleSet> rule_set_;
};

}  // namespace breath

#endif  // BREATH_CLI_ENGINE_THREAD_H_
