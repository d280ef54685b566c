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

// Words of a phrase lie one after the other, and so do their letters: a row of joined letters is
// compared with all of them.
bool IsPhrase(uint32_t index, const SeeThroughView& view) {
  const DisguisePhrase& phrase = view.phrases[index];
  if (phrase.set >= view.sets || phrase.words == 0) return false;
  if (uint64_t{phrase.first_word} + phrase.words > view.words.size) return false;
  uint64_t letter = view.words[phrase.first_word].first_letter;
  const uint64_t end = letter + phrase.letters;
  for (const DisguiseWord& word : view.words.Part(phrase.first_word, phrase.words)) {
    if (word.phrase != index || word.first_letter != letter) return false;
    letter += word.size;
  }
  return letter == end && end <= view.letters.size;
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
  for (const DisguiseKey& key : keys) {
    if (key.word >= words.size) return false;
  }
  for (uint32_t i = 0; i < phrases.size; ++i) {
    if (!IsPhrase(i, *this)) return false;
  }
  // A word belongs to the phrase that holds it.
  for (uint32_t i = 0; i < words.size; ++i) {
    const DisguiseWord& word = words[i];
    if (word.phrase >= phrases.size) return false;
    const DisguisePhrase& phrase = phrases[word.phrase];
    if (i < phrase.first_word || i - phrase.first_word >= phrase.words) return false;
  }
  return true;
}

}  // namespace breath
