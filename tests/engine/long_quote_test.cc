// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/long_quote: which marks open and close a quotation, and what is none.
#include "wasm/match/long_quote.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/engine/vectors.h"

namespace breath {
namespace {

SpanList Find(const std::string& text, uint32_t words) {
  SpanList found;
  REQUIRE(FindLongQuotes(Draft(text), words, 1000, &found) == LeafResult::kDone);
  Normalize(&found);
  return found;
}

TEST_CASE("a long quotation is marked with its quote marks", "[quote]") {
  const char* rows[] = {
      "she wrote ⟦\"one two three four\"⟧ today",
      "only \"one two three\" words",
      "⟦\"one two three four\"⟧, ⟦\"five six seven eight\"⟧",
      "⟦“one two three four”⟧ and ⟦‘one two three four’⟧",
      "⟦„eins zwei drei vier“⟧ ⟦‚eins zwei drei vier‘⟧ ⟦„one two three four”⟧",
      "⟦«un deux trois quatre»⟧ ⟦« un deux trois quatre »⟧ ⟦»eins zwei drei vier«⟧",
      "⟦‹un deux trois quatre›⟧ ⟦”ett två tre fyra”⟧",
      "⟦「私は猫で」⟧ ⟦『私は猫で』⟧ 「私は猫」",
      "⟦\"one two\nthree four\"⟧",
      "\"one two\n\nthree four\" and",
      "“one two\r\n \t\r\nthree four”",
      "it's one of the dogs' toys, isn't it, 'one two three four' here",
      "⟦‘it’s one two three’⟧",
      "5\" 6\" 7\" 8\" screens, 9\" long",
      "\"never closed one two three four",
      "\"a slip, then ⟦\"one two three four\"⟧",
      "⟦“one ‘two three four five’ six”⟧",
      "⟦> one two three four⟧",
      "⟦> one two\n> three four⟧\nmine",
      "mine\n  ⟦> one two three four⟧\n\nmine",
      "a > b and c > d and so on",
      "> one two\n\n> three four",
      "don't can't won't it's four five",
      "⟦\"don't it's three four\"⟧",
      "x”one two three four” y",
  };
  for (const char* row : rows) {
    const testing::Marked marked = testing::ReadMarked(row);
    INFO(row);
    CHECK(Find(marked.text, 4) == marked.marks);
  }
}

TEST_CASE("a quotation is long from exactly its number of words", "[quote]") {
  std::string text = "\"w";
  for (int i = 1; i < 25; ++i) text += " w";
  CHECK(Find(text + "\"", 25).size() == 1);
  CHECK(Find(text + "\"", 26).empty());
  CHECK(Find("> " + text.substr(1), 25).size() == 1);
  CHECK(Find("> " + text.substr(1), 26).empty());
}

TEST_CASE("marks without end cost one pass", "[quote]") {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "“a ";
  CHECK(Find(text, 2).empty());
}

}  // namespace
}  // namespace breath
