// SPDX-License-Identifier: Apache-2.0
// The pass behind phrase_index.h. Tested by tests/engine/phrase_test.cc.
#include "wasm/match/phrase_index.h"

#include <algorithm>

#include "wasm/match/ascii.h"
#include "wasm/match/sections.h"
#include "wasm/text/byte_lanes.h"
#include "wasm/text/byte_words.h"
#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

using phrase_tables::Entry;
using phrase_tables::Info;
using phrase_tables::IsPairGap;
using phrase_tables::kLargestStem;
using phrase_tables::WordEnd;

// Multiplicative hashing of eight bytes at a time (Knuth, The Art of Computer Programming 3, 6.4);
// the kinds of key start apart. The leading bits are good.
enum Kind : uint64_t {
  kWordKey = 0x243F6A8885A308D3U,  // digits of pi: no structure
  kStemKey = 0x13198A2E03707344U,
  kSymbolKey = 0xA4093822299F31D0U,
  kPairKey = 0x082EFA98EC4E6C89U,
};
constexpr uint64_t kFactor = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio
uint64_t Step(uint64_t hash, uint64_t bytes) {
  hash = (hash ^ bytes) * kFactor;
  return hash ^ hash >> 32;
}
uint32_t Finish(uint64_t hash) { return static_cast<uint32_t>((hash * kFactor) >> 32); }

constexpr size_t kStep = 8;
uint64_t FirstBytes(uint64_t bytes, size_t count) {  // 1 to 8
  return bytes & ~uint64_t{0} >> (64 - 8 * count);
}
// At most eight bytes as a number. `readable` bytes may be read from there.
uint64_t LoadBytes(const char* bytes, size_t count, size_t readable) {
  return readable >= kStep ? FirstBytes(Load8(bytes), count) : LoadFew(bytes, count);
}

// Of `size` bytes, at least one; `readable` bytes may be read from there.
uint32_t HashBytes(const char* bytes, size_t size, size_t readable, Kind kind) {
  uint64_t hash = kind;
  while (size > kStep) {
    hash = Step(hash, Load8(bytes));
    bytes += kStep;
    size -= kStep;
    readable -= kStep;
  }
  return Finish(Step(hash, LoadBytes(bytes, size, readable)));
}
uint32_t HashOf(std::string_view key, Kind kind) {
  return HashBytes(key.data(), key.size(), key.size(), kind);
}

// Whether a byte of folded text may be part of a word; beyond ASCII only the character says so.
bool MayBeWord(char c) { return static_cast<uint8_t>(c) >= 0x80 || IsAlnum(c) || c == '_'; }

bool EndsWord(std::string_view phrase) {
  return Has(DecodeBefore(phrase, phrase.size()).code_point, kWord);
}

