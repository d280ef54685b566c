// SPDX-License-Identifier: Apache-2.0
// The members of rules/FORMAT.md, section 3. Tested by tests/engine/bundle_test.cc.
#include "wasm/bundle/rule_reader.h"

#include <utility>
#include <vector>

#include "wasm/bundle/language_tag.h"
#include "wasm/bundle/limits.h"

namespace breath {
namespace {

using nlohmann::json;

bool IsSlug(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  for (const char c : text) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
  }
  return true;
}

// "<department>.<slug>"
bool IsRuleId(std::string_view id) {
  const size_t dot = id.find('.');
  return dot != std::string_view::npos && id.size() <= 100 && IsSlug(id.substr(0, dot)) &&
         IsSlug(id.substr(dot + 1));
}

}  // namespace

bool RuleReader::ReadGuard(const json& value, const std::string& at) {
  Guard guard;
  std::string text;
  if (!reader_->Object(value, at,
                       {"id", "title", "owner", "purpose", "when", "unless", "examples"}))
    return false;
  if (!ReadId(value, at, &guard.id) || !reader_->NeedText(value, at, "title", &guard.title) ||
      !reader_->NeedText(value, at, "owner", &text) ||
      !reader_->NeedText(value, at, "purpose", &text) ||
      !ReadConditions(value, at, &guard.when, &guard.unless) ||
      !ReadExamples(value, at, "silent", "loud")) {
    return false;
  }
  const auto index = static_cast<uint32_t>(rule_set_->guards.size());
  guards_by_name_[guard.id].push_back(index);
  guards_by_name_[guard.id.substr(0, guard.id.find('.'))].push_back(index);
  rule_set_->guards.push_back(std::move(guard));
  return true;
}

bool RuleReader::ReadRule(const json& value, const std::string& at) {
  Rule rule;
  if (!reader_->Object(
          value, at,
          {"id", "title", "owner", "purpose", "guideline", "group", "audience", "severity",
           "yieldsTo", "reviewBy", "active", "when", "unless", "say", "examples"})) {
    return false;
  }
  if (!ReadId(value, at, &rule.id) || !reader_->NeedText(value, at, "title", &rule.title) ||
      !reader_->NeedText(value, at, "owner", &rule.owner) ||
      !reader_->NeedText(value, at, "purpose", &rule.purpose) ||
      !reader_->MaybeString(value, at, "group", &rule.group) || !ReadGuideline(value, at, &rule) ||
      !ReadAudience(value, at, &rule) || !ReadSeverity(value, at, &rule) ||
      !ReadYields(value, at, &rule) || !ReadReview(value, at, &rule) ||
      !ReadActive(value, at, &rule) || !ReadConditions(value, at, &rule.when, &rule.unless) ||
      !ReadSay(value, at, &rule) || !ReadExamples(value, at, "warn", "fine")) {
    return false;
  }
  rule_set_->rules.push_back(std::move(rule));
  return true;
}

bool RuleReader::ReadId(const json& value, const std::string& at, std::string* id) {
  if (!reader_->NeedString(value, at, "id", id)) return false;
  if (!IsRuleId(*id)) {
    return reader_->Fail("bundle.value", Below(at, "id"),
                         "An id is <department>.<slug> of lower case letters, digits and hyphens: "
                         "\"legal.early-results\".");
  }
  if (!ids_.insert(*id).second) {
    return reader_->Fail("rule.duplicate-id", Below(at, "id"),
                         "The id \"" + *id + "\" is taken. Choose another.");
  }
  return true;
}

bool RuleReader::ReadConditions(const json& value, const std::string& at, uint32_t* when,
                                uint32_t* unless) {
  const json* when_value = reader_->Member(value, at, "when", true);
  if (when_value == nullptr || !conditions_->Read(*when_value, Below(at, "when"), true, when))
    return false;
  const json* unless_value = reader_->Member(value, at, "unless", false);
  return unless_value == nullptr ||
         conditions_->Read(*unless_value, Below(at, "unless"), false, unless);
}

