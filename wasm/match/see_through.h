// SPDX-License-Identifier: Apache-2.0
// Finds phrases in disguised spelling: digits and signs for letters, letters set apart, look-alikes
// of other scripts, stretched letters, one typo in a long word. It finds what a PhraseIndex does
// not, so a leaf that asks for it joins both results. The evidence asked of each disguise is in
// rules/FORMAT.md, section 4.5. Build and find are apart: SeeThroughBuilder fills SeeThroughTables,
// FindDisguised reads a SeeThroughView of them. Tested by: tests/engine/see_through_test.cc
#ifndef BREATH_MATCH_SEE_THROUGH_H_
#define BREATH_MATCH_SEE_THROUGH_H_

#include <stdint.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "wasm/match/disguise_reading.h"
#include "wasm/match/image.h"
#include "wasm/match/slice.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

// A phrase with a longer word is found as typed only.
inline constexpr uint32_t kLongestDisguiseWord = 64;  // letters

struct DisguisePhrase {
  uint32_t set;
  uint32_t first_word;
  uint32_t words;
  uint32_t letters;  // of all words
};
struct DisguiseWord {
  uint32_t first_letter;
  uint32_t phrase;
  uint16_t size;     // letters
  uint8_t star;      // 1: any ending may follow
  uint8_t reserved;  // zero
};
// A way to come upon a word: the hash of its shape, or of its letters less one.
struct DisguiseKey {
  uint32_t hash;
  uint32_t word;
};
// Keys sorted by their low `slot_bits` bits, then by hash; a directory says where each slot begins.
struct DisguiseKeys {
  uint32_t first_key;
  uint32_t key_count;
  uint32_t first_slot;
  uint32_t slot_bits;
};
enum DisguiseTable : uint32_t { kShapeKeys, kStemKeys, kJoinedKeys, kTypoKeys, kDisguiseTables };

// Tables while they are built.
struct SeeThroughTables {
  std::vector<uint16_t> letters;  // folded; phrases beyond the first plane are not seen through
  std::vector<DisguiseWord> words;
  std::vector<DisguisePhrase> phrases;
  std::vector<DisguiseKey> keys;
  std::vector<uint32_t> slots;
  std::vector<DisguiseKeys> tables;   // kDisguiseTables
  std::vector<uint32_t> phrase_sets;  // by set: the phrase set whose phrases it holds

  void Write(ImageWriter* writer) const;
};

// The same as a search reads them.
struct SeeThroughView {
  Slice<uint16_t> letters;
  Slice<DisguiseWord> words;
  Slice<DisguisePhrase> phrases;
  Slice<DisguiseKey> keys;
  Slice<uint32_t> slots;
  Slice<DisguiseKeys> tables;
  Slice<uint32_t> phrase_sets;
  uint32_t sets = 0;

  // False when the tables of an image contradict each other.
  bool Open(const Image& image);
};
SeeThroughView ViewOf(const SeeThroughTables& tables);

// A match: bytes [start, end) of the text as typed.
struct DisguiseHit {
  uint32_t set;
  uint32_t start;
  uint32_t end;
};
// What was found in one draft, by set.
struct DisguisedMatches {
  std::vector<SpanList> matches;
  std::vector<DisguiseHit> hits;     // the same as they were found
  uint32_t comparisons = 0;          // at least as many as finding them anew would take
  std::vector<uint32_t> overflowed;  // sets with matches that were not kept, ascending

  bool HasOverflowed(uint32_t set) const {
    return std::binary_search(overflowed.begin(), overflowed.end(), set);
  }
  bool MayHold(uint32_t set) const { return !matches[set].empty() || HasOverflowed(set); }
};

class SeeThroughBuilder {
 public:
  explicit SeeThroughBuilder(SeeThroughTables* tables) : tables_(tables) {}
  // Adds a phrase that a PhraseIndex took. One that holds more than letters, digits, spaces and
  // hyphens, or fewer than three letters, is found as typed only: it is left out.
  void Add(uint32_t set, std::string_view phrase);
  // Sorts the keys; `phrase_sets` says of which phrase set each set is. FindDisguised needs it.
  void Finish(std::vector<uint32_t> phrase_sets);

 private:
  void AddKeys(uint32_t word);

  SeeThroughTables* tables_;
  std::vector<DisguiseKey> keys_[kDisguiseTables];
};

// The disguised matches of each set that begin in a stretch of the text as typed, cut at line ends;
// `out` keeps what it holds of the rest. No match crosses more line ends than its phrase has gaps.
// Sets with more than `limit` matches overflow; so do all sets when a draft made for it would cost
// too many comparisons.
void FindDisguised(const SeeThroughView& tables, const Draft& draft, const Stretch& stretch,
                   uint32_t limit, DisguisedMatches* out);

// ---- Shared between the two halves: see_through.cc and disguise_match.cc ----

// Hash of the shape of a word: classes of its characters, repeats once.
uint32_t ShapeHash(const uint32_t* classes, size_t size);

// How a token reads as a word of a phrase.
struct WordReading {
  bool fits = false;
  bool disguised = false;  // by anything but a typo
  bool typo = false;
};
// `letters` are those wanted, `phrase_letters` how many the whole phrase has. Nothing in the token
// may hide before it or, without a star, behind it.
WordReading ReadAs(const uint16_t* letters, uint32_t size, bool star, const DisguiseToken& token,
                   const std::vector<Sign>& signs, bool marked, bool all_capitals,
                   uint32_t phrase_letters);

}  // namespace breath

#endif  // BREATH_MATCH_SEE_THROUGH_H_
