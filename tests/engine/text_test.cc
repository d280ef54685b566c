// SPDX-License-Identifier: Apache-2.0
// Tests wasm/text: decoding, folding, offset maps, word and sentence boundaries.
#include <catch2/catch.hpp>
#include <random>

#include "wasm/text/draft.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

TEST_CASE("malformed UTF-8 decodes to U+FFFD over the maximal subpart", "[text]") {
  struct Row {
    std::string bytes;
    uint32_t code_point;
    uint32_t size;
    bool valid;
  };
  const Row rows[] = {
      {"a", 'a', 1, true},
      {"\xC3\xA9", 0xE9, 2, true},
      {"\xF0\x9F\x98\x80", 0x1F600, 4, true},
      {"\xC0\x80", 0xFFFD, 1, false},          // overlong
      {"\xE0\x80\x80", 0xFFFD, 1, false},      // overlong
      {"\xED\xA0\x80", 0xFFFD, 1, false},      // surrogate
      {"\xF4\x90\x80\x80", 0xFFFD, 1, false},  // above U+10FFFF
      {"\xF0\x9F\x98", 0xFFFD, 3, false},      // cut short
      {"\xE2\x82"
       "a",
       0xFFFD, 2, false},  // cut short
      {"\x80", 0xFFFD, 1, false},
      {"\xFF", 0xFFFD, 1, false},
  };
  for (const Row& row : rows) {
    const Decoded decoded = DecodeAt(row.bytes, 0);
    CHECK(decoded.code_point == row.code_point);
    CHECK(decoded.size == row.size);
    CHECK(decoded.valid == row.valid);
  }
}

TEST_CASE("text folds as the format says", "[text]") {
  struct Row {
    const char* name;
    std::string text;
    std::string folded;
  };
  const Row rows[] = {
      {"case", "HeLLo ÄÖÜ ΣΑΣ", "hello äöü σασ"},
      {"width", "ＡＢＣ１２３", "abc123"},
      {"styled letters", "𝓗𝓮𝓵𝓵𝓸", "hello"},
      {"quotes", "“a” ‘b’ «c»", "\"a\" 'b' \"c\""},
      {"dashes", "a–b—c‑d−e", "a-b-c-d-e"},
      {"white space", "a \t\r\n\xC2\xA0 b", "a b"},
      {"line breaks", "a\n\n\nb", "a b"},
      {"zero width",
       "a\xE2\x80\x8B"
       "b\xE2\x80\x8D"
       "c\xEF\xBB\xBF"
       "d",
       "abcd"},
      {"soft hyphen", "in\xC2\xADternal", "internal"},
      {"tag characters", "a\xF3\xA0\x81\xA1z", "az"},
      {"sharp s", "STRAẞE straße", "strasse strasse"},
      {"Kelvin and long s", "\xE2\x84\xAA\xC5\xBF", "ks"},
      {"ligature", "\xEF\xAC\x83", "ffi"},
      {"composition", "e\xCC\x81 E\xCC\x81", "é é"},
      {"marks in another order", "a\xCC\x82\xCC\xA3", "ậ"},
      {"Hangul jamo", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한"},
      {"trade mark stays", "Helix™ ²", "helix™ ²"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(FoldText(row.text) == row.folded);
  }
}

TEST_CASE("folding twice is folding once", "[text]") {
  std::mt19937 random(20261121);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      uint32_t code_point = random() % (round % 3 == 0   ? 0x1FFFFU
                                        : round % 3 == 1 ? 0x2FFFU
                                                         : 0x250U);
      if (code_point >= 0xD800 && code_point < 0xE000) code_point = 'x';
      AppendUtf8(code_point, &text);
    }
    const std::string once = FoldText(text);
    INFO(text);
    CHECK(FoldText(once) == once);
  }
}

