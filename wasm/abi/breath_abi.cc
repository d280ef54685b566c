// SPDX-License-Identifier: Apache-2.0
// Argument checks in front of the engine; see breath_abi.h. Tested by tests/engine/abi_test.cc.
#include "wasm/abi/breath_abi.h"

#include <stdlib.h>
#include <string.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/bundle/bundle_reader.h"
#include "wasm/bundle/describe.h"
#include "wasm/match/sealed_list.h"
#include "wasm/rules/checker.h"
#include "wasm/rules/compile.h"

namespace breath {
namespace {

// A rule set and what checks drafts against it.
struct Loaded {
  CompiledRules rules;
  std::unique_ptr<Checker> checker;
};

// The state of an engine instance: its rule sets, the context of the last check, and the result of
// the last call.
struct Engine {
  std::map<int32_t, std::unique_ptr<Loaded>> rule_sets;
  int32_t last_id = 0;
  std::string context_lines;
  Context context;
  bool has_context = false;
  std::string text_result;
  std::vector<int32_t> word_result;
  bool words = false;
};

Engine& TheEngine() {
  static Engine* engine =
      new Engine;  // never destroyed: an engine ends with its process or instance
  return *engine;
}

Loaded* FindRuleSet(int32_t id) {
  const auto it = TheEngine().rule_sets.find(id);
  return it == TheEngine().rule_sets.end() ? nullptr : it->second.get();
}

void GiveText(std::string text) {
  Engine& engine = TheEngine();
  engine.text_result = std::move(text);
  engine.word_result.clear();
  engine.words = false;
}
std::vector<int32_t>* GiveWords() {
  Engine& engine = TheEngine();
  engine.text_result.clear();
  engine.word_result.clear();
  engine.words = true;
  return &engine.word_result;
}

int32_t Keep(std::unique_ptr<Loaded> loaded) {
  loaded->checker = std::make_unique<Checker>(&loaded->rules);
  Engine& engine = TheEngine();
  engine.rule_sets[++engine.last_id] = std::move(loaded);
  GiveText("");
  return engine.last_id;
}

int32_t Refuse(std::string id, std::string message) {
  GiveText(ErrorToJson({std::move(id), "", std::move(message)}));
  return 0;
}

std::string DescribeAll(const CompiledRules& rules) {
  std::string out(rules.head());
  out.pop_back();  // the closing brace
  const char* separator = ",\"rules\":[";
  for (const RuleRecord& rule : rules.rules) {
    out.append(separator).append(rules.TextOf(rule));
    separator = ",";
  }
  out.append(rules.rules.empty() ? ",\"rules\":[]" : "]");
  separator = ",\"guards\":[";
  for (const GuardRecord& guard : rules.guards) {
    out.append(separator).append(rules.TextOf(guard));
    separator = ",";
  }
  return out.append(rules.guards.empty() ? ",\"guards\":[]}" : "]}");
}

bool ToView(const uint8_t* bytes, uint32_t size, std::string_view* out) {
  if (bytes == nullptr && size > 0) return false;
  *out = std::string_view(reinterpret_cast<const char*>(bytes), size);
  return true;
}

bool ToFlag(std::string_view value, bool* out) {
  if (value != "0" && value != "1") return false;
  *out = value == "1";
  return true;
}

bool ToSeconds(std::string_view value, int64_t* out) {
  const bool negative = !value.empty() && value[0] == '-';
  if (negative) value.remove_prefix(1);
  if (value.empty() || value.size() > 15) return false;
  int64_t number = 0;
  for (const char c : value) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  *out = negative ? -number : number;
  return true;
}

// Lines of key=value. `at` is required: without a time, rules with a window could be neither in nor
// out.
bool ReadContext(std::string_view lines, Context* context) {
  bool timed = false;
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.empty()) continue;
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string_view key = line.substr(0, equals);
    const std::string_view value = line.substr(equals + 1);
    if (key == "site") {
      context->site = value;
    } else if (key == "surface") {
      context->surface = value;
    } else if (key == "audience") {
      context->audience = value;
    } else if (key == "lang") {
      context->lang = value;
    } else if (key == "at") {
      if (!ToSeconds(value, &context->at)) return false;
      timed = true;
    } else if (key == "reply") {
      if (!ToFlag(value, &context->reply)) return false;
    } else if (key == "media") {
      if (!ToFlag(value, &context->media)) return false;
    } else {
      return false;
    }
  }
  return timed;
}

