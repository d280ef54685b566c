// SPDX-License-Identifier: Apache-2.0
// The sections of an image, by number. What a section holds is said where it is read.
#ifndef BREATH_MATCH_SECTIONS_H_
#define BREATH_MATCH_SECTIONS_H_

#include <stdint.h>

namespace breath::section {

enum : uint32_t {
  // wasm/match/phrase_index.h
  kPhraseInfo,
  kPhraseFilter,
  kPhraseDirectory,
  kPhraseEntries,
  kPhraseTexts,
  kPhraseSetsFirst,
  kPhraseSets,
  kSetPhrasesFirst,
  kSetPhrases,
  // wasm/match/literal_index.h
  kLiteralInfo,
  kLiteralFilter,
  kLiteralBits,
  kLiteralDirectory,
  kLiteralEntries,
  kShortLiteralFilter,
  kShortLiteralEntries,
  kLiteralTexts,
  kLiteralGroupsFirst,
  kLiteralGroups,
  // wasm/match/see_through.h
  kDisguiseLetters,
  kDisguiseWords,
  kDisguisePhrases,
  kDisguiseKeys,
  kDisguiseSlots,
  kDisguiseTables,
  kDisguiseSets,
  // wasm/match/sealed_list.h
  kSealedSets,
  kSealedHashes,
  kSealedSlots,
  // wasm/rules/compiled_rules.h
  kNodes,
  kChildren,
  kLeaves,
  kReadLeaves,
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
