// SPDX-License-Identifier: Apache-2.0
// The front end for untrusted JSON: what nlohmann/json would let pass is refused before it builds
// anything. It refuses a byte order mark, NUL, malformed UTF-8, nesting, duplicate keys (escaped or
// not) and over-long strings; it knows no schema. Tested by: tests/engine/strict_json_test.cc
#ifndef BREATH_BUNDLE_STRICT_JSON_H_
#define BREATH_BUNDLE_STRICT_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "wasm/bundle/bundle_error.h"

namespace breath {

// Parses `bytes` into `out`. On false, `error` says why and `out` is unspecified.
bool ParseStrictJson(std::string_view bytes, nlohmann::json* out, BundleError* error);

}  // namespace breath

#endif  // BREATH_BUNDLE_STRICT_JSON_H_
