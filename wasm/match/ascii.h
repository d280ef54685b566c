// SPDX-License-Identifier: Apache-2.0
// Classes of ASCII bytes, for leaves that read numbers and tokens byte by byte. Letters of other
// scripts are in wasm/text/unicode.h.
#ifndef BREATH_MATCH_ASCII_H_
#define BREATH_MATCH_ASCII_H_

#include <string>
#include <string_view>

namespace breath {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
inline bool IsAlnum(char c) { return IsDigit(c) || IsAlpha(c); }
inline bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
inline bool IsSpace(char c) { return c == ' ' || (c >= 9 && c <= 13); }
inline bool IsBase64(char c) { return IsAlnum(c) || c == '+' || c == '/' || c == '='; }
inline bool IsBase64Url(char c) { return IsAlnum(c) || c == '-' || c == '_'; }

inline size_t SkipSpaces(std::string_view text, size_t at) {
  while (at < text.size() && IsSpace(text[at])) ++at;
  return at;
}

inline std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (IsUpper(c)) c = static_cast<char>(c + 32);
  }
  return out;
}

}  // namespace breath

#endif  // BREATH_MATCH_ASCII_H_
