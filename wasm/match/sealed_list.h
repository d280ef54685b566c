// SPDX-License-Identifier: Apache-2.0
// Lists whose terms are known by salted hashes only: a draft is cut into rows of words, each row is
// hashed and looked up. Matches are those of the same terms in a plain list; there is no star. The
// hash is a fingerprint, no protection from guessing. Semantics: rules/FORMAT.md, section 2.1.
// Build and find are apart: SealedBuilder fills SealedTables, FindSealed reads a SealedView of
// them. Tested by: tests/engine/sealed_test.cc
#ifndef BREATH_MATCH_SEALED_LIST_H_
#define BREATH_MATCH_SEALED_LIST_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "wasm/match/image.h"
#include "wasm/match/pattern.h"
#include "wasm/match/siphash.h"
#include "wasm/match/slice.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

inline constexpr uint32_t kSealedWords = 16;      // words and signs of a term
inline constexpr uint32_t kSealedSeparators = 7;  // spaces and hyphens of a term

enum class SealRefusal : uint8_t { kNone, kEmpty, kStar, kEdge, kTooLong };

// What is wrong with a phrase, and what to do.
std::string_view SealRefusalMessage(SealRefusal refusal);

// The fingerprint of a phrase as an author wrote it, and how many words and signs it has.
struct SealedTerm {
  uint64_t hash = 0;
  uint32_t words = 0;
};
SealRefusal SealPhrase(SipKey salt, std::string_view phrase, SealedTerm* out);

// One list: where its rows lie in the tables.
struct SealedSet {
  uint64_t salt_low;
  uint64_t salt_high;
  uint32_t words;  // bit n: some term has n words, 1 to kSealedWords
  uint32_t first_hash;
  uint32_t hash_count;
  uint32_t first_slot;
  uint32_t slot_bits;  // its directory has 2^slot_bits + 1 slots, by the top bits of a hash
  uint32_t reserved;   // zero
};

// Tables while they are built.
struct SealedTables {
  std::vector<SealedSet> sets;
  std::vector<uint64_t> hashes;  // sorted inside each set
  std::vector<uint32_t> slots;   // counted from the first hash of the set

  void Write(ImageWriter* writer) const;
};

// The same as a search reads them.
struct SealedView {
  Slice<SealedSet> sets;
  Slice<uint64_t> hashes;
  Slice<uint32_t> slots;

  // False when the tables of an image contradict each other.
  bool Open(const Image& image);
};
SealedView ViewOf(const SealedTables& tables);

class SealedBuilder {
 public:
  explicit SealedBuilder(SealedTables* tables) : tables_(tables) {}
  // Adds a list and returns its number. `words` has bit n set for each count of words.
  uint32_t Add(SipKey salt, uint32_t words, std::vector<uint64_t> hashes);

 private:
  SealedTables* tables_;
};

// Appends the matches of list `set`.
LeafResult FindSealed(const SealedView& tables, const Draft& draft, uint32_t set, uint32_t limit,
                      SpanList* out);

}  // namespace breath

#endif  // BREATH_MATCH_SEALED_LIST_H_
