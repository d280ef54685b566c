// SPDX-License-Identifier: Apache-2.0
// Finds the phrases of every `words` and `list` of a rule set in one pass over the folded text. A
// phrase belongs to a set; matches come back per set. The first word of a phrase is its key: a word
// of the text is looked up by hash and only phrases with that key are compared. No regular
// expressions, no allocation per word. Boundary and white-space rules: rules/FORMAT.md, section 4.
// Tested by: tests/engine/phrase_test.cc
#ifndef BREATH_MATCH_PHRASE_INDEX_H_
#define BREATH_MATCH_PHRASE_INDEX_H_

#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

class PhraseIndex {
 public:
  // Why a phrase cannot be taken.
  enum class Refusal { kNone, kEmpty, kStarInside, kStarAlone };

  // Adds a phrase as an author wrote it (any case) to a set. Call before Finish.
  Refusal Add(uint32_t set, std::string_view phrase);
  // Sorts the index; `sets` is one more than the largest set number. Find needs it.
  void Finish(uint32_t sets);

  // The matches of each set, by set number, as span lists in UTF-16 units.
  // Sets with more than `limit` matches are listed in `overflowed` and hold the first ones only.
  void Find(const Draft& draft, uint32_t limit, std::vector<SpanList>* matches,
            std::vector<uint32_t>* overflowed) const;

  uint32_t sets() const { return sets_; }

 private:
  // How an entry is keyed; the order is that of the look-ups for one word.
  enum class Key : uint8_t { kWord, kStem, kSymbol };
  struct Entry {
    uint32_t hash;
    uint32_t set;
    uint32_t text;  // offset into texts_
    uint32_t size;  // bytes
  };

  const std::vector<Entry>& Bucket(Key key) const { return entries_[static_cast<size_t>(key)]; }
  void Try(Key key, uint32_t hash, const Draft& draft, size_t at, uint32_t limit,
           std::vector<SpanList>* matches, std::vector<uint32_t>* overflowed) const;
  // The end of the match of a phrase at byte `at` of the text, or 0.
  static size_t MatchAt(std::string_view phrase, std::string_view text, size_t at);

  std::vector<Entry> entries_[3];
  std::vector<uint32_t> directory_[3];  // by the low bits of the hash: where its entries begin
  std::string texts_;
  uint32_t stem_sizes_ = 0;  // bit n: some stem key has n bytes
  uint32_t sets_ = 0;
};

}  // namespace breath

#endif  // BREATH_MATCH_PHRASE_INDEX_H_
