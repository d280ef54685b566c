// SPDX-License-Identifier: Apache-2.0
// Rows of words and their look-up behind sealed_list.h. Tested by tests/engine/sealed_test.cc.
#include "wasm/match/sealed_list.h"

#include <algorithm>
#include <string>

#include "wasm/match/sections.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

// A word or a sign of a folded text: bytes [start, end).
struct Piece {
  uint32_t start;
  uint32_t end;
  bool begins;  // a phrase may begin here; not at the "ll" of "we'll"
  bool ends;    // a phrase may end here; not at the "can" of "can't"
};

constexpr uint32_t kMostSlotBits = 16;
constexpr uint32_t kWordCounts = ((2U << kSealedWords) - 1) & ~1U;  // the bits of SealedSet::words
// Rows hashed for one list in one draft, about a quarter of a second; a long row counts for
// several. Rows with many hyphens are tried in many spellings.
constexpr uint64_t kMostRows = uint64_t{8} << 20;
constexpr uint32_t kBytesOfOne = 16;

bool IsSeparator(char c) { return c == ' ' || c == '-'; }

// The runs of letters and digits of a folded text; each other character but a space or a hyphen,
// also an apostrophe, is a piece of its own. So a term is cut alike wherever it stands.
std::vector<Piece> CutPieces(std::string_view text) {
  std::vector<Piece> pieces;
  size_t i = 0;
  while (i < text.size()) {
    if (IsSeparator(text[i])) {
      ++i;
      continue;
    }
    const size_t start = i;
    Decoded decoded = DecodeAt(text, i);
    const bool word = Has(decoded.code_point, kWord);
    i += decoded.size;
    while (word && i < text.size() && Has(DecodeAt(text, i).code_point, kWord) &&
           !IsWordBoundary(text, i)) {
      i += DecodeAt(text, i).size;
    }
    pieces.push_back({static_cast<uint32_t>(start), static_cast<uint32_t>(i),
                      !word || IsWordBoundary(text, start), !word || IsWordBoundary(text, i)});
  }
  return pieces;
}

bool Holds(const SealedView& tables, const SealedSet& set, uint64_t hash) {
  const uint32_t slot =
      set.slot_bits == 0 ? 0 : static_cast<uint32_t>(hash >> (64 - set.slot_bits));
  const uint64_t* hashes = tables.hashes.data + set.first_hash;
  const uint32_t* slots = tables.slots.data + set.first_slot;
  return std::binary_search(hashes + slots[slot], hashes + slots[slot + 1], hash);
}

// Whether some term reads as `row`. A space of a term also finds a hyphen, so each hyphen of the
// row is tried as it stands and as a space.
bool HoldsRow(const SealedView& tables, const SealedSet& set, std::string* row, uint64_t* rows) {
  const SipKey salt = {set.salt_low, set.salt_high};
  uint32_t at[kSealedSeparators];
  uint32_t hyphens = 0;
  uint32_t separators = 0;
  for (uint32_t i = 0; i < row->size(); ++i) {
    if (!IsSeparator((*row)[i])) continue;
    if (++separators > kSealedSeparators) return false;
    if ((*row)[i] == '-') at[hyphens++] = i;
  }
  for (uint32_t choice = 0; choice < 1U << hyphens; ++choice) {
    for (uint32_t i = 0; i < hyphens; ++i) (*row)[at[i]] = (choice >> i & 1) != 0 ? ' ' : '-';
    *rows += 1 + row->size() / kBytesOfOne;
    if (Holds(tables, set, SipHash24(salt, *row))) return true;
  }
  return false;
}

}  // namespace

std::string_view SealRefusalMessage(SealRefusal refusal) {
  switch (refusal) {
    case SealRefusal::kEmpty:
      return "This term is empty once folded. Write a word.";
    case SealRefusal::kStar:
      return "A sealed term has no star: write each ending as a term of its own.";
    case SealRefusal::kEdge:
      return "A sealed term does not begin or end with a hyphen or an apostrophe. Remove it.";
    case SealRefusal::kTooLong:
      return "A sealed term has at most 16 words and signs and 7 spaces and hyphens. Shorten it.";
    case SealRefusal::kNone:
      break;
  }
  return "";
}