// The same context comes again and again while somebody writes.
const Context* ContextOf(std::string_view lines) {
  Engine& engine = TheEngine();
  if (engine.has_context && engine.context_lines == lines) return &engine.context;
  Context context;
  if (!ReadContext(lines, &context)) return nullptr;
  engine.context_lines = lines;
  engine.context = std::move(context);
  engine.has_context = true;
  return &engine.context;
}

// What a check was called with.
struct CheckCall {
  const uint8_t* text;
  uint32_t text_size;
  const uint8_t* context;
  uint32_t context_size;
};
int32_t Check(const CheckCall& call, int32_t rule_set,
              Report (Checker::*check)(std::string_view, const Context&)) {
  std::vector<int32_t>* words = GiveWords();
  Loaded* found = FindRuleSet(rule_set);
  std::string_view draft;
  std::string_view lines;
  if (found == nullptr || !ToView(call.text, call.text_size, &draft) ||
      !ToView(call.context, call.context_size, &lines)) {
    return BREATH_BAD_CALL;
  }
  const Context* where = ContextOf(lines);
  if (where == nullptr) return BREATH_BAD_CALL;
  const Report report = (*found->checker.*check)(draft, *where);
  words->push_back(static_cast<int32_t>(report.outcome));
  words->push_back(static_cast<int32_t>(report.findings.size()));
  words->push_back(static_cast<int32_t>(report.unchecked.size()));
  for (const Finding& finding : report.findings) {
    words->push_back(static_cast<int32_t>(finding.rule));
    words->push_back(static_cast<int32_t>(finding.severity));
    words->push_back(static_cast<int32_t>(finding.spans.size()));
    for (const Span& span : finding.spans) {
      words->push_back(static_cast<int32_t>(span.start));
      words->push_back(static_cast<int32_t>(span.end));
    }
  }
  for (const UncheckedRule& unchecked : report.unchecked) {
    words->push_back(unchecked.rule);
    words->push_back(static_cast<int32_t>(unchecked.reason));
  }
  return static_cast<int32_t>(report.outcome);
}

}  // namespace
}  // namespace breath

