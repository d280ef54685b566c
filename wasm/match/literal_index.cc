// SPDX-License-Identifier: Apache-2.0
// The pass behind literal_index.h. Tested by tests/engine/literal_test.cc.
#include "wasm/match/literal_index.h"

#include <algorithm>

#include "wasm/match/literal_keys.h"
#include "wasm/match/sections.h"
#include "wasm/text/byte_lanes.h"

namespace breath {
namespace {

using literal_tables::Entry;
using literal_tables::Hash;
using literal_tables::Info;
using literal_tables::KeySizeOf;
using literal_tables::kFilterBits;
using literal_tables::kHighFactor;
using literal_tables::kKeySize;
using literal_tables::kLowFactor;
using literal_tables::kPairKeys;
using literal_tables::kShortKeySize;
using literal_tables::Load2;
using literal_tables::Load4;
using literal_tables::SmallHash;

constexpr size_t kMostPlaces = size_t{1} << 18;

using Halves = uint16_t __attribute__((vector_size(kLanes)));
Halves LoadHalves(const char* bytes) {
  Halves halves;
  memcpy(&halves, bytes, sizeof(halves));
  return halves;
}
Halves SmallHashes(const char* bytes) {  // of the keys at bytes 0, 2, 4 ... 14
  const Halves hashes = LoadHalves(bytes) * kLowFactor + LoadHalves(bytes + 2) * kHighFactor;
  return hashes ^ hashes >> 7;
}
bool HasBit(const uint8_t* bits, uint32_t bit) { return (bits[bit >> 3] >> (bit & 7) & 1) != 0; }
bool IsSound(Slice<Entry> entries, Slice<char> texts) {
  for (const Entry& entry : entries) {
    const size_t key_size = KeySizeOf(entry.size);
    if (entry.size == 0 || entry.key_at + key_size > entry.size ||
        uint64_t{entry.text} + entry.size > texts.size) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool LiteralIndex::Open(const Image& image) {
  const Slice<Info> info = image.Get<Info>(section::kLiteralInfo);
  if (info.size != 1 || info[0].slot_bits < 6 || info[0].slot_bits > 24) return false;
  info_ = info[0];
  filter_ = image.Get<uint8_t>(section::kLiteralFilter);
  bits_ = image.Get<uint64_t>(section::kLiteralBits);
  directory_ = image.Get<uint32_t>(section::kLiteralDirectory);
  entries_ = image.Get<Entry>(section::kLiteralEntries);
  short_filter_ = image.Get<uint8_t>(section::kShortLiteralFilter);
  short_entries_ = image.Get<Entry>(section::kShortLiteralEntries);
  texts_ = image.Get<char>(section::kLiteralTexts);
  groups_first_ = image.Get<uint32_t>(section::kLiteralGroupsFirst);
  groups_ = image.Get<uint32_t>(section::kLiteralGroups);
  const size_t slots = size_t{1} << info_.slot_bits;
  return filter_.size == (entries_.empty() ? 0 : kFilterBits / 8) && bits_.size == slots / 8 &&
         AreBounds(directory_, slots, entries_.size) &&
         short_filter_.size == (short_entries_.empty() ? 0 : kPairKeys / 8) &&
         AreBounds(groups_first_, size_t{entries_.size} + short_entries_.size, groups_.size) &&
         AreBelow(groups_, info_.groups) && IsSound(entries_, texts_) &&
         IsSound(short_entries_, texts_);
}

void LiteralIndex::NameGroups(uint32_t number, LiteralHits* hits) const {
  for (uint32_t g = groups_first_[number]; g < groups_first_[number + 1]; ++g) {
    const uint32_t group = groups_[g];
    if (hits->groups[group] != 0) continue;
    hits->groups[group] = 1;
    hits->found.push_back(group);
  }
}

void LiteralIndex::Take(const Entry& entry, uint32_t number, const Searched& in, size_t at,
                        uint32_t views, LiteralHits* hits) const {
  if ((entry.view & views) == 0 || entry.key_at > at) return;
  const size_t start = at - entry.key_at;
  if (!in.stretch.Holds(start) || start + entry.size > in.view.size() ||
      memcmp(in.view.data() + start, texts_.data + entry.text, entry.size) != 0) {
    return;
  }
  NameGroups(number, hits);
  if (hits->places.size() < kMostPlaces) {
    hits->places.push_back({number, static_cast<uint32_t>(start)});
  } else {
    hits->has_all_places = false;
  }
}

// The literals whose key is that of byte `at`: few keys come so far.
void LiteralIndex::TakeKey(const Searched& in, size_t at, uint32_t views, LiteralHits* hits) const {
  const uint32_t key = Load4(in.view.data() + at);
  const uint32_t hash = Hash(key);
  const uint32_t bit = hash >> (29 - info_.slot_bits);
  if ((bits_[bit >> 6] >> (bit & 63) & 1) == 0) return;
  const uint32_t slot = hash >> (32 - info_.slot_bits);
  for (uint32_t e = directory_[slot]; e < directory_[slot + 1]; ++e) {
    if (entries_[e].key == key) Take(entries_[e], e, in, at, views, hits);
  }
}

void LiteralIndex::TakeShortKey(const Searched& in, size_t at, uint32_t key, uint32_t views,
                                LiteralHits* hits) const {
  const Entry* entry =
      std::lower_bound(short_entries_.begin(), short_entries_.end(), key,
                       [](const Entry& one, uint32_t wanted) { return one.key < wanted; });
  for (; entry != short_entries_.end() && entry->key == key; ++entry) {
    const auto number = static_cast<uint32_t>(entry - short_entries_.begin());
    Take(*entry, entries_.size + number, in, at, views, hits);
  }
}

void LiteralIndex::ScanKeys(const Searched& in, uint32_t views, LiteralHits* hits) const {
  if (entries_.empty()) return;
  const uint8_t* const filter = filter_.data;
  const char* const text = in.view.data();
  const size_t end = in.stretch.end;
  size_t i = in.stretch.from;
  for (; i + kLanes + kKeySize - 1 <= end; i += kLanes) {
    uint16_t keys[kLanes];
    const Halves even = SmallHashes(text + i);
    const Halves odd = SmallHashes(text + i + 1);
    memcpy(keys, &even, sizeof(even));
    memcpy(keys + kLanes / 2, &odd, sizeof(odd));
    for (size_t lane = 0; lane < kLanes / 2; ++lane) {
      if (HasBit(filter, keys[lane])) TakeKey(in, i + 2 * lane, views, hits);
      if (HasBit(filter, keys[kLanes / 2 + lane])) TakeKey(in, i + 2 * lane + 1, views, hits);
    }
  }
  for (; i + kKeySize <= end; ++i) {
    if (HasBit(filter, SmallHash(Load4(text + i)))) TakeKey(in, i, views, hits);
  }
}

void LiteralIndex::ScanShort(const Searched& in, uint32_t views, LiteralHits* hits) const {
  if (short_entries_.empty()) return;
  const uint8_t* const filter = short_filter_.data;
  const std::string_view text = in.view.substr(0, in.stretch.end);
  for (size_t i = in.stretch.from; i + kShortKeySize <= text.size(); ++i) {
    const uint32_t key = Load2(text.data() + i);
    if (HasBit(filter, key)) TakeShortKey(in, i, key, views, hits);
  }
  uint32_t done = 0;  // keys of single bytes come last
  for (uint32_t e = short_entries_.size; e-- > 0 && short_entries_[e].key >= kPairKeys;) {
    if (short_entries_[e].key == done) continue;
    done = short_entries_[e].key;
    const char byte = static_cast<char>(done - kPairKeys);
    for (size_t i = text.find(byte, in.stretch.from); i != std::string_view::npos;
         i = text.find(byte, i + 1)) {
      TakeShortKey(in, i, done, views, hits);
    }
  }
}

void LiteralIndex::Find(const Searched& folded, const Searched& lowered, bool is_ascii,
                        LiteralHits* hits) const {
  hits->groups.resize(info_.groups);
  for (const uint32_t group : hits->found) hits->groups[group] = 0;
  hits->found.clear();
  hits->has_all_places = true;
  if (info_.groups == 0) return;
  const bool apart = NeedsLowered(is_ascii);
  size_t kept = 0;
  for (LiteralHit hit : hits->places) {
    const bool is_lowered = apart && EntryOf(hit.entry).view == kLoweredLiteral;
    if (!(is_lowered ? lowered : folded).stretch.Keeps(&hit.start)) continue;
    NameGroups(hit.entry, hits);
    hits->places[kept++] = hit;
  }
  hits->places.resize(kept);
  const uint32_t views = apart ? kFoldedLiteral : kFoldedLiteral | kLoweredLiteral;
  ScanKeys(folded, views, hits);
  ScanShort(folded, views, hits);
  if (!apart) return;
  ScanKeys(lowered, kLoweredLiteral, hits);
  ScanShort(lowered, kLoweredLiteral, hits);
}

std::vector<LiteralIndex::GroupPlace> LiteralIndex::GroupPlaces(const LiteralHits& hits) const {
  std::vector<GroupPlace> places;
  for (const LiteralHit& hit : hits.places) {
    for (uint32_t g = groups_first_[hit.entry]; g < groups_first_[hit.entry + 1]; ++g) {
      places.push_back({groups_[g], hit.start});
    }
  }
  std::sort(places.begin(), places.end(), [](const GroupPlace& a, const GroupPlace& b) {
    return (uint64_t{a.group} << 32 | a.start) < (uint64_t{b.group} << 32 | b.start);
  });
  return places;
}

}  // namespace breath
