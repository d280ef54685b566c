// SPDX-License-Identifier: Apache-2.0
// Phrases to tables. Tested by tests/engine/phrase_test.cc.
#include "wasm/match/phrase_sets.h"

#include <algorithm>

#include "wasm/match/frequency.h"
#include "wasm/match/phrase_index.h"
#include "wasm/match/sections.h"
#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

using phrase_tables::Entry;
using phrase_tables::Info;
using phrase_tables::IsPairGap;
using phrase_tables::kLargestStem;
using phrase_tables::WordEnd;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool IsWordAt(std::string_view text, size_t at) {
  return at < text.size() && Has(DecodeAt(text, at).code_point, kWord);
}

// How a phrase is looked for.
enum class KeyKind : uint8_t { kWord, kPair, kStem, kSymbol };
struct Key {
  KeyKind kind = KeyKind::kSymbol;
  size_t at = 0;                // byte of the phrase where the key begins
  size_t size = 1;              // bytes; of a stem only what is hashed
  size_t second = 0;            // of a pair: where its second word begins
  double frequency = 1.0 / 64;  // about, per byte of ordinary text
};

// The words a phrase could be found by: those before the first star, whose place in a match is
// known, and not after an apostrophe, which may join words of the text. Two such words side by side
// are rarer than either.
Key RarestKey(std::string_view phrase) {
  Key best;
  Key last;  // the word before, if it can be the first of a pair
  size_t i = 0;
  while (i < phrase.size()) {
    if (!IsWordAt(phrase, i)) {
      if (phrase[i] == '*') break;
      i += DecodeAt(phrase, i).size;
      continue;
    }
    const size_t end = WordEnd(phrase, i);
    const bool is_stem = end < phrase.size() && phrase[end] == '*';
    Key key = {is_stem ? KeyKind::kStem : KeyKind::kWord, i, end - i, 0, 0};
    if (is_stem) key.size = std::min<size_t>(key.size, kLargestStem);
    const std::string_view text = phrase.substr(key.at, key.size);
    std::string bounded(" ");
    bounded.append(text);
    if (!is_stem) bounded.push_back(' ');
    key.frequency = ExpectedFrequency(bounded);
    const bool placed = i == 0 || phrase[i - 1] != '\'';
    if (placed) {
      const bool pairs = !is_stem && last.kind == KeyKind::kWord && last.at + last.size + 1 == i &&
                         IsPairGap(phrase[i - 1]);
      const Key pair = {KeyKind::kPair, last.at, end - last.at, i,
                        std::min(last.frequency, key.frequency)};
      last = key;
      if (pairs && (best.kind != KeyKind::kPair || pair.frequency < best.frequency)) best = pair;
      if (best.kind == KeyKind::kSymbol ||
          (best.kind != KeyKind::kPair && key.frequency < best.frequency)) {
        best = key;
      }
    } else {
      last = {};
    }
    i = end;
  }
  return best;
}

uint32_t HashOf(std::string_view phrase, const Key& key) {
  const std::string_view text = phrase.substr(key.at, key.size);
  switch (key.kind) {
    case KeyKind::kWord:
      return phrase_tables::HashWord(text);
    case KeyKind::kPair: {
      const size_t second = key.second - key.at;
      return phrase_tables::HashPair(phrase_tables::HashWord(text.substr(0, second - 1)),
                                     phrase_tables::HashWord(text.substr(second)));
    }
    case KeyKind::kStem:
      return phrase_tables::HashStem(text);
    case KeyKind::kSymbol:
      break;
  }
  return phrase_tables::HashSymbol(phrase[0]);
}

}  // namespace

PhraseSets::Refusal PhraseSets::Normalize(std::string_view phrase, std::string* out) {
  const std::string folded = FoldText(phrase);
  const std::string_view text = Trim(folded);
  if (text.empty()) return Refusal::kEmpty;
  for (size_t star = text.find('*'); star != std::string_view::npos;
       star = text.find('*', star + 1)) {
    if (star == 0 || !Has(DecodeBefore(text, star).code_point, kWord)) return Refusal::kStarAlone;
    if (star + 1 < text.size() && text[star + 1] != ' ' && text[star + 1] != '-') {
      return Refusal::kStarInside;
    }
  }
  *out = text;
  return Refusal::kNone;
}

uint32_t PhraseSets::NewSet() {
  sets_.emplace_back();
  return static_cast<uint32_t>(sets_.size() - 1);
}