bool RuleReader::ReadGuideline(const json& value, const std::string& at, Rule* rule) {
  const json* guideline = reader_->Member(value, at, "guideline", true);
  if (guideline == nullptr) return false;
  const std::string guideline_at = Below(at, "guideline");
  if (!reader_->Object(*guideline, guideline_at, {"title", "url"}) ||
      !reader_->NeedText(*guideline, guideline_at, "title", &rule->guideline.title) ||
      !reader_->NeedString(*guideline, guideline_at, "url", &rule->guideline.url)) {
    return false;
  }
  const std::string& url = rule->guideline.url;
  bool fits =
      url.size() > 8 && url.compare(0, 8, "https://") == 0 && url[8] != '/' && url.size() <= 2048;
  for (const char c : url)
    fits = fits && static_cast<uint8_t>(c) > 0x20 && static_cast<uint8_t>(c) < 0x7F && c != '"' &&
           c != '<' && c != '>' && c != '\\';
  // "https://user:password@host" would show one host and open another.
  if (fits && url.substr(8, url.find_first_of("/?#", 8) - 8).find('@') != std::string::npos)
    fits = false;
  return fits || reader_->Fail("bundle.value", Below(guideline_at, "url"),
                               "The guideline needs an address that starts with https://.");
}

bool RuleReader::ReadAudience(const json& value, const std::string& at, Rule* rule) {
  const json* audience = reader_->Member(value, at, "audience", true);
  const std::string audience_at = Below(at, "audience");
  std::vector<std::string> names;
  if (audience == nullptr || !reader_->Strings(*audience, audience_at, 1, 2, &names)) return false;
  for (size_t i = 0; i < names.size(); ++i) {
    bool* flag = names[i] == "external"   ? &rule->external
                 : names[i] == "internal" ? &rule->internal
                                          : nullptr;
    if (flag == nullptr || *flag) {
      return reader_->Fail("bundle.value", Below(audience_at, i),
                           "The audience is \"external\", \"internal\", or both, each once.");
    }
    *flag = true;
  }
  return true;
}

bool RuleReader::ReadOneSeverity(const json& value, const std::string& at, Severity* severity) {
  std::string name;
  if (!reader_->String(value, at, &name)) return false;
  if (name == "note")
    *severity = Severity::kNote;
  else if (name == "pause")
    *severity = Severity::kPause;
  else if (name == "strong")
    *severity = Severity::kStrong;
  else
    return reader_->Fail("bundle.value", at, "The severity is \"note\", \"pause\" or \"strong\".");
  return true;
}

bool RuleReader::ReadSeverity(const json& value, const std::string& at, Rule* rule) {
  const json* severity = reader_->Member(value, at, "severity", true);
  const std::string severity_at = Below(at, "severity");
  if (severity == nullptr) return false;
  if (!severity->is_object()) {
    if (!ReadOneSeverity(*severity, severity_at, &rule->external_severity)) return false;
    rule->internal_severity = rule->external_severity;
    return true;
  }
  if (!reader_->Object(*severity, severity_at, {"external", "internal"})) return false;
  const std::pair<const char*, bool> audiences[] = {{"external", rule->external},
                                                    {"internal", rule->internal}};
  for (const auto& [name, wanted] : audiences) {
    const json* one = reader_->Member(*severity, severity_at, name, wanted);
    if (one == nullptr) {
      if (wanted) return false;
      continue;
    }
    if (!wanted) {
      return reader_->Fail(
          "bundle.value", Below(severity_at, name),
          "The rule is not for this audience. Add it to audience or remove it here.");
    }
    Severity* out =
        name == std::string_view("external") ? &rule->external_severity : &rule->internal_severity;
    if (!ReadOneSeverity(*one, Below(severity_at, name), out)) return false;
  }
  return true;
}

// A name is the id of a guard, or the part before the dot for all of them.
bool RuleReader::ReadYields(const json& value, const std::string& at, Rule* rule) {
  const json* yields = reader_->Member(value, at, "yieldsTo", false);
  if (yields == nullptr) return true;
  const std::string yields_at = Below(at, "yieldsTo");
  std::vector<std::string> names;
  if (!reader_->Strings(*yields, yields_at, 1, limits::kGuards, &names)) return false;
  std::set<uint32_t> guards;
  for (size_t i = 0; i < names.size(); ++i) {
    const auto named = guards_by_name_.find(names[i]);
    if (named == guards_by_name_.end()) {
      return reader_->Fail("rule.unknown-guard", Below(yields_at, i),
                           "No guard has the name \"" + names[i] + "\". Add it or mend the name.");
    }
    guards.insert(named->second.begin(), named->second.end());
  }
  rule->guards.assign(guards.begin(), guards.end());
  return true;
}

