// SPDX-License-Identifier: Apache-2.0
// Table look-ups behind unicode.h. Tested by tests/engine/text_test.cc.
#include "wasm/text/unicode.h"

#include <algorithm>

#include "wasm/text/unicode_tables.h"

namespace breath {
namespace {

inline uint8_t ByteAt(std::string_view text, size_t i) { return static_cast<uint8_t>(text[i]); }
inline bool IsTrail(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// Reads a column of unicode_tables.h: numbers in LEB128.
uint32_t ReadNumber(const uint8_t** column) {
  uint32_t value = 0;
  for (uint32_t shift = 0;; shift += 7) {
    const uint8_t byte = *(*column)++;
    value |= (byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
}

// The runs of unicode_tables.h laid out for look-up: two loads, then the text. Block 0 folds
// nothing.
struct FoldTable {
  FoldTable();
  uint16_t block[(tables::kLastCodePoint + 1) / tables::kFoldBlock] = {};
  uint16_t at[(tables::kFoldBlockCount + 1) * tables::kFoldBlock] = {};  // 0, or 1 + place in pool
  uint8_t pool[tables::kFoldPoolSize] = {};  // a length in bytes, then UTF-8
};

FoldTable::FoldTable() {
  static_assert(tables::kFoldPoolSize < 0xFFFF, "places are 16 bits");
  const uint8_t* gaps = tables::kFoldGaps;
  const uint8_t* shapes = tables::kFoldShapes;
  const uint8_t* shifts = tables::kFoldShifts;
  const uint8_t* texts = tables::kFoldTexts;
  uint32_t first = 0;
  uint16_t blocks = 0;
  uint32_t size = 0;
  const auto add = [this, &size](std::string_view text) {
    pool[size++] = static_cast<uint8_t>(text.size());
    for (const char c : text) pool[size++] = static_cast<uint8_t>(c);
  };
  for (uint32_t run = 0; run < tables::kFoldRunCount; ++run) {
    first += ReadNumber(&gaps);
    const uint32_t shape = ReadNumber(&shapes);
    const bool shifted = (shape & 2) == 0;
    const uint32_t zigzag = shifted ? ReadNumber(&shifts) : 0;
    const uint32_t shift = (zigzag >> 1) ^ (0 - (zigzag & 1));  // modulo 2^32
    uint32_t place = size;
    if (!shifted) {
      add({reinterpret_cast<const char*>(texts + 1), *texts});
      texts += 1 + *texts;
    }
    uint32_t code_point = first;
    for (uint32_t left = (shape >> 2) + 1; left > 0; --left) {
      if (shifted) {
        std::string text;
        AppendUtf8(code_point + shift, &text);
        place = size;
        add(text);
      }
      uint16_t& in_block = block[code_point / tables::kFoldBlock];
      if (in_block == 0) in_block = ++blocks;
      at[in_block * tables::kFoldBlock + code_point % tables::kFoldBlock] =
          static_cast<uint16_t>(place + 1);
      code_point += (shape & 1) + 1;
    }
  }
}

}  // namespace

Decoded DecodeAt(std::string_view text, size_t position) {
  const uint8_t lead = ByteAt(text, position);
  if (lead < 0x80) return {lead, 1, true};
  uint32_t need = 0;
  uint32_t code_point = 0;
  uint8_t low = 0x80;  // bounds of the second byte: they exclude overlong forms and surrogates
  uint8_t high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    need = 1;
    code_point = lead & 0x1FU;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    need = 2;
    code_point = lead & 0x0FU;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    need = 3;
    code_point = lead & 0x07U;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {kReplacementCharacter, 1, false};
  }
  for (uint32_t i = 1; i <= need; ++i) {
    if (position + i >= text.size()) return {kReplacementCharacter, i, false};
    const uint8_t byte = ByteAt(text, position + i);
    if (byte < low || byte > high) return {kReplacementCharacter, i, false};
    low = 0x80;
    high = 0xBF;
    code_point = (code_point << 6) | (byte & 0x3FU);
  }
  return {code_point, need + 1, true};
}

Decoded DecodeBefore(std::string_view text, size_t position) {
  size_t start = position - 1;
  while (start > 0 && position - start < 4 && IsTrail(ByteAt(text, start))) --start;
  return DecodeAt(text, start);
}

void AppendUtf8(uint32_t code_point, std::string* out) {
  if (code_point < 0x80) {
    out->push_back(static_cast<char>(code_point));
  } else if (code_point < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (code_point >> 6)));
    out->push_back(static_cast<char>(0x80 | (code_point & 0x3F)));
  } else if (code_point < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | (code_point >> 12)));
    out->push_back(static_cast<char>(0x80 | ((code_point >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (code_point & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xF0 | (code_point >> 18)));
    out->push_back(static_cast<char>(0x80 | ((code_point >> 12) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | ((code_point >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (code_point & 0x3F)));
  }
}

uint8_t PropertiesOf(uint32_t code_point) {
  // Above the tables lie ideographs (planes 2 and 3) and characters that are not letters.
  if (code_point > tables::kLastCodePoint) {
    return code_point <= 0x3FFFF ? static_cast<uint8_t>(kWord | kDense) : uint8_t{0};
  }
  return tables::kPropertyData[(tables::kPropertyIndex[code_point >> 7] << 7) | (code_point & 127)];
}

Folded Fold(uint32_t code_point) {
  if (code_point > tables::kLastCodePoint) {
    // Tag characters and variation selectors supplement: default ignorable.
    return {code_point >= 0xE0000 && code_point <= 0xE0FFF, {}};
  }
  // Laid out when the first draft needs it: a bundle in plain ASCII never does.
  static const FoldTable table;
  const uint16_t at = table.at[table.block[code_point / tables::kFoldBlock] * tables::kFoldBlock +
                               code_point % tables::kFoldBlock];
  if (at == 0) return {false, {}};
  const uint8_t* entry = table.pool + (at - 1);
  return {true, std::string_view(reinterpret_cast<const char*>(entry + 1), *entry)};
}

uint32_t Compose(uint32_t base, uint32_t mark) {
  // Hangul syllables by arithmetic: The Unicode Standard, section 3.12.
  if (base >= 0x1100 && base < 0x1113 && mark >= 0x1161 && mark < 0x1176) {
    return 0xAC00 + ((base - 0x1100) * 21 + (mark - 0x1161)) * 28;
  }
  if (base >= 0xAC00 && base < 0xD7A4 && (base - 0xAC00) % 28 == 0 && mark > 0x11A7 &&
      mark < 0x11C3) {
    return base + (mark - 0x11A7);
  }
  uint32_t low = 0;
  uint32_t high = tables::kCompositionCount;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    const uint32_t* row = tables::kCompositions + size_t{middle} * 3;
    if (row[0] == base && row[1] == mark) return row[2];
    if (row[0] < base || (row[0] == base && row[1] < mark)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 0;
}

}  // namespace breath
