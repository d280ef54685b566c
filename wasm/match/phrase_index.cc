// SPDX-License-Identifier: Apache-2.0
// Hash look-up behind phrase_index.h. Tested by tests/engine/phrase_test.cc.
#include "wasm/match/phrase_index.h"

#include <algorithm>

#include "wasm/text/unicode.h"

namespace breath {
namespace {

// A stem ("margin*") is keyed by its first bytes, at most this many.
constexpr uint32_t kLargestStem = 4;
constexpr uint32_t kDirectoryBits = 12;

// FNV-1a, 32 bits, with a final mix: http://www.isthe.com/chongo/tech/comp/fnv/
uint32_t Hash(std::string_view bytes) {
  uint32_t hash = 2166136261U;
  for (const char byte : bytes) hash = (hash ^ static_cast<uint8_t>(byte)) * 16777619U;
  return hash ^ (hash >> 15);
}

// The end of the run of word characters that starts at `at`; one character where words are not
// spaced.
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

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool StartsWord(std::string_view phrase) { return Has(DecodeAt(phrase, 0).code_point, kWord); }
bool EndsWord(std::string_view phrase) {
  return Has(DecodeBefore(phrase, phrase.size()).code_point, kWord);
}

}  // namespace

PhraseIndex::Refusal PhraseIndex::Add(uint32_t set, std::string_view phrase) {
  const std::string folded = FoldText(phrase);
  const std::string_view text = Trim(folded);
  if (text.empty()) return Refusal::kEmpty;
  for (size_t star = text.find('*'); star != std::string_view::npos;
       star = text.find('*', star + 1)) {
    if (star == 0 || !Has(DecodeBefore(text, star).code_point, kWord)) return Refusal::kStarAlone;
    if (star + 1 < text.size() && text[star + 1] != ' ' && text[star + 1] != '-') {
      return Refusal::kStarInside;
    }
  }
  Key key = Key::kSymbol;
  uint32_t hash = static_cast<uint8_t>(text[0]);
  if (StartsWord(text)) {
    const size_t end = WordEnd(text, 0);
    if (end < text.size() && text[end] == '*') {
      key = Key::kStem;
      const auto size = static_cast<uint32_t>(std::min<size_t>(end, kLargestStem));
      stem_sizes_ |= 1U << size;
      hash = Hash(text.substr(0, size));
    } else {
      key = Key::kWord;
      hash = Hash(text.substr(0, end));
    }
  }
  entries_[static_cast<size_t>(key)].push_back(
      {hash, set, static_cast<uint32_t>(texts_.size()), static_cast<uint32_t>(text.size())});
  texts_.append(text);
  return Refusal::kNone;
}

void PhraseIndex::Finish(uint32_t sets) {
  sets_ = sets;
  constexpr uint32_t kMask = (1U << kDirectoryBits) - 1;
  for (size_t key = 0; key < 3; ++key) {
    std::vector<Entry>& entries = entries_[key];
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      if ((a.hash & kMask) != (b.hash & kMask)) return (a.hash & kMask) < (b.hash & kMask);
      if (a.hash != b.hash) return a.hash < b.hash;
      return a.set != b.set ? a.set < b.set : a.text < b.text;
    });
    std::vector<uint32_t>& directory = directory_[key];
    directory.assign(kMask + 2, 0);
    for (const Entry& entry : entries) ++directory[(entry.hash & kMask) + 1];
    for (size_t i = 1; i < directory.size(); ++i) directory[i] += directory[i - 1];
  }
}

size_t PhraseIndex::MatchAt(std::string_view phrase, std::string_view text, size_t at) {
  size_t i = at;
  for (size_t p = 0; p < phrase.size(); ++p) {
    const char wanted = phrase[p];
    if (wanted == '*') {
      while (i < text.size()) {
        const Decoded decoded = DecodeAt(text, i);
        const bool joins = decoded.code_point == '\'' && !IsWordBoundary(text, i);
        if (!joins && !Has(decoded.code_point, kWord)) break;
        if (i > at && IsWordBoundary(text, i)) break;
        i += decoded.size;
      }
      continue;
    }
    if (i >= text.size()) return 0;
    // A space also finds a hyphen: "brain dead" and "brain-dead".
    if (text[i] != wanted && !(wanted == ' ' && text[i] == '-')) return 0;
    ++i;
  }
  if (phrase.back() != '*' && EndsWord(phrase) && !IsWordBoundary(text, i)) return 0;
  return i;
}

void PhraseIndex::Try(Key key, uint32_t hash, const Draft& draft, size_t at, uint32_t limit,
                      std::vector<SpanList>* matches, std::vector<uint32_t>* overflowed) const {
  const std::vector<Entry>& entries = Bucket(key);
  const std::vector<uint32_t>& directory = directory_[static_cast<size_t>(key)];
  const uint32_t slot = hash & ((1U << kDirectoryBits) - 1);
  const std::string_view text = draft.folded().text;
  for (uint32_t i = directory[slot]; i < directory[slot + 1]; ++i) {
    const Entry& entry = entries[i];
    if (entry.hash != hash) continue;
    const size_t end = MatchAt(std::string_view(texts_).substr(entry.text, entry.size), text, at);
    if (end == 0) continue;
    SpanList& found = (*matches)[entry.set];
    if (found.size() >= limit) {
      overflowed->push_back(entry.set);
      continue;
    }
    found.push_back(
        draft.folded().map.ToSource(static_cast<uint32_t>(at), static_cast<uint32_t>(end)));
  }
}

void PhraseIndex::Find(const Draft& draft, uint32_t limit, std::vector<SpanList>* matches,
                       std::vector<uint32_t>* overflowed) const {
  matches->resize(sets_);
  for (SpanList& list : *matches) list.clear();
  overflowed->clear();
  const std::string_view text = draft.folded().text;
  const bool symbols = !Bucket(Key::kSymbol).empty();
  size_t i = 0;
  while (i < text.size()) {
    const Decoded decoded = DecodeAt(text, i);
    if (!Has(decoded.code_point, kWord)) {
      if (symbols) {
        Try(Key::kSymbol, static_cast<uint8_t>(text[i]), draft, i, limit, matches, overflowed);
      }
      i += decoded.size;
      continue;
    }
    const size_t end = WordEnd(text, i);
    if (IsWordBoundary(text, i)) {
      Try(Key::kWord, Hash(text.substr(i, end - i)), draft, i, limit, matches, overflowed);
      for (uint32_t size = 1; size <= kLargestStem && size <= end - i; ++size) {
        if ((stem_sizes_ & (1U << size)) == 0) continue;
        Try(Key::kStem, Hash(text.substr(i, size)), draft, i, limit, matches, overflowed);
      }
    }
    i = end;
  }
  for (SpanList& list : *matches) {
    if (list.size() > 1) Normalize(&list);
  }
  std::sort(overflowed->begin(), overflowed->end());
  overflowed->erase(std::unique(overflowed->begin(), overflowed->end()), overflowed->end());
}

}  // namespace breath
