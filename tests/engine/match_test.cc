// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/pattern, required_literals and token: RE2 is the oracle of what a prefilter may
// say no to.
#include <catch2/catch.hpp>
#include <random>

#include "re2/re2.h"
#include "re2/regexp.h"
#include "wasm/match/pattern.h"
#include "wasm/match/required_literals.h"
#include "wasm/match/token.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

std::vector<std::string> RequiredOf(const std::string& expression, bool raw) {
  re2::RE2::Options options;
  options.set_case_sensitive(raw);
  re2::RegexpStatus status;
  re2::Regexp* parsed = re2::Regexp::Parse(
      expression, static_cast<re2::Regexp::ParseFlags>(options.ParseFlags()), &status);
  REQUIRE(parsed != nullptr);
  std::vector<std::string> out = RequiredLiterals(parsed, raw).literals;
  parsed->Decref();
  return out;
}

TEST_CASE("the literals a match needs are found", "[pattern]") {
  using Strings = std::vector<std::string>;
  struct Row {
    std::string expression;
    bool raw;
    Strings literals;
  };
  const Row rows[] = {
      {"kestrel", false, {"kestrel"}},
      {"KESTREL", false, {"kestrel"}},
      {"kestrel|helix", false, {"helix", "kestrel"}},
      {"(?:a|b)cde[0-9]+", false, {"acde", "bcde"}},
      {"[0-9]{3} street", false, {" street"}},
      {"f[*#]{2,4}k", false, {"f##", "f#*", "f*#", "f**"}},
      {"n[ .-]i[ .-]t",
       false,
       {"n i t", "n i-t", "n i.t", "n-i t", "n-i-t", "n-i.t", "n.i t", "n.i-t", "n.i.t"}},
      {"[a-z]+(?:@|#)[a-z]+", false, {"#", "@"}},
      {"x[a-z]*y-?z", false, {"y-z", "yz"}},
      {"colou?r of", false, {"color of", "colour of"}},
      {"ab|abc", false, {"ab"}},
      {"[a-z]+", false, {}},
      {"x*", false, {}},
      {"(?:abc)+def?", false, {"abcde"}},
      {"(?:abc|[0-9])", false, {}},
      {"a.b", false, {}},
      {"[A-Z]{3}-TOKEN", true, {"-token"}},
      {"(?i)basic", true, {"basic", "ba\u017fic"}},  // the long s is an s
      {"(?i)[a-z]+\\.corp/", true, {".corp/"}},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(RequiredOf(row.expression, row.raw) == row.literals);
  }
}

TEST_CASE("what the prefilter turns away, RE2 does not match", "[pattern]") {
  const char* expressions[] = {"kiss+",
                               "(?:st|k)op",
                               "ab?c",
                               "(?:ab|cd){2}e",
                               "a(?:b|c|)d",
                               "[kK]at[sz]",
                               "x(?:yz)*w",
                               "ss?t",
                               "(?i)Task",
                               "(?-i)Ab",
                               "a[bc][bc][bc]d",
                               "\\x{212A}b",
                               "ſt",
                               "ß",
                               "(?:a|ab)(?:c|bcd)"};
  const uint32_t alphabet[] = {'a', 'b', 'c', 'd', 'e', 'i', 'k', 'o', 'p',    's',   't', 'w',
                               'x', 'y', 'z', 'A', 'K', 'S', 'T', ' ', 0x212A, 0x17F, 0xDF};
  std::mt19937 random(7);
  size_t matched = 0;
  for (const char* expression : expressions) {
    for (const bool raw : {false, true}) {
      const std::vector<std::string> required = RequiredOf(expression, raw);
      re2::RE2::Options options;
      options.set_case_sensitive(raw);
      const re2::RE2 oracle(expression, options);
      for (int round = 0; round < 4000; ++round) {
        std::string text;
        for (uint32_t i = random() % 9; i > 0; --i) {
          AppendUtf8(alphabet[random() % (sizeof(alphabet) / sizeof(alphabet[0]))], &text);
        }
        const Draft draft(text);
        const std::string view = raw ? draft.raw().text : draft.folded().text;
        if (!re2::RE2::PartialMatch(view, oracle)) continue;
        ++matched;
        bool possible = required.empty();
        for (const std::string& one : required) {
          const std::string_view searched = raw ? draft.lowered() : std::string_view(view);
          possible = possible || searched.find(one) != std::string_view::npos;
        }
        INFO(expression << " in " << text);
        CHECK(possible);
      }
    }
  }
  CHECK(matched > 500);
}

TEST_CASE("a long word costs a whole-word pattern one reading", "[pattern]") {
  std::string detail;
  for (const char* expression : {"[a-z]+", "a+", "[a-z]{2,}b?"}) {
    PatternSource source;
    source.expression = expression;
    source.whole_word = true;
    REQUIRE(source.Validate(&detail) == PatternSource::Refusal::kNone);
    PatternView pattern;
    pattern.expression = expression;
    pattern.whole_word = true;
    pattern.price = source.price;
    PatternPool pool;
    SpanList found;
    // Reading each rest again would be half a million million steps.
    const std::string word = "_" + std::string(1 << 20, 'a') + "_";
    CHECK(pool.Find(0, pattern, Draft(word + " aaa"), nullptr, 10, &found) == LeafResult::kDone);
    CHECK(found == SpanList{{(1 << 20) + 3, (1 << 20) + 6}});
  }
}

TEST_CASE("hosts are read as an author writes them", "[token]") {
  const std::pair<const char*, const char*> rows[] = {{"Corp.Example", "corp.example"},
                                                      {"*.corp.example", "corp.example"},
                                                      {"https://corp.example/x", "corp.example"},
                                                      {"corp.example.", "corp.example"},
                                                      {"", ""},
                                                      {"///", ""}};
  for (const auto& [written, host] : rows) {
    INFO(written);
    CHECK(NormalizeHost(written) == host);
  }
}

}  // namespace
}  // namespace breath
