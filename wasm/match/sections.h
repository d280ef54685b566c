// SPDX-License-Identifier: Apache-2.0
// The sections of an image, by number. What a section holds is said where it is read.
#ifndef BREATH_MATCH_SECTIONS_H_
#define BREATH_MATCH_SECTIONS_H_

#include <stdint.h>

namespace breath::section {

enum : uint32_t {
  // wasm/match/phrase_index.h
  kPhraseInfo,
  kPhraseBits,
  kPhraseDirectory,
  kPhraseEntries,
  kPhraseTexts,
  kPhraseSetsFirst,
  kPhraseSets,
  kSetPhrasesFirst,
  kSetPhrases,
  // wasm/match/literal_index.h
  kLiteralInfo,
  kLiteralBits,
  kLiteralDirectory,
  kLiteralEntries,
  kShortLiteralBits,
  kShortLiteralEntries,
  kLiteralTexts,
  kLiteralGroupsFirst,
  kLiteralGroups,
  // wasm/rules/compiled_rules.h
  kNodes,
  kChildren,
  kLeaves,
  kContexts,
  kPatterns,
  kSecrets,
  kLinks,
  kStrings,
  kStringRefs,
  kRules,
  kGuards,
  kRuleGuards,
  kTriggerFirst,
  kTriggerRules,
  kRuleTexts,
  kHead,
  kCount,
};

}  // namespace breath::section

#endif  // BREATH_MATCH_SECTIONS_H_
