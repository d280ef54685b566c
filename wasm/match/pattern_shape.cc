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
  uint64_t digits = 0;    // at least
  bool is_solid = false;  // no match holds ASCII white space
  // Bytes without white space in a row, at least: where a match begins, where it ends, anywhere. Of
  // a solid part all three are its fewest bytes.
  uint64_t head = 0;
  uint64_t tail = 0;
  uint64_t run = 0;
};

bool IsSpaceRune(int rune) { return rune == ' ' || (rune >= 9 && rune <= 13); }

Part Solid(Part part, uint64_t bytes) {
  part.is_solid = true;
  part.head = part.tail = part.run = bytes;
  return part;
}

Part After(const Part& first, const Part& second) {
  Part whole;
  whole.empty = first.empty && second.empty;
  whole.longest = Sum(first.longest, second.longest);
  whole.price = Sum(first.price, second.price);
  whole.digits = Sum(first.digits, second.digits);
  whole.is_solid = first.is_solid && second.is_solid;
  whole.head = first.is_solid ? Sum(first.head, second.head) : first.head;
  whole.tail = second.is_solid ? Sum(first.tail, second.tail) : second.tail;
  whole.run = std::max({first.run, second.run, Sum(first.tail, second.head)});
  return whole;
}

Part Either(const Part& first, const Part& second) {
  Part whole;
  whole.empty = first.empty || second.empty;
  whole.longest = std::max(first.longest, second.longest);
  whole.price = Sum(first.price, second.price);
  whole.digits = std::min(first.digits, second.digits);
  whole.is_solid = first.is_solid && second.is_solid;
  whole.head = std::min(first.head, second.head);
  whole.tail = std::min(first.tail, second.tail);
  whole.run = std::min(first.run, second.run);
  return whole;
}

// `least` times or more.
Part Repeated(const Part& part, uint64_t least) {
  Part whole = part;
  whole.digits = Product(part.digits, least);
  if (part.is_solid) return Solid(whole, Product(part.run, least));
  if (least == 0) whole.head = whole.tail = whole.run = 0;
  if (least > 1) whole.run = std::max(part.run, Sum(part.tail, part.head));
  return whole;
}

uint32_t BytesOf(int rune) { return rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4; }

Part OfRunes(const int* runes, int count, bool folds) {
  Part part;
  for (int i = 0; i < count; ++i) {
    // Ignoring case a letter may stand for a longer one: "k" for the three bytes of the Kelvin
    // sign.
    const uint32_t bytes = folds ? std::max(3U, BytesOf(runes[i])) : BytesOf(runes[i]);
    part.longest = Sum(part.longest, bytes);
    part.price = Sum(part.price, folds ? 2 * BytesOf(runes[i]) : BytesOf(runes[i]));
    Part one;
    one.digits = runes[i] >= '0' && runes[i] <= '9' ? 1 : 0;
    if (!IsSpaceRune(runes[i])) one = Solid(one, 1);
    if (i == 0) part.is_solid = true;  // of nothing so far
    const Part whole = After(part, one);
    part.digits = whole.digits;
    part.is_solid = whole.is_solid;
    part.head = whole.head;
    part.tail = whole.tail;
    part.run = whole.run;
  }
  return part;
}

Part OfClass(re2::CharClass* ranges) {
  Part part;
  part.longest = 1;
  part.price = 1;
  bool only_digits = true;
  bool has_space = false;
  for (const re2::RuneRange& range : *ranges) {
    part.longest = std::max<uint64_t>(part.longest, BytesOf(range.hi));
    // A range that spans lengths of UTF-8 is a few byte ranges for each length.
    part.price += range.hi < 0x80 ? 1 : 2 + 3 * (BytesOf(range.hi) - BytesOf(range.lo));
    only_digits = only_digits && range.lo >= '0' && range.hi <= '9';
    has_space =
        has_space || (range.lo <= ' ' && range.hi >= ' ') || (range.lo <= 13 && range.hi >= 9);
  }
  part.digits = only_digits ? 1 : 0;
  return has_space ? part : Solid(part, 1);
}

Part OfPrice(uint64_t longest, uint64_t price, bool empty) {
  Part part;
  part.empty = empty;
  part.longest = longest;
  part.price = price;
  return empty ? Solid(part, 0) : part;
}