// The slow, obvious reading: every byte of a view remembers its piece of the draft.
TEST_CASE("offsets map back to where the text came from", "[text]") {
  std::mt19937 random(42);
  const uint32_t alphabet[] = {'a',    'B',     ' ',    '\n',   0xE9,     0x301,
                               0x200B, 0x1F600, 0xFB01, 0x2028, 0x4E2D,   0xDF,
                               0x202E, 0x1D400, 0xAD,   '.',    0x10FFFF, 0xFFFD};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    std::vector<uint32_t> starts;  // UTF-16 offset of each code point
    uint32_t units = 0;
    const int length = 1 + static_cast<int>(random() % 24);
    for (int i = 0; i < length; ++i) {
      const uint32_t code_point = alphabet[random() % (sizeof(alphabet) / sizeof(alphabet[0]))];
      starts.push_back(units);
      AppendUtf8(code_point, &text);
      units += Utf16Size(code_point);
    }
    const Draft draft(text);
    REQUIRE(draft.size() == units);
    REQUIRE(draft.folded().map.source_size() == units);
    REQUIRE(draft.folded().map.view_size() == draft.folded().text.size());
    // Raw: byte spans of single code points map to their units.
    size_t byte = 0;
    for (size_t i = 0; i < starts.size(); ++i) {
      const Decoded decoded = DecodeAt(draft.raw().text, byte);
      const Span span = draft.raw().map.ToSource(static_cast<uint32_t>(byte),
                                                 static_cast<uint32_t>(byte + decoded.size));
      CHECK(span.start == starts[i]);
      CHECK(span.end == starts[i] + Utf16Size(decoded.code_point));
      CHECK(draft.raw().map.FromSource(span.start) == byte);
      byte += decoded.size;
    }
    // Folded: neighbouring bytes give spans in order, inside the draft, never empty.
    uint32_t before = 0;
    for (uint32_t i = 0; i < draft.folded().text.size(); ++i) {
      const Span span = draft.folded().map.ToSource(i, i + 1);
      CHECK(span.start < span.end);
      CHECK(span.end <= units);
      CHECK(span.start >= before);
      before = span.start;
      // Folding the marked part alone gives text that holds the byte.
      const uint32_t from = draft.raw().map.FromSource(span.start);
      const uint32_t to = span.end == units ? static_cast<uint32_t>(text.size())
                                            : draft.raw().map.FromSource(span.end);
      const std::string part = FoldText(std::string_view(draft.raw().text).substr(from, to - from));
      CHECK(part.find(draft.folded().text[i]) != std::string::npos);
    }
  }
}

TEST_CASE("word boundaries know apostrophes, marks and dense scripts", "[text]") {
  struct Row {
    std::string text;
    size_t position;
    bool boundary;
  };
  const Row rows[] = {
      {"can't", 3, false},       {"can't", 4, false}, {"they're", 4, true}, {"it's ok", 2, true},
      {"rock'n'roll", 4, false}, {"'gays'", 1, true}, {"dogs' ", 4, true},  {"a_b", 1, false},
      {"a-b", 1, true},          {"a1", 1, false},    {"中国", 3, true},    {"x\xCC\x82", 1, false},
      {"é!", 2, true},           {"a.", 1, true},
  };
  for (const Row& row : rows) {
    INFO(row.text << " at " << row.position);
    CHECK(IsWordBoundary(row.text, row.position) == row.boundary);
  }
}

TEST_CASE("sentences end where a reader pauses", "[text]") {
  struct Row {
    std::string text;
    std::vector<std::string> sentences;
  };
  const Row rows[] = {
      {"One. Two! Three?", {"One.", " Two!", " Three?"}},
      {"Version 1.2 is out", {"Version 1.2 is out"}},
      {"See e.g. this one. Next", {"See e.g. this one.", " Next"}},
      {"a\nb\n\nc", {"a\n", "b\n", "\n", "c"}},
      {"He said \"no.\" Then left.", {"He said \"no.\"", " Then left."}},
      {"一。二！三", {"一。", "二！", "三"}},
      {"Wait... what", {"Wait...", " what"}},
      {"first. second vs. third. J. Ortiz", {"first.", " second vs. third.", " J. Ortiz"}},
  };
  for (const Row& row : rows) {
    const Draft draft(row.text);
    std::vector<std::string> found;
    for (const Span& span : draft.sentences()) {
      const uint32_t from = draft.raw().map.FromSource(span.start);
      const uint32_t to = span.end == draft.size() ? static_cast<uint32_t>(row.text.size())
                                                   : draft.raw().map.FromSource(span.end);
      found.push_back(row.text.substr(from, to - from));
    }
    CHECK(found == row.sentences);
  }
}

TEST_CASE("span lists are sorted, merged where they overlap, and keep touching spans apart",
          "[text]") {
  SpanList spans = {{5, 9}, {1, 3}, {2, 4}, {9, 10}, {7, 7}};
  Normalize(&spans);
  CHECK(spans == SpanList{{1, 4}, {5, 9}, {9, 10}});
  DropOverlapping({{3, 4}, {9, 12}}, &spans);
  CHECK(spans == SpanList{{5, 9}});
}

}  // namespace
}  // namespace breath
