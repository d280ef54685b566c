// SPDX-License-Identifier: Apache-2.0
// Finds the phrases of every `words` and `list` of a rule set in one pass over the folded text.
// Each phrase is looked for by its rarest word, or two neighbouring words where it has them: a word
// of the text is hashed once, a bit says whether any phrase may have it, or it and the one before,
// as key, and only then are phrases compared. No regular expressions, no allocation per word. The
// tables are sections of an image, written by wasm/match/phrase_sets.h. Tested by:
// tests/engine/phrase_test.cc
#ifndef BREATH_MATCH_PHRASE_INDEX_H_
#define BREATH_MATCH_PHRASE_INDEX_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "wasm/match/image.h"
#include "wasm/match/slice.h"
#include "wasm/text/edit.h"

namespace breath {

// A match: bytes [start, end) of the folded text.
struct PhraseHit {
  uint32_t phrase;
  uint32_t start;
  uint32_t end;
};

namespace phrase_tables {

// A stem ("margin*") is keyed by its first bytes, at most this many.
inline constexpr uint32_t kLargestStem = 8;

struct Info {
  uint64_t symbols[4];  // bit b: some phrase is keyed by the byte b that is no word character
  uint32_t slot_bits;   // the directory has 2^slot_bits slots
  uint32_t stem_sizes;  // bit n: some stem key has n bytes
  uint32_t phrase_count;
  uint32_t set_count;
  uint32_t most_gaps;  // spaces and hyphens of one phrase
  uint32_t reserved;   // zero
};
struct Entry {  // sorted by hash
  uint32_t hash;
  uint32_t text;    // offset into the texts
  uint16_t size;    // bytes
  uint16_t key_at;  // bytes of the phrase before its key
};

uint32_t HashWord(std::string_view word);
uint32_t HashStem(std::string_view stem);
uint32_t HashSymbol(char symbol);
// The two bits of a 64-bit word that a key sets, and the word: one cache line says "no" to most
// (Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007).
inline constexpr uint32_t kFilterWordsPerSlotBits = 2;  // four slots share a word
inline size_t FilterWord(uint32_t hash, uint32_t slot_bits) {
  return hash >> (32 - slot_bits + kFilterWordsPerSlotBits);
}
inline uint64_t FilterBits(uint32_t hash) {
  return uint64_t{1} << (hash & 63) | uint64_t{1} << (hash >> 6 & 63);
}
// Of two words with one space or hyphen between them, by the hashes of the words.
uint32_t HashPair(uint32_t first, uint32_t second);
inline bool IsPairGap(char c) { return c == ' ' || c == '-'; }
// The end of the run of word characters that starts at `at`; one character where words are not
// spaced.
size_t WordEnd(std::string_view text, size_t at);

}  // namespace phrase_tables

class PhraseIndex {
 public:
  PhraseIndex() = default;
  // The index of an image; false when its sections do not fit together.
  bool Open(const Image& image);

  // Appends every match that begins in the stretch, in no order. False when there were more than
  // `limit` hits: then they are not complete.
  bool Find(std::string_view folded, const Stretch& stretch, size_t limit,
            std::vector<PhraseHit>* hits) const;
  // The most spaces and hyphens in one phrase.
  uint32_t most_gaps() const { return info_.most_gaps; }

  // The sets that want to be named when a phrase matched.
  Slice<uint32_t> SetsOf(uint32_t phrase) const {
    return naming_.Part(naming_first_[phrase], naming_first_[phrase + 1] - naming_first_[phrase]);
  }
  // The phrases of a set, ascending.
  Slice<uint32_t> PhrasesOf(uint32_t set) const {
    return members_.Part(members_first_[set], members_first_[set + 1] - members_first_[set]);
  }
  uint32_t sets() const { return info_.set_count; }

 private:
  class Pass;

  phrase_tables::Info info_ = {};
  Slice<uint64_t> filter_;     // sixteen bits for each slot
  Slice<uint32_t> directory_;  // by leading hash bits: where its entries begin
  Slice<phrase_tables::Entry> entries_;
  Slice<char> texts_;
  Slice<uint32_t> naming_first_;
  Slice<uint32_t> naming_;
  Slice<uint32_t> members_first_;
  Slice<uint32_t> members_;
};

}  // namespace breath

#endif  // BREATH_MATCH_PHRASE_INDEX_H_
