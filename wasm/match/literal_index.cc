// SPDX-License-Identifier: Apache-2.0
// Tables and pass behind literal_index.h. Tested by tests/engine/literal_test.cc.
#include "wasm/match/literal_index.h"

#include <algorithm>

#include "wasm/match/ascii.h"
#include "wasm/match/frequency.h"
#include "wasm/match/sections.h"

namespace breath {
namespace {

using literal_tables::Entry;
using literal_tables::Info;

constexpr size_t kKeySize = 4;
constexpr size_t kShortKeySize = 2;
constexpr uint32_t kSingleKeys = 1U << 16;  // the first key of a single byte
constexpr size_t kShortKeys = kSingleKeys + 256;
constexpr size_t kMostPlaces = size_t{1} << 18;

size_t KeySizeOf(size_t literal) {
  return literal >= kKeySize ? kKeySize : std::min(literal, kShortKeySize);
}

uint32_t Load4(const char* bytes) {
  uint32_t word = 0;
  memcpy(&word, bytes, sizeof(word));
  return word;
}
uint32_t Load2(const char* bytes) {
  uint16_t word = 0;
  memcpy(&word, bytes, sizeof(word));
  return word;
}
uint32_t SingleKey(char byte) { return kSingleKeys + static_cast<uint8_t>(byte); }
uint32_t KeyAt(const char* bytes, size_t size) {
  return size == kKeySize ? Load4(bytes) : size == kShortKeySize ? Load2(bytes) : SingleKey(*bytes);
}
// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4): the leading bits are
// good.
uint32_t Hash(uint32_t key) { return (key ^ key >> 15) * 2654435769U; }

// Where the rarest `size` bytes of a literal begin.
size_t RarestPart(std::string_view literal, size_t size) {
  size_t best = 0;
  double lowest = 2;
  for (size_t i = 0; i + size <= literal.size(); ++i) {
    const double frequency = ExpectedFrequency(literal.substr(i, size));
    if (frequency < lowest) {
      lowest = frequency;
      best = i;
    }
  }
  return best;
}

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

uint32_t LiteralGroups::Add(const std::vector<std::string>& literals, LiteralView view) {
  for (const std::string& literal : literals) {
    std::vector<uint32_t>& groups = literals_[{literal, view}];
    if (groups.empty() || groups.back() != groups_) groups.push_back(groups_);
  }
  return groups_++;
}

double LiteralGroups::ExpectedFrequencyOf(const std::vector<std::string>& literals) {
  double sum = 0;
  for (const std::string& literal : literals) sum += ExpectedFrequency(literal);
  return sum;
}

void LiteralGroups::Write(ImageWriter* writer) const {
  struct Built {
    Entry entry;
    const std::vector<uint32_t>* groups;
  };
  std::vector<Built> longs;
  std::vector<Built> shorts;
  std::string texts;
  Info info = {6, groups_, 0, 0, 0, 0};
  for (const auto& [literal, groups] : literals_) {
    const std::string& text = literal.first;
    const bool is_short = text.size() < kKeySize;
    const size_t at = RarestPart(text, KeySizeOf(text.size()));
    const uint32_t key = KeyAt(text.data() + at, KeySizeOf(text.size()));
    const Entry entry = {key, static_cast<uint32_t>(texts.size()),
                         static_cast<uint16_t>(text.size()), static_cast<uint16_t>(at),
                         literal.second};
    (is_short ? shorts : longs).push_back({entry, &groups});
    texts += text;
    info.views |= literal.second;
    const auto gaps = static_cast<uint32_t>(std::count_if(text.begin(), text.end(), IsSpace));
    info.most_gaps = std::max(info.most_gaps, gaps);
    if (literal.second == kLoweredLiteral && gaps > 0) info.spaced = 1;
  }
  while ((size_t{1} << info.slot_bits) < longs.size() && info.slot_bits < 24) ++info.slot_bits;
  std::sort(longs.begin(), longs.end(), [](const Built& a, const Built& b) {
    const uint32_t hash_a = Hash(a.entry.key);
    const uint32_t hash_b = Hash(b.entry.key);
    return hash_a != hash_b ? hash_a < hash_b : a.entry.text < b.entry.text;
  });
  std::sort(shorts.begin(), shorts.end(), [](const Built& a, const Built& b) {
    return a.entry.key != b.entry.key ? a.entry.key < b.entry.key : a.entry.text < b.entry.text;
  });

  std::vector<uint64_t> bits((size_t{1} << info.slot_bits) / 8);
  std::vector<uint32_t> directory((size_t{1} << info.slot_bits) + 1);
  std::vector<uint64_t> short_bits(shorts.empty() ? 0 : kShortKeys / 64);
  std::vector<Entry> entries;
  std::vector<Entry> short_entries;
  std::vector<uint32_t> groups_first = {0};
  std::vector<uint32_t> groups;
  for (const Built& built : longs) {
    const uint32_t hash = Hash(built.entry.key);
    const uint32_t bit = hash >> (29 - info.slot_bits);
    bits[bit >> 6] |= uint64_t{1} << (bit & 63);
    ++directory[(hash >> (32 - info.slot_bits)) + 1];
    entries.push_back(built.entry);
  }
  for (size_t i = 1; i < directory.size(); ++i) directory[i] += directory[i - 1];
  for (const Built& built : shorts) {
    short_bits[built.entry.key >> 6] |= uint64_t{1} << (built.entry.key & 63);
    short_entries.push_back(built.entry);
  }
  for (const std::vector<Built>* half : {&longs, &shorts}) {
    for (const Built& built : *half) {
      groups.insert(groups.end(), built.groups->begin(), built.groups->end());
      groups_first.push_back(static_cast<uint32_t>(groups.size()));
    }
  }
  writer->Put(section::kLiteralInfo, std::vector<Info>{info});
  writer->Put(section::kLiteralBits, bits);
  writer->Put(section::kLiteralDirectory, directory);
  writer->Put(section::kLiteralEntries, entries);
  writer->Put(section::kShortLiteralBits, short_bits);
  writer->Put(section::kShortLiteralEntries, short_entries);
  writer->Put(section::kLiteralTexts, std::string_view(texts));
  writer->Put(section::kLiteralGroupsFirst, groups_first);
  writer->Put(section::kLiteralGroups, groups);
}

bool LiteralIndex::Open(const Image& image) {
  const Slice<Info> info = image.Get<Info>(section::kLiteralInfo);
  if (info.size != 1 || info[0].slot_bits < 6 || info[0].slot_bits > 24) return false;
  info_ = info[0];
  bits_ = image.Get<uint64_t>(section::kLiteralBits);
  directory_ = image.Get<uint32_t>(section::kLiteralDirectory);
  entries_ = image.Get<Entry>(section::kLiteralEntries);
  short_bits_ = image.Get<uint64_t>(section::kShortLiteralBits);
  short_entries_ = image.Get<Entry>(section::kShortLiteralEntries);
  texts_ = image.Get<char>(section::kLiteralTexts);
  groups_first_ = image.Get<uint32_t>(section::kLiteralGroupsFirst);
  groups_ = image.Get<uint32_t>(section::kLiteralGroups);
  const size_t slots = size_t{1} << info_.slot_bits;
  return bits_.size == slots / 8 && AreBounds(directory_, slots, entries_.size) &&
         short_bits_.size == (short_entries_.empty() ? 0 : kShortKeys / 64) &&
         AreBounds(groups_first_, size_t{entries_.size} + short_entries_.size, groups_.size) &&
         AreBelow(groups_, info_.groups) && IsSound(entries_, texts_) &&
         IsSound(short_entries_, texts_);
}

void LiteralIndex::NameGroups(uint32_t number, LiteralHits* hits) const {
  for (uint32_t g = groups_first_[number]; g < groups_first_[number + 1]; ++g) {
    hits->groups[groups_[g]] = 1;
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

void LiteralIndex::Scan(const Searched& in, uint32_t views, LiteralHits* hits) const {
  if (entries_.empty()) return;
  const uint32_t bit_shift = 29 - info_.slot_bits;
  const uint32_t slot_shift = 32 - info_.slot_bits;
  const uint64_t* const bits = bits_.data;
  const char* const text = in.view.data();
  const size_t end = in.stretch.end;
  for (size_t i = in.stretch.from; i + kKeySize <= end; ++i) {
    const uint32_t key = Load4(text + i);
    const uint32_t hash = Hash(key);
    const uint32_t bit = hash >> bit_shift;
    if ((bits[bit >> 6] >> (bit & 63) & 1) == 0) continue;
    const uint32_t slot = hash >> slot_shift;
    for (uint32_t e = directory_[slot]; e < directory_[slot + 1]; ++e) {
      if (entries_[e].key == key) Take(entries_[e], e, in, i, views, hits);
    }
  }
}

void LiteralIndex::ScanShort(const Searched& in, uint32_t views, LiteralHits* hits) const {
  if (short_entries_.empty()) return;
  const std::string_view text = in.view.substr(0, in.stretch.end);
  for (size_t i = in.stretch.from; i < text.size(); ++i) {
    const uint32_t keys[] = {SingleKey(text[i]),
                             i + 1 < text.size() ? Load2(text.data() + i) : SingleKey(text[i])};
    for (uint32_t k = 0; k < (i + 1 < text.size() ? 2 : 1); ++k) {
      const uint32_t key = keys[k];
      if ((short_bits_[key >> 6] >> (key & 63) & 1) == 0) continue;
      const Entry* entry =
          std::lower_bound(short_entries_.begin(), short_entries_.end(), key,
                           [](const Entry& one, uint32_t wanted) { return one.key < wanted; });
      for (; entry != short_entries_.end() && entry->key == key; ++entry) {
        const auto number = static_cast<uint32_t>(entry - short_entries_.begin());
        Take(*entry, entries_.size + number, in, i, views, hits);
      }
    }
  }
}

void LiteralIndex::Find(const Searched& folded, const Searched& lowered, bool is_ascii,
                        LiteralHits* hits) const {
  hits->groups.assign(info_.groups, 0);
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
  Scan(folded, views, hits);
  ScanShort(folded, views, hits);
  if (!apart) return;
  Scan(lowered, kLoweredLiteral, hits);
  ScanShort(lowered, kLoweredLiteral, hits);
}

std::vector<uint32_t> LiteralIndex::PlacesOf(uint32_t group, const LiteralHits& hits) const {
  std::vector<uint32_t> places;
  for (const LiteralHit& hit : hits.places) {
    for (uint32_t g = groups_first_[hit.entry]; g < groups_first_[hit.entry + 1]; ++g) {
      if (groups_[g] == group) places.push_back(hit.start);
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace breath
