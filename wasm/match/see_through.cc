// SPDX-License-Identifier: Apache-2.0
// Look-up behind see_through.h: each word that gives cause is found by the hash of its shape, a
// long one also by its letters less one (after W. Garbe's symmetric deletes, SymSpell); then the
// words around it are compared. Tested by tests/engine/see_through_test.cc.
#include "wasm/match/see_through.h"

#include <algorithm>
#include <string>

#include "wasm/match/ascii.h"
#include "wasm/text/confusables.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr uint32_t kFewestLetters = 3;
constexpr uint32_t kLargestStem = 3;        // classes of a stem key
constexpr uint32_t kHashBase = 0x01000193;  // FNV prime, as the base of a polynomial hash
// What comparing words may cost in one draft, in characters: about a tenth of a second.
constexpr uint32_t kMostCompared = 16U << 20;
constexpr uint64_t kComparison = 8;  // of a comparison, however short the words are

uint32_t Mixed(uint32_t hash) {
  hash ^= hash >> 15;
  hash *= 0x2C1B3C6D;
  return hash ^ (hash >> 13);
}

// Hashes of a word and of the word less one letter each, for the letters a typo may touch: not the
// first, not the last two.
template <typename Visit>
void VisitDeletes(const uint32_t* letters, size_t size, Visit visit) {
  uint32_t prefix[kLongestTypo + 2] = {};
  uint32_t power[kLongestTypo + 2] = {1};
  for (size_t i = 0; i < size; ++i) {
    prefix[i + 1] = prefix[i] * kHashBase + letters[i] + 1;
    power[i + 1] = power[i] * kHashBase;
  }
  visit(Mixed(prefix[size] ^ static_cast<uint32_t>(size) << 26));
  for (size_t i = 1; i + 2 < size; ++i) {
    if (i > 1 && letters[i] == letters[i - 1]) continue;  // the same word again
    const uint32_t rest = prefix[size] - prefix[i + 1] * power[size - i - 1];
    visit(Mixed((prefix[i] * power[size - i - 1] + rest) ^ static_cast<uint32_t>(size - 1) << 26));
  }
}

size_t AppendClasses(uint32_t shape, uint32_t* classes, size_t size) {
  if (size > 0 && classes[size - 1] == shape) return size;
  classes[size] = shape;
  return size + 1;
}

}  // namespace

uint32_t ShapeHash(const uint32_t* classes, size_t size) {
  uint32_t hash = static_cast<uint32_t>(size) + 1;
  for (size_t i = 0; i < size; ++i) hash = hash * kHashBase + classes[i] + 1;
  return Mixed(hash);
}

void SeeThroughBuilder::Add(uint32_t set, std::string_view phrase) {
  const std::string folded = FoldText(phrase);
  std::vector<uint16_t> letters;
  std::vector<DisguiseWord> words;
  const auto phrase_index = static_cast<uint32_t>(tables_->phrases.size());
  const auto first_letter = static_cast<uint32_t>(tables_->letters.size());
  bool open = false;
  for (size_t i = 0; i < folded.size();) {
    const Decoded decoded = DecodeAt(folded, i);
    const uint32_t c = decoded.code_point;
    i += decoded.size;
    if (c == ' ' || c == '-') {
      open = false;
      continue;
    }
    if (c == '*') {
      if (!open) return;
      words.back().star = 1;
      continue;
    }
    if (!Has(c, kWord) || Has(c, kMark) || Has(c, kDense) || c == '_' || c > 0xFFFF) return;
    if (!open) {
      words.push_back(
          {first_letter + static_cast<uint32_t>(letters.size()), phrase_index, 0, 0, 0});
    }
    open = true;
    if (++words.back().size > kLongestDisguiseWord) return;
    letters.push_back(static_cast<uint16_t>(c));
  }
  if (letters.size() < kFewestLetters || words.empty()) return;
  const auto first_word = static_cast<uint32_t>(tables_->words.size());
  tables_->phrases.push_back({set, first_word, static_cast<uint32_t>(words.size()),
                              static_cast<uint32_t>(letters.size())});
  tables_->letters.insert(tables_->letters.end(), letters.begin(), letters.end());
  tables_->words.insert(tables_->words.end(), words.begin(), words.end());
  for (uint32_t i = 0; i < words.size(); ++i) AddKeys(first_word + i);
  if (words.size() < 2) return;
  std::vector<uint32_t> classes(letters.size());
  size_t size = 0;
  for (const uint16_t letter : letters) {
    size = AppendClasses(ShapeClass(letter, LooksLike(letter).letter), classes.data(), size);
  }
  if (words.back().star == 0) {
    keys_[kJoinedKeys].push_back({ShapeHash(classes.data(), size), first_word});
  }
}