// IsWordBoundary, decided at once for most places of ordinary text.
bool BeginsWord(std::string_view text, size_t at) {
  if (at == 0 || (!MayBeWord(text[at - 1]) && text[at - 1] != '\'')) return true;
  return IsWordBoundary(text, at);
}
bool IsBoundaryAfter(std::string_view text, size_t at) {
  if (at >= text.size() || (!MayBeWord(text[at]) && text[at] != '\'')) return true;
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

uint32_t HashWord(std::string_view word) { return HashOf(word, kWordKey); }
uint32_t HashStem(std::string_view stem) { return HashOf(stem, kStemKey); }
uint32_t HashSymbol(char symbol) { return HashOf({&symbol, 1}, kSymbolKey); }
uint32_t HashPair(uint32_t first, uint32_t second) {
  return Finish(Step(kPairKey, uint64_t{first} << 32 | second));
}

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
  constexpr uint32_t kStemSizes = (2U << kLargestStem) - 2;
  if ((info_.stem_sizes & ~kStemSizes) != 0) return false;
  filter_ = image.Get<uint64_t>(section::kPhraseFilter);
  directory_ = image.Get<uint32_t>(section::kPhraseDirectory);
  entries_ = image.Get<Entry>(section::kPhraseEntries);
  texts_ = image.Get<char>(section::kPhraseTexts);
  naming_first_ = image.Get<uint32_t>(section::kPhraseSetsFirst);
  naming_ = image.Get<uint32_t>(section::kPhraseSets);
  members_first_ = image.Get<uint32_t>(section::kSetPhrasesFirst);
  members_ = image.Get<uint32_t>(section::kSetPhrases);
  const size_t slots = size_t{1} << info_.slot_bits;
  if (filter_.size != slots >> phrase_tables::kFilterWordsPerSlotBits ||
      entries_.size != info_.phrase_count || !AreBounds(directory_, slots, entries_.size) ||
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

// One pass over a text. Words of ASCII are found sixteen bytes at a time, all others one character
// after the other.
class PhraseIndex::Pass {
 public:
  Pass(const PhraseIndex& index, std::string_view text, const Stretch& stretch, size_t limit,
       std::vector<PhraseHit>* hits)
      : index_(index),
        text_(text),
        stretch_(stretch),
        limit_(limit),
        hits_(*hits),
        filter_(index.filter_.data),
        slot_bits_(index.info_.slot_bits) {
    for (const uint64_t symbols : index.info_.symbols) has_symbols_ = has_symbols_ || symbols != 0;
  }

  // False when there were too many hits.
  bool Run() {
    const size_t from = stretch_.from;
    size_t start = 0;       // of the row of word bytes and bytes beyond ASCII that is under way
    bool inside = false;    // whether one is
    bool has_high = false;  // whether the blocks before hold a byte beyond ASCII of it
    auto is_word = [](Lanes lanes) {
      return ((lanes | 0x20) - 'a' < 26) | (lanes - '0' < 10) | (lanes == '_');
    };
    ForEachBlock(
        text_.data() + from, stretch_.end - from, is_word,
        [&](size_t offset, uint64_t words, uint64_t high) {
          const size_t block = from + offset;
          const uint64_t rows = words | high;
          if (has_symbols_) TakeSymbols(block, ~rows);
          const uint64_t after_row = rows << 1 | (inside ? 1 : 0);
          uint64_t starts = rows & ~after_row;
          for (uint64_t ends = after_row & ~rows; ends != 0; ends &= ends - 1) {
            const auto end = static_cast<uint32_t>(__builtin_ctzll(ends));
            uint64_t row = (uint64_t{1} << end) - 1;  // and what lies before it
            if (!inside) {
              start = block + static_cast<size_t>(__builtin_ctzll(starts));
              row &= ~(starts - 1);
              starts &= starts - 1;
            }
            if ((high & row) != 0 || has_high) {
              TakeCharacters(start, block + end);
            } else if (start == 0 || text_[start - 1] != '\'' || IsWordBoundary(text_, start)) {
              TakeWord(start, block + end);
            }
            inside = false;
            has_high = false;
          }
          uint64_t last_row = ~uint64_t{0};  // all of the block, when a row began before it
          if (starts != 0) {
            start = block + static_cast<size_t>(__builtin_ctzll(starts));
            last_row = ~(starts - 1);
          }
          inside = rows >> 63 != 0;
          has_high = inside && (has_high || (high & last_row) != 0);
        });
    if (inside) TakeCharacters(start, stretch_.end);
    return !is_full_;
  }

 private:
  // Looks up a word, it with the word before, and the stems it may begin with.
  void TakeWord(size_t start, size_t end) {
    const uint32_t hash =
        HashBytes(text_.data() + start, end - start, text_.size() - start, kWordKey);
    LookUp(hash, start);
    if (last_end_ + 1 == start && IsPairGap(text_[last_end_])) {
      LookUp(phrase_tables::HashPair(last_hash_, hash), last_start_);
    }
    last_hash_ = hash;
    last_start_ = start;
    last_end_ = end;
    if (index_.info_.stem_sizes != 0) TakeStems(start, end - start);
  }

  void TakeStems(size_t start, size_t size) {
    const uint32_t shorter = size >= kLargestStem ? ~0U : (2U << size) - 1;
    uint32_t stems = index_.info_.stem_sizes & shorter;
    if (stems == 0) return;
    const uint64_t first =
        LoadBytes(text_.data() + start, std::min(size, kStep), text_.size() - start);
    for (; stems != 0; stems &= stems - 1) {
      const auto count = static_cast<uint32_t>(__builtin_ctz(stems));
      LookUp(Finish(Step(kStemKey, FirstBytes(first, count))), start);
    }
  }

  // A row that holds characters beyond ASCII: words, and signs that are none.
  void TakeCharacters(size_t start, size_t end) {
    size_t i = start;
    while (i < end) {
      const size_t word_end = WordEnd(text_, i);
      if (word_end > i) {
        if (BeginsWord(text_, i)) TakeWord(i, word_end);
        i = word_end;
      } else {
        TakeSymbol(i);
        i += DecodeAt(text_, i).size;
      }
    }
  }

  void TakeSymbols(size_t block, uint64_t places) {
    const size_t left = stretch_.end - block;
    if (left < kBlock) places &= (uint64_t{1} << left) - 1;
    for (; places != 0; places &= places - 1) {
      TakeSymbol(block + static_cast<size_t>(__builtin_ctzll(places)));
    }
  }
  void TakeSymbol(size_t at) {
    const auto byte = static_cast<uint8_t>(text_[at]);
    if ((index_.info_.symbols[byte >> 6] >> (byte & 63) & 1) != 0) {
      LookUp(phrase_tables::HashSymbol(text_[at]), at);
    }
  }

  void LookUp(uint32_t hash, size_t at) {
    const uint64_t wanted = phrase_tables::FilterBits(hash);
    if ((filter_[phrase_tables::FilterWord(hash, slot_bits_)] & wanted) == wanted) {
      Compare(hash, at);
    }
  }

  // Keeps the phrases with a key of this hash that are there. Few words come so far.
  __attribute__((noinline)) void Compare(uint32_t hash, size_t at) {
    const uint32_t slot = hash >> (32 - slot_bits_);
    for (uint32_t i = index_.directory_[slot]; i < index_.directory_[slot + 1]; ++i) {
      const Entry& entry = index_.entries_[i];
      if (entry.hash != hash || entry.key_at > at) continue;
      const std::string_view phrase(index_.texts_.data + entry.text, entry.size);
      const size_t start = at - entry.key_at;
      if (text_[start] != phrase[0] || !stretch_.Holds(start)) continue;
      const size_t end = MatchAt(phrase, text_, start);
      if (end == 0) continue;
      if (entry.key_at > 0 && MayBeWord(phrase[0]) && !BeginsWord(text_, start)) continue;
      if (hits_.size() >= limit_) {
        is_full_ = true;
        return;
      }
      hits_.push_back({i, static_cast<uint32_t>(start), static_cast<uint32_t>(end)});
    }
  }

  const PhraseIndex& index_;
  const std::string_view text_;
  const Stretch& stretch_;
  const size_t limit_;
  std::vector<PhraseHit>& hits_;
  const uint64_t* const filter_;
  const uint32_t slot_bits_;
  bool has_symbols_ = false;
  bool is_full_ = false;
  uint32_t last_hash_ = 0;  // of the word looked up last
  size_t last_start_ = 0;
  size_t last_end_ = SIZE_MAX - 1;
};

bool PhraseIndex::Find(std::string_view text, const Stretch& stretch, size_t limit,
                       std::vector<PhraseHit>* hits) const {
  return entries_.empty() || Pass(*this, text, stretch, limit, hits).Run();
}

}  // namespace breath