extern "C" {

uint32_t breath_abi_version(void) { return BREATH_ABI_VERSION; }

uint8_t* breath_alloc(uint32_t size) { return static_cast<uint8_t*>(malloc(size == 0 ? 1 : size)); }
void breath_free(uint8_t* memory) { free(memory); }

int32_t breath_load(const uint8_t* bundle, uint32_t size) {
  std::string_view bytes;
  if (!breath::ToView(bundle, size, &bytes)) {
    return breath::Refuse("bundle.json", "No bundle was given.");
  }
  breath::BundleError error;
  const std::unique_ptr<breath::RuleSet> rule_set = breath::ReadBundle(bytes, &error);
  if (rule_set == nullptr) {
    breath::GiveText(breath::ErrorToJson(error));
    return 0;
  }
  auto loaded = std::make_unique<breath::Loaded>();
  if (loaded->rules.Open(breath::CompileRules(*rule_set), "") != breath::Image::Refusal::kNone) {
    return breath::Refuse("bundle.limit",
                          "The compiled rules would be too large. Use fewer or shorter terms.");
  }
  return breath::Keep(std::move(loaded));
}

int32_t breath_save(int32_t rule_set, const uint8_t* key, uint32_t key_size) {
  const breath::Loaded* found = breath::FindRuleSet(rule_set);
  std::string_view name;
  breath::GiveText("");
  if (found == nullptr || !breath::ToView(key, key_size, &name)) return BREATH_BAD_CALL;
  std::string bytes = found->rules.image().Save(name);
  if (bytes.empty()) return BREATH_BAD_CALL;
  breath::GiveText(std::move(bytes));
  return 1;
}

int32_t breath_load_image(const uint8_t* image, uint32_t size, const uint8_t* key,
                          uint32_t key_size) {
  std::string_view bytes;
  std::string_view name;
  if (!breath::ToView(image, size, &bytes) || !breath::ToView(key, key_size, &name)) {
    return breath::Refuse("image.damaged", "No image was given.");
  }
  if (size > breath::kLargestImage || size % sizeof(uint64_t) != 0) {
    return breath::Refuse("image.damaged", "The image has a wrong size. Load the bundle again.");
  }
  std::vector<uint64_t> block(size / sizeof(uint64_t));
  if (size > 0) memcpy(block.data(), image, size);
  auto loaded = std::make_unique<breath::Loaded>();
  switch (loaded->rules.Open(std::move(block), name)) {
    case breath::Image::Refusal::kNone:
      return breath::Keep(std::move(loaded));
    case breath::Image::Refusal::kNotAnImage:
      return breath::Refuse("image.unknown", "These bytes are no image. Load the bundle again.");
    case breath::Image::Refusal::kOtherEngine:
      return breath::Refuse("image.other-engine",
                            "Another build of the engine made this image. Load the bundle again.");
    case breath::Image::Refusal::kOtherKey:
      return breath::Refuse("image.other-key",
                            "This image was made from something else. Load the bundle again.");
    case breath::Image::Refusal::kDamaged:
      break;
  }
  return breath::Refuse("image.damaged", "The image is damaged. Load the bundle again.");
}

void breath_unload(int32_t rule_set) {
  breath_forget(rule_set);
  breath::TheEngine().rule_sets.erase(rule_set);
}

int32_t breath_describe(int32_t rule_set) {
  const breath::Loaded* found = breath::FindRuleSet(rule_set);
  breath::GiveText(found == nullptr ? "" : breath::DescribeAll(found->rules));
  return found == nullptr ? BREATH_BAD_CALL : 1;
}

int32_t breath_describe_rule(int32_t rule_set, int32_t rule) {
  const breath::Loaded* found = breath::FindRuleSet(rule_set);
  breath::GiveText("");
  if (found == nullptr || rule < 0 || static_cast<uint32_t>(rule) >= found->rules.rules.size) {
    return BREATH_BAD_CALL;
  }
  const breath::RuleRecord& record = found->rules.rules[static_cast<uint32_t>(rule)];
  breath::GiveText(std::string(found->rules.TextOf(record)));
  return 1;
}

int32_t breath_check(int32_t rule_set, const uint8_t* text, uint32_t text_size,
                     const uint8_t* context, uint32_t context_size) {
  return breath::Check({text, text_size, context, context_size}, rule_set, &breath::Checker::Check);
}

int32_t breath_check_next(int32_t rule_set, const uint8_t* text, uint32_t text_size,
                          const uint8_t* context, uint32_t context_size) {
  return breath::Check({text, text_size, context, context_size}, rule_set,
                       &breath::Checker::CheckNext);
}

void breath_forget(int32_t rule_set) {
  breath::Loaded* found = breath::FindRuleSet(rule_set);
  if (found != nullptr) found->checker->Forget();
}

int32_t breath_explain(int32_t rule_set, const uint8_t* text, uint32_t text_size,
                       const uint8_t* context, uint32_t context_size) {
  std::vector<int32_t>* words = breath::GiveWords();
  breath::Loaded* found = breath::FindRuleSet(rule_set);
  std::string_view draft;
  std::string_view lines;
  if (found == nullptr || !breath::ToView(text, text_size, &draft) ||
      !breath::ToView(context, context_size, &lines)) {
    return BREATH_BAD_CALL;
  }
  const breath::Context* where = breath::ContextOf(lines);
  if (where == nullptr) return BREATH_BAD_CALL;
  const breath::Explanation explanation = found->checker->Explain(draft, *where);
  words->push_back(static_cast<int32_t>(explanation.rules.size()));
  words->push_back(static_cast<int32_t>(explanation.guards.size()));
  for (const breath::Explanation::RuleLine& line : explanation.rules) {
    words->push_back(static_cast<int32_t>(line.verdict));
    words->push_back(line.guard);
  }
  for (const bool matched : explanation.guards) words->push_back(matched ? 1 : 0);
  return 1;
}

int32_t breath_seal(const uint8_t* salt, const uint8_t* phrase, uint32_t size) {
  std::string_view text;
  if (salt == nullptr || !breath::ToView(phrase, size, &text)) {
    breath::GiveText("");
    return BREATH_BAD_CALL;
  }
  breath::SealedTerm term;
  const breath::SealRefusal refusal =
      breath::SealPhrase(breath::SipKeyFromBytes(salt), text, &term);
  if (refusal != breath::SealRefusal::kNone) {
    breath::GiveText(breath::ErrorToJson(
        {"bundle.value", "", std::string(breath::SealRefusalMessage(refusal))}));
    return 0;
  }
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(term.hash >> (8 * i)));
  breath::GiveText(std::move(bytes));
  return static_cast<int32_t>(term.words);
}

const uint8_t* breath_result(void) {
  const breath::Engine& engine = breath::TheEngine();
  return engine.words ? reinterpret_cast<const uint8_t*>(engine.word_result.data())
                      : reinterpret_cast<const uint8_t*>(engine.text_result.data());
}
uint32_t breath_result_size(void) {
  const breath::Engine& engine = breath::TheEngine();
  return static_cast<uint32_t>(engine.words ? engine.word_result.size() * sizeof(int32_t)
                                            : engine.text_result.size());
}

}  // extern "C"
