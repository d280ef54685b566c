// SPDX-License-Identifier: Apache-2.0
// The tables of see_through.h as sections of an image. Tested by tests/engine/image_test.cc.
#include "wasm/match/sections.h"
#include "wasm/match/see_through.h"

namespace breath {
namespace {

constexpr uint32_t kMostSlotBits = 18;

bool AreKeys(const DisguiseKeys& table, const SeeThroughView& view) {
  if (uint64_t{table.first_key} + table.key_count > view.keys.size) return false;
  if (table.slot_bits > kMostSlotBits) return false;
  const uint32_t bounds = (1U << table.slot_bits) + 1;
  if (uint64_t{table.first_slot} + bounds > view.slots.size) return false;
  return AreBounds(view.slots.Part(table.first_slot, bounds), bounds - 1, table.key_count);
}

// Phrases lie one after the other, so do their words, and so do the letters of those: what one
// phrase costs to read is its own, and a row of joined letters can be compared with all of it.
bool ArePhrases(const SeeThroughView& view) {
  uint32_t next_word = 0;
  uint32_t next_letter = 0;
  for (uint32_t i = 0; i < view.phrases.size; ++i) {
    const DisguisePhrase& phrase = view.phrases[i];
    if (phrase.set >= view.sets || phrase.words == 0 || phrase.first_word != next_word ||
        phrase.words > view.words.size - next_word) {
      return false;
    }
    const uint32_t first_letter = next_letter;
    for (const DisguiseWord& word : view.words.Part(next_word, phrase.words)) {
      if (word.phrase != i || word.first_letter != next_letter || word.size == 0 ||
          word.size > kLongestDisguiseWord || word.size > view.letters.size - next_letter) {
        return false;
      }
      next_letter += word.size;
    }
    if (phrase.letters != next_letter - first_letter) return false;
    next_word += phrase.words;
  }
  return next_word == view.words.size && next_letter == view.letters.size;
}

// A key leads to a word; that of joined words to the first of its phrase.
bool AreKeysOfWords(const SeeThroughView& view) {
  for (const DisguiseKey& key : view.keys) {
    if (key.word >= view.words.size) return false;
  }
  const DisguiseKeys& joined = view.tables[kJoinedKeys];
  for (const DisguiseKey& key : view.keys.Part(joined.first_key, joined.key_count)) {
    if (view.phrases[view.words[key.word].phrase].first_word != key.word) return false;
  }
  return true;
}

}  // namespace

SeeThroughView ViewOf(const SeeThroughTables& tables) {
  auto slice = [](const auto& records) {
    using Record = typename std::decay_t<decltype(records)>::value_type;
    return Slice<Record>{records.data(), static_cast<uint32_t>(records.size())};
  };
  SeeThroughView view;
  view.letters = slice(tables.letters);
  view.words = slice(tables.words);
  view.phrases = slice(tables.phrases);
  view.keys = slice(tables.keys);
  view.slots = slice(tables.slots);
  view.tables = slice(tables.tables);
  view.phrase_sets = slice(tables.phrase_sets);
  view.sets = view.phrase_sets.size;
  return view;
}

void SeeThroughTables::Write(ImageWriter* writer) const {
  writer->Put(section::kDisguiseLetters, letters);
  writer->Put(section::kDisguiseWords, words);
  writer->Put(section::kDisguisePhrases, phrases);
  writer->Put(section::kDisguiseKeys, keys);
  writer->Put(section::kDisguiseSlots, slots);
  writer->Put(section::kDisguiseTables, tables);
  writer->Put(section::kDisguiseSets, phrase_sets);
}

bool SeeThroughView::Open(const Image& image) {
  letters = image.Get<uint16_t>(section::kDisguiseLetters);
  words = image.Get<DisguiseWord>(section::kDisguiseWords);
  phrases = image.Get<DisguisePhrase>(section::kDisguisePhrases);
  keys = image.Get<DisguiseKey>(section::kDisguiseKeys);
  slots = image.Get<uint32_t>(section::kDisguiseSlots);
  tables = image.Get<DisguiseKeys>(section::kDisguiseTables);
  phrase_sets = image.Get<uint32_t>(section::kDisguiseSets);
  sets = phrase_sets.size;
  if (sets == 0) return true;
  if (tables.size != kDisguiseTables) return false;
  for (const DisguiseKeys& table : tables) {
    if (!AreKeys(table, *this)) return false;
  }
  return ArePhrases(*this) && AreKeysOfWords(*this);
}

}  // namespace breath
