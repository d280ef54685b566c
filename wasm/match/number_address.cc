// SPDX-License-Identifier: Apache-2.0
// Internet addresses: those that lead to a machine somewhere. Left out are addresses that mean
// "this machine", "any machine" or "an example" (RFC 6890, RFC 5737, RFC 3849, RFC 9637), multicast
// and masks, and version and section numbers. Tested by tests/engine/number_test.cc.
#include <array>

#include "wasm/match/ascii.h"
#include "wasm/match/number_shapes.h"

namespace breath {
namespace {

using Groups = std::array<uint32_t, 8>;

// Reads four numbers of 0 to 255 without leading zeros; `end` is set behind them.
bool ReadV4(std::string_view text, size_t at, std::array<uint32_t, 4>* parts, size_t* end) {
  size_t i = at;
  for (uint32_t part = 0; part < 4; ++part) {
    if (part > 0 && (i >= text.size() || text[i++] != '.')) return false;
    const size_t start = i;
    uint32_t value = 0;
    while (i < text.size() && IsDigit(text[i]) && i - start < 4) {
      value = value * 10 + static_cast<uint32_t>(text[i++] - '0');
    }
    const size_t digits = i - start;
    if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text[start] == '0'))
      return false;
    (*parts)[part] = value;
  }
  *end = i;
  return true;
}

bool LeadsSomewhere(const std::array<uint32_t, 4>& v4) {
  if (v4[0] == 0 || v4[0] == 127 || v4[0] >= 224) return false;
  const uint32_t net = (v4[0] << 16) | (v4[1] << 8) | v4[2];
  return net != 0xC00002 && net != 0xC63364 && net != 0xCB0071;
}

bool LeadsSomewhere(const Groups& v6) {
  bool low = true;  // ::/96, where the last two groups are an IPv4 address, or nothing
  for (uint32_t i = 0; i < 5; ++i) low = low && v6[i] == 0;
  if (low && (v6[5] == 0 || v6[5] == 0xFFFF)) {
    return LeadsSomewhere(
        std::array<uint32_t, 4>{v6[6] >> 8, v6[6] & 255, v6[7] >> 8, v6[7] & 255});
  }
  if (v6[0] == 0x2001 && v6[1] == 0xDB8) return false;
  if (v6[0] == 0x3FFF && v6[1] < 0x1000) return false;
  return v6[0] < 0xFF00;
}

// "version 10.2.0.4", "section 1.2.3.4", "v1.2.3.4"
bool IsCountedBefore(std::string_view text, size_t at) {
  size_t end = at;
  while (end > 0 && (IsSpace(text[end - 1]) || text[end - 1] == '.' || text[end - 1] == ':')) --end;
  size_t start = end;
  while (start > 0 && IsAlpha(text[start - 1])) --start;
  const std::string word = Lowered(text.substr(start, end - start));
  for (const std::string_view known :
       {"v", "ver", "version", "release", "build", "firmware", "driver", "section", "chapter",
        "clause", "article", "paragraph", "step"}) {
    if (word == known) return true;
  }
  return false;
}

NumberFound V4At(std::string_view text, size_t at) {
  std::array<uint32_t, 4> parts = {};
  size_t end = 0;
  if (!ReadV4(text, at, &parts, &end) || !LeadsSomewhere(parts)) return {};
  if (at > 0 && std::string_view(".-+").find(text[at - 1]) != std::string_view::npos) return {};
  if (IsWordAtByte(text, end)) return {};
  if (end + 1 < text.size() && IsAlnum(text[end + 1]) && (text[end] == '.' || text[end] == '-')) {
    return {};
  }
  if (IsCountedBefore(text, at)) return {};
  return {at, end};
}

// RFC 4291, section 2.2. Without a digit it could be a name of code ("Abc::Def"), and a short first
// group before "::" a ratio or a time.
NumberFound V6At(std::string_view text, size_t at) {
  Groups groups = {};
  uint32_t count = 0;
  uint32_t gap = 8;  // where "::" stands
  bool digit = false;
  size_t i = at;
  size_t first_size = 0;
  if (text.substr(i, 2) == "::") {
    gap = 0;
    i += 2;
  }
  size_t end = i;
  while (count < 8 && i < text.size() && IsHex(text[i])) {
    std::array<uint32_t, 4> v4 = {};
    size_t v4_end = 0;
    if (count <= 6 && ReadV4(text, i, &v4, &v4_end)) {
      groups[count++] = (v4[0] << 8) | v4[1];
      groups[count++] = (v4[2] << 8) | v4[3];
      digit = true;
      end = v4_end;
      break;
    }
    uint32_t value = 0;
    const size_t start = i;
    while (i < text.size() && IsHex(text[i]) && i - start < 5) {
      digit = digit || IsDigit(text[i]);
      const char c = IsUpper(text[i]) ? static_cast<char>(text[i] + 32) : text[i];
      value = value * 16 + static_cast<uint32_t>(IsDigit(c) ? c - '0' : c - 'a' + 10);
      ++i;
    }
    if (i - start > 4) return {};
    if (count == 0) first_size = i - start;
    groups[count++] = value;
    end = i;
    if (text.substr(i, 2) == "::") {
      if (gap != 8) return {};
      gap = count;
      end = i += 2;
    } else if (i + 1 < text.size() && text[i] == ':' && IsHex(text[i + 1]) && count < 8) {
      ++i;
    } else {
      break;
    }
  }
  if (gap == 8 ? count != 8 : count > 7) return {};
  if (!digit || count == 0 || (gap != 0 && gap != 8 && first_size < 2)) return {};
  if (IsWordAtByte(text, end) || (end < text.size() && text[end] == ':' && end + 1 < text.size() &&
                                  (IsAlnum(text[end + 1]) || text[end + 1] == ':'))) {
    return {};
  }
  if (end + 1 < text.size() && text[end] == '.' && IsAlnum(text[end + 1])) return {};
  if (gap != 8) {
    const uint32_t tail = count - gap;
    for (uint32_t k = 0; k < tail; ++k) groups[7 - k] = groups[count - 1 - k];
    for (uint32_t k = gap; k < 8 - tail; ++k) groups[k] = 0;
  }
  return LeadsSomewhere(groups) ? NumberFound{at, end} : NumberFound{};
}

}  // namespace

NumberFound IpAt(std::string_view text, size_t at) {
  if (IsWordBeforeByte(text, at)) return {};
  // Behind a colon it may be the rest of an address that was looked at already; "IP:10.0.0.1" is
  // new.
  const bool rest = at > 1 && text[at - 1] == ':' && (text[at - 2] == ':' || IsHex(text[at - 2]));
  if (rest && (text[at - 2] == ':' || IsDigit(text[at - 2]))) return {};
  if (IsDigit(text[at])) {
    const NumberFound v4 = V4At(text, at);
    if (v4.end != 0) return v4;
  }
  return rest ? NumberFound{} : V6At(text, at);
}

}  // namespace breath
