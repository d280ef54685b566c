// SPDX-License-Identifier: Apache-2.0
// Builds the views of a draft. Tested by tests/engine/text_test.cc.
#include "wasm/text/draft.h"

#include <string.h>

#include <algorithm>

#include "wasm/text/byte_words.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

bool IsAsciiSpace(uint8_t byte) { return byte == ' ' || (byte >= 9 && byte <= 13); }

// The end of the run of ASCII bytes that starts at `at`.
size_t AsciiEnd(std::string_view text, size_t at) {
  while (at + 8 <= text.size() && (Load8(text.data() + at) & kHighBits) == 0) at += 8;
  while (at < text.size() && static_cast<uint8_t>(text[at]) < 0x80) ++at;
  return at;
}

// Folds well-formed or malformed UTF-8 piece by piece. State is the last character written, because
// a combining mark may join it and a space may swallow the next one.
class Folder {
 public:
  explicit Folder(View* out) : out_(out) {}

  void Fold(std::string_view text) {
    out_->text.reserve(text.size());
    size_t i = 0;
    while (i < text.size()) {
      if (static_cast<uint8_t>(text[i]) < 0x80) {
        const size_t end = AsciiEnd(text, i);
        FoldAscii(text.substr(i, end - i));
        i = end;
        continue;
      }
      const Decoded decoded = DecodeAt(text, i);
      Take(decoded.code_point);
      i += decoded.size;
    }
  }

 private:
  // A run of ASCII: eight bytes at a time, unless white space stands beside white space in them.
  void FoldAscii(std::string_view run) {
    std::string& out = out_->text;
    const size_t before = out.size();
    out.resize(before + run.size());  // more than is needed when white space is swallowed
    char* to = out.data() + before;
    uint32_t plain = 0;  // bytes written that the map does not know of yet
    size_t i = 0;
    while (i < run.size()) {
      if (i + 8 <= run.size()) {
        uint64_t word = Load8(run.data() + i);
        const uint64_t controls = InRange(word, 9, 13);
        const uint64_t spaces = controls | InRange(word, ' ', ' ');
        const bool crowded = (spaces & spaces << 8) != 0 || (space_ && (spaces & 0x80) != 0);
        if (!crowded) {
          word |= InRange(word, 'A', 'Z') >> 2;
          if (controls != 0) {
            const uint64_t mask = (controls >> 7) * 0xFF;
            word = (word & ~mask) | (Spread(' ') & mask);
          }
          memcpy(to, &word, sizeof(word));
          to += 8;
          i += 8;
          plain += 8;
          space_ = (spaces >> 63) != 0;
          continue;
        }
      }
      const auto byte = static_cast<uint8_t>(run[i++]);
      if (!IsAsciiSpace(byte)) {
        *to++ = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
        ++plain;
        space_ = false;
      } else if (!space_) {
        *to++ = ' ';
        ++plain;
        space_ = true;
      } else {
        const size_t first = i - 1;
        while (i < run.size() && IsAsciiSpace(static_cast<uint8_t>(run[i]))) ++i;
        out_->map.Add(1, 1, plain);
        plain = 0;
        out_->map.Widen(static_cast<uint32_t>(i - first));
      }
    }
    out_->map.Add(1, 1, plain);
    out.resize(static_cast<size_t>(to - out.data()));
    last_ = out.empty() ? 0 : static_cast<uint8_t>(out.back());
    joinable_ = !space_;
  }

  void Take(uint32_t code_point) {
    const uint32_t units = Utf16Size(code_point);
    const Folded folded = breath::Fold(code_point);
    if (!folded.changed) {
      if (!Join(code_point, units)) Keep(code_point, units);
    } else if (folded.text.empty()) {
      out_->map.Add(0, units);
      joinable_ = false;
    } else if (folded.text == " ") {
      Space(units);
    } else {
      const Decoded first = DecodeAt(folded.text, 0);
      if (first.size == folded.text.size()) {
        if (!Join(first.code_point, units)) Keep(first.code_point, units);
      } else {
        out_->text.append(folded.text);
        out_->map.Add(static_cast<uint32_t>(folded.text.size()), units);
        joinable_ = false;
        space_ = false;
      }
    }
  }

