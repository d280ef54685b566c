// SPDX-License-Identifier: Apache-2.0
// Every limit on an untrusted bundle, in one place: rules/FORMAT.md, section 5.
#ifndef BREATH_BUNDLE_LIMITS_H_
#define BREATH_BUNDLE_LIMITS_H_

#include <stddef.h>
#include <stdint.h>

namespace breath::limits {

inline constexpr size_t kBundleBytes = size_t{16} << 20;
inline constexpr uint32_t kJsonDepth = 32;
inline constexpr size_t kJsonValues = 2000000;  // strings, numbers, arrays, objects and so on
inline constexpr size_t kStringBytes = 8192;
inline constexpr size_t kRules = 20000;
inline constexpr size_t kGuards = 200;
inline constexpr size_t kDefinitions = 500;
inline constexpr size_t kLists = 200;
inline constexpr size_t kPatterns = 20000;
inline constexpr size_t kPatternBytes = 1024;
inline constexpr size_t kPhrases = 20000;       // in one leaf
inline constexpr size_t kTerms = 100000;        // in one list, sealed or not
inline constexpr size_t kAllPhrases = 500000;   // of all leaves and open lists
inline constexpr size_t kSeenThrough = 100000;  // of these, with seeThrough
inline constexpr size_t kHosts = 500000;        // of all links, the terms of their lists included
inline constexpr size_t kSayCharacters = 300;
inline constexpr size_t kNodes = 500000;  // condition nodes, definitions expanded
inline constexpr uint32_t kConditionDepth = 8;
inline constexpr uint32_t kWithin = 1000;
inline constexpr int64_t kVersion = 9007199254740991;  // 2^53 - 1: what JSON readers agree on

}  // namespace breath::limits

#endif  // BREATH_BUNDLE_LIMITS_H_
