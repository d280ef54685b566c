// SPDX-License-Identifier: Apache-2.0
// The pass behind phrase_index.h. Tested by tests/engine/phrase_test.cc.
#include "wasm/match/phrase_index.h"

#include "wasm/match/sections.h"
#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

using phrase_tables::Entry;
using phrase_tables::Info;
using phrase_tables::WordEnd;

// FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ . One multiplication a byte, and the
// hash of every beginning of a word falls out on the way to the hash of the word.
constexpr uint32_t kSeed = 2166136261U;
uint32_t Step(uint32_t hash, char byte) { return (hash ^ static_cast<uint8_t>(byte)) * 16777619U; }

// Spreads a hash over its leading bits, and keeps the three kinds of key apart. After the finalizer
// of MurmurHash3 (Austin Appleby, public domain).
enum Kind : uint32_t { kWordKey = 0, kStemKey = 0x5BD1E995, kSymbolKey = 0x1B873593 };
uint32_t Finish(uint32_t hash, Kind kind) {
  hash ^= kind;
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6BU;
  return hash ^ (hash >> 13);
}

// What a byte of folded text may be: part of a word, no part of one, or the start of a longer
// character.
enum ByteClass : uint8_t { kNoWord, kWordByte, kLongCharacter };
struct ByteClasses {
  uint8_t of[256] = {};
  constexpr ByteClasses() {
    for (int c = 0; c < 256; ++c) {
      if (c >= 0x80)
        of[c] = kLongCharacter;
      else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
               (c >= 'A' && c <= 'Z'))
        of[c] = kWordByte;
    }
  }
};
constexpr ByteClasses kByteClasses;
uint8_t ClassOf(char c) { return kByteClasses.of[static_cast<uint8_t>(c)]; }

bool EndsWord(std::string_view phrase) {
  return Has(DecodeBefore(phrase, phrase.size()).code_point, kWord);
}

// IsWordBoundary, decided at once for most places of ordinary text.
bool BeginsWord(std::string_view text, size_t at) {
  if (at == 0 || (ClassOf(text[at - 1]) == kNoWord && text[at - 1] != '\'')) return true;
  return IsWordBoundary(text, at);
}
bool IsBoundaryAfter(std::string_view text, size_t at) {
  if (at >= text.size() || (ClassOf(text[at]) == kNoWord && text[at] != '\'')) return true;
  return IsWordBoundary(text, at);
}

// The end of what a star stands for at byte `at`: the rest of the word.
size_t EndingAt(std::string_view text, size_t at) {
  size_t i = at;
  while (i < text.size()) {
    const Decoded decoded = DecodeAt(text, i);
    const bool joins = decoded.code_point == '\'' && !IsWordBoundary(text, i);
    if (!joins && !Has(decoded.code_point, kWord)) break;
    if (IsWordBoundary(text, i)) break;
    i += decoded.size;
  }
  return i;
}

// The end of the match of a phrase at byte `at` of the text, or 0.
size_t MatchAt(std::string_view phrase, std::string_view text, size_t at) {
  size_t i = at;
  for (const char wanted : phrase) {
    if (wanted == '*') {
      i = EndingAt(text, i);
      continue;
    }
    if (i >= text.size()) return 0;
    // A space also finds a hyphen: "brain dead" and "brain-dead".
    if (text[i] != wanted && !(wanted == ' ' && text[i] == '-')) return 0;
    ++i;
  }
  if (phrase.back() != '*' && EndsWord(phrase) && !IsBoundaryAfter(text, i)) return 0;
  return i;
}

}  // namespace

namespace phrase_tables {

uint32_t HashWord(std::string_view word) {
  uint32_t hash = kSeed;
  for (const char c : word) hash = Step(hash, c);
  return Finish(hash, kWordKey);
}
uint32_t HashStem(std::string_view stem) {
  uint32_t hash = kSeed;
  for (const char c : stem) hash = Step(hash, c);
  return Finish(hash, kStemKey);
}
uint32_t HashSymbol(char symbol) { return Finish(Step(kSeed, symbol), kSymbolKey); }

size_t WordEnd(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size()) {
    const Decoded decoded = DecodeAt(text, end);
    const uint8_t properties = PropertiesOf(decoded.code_point);
    if ((properties & kWord) == 0) break;
    if ((properties & kDense) != 0 && (properties & kMark) == 0 && end > at) break;
    end += decoded.size;
    if ((properties & kDense) != 0) {
      while (end < text.size() && Has(DecodeAt(text, end).code_point, kMark)) {
        end += DecodeAt(text, end).size;
      }
      break;
    }
  }
  return end;
}

}  // namespace phrase_tables

