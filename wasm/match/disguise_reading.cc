// SPDX-License-Identifier: Apache-2.0
// Words, joined letters and spaced letters behind disguise_reading.h. Tested by
// tests/engine/see_through_test.cc.
#include "wasm/match/disguise_reading.h"

#include <algorithm>

#include "wasm/match/ascii.h"
#include "wasm/text/confusables.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr uint32_t kFewestGroups = 3;

bool IsLeetSign(uint32_t c) {
  return c == '@' || c == '$' || c == '!' || c == '|' || c == '+' || c == 0x20AC;
}
bool IsLetterOrDigit(uint32_t c) { return c != '_' && Has(c, kWord); }
bool IsAsciiLetter(uint32_t c) { return c < 0x80 && IsAlpha(static_cast<char>(c)); }
bool IsInvisible(uint32_t c) {
  const Folded folded = Fold(c);
  return folded.changed && folded.text.empty();
}
bool IsHyphen(uint32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }
// A sign people put between the letters of a word.
bool IsJoint(uint32_t c) {
  return IsHyphen(c) || c == 0xB7 || c == 0x2022 ||
         (c < 0x80 && c != 0 &&
          std::string_view("._*/|~,+:").find(static_cast<char>(c)) != std::string_view::npos);
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  DisguiseReading Cut() {
    size_t i = 0;
    size_t gap = 0;
    while (i < text_.size()) {
      const Decoded decoded = DecodeAt(text_, i);
      if (Has(decoded.code_point, kSpace)) {
        if (decoded.code_point >= 10 && decoded.code_point <= 13) {
          in_code_ = false;
          EndSpaced();
        }
        i += decoded.size;
        continue;
      }
      const size_t start = i;
      while (i < text_.size()) {
        const Decoded next = DecodeAt(text_, i);
        if (Has(next.code_point, kSpace)) break;
        i += next.size;
      }
      TakeChunk(gap, start, i);
      gap = i;
    }
    EndSpaced();
    return std::move(out_);
  }

 private:
  uint32_t At(size_t i) const { return i < text_.size() ? DecodeAt(text_, i).code_point : 0; }
  uint32_t Before(size_t i) const { return i > 0 ? DecodeBefore(text_, i).code_point : 0; }

  // `gap` is where the white space before the chunk begins.
  void TakeChunk(size_t gap, size_t start, size_t end) {
    size_t core = start;
    size_t core_end = end;
    while (core < end && !IsLetterOrDigit(At(core)) && At(core) != '$') {
      core += DecodeAt(text_, core).size;
    }
    while (core_end > core && !IsLetterOrDigit(Before(core_end)) && Before(core_end) != '$') {
      core_end -= DecodeBefore(text_, core_end).size;
    }
    const std::string_view chunk = text_.substr(start, end - start);
    const bool ticked = chunk.find('`') != std::string_view::npos;
    const bool code = in_code_ || ticked;
    if (std::count(chunk.begin(), chunk.end(), '`') % 2 == 1) in_code_ = !in_code_;
    const bool single = core < core_end && core + DecodeAt(text_, core).size == core_end &&
                        IsLetterOrDigit(At(core)) && !code;
    if (single && (spaced_.empty() || (core == start && !spaced_closed_))) {
      if (spaced_.empty()) spaced_first_ = out_.tokens.size();
      spaced_.push_back({static_cast<uint32_t>(core), static_cast<uint32_t>(core_end),
                         static_cast<uint32_t>(start - gap)});
      spaced_closed_ = core_end != end;
      PushPlain(core, core_end, start, false);
      return;
    }
    EndSpaced();
    if (single) {
      spaced_first_ = out_.tokens.size();
      spaced_.push_back({static_cast<uint32_t>(core), static_cast<uint32_t>(core_end),
                         static_cast<uint32_t>(start - gap)});
      spaced_closed_ = core_end != end;
      PushPlain(core, core_end, start, false);
      return;
    }
    if (!code && TakeJoined(core, core_end, start)) return;
    TakeWords(start, end, code || IsBarred(chunk, core - start));
  }

  // Links, addresses, hashtags, mentions, file names and code.
  static bool IsBarred(std::string_view chunk, size_t core) {
    if (core > 0 && (chunk[core - 1] == '#' || chunk[core - 1] == '@')) return true;
    if (chunk.find("://") != std::string_view::npos || chunk.substr(0, 4) == "www.") return true;
    if (chunk.find_first_of("{}=\\<>_[]") != std::string_view::npos) return true;
    for (const std::string_view code : {"()", "::", "->"}) {
      if (chunk.find(code) != std::string_view::npos) return true;
    }
    for (size_t i = 1; i + 1 < chunk.size(); ++i) {
      if (chunk[i] == '.' && IsAlnum(chunk[i - 1]) && IsAlnum(chunk[i + 1])) return true;
    }
    return false;
  }

  void Push(const DisguiseToken& token) {
    out_.tokens.push_back(token);
    if ((token.cause || token.long_word || token.joined) && !token.barred) out_.cause = true;
  }

  bool IsLinked(size_t start) const {
    if (out_.tokens.empty()) return false;
    size_t i = out_.tokens.back().end;
    if (i < start && IsHyphen(At(i))) return i + DecodeAt(text_, i).size == start;
    for (; i < start; i += DecodeAt(text_, i).size) {
      const uint32_t c = At(i);
      if (!Has(c, kSpace) && !IsInvisible(c)) return false;
    }
    return true;
  }

  void PushPlain(size_t start, size_t end, size_t, bool barred) {
    DisguiseToken token = {};
    token.start = static_cast<uint32_t>(start);
    token.end = static_cast<uint32_t>(end);
    token.barred = barred;
    token.linked = IsLinked(start);
    Push(token);
  }

  // "f.u.l.l", "fu-ll-mo-on": groups of one or two, the same sign between them all.
  bool TakeJoined(size_t start, size_t end, size_t) {
    uint32_t separator = 0;
    uint32_t groups = 0;
    uint32_t size = 0;
    bool letter = false;
    for (size_t i = start; i < end;) {
      const Decoded decoded = DecodeAt(text_, i);
      const uint32_t c = decoded.code_point;
      i += decoded.size;
      if (IsInvisible(c) || Has(c, kMark)) continue;
      if (IsLetterOrDigit(c) || c == '$' || c == '@') {
        if (++size > 2) return false;
        if (size == 1) ++groups;
        letter = letter || !Has(c, kDigit);
        continue;
      }
      if (size == 0 || !IsJoint(c) || (separator != 0 && c != separator)) return false;
      separator = c;
      size = 0;
    }
    if (groups < kFewestGroups || !letter) return false;
    DisguiseToken token = {};
    token.start = static_cast<uint32_t>(start);
    token.end = static_cast<uint32_t>(end);
    token.joined = true;
    token.separator = separator;
    token.linked = IsLinked(start);
    Push(token);
    return true;
  }

  // Whether a sign at `i` belongs to the word it stands in: between two letters or digits, a dollar
  // sign before a small letter, or two behind a letter.
  bool IsInWord(size_t i, size_t start, size_t end) const {
    const uint32_t c = At(i);
    if (!IsLeetSign(c)) return false;
    const size_t next = i + DecodeAt(text_, i).size;
    const uint32_t before = i > start ? Before(i) : 0;
    const uint32_t after = next < end ? At(next) : 0;
    const bool left = before != 0 && (IsLetterOrDigit(before) || before == c);
    const bool right = after != 0 && (IsLetterOrDigit(after) || after == c);
    if (left && right) return true;
    if (c != '$') return false;
    if (before == 0) return after < 0x80 && IsLower(static_cast<char>(after));
    return before == '$' && after == 0 && i > start + 1 && IsLetterOrDigit(Before(i - 1));
  }

  void TakeWords(size_t start, size_t end, bool barred) {
    size_t i = start;
    while (i < end) {
      if (!IsLetterOrDigit(At(i)) && !IsInWord(i, start, end)) {
        i += DecodeAt(text_, i).size;
        continue;
      }
      i = TakeWord(i, start, end, barred);
    }
  }

  size_t TakeWord(size_t word, size_t start, size_t end, bool barred) {
    DisguiseToken token = {};
    token.barred = barred;
    uint32_t letters = 0;
    uint32_t others = 0;
    uint32_t run = 0;
    uint32_t last = 0;
    size_t i = word;
    bool look = false;
    while (i < end) {
      const Decoded decoded = DecodeAt(text_, i);
      const uint32_t c = decoded.code_point;
      const bool in_word =
          IsLetterOrDigit(c) || (c >= 0x80 && IsInvisible(c)) || IsInWord(i, start, end);
      if (!in_word) break;
      const uint32_t lower = IsAsciiLetter(c) ? c | 0x20 : c;
      run = lower == last ? run + 1 : 1;
      last = lower;
      if (run >= 3 && !Has(c, kDigit)) look = true;
      if (c < 0x80) {
        if (IsAsciiLetter(c)) {
          ++letters;
        } else {
          ++others;
        }
      } else if (Has(c, kMark) || LooksLike(c).letter != 0) {
        look = true;
        ++letters;
      } else if (IsInvisible(c)) {
        last = 0;
      } else if (Has(c, kDigit) || c == 0x20AC) {
        ++others;
      } else {
        ++letters;
      }
      i += decoded.size;
    }
    token.start = static_cast<uint32_t>(word);
    token.end = static_cast<uint32_t>(i);
    if (IsCutOff(i)) token.barred = true;
    token.cause = look || (others > 0 && letters > 0);
    token.long_word = others == 0 && letters >= kShortestTypo - 1 && letters <= kLongestTypo;
    token.linked = IsLinked(word);
    Push(token);
    return i;
  }

  // "can" of "can't" is no word; "they" of "they're" is.
  bool IsCutOff(size_t end) const {
    const uint32_t sign = At(end);
    if (sign != '\'' && sign != 0x2019) return false;
    const size_t tail = end + DecodeAt(text_, end).size;
    size_t i = tail;
    while (i < text_.size() && IsLetterOrDigit(At(i))) i += DecodeAt(text_, i).size;
    if (i == tail) return false;
    const std::string ending = Lowered(text_.substr(tail, i - tail));
    for (const std::string_view known : {"s", "re", "ll", "ve", "d", "m"}) {
      if (ending == known) return false;
    }
    return true;
  }

  struct Letter {
    uint32_t start;
    uint32_t end;
    uint32_t gap;  // bytes of white space before it
  };

  // Letters that stand alone on one line: the gap between the first two is that of the whole row, a
  // wider one ends a word.
  void EndSpaced() {
    std::vector<Letter> row;
    row.swap(spaced_);
    spaced_closed_ = false;
    if (row.size() < 4) return;
    uint32_t narrow = row[1].gap;
    for (size_t i = 2; i < row.size(); ++i) narrow = std::min(narrow, row[i].gap);
    std::vector<size_t> breaks = {0};
    for (size_t i = 1; i < row.size(); ++i) {
      if (row[i].gap != narrow) breaks.push_back(i);
    }
    breaks.push_back(row.size());
    for (size_t w = 0; w + 1 < breaks.size(); ++w) {
      // Ordinary sentences have short words, a hidden name has not.
      if (breaks[w + 1] - breaks[w] < 3) return;
    }
    out_.tokens.resize(spaced_first_);
    const bool uniform = breaks.size() == 2;
    for (size_t w = 0; w + 1 < breaks.size(); ++w) {
      size_t first = breaks[w];
      const size_t last = breaks[w + 1] - 1;
      if (uniform && last - first >= 4 && IsArticle(row[first])) {
        out_.alone.push_back(Spaced(row[first], row[last]));
        PushPlain(row[first].start, row[first].end, row[first].start, false);
        ++first;
      }
      DisguiseToken token = Spaced(row[first], row[last]);
      token.linked = IsLinked(token.start);
      Push(token);
      if (uniform && last - first >= 4 && IsArticle(row[last])) {
        out_.alone.push_back(Spaced(row[first], row[last - 1]));
      }
    }
  }

  bool IsArticle(const Letter& letter) const {
    const uint32_t c = At(letter.start) | 0x20;
    return c == 'a' || c == 'i';
  }

  static DisguiseToken Spaced(const Letter& first, const Letter& last) {
    DisguiseToken token = {};
    token.start = first.start;
    token.end = last.end;
    token.joined = true;
    token.spaced = true;
    token.separator = ' ';
    return token;
  }

  std::string_view text_;
  DisguiseReading out_;
  bool in_code_ = false;
  std::vector<Letter> spaced_;
  bool spaced_closed_ = false;  // punctuation followed the last letter
  size_t spaced_first_ = 0;     // the token of the first of them
};

}  // namespace

DisguiseReading ReadForDisguise(std::string_view text) { return Cutter(text).Cut(); }

}  // namespace breath
