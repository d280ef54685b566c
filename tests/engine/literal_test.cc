// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/literal_index, required_literals and features: the prefilter may say
// "maybe" too often, but never "no" to what is there. std::string::find and RE2 are the slow
// oracles.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "re2/re2.h"
#include "re2/regexp.h"
#include "tests/oracle/choices.h"
#include "tests/oracle/expression_maker.h"
#include "tests/oracle/vocabulary.h"
#include "wasm/match/ascii.h"
#include "wasm/match/features.h"
#include "wasm/match/literal_groups.h"
#include "wasm/match/literal_index.h"
#include "wasm/match/pattern.h"
#include "wasm/match/required_literals.h"
#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

using Strings = std::vector<std::string>;
using Places = std::vector<uint32_t>;

struct Group {
  Strings literals;
  LiteralView view = kFoldedLiteral;
};

// An index of groups, with the image it reads.
struct Index {
  Image image;
  LiteralIndex index;
};

void Build(const std::vector<Group>& groups, Index* out) {
  LiteralGroups made;
  for (size_t i = 0; i < groups.size(); ++i) {
    REQUIRE(made.Add(groups[i].literals, groups[i].view) == i);
  }
  ImageWriter writer;
  made.Write(&writer);
  REQUIRE(out->image.Open(writer.Finish(), "") == Image::Refusal::kNone);
  REQUIRE(out->index.Open(out->image));
  REQUIRE(out->index.groups() == groups.size());
}

Places PlacesOf(const LiteralIndex& index, uint32_t group, const LiteralHits& hits) {
  Places places;
  for (const LiteralIndex::GroupPlace& place : index.GroupPlaces(hits)) {
    if (place.group == group) places.push_back(place.start);
  }
  return places;
}

LiteralHits Find(const LiteralIndex& index, const Draft& draft) {
  LiteralHits hits;
  // As an evaluation calls it: the lowered view is made only when it is asked for.
  const bool wanted = index.NeedsLowered(draft.is_ascii());
  const std::string_view folded = draft.folded().text;
  const std::string_view lowered = wanted ? draft.lowered() : std::string_view();
  index.Find({folded, WholeOf(folded)}, {lowered, WholeOf(lowered)}, draft.is_ascii(), &hits);
  return hits;
}

