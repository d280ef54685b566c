// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/phrase_index against a slow, obvious search: every phrase at every byte.
#include <catch2/catch.hpp>
#include <random>

#include "wasm/match/phrase_index.h"
#include "wasm/match/phrase_sets.h"
#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

bool IsWord(std::string_view text, size_t at) { return Has(DecodeAt(text, at).code_point, kWord); }

// Ends of all readings of a phrase from byte `at`; a star may end at any boundary, so the longest
// word is taken.
size_t SlowMatch(const std::string& phrase, const std::string& text, size_t at) {
  if (IsWord(phrase, 0) && !IsWordBoundary(text, at)) return 0;
  size_t i = at;
  for (const char wanted : phrase) {
    if (wanted == '*') {
      while (i < text.size() && !IsWordBoundary(text, i)) i += DecodeAt(text, i).size;
      continue;
    }
    if (i >= text.size() || !(text[i] == wanted || (wanted == ' ' && text[i] == '-'))) return 0;
    ++i;
  }
  if (phrase.back() != '*' && Has(DecodeBefore(phrase, phrase.size()).code_point, kWord) &&
      !IsWordBoundary(text, i)) {
    return 0;
  }
  return i;
}

Image Written(const PhraseSets& sets) {
  ImageWriter writer;
  sets.Write(std::vector<bool>(sets.sets(), true), &writer);
  Image image;
  REQUIRE(image.Open(writer.Finish(), "") == Image::Refusal::kNone);
  return image;
}

TEST_CASE("the index finds what the slow search finds", "[phrase]") {
  const std::vector<std::string> words = {
      "a", "ab", "abc",  "b",  "ba", "can", "can't", "they're",          "abcdefgh",
      "é", "中", "中国", "x1", "#a", "a-b", "_a",    "abcdefghijklmnop", "abécdefghijk"};
  std::mt19937 random(3);
  auto any = [&random, &words] { return words[random() % words.size()]; };
  for (int round = 0; round < 400; ++round) {
    PhraseSets sets;
    std::vector<std::string> phrases;
    for (int i = 0; i < 6; ++i) {
      std::string phrase = any();
      if (random() % 2 == 0) phrase += " " + any();
      if (random() % 3 == 0 && Has(DecodeBefore(phrase, phrase.size()).code_point, kWord))
        phrase += "*";
      phrases.push_back(phrase);
      REQUIRE(sets.Add(sets.NewSet(), phrase) == PhraseSets::Refusal::kNone);
    }
    const Image image = Written(sets);
    PhraseIndex index;
    REQUIRE(index.Open(image));
    std::string text;
    // Words lie across the blocks that are read at a time.
    for (uint32_t i = 1 + random() % (round % 4 == 0 ? 60 : 12); i > 0; --i) {
      text += any();
      static const char* kBetween[] = {" ", " ", "  ", "\n", "-", "", ". ", "'", "’s "};
      text += kBetween[random() % 9];
    }
    const Draft draft(text);
    std::vector<PhraseHit> hits;
    REQUIRE(index.Find(draft.folded().text, WholeOf(draft.folded().text), 1000, &hits));
    std::vector<SpanList> found(6);
    for (const PhraseHit& hit : hits) {
      for (const uint32_t set : index.SetsOf(hit.phrase)) {
        found[set].push_back(draft.folded().map.ToSource(hit.start, hit.end));
      }
    }
    for (SpanList& list : found) Normalize(&list);
    for (size_t i = 0; i < phrases.size(); ++i) {
      SpanList expected;
      const std::string& view = draft.folded().text;
      for (size_t at = 0; at < view.size(); at += DecodeAt(view, at).size) {
        const size_t end = SlowMatch(FoldText(phrases[i]), view, at);
        if (end != 0) {
          expected.push_back(
              draft.folded().map.ToSource(static_cast<uint32_t>(at), static_cast<uint32_t>(end)));
        }
      }
      Normalize(&expected);
      INFO("phrase '" << phrases[i] << "' in '" << text << "'");
      CHECK(found[i] == expected);
    }
  }
}

TEST_CASE("a word is found wherever it lies in a row of letters of several blocks", "[phrase]") {
  PhraseSets sets;
  REQUIRE(sets.Add(sets.NewSet(), "中") == PhraseSets::Refusal::kNone);
  REQUIRE(sets.Add(sets.NewSet(), "end") == PhraseSets::Refusal::kNone);
  const Image image = Written(sets);
  PhraseIndex index;
  REQUIRE(index.Open(image));
  for (size_t before = 0; before < 200; ++before) {
    for (const size_t behind : {0, 1, 63, 64, 65, 130}) {
      INFO(before << " letters before, " << behind << " behind");
      const std::string row = std::string(before, 'e') + "中" + std::string(behind, 'e');
      std::vector<PhraseHit> hits;
      const std::string text = row + " end";
      REQUIRE(index.Find(text, WholeOf(text), 10, &hits));
      REQUIRE(hits.size() == 2);
      const PhraseHit& first = hits[hits[0].start < hits[1].start ? 0 : 1];
      CHECK(first.start == before);
      CHECK(first.end == before + 3);
    }
  }
}

TEST_CASE("more matches than are kept is told, not cut in silence", "[phrase]") {
  PhraseSets sets;
  sets.Add(sets.NewSet(), "a");
  const Image image = Written(sets);
  PhraseIndex index;
  REQUIRE(index.Open(image));
  std::vector<PhraseHit> hits;
  CHECK(index.Find("a a", WholeOf("a a"), 2, &hits));
  hits.clear();
  CHECK_FALSE(index.Find("a a a", WholeOf("a a a"), 2, &hits));
}

}  // namespace
}  // namespace breath
