// SPDX-License-Identifier: Apache-2.0
// Fuzzes what reads an untrusted bundle: any bytes are either refused with id, pointer and message,
// or make a rule set that describes itself and judges a draft. Whether it judges right is
// check_fuzzer.cc's question. Run by: scripts/fuzz
#include <nlohmann/json.hpp>
#include <string>

#include "tests/fuzz/require.h"
#include "tests/oracle/verdict.h"
#include "wasm/abi/breath_abi.h"

namespace {

nlohmann::json Result() {
  const char* text = reinterpret_cast<const char*>(breath_result());
  return nlohmann::json::parse(text, text + breath_result_size(), nullptr, false);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using breath::oracle::Outcome;
  const int32_t rule_set = breath_load(data, static_cast<uint32_t>(size));
  const nlohmann::json result = rule_set > 0 ? nlohmann::json() : Result();
  if (rule_set == 0) {
    BREATH_REQUIRE(result.is_object() && result.size() == 3);
    BREATH_REQUIRE(result.at("id").is_string() && !result["id"].get<std::string>().empty());
    BREATH_REQUIRE(result.at("pointer").is_string());
    BREATH_REQUIRE(result.at("message").is_string());
    BREATH_REQUIRE(!result["message"].get<std::string>().empty());
    return 0;
  }
  BREATH_REQUIRE(breath_describe(rule_set) == 1);
  const nlohmann::json description = Result();
  BREATH_REQUIRE(description.is_object() && description.at("rules").is_array());
  const std::string draft =
      "Kestrel raises margins. Ask kim@corp.example, or see www.corp.example! \"Fu11 m00n, said "
      "the "
      "w1zard\", strictly confidental.";
  const breath::oracle::Verdict verdict =
      breath::oracle::AskEngine(rule_set, draft, breath::oracle::Place());
  BREATH_REQUIRE(verdict.outcome != Outcome::kBadCall);
  BREATH_REQUIRE((verdict.outcome == Outcome::kFindings) == !verdict.findings.empty());
  for (const breath::oracle::Finding& finding : verdict.findings) {
    BREATH_REQUIRE(finding.rule < description["rules"].size());
    for (const breath::Span& span : finding.spans) {
      BREATH_REQUIRE(span.start < span.end && span.end <= draft.size());
    }
  }
  breath_unload(rule_set);
  return 0;
}
