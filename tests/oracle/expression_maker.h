// SPDX-License-Identifier: Apache-2.0
// Makes a random RE2 expression of rules/FORMAT.md, section 4, together with a text it is likely to
// match. No boundaries, no anchor to the beginning of the text, never an empty match.
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

// They match a flood of tildes more often than the engine keeps: one with a literal to look for,
// and one of which nothing is known beforehand. The sample matches both.
inline constexpr char kFloodedPattern[] = R"(~|zeppelin 2 hangar)";
inline constexpr char kFloodedVague[] = R"(~|\d hangar)";
inline constexpr char kFloodedSample[] = "zeppelin 2 hangar";
inline constexpr size_t kFlood = 66000;  // tildes; the engine keeps 65,536 matches

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_EXPRESSION_MAKER_H_
