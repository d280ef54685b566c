// SPDX-License-Identifier: Apache-2.0
// Behind trial.h. Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/trial.h"

#include <algorithm>

#include "tests/oracle/oracle.h"
#include "wasm/abi/breath_abi.h"

namespace breath::oracle {
namespace {

// What a verdict says of one rule: its finding, or that it was not judged, or neither.
struct OfRule {
  const Finding* finding = nullptr;
  bool unchecked = false;
};
OfRule Of(const Verdict& verdict, uint32_t rule) {
  OfRule out;
  for (const Finding& finding : verdict.findings) {
    if (finding.rule == rule) out.finding = &finding;
  }
  const auto& list = verdict.unchecked;
  out.unchecked = std::find(list.begin(), list.end(), static_cast<int32_t>(rule)) != list.end();
  return out;
}
bool Same(const OfRule& a, const OfRule& b) {
  if (a.unchecked != b.unchecked || (a.finding == nullptr) != (b.finding == nullptr)) return false;
  return a.finding == nullptr || *a.finding == *b.finding;
}

// Definitions and guards count for every rule: telling which rule uses which is not worth the code.
bool DependsOnFlooded(const nlohmann::json& bundle, uint32_t rule) {
  nlohmann::json reach = bundle;
  reach["rules"] = nlohmann::json::array({bundle.at("rules").at(rule)});
  return HoldsFloodedPattern(reach);
}

}  // namespace

bool IsRight(const nlohmann::json& bundle, const Verdict& engine, const Verdict& unread,
             const Verdict& read) {
  if (!HoldsFloodedPattern(bundle)) return engine == read;
  for (uint32_t rule = 0; rule < bundle.at("rules").size(); ++rule) {
    const OfRule said = Of(engine, rule);
    const bool allowed =
        Same(said, Of(unread, rule)) || Same(said, Of(read, rule)) ||
        (said.unchecked && said.finding == nullptr && DependsOnFlooded(bundle, rule));
    if (!allowed) return false;
  }
  Verdict concluded = engine;
  Conclude(bundle, &concluded);
  return concluded == engine;
}

Trial Try(const Case& made) {
  Trial trial;
  const std::string bytes = made.bundle.dump();
  const int32_t rule_set = breath_load(reinterpret_cast<const uint8_t*>(bytes.data()),
                                       static_cast<uint32_t>(bytes.size()));
  if (rule_set == 0) {
    trial.refusal.assign(reinterpret_cast<const char*>(breath_result()), breath_result_size());
    return trial;
  }
  trial.engine = AskEngine(rule_set, made.draft, made.place);
  // Again: what the first check left behind must not change the answer.
  const Verdict again = AskEngine(rule_set, made.draft, made.place);
  breath_unload(rule_set);
  trial.read = Check(made.bundle, made.draft, made.place, Oversize::kRead);
  trial.unread = HoldsFloodedPattern(made.bundle)
                     ? Check(made.bundle, made.draft, made.place, Oversize::kUnread)
                     : trial.read;
  trial.agreed =
      again == trial.engine && IsRight(made.bundle, trial.engine, trial.unread, trial.read);
  return trial;
}

std::string ToText(const Case& made, const Trial& trial) {
  if (!trial.refusal.empty()) return ToText(made) + "\nrefused: " + trial.refusal;
  return ToText(made) + "\nengine: " + ToText(trial.engine) + "\noracle: " + ToText(trial.read) +
         (trial.unread == trial.read ? ""
                                     : "\noracle, large patterns unread: " + ToText(trial.unread));
}

}  // namespace breath::oracle