void SeeThroughBuilder::AddKeys(uint32_t word) {
  const DisguiseWord& row = tables_->words[word];
  uint32_t classes[kLongestDisguiseWord] = {};
  uint32_t plain[kLongestDisguiseWord] = {};
  size_t size = 0;
  bool letters_only = true;
  for (uint32_t i = 0; i < row.size; ++i) {
    const uint32_t letter = tables_->letters[row.first_letter + i];
    plain[i] = letter;
    letters_only = letters_only && !Has(letter, kDigit);
    size = AppendClasses(ShapeClass(letter, LooksLike(letter).letter), classes, size);
  }
  if (row.star != 0) {
    keys_[kStemKeys].push_back({ShapeHash(classes, std::min<size_t>(size, kLargestStem)), word});
    return;
  }
  keys_[kShapeKeys].push_back({ShapeHash(classes, size), word});
  if (letters_only && row.size >= kShortestTypo && row.size <= kLongestTypo) {
    VisitDeletes(plain, row.size, [&](uint32_t hash) { keys_[kTypoKeys].push_back({hash, word}); });
  }
}

void SeeThroughBuilder::Finish(std::vector<uint32_t> phrase_sets) {
  tables_->phrase_sets = std::move(phrase_sets);
  tables_->tables.resize(kDisguiseTables);
  for (uint32_t table = 0; table < kDisguiseTables; ++table) {
    std::vector<DisguiseKey>& keys = keys_[table];
    DisguiseKeys& head = tables_->tables[table];
    head.first_key = static_cast<uint32_t>(tables_->keys.size());
    head.key_count = static_cast<uint32_t>(keys.size());
    head.first_slot = static_cast<uint32_t>(tables_->slots.size());
    head.slot_bits = 1;
    while (head.slot_bits < 18 && keys.size() >> head.slot_bits > 0) ++head.slot_bits;
    const uint32_t mask = (1U << head.slot_bits) - 1;
    std::sort(keys.begin(), keys.end(), [mask](const DisguiseKey& a, const DisguiseKey& b) {
      if ((a.hash & mask) != (b.hash & mask)) return (a.hash & mask) < (b.hash & mask);
      return a.hash != b.hash ? a.hash < b.hash : a.word < b.word;
    });
    std::vector<uint32_t> slots(mask + 2);
    for (const DisguiseKey& key : keys) ++slots[(key.hash & mask) + 1];
    for (size_t i = 1; i < slots.size(); ++i) slots[i] += slots[i - 1];
    tables_->slots.insert(tables_->slots.end(), slots.begin(), slots.end());
    tables_->keys.insert(tables_->keys.end(), keys.begin(), keys.end());
    keys.clear();
  }
}

namespace {

// One search of one draft.
class Search {
 public:
  Search(const SeeThroughView& tables, const Draft& draft, const Stretch& stretch, uint32_t limit,
         DisguisedMatches* out)
      : tables_(tables),
        map_(draft.raw().map),
        text_(std::string_view(draft.raw().text).substr(stretch.from, stretch.end - stretch.from)),
        stretch_(stretch),
        reading_(ReadForDisguise(text_)),
        limit_(limit),
        out_(out) {}