Places SlowPlaces(const Strings& literals, std::string_view text) {
  Places places;
  for (const std::string& literal : literals) {
    for (size_t at = text.find(literal); at != std::string_view::npos;
         at = text.find(literal, at + 1)) {
      places.push_back(static_cast<uint32_t>(at));
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

TEST_CASE("every literal that is in a draft is found, at each of its places", "[literal]") {
  // Few letters, so that literals overlap, hold one another and nearly occur; and every sign ASCII
  // has, since folding changes some.
  const Strings letters = {"a",  "b", "A", "k",      "e",      "é",      "ß",
                           "中", "😀", " ", "\u212A", "\u00A0", "\u2019", "ﬁ"};
  std::mt19937 random(17);
  auto below = [&random](size_t bound) { return static_cast<size_t>(random() % bound); };
  size_t found = 0;
  size_t apart = 0;
  for (int round = 0; round < 4000; ++round) {
    const bool ascii = round % 2 == 0;
    auto any_text = [&](size_t most) {
      std::string text;
      for (size_t size = 1 + below(most); text.size() < size;) {
        if (ascii) {
          text += below(4) == 0 ? static_cast<char>(1 + below(127)) : "ab ABk."[below(7)];
        } else {
          text += letters[below(letters.size())];
        }
      }
      return text;
    };
    std::string text = any_text(60);
    std::vector<Group> groups;
    for (size_t count = 1 + below(5); count > 0; --count) {
      Group group;
      group.view = below(2) == 0 ? kFoldedLiteral : kLoweredLiteral;
      for (size_t size = 1 + below(4); size > 0; --size) {
        std::string literal = any_text(below(3) == 0 ? 40 : 6);
        if (below(3) == 0) text.insert(below(2) == 0 ? 0 : text.size(), literal);
        literal = group.view == kFoldedLiteral ? FoldText(literal) : Lowered(literal);
        if (literal.empty()) literal = "a";
        if (std::count(group.literals.begin(), group.literals.end(), literal) == 0) {
          group.literals.push_back(literal);
        }
      }
      groups.push_back(group);
    }
    Index index;
    Build(groups, &index);
    const Draft draft(text);
    const LiteralHits hits = Find(index.index, draft);
    REQUIRE(hits.groups.size() == groups.size());
    REQUIRE(hits.has_all_places);
    apart += index.index.NeedsLowered(draft.is_ascii()) ? 1 : 0;
    for (uint32_t i = 0; i < groups.size(); ++i) {
      const Group& group = groups[i];
      const bool lowered = group.view == kLoweredLiteral;
      const Places in_own = SlowPlaces(
          group.literals, lowered ? draft.lowered() : std::string_view(draft.folded().text));
      const bool searched_lowered = lowered && index.index.NeedsLowered(draft.is_ascii());
      const Places expected =
          searched_lowered ? in_own : SlowPlaces(group.literals, draft.folded().text);
      INFO("round " << round << ", group " << i << ", draft '" << text << "'");
      CHECK((hits.groups[i] != 0) == !in_own.empty());
      CHECK(PlacesOf(index.index, i, hits) == expected);
      found += in_own.size();
    }
  }
  CHECK(found > 10000);
  CHECK(apart > 500);
}

TEST_CASE("a literal of every length is found at both ends of a draft", "[literal]") {
  for (size_t size = 1; size <= 40; ++size) {
    const std::string literal =
        std::string("qjxzvkwybfpgmucldrhsniotae0123456789-_.:").substr(0, size);
    Index index;
    Build({{{literal}, kFoldedLiteral}}, &index);
    for (const std::string& text : {literal, literal + " t", "t " + literal, literal + literal}) {
      INFO(text);
      const LiteralHits hits = Find(index.index, Draft(text));
      CHECK(hits.groups == std::vector<uint8_t>{1});
      CHECK(PlacesOf(index.index, 0, hits) == SlowPlaces({literal}, text));
    }
    CHECK(Find(index.index, Draft(literal.substr(1))).groups == std::vector<uint8_t>{0});
    CHECK(Find(index.index, Draft("")).groups == std::vector<uint8_t>{0});
  }
}

TEST_CASE("one literal serves many groups, and thousands of literals one draft", "[literal]") {
  std::vector<Group> groups(5000);
  for (size_t i = 0; i < groups.size(); ++i) {
    groups[i] = {{"shared", "name" + std::to_string(i), std::to_string(i) + "x"},
                 i % 2 == 0 ? kFoldedLiteral : kLoweredLiteral};
  }
  Index index;
  Build(groups, &index);
  const Draft all("it is Shared");
  const LiteralHits hits = Find(index.index, all);
  CHECK(std::count(hits.groups.begin(), hits.groups.end(), 1) == 5000);
  const Draft one("Name4711 é");
  for (uint32_t i = 0; i < groups.size(); ++i) {
    const bool expected = !SlowPlaces(groups[i].literals, one.lowered()).empty();
    if ((Find(index.index, one).groups[i] != 0) != expected) FAIL_CHECK(i);
  }
}

TEST_CASE("more places than are kept is told, and no group is forgotten", "[literal]") {
  Index index;
  Build({{{"a"}, kFoldedLiteral}, {{"end."}, kFoldedLiteral}}, &index);
  const LiteralHits hits = Find(index.index, Draft(std::string(300000, 'a') + " end."));
  CHECK_FALSE(hits.has_all_places);
  CHECK(hits.groups == std::vector<uint8_t>{1, 1});
  CHECK(Find(index.index, Draft(std::string(200000, 'a'))).has_all_places);
}

// Strings as an image holds them.
class StringPool {
 public:
  explicit StringPool(const Strings& strings) {
    for (const std::string& one : strings) {
      refs_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(one.size())});
      text_ += one;
    }
  }
  StringList list() const {
    return {{refs_.data(), static_cast<uint32_t>(refs_.size())},
            {text_.data(), static_cast<uint32_t>(text_.size())}};
  }

 private:
  std::vector<StringRef> refs_;
  std::string text_;
};

// ---- What a pattern cannot match without
// ----------------------------------------------------------

Strings RequiredOf(const std::string& expression, bool raw, bool second = false) {
  re2::RE2::Options options;
  options.set_case_sensitive(raw);
  re2::RegexpStatus status;
  re2::Regexp* parsed = re2::Regexp::Parse(
      expression, static_cast<re2::Regexp::ParseFlags>(options.ParseFlags()), &status);
  REQUIRE(parsed != nullptr);
  const RequiredSets sets = RequiredLiterals(parsed, raw);
  parsed->Decref();
  return second ? sets.also : sets.literals;
}

TEST_CASE("of typical patterns the rarest part is looked for", "[literal]") {
  struct Row {
    std::string expression;
    bool raw;
    Strings literals;
  };
  const Row rows[] = {
      // A row of words is looked for whole; a class of a few letters is written out.
      {"buy(?:ing)?|sell(?:ing)?", false, {"buy", "sell"}},
      {"guarantee[sd]? profits",
       false,
       {"guarantee profits", "guaranteed profits", "guarantees profits"}},
      {"q[12] results", false, {"q1 results", "q2 results"}},
      {"no\\.? ?1", false, {"no 1", "no. 1", "no.1", "no1"}},
      {"co-?operate", false, {"co-operate", "cooperate"}},
      // Around what may be anything, the rarer side.
      {"we (?:will|can) beat .{1,40} estimates", false, {" estimates"}},
      {"(?:[a-z]+ ){2,4}lawsuit", false, {" lawsuit"}},
      {"[a-z]+ ?% (?:off|discount)", false, {"% discount", "% off"}},
      {"[^ ]+@corp\\.example", false, {"@corp.example"}},
      {"https?://[a-z.]*corp/[a-z]+", true, {"corp/"}},
      {"x{3,}", false, {"xxx"}},
      // As the searched text writes it.
      {"AKIA[0-9A-Z]{16}", true, {"akia"}},
      {"(?i)internal only", true, {"internal only"}},
      {"straße", false, {"strasse"}},
      // A class of a few characters is spelt out where it stands beside something.
      {"\\$[0-9,.]+ ?(?:m|bn)",
       false,
       {"$,", "$.", "$0", "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9"}},
      {"[A-Z]{2,5}-[0-9]{3,6}", true, {"-0", "-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"}},
      // What every other draft holds is not worth the look.
      {"a|the", false, {}},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(RequiredOf(row.expression, row.raw) == row.literals);
  }
}

TEST_CASE("a second set is one that the first does not imply", "[literal]") {
  const std::pair<const char*, Strings> rows[] = {
      {"lawsuit.{1,40}settlement", {"lawsuit"}},
      {"(?:buy|sell|hold) .{1,20}stock", {"buy ", "hold ", "sell "}},
      {"(?:[a-z]+ ){2,4}lawsuit", {}},
      {"guaranteed profits", {}},
      {"(lawsuit.{1,40}settlement)", {"lawsuit"}},
      {"lawsuit|settlement", {}},
      // Too many to look for.
      {"[abcdefghij][qxz]k.{1,9}jubilee", {}},
  };
  for (const auto& [expression, also] : rows) {
    INFO(expression);
    CHECK(RequiredOf(expression, false, true) == also);
  }
}

TEST_CASE("every match of a pattern holds one of its literals, its digits and its long run",
          "[literal]") {
  size_t matches = 0;
  size_t named = 0;
  size_t with_digits = 0;
  size_t with_run = 0;
  size_t with_second = 0;
  size_t with_case = 0;
  size_t with_start = 0;
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    const std::string bytes = oracle::BytesOfSeed(seed, 300);
    oracle::Choices choices(bytes);
    const oracle::Expression made = oracle::AnyExpression(&choices);
    std::string text = oracle::AnyWord(&choices) + made.sample;
    for (uint32_t i = choices.Below(4); i > 0; --i) {
      text += oracle::AnySeparator(&choices) + oracle::Respelled(made.sample, &choices);
    }
    const Draft draft(text);
    for (const bool raw : {false, true}) {
      PatternSource source;
      source.expression = made.pattern;
      source.raw = raw;
      std::string detail;
      if (source.Validate(&detail) != PatternSource::Refusal::kNone) continue;
      named += source.required.empty() ? 0 : 1;
      const std::string& view = raw ? draft.raw().text : draft.folded().text;
      const std::string_view searched = raw ? draft.lowered() : std::string_view(view);
      re2::RE2::Options options;
      options.set_case_sensitive(raw);
      const re2::RE2 expression(made.pattern, options);
      REQUIRE(expression.ok());
      INFO("seed " << seed << ": " << made.pattern << " in '" << text << "'");
      absl::string_view match;
      for (size_t from = 0; from < view.size();) {
        if (!expression.Match(view, from, view.size(), re2::RE2::UNANCHORED, &match, 1)) break;
        ++matches;
        const auto start = static_cast<size_t>(match.data() - view.data());
        const std::string_view held = searched.substr(start, match.size());
        const bool holds_one = std::any_of(
            source.required.begin(), source.required.end(),
            [held](const std::string& one) { return held.find(one) != std::string_view::npos; });
        CHECK((source.required.empty() || holds_one));
        uint32_t digits = 0;
        uint32_t run = 0;
        uint32_t longest_run = 0;
        for (const char c : match) {
          digits += c >= '0' && c <= '9' ? 1 : 0;
          run = c == ' ' || (c >= '\t' && c <= '\r') ? 0 : run + 1;
          longest_run = std::max(longest_run, run);
        }
        CHECK(digits >= source.digits);
        CHECK(longest_run >= source.run);
        with_digits += source.digits > 0 ? 1 : 0;
        with_run += source.run > 2 ? 1 : 0;
        from = start + std::max<size_t>(match.size(), 1);
      }
      // And reading only around the literals, and only with a second one near, finds what reading
      // everything finds.
      if (source.required.empty() && source.also.empty()) continue;
      PatternView pattern;
      pattern.expression = source.expression;
      pattern.longest = source.longest;
      pattern.price = source.price;
      pattern.raw = raw;
      with_second += source.also.empty() ? 0 : 1;
      with_case += source.cased.empty() ? 0 : 1;
      with_start += source.at_start ? 1 : 0;
      const Places places = SlowPlaces(source.required, searched);
      const StringPool also(source.also);
      const StringPool cased(source.cased);
      for (const bool whole_word : {false, true}) {
        pattern.whole_word = whole_word;
        PatternView known = pattern;
        known.also = also.list();
        known.cased = cased.list();
        known.at_start = source.at_start;
        PatternPool pool;
        SpanList everywhere;
        SpanList around;
        CHECK(pool.Find(0, pattern, draft, nullptr, 1000, &everywhere) == LeafResult::kDone);
        CHECK(pool.Find(0, known, draft, source.required.empty() ? nullptr : &places, 1000,
                        &around) == LeafResult::kDone);
        CHECK((everywhere == around));
      }
    }
  }
  CHECK(matches > 4000);
  CHECK(named > 2000);
  CHECK(with_digits > 100);
  CHECK(with_run > 1000);
  CHECK(with_second > 100);
  CHECK(with_case > 100);
  CHECK(with_start > 100);
}

