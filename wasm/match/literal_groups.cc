// SPDX-License-Identifier: Apache-2.0
// Literals to tables. Tested by tests/engine/literal_test.cc.
#include "wasm/match/literal_groups.h"

#include <algorithm>

#include "wasm/match/ascii.h"
#include "wasm/match/frequency.h"
#include "wasm/match/literal_keys.h"
#include "wasm/match/sections.h"

namespace breath {
namespace {

using literal_tables::Entry;
using literal_tables::Hash;
using literal_tables::Info;
using literal_tables::KeyAt;
using literal_tables::KeySizeOf;
using literal_tables::kFilterBits;
using literal_tables::kKeySize;
using literal_tables::kPairKeys;
using literal_tables::SmallHash;

void SetBit(uint32_t bit, std::vector<uint8_t>* bits) {
  (*bits)[bit >> 3] = static_cast<uint8_t>((*bits)[bit >> 3] | 1U << (bit & 7));
}

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

  std::vector<uint8_t> filter(longs.empty() ? 0 : kFilterBits / 8);
  std::vector<uint64_t> bits((size_t{1} << info.slot_bits) / 8);
  std::vector<uint32_t> directory((size_t{1} << info.slot_bits) + 1);
  std::vector<uint8_t> short_filter(shorts.empty() ? 0 : kPairKeys / 8);
  std::vector<Entry> entries;
  std::vector<Entry> short_entries;
  std::vector<uint32_t> groups_first = {0};
  std::vector<uint32_t> groups;
  for (const Built& built : longs) {
    const uint32_t hash = Hash(built.entry.key);
    const uint32_t bit = hash >> (29 - info.slot_bits);
    bits[bit >> 6] |= uint64_t{1} << (bit & 63);
    SetBit(SmallHash(built.entry.key), &filter);
    ++directory[(hash >> (32 - info.slot_bits)) + 1];
    entries.push_back(built.entry);
  }
  for (size_t i = 1; i < directory.size(); ++i) directory[i] += directory[i - 1];
  for (const Built& built : shorts) {
    if (built.entry.key < kPairKeys) SetBit(built.entry.key, &short_filter);
    short_entries.push_back(built.entry);
  }
  for (const std::vector<Built>* half : {&longs, &shorts}) {
    for (const Built& built : *half) {
      groups.insert(groups.end(), built.groups->begin(), built.groups->end());
      groups_first.push_back(static_cast<uint32_t>(groups.size()));
    }
  }
  writer->Put(section::kLiteralInfo, std::vector<Info>{info});
  writer->Put(section::kLiteralFilter, filter);
  writer->Put(section::kLiteralBits, bits);
  writer->Put(section::kLiteralDirectory, directory);
  writer->Put(section::kLiteralEntries, entries);
  writer->Put(section::kShortLiteralFilter, short_filter);
  writer->Put(section::kShortLiteralEntries, short_entries);
  writer->Put(section::kLiteralTexts, std::string_view(texts));
  writer->Put(section::kLiteralGroupsFirst, groups_first);
  writer->Put(section::kLiteralGroups, groups);
}

}  // namespace breath
