// SPDX-License-Identifier: Apache-2.0
// Tests `$` and `\z` in patterns (wasm/match/pattern.h): the end of the draft and nowhere else,
// however the draft is cut for RE2 and however it came about.
#include <catch2/catch.hpp>
#include <string>

#include "re2/re2.h"
#include "tests/engine/compiled.h"
#include "tests/engine/vectors.h"

namespace breath {
namespace {

using nlohmann::json;

std::string BundleOf(const json& when) {
  return testing::BundleJson(json::array({testing::RuleJson(when)})).dump();
}

TEST_CASE("a pattern may end at the end of a draft", "[pattern]") {
  struct Row {
    const char* name;
    json when;
    const char* draft;  // marks in ⟦ ⟧
  };
  const Row rows[] = {
      {"the last word", {{"pattern", "kestrel$"}}, "kestrel, ⟦kestrel⟧"},
      {"not before more", {{"pattern", "kestrel$"}}, "kestrel "},
      {"not before a line end", {{"pattern", "kestrel$"}}, "kestrel\n"},
      {"not at the end of a line", {{"pattern", "kestrel$"}}, "kestrel\nand more"},
      {"a line end with (?m)", {{"pattern", "(?m)kestrel$"}, {"view", "raw"}}, "⟦kestrel⟧\nx"},
      {"\\z", {{"pattern", "kestrel\\z"}}, "kestrel ⟦kestrel⟧"},
      {"as typed", {{"pattern", "Kes$"}, {"view", "raw"}}, "Kes kes ⟦Kes⟧"},
      {"a closing sign or the end, there",
       {{"pattern", "key-[0-9]{4}(?:[;']|$)"}},
       "⟦key-1234;⟧ x"},
      {"a closing sign or the end, here", {{"pattern", "key-[0-9]{4}(?:[;']|$)"}}, "⟦key-1234⟧"},
      {"a closing sign or the end, neither",
       {{"pattern", "key-[0-9]{4}(?:[;']|$)"}},
       "key-1234x key-12345"},
      {"the end in one of two", {{"pattern", "kes(?:trel$|t)"}}, "⟦kest⟧rel ⟦kestrel⟧"},
      {"the end before something never comes", {{"pattern", "kestrel$ x"}}, "kestrel x"},
      {"what disappears when folded is no text",
       {{"pattern", "kestrel$"}},
       "⟦kestrel⟧\xE2\x80\x8B"},
      {"whole words", {{"pattern", "[a-z]+el$"}, {"wholeWord", true}}, "kestrel ⟦kestrel⟧"},
      {"whole words, none", {{"pattern", "strel$"}, {"wholeWord", true}}, "kestrel"},
      {"without a bound", {{"pattern", "kes.*$"}}, "a ⟦kestrel, and kestrel\n b⟧"},
      {"without a literal", {{"pattern", "[a-z]{3}$"}}, "abc abc d⟦efg⟧"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const testing::Marked marked = testing::ReadMarked(row.draft);
    const auto ready = testing::Load(BundleOf(row.when));
    Context context;
    context.audience = "external";
    const Report report = ready->checker->Check(marked.text, context);
    SpanList found;
    if (!report.findings.empty()) found = report.findings[0].spans;
    CHECK(found == marked.marks);
    CHECK(report.unchecked.empty());
    // Letter by letter the same, though the end moves with each.
    Checker fresh(&ready->rules);
    for (size_t size = 0; size <= marked.text.size(); ++size) {
      const std::string text = marked.text.substr(0, size);
      const Report next = ready->checker->CheckNext(text, context);
      const Report whole = fresh.Check(text, context);
      REQUIRE(next.outcome == whole.outcome);
      if (!whole.findings.empty()) REQUIRE(next.findings[0].spans == whole.findings[0].spans);
    }
  }
}

TEST_CASE("the end of a piece is not the end of the draft", "[pattern]") {
  // Longer than RE2 is given at a time, with a byte no match reaches across every few lines.
  std::string text;
  while (text.size() < 300000) text += "kestrel kestrel kes 12 kestrel; x\nkestrel";
  for (const std::string& draft : {text, text + ";", text + "\n", text + " kes", text + "12"}) {
    for (const char* expression :
         {"kestrel$", "kes[a-z]*$", "kes[a-z ]+(?:;|$)", "[a-z]+(?: 12|$)", "(?:kestrel|[0-9])+$",
          "kes[a-z ]*?$|12", "kes.{0,20}$", "kes(?:trel)?(?:\\s|$)"}) {
      INFO(expression);
      PatternSource source;
      std::string detail;
      source.expression = expression;
      source.raw = true;
      REQUIRE(source.Validate(&detail) == PatternSource::Refusal::kNone);
      PatternView pattern;
      pattern.expression = expression;
      pattern.raw = true;
      pattern.price = source.price;
      pattern.longest = source.longest;
      SpanList expected;
      const re2::RE2 plain(expression);
      absl::string_view match;
      for (size_t at = 0; plain.Match(draft, at, draft.size(), re2::RE2::UNANCHORED, &match, 1);) {
        const auto start = static_cast<uint32_t>(match.data() - draft.data());
        expected.push_back({start, start + static_cast<uint32_t>(match.size())});
        at = expected.back().end;
      }
      SpanList found;
      PatternPool pool;
      const LeafResult result = pool.Find(0, pattern, Draft(draft), nullptr, 1U << 20, &found);
      REQUIRE(result == LeafResult::kDone);
      CHECK(found == expected);
    }
  }
}

TEST_CASE("a pattern that reads back from the end again and again is given up", "[pattern]") {
  // Each beginning inside a word is read again from the end of the draft.
  const auto ready =
      testing::Load(BundleOf({{"pattern", "x[a-z ]*$"}, {"wholeWord", true}, {"view", "raw"}}));
  Context context;
  context.audience = "external";
  std::string text;
  while (text.size() < (1U << 20)) text += "ax ";
  const Report report = ready->checker->Check(text, context);
  CHECK(report.outcome == Outcome::kUnchecked);
  REQUIRE(report.unchecked.size() == 1);
  CHECK(report.unchecked[0].reason == Reason::kTooMuchWork);
}

}  // namespace
}  // namespace breath
