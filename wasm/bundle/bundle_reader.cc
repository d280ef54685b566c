// SPDX-License-Identifier: Apache-2.0
// The members of rules/FORMAT.md, section 2. Tested by tests/engine/bundle_test.cc.
#include "wasm/bundle/bundle_reader.h"

#include <nlohmann/json.hpp>

#include "wasm/bundle/condition_reader.h"
#include "wasm/bundle/describe.h"
#include "wasm/bundle/json_reader.h"
#include "wasm/bundle/language_tag.h"
#include "wasm/bundle/limits.h"
#include "wasm/bundle/rule_reader.h"
#include "wasm/bundle/strict_json.h"

namespace breath {
namespace {

using nlohmann::json;

class BundleReader {
 public:
  BundleReader(const json& bundle, RuleSet* rule_set, BundleError* error)
      : bundle_(bundle), rule_set_(rule_set), reader_(error) {}

  bool Read() {
    if (!reader_.Object(bundle_, "",
                        {"format", "name", "version", "issued", "languages", "lists", "definitions",
                         "guards", "rules"})) {
      return false;
    }
    return ReadHead() && ReadParts();
  }

 private:
  bool ReadHead() {
    std::string format;
    if (!reader_.NeedString(bundle_, "", "format", &format)) return false;
    if (format != "breath-bundle/1") {
      return reader_.Fail(
          "bundle.value", "/format",
          "This reader knows the format \"breath-bundle/1\" only. Update it or the bundle.");
    }
    if (!reader_.NeedText(bundle_, "", "name", &rule_set_->name)) return false;
    const json* version = reader_.Member(bundle_, "", "version", true);
    if (version == nullptr ||
        !reader_.Integer(*version, "/version", 1, limits::kVersion, &rule_set_->version))
      return false;
    int64_t issued = 0;
    const json* issued_text = reader_.Member(bundle_, "", "issued", true);
    if (issued_text == nullptr || !reader_.Time(*issued_text, "/issued", &issued)) return false;
    rule_set_->issued = issued_text->get_ref<const std::string&>();
    const json* languages = reader_.Member(bundle_, "", "languages", false);
    if (languages == nullptr) return true;
    if (!reader_.Strings(*languages, "/languages", 1, 100, &rule_set_->languages)) return false;
    for (size_t i = 0; i < rule_set_->languages.size(); ++i) {
      if (!IsLanguageTag(rule_set_->languages[i])) {
        return reader_.Fail("bundle.value", Below("/languages", i),
                            "This is not a language tag such as \"en\" or \"de-CH\".");
      }
    }
    return true;
  }

  bool ReadParts() {
    const json* definitions = reader_.Member(bundle_, "", "definitions", false);
    ConditionReader conditions(&reader_, rule_set_, definitions);
    RuleReader rule_reader(&reader_, rule_set_, &conditions);
    if (!ReadLists(&conditions) || !ReadDefinitions(definitions, &conditions) ||
        !ReadGuards(&rule_reader) || !ReadRules(&rule_reader)) {
      return false;
    }
    conditions.Finish();
    return true;
  }

  bool TooMany(const json& value, const std::string& at, size_t most) {
    if (value.size() <= most) return false;
    reader_.Fail("bundle.limit", at,
                 "There are " + std::to_string(value.size()) + " entries here; at most " +
                     std::to_string(most) + " are allowed.");
    return true;
  }

  bool ReadLists(ConditionReader* conditions) {
    const json* lists = reader_.Member(bundle_, "", "lists", false);
    if (lists == nullptr) return true;
    if (!lists->is_object())
      return reader_.Fail("bundle.type", "/lists", "This must be an object.");
    if (TooMany(*lists, "/lists", limits::kLists)) return false;
    for (auto it = lists->begin(); it != lists->end(); ++it) {
      const std::string at = Below("/lists", it.key());
      std::string text;
      if (!reader_.Object(it.value(), at, {"title", "owner", "terms", "sealed"})) return false;
      if (!reader_.NeedText(it.value(), at, "title", &text) ||
          !reader_.NeedText(it.value(), at, "owner", &text))
        return false;
      const json* sealed = reader_.Member(it.value(), at, "sealed", false);
      if (sealed != nullptr) {
        if (it.value().contains("terms")) {
          return reader_.Fail("bundle.value", at,
                              "A list has terms or is sealed, not both. Remove the terms.");
        }
        if (!conditions->AddSealedList(it.key(), *sealed, Below(at, "sealed"))) return false;
        continue;
      }
      const json* terms = reader_.Member(it.value(), at, "terms", true);
      if (terms == nullptr || !conditions->AddList(it.key(), *terms, Below(at, "terms")))
        return false;
    }
    return true;
  }

  bool ReadDefinitions(const json* definitions, ConditionReader* conditions) {
    if (definitions == nullptr) return true;
    if (!definitions->is_object())
      return reader_.Fail("bundle.type", "/definitions", "This must be an object.");
    if (TooMany(*definitions, "/definitions", limits::kDefinitions)) return false;
    for (auto it = definitions->begin(); it != definitions->end(); ++it) {
      const std::string at = Below("/definitions", it.key());
      std::string title;
      uint32_t node = kNoNode;
      if (!reader_.Object(it.value(), at, {"title", "is"}) ||
          !reader_.NeedText(it.value(), at, "title", &title))
        return false;
      const json* is = reader_.Member(it.value(), at, "is", true);
      if (is == nullptr) return false;
      // Read through a `use`, so that a fault inside is found even when no rule uses it.
      const json use = {{"use", it.key()}};
      if (!conditions->Read(use, at, false, &node)) return false;
    }
    return true;
  }

  bool ReadGuards(RuleReader* rule_reader) {
    const json* guards = reader_.Member(bundle_, "", "guards", false);
    if (guards == nullptr) return true;
    if (!reader_.Array(*guards, "/guards", 0, limits::kGuards)) return false;
    for (size_t i = 0; i < guards->size(); ++i) {
      if (!rule_reader->ReadGuard((*guards)[i], Below("/guards", i))) return false;
    }
    return true;
  }

  bool ReadRules(RuleReader* rule_reader) {
    const json* rules = reader_.Member(bundle_, "", "rules", true);
    if (rules == nullptr || !reader_.Array(*rules, "/rules", 0, limits::kRules)) return false;
    for (size_t i = 0; i < rules->size(); ++i) {
      if (!rule_reader->ReadRule((*rules)[i], Below("/rules", i))) return false;
    }
    return true;
  }

  const json& bundle_;
  RuleSet* rule_set_;
  JsonReader reader_;
};

}  // namespace

std::unique_ptr<RuleSet> ReadBundle(std::string_view bytes, BundleError* error) {
  json bundle;
  if (!ParseStrictJson(bytes, &bundle, error)) return nullptr;
  auto rule_set = std::make_unique<RuleSet>();
  if (!BundleReader(bundle, rule_set.get(), error).Read()) return nullptr;
  DescribeForPeople(rule_set.get());
  return rule_set;
}

}  // namespace breath