// Recursion is as deep as the expression, which RE2's parser bounds.
Part Walk(re2::Regexp* node, PatternShape* shape) {
  const bool folds = (node->parse_flags() & re2::Regexp::FoldCase) != 0;
  switch (node->op()) {
    case re2::kRegexpNoMatch:
      return OfPrice(0, 1, false);
    case re2::kRegexpEmptyMatch:
      return OfPrice(0, 1, true);
    case re2::kRegexpLiteral: {
      const int rune = node->rune();
      return OfRunes(&rune, 1, folds);
    }
    case re2::kRegexpLiteralString:
      return OfRunes(node->runes(), node->nrunes(), folds);
    case re2::kRegexpCharClass:
      return OfClass(node->cc());
    case re2::kRegexpAnyChar:
      return OfPrice(4, 12, false);
    case re2::kRegexpAnyByte:
      shape->text_anchor = true;
      return OfPrice(1, 1, false);
    case re2::kRegexpBeginText:
      shape->text_anchor = true;
      return OfPrice(0, 1, true);
    case re2::kRegexpWordBoundary:
    case re2::kRegexpNoWordBoundary:
      shape->ascii_boundary = true;
      return OfPrice(0, 1, true);
    case re2::kRegexpBeginLine:
    case re2::kRegexpEndLine:
    case re2::kRegexpEndText:
    case re2::kRegexpHaveMatch:
      return OfPrice(0, 1, true);
    case re2::kRegexpConcat:
    case re2::kRegexpAlternate: {
      Part whole = Walk(node->sub()[0], shape);
      for (int i = 1; i < node->nsub(); ++i) {
        const Part part = Walk(node->sub()[i], shape);
        whole = node->op() == re2::kRegexpConcat ? After(whole, part) : Either(whole, part);
      }
      return whole;
    }
    case re2::kRegexpStar:
    case re2::kRegexpPlus: {
      Part part = Repeated(Walk(node->sub()[0], shape), node->op() == re2::kRegexpStar ? 0 : 1);
      part.empty = part.empty || node->op() == re2::kRegexpStar;
      part.longest = kUnbounded;
      part.price = Sum(part.price, 1);
      return part;
    }
    case re2::kRegexpQuest: {
      Part part = Repeated(Walk(node->sub()[0], shape), 0);
      part.empty = true;
      part.price = Sum(part.price, 1);
      return part;
    }
    case re2::kRegexpRepeat: {
      const auto least = static_cast<uint64_t>(node->min());
      const bool open = node->max() < 0;
      const uint64_t times = open ? least + 1 : static_cast<uint64_t>(node->max());
      Part part = Repeated(Walk(node->sub()[0], shape), least);
      part.empty = part.empty || least == 0;
      part.longest = open ? kUnbounded : Product(part.longest, times);
      part.price = Product(part.price, times);
      return part;
    }
    case re2::kRegexpCapture:
      return Walk(node->sub()[0], shape);
  }
  return OfPrice(kUnbounded, kMost, true);
}

// Beyond ASCII all bytes are one: few texts have stretches of it that end elsewhere.
void AddRunes(int low, int high, std::bitset<256>* bytes) {
  for (int c = low; c <= std::min(high, 0x7F); ++c) bytes->set(static_cast<size_t>(c));
  for (size_t c = 0x80; high >= 0x80 && c < 0x100; ++c) bytes->set(c);
}

void AddRune(int rune, bool folds, std::bitset<256>* bytes) {
  AddRunes(rune, rune, bytes);
  const bool is_letter = (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z');
  // "k" may stand for the Kelvin sign, and that for "k".
  if (folds && is_letter) AddRune(rune ^ 0x20, false, bytes);
  if (folds && (is_letter || rune >= 0x80)) AddRunes(0x80, 0x80, bytes);
  if (folds && rune >= 0x80) {
    for (const char c : {'K', 'S', 'k', 's'}) AddRunes(c, c, bytes);
  }
}

// Returns the most bytes outside repeats without bound.
uint64_t AddBytes(re2::Regexp* node, bool looped, MatchBytes* out) {
  const bool folds = (node->parse_flags() & re2::Regexp::FoldCase) != 0;
  std::bitset<256> bytes;
  uint64_t once = 0;
  switch (node->op()) {
    case re2::kRegexpLiteral:
      AddRune(node->rune(), folds, &bytes);
      once = 4;
      break;
    case re2::kRegexpLiteralString:
      for (int i = 0; i < node->nrunes(); ++i) AddRune(node->runes()[i], folds, &bytes);
      once = 4 * static_cast<uint64_t>(node->nrunes());
      break;
    case re2::kRegexpCharClass:
      for (const re2::RuneRange& range : *node->cc()) AddRunes(range.lo, range.hi, &bytes);
      once = 4;
      break;
    case re2::kRegexpAnyChar:
    case re2::kRegexpAnyByte:
      bytes.set();
      once = 4;
      break;
    case re2::kRegexpStar:
    case re2::kRegexpPlus:
      looped = true;
      break;
    case re2::kRegexpRepeat:
      looped = looped || node->max() < 0;
      break;
    default:
      break;
  }
  out->held |= bytes;
  if (looped) out->looped |= bytes;
  for (int i = 0; i < node->nsub(); ++i) {
    once = Sum(once, AddBytes(node->sub()[i], looped, out));
  }
  if (looped) return 0;
  return node->op() == re2::kRegexpRepeat ? Product(once, static_cast<uint64_t>(node->max()))
                                          : once;
}

}  // namespace

MatchBytes BytesOfMatches(re2::Regexp* parsed) {
  MatchBytes bytes;
  bytes.once = AddBytes(parsed, false, &bytes);
  return bytes;
}

PatternShape ShapeOf(re2::Regexp* parsed) {
  PatternShape shape;
  const Part whole = Walk(parsed, &shape);
  shape.can_match_empty = whole.empty;
  shape.longest = whole.longest >= kUnbounded ? 0 : static_cast<uint32_t>(whole.longest);
  shape.digits = static_cast<uint32_t>(whole.digits);
  shape.run = static_cast<uint32_t>(whole.run);
  shape.price = whole.price;
  return shape;
}

}  // namespace breath