  void Keep() {
    std::vector<DisguiseHit> before;
    before.swap(out_->hits);
    for (DisguiseHit& hit : before) {
      const uint32_t size = hit.end - hit.start;
      if (stretch_.Keeps(&hit.start)) Take({hit.set, hit.start, hit.start + size});
    }
  }

  void Run() {
    if (!reading_.cause) return;
    for (size_t i = 0; i < reading_.tokens.size(); ++i) {
      const DisguiseToken& token = reading_.tokens[i];
      if (token.barred || !(token.cause || token.long_word || token.joined)) continue;
      LookUp(reading_.tokens, i);
    }
    for (size_t i = 0; i < reading_.alone.size(); ++i) LookUp(reading_.alone, i);
    if (out_->comparisons > kMostCompared) {
      for (uint32_t set = 0; set < tables_.sets; ++set) out_->overflowed.push_back(set);
    }
  }

 private:
  // What a token is made of; the one that was looked up is kept apart from its neighbours.
  struct Spelling {
    std::vector<Sign> signs;
    bool marked = false;
    bool all_capitals = false;
  };

  bool Spell(const DisguiseToken& token, Spelling* out) const {
    if (!ReadSigns(text_, token, &out->signs, &out->marked)) return false;
    bool lower = false;
    for (uint32_t i = token.start; i < token.end; ++i) lower = lower || IsLower(text_[i]);
    out->all_capitals = !lower;
    return true;
  }

  void LookUp(const std::vector<DisguiseToken>& tokens, size_t at) {
    const DisguiseToken& token = tokens[at];
    if (!Spell(token, &own_)) return;
    const std::vector<Sign>& signs = own_.signs;
    if (token.cause || token.joined) {
      classes_.clear();
      classes_.reserve(signs.size());
      for (const Sign& sign : signs) {
        const uint32_t shape = ShapeClass(sign.letter, sign.look);
        if (classes_.empty() || classes_.back() != shape) classes_.push_back(shape);
      }
      Visit(kShapeKeys, ShapeHash(classes_.data(), classes_.size()), tokens, at);
      for (size_t size = 1; size <= std::min<size_t>(kLargestStem, classes_.size()); ++size) {
        Visit(kStemKeys, ShapeHash(classes_.data(), size), tokens, at);
      }
      if (token.joined) {
        Visit(kJoinedKeys, ShapeHash(classes_.data(), classes_.size()), tokens, at);
      }
    }
    if (token.long_word && signs.size() + 1 >= kShortestTypo && signs.size() <= kLongestTypo) {
      uint32_t letters[kLongestTypo] = {};
      for (size_t i = 0; i < signs.size(); ++i) letters[i] = signs[i].letter;
      VisitDeletes(letters, signs.size(),
                   [&](uint32_t hash) { Visit(kTypoKeys, hash, tokens, at); });
    }
  }

  void Visit(DisguiseTable table, uint32_t hash, const std::vector<DisguiseToken>& tokens,
             size_t at) {
    const DisguiseKeys& head = tables_.tables[table];
    if (head.key_count == 0) return;
    const Slice<uint32_t> slots = tables_.slots.Part(head.first_slot, (1U << head.slot_bits) + 1);
    const uint32_t slot = hash & ((1U << head.slot_bits) - 1);
    for (uint32_t i = slots[slot]; i < slots[slot + 1]; ++i) {
      const DisguiseKey& key = tables_.keys[head.first_key + i];
      if (key.hash != hash) continue;
      if (IsTooMuch(own_.signs.size())) return;
      if (table == kJoinedKeys) {
        TryJoined(key.word, tokens[at]);
      } else {
        TryPhrase(key.word, tokens, at);
      }
    }
  }

  bool IsTooMuch(size_t signs) {
    out_->comparisons += kComparison + static_cast<uint32_t>(signs);
    return out_->comparisons > kMostCompared;
  }