  void Space(uint32_t units) {
    if (space_) {
      out_->map.Widen(units);
      return;
    }
    out_->text.push_back(' ');
    out_->map.Add(1, units);
    space_ = true;
    joinable_ = false;
  }

  void Keep(uint32_t code_point, uint32_t units) {
    const size_t before = out_->text.size();
    AppendUtf8(code_point, &out_->text);
    out_->map.Add(static_cast<uint32_t>(out_->text.size() - before), units);
    last_ = code_point;
    joinable_ = true;
    space_ = false;
  }

  // Composes a mark with the character before it, so that both spellings of "é" read alike.
  bool Join(uint32_t mark, uint32_t units) {
    if (!joinable_ || mark < 0x300) return false;
    const uint32_t composed = Compose(last_, mark);
    if (composed == 0) return false;
    const OffsetMap::Piece base = out_->map.TakeBack();
    out_->text.resize(out_->text.size() - base.view_size);
    Keep(composed, base.source_size + units);
    return true;
  }

  View* out_;
  uint32_t last_ = 0;
  bool joinable_ = false;
  bool space_ = false;  // the view ends in a space that swallows further white space
};

void ReadRaw(std::string_view text, View* out) {
  out->text.reserve(text.size());
  size_t i = 0;
  while (i < text.size()) {
    const size_t ascii = AsciiEnd(text, i);
    if (ascii > i) {
      out->text.append(text, i, ascii - i);
      out->map.Add(1, 1, static_cast<uint32_t>(ascii - i));
      i = ascii;
      continue;
    }
    const Decoded decoded = DecodeAt(text, i);
    const size_t before = out->text.size();
    AppendUtf8(decoded.code_point, &out->text);
    out->map.Add(static_cast<uint32_t>(out->text.size() - before), Utf16Size(decoded.code_point));
    i += decoded.size;
  }
}

// Letters after an apostrophe that are words of their own: it's, they're, we'll, I've, he'd, I'm.
bool IsContraction(std::string_view folded, size_t position) {
  static constexpr std::string_view kEndings[] = {"s", "re", "ll", "ve", "d", "m"};
  for (const std::string_view ending : kEndings) {
    if (folded.compare(position, ending.size(), ending) != 0) continue;
    const size_t end = position + ending.size();
    if (end >= folded.size() || !Has(DecodeAt(folded, end).code_point, kWord)) return true;
  }
  return false;
}

bool IsWordAt(std::string_view text, size_t position) {
  return position < text.size() && Has(DecodeAt(text, position).code_point, kWord);
}
bool IsWordBefore(std::string_view text, size_t position) {
  return position > 0 && Has(DecodeBefore(text, position).code_point, kWord);
}

