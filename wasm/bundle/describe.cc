// SPDX-License-Identifier: Apache-2.0
// JSON behind describe.h. Tested by tests/engine/bundle_test.cc.
#include "wasm/bundle/describe.h"

#include <nlohmann/json.hpp>

namespace breath {
namespace {

using nlohmann::json;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string DescribeRule(const Rule& rule) {
  json say = json::object();
  for (const Say& one : rule.say) {
    say[one.language] = {
        {"notice", one.notice}, {"why", one.why}, {"instead", one.instead}, {"ask", one.ask}};
  }
  json audience = json::array();
  if (rule.external) audience.push_back("external");
  if (rule.internal) audience.push_back("internal");
  return Dump({{"id", rule.id},
               {"title", rule.title},
               {"owner", rule.owner},
               {"purpose", rule.purpose},
               {"group", rule.group},
               {"guideline", {{"title", rule.guideline.title}, {"url", rule.guideline.url}}},
               {"audience", std::move(audience)},
               {"reviewBy", rule.review_by},
               {"say", std::move(say)}});
}

}  // namespace

std::string ErrorToJson(const BundleError& error) {
  return Dump({{"id", error.id}, {"pointer", error.pointer}, {"message", error.message}});
}

void DescribeForPeople(RuleSet* rule_set) {
  for (const Rule& rule : rule_set->rules) rule_set->rule_texts.push_back(DescribeRule(rule));
  for (const Guard& guard : rule_set->guards) {
    rule_set->guard_texts.push_back(Dump({{"id", guard.id}, {"title", guard.title}}));
  }
  rule_set->head = Dump({{"name", rule_set->name},
                         {"version", rule_set->version},
                         {"issued", rule_set->issued},
                         {"languages", rule_set->languages}});
}

}  // namespace breath
