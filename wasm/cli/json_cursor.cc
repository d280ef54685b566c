// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#include "wasm/cli/json_cursor.h"

#include "wasm/cli/byte_scan.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// -1 when it is no hexadecimal digit.
int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

uint32_t HexQuad(const char* digits) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; ++i) unit = unit << 4 | static_cast<uint32_t>(HexValue(digits[i]));
  return unit;
}

void AppendSurrogate(uint32_t unit, std::string* out) {
  out->push_back(static_cast<char>(0xE0 | unit >> 12));
  out->push_back(static_cast<char>(0x80 | (unit >> 6 & 0x3F)));
  out->push_back(static_cast<char>(0x80 | (unit & 0x3F)));
}

}  // namespace

void JsonCursor::SkipSpace() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) ++at_;
}

bool JsonCursor::TakeString(JsonString* out) {
  if (!Take('"')) return false;
  const char* start = at_;
  out->escaped = false;
  for (;;) {
    at_ = FindSpecial(at_, end_);
    if (at_ == end_) return false;
    if (*at_ == '"') break;
    if (*at_ != '\\' || end_ - at_ < 2) return false;
    out->escaped = true;
    const char kind = at_[1];
    at_ += 2;
    if (kind == 'u') {
      if (end_ - at_ < 4) return false;
      for (int i = 0; i < 4; ++i) {
        if (HexValue(at_[i]) < 0) return false;
      }
      at_ += 4;
    } else if (std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos) {
      return false;
    }
  }
  out->raw = std::string_view(start, static_cast<size_t>(at_ - start));
  ++at_;
  return true;
}

bool JsonCursor::TakeDigits() {
  const char* start = at_;
  while (at_ != end_ && IsDigit(*at_)) ++at_;
  return at_ != start;
}

bool JsonCursor::TakeNumber() {
  Take('-');
  if (!Take('0') && !TakeDigits()) return false;
  if (Take('.') && !TakeDigits()) return false;
  if (Take('e') || Take('E')) {
    if (!Take('+')) Take('-');
    return TakeDigits();
  }
  return true;
}

bool JsonCursor::TakeWord(std::string_view word) {
  if (std::string_view(at_, static_cast<size_t>(end_ - at_)).substr(0, word.size()) != word) {
    return false;
  }
  at_ += word.size();
  return true;
}

bool JsonCursor::TakeScalar(JsonKind* kind) {
  if (at_ == end_) return false;
  JsonString string;
  switch (*at_) {
    case '"':
      *kind = JsonKind::kString;
      return TakeString(&string);
    case 't':
      *kind = JsonKind::kTrue;
      return TakeWord("true");
    case 'f':
      *kind = JsonKind::kFalse;
      return TakeWord("false");
    case 'n':
      *kind = JsonKind::kNull;
      return TakeWord("null");
    default:
      *kind = JsonKind::kNumber;
      return TakeNumber();
  }
}

bool JsonCursor::TakeKey() {
  JsonString key;
  SkipSpace();
  if (!TakeString(&key)) return false;
  SkipSpace();
  return Take(':');
}

bool JsonCursor::FollowValue(std::string* open) {
  while (!open->empty()) {
    const bool object = open->back() == '{';
    SkipSpace();
    if (Take(',')) return !object || TakeKey();
    if (!Take(object ? '}' : ']')) return false;
    open->pop_back();
  }
  return true;
}

bool JsonCursor::TakeValue(size_t depth, JsonKind* kind, std::string_view* raw) {
  const char* start = at_;
  if (!Next('{') && !Next('[')) {
    const bool taken = TakeScalar(kind);
    *raw = std::string_view(start, static_cast<size_t>(at_ - start));
    return taken;
  }
  std::string open;  // a brace or bracket for each that is open, innermost last
  do {
    SkipSpace();
    if (Next('{') || Next('[')) {
      const char bracket = *at_++;
      open.push_back(bracket);
      if (depth + open.size() > kMostJsonDepth) return false;
      SkipSpace();
      if (!Next(bracket == '{' ? '}' : ']')) {
        if (bracket == '{' && !TakeKey()) return false;
        continue;
      }
      ++at_;
      open.pop_back();
    } else if (JsonKind inner; !TakeScalar(&inner)) {
      return false;
    }
    if (!FollowValue(&open)) return false;
  } while (!open.empty());
  *kind = JsonKind::kOther;
  *raw = std::string_view(start, static_cast<size_t>(at_ - start));
  return true;
}

bool AppendUnescaped(std::string_view raw, std::string* out) {
  bool lone = false;
  const char* at = raw.data();
  const char* end = at + raw.size();
  while (at != end) {
    const void* found = memchr(at, '\\', static_cast<size_t>(end - at));
    const char* escape = found == nullptr ? end : static_cast<const char*>(found);
    out->append(at, static_cast<size_t>(escape - at));
    if (escape == end) break;
    at = escape + 2;
    switch (escape[1]) {
      case 'b':
        out->push_back('\b');
        break;
      case 'f':
        out->push_back('\f');
        break;
      case 'n':
        out->push_back('\n');
        break;
      case 'r':
        out->push_back('\r');
        break;
      case 't':
        out->push_back('\t');
        break;
      case 'u': {
        const uint32_t unit = HexQuad(at);
        at += 4;
        const bool high = unit >= 0xD800 && unit < 0xDC00;
        const uint32_t next =
            high && end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? HexQuad(at + 2) : 0;
        if (next >= 0xDC00 && next < 0xE000) {
          AppendUtf8(0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00), out);
          at += 6;
        } else if (unit >= 0xD800 && unit < 0xE000) {
          AppendSurrogate(unit, out);
          lone = true;
        } else {
          AppendUtf8(unit, out);
        }
        break;
      }
      default:
        out->push_back(escape[1]);
    }
  }
  return lone;
}

}  // namespace breath