  WordReading ReadWord(const DisguiseWord& word, const DisguiseToken& token,
                       const Spelling& spelling) const {
    return ReadAs(tables_.letters.data + word.first_letter, word.size, word.star != 0, token,
                  spelling.signs, spelling.marked, spelling.all_capitals,
                  tables_.phrases[word.phrase].letters);
  }

  // The phrase of `word`, that word being token `at`. Only one typo in a phrase, and none beside
  // another disguise.
  void TryPhrase(uint32_t word, const std::vector<DisguiseToken>& tokens, size_t at) {
    const DisguiseWord& anchor = tables_.words[word];
    const DisguisePhrase& phrase = tables_.phrases[anchor.phrase];
    const uint32_t place = word - phrase.first_word;
    if (place > at || at - place + phrase.words > tokens.size()) return;
    const size_t first = at - place;
    const WordReading own = ReadWord(anchor, tokens[at], own_);
    if (!own.fits || !(own.disguised || own.typo)) return;
    for (uint32_t i = 1; i < phrase.words; ++i) {
      if (!tokens[first + i].linked || IsTooMuch(0)) return;
    }
    for (uint32_t i = 0; i < phrase.words; ++i) {
      if (i == place) continue;
      if (!Spell(tokens[first + i], &other_) || IsTooMuch(other_.signs.size())) return;
      const WordReading one =
          ReadWord(tables_.words[phrase.first_word + i], tokens[first + i], other_);
      if (!one.fits || one.typo || (own.typo && one.disguised)) return;
    }
    Report(phrase.set, tokens[first].start, tokens[first + phrase.words - 1].end);
  }

  // A whole phrase in one row of joined letters: "f.u.l.l.m.o.o.n".
  void TryJoined(uint32_t first_word, const DisguiseToken& token) {
    const DisguisePhrase& phrase = tables_.phrases[tables_.words[first_word].phrase];
    for (uint32_t i = 0; token.spaced && i < phrase.words; ++i) {
      if (tables_.words[first_word + i].size < kFewestLetters) return;
    }
    const WordReading reading =
        ReadAs(tables_.letters.data + tables_.words[first_word].first_letter, phrase.letters, false,
               token, own_.signs, own_.marked, own_.all_capitals, phrase.letters);
    if (reading.fits) Report(phrase.set, token.start, token.end);
  }

  void Report(uint32_t set, uint32_t start, uint32_t end) {
    start += stretch_.from;
    if (stretch_.Holds(start)) Take({set, start, end + stretch_.from});
  }

  void Take(const DisguiseHit& hit) {
    SpanList& found = out_->matches[hit.set];
    if (found.size() >= limit_) {
      out_->overflowed.push_back(hit.set);
      return;
    }
    out_->hits.push_back(hit);
    found.push_back(map_.ToSource(hit.start, hit.end));
  }

  const SeeThroughView& tables_;
  const OffsetMap& map_;
  const std::string_view text_;
  const Stretch stretch_;
  const DisguiseReading reading_;
  const uint32_t limit_;
  DisguisedMatches* out_;
  Spelling own_;
  Spelling other_;
  std::vector<uint32_t> classes_;
};

}  // namespace

void FindDisguised(const SeeThroughView& tables, const Draft& draft, const Stretch& stretch,
                   uint32_t limit, DisguisedMatches* out) {
  out->matches.resize(tables.sets);
  for (SpanList& list : out->matches) list.clear();
  out->overflowed.clear();
  if (tables.sets == 0) return;
  Search search(tables, draft, stretch, limit, out);
  search.Keep();
  search.Run();
  for (SpanList& list : out->matches) Normalize(&list);
  std::vector<uint32_t>& overflowed = out->overflowed;
  std::sort(overflowed.begin(), overflowed.end());
  overflowed.erase(std::unique(overflowed.begin(), overflowed.end()), overflowed.end());
}

}  // namespace breath
