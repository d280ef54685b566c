// SPDX-License-Identifier: Apache-2.0
// Behind expression_maker.h. Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/expression_maker.h"

#include "re2/re2.h"
#include "tests/oracle/vocabulary.h"

namespace breath::oracle {
namespace {

Expression Literal(Choices* choices) {
  static constexpr const char* kLetters[] = {"a", "b",      "k",      "s",      "ab",     "kes",
                                             "i", "\u212A", "\u017F", "\u00DF", "\u00E9", "K",
                                             "S", "-",      "'",      ".",      "2"};
  const std::string text = choices->OnceIn(3) ? AnyWord(choices) : choices->Pick(kLetters);
  return {re2::RE2::QuoteMeta(text), text};
}

Expression Class(Choices* choices) {
  struct Row {
    const char* pattern;
    const char* sample;
  };
  static constexpr Row kRows[] = {
      {"[a-z]", "k"},
      {"[^ ]", "b"},
      {R"(\d)", "4"},
      {R"(\pL)", "\u00E9"},
      {".", "-"},
      {R"(\s)", " "},
      {R"(\S)", "s"},
      {"[ks\u00E9]", "\u00E9"},
      {"[^a]", "b"},
      {"(?i:k)", "\u212A"},
      {"(?i:S)", "\u017F"},
      {R"(\p{Greek})", "\u03C3"},
      {R"(\w)", "a"},
      {R"([\d'-])", "'"},
      {R"(\x{4E2D})", "\u4E2D"},
      {"(?:[^a]|$)", "b"},
      {"(?:$|[a-z])", "k"},
  };
  const Row& row = choices->Pick(kRows);
  return {row.pattern, row.sample};
}

Expression Part(uint32_t depth, Choices* choices) {
  Expression out;
  switch (depth >= 3 ? choices->Below(3) : choices->Below(7)) {
    case 0:
    case 1:
      out = Literal(choices);
      break;
    case 2:
      out = Class(choices);
      break;
    case 3: {  // one of two or three
      const uint32_t wanted = choices->Below(2);
      const uint32_t count = 2 + choices->Below(2);
      for (uint32_t i = 0; i < count; ++i) {
        const Expression one = Part(depth + 1, choices);
        out.pattern += (i == 0 ? "(?:" : "|") + one.pattern;
        if (i == wanted) out.sample = one.sample;
      }
      out.pattern += ")";
      break;
    }
    case 4: {  // one after another
      const Expression first = Part(depth + 1, choices);
      const Expression second = Part(depth + 1, choices);
      out = {first.pattern + second.pattern, first.sample + second.sample};
      break;
    }
    case 5: {  // in a group
      const Expression inner = Part(depth + 1, choices);
      out = {"(" + inner.pattern + ")", inner.sample};
      break;
    }
    default: {  // again and again, or not at all
      struct Row {
        const char* suffix;
        uint32_t times;
      };
      static constexpr Row kRows[] = {{"?", 0},     {"*", 2},  {"+", 2},  {"{2}", 2},
                                      {"{1,3}", 3}, {"*?", 1}, {"+?", 1}, {"{0,4}", 1}};
      const Expression inner = Part(depth + 1, choices);
      // A class of a thousand characters many times over takes RE2 long and shows nothing more; the
      // engine refuses it for its price.
      const bool heavy = inner.pattern.find("\\p") != std::string::npos;
      const Row& row = heavy ? kRows[2] : choices->Pick(kRows);
      const bool far = !heavy && depth == 0 && row.times == 1;  // RE2 takes at most 1,000 in all
      out.pattern = "(?:" + inner.pattern + ")" + (far ? "{0,40}" : row.suffix);
      for (uint32_t i = 0; i < row.times; ++i) out.sample += inner.sample;
      break;
    }
  }
  return out;
}

}  // namespace

Expression AnyExpression(Choices* choices) {
  const Expression first = Part(0, choices);
  const Expression middle = Literal(choices);  // so that no match is empty
  const Expression last = Part(1, choices);
  Expression out;
  switch (choices->Below(6)) {
    case 0:
    case 1:
      out = middle;
      break;
    case 2:
      out = {first.pattern + middle.pattern, first.sample + middle.sample};
      break;
    case 3:
      out = {middle.pattern + last.pattern, middle.sample + last.sample};
      break;
    case 4:
      out = {middle.pattern + "|" + middle.pattern + last.pattern, middle.sample + last.sample};
      break;
    default:
      out = {first.pattern + middle.pattern + last.pattern,
             first.sample + middle.sample + last.sample};
      break;
  }
  if (choices->OnceIn(12)) out.pattern = "(?m:^)" + out.pattern;
  if (choices->OnceIn(12)) out.pattern += "(?m:$)";
  if (choices->OnceIn(12)) {
    static constexpr const char* kEnds[] = {"$", "\\z", "(?:[ ']|$)", "(?:\\s|\\z|x+)"};
    out.pattern = "(?:" + out.pattern + ")" + choices->Pick(kEnds);
  }
  if (choices->OnceIn(12)) out.pattern = "(?i)" + out.pattern;
  return out;
}

}  // namespace breath::oracle
