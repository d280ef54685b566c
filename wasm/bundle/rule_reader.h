// SPDX-License-Identifier: Apache-2.0
// Reads the rules and guards of a bundle into a rule set: their ids, texts, audiences and times.
// Conditions are read by condition_reader.h; examples are only looked at, not run.
// Tested by: tests/engine/bundle_test.cc
#ifndef BREATH_BUNDLE_RULE_READER_H_
#define BREATH_BUNDLE_RULE_READER_H_

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "wasm/bundle/condition_reader.h"
#include "wasm/bundle/json_reader.h"
#include "wasm/rules/rule_set.h"

namespace breath {

class RuleReader {
 public:
  using json = nlohmann::json;

  // All three must outlive the reader. Lists and definitions are read by then.
  RuleReader(JsonReader* reader, RuleSet* rule_set, ConditionReader* conditions)
      : reader_(reader), rule_set_(rule_set), conditions_(conditions) {}

  // Each appends to the rule set. False once an error is set. Guards come before the rules that
  // yield to them.
  bool ReadGuard(const json& value, const std::string& at);
  bool ReadRule(const json& value, const std::string& at);

 private:
  bool ReadId(const json& value, const std::string& at, std::string* id);
  bool ReadConditions(const json& value, const std::string& at, uint32_t* when, uint32_t* unless);
  bool ReadGuideline(const json& value, const std::string& at, Rule* rule);
  bool ReadAudience(const json& value, const std::string& at, Rule* rule);
  bool ReadOneSeverity(const json& value, const std::string& at, Severity* severity);
  bool ReadSeverity(const json& value, const std::string& at, Rule* rule);
  bool ReadYields(const json& value, const std::string& at, Rule* rule);
  bool ReadReview(const json& value, const std::string& at, Rule* rule);
  bool ReadActive(const json& value, const std::string& at, Rule* rule);
  bool ReadSay(const json& value, const std::string& at, Rule* rule);
  bool ReadExamples(const json& value, const std::string& at, const char* yes, const char* no);

  JsonReader* reader_;
  RuleSet* rule_set_;
  ConditionReader* conditions_;
  std::set<std::string> ids_;  // of rules and guards: they share their names
  // By what a rule may call them: their id, or the part before the dot.
  std::map<std::string, std::vector<uint32_t>> guards_by_name_;
};

}  // namespace breath

#endif  // BREATH_BUNDLE_RULE_READER_H_
