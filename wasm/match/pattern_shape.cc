// SPDX-License-Identifier: Apache-2.0
// One walk over a parsed expression. Tested by tests/engine/match_test.cc.
#include "wasm/match/pattern_shape.h"

#include <algorithm>

#include "re2/regexp.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr uint64_t kMost = UINT32_MAX;  // sums and products stop here
constexpr uint64_t kUnbounded = kMost;

uint64_t Sum(uint64_t a, uint64_t b) { return std::min(kMost, a + b); }
uint64_t Product(uint64_t a, uint64_t b) { return std::min(kMost, a * b); }

struct Part {
  bool empty = false;
  uint64_t longest = 0;
  uint64_t price = 0;
};

uint32_t BytesOf(int rune) { return rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4; }

Part OfRunes(const int* runes, int count, bool folds) {
  Part part;
  for (int i = 0; i < count; ++i) {
    // Ignoring case a letter may stand for a longer one: "k" for the three bytes of the Kelvin
    // sign.
    const uint32_t bytes = folds ? std::max(3U, BytesOf(runes[i])) : BytesOf(runes[i]);
    part.longest = Sum(part.longest, bytes);
    part.price = Sum(part.price, folds ? 2 * BytesOf(runes[i]) : BytesOf(runes[i]));
  }
  return part;
}

Part OfClass(re2::CharClass* ranges) {
  Part part = {false, 1, 1};
  for (const re2::RuneRange& range : *ranges) {
    part.longest = std::max<uint64_t>(part.longest, BytesOf(range.hi));
    // A range that spans lengths of UTF-8 is a few byte ranges for each length.
    part.price += range.hi < 0x80 ? 1 : 2 + 3 * (BytesOf(range.hi) - BytesOf(range.lo));
  }
  return part;
}

// Recursion is as deep as the expression, which RE2's parser bounds.
Part Walk(re2::Regexp* node, PatternShape* shape) {
  const bool folds = (node->parse_flags() & re2::Regexp::FoldCase) != 0;
  switch (node->op()) {
    case re2::kRegexpNoMatch:
      return {false, 0, 1};
    case re2::kRegexpEmptyMatch:
      return {true, 0, 1};
    case re2::kRegexpLiteral: {
      const int rune = node->rune();
      return OfRunes(&rune, 1, folds);
    }
    case re2::kRegexpLiteralString:
      return OfRunes(node->runes(), node->nrunes(), folds);
    case re2::kRegexpCharClass:
      return OfClass(node->cc());
    case re2::kRegexpAnyChar:
      return {false, 4, 12};
    case re2::kRegexpAnyByte:
      shape->text_anchor = true;
      return {false, 1, 1};
    case re2::kRegexpBeginText:
    case re2::kRegexpEndText:
      shape->text_anchor = true;
      return {true, 0, 1};
    case re2::kRegexpWordBoundary:
    case re2::kRegexpNoWordBoundary:
      shape->ascii_boundary = true;
      return {true, 0, 1};
    case re2::kRegexpBeginLine:
    case re2::kRegexpEndLine:
    case re2::kRegexpHaveMatch:
      return {true, 0, 1};
    case re2::kRegexpConcat: {
      Part whole = {true, 0, 0};
      for (int i = 0; i < node->nsub(); ++i) {
        const Part part = Walk(node->sub()[i], shape);
        whole.empty = whole.empty && part.empty;
        whole.longest = Sum(whole.longest, part.longest);
        whole.price = Sum(whole.price, part.price);
      }
      return whole;
    }
    case re2::kRegexpAlternate: {
      Part whole;
      for (int i = 0; i < node->nsub(); ++i) {
        const Part part = Walk(node->sub()[i], shape);
        whole.empty = whole.empty || part.empty;
        whole.longest = std::max(whole.longest, part.longest);
        whole.price = Sum(whole.price, part.price);
      }
      return whole;
    }
    case re2::kRegexpStar:
    case re2::kRegexpPlus: {
      const Part part = Walk(node->sub()[0], shape);
      return {part.empty || node->op() == re2::kRegexpStar, kUnbounded, part.price + 1};
    }
    case re2::kRegexpQuest: {
      const Part part = Walk(node->sub()[0], shape);
      return {true, part.longest, part.price + 1};
    }
    case re2::kRegexpRepeat: {
      const Part part = Walk(node->sub()[0], shape);
      const bool open = node->max() < 0;
      const auto times = static_cast<uint64_t>(open ? node->min() + 1 : node->max());
      return {part.empty || node->min() == 0, open ? kUnbounded : Product(part.longest, times),
              Product(part.price, times)};
    }
    case re2::kRegexpCapture: {
      const Part part = Walk(node->sub()[0], shape);
      return {part.empty, part.longest, part.price};
    }
  }
  return {true, kUnbounded, kMost};
}

}  // namespace

PatternShape ShapeOf(re2::Regexp* parsed) {
  PatternShape shape;
  const Part whole = Walk(parsed, &shape);
  shape.can_match_empty = whole.empty;
  shape.longest = whole.longest >= kUnbounded ? 0 : static_cast<uint32_t>(whole.longest);
  shape.price = whole.price;
  return shape;
}

}  // namespace breath