bool PhraseIndex::Open(const Image& image) {
  const Slice<Info> info = image.Get<Info>(section::kPhraseInfo);
  if (info.size != 1 || info[0].slot_bits < 6 || info[0].slot_bits > 24) return false;
  info_ = info[0];
  bits_ = image.Get<uint64_t>(section::kPhraseBits);
  directory_ = image.Get<uint32_t>(section::kPhraseDirectory);
  entries_ = image.Get<Entry>(section::kPhraseEntries);
  texts_ = image.Get<char>(section::kPhraseTexts);
  naming_first_ = image.Get<uint32_t>(section::kPhraseSetsFirst);
  naming_ = image.Get<uint32_t>(section::kPhraseSets);
  members_first_ = image.Get<uint32_t>(section::kSetPhrasesFirst);
  members_ = image.Get<uint32_t>(section::kSetPhrases);
  const size_t slots = size_t{1} << info_.slot_bits;
  if (bits_.size != slots / 8 || entries_.size != info_.phrase_count ||
      !AreBounds(directory_, slots, entries_.size) ||
      !AreBounds(naming_first_, info_.phrase_count, naming_.size) ||
      !AreBounds(members_first_, info_.set_count, members_.size) ||
      !AreBelow(naming_, info_.set_count) || !AreBelow(members_, info_.phrase_count)) {
    return false;
  }
  for (const Entry& entry : entries_) {
    if (entry.size == 0 || entry.key_at >= entry.size ||
        uint64_t{entry.text} + entry.size > texts_.size) {
      return false;
    }
  }
  return true;
}

bool PhraseIndex::Try(uint32_t hash, std::string_view text, size_t at, const Stretch& stretch,
                      size_t limit, std::vector<PhraseHit>* hits) const {
  const uint32_t slot = hash >> (32 - info_.slot_bits);
  for (uint32_t i = directory_[slot]; i < directory_[slot + 1]; ++i) {
    const Entry& entry = entries_[i];
    if (entry.hash != hash || entry.key_at > at) continue;
    const std::string_view phrase(texts_.data + entry.text, entry.size);
    const size_t start = at - entry.key_at;
    if (!stretch.Holds(start)) continue;
    const size_t end = MatchAt(phrase, text, start);
    if (end == 0) continue;
    if (entry.key_at > 0 && ClassOf(phrase[0]) != kNoWord && !BeginsWord(text, start)) continue;
    if (hits->size() >= limit) return false;
    hits->push_back({i, static_cast<uint32_t>(start), static_cast<uint32_t>(end)});
  }
  return true;
}

bool PhraseIndex::Find(std::string_view text, const Stretch& stretch, size_t limit,
                       std::vector<PhraseHit>* hits) const {
  if (entries_.empty()) return true;
  const uint32_t shift = 29 - info_.slot_bits;
  const uint64_t* const bits = bits_.data;
  auto is_possible = [shift, bits](uint32_t hash) {
    const uint32_t bit = hash >> shift;
    return (bits[bit >> 6] >> (bit & 63) & 1) != 0;
  };
  const size_t size = stretch.end;
  size_t i = stretch.from;
  while (i < size) {
    const uint8_t first_class = ClassOf(text[i]);
    bool is_word = first_class == kWordByte;
    size_t character = 1;
    if (first_class == kLongCharacter) {
      const Decoded decoded = DecodeAt(text, i);
      is_word = Has(decoded.code_point, kWord);
      character = decoded.size;
    }
    if (!is_word) {
      const auto byte = static_cast<uint8_t>(text[i]);
      if ((info_.symbols[byte >> 6] >> (byte & 63) & 1) != 0 &&
          !Try(phrase_tables::HashSymbol(text[i]), text, i, stretch, limit, hits)) {
        return false;
      }
      i += character;
      continue;
    }
    // A word: hash it byte by byte, and look up its beginnings where a stem may end.
    const bool begins = BeginsWord(text, i);
    uint32_t hash = kSeed;
    size_t end = i;
    size_t word_end = 0;  // known in advance only for words beyond ASCII
    uint32_t stems = begins ? info_.stem_sizes >> 1 : 0;
    while (end < size) {
      if (word_end == 0) {
        const uint8_t next = ClassOf(text[end]);
        if (next == kNoWord) break;
        if (next == kLongCharacter) {
          word_end = WordEnd(text, i);
          if (word_end <= end) break;
        }
      } else if (end == word_end) {
        break;
      }
      hash = Step(hash, text[end]);
      ++end;
      if ((stems & 1) != 0) {
        const uint32_t stem = Finish(hash, kStemKey);
        if (is_possible(stem) && !Try(stem, text, i, stretch, limit, hits)) return false;
      }
      stems >>= 1;
    }
    if (begins) {
      const uint32_t word = Finish(hash, kWordKey);
      if (is_possible(word) && !Try(word, text, i, stretch, limit, hits)) return false;
    }
    i = end;
  }
  return true;
}

}  // namespace breath
