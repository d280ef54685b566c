// SPDX-License-Identifier: Apache-2.0
// Tests what wasm/match/pattern does with long drafts: they are read in pieces, to the same matches
// as plain RE2 finds in the whole, and work that grows beyond all measure is given up and named.
#include <catch2/catch.hpp>
#include <random>

#include "re2/re2.h"
#include "re2/regexp.h"
#include "wasm/match/pattern.h"
#include "wasm/match/pattern_shape.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr size_t kMegabyte = size_t{1} << 20;

std::string Rows(const std::string& row, size_t size) {
  std::string text;
  while (text.size() < size) text += row;
  return text;
}

std::string AnyOf(const std::string& letters, size_t size) {
  std::mt19937 random(5);
  std::string text;
  while (text.size() < size) text += letters[random() % letters.size()];
  return text;
}

LeafResult Find(const std::string& expression, const Draft& draft, SpanList* found) {
  PatternSource source;
  source.expression = expression;
  std::string detail;
  REQUIRE(source.Validate(&detail) == PatternSource::Refusal::kNone);
  PatternView pattern;
  pattern.expression = expression;
  pattern.longest = source.longest;
  pattern.price = source.price;
  return PatternPool().Find(0, pattern, draft, nullptr, 1U << 16, found);
}

TEST_CASE("a pattern that reads on and on is given up and named", "[pattern]") {
  struct Row {
    const char* name;
    std::string expression;
    std::string draft;
  };
  const Row rows[] = {
      {"each match reads the rest of the draft", "x[^y]*y|x", std::string(kMegabyte, 'x')},
      {"the same in many pieces", "x[^y]*y|x", std::string(65536, 'x')},
      {"words for a rest that never comes", "[a-z ]+q|x", Rows("x ", kMegabyte)},
      {"an automaton without end", "[ab]*a[ab]{18}c", AnyOf("ab", 4 * kMegabyte)},
      {"the same with places to cut", "[ab]*a[ab]{400}c", AnyOf("ababababababababab ", kMegabyte)},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    SpanList found;
    CHECK(Find(row.expression, Draft(row.draft), &found) == LeafResult::kTooMuchWork);
  }
}

TEST_CASE("ordinary megabytes are judged", "[pattern]") {
  const std::string row =
      "We will share the plan with kim and the team on monday, and see how 12 of us fare.\n";
  const Draft draft(Rows(row, kMegabyte));
  const size_t rows = draft.size() / row.size();
  struct Row {
    std::string expression;
    size_t matches;
  };
  const Row table[] = {
      {"share [a-z]+ plan", rows}, {"[0-9]+ (?:of|million)", rows},     {"we .* fare", 1},
      {"kim[^.]*\\.", rows},       {"(?:[a-z]{1,12} ){3}[0-9]{5}q", 0}, {"project \\pL+", 0},
  };
  for (const Row& row : table) {
    INFO(row.expression);
    SpanList found;
    CHECK(Find(row.expression, draft, &found) == LeafResult::kDone);
    CHECK(found.size() == row.matches);
  }
}

TEST_CASE("a draft read in pieces has the matches of the whole", "[pattern]") {
  // Each is dear, so that its pieces are short.
  const std::string dear = "|\\pL\\pN\\x{1F600}";
  const char* expressions[] = {"a[^c ]*c|a", "b+a",  "(?:ab)+",  "[ab]+c",
                               "k\\pL",      "c-?a", "(?m:^)a+", "(?m:b$)"};
  const char* letters[] = {"a", "b", "c", " ", "\n", "k", "\u212A", "é", "abab", "aaaaaaaaaaaa"};
  std::mt19937 random(21);
  size_t found_in_all = 0;
  for (const char* part : expressions) {
    const std::string expression = "(?:" + std::string(part) + ")" + dear;
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    const re2::RE2 plain(expression, options);
    PatternSource source;
    source.expression = expression;
    std::string detail;
    REQUIRE(source.Validate(&detail) == PatternSource::Refusal::kNone);
    REQUIRE(source.price > 1300);
    for (int round = 0; round < 4; ++round) {
      std::string text;
      while (text.size() < 100000) {
        text += letters[random() % 10];
        if (random() % 4096 == 0) text += std::string(random() % 9000, 'b');
      }
      const Draft draft(text);
      const std::string& folded = draft.folded().text;
      SpanList expected;
      absl::string_view match;
      size_t from = 0;
      while (plain.Match(folded, from, folded.size(), re2::RE2::UNANCHORED, &match, 1)) {
        const auto start = static_cast<uint32_t>(match.data() - folded.data());
        from = start + match.size();
        expected.push_back(draft.folded().map.ToSource(start, static_cast<uint32_t>(from)));
      }
      SpanList found;
      INFO(expression << ", round " << round);
      REQUIRE(Find(expression, draft, &found) == LeafResult::kDone);
      CHECK((found == expected));
      found_in_all += found.size();
    }
  }
  CHECK(found_in_all > 10000);
}

TEST_CASE("the bytes of matches are among those a pattern is said to hold", "[pattern]") {
  const char* expressions[] = {"kis+", "[^a]b",      "(?i)As", ".x",         "(?s:.)x",
                               "ß",    "\\x{212A}b", "ſt",     "(?i)[k-m]+", "(?:é|e)\\s?d"};
  const uint32_t alphabet[] = {'A', 'a', 'b', 'd', 'e', 'i',  'k', 'm',    's',   't',  'x',
                               'K', 'S', 'T', 'I', ' ', '\n', 'L', 0x212A, 0x17F, 0xDF, 0xE9};
  std::mt19937 random(3);
  for (const char* expression : expressions) {
    for (const bool raw : {false, true}) {
      re2::RE2::Options options;
      options.set_case_sensitive(raw);
      const re2::RE2 plain(expression, options);
      const std::bitset<256> held = BytesOfMatches(plain.Regexp()).held;
      size_t matched = 0;
      for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (uint32_t i = 1 + random() % 6; i > 0; --i) {
          AppendUtf8(alphabet[random() % (sizeof(alphabet) / sizeof(alphabet[0]))], &text);
        }
        absl::string_view match;
        if (!plain.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &match, 1)) continue;
        ++matched;
        for (const char c : match) {
          if (!held[static_cast<uint8_t>(c)]) FAIL_CHECK(expression << " in " << text);
        }
      }
      INFO(expression << (raw ? " raw" : ""));
      CHECK(matched > 0);
    }
  }
}

}  // namespace
}  // namespace breath