PhraseSets::Refusal PhraseSets::Add(uint32_t set, std::string_view phrase) {
  std::string text;
  const Refusal refusal = Normalize(phrase, &text);
  if (refusal != Refusal::kNone) return refusal;
  const auto [known, is_new] = numbers_.emplace(text, static_cast<uint32_t>(texts_.size()));
  if (is_new) texts_.push_back(std::move(text));
  sets_[set].push_back(known->second);
  return Refusal::kNone;
}

std::vector<std::string_view> PhraseSets::PhrasesOf(uint32_t set) const {
  std::vector<std::string_view> out;
  for (const uint32_t phrase : sets_[set]) out.emplace_back(texts_[phrase]);
  return out;
}

double PhraseSets::ExpectedFrequencyOf(uint32_t set) const {
  double sum = 0;
  for (const uint32_t phrase : sets_[set]) sum += RarestKey(texts_[phrase]).frequency;
  return sum;
}

void PhraseSets::Write(const std::vector<bool>& wanted, ImageWriter* writer) const {
  Info info = {};
  info.phrase_count = static_cast<uint32_t>(texts_.size());
  info.set_count = sets();
  info.slot_bits = 6;
  while ((size_t{1} << info.slot_bits) < texts_.size() && info.slot_bits < 24) ++info.slot_bits;

  // Phrases are renumbered in the order of their hashes, so that the number of an entry is its
  // phrase.
  std::vector<std::pair<uint32_t, uint32_t>> order;
  std::vector<Key> keys;
  for (uint32_t i = 0; i < texts_.size(); ++i) {
    keys.push_back(RarestKey(texts_[i]));
    order.emplace_back(HashOf(texts_[i], keys.back()), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<uint64_t> filter((size_t{1} << info.slot_bits) >>
                               phrase_tables::kFilterWordsPerSlotBits);
  std::vector<uint32_t> directory((size_t{1} << info.slot_bits) + 1);
  std::vector<Entry> entries;
  std::vector<uint32_t> number(texts_.size());
  std::string texts;
  for (const auto& [hash, phrase] : order) {
    const std::string& text = texts_[phrase];
    const Key& key = keys[phrase];
    number[phrase] = static_cast<uint32_t>(entries.size());
    const auto gaps = static_cast<uint32_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '-'; }));
    info.most_gaps = std::max(info.most_gaps, gaps);
    entries.push_back({hash, static_cast<uint32_t>(texts.size()),
                       static_cast<uint16_t>(text.size()), static_cast<uint16_t>(key.at)});
    texts += text;
    filter[phrase_tables::FilterWord(hash, info.slot_bits)] |= phrase_tables::FilterBits(hash);
    ++directory[(hash >> (32 - info.slot_bits)) + 1];
    if (key.kind == KeyKind::kStem) info.stem_sizes |= 1U << key.size;
    if (key.kind == KeyKind::kSymbol) {
      const auto byte = static_cast<uint8_t>(text[0]);
      info.symbols[byte >> 6] |= uint64_t{1} << (byte & 63);
    }
  }
  for (size_t i = 1; i < directory.size(); ++i) directory[i] += directory[i - 1];

  std::vector<std::vector<uint32_t>> sets_of(texts_.size());
  std::vector<uint32_t> members_first = {0};
  std::vector<uint32_t> members;
  for (uint32_t set = 0; set < sets_.size(); ++set) {
    std::vector<uint32_t> phrases;
    for (const uint32_t phrase : sets_[set]) phrases.push_back(number[phrase]);
    std::sort(phrases.begin(), phrases.end());
    phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
    members.insert(members.end(), phrases.begin(), phrases.end());
    members_first.push_back(static_cast<uint32_t>(members.size()));
    if (!wanted[set]) continue;
    for (const uint32_t phrase : phrases) sets_of[phrase].push_back(set);
  }
  std::vector<uint32_t> naming_first = {0};
  std::vector<uint32_t> naming;
  for (const std::vector<uint32_t>& sets : sets_of) {
    naming.insert(naming.end(), sets.begin(), sets.end());
    naming_first.push_back(static_cast<uint32_t>(naming.size()));
  }

  writer->Put(section::kPhraseInfo, std::vector<Info>{info});
  writer->Put(section::kPhraseFilter, filter);
  writer->Put(section::kPhraseDirectory, directory);
  writer->Put(section::kPhraseEntries, entries);
  writer->Put(section::kPhraseTexts, std::string_view(texts));
  writer->Put(section::kPhraseSetsFirst, naming_first);
  writer->Put(section::kPhraseSets, naming);
  writer->Put(section::kSetPhrasesFirst, members_first);
  writer->Put(section::kSetPhrases, members);
}

}  // namespace breath
