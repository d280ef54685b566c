// SPDX-License-Identifier: Apache-2.0
// Bundle JSON to rule set, all or nothing: one fault refuses the whole bundle. Signatures and
// versions are not judged here. Tested by: tests/engine/bundle_test.cc
#ifndef BREATH_BUNDLE_BUNDLE_READER_H_
#define BREATH_BUNDLE_BUNDLE_READER_H_

#include <memory>
#include <string>
#include <string_view>

#include "wasm/bundle/bundle_error.h"
#include "wasm/rules/rule_set.h"

namespace breath {

// Reads a bundle of UTF-8 bytes. Null when it is refused; then `error` says why.
std::unique_ptr<RuleSet> ReadBundle(std::string_view bytes, BundleError* error);

}  // namespace breath

#endif  // BREATH_BUNDLE_BUNDLE_READER_H_
