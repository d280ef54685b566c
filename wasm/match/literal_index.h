// SPDX-License-Identifier: Apache-2.0
// Finds which groups of literals occur anywhere in a draft, words or not: what a pattern cannot
// match without, the prefixes of a credential, host names. It can only say "no" or "maybe": a group
// without a literal in the draft cannot match, one with a literal still has to be read. Each
// literal is looked for by its rarest four bytes (two or one of a shorter), so that a pass costs
// one look at a bit per byte.
//
// Literals are of the folded text, or of the text as typed with ASCII letters in lower case
// ("lowered"). Tested by: tests/engine/literal_test.cc
#ifndef BREATH_MATCH_LITERAL_INDEX_H_
#define BREATH_MATCH_LITERAL_INDEX_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "wasm/match/image.h"
#include "wasm/match/slice.h"
#include "wasm/text/edit.h"

namespace breath {

enum LiteralView : uint8_t { kFoldedLiteral = 1, kLoweredLiteral = 2 };

namespace literal_tables {

struct Info {
  uint32_t slot_bits;  // of four-byte keys
  uint32_t groups;
  uint32_t views;      // which views any literal is of
  uint32_t spaced;     // 1: some lowered literal holds white space, which folding changes
  uint32_t most_gaps;  // white space in one literal
  uint32_t reserved;   // zero
};
struct Entry {      // sorted by the hash of its key; short ones by key
  uint32_t key;     // four bytes; of a short one two bytes, or 0x10000 + one byte
  uint32_t text;    // offset into the texts
  uint16_t size;    // bytes
  uint16_t key_at;  // bytes of the literal before its key
  uint32_t view;
};

}  // namespace literal_tables

// A literal in a draft.
struct LiteralHit {
  uint32_t entry;
  uint32_t start;  // byte of the view that was searched
};
struct LiteralHits {
  std::vector<uint8_t> groups;     // 1: a literal of the group is in the draft
  std::vector<uint32_t> found;     // the groups that have one, in no order
  std::vector<LiteralHit> places;  // in no order
  bool has_all_places = true;      // false: there were more than are kept
};

class LiteralIndex {
 public:
  // The index of an image; false when its sections do not fit together.
  bool Open(const Image& image);

  // Finds the literals of a draft that begin in a stretch of either view; `hits` keeps what it
  // holds of the rest. `is_ascii` says that the views differ in white space at most. Literals of
  // the lowered view are then searched in the folded one, unless NeedsLowered.
  struct Searched {
    std::string_view view;
    Stretch stretch;
  };
  void Find(const Searched& folded, const Searched& lowered, bool is_ascii,
            LiteralHits* hits) const;
  uint32_t most_gaps() const { return info_.most_gaps; }
  // Where the literals of each group are among the hits: sorted by group, then by place.
  struct GroupPlace {
    uint32_t group;
    uint32_t start;
  };
  std::vector<GroupPlace> GroupPlaces(const LiteralHits& hits) const;

  uint32_t groups() const { return info_.groups; }
  // Whether Find looks at the lowered view of such a draft at all.
  bool NeedsLowered(bool is_ascii) const {
    return (info_.views & kLoweredLiteral) != 0 && (!is_ascii || info_.spaced != 0);
  }

 private:
  const literal_tables::Entry& EntryOf(uint32_t number) const {
    return number < entries_.size ? entries_[number] : short_entries_[number - entries_.size];
  }
  void ScanKeys(const Searched& in, uint32_t views, LiteralHits* hits) const;
  void ScanShort(const Searched& in, uint32_t views, LiteralHits* hits) const;
  void TakeKey(const Searched& in, size_t at, uint32_t views, LiteralHits* hits) const;
  void TakeShortKey(const Searched& in, size_t at, uint32_t key, uint32_t views,
                    LiteralHits* hits) const;
  void Take(const literal_tables::Entry& entry, uint32_t number, const Searched& in, size_t at,
            uint32_t views, LiteralHits* hits) const;
  void NameGroups(uint32_t number, LiteralHits* hits) const;

  literal_tables::Info info_ = {};
  Slice<uint8_t> filter_;  // a bit for each small hash of a key
  Slice<uint64_t> bits_;   // eight for each slot
  Slice<uint32_t> directory_;
  Slice<literal_tables::Entry> entries_;
  Slice<uint8_t> short_filter_;  // a bit for each pair of bytes
  Slice<literal_tables::Entry> short_entries_;
  Slice<char> texts_;
  Slice<uint32_t> groups_first_;  // by entry, short ones after the others
  Slice<uint32_t> groups_;
};

}  // namespace breath

#endif  // BREATH_MATCH_LITERAL_INDEX_H_
