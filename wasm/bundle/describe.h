// SPDX-License-Identifier: Apache-2.0
// What the engine says about a bundle, as JSON for the host: what a rule set holds, or why a bundle
// was refused. Tested by: tests/engine/bundle_test.cc
#ifndef BREATH_BUNDLE_DESCRIBE_H_
#define BREATH_BUNDLE_DESCRIBE_H_

#include <string>

#include "wasm/bundle/bundle_error.h"
#include "wasm/rules/rule_set.h"

namespace breath {

// The error as JSON: {"id","pointer","message"}.
std::string ErrorToJson(const BundleError& error);

// Fills the descriptions of a rule set, of its rules and its guards: together the members of
// BundleDescription in extension/shared/types.d.ts.
void DescribeForPeople(RuleSet* rule_set);

}  // namespace breath

#endif  // BREATH_BUNDLE_DESCRIBE_H_