bool RuleReader::ReadReview(const json& value, const std::string& at, Rule* rule) {
  if (!reader_->NeedString(value, at, "reviewBy", &rule->review_by)) return false;
  int64_t day = 0;
  const json full = rule->review_by + "T00:00:00Z";
  BundleError ignored;
  JsonReader trial(&ignored);
  return trial.Time(full, "", &day) || reader_->Fail("bundle.value", Below(at, "reviewBy"),
                                                     "This must be a day such as 2027-06-30.");
}

bool RuleReader::ReadActive(const json& value, const std::string& at, Rule* rule) {
  const json* active = reader_->Member(value, at, "active", false);
  if (active == nullptr) return true;
  const std::string active_at = Below(at, "active");
  if (!reader_->Object(*active, active_at, {"from", "until"})) return false;
  const json* from = reader_->Member(*active, active_at, "from", false);
  const json* until = reader_->Member(*active, active_at, "until", false);
  if (from == nullptr && until == nullptr)
    return reader_->Fail("bundle.value", active_at, "Give from, until, or both.");
  if (from != nullptr && !reader_->Time(*from, Below(active_at, "from"), &rule->from)) return false;
  if (until != nullptr && !reader_->Time(*until, Below(active_at, "until"), &rule->until))
    return false;
  if (from != nullptr && until != nullptr && rule->from >= rule->until) {
    return reader_->Fail("bundle.value", active_at,
                         "The window ends before it starts. Swap from and until.");
  }
  return true;
}

bool RuleReader::ReadSay(const json& value, const std::string& at, Rule* rule) {
  const json* say = reader_->Member(value, at, "say", true);
  if (say == nullptr) return false;
  const std::string say_at = Below(at, "say");
  if (!say->is_object())
    return reader_->Fail("bundle.type", say_at,
                         "This must be an object with a member for each language.");
  if (reader_->Member(*say, say_at, "en", true) == nullptr) return false;
  for (auto it = say->begin(); it != say->end(); ++it) {
    const std::string one_at = Below(say_at, it.key());
    if (!IsLanguageTag(it.key()))
      return reader_->Fail("bundle.unknown-member", one_at,
                           "This is not a language tag such as \"en\" or \"de-CH\".");
    Say one;
    one.language = it.key();
    if (!reader_->Object(it.value(), one_at, {"notice", "why", "instead", "ask"}) ||
        !reader_->NeedText(it.value(), one_at, "notice", &one.notice) ||
        !reader_->NeedText(it.value(), one_at, "why", &one.why) ||
        !reader_->NeedText(it.value(), one_at, "instead", &one.instead)) {
      return false;
    }
    const json* ask = reader_->Member(it.value(), one_at, "ask", false);
    if (ask != nullptr && !reader_->Text(*ask, Below(one_at, "ask"), &one.ask)) return false;
    rule->say.push_back(std::move(one));
  }
  return true;
}

// Examples are run by the tools; here only their shape is judged.
bool RuleReader::ReadExamples(const json& value, const std::string& at, const char* yes,
                              const char* no) {
  const json* examples = reader_->Member(value, at, "examples", true);
  if (examples == nullptr) return false;
  const std::string examples_at = Below(at, "examples");
  if (!reader_->Object(*examples, examples_at, {yes, no})) return false;
  for (const char* side : {yes, no}) {
    const json* list = reader_->Member(*examples, examples_at, side, true);
    const std::string list_at = Below(examples_at, side);
    if (list == nullptr || !reader_->Array(*list, list_at, 1, 1000)) return false;
    for (size_t i = 0; i < list->size(); ++i) {
      const json& one = (*list)[i];
      if (one.is_string()) continue;
      const std::string one_at = Below(list_at, i);
      std::string text;
      if (!reader_->Object(one, one_at, {"text", "audience", "site", "surface", "at"}) ||
          !reader_->NeedString(one, one_at, "text", &text) ||
          !reader_->MaybeString(one, one_at, "audience", &text) ||
          !reader_->MaybeString(one, one_at, "site", &text) ||
          !reader_->MaybeString(one, one_at, "surface", &text)) {
        return false;
      }
      int64_t time = 0;
      const json* moment = reader_->Member(one, one_at, "at", false);
      if (moment != nullptr && !reader_->Time(*moment, Below(one_at, "at"), &time)) return false;
    }
  }
  return true;
}

}  // namespace breath
