// SPDX-License-Identifier: Apache-2.0
// Makes a bundle that loads and a draft that nearly breaks its rules, out of a row of choices: all
// operators nested, shared lists and definitions, options, audiences, windows, guards; drafts out
// of the words the rules look for, misspelled in every way Unicode offers. It knows nothing of
// right and wrong answers. Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_CASE_MAKER_H_
#define BREATH_TESTS_ORACLE_CASE_MAKER_H_

#include <nlohmann/json.hpp>
#include <string>

#include "tests/oracle/choices.h"
#include "tests/oracle/verdict.h"

namespace breath::oracle {

struct Case {
  nlohmann::json bundle;
  std::string draft;  // bytes; may hold NUL and malformed UTF-8
  Place place;
};

Case MakeCase(Choices* choices);

// A rare part of some cases: an expression that a flood in the draft makes match too often.
bool HoldsFloodedPattern(const nlohmann::json& bundle);

// For people: bundle without its texts, draft with escapes, place.
std::string ToText(const Case& made);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_CASE_MAKER_H_
