// SPDX-License-Identifier: Apache-2.0
// JSON behind describe.h. Tested by tests/engine/bundle_test.cc.
#include "wasm/bundle/describe.h"

#include <nlohmann/json.hpp>

namespace breath {

using nlohmann::json;

std::string ErrorToJson(const BundleError& error) {
  const json out = {{"id", error.id}, {"pointer", error.pointer}, {"message", error.message}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string DescribeRuleSet(const RuleSet& rule_set) {
  json rules = json::array();
  for (const Rule& rule : rule_set.rules) {
    json say = json::object();
    for (const Say& one : rule.say) {
      say[one.language] = {
          {"notice", one.notice}, {"why", one.why}, {"instead", one.instead}, {"ask", one.ask}};
    }
    json audience = json::array();
    if (rule.external) audience.push_back("external");
    if (rule.internal) audience.push_back("internal");
    rules.push_back({{"id", rule.id},
                     {"title", rule.title},
                     {"owner", rule.owner},
                     {"purpose", rule.purpose},
                     {"group", rule.group},
                     {"guideline", {{"title", rule.guideline.title}, {"url", rule.guideline.url}}},
                     {"audience", std::move(audience)},
                     {"reviewBy", rule.review_by},
                     {"say", std::move(say)}});
  }
  json guards = json::array();
  for (const Guard& guard : rule_set.guards)
    guards.push_back({{"id", guard.id}, {"title", guard.title}});
  const json out = {{"name", rule_set.name},     {"version", rule_set.version},
                    {"issued", rule_set.issued}, {"languages", rule_set.languages},
                    {"rules", std::move(rules)}, {"guards", std::move(guards)}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace breath
