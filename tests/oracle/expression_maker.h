// SPDX-License-Identifier: Apache-2.0
// Makes a random RE2 expression of rules/FORMAT.md, section 4, together with a text it is likely to
// match. No boundaries, no anchors to the whole text, never an empty match.
// Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_EXPRESSION_MAKER_H_
#define BREATH_TESTS_ORACLE_EXPRESSION_MAKER_H_

#include <string>

#include "tests/oracle/choices.h"

namespace breath::oracle {

struct Expression {
  std::string pattern;
  std::string sample;
};

Expression AnyExpression(Choices* choices);

// Too large for the engine's budget: one every match of which starts alike, and one of which
// nothing is known beforehand. The sample matches both.
inline constexpr char kOversizePattern[] = R"(zeppelin [\pL\d]{500}|zeppelin 2 hangar)";
inline constexpr char kOversizeVague[] = R"(\d [\pL\d]{500}|\d hangar)";
inline constexpr char kOversizeSample[] = "zeppelin 2 hangar";

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_EXPRESSION_MAKER_H_