// ---- What a draft holds at all

// The same, byte by byte.
uint32_t SlowFeaturesOf(const std::string& text) {
  size_t counts[256] = {};
  size_t digits = 0;
  size_t capitals = 0;
  size_t beyond = 0;
  size_t run = 0;
  size_t longest = 0;
  for (const char c : text) {
    ++counts[static_cast<uint8_t>(c)];
    digits += c >= '0' && c <= '9' ? 1 : 0;
    capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
    beyond += static_cast<uint8_t>(c) >= 0x80 ? 1 : 0;
    run = c == ' ' || (c >= '\t' && c <= '\r') ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  auto count = [&counts](char c) { return counts[static_cast<uint8_t>(c)]; };
  uint32_t out = 0;
  auto add = [&out](Feature feature, bool holds) { out |= uint32_t{holds} << feature; };
  add(kHasAt, count('@') + beyond > 0);
  add(kHasTwoDigits, digits >= 2);
  add(kHasFourDigits, digits >= 4);
  add(kHasNineDigits, digits >= 9);
  add(kHasTwelveDigits, digits >= 12);
  add(kHasLongRun, longest >= kLongRun);
  add(kHasLongerRun, longest >= kLongerRun);
  add(kHasAddress, count(':') >= 2 || (count('.') >= 3 && digits >= 4));
  add(kHasCapitals, capitals >= 4 || beyond > 0);
  add(kHasQuote, count('"') + count('>') + beyond > 0);
  return out;
}

TEST_CASE("features counted in lanes are those counted byte by byte", "[literal]") {
  std::mt19937 random(29);
  const std::string kinds[] = {"a", " ",  "\n", "7",        "Q", "@", ":",
                               ".", "\"", ">",  "\xC3\xA9", "/", "["};
  for (int round = 0; round < 6000; ++round) {
    std::string text;
    const uint32_t few = 1 + random() % 3;  // so that rows of one kind happen
    const uint32_t size = round % 50 == 0 ? 9000 : random() % 130;
    uint32_t kind = 0;
    while (text.size() < size) {
      if (random() % (uint64_t{few} * 8) == 0) kind = static_cast<uint32_t>(random());
      text += kinds[random() % 4 == 0 ? kind % 13 : 0];
    }
    INFO(text);
    CHECK(FeaturesOf(text) == SlowFeaturesOf(text));
  }
  // A lane that overflowed would count from the beginning.
  CHECK(FeaturesOf(std::string(size_t{16} * 256, '7') + " ") ==
        SlowFeaturesOf(std::string(size_t{16} * 256, '7') + " "));
}

TEST_CASE("a draft has the features its signs and digits make", "[literal]") {
  auto bits = [](std::initializer_list<Feature> features) {
    uint32_t out = 0;
    for (const Feature feature : features) out |= 1U << feature;
    return out;
  };
  const std::pair<std::string, uint32_t> rows[] = {
      {"", 0},
      {"plain words.", 0},
      {"a@b", bits({kHasAt})},
      {"1", 0},
      {"1 and 2", bits({kHasTwoDigits})},
      {"12-34", bits({kHasTwoDigits, kHasFourDigits})},
      {"12345678", bits({kHasTwoDigits, kHasFourDigits})},
      {"123456789", bits({kHasTwoDigits, kHasFourDigits, kHasNineDigits})},
      {"123456789 012", bits({kHasTwoDigits, kHasFourDigits, kHasNineDigits, kHasTwelveDigits})},
      {"a: b", 0},
      {"fe80::1", bits({kHasTwoDigits, kHasAddress})},
      {"10.0.0.18", bits({kHasTwoDigits, kHasFourDigits, kHasAddress})},
      {"twelve-twelve-twelv", 0},
      {"twelve-twelve-twelve", bits({kHasLongRun})},
      {std::string(40, 'x'), bits({kHasLongRun, kHasLongerRun})},
      {std::string(20, 'x') + "\t" + std::string(20, 'x'), bits({kHasLongRun})},
      {"ABC", 0},
      {"A B C D", bits({kHasCapitals})},
      {"say \"x\"", bits({kHasQuote})},
      {"it's", 0},
      {"> quoted", bits({kHasQuote})},
      {"é", bits({kHasAt, kHasCapitals, kHasQuote})},  // any of them may be written otherwise
  };
  for (const auto& [text, features] : rows) {
    INFO(text);
    CHECK(FeaturesOf(text) == features);
  }
}

}  // namespace
}  // namespace breath
