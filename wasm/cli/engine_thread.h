// SPDX-License-Identifier: Apache-2.0
// The only file of the command line that uses the engine: rules that are compiled once and shared,
// and what each thread needs of its own to check drafts with them. It reads no JSON lines and
// prints nothing. Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_ENGINE_THREAD_H_
#define BREATH_CLI_ENGINE_THREAD_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/bundle/bundle_error.h"
#include "wasm/rules/checker.h"
#include "wasm/rules/compiled_rules.h"

namespace breath {

// The rules of a bundle. Shared by all threads, which only read it.
class SharedRules {
 public:
  // Reads and compiles a bundle (rules/FORMAT.md). Null when it is refused; then `error` says why.
  static std::unique_ptr<SharedRules> Load(std::string_view bundle, BundleError* error);

 private:
  friend class EngineThread;
  SharedRules() = default;
  CompiledRules compiled_;
  std::vector<std::string> rule_ids_;
};

// The engine of one thread.
class EngineThread {
 public:
  // `rules` outlives the thread.
  explicit EngineThread(const SharedRules& rules)
      : rules_(rules), checker_(&rules.compiled_, kPatternsOfArchive) {}

  // Judges a draft of well-formed UTF-8; offsets of the report are UTF-16.
  Report Check(std::string_view text, const Context& context) {
    return checker_.Check(text, context);
  }
  std::string_view RuleId(uint32_t rule) const { return rules_.rule_ids_[rule]; }

 private:
  // An archive comes to need them all; a machine that holds one has the memory.
  static constexpr size_t kPatternsOfArchive = 512;

  const SharedRules& rules_;
  // Patterns are compiled when a draft first needs them, into a pool of the checker's own.
  Checker checker_;
};

}  // namespace breath

#endif  // BREATH_CLI_ENGINE_THREAD_H_
