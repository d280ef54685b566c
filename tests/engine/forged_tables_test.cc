// SPDX-License-Identifier: Apache-2.0
// Tests what opens the tables of wasm/match in an image whose hash is right and whose records are
// not: phrases, literals, disguised spelling, sealed lists. The records of the rules are in
// forged_image_test.cc.
#include "tests/engine/forged_rows.h"
#include "wasm/match/features.h"

namespace breath {
namespace {

using testing::Change;
using testing::CheckRefused;
using testing::Forgery;
using testing::kFar;
using testing::kMost;
using testing::Row;
using PhraseInfo = phrase_tables::Info;
using PhraseEntry = phrase_tables::Entry;
using LiteralInfo = literal_tables::Info;
using LiteralEntry = literal_tables::Entry;

// So many groups that the number of the last trigger comes out as 2, and a table for that.
void WrapTriggers(Forgery* forgery) {
  uint32_t sets = 0;
  forgery->Edit<PhraseInfo>(section::kPhraseInfo, [&sets](auto& v) { sets = v[0].set_count; });
  forgery->Edit<LiteralInfo>(section::kLiteralInfo,
                             [sets](auto& v) { v[0].groups = 2U - kFeatureCount - sets; });
  forgery->Edit<LeafRecord>(section::kLeaves, [](auto& v) {
    for (LeafRecord& leaf : v) leaf.trigger = kNoTrigger;
  });
  forgery->Edit<uint32_t>(section::kReadLeaves, [](auto& v) { v.clear(); });
  forgery->Edit<uint32_t>(section::kTriggerFirst, [](auto& v) {
    v = {0, v.back(), v.back(), v.back()};
  });
}

// Two phrases with the same letters, and letters that no one has left out.
void ShareLetters(Forgery* forgery) {
  forgery->Edit<DisguiseWord>(section::kDisguiseWords, [forgery](auto& v) {
    const uint16_t size = v.back().size;
    v.back().first_letter = 0;
    forgery->Edit<uint16_t>(section::kDisguiseLetters,
                            [size](auto& letters) { letters.resize(letters.size() - size); });
  });
}

// More letters than a word has that is looked up.
void LengthenWord(Forgery* forgery) {
  forgery->Edit<DisguiseWord>(section::kDisguiseWords, [](auto& v) { v.back().size += 60; });
  forgery->Edit<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { v.back().letters += 60; });
  forgery->Edit<uint16_t>(section::kDisguiseLetters, [](auto& v) { v.resize(v.size() + 60, 'a'); });
}

// Read as the first word of its phrase, the second would end beyond it.
void MisleadJoinedKey(Forgery* forgery) {
  uint32_t key = 0;
  forgery->Edit<DisguiseKeys>(section::kDisguiseTables, [&key](auto& v) {
    if (v[kJoinedKeys].key_count == 0) FAIL("no joined words");
    key = v[kJoinedKeys].first_key;
  });
  forgery->Edit<DisguiseKey>(section::kDisguiseKeys, [key](auto& v) { ++v[key].word; });
}

// Each list would be looked at in full: many of them, and opening never ends.
void ShareHashes(Forgery* forgery) {
  forgery->Edit<SealedSet>(section::kSealedSets, [](auto& v) { v.assign(5, v[0]); });
}

const Row kRows[] = {
    // Phrases.
    {"too few slot bits",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].slot_bits = 5; })},
    {"too many slot bits",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].slot_bits = 25; })},
    {"one slot bit more",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { ++v[0].slot_bits; })},
    {"stems of no bytes",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].stem_sizes |= 1; })},
    {"stems longer than their keys",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].stem_sizes |= 1U << 9; })},
    {"no phrase info", Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v.clear(); })},
    {"two phrase infos",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v.push_back(v[0]); })},
    {"a phrase too many",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { ++v[0].phrase_count; })},
    {"a set too many", Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { ++v[0].set_count; })},
    {"all the sets there can be",
     Change<PhraseInfo>(section::kPhraseInfo, [](auto& v) { v[0].set_count = kMost; })},
    {"a word of the filter too few",
     Change<uint64_t>(section::kPhraseFilter, [](auto& v) { v.pop_back(); })},
    {"a directory that goes back",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { v[1] = kFar; })},
    {"a directory that ends early",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { --v.back(); })},
    {"a directory that starts late",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { v[0] = 1; })},
    {"a directory too short",
     Change<uint32_t>(section::kPhraseDirectory, [](auto& v) { v.pop_back(); })},
    {"an empty phrase",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v[0].size = 0; })},
    {"a key behind its phrase",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v[0].key_at = v[0].size; })},
    {"a phrase outside the texts",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v[0].text = kFar; })},
    {"a phrase across the end",
     Change<PhraseEntry>(section::kPhraseEntries, [](auto& v) { v.back().size = 0xFFFF; })},
    {"no texts", Change<char>(section::kPhraseTexts, [](auto& v) { v.clear(); })},
    {"sets of a phrase outside",
     Change<uint32_t>(section::kPhraseSetsFirst, [](auto& v) { v[1] = kFar; })},
    {"a set no one has", Change<uint32_t>(section::kPhraseSets, [](auto& v) { v[0] = 1000; })},
    {"phrases of a set outside",
     Change<uint32_t>(section::kSetPhrasesFirst, [](auto& v) { v.back() = kFar; })},
    {"a phrase no one has", Change<uint32_t>(section::kSetPhrases, [](auto& v) { v[0] = kMost; })},
    // Literals.
    {"literals: too many slot bits",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v[0].slot_bits = 32; })},
    {"literals: too few slot bits",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v[0].slot_bits = 0; })},
    {"a group too many",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { ++v[0].groups; })},
    {"groups whose triggers wrap around", WrapTriggers},
    {"all the groups there can be",
     Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v[0].groups = kMost; })},
    {"no literal info", Change<LiteralInfo>(section::kLiteralInfo, [](auto& v) { v.clear(); })},
    {"literals: bits too few",
     Change<uint64_t>(section::kLiteralBits, [](auto& v) { v.pop_back(); })},
    {"literals: a directory that goes back",
     Change<uint32_t>(section::kLiteralDirectory, [](auto& v) { v[1] = kFar; })},
    {"an empty literal",
     Change<LiteralEntry>(section::kLiteralEntries, [](auto& v) { v[0].size = 0; })},
    {"a key across the literal's end",
     Change<LiteralEntry>(section::kLiteralEntries,
                          [](auto& v) { v[0].key_at = static_cast<uint16_t>(v[0].size - 3); })},
    {"a literal outside the texts",
     Change<LiteralEntry>(section::kLiteralEntries, [](auto& v) { v[0].text = kFar; })},
    {"a short literal outside the texts",
     Change<LiteralEntry>(section::kShortLiteralEntries, [](auto& v) { v[0].text = kFar; })},
    {"an empty short literal",
     Change<LiteralEntry>(section::kShortLiteralEntries, [](auto& v) { v[0].size = 0; })},
    {"literals without a filter",
     Change<uint8_t>(section::kLiteralFilter, [](auto& v) { v.clear(); })},
    {"literals: a byte of the filter too few",
     Change<uint8_t>(section::kLiteralFilter, [](auto& v) { v.pop_back(); })},
    {"short literals without a filter",
     Change<uint8_t>(section::kShortLiteralFilter, [](auto& v) { v.clear(); })},
    {"groups of a literal outside",
     Change<uint32_t>(section::kLiteralGroupsFirst, [](auto& v) { v.back() = kFar; })},
    {"a group no one has", Change<uint32_t>(section::kLiteralGroups, [](auto& v) { v[0] = 1000; })},
    // Disguised spelling.
    {"words of a phrase outside",
     Change<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { v[0].first_word = kFar; })},
    {"words of a phrase across the end",
     Change<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { v.back().words = kMost; })},
    {"words shared by two phrases",
     Change<DisguisePhrase>(section::kDisguisePhrases,
                            [](auto& v) { v[1].first_word = v[0].first_word; })},
    {"a phrase of no words",
     Change<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { v.back().words = 0; })},
    {"a phrase of letters it has not",
     Change<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { ++v[0].letters; })},
    {"a phrase of no disguised set",
     Change<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { v[0].set = 1000; })},
    {"a disguised phrase too few",
     Change<DisguisePhrase>(section::kDisguisePhrases, [](auto& v) { v.pop_back(); })},
    {"letters of a word outside",
     Change<DisguiseWord>(section::kDisguiseWords, [](auto& v) { v[0].first_letter = kFar; })},
    {"letters shared by two words",
     Change<DisguiseWord>(section::kDisguiseWords,
                          [](auto& v) { v[1].first_letter = v[0].first_letter; })},
    {"letters shared by two phrases", ShareLetters},
    {"a word of no letters", Change<DisguiseWord>(section::kDisguiseWords,
                                                  [](auto& v) {
                                                    v[1].size += v[0].size;
                                                    v[1].first_letter -= v[0].size;
                                                    v[0].size = 0;
                                                  })},
    {"a word of many letters", LengthenWord},
    {"a word across the end",
     Change<DisguiseWord>(section::kDisguiseWords, [](auto& v) { v.back().size = 0xFFFF; })},
    {"a word of no phrase",
     Change<DisguiseWord>(section::kDisguiseWords, [](auto& v) { v[0].phrase = kMost; })},
    {"a word of another phrase",
     Change<DisguiseWord>(section::kDisguiseWords, [](auto& v) { v[0].phrase = v.back().phrase; })},
    {"letters too few", Change<uint16_t>(section::kDisguiseLetters, [](auto& v) { v.pop_back(); })},
    {"letters too many",
     Change<uint16_t>(section::kDisguiseLetters, [](auto& v) { v.push_back('a'); })},
    {"a key of no word",
     Change<DisguiseKey>(section::kDisguiseKeys, [](auto& v) { v[0].word = kMost; })},
    {"a key of joined words that is not their first", MisleadJoinedKey},
    {"keys outside",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v[0].first_key = kFar; })},
    {"keys across the end",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v[3].key_count = kMost; })},
    {"a key too many",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { ++v[0].key_count; })},
    {"slots of keys outside",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v[0].first_slot = kFar; })},
    {"slots of keys across the end",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v[3].slot_bits = 18; })},
    {"slots of keys without measure",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v[0].slot_bits = 32; })},
    {"a table of keys too few",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v.pop_back(); })},
    {"a table of keys too many",
     Change<DisguiseKeys>(section::kDisguiseTables, [](auto& v) { v.push_back(v[0]); })},
    {"slots that go back", Change<uint32_t>(section::kDisguiseSlots, [](auto& v) { v[1] = kFar; })},
    {"slots that start late", Change<uint32_t>(section::kDisguiseSlots, [](auto& v) { v[0] = 1; })},
    {"slots that end late", Change<uint32_t>(section::kDisguiseSlots, [](auto& v) { ++v.back(); })},
    {"a slot too few", Change<uint32_t>(section::kDisguiseSlots, [](auto& v) { v.pop_back(); })},
    {"a phrase set no one has",
     Change<uint32_t>(section::kDisguiseSets, [](auto& v) { v[0] = 1000; })},
    {"no disguised sets, which leaves name",
     Change<uint32_t>(section::kDisguiseSets, [](auto& v) { v.clear(); })},
    // Sealed lists.
    {"hashes outside",
     Change<SealedSet>(section::kSealedSets, [](auto& v) { v[0].first_hash = kFar; })},
    {"hashes across the end",
     Change<SealedSet>(section::kSealedSets, [](auto& v) { v[1].hash_count = kMost; })},
    {"hashes shared by two lists", ShareHashes},
    {"slots of hashes outside",
     Change<SealedSet>(section::kSealedSets, [](auto& v) { v[0].first_slot = kFar; })},
    {"slots of hashes without measure",
     Change<SealedSet>(section::kSealedSets, [](auto& v) { v[0].slot_bits = 32; })},
    {"one slot bit of hashes more",
     Change<SealedSet>(section::kSealedSets, [](auto& v) { ++v[1].slot_bits; })},
    {"terms of more words than there can be",
     Change<SealedSet>(section::kSealedSets, [](auto& v) { v[0].words |= 1U << 17; })},
    {"a list too few", Change<SealedSet>(section::kSealedSets, [](auto& v) { v.pop_back(); })},
    {"a hash too few", Change<uint64_t>(section::kSealedHashes, [](auto& v) { v.pop_back(); })},
    {"a hash too many",
     Change<uint64_t>(section::kSealedHashes, [](auto& v) { v.push_back(v[0]); })},
    {"slots of hashes that go back",
     Change<uint32_t>(section::kSealedSlots, [](auto& v) { v[1] = kFar; })},
    {"slots of hashes that start late",
     Change<uint32_t>(section::kSealedSlots, [](auto& v) { v[0] = 1; })},
    {"slots of hashes that end late",
     Change<uint32_t>(section::kSealedSlots, [](auto& v) { ++v.back(); })},
    {"a slot of hashes too few",
     Change<uint32_t>(section::kSealedSlots, [](auto& v) { v.pop_back(); })},
};

TEST_CASE("tables that contradict each other are refused", "[forged]") { CheckRefused(kRows); }

}  // namespace
}  // namespace breath
