// SPDX-License-Identifier: Apache-2.0
// JSON behind describe.h. Tested by tests/engine/bundle_test.cc.
#include "wasm/bundle/describe.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace breath {
namespace {

using nlohmann::json;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// A string as JSON. What a bundle holds is valid UTF-8.
void AppendString(std::string_view text, std::string* out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out->push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else if (static_cast<uint8_t>(c) < 0x20) {
      out->append("\\u00").push_back(kDigits[c >> 4]);
      out->push_back(kDigits[c & 15]);
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

// Adds a member to an object that is still open.
void AppendMember(std::string_view name, std::string_view text, std::string* out) {
  if (out->back() != '{') out->push_back(',');
  AppendString(name, out);
  out->push_back(':');
  AppendString(text, out);
}

// Written by hand: of twenty thousand rules, as values of nlohmann/json, it was a third of the time
// it takes to read a bundle.
std::string DescribeRule(const Rule& rule) {
  std::string out = "{";
  AppendMember("id", rule.id, &out);
  AppendMember("title", rule.title, &out);
  AppendMember("owner", rule.owner, &out);
  AppendMember("purpose", rule.purpose, &out);
  AppendMember("group", rule.group, &out);
  AppendMember("reviewBy", rule.review_by, &out);
  out += R"(,"guideline":{)";
  AppendMember("title", rule.guideline.title, &out);
  AppendMember("url", rule.guideline.url, &out);
  out += R"(},"audience":[)";
  if (rule.external) out += R"("external")";
  if (rule.external && rule.internal) out += ",";
  if (rule.internal) out += R"("internal")";
  out += R"(],"say":{)";
  for (const Say& one : rule.say) {
    if (out.back() != '{') out += ",";
    AppendString(one.language, &out);
    out += ":{";
    AppendMember("notice", one.notice, &out);
    AppendMember("why", one.why, &out);
    AppendMember("instead", one.instead, &out);
    AppendMember("ask", one.ask, &out);
    out += "}";
  }
  return out += "}}";
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