bool EndsSentence(uint32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 ||
         c == 0xFF1F || c == 0xFF0E || c == 0xFF61 || c == 0x061F || c == 0x06D4 || c == 0x0964;
}
// Ends a sentence without white space after it.
bool EndsDenseSentence(uint32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61;
}
bool ClosesQuote(uint32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB ||
         c == 0x300D || c == 0x300F;
}
// Whether the dot at byte `dot` belongs to the word before it: "Dr.", "e.g.", "J.". People write
// sentences in lower case, so what follows the dot says nothing.
bool IsAbbreviation(std::string_view text, size_t dot) {
  size_t start = dot;
  while (start > 0) {
    const Decoded before = DecodeBefore(text, start);
    if (!Has(before.code_point, kWord) && before.code_point != '.') break;
    start -= before.size;
  }
  const std::string word = FoldText(text.substr(start, dot - start));
  if (word.empty()) return false;
  if (word.find('.') != std::string::npos && word.size() <= 6) return true;
  const Decoded only = DecodeAt(word, 0);
  if (only.size == word.size() && !Has(only.code_point, kDigit)) return true;
  static constexpr std::string_view kKnown[] = {
      "approx", "bzw", "ca",  "co", "corp", "dr", "est",  "etc", "fig", "inc", "jr",  "ltd", "max",
      "min",    "mr",  "mrs", "ms", "mt",   "nr", "prof", "sr",  "st",  "usw", "vgl", "vs",  "zb"};
  for (const std::string_view known : kKnown) {
    if (word == known) return true;
  }
  return false;
}
bool IsLineBreak(uint32_t c) {
  return (c >= 10 && c <= 13) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

void Overwrite(std::string* text) { std::fill(text->begin(), text->end(), '\0'); }

void Lower(std::string* text) {
  for (char& c : *text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
}

}  // namespace

void Draft::Read(std::string_view text) {
  Wipe();
  ReadRaw(text, &raw_);
  Folder(&folded_).Fold(raw_.text);
}

void Draft::Wipe() {
  constexpr size_t kRoomWorthKeeping = size_t{1} << 16;
  for (std::string* text : {&raw_.text, &folded_.text, &lowered_}) {
    Overwrite(text);
    text->clear();
    if (text->capacity() > kRoomWorthKeeping) text->shrink_to_fit();
  }
  raw_.map.Clear();
  folded_.map.Clear();
  sentences_.clear();
}

std::string_view Draft::lowered() const {
  if (lowered_.empty()) {
    lowered_ = raw_.text;
    Lower(&lowered_);
  }
  return lowered_;
}

const std::vector<Span>& Draft::sentences() const {
  if (sentences_.empty() && size() > 0) FindSentences();
  return sentences_;
}

// A sentence ends at a line break, or at closing punctuation (quotes and brackets included) before
// white space.
void Draft::FindSentences() const {
  const std::string_view text = raw_.text;
  uint32_t start = 0;
  uint32_t units = 0;
  size_t i = 0;
  auto end_here = [&] {
    if (units > start) sentences_.push_back({start, units});
    start = units;
  };
  while (i < text.size()) {
    const Decoded decoded = DecodeAt(text, i);
    i += decoded.size;
    units += Utf16Size(decoded.code_point);
    if (IsLineBreak(decoded.code_point)) {
      end_here();
      continue;
    }
    if (!EndsSentence(decoded.code_point)) continue;
    const size_t sign = i - decoded.size;
    bool dense = EndsDenseSentence(decoded.code_point);
    bool single = decoded.code_point == '.';
    while (i < text.size()) {
      const Decoded next = DecodeAt(text, i);
      if (!EndsSentence(next.code_point) && !ClosesQuote(next.code_point)) break;
      dense = dense || EndsDenseSentence(next.code_point);
      single = false;
      i += next.size;
      units += Utf16Size(next.code_point);
    }
    if (i >= text.size()) break;
    if (!dense && !Has(DecodeAt(text, i).code_point, kSpace)) continue;
    if (single && IsAbbreviation(text, sign)) continue;
    end_here();
  }
  units = size();
  end_here();
}

std::string FoldText(std::string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) < 0x80; });
  if (ascii) {  // rule sets hold thousands of plain phrases: no map for those
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
      if (IsAsciiSpace(static_cast<uint8_t>(c))) {
        if (out.empty() || out.back() != ' ') out.push_back(' ');
      } else {
        out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
      }
    }
    return out;
  }
  View view;
  Folder(&view).Fold(text);
  return std::move(view.text);
}

bool IsWordBoundary(std::string_view folded, size_t position) {
  if (position == 0 || position >= folded.size()) return true;
  const uint32_t before = DecodeBefore(folded, position).code_point;
  const uint32_t after = DecodeAt(folded, position).code_point;
  const uint8_t left = PropertiesOf(before);
  const uint8_t right = PropertiesOf(after);
  if ((left & kWord) != 0 && (right & kWord) != 0) {
    return (right & kMark) == 0 && ((left | right) & kDense) != 0;
  }
  // An apostrophe between letters joins them, unless a contraction follows.
  if ((left & kWord) != 0 && after == '\'') {
    return !IsWordAt(folded, position + 1) || IsContraction(folded, position + 1);
  }
  if (before == '\'' && (right & kWord) != 0) return !IsWordBefore(folded, position - 1);
  return true;
}

}  // namespace breath
