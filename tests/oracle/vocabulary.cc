// SPDX-License-Identifier: Apache-2.0
// Behind vocabulary.h. Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/vocabulary.h"

#include <string_view>

#include "wasm/text/unicode.h"

namespace breath::oracle {
namespace {

// Escapes, not characters, where an editor might change or hide them.
constexpr const char* kWords[] = {
    "kestrel",
    "a",
    "raise",
    "raises",
    "margin",
    "can",
    "can't",
    "it's",
    "we'll",
    "o'clock",
    "x-ray",
    "e-mail",
    "brain dead",
    "new york",
    "york city",
    "in",
    "in in",
    "full",
    "file",
    "kelvin",
    "ship",
    "strasse",
    "stra\u00DFe",                               // sharp s
    "STRA\u1E9EE",                               // capital sharp s
    "\u017Fhip",                                 // long s
    "\u212Aelvin",                               // Kelvin sign
    "\uFB01le",                                  // ligature fi
    "o\uFB00ice",                                // ligature ff
    "caf\u00E9",                                 // one code point
    "cafe\u0301",                                // letter and mark
    "x\u0301y",                                  // a mark that joins nothing
    "\u01D6n",                                   // u, diaeresis, macron
    "u\u0308\u0304n",                            // the same in three
    "\u0130stanbul",                             // dotted I
    "\u0131rak",                                 // dotless i
    "\u03C3\u03BF\u03C2",                        // final sigma
    "\uFF46\uFF55\uFF4C\uFF4C",                  // full width
    "\U0001D5F3\U0001D602\U0001D5F9\U0001D5F9",  // mathematical bold
    "f\u00ADull",                                // soft hyphen
    "fu\u200Bll",                                // zero width space
    "a\uFE0F",                                   // variation selector
    "\u4E2D\u56FD",                              // Han
    "\u4E2D",
    "\U00020BB7",          // Han beyond the BMP
    "\u0E44\u0E17\u0E22",  // Thai
    "\u0E01\u0E31\u0E19",  // Thai with a mark
    "\u304B\u3099",        // kana with a voicing mark
    "\u1112\u1161\u11AB",  // Hangul jamo
    "\uD55C",              // the same as one syllable
    "\u0627\u0644",        // Arabic
    "\u2460x",             // circled one
    "1\u00BD",             // a fraction folds to three characters
    "x2",
    "42",
    "a_b",
    "c++",
    "#tag",
    "'tis",
    "rock 'n' roll",
    "\U0001F600",  // an emoji: two UTF-16 units, no word
    "no.",
    "dr. no",
    "over. out",
    "yes!",
};

constexpr const char* kSeparators[] = {
    " ",      " ",      " ",       "  ",     "-",      "",       ".",      ". ",     "! ",
    "? ",     ", ",     "\n",      "\r\n",   "\t",     "'",      "\u2019", "\"",     "/",
    ": ",     "; ",     "\u00A0",  "\u3000", "\u2028", "\u2014", "\u2010", "\u200B", "\u200D",
    "\u202E", "\u3002", "\u2026 ", "...",    "_",      "@",      " (",     ") ",     "'s ",
    "\u0301", "*",      "\uFF0A",  " e.g. ", " Dr. ",  "www.",   "://",
};

// Sizes are given: one of them is a NUL.
constexpr std::string_view kOddities[] = {
    std::string_view("\0", 1),
    "\xFF",
    "\xC0\xAF",
    "\xE2\x80",
    "\xED\xA0\x80",
    "\xF0\x9F\x98",
    "\xF4\x90\x80\x80",
    "\x80",
    "\x7F",
    "\x01",
    "\xEF\xBB\xBF",
    "\xCC\x81",
    "\xE1\xB7\x80",
    "\xF3\xA0\x84\x80",
    "\xE0\xB8\xB1",
    "\xCD\x8F",
    "\xEF\xBF\xBD",
};

std::string Base64Url(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  uint32_t held = 0;
  uint32_t bits = 0;
  for (const char c : text) {
    held = (held << 8) | static_cast<uint8_t>(c);
    for (bits += 8; bits >= 6; bits -= 6) out.push_back(kDigits[(held >> (bits - 6)) & 63]);
  }
  if (bits > 0) out.push_back(kDigits[(held << (6 - bits)) & 63]);
  return out;
}

std::string SomeOf(std::string_view alphabet, uint32_t size, Choices* choices) {
  std::string out;
  for (uint32_t i = 0; i < size; ++i) {
    out.push_back(alphabet[choices->Below(static_cast<uint32_t>(alphabet.size()))]);
  }
  return out;
}
std::string Alnum(uint32_t size, Choices* choices) {
  return SomeOf("a1B2c3D4eF5gH6", size, choices);
}

std::string AnyNumber(Choices* choices) {
  static constexpr const char* kNumbers[] = {
      "4111 1111 1111 1111",
      "4111111111111111",
      "4111-1111-1111-1112",
      "5500 0000 0000 0004",
      "340000000000009",
      "DE89 3704 0044 0532 0130 00",
      "DE89370400440532013000",
      "GB82 WEST 1234 5698 7654 32",
      "DE88 3704 0044 0532 0130 00",
      "219-09-9999",
      "219 09 9999",
      "000-12-3456",
      "+1 (212) 555-0123",
      "(212) 555-0123",
      "+49 30 901820",
      "kim@corp.example",
      "kim.lee+x@news.example",
      "@corp.example",
      "12",
      "2026-11-21",
      "1234567890123456789012",
  };
  return choices->Pick(kNumbers);
}

std::string AnySecret(Choices* choices) {
  const std::string dashes(5, '-');
  switch (choices->Below(6)) {
    case 0:
      return "tok_" + Alnum(choices->Below(12), choices);
    case 1:
      return "key-" + SomeOf("0123456789abcdef", choices->Below(20), choices);
    case 2: {
      static constexpr const char* kJoints[] = {" is ", ": ", "=", " ", " for staging is ", ", "};
      const std::string joint = choices->Pick(kJoints);
      return "password" + joint + Alnum(4 + choices->Below(10), choices);
    }
    case 3: {
      const std::string head = choices->OnceIn(3) ? R"({"typ":"none"})" : R"({"alg":"none"})";
      return Base64Url(head) + "." + Base64Url(R"({"sub":"kim"})") + "." +
             Alnum(8 + choices->Below(20), choices);
    }
    case 4:
      return dashes + "BEGIN PRIVATE KEY" + dashes + "\n" + Alnum(10 + choices->Below(30), choices);
    default:
      return "https://kim:" + Alnum(2 + choices->Below(9), choices) + "@corp.example/x";
  }
}

}  // namespace

std::string AnyWord(Choices* choices) {
  // Short strings over few letters meet each other, and themselves, in every way.
  if (choices->OnceIn(6)) return SomeOf("aabk s", 1 + choices->Below(4), choices) + "b";
  return choices->Pick(kWords);
}

std::string AnySeparator(Choices* choices) { return choices->Pick(kSeparators); }

std::string AnyOddity(Choices* choices) { return std::string(choices->Pick(kOddities)); }

std::string AnyHost(Choices* choices) {
  static constexpr const char* kHosts[] = {
      "corp.example",   "news.example", "www.corp.example", "b\u00FCcher.example",
      "a.corp.example", "orp.example",  "xcorp.example",    "x.example",
  };
  return choices->Pick(kHosts);
}

std::string AnyToken(Choices* choices) {
  switch (choices->Below(5)) {
    case 0:
      return AnyNumber(choices);
    case 1: {
      static constexpr const char* kSchemes[] = {"https://", "", "www.", "HTTP://", "://", "kim@"};
      static constexpr const char* kPaths[] = {"",  "/",         "/a.b?c=d", ":8080/x)",
                                               ".", "/x\u00E9,", "-"};
      const std::string scheme = choices->Pick(kSchemes);
      const std::string host = AnyHost(choices);
      return scheme + host + choices->Pick(kPaths);
    }
    case 2: {
      static constexpr const char* kMentions[] = {"@kim", "@kim-lee-", "@\u00E9va", "x@kim",
                                                  "@-",   ".@kim",     "@@kim",     "@_"};
      return choices->Pick(kMentions);
    }
    case 3: {
      static constexpr const char* kLoud[] = {"STOP", "THIS NOW", "I",      "DON'T",
                                              "42",   "\u00C9A",  "'OK'",   "\u01C5\u01C5",
                                              "Stop", "A_B",      "ROCK''N"};
      std::string out;
      for (uint32_t i = choices->Below(4); i-- > 0;) {
        out += choices->Pick(kLoud);
        out += " ";
      }
      return out;
    }
    default:
      return AnySecret(choices);
  }
}

std::string Respelled(const std::string& text, Choices* choices) {
  struct Swap {
    const char* from;
    const char* to;
  };
  static constexpr Swap kSwaps[] = {
      {"k", "\u212A"},       {"s", "\u017F"}, {"ss", "\u00DF"},       {"fi", "\uFB01"},
      {"ff", "\uFB00"},      {"i", "\u0130"}, {"e", "e\u0301"},       {" ", "-"},
      {" ", "  "},           {" ", "\r\n"},   {" ", "\u00A0\u200B"},  {"'", "\u2019"},
      {"-", "\u2011"},       {"a", "\uFF41"}, {"a", "\U0001D41A"},    {"l", "l\u00AD"},
      {"n", "\u200Dn"},      {" ", ""},       {"a", "\u0430"},        {"r", "r\uFE0F"},
      {"\u00E9", "e\u0301"}, {".", "\uFF0E"}, {"e", "e\u0323\u0301"},
  };
  switch (choices->Below(8)) {
    case 0:
    case 1: {
      const Swap& swap = choices->Pick(kSwaps);
      const size_t at = text.find(swap.from);
      if (at == std::string::npos) return text;
      std::string out = text;
      return out.replace(at, std::string_view(swap.from).size(), swap.to);
    }
    case 2: {
      std::string out = text;
      for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
      }
      return out;
    }
    case 3:
      return text + "'s";
    case 4:
      return text + text;
    case 5:  // without its last character
      return text.empty() ? text
                          : text.substr(0, text.size() - DecodeBefore(text, text.size()).size);
    case 6:
      return text + AnyOddity(choices);
    default: {  // something in the middle
      size_t at = choices->Below(static_cast<uint32_t>(text.size() % 255) + 1);
      while (at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) ++at;
      std::string out = text;
      return out.insert(at, AnySeparator(choices));
    }
  }
}

}  // namespace breath::oracle
