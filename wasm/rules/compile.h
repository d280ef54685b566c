// SPDX-License-Identifier: Apache-2.0
// RuleSet to image: numbers instead of pointers, tables instead of lists, and for every rule what
// must be seen in a draft before it is worth judging. Tested by: tests/engine/image_test.cc
#ifndef BREATH_RULES_COMPILE_H_
#define BREATH_RULES_COMPILE_H_

#include <stdint.h>

#include <vector>

#include "wasm/rules/rule_set.h"

namespace breath {

// An image without a key, or nothing when it would be larger than kLargestImage. The
// description of each rule says what the rule costs: callsPerMillion, patternPrice.
std::vector<uint64_t> CompileRules(const RuleSet& rule_set);

}  // namespace breath

#endif  // BREATH_RULES_COMPILE_H_