SealRefusal SealPhrase(SipKey salt, std::string_view phrase, SealedTerm* out) {
  const std::string folded = FoldText(phrase);
  std::string_view text = folded;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return SealRefusal::kEmpty;
  if (text.find('*') != std::string_view::npos) return SealRefusal::kStar;
  // What a sign of these does at the edge depends on what stands beside it in a draft.
  for (const char edge : {text.front(), text.back()}) {
    if (edge == '-' || edge == '\'') return SealRefusal::kEdge;
  }
  const std::vector<Piece> pieces = CutPieces(text);
  const auto separators = static_cast<size_t>(std::count_if(text.begin(), text.end(), IsSeparator));
  if (pieces.size() > kSealedWords || separators > kSealedSeparators) return SealRefusal::kTooLong;
  out->hash = SipHash24(salt, text);
  out->words = static_cast<uint32_t>(pieces.size());
  return SealRefusal::kNone;
}

SealedView ViewOf(const SealedTables& tables) {
  return {{tables.sets.data(), static_cast<uint32_t>(tables.sets.size())},
          {tables.hashes.data(), static_cast<uint32_t>(tables.hashes.size())},
          {tables.slots.data(), static_cast<uint32_t>(tables.slots.size())}};
}

void SealedTables::Write(ImageWriter* writer) const {
  writer->Put(section::kSealedSets, sets);
  writer->Put(section::kSealedHashes, hashes);
  writer->Put(section::kSealedSlots, slots);
}

bool SealedView::Open(const Image& image) {
  sets = image.Get<SealedSet>(section::kSealedSets);
  hashes = image.Get<uint64_t>(section::kSealedHashes);
  slots = image.Get<uint32_t>(section::kSealedSlots);
  // The sets lie one after the other: looking at them all takes no longer than the image is large.
  uint32_t next_hash = 0;
  uint32_t next_slot = 0;
  for (const SealedSet& set : sets) {
    if (set.first_hash != next_hash || set.hash_count > hashes.size - next_hash ||
        set.first_slot != next_slot || set.slot_bits > kMostSlotBits ||
        (set.words & ~kWordCounts) != 0) {
      return false;
    }
    const uint32_t bounds = (1U << set.slot_bits) + 1;
    if (bounds > slots.size - next_slot ||
        !AreBounds(slots.Part(next_slot, bounds), bounds - 1, set.hash_count)) {
      return false;
    }
    next_hash += set.hash_count;
    next_slot += bounds;
  }
  return next_hash == hashes.size && next_slot == slots.size;
}

uint32_t SealedBuilder::Add(SipKey salt, uint32_t words, std::vector<uint64_t> hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  SealedSet set = {};
  set.salt_low = salt.low;
  set.salt_high = salt.high;
  set.words = words;
  set.first_hash = static_cast<uint32_t>(tables_->hashes.size());
  set.hash_count = static_cast<uint32_t>(hashes.size());
  set.first_slot = static_cast<uint32_t>(tables_->slots.size());
  while (set.slot_bits < kMostSlotBits && hashes.size() >> set.slot_bits > 2) ++set.slot_bits;
  size_t next = 0;
  for (uint64_t slot = 0; slot <= 1ULL << set.slot_bits; ++slot) {
    while (next < hashes.size() && set.slot_bits > 0 &&
           hashes[next] >> (64 - set.slot_bits) < slot) {
      ++next;
    }
    if (set.slot_bits == 0) next = slot == 0 ? 0 : hashes.size();
    tables_->slots.push_back(static_cast<uint32_t>(next));
  }
  tables_->hashes.insert(tables_->hashes.end(), hashes.begin(), hashes.end());
  tables_->sets.push_back(set);
  return static_cast<uint32_t>(tables_->sets.size() - 1);
}

LeafResult FindSealed(const SealedView& tables, const Draft& draft, uint32_t set, uint32_t limit,
                      SpanList* out) {
  if (set >= tables.sets.size || tables.sets[set].hash_count == 0) return LeafResult::kDone;
  const SealedSet& wanted = tables.sets[set];
  const View& view = draft.folded();
  const std::string_view text = view.text;
  const std::vector<Piece> pieces = CutPieces(text);
  std::string row;
  uint64_t rows = 0;
  for (size_t first = 0; first < pieces.size(); ++first) {
    if (!pieces[first].begins) continue;
    for (uint32_t words = 1; words <= kSealedWords && first + words <= pieces.size(); ++words) {
      if ((wanted.words >> words & 1) == 0 || !pieces[first + words - 1].ends) continue;
      const Span whole = {pieces[first].start, pieces[first + words - 1].end};
      row.assign(text.substr(whole.start, whole.end - whole.start));
      const bool found = HoldsRow(tables, wanted, &row, &rows);
      if (rows > kMostRows) return LeafResult::kTooMuchWork;
      if (!found) continue;
      if (out->size() >= limit) return LeafResult::kTooManyMatches;
      out->push_back(view.map.ToSource(whole.start, whole.end));
    }
  }
  return LeafResult::kDone;
}

}  // namespace breath
