// SPDX-License-Identifier: Apache-2.0
// One pass over the text as typed behind long_quote.h. Tested by tests/engine/long_quote_test.cc.
#include "wasm/match/long_quote.h"

#include <array>

#include "wasm/text/unicode.h"

namespace breath {
namespace {

// Deeper nesting is nobody's quotation: the outermost mark is forgotten.
constexpr size_t kDeepest = 16;

bool IsLineBreak(uint32_t c) {
  return (c >= 10 && c <= 13) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// What closes a quotation that `mark` opens: two characters at most, 0 for none. Marks such as the
// German low ones have no partner of their own.
struct Closers {
  uint32_t first;
  uint32_t second;
};
Closers ClosersOf(uint32_t mark) {
  switch (mark) {
    case '"':
      return {'"', 0};
    case 0x201C:  // “
    case 0x201D:  // ” opens in Swedish
      return {0x201D, 0};
    case 0x201E:  // „
      return {0x201C, 0x201D};
    case 0x2018:  // ‘
      return {0x2019, 0};
    case 0x201A:  // ‚
      return {0x2018, 0x2019};
    case 0xAB:  // «
      return {0xBB, 0};
    case 0xBB:  // » opens in German and Danish
      return {0xAB, 0};
    case 0x2039:  // ‹
      return {0x203A, 0};
    case 0x203A:  // ›
      return {0x2039, 0};
    case 0x300C:  // 「
      return {0x300D, 0};
    case 0x300E:  // 『
      return {0x300F, 0};
    default:
      return {0, 0};
  }
}

// Marks that open in one place and close in another: what stands before and after decides.
bool IsTwoFaced(uint32_t mark) { return mark == '"' || mark == 0x201D; }
bool IsMark(uint32_t c) {
  return ClosersOf(c).first != 0 || c == 0x2019 || c == 0x300D || c == 0x300F;
}

class Reader {
 public:
  Reader(const View& view, uint32_t words, uint32_t limit, SpanList* out)
      : view_(view), text_(view.text), words_(words), limit_(limit), out_(out) {}

  LeafResult Read() {
    size_t i = 0;
    while (i < text_.size() && !full_) i = ReadLine(i);
    EndParagraph();
    EndBlock();
    return full_ ? LeafResult::kTooManyMatches : LeafResult::kDone;
  }

 private:
  struct Open {
    uint32_t mark;
    size_t start;
    uint64_t words;  // counted before it
  };

  // Reads up to the next line and returns where that begins.
  size_t ReadLine(size_t line) {
    size_t i = line;
    bool empty = true;
    bool quoted = false;
    bool in_word = false;
    uint32_t before = 0;  // the character before, 0 at the start of a line
    while (i < text_.size()) {
      const Decoded decoded = DecodeAt(text_, i);
      const uint32_t c = decoded.code_point;
      if (IsLineBreak(c)) break;
      const uint8_t properties = PropertiesOf(c);
      if (empty && (properties & kSpace) == 0) {
        empty = false;
        quoted = c == '>';
        if (!quoted) EndBlock();
        if (quoted && block_end_ == 0) {
          block_start_ = i;
          block_words_ = count_;
        }
      }
      const size_t next = i + decoded.size;
      if ((properties & kWord) != 0) {
        const bool dense = (properties & kDense) != 0 && (properties & kMark) == 0;
        if (!in_word || dense) ++count_;
        in_word = true;
      } else if (!(in_word && (c == '\'' || c == 0x2019) && IsWordAt(next))) {
        in_word = false;
        if (IsMark(c)) TakeMark(c, i, next, before);
      }
      before = c;
      i = next;
    }
    if (quoted) block_end_ = i;
    if (empty) {
      EndParagraph();
      EndBlock();
    }
    if (i >= text_.size()) return i;
    const Decoded end = DecodeAt(text_, i);
    if (end.code_point == 0x2029) EndParagraph();
    i += end.size;
    if (end.code_point == '\r' && i < text_.size() && text_[i] == '\n') ++i;
    return i;
  }

  bool IsWordAt(size_t at) const {
    return at < text_.size() && Has(DecodeAt(text_, at).code_point, kWord);
  }
  bool IsSpaceAt(size_t at) const {
    return at >= text_.size() || Has(DecodeAt(text_, at).code_point, kSpace);
  }

  void TakeMark(uint32_t mark, size_t at, size_t next, uint32_t before) {
    const bool after_space = before == 0 || Has(before, kSpace);
    const bool after_word = before != 0 && Has(before, kWord);
    const bool tight = IsTwoFaced(mark) || mark == 0x2018 || mark == 0x2019;
    // A straight mark after a space opens; guillemets may stand apart from what they enclose.
    const bool closes = tight ? !after_space && !IsWordAt(next) : true;
    if (closes && Close(mark, next)) return;
    if (ClosersOf(mark).first == 0) return;
    const bool opens = mark == 0x300C || mark == 0x300E
                           ? true
                           : !after_word && (!tight || !IsSpaceAt(next)) &&
                                 (after_space || !(mark == 0xBB || mark == 0x203A));
    if (!opens) return;
    // A second opening of a mark that does not nest: the first was a slip.
    if (IsTwoFaced(mark)) {
      for (size_t i = depth_; i-- > 0;) {
        if (stack_[i].mark == mark) depth_ = i;
      }
    }
    if (depth_ == kDeepest) {
      for (size_t i = 1; i < kDeepest; ++i) stack_[i - 1] = stack_[i];
      --depth_;
    }
    stack_[depth_++] = {mark, at, count_};
  }

  bool Close(uint32_t mark, size_t next) {
    for (size_t i = depth_; i-- > 0;) {
      const Closers closers = ClosersOf(stack_[i].mark);
      if (closers.first != mark && closers.second != mark) continue;
      if (count_ - stack_[i].words >= words_) Report(stack_[i].start, next);
      depth_ = i;
      return true;
    }
    return false;
  }

  void EndParagraph() { depth_ = 0; }

  void EndBlock() {
    if (block_end_ > 0 && count_ - block_words_ >= words_) Report(block_start_, block_end_);
    block_end_ = 0;
  }

  void Report(size_t start, size_t end) {
    if (out_->size() >= limit_) {
      full_ = true;
      return;
    }
    out_->push_back(view_.map.ToSource(static_cast<uint32_t>(start), static_cast<uint32_t>(end)));
  }

  const View& view_;
  const std::string_view text_;
  const uint64_t words_;
  const uint32_t limit_;
  SpanList* out_;
  uint64_t count_ = 0;  // words so far
  std::array<Open, kDeepest> stack_ = {};
  size_t depth_ = 0;
  size_t block_start_ = 0;  // a row of lines that begin with ">"
  size_t block_end_ = 0;    // 0: none
  uint64_t block_words_ = 0;
  bool full_ = false;
};

}  // namespace

LeafResult FindLongQuotes(const Draft& draft, uint32_t words, uint32_t limit, SpanList* out) {
  return Reader(draft.raw(), words, limit, out).Read();
}

}  // namespace breath
