// SPDX-License-Identifier: Apache-2.0
// Where a draft is written and what a checker says of it, in a form both the oracle and the engine
// can be brought to; and the engine's answer through its C functions. It decides nothing.
// Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_VERDICT_H_
#define BREATH_TESTS_ORACLE_VERDICT_H_

#include <stdint.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/text/span.h"

namespace breath::oracle {

struct Place {
  std::string site = "x";
  std::string surface = "post";
  std::string audience = "external";
  int64_t at = 1795219200;  // seconds since 1970
  bool reply = false;
  bool media = false;
};

enum class Outcome : int32_t { kClean = 0, kFindings = 1, kUnchecked = 2, kBadCall = -1 };

struct Finding {
  uint32_t rule = 0;     // index
  int32_t severity = 0;  // 0 note, 1 pause, 2 strong
  SpanList spans;        // UTF-16
  friend bool operator==(const Finding& a, const Finding& b) {
    return a.rule == b.rule && a.severity == b.severity && a.spans == b.spans;
  }
};

struct Verdict {
  Outcome outcome = Outcome::kClean;
  std::vector<Finding> findings;   // in the order of rules/FORMAT.md, section 6
  std::vector<int32_t> unchecked;  // indices of rules, rising; -1 stands for all of them
  friend bool operator==(const Verdict& a, const Verdict& b) {
    return a.outcome == b.outcome && a.findings == b.findings && a.unchecked == b.unchecked;
  }
};

// Sorts the findings and sets the outcome, by rules/FORMAT.md, section 6.
void Conclude(const nlohmann::json& bundle, Verdict* verdict);

// What the engine says of a loaded rule set; it goes through wasm/abi only.
Verdict AskEngine(int32_t rule_set, std::string_view draft, const Place& place);

// One line for people.
std::string ToText(const Verdict& verdict);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_VERDICT_H_
