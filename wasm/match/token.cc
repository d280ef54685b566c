// SPDX-License-Identifier: Apache-2.0
// Token readers behind token.h. Tested by tests/engine/match_test.cc.
#include "wasm/match/token.h"

#include <algorithm>

#include "wasm/text/unicode.h"

namespace breath {
namespace {

bool IsHostByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         static_cast<uint8_t>(c) >= 0x80;
}

bool IsOneOf(const StringList& sorted, std::string_view wanted) {
  uint32_t low = 0;
  uint32_t high = sorted.size();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (sorted[middle] < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low < sorted.size() && sorted[low] == wanted;
}

// Whether a host is one of `hosts` or below one: each ending of it that begins a label is looked
// up.
bool IsAtOrBelow(std::string_view host, const StringList& hosts) {
  while (true) {
    if (IsOneOf(hosts, host)) return true;
    const size_t dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
}

// The end of a link that starts before `at`: white space, or the punctuation that closes a sentence
// around it.
size_t LinkEnd(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] != ' ' && text[end] != '"' && text[end] != '<' &&
         text[end] != '>')
    ++end;
  while (end > at && std::string_view(".,;:!?)]}'*").find(text[end - 1]) != std::string_view::npos)
    --end;
  return end;
}

struct Host {
  size_t start = 0;  // of the whole link, scheme included
  size_t host = 0;
  size_t end = 0;  // of the host
  bool written_as_link = false;
};

// The host name around byte `at` of the folded text, which must be its first byte.
Host ReadHost(std::string_view text, size_t at) {
  Host found;
  found.start = found.host = at;
  found.end = at;
  while (found.end < text.size() && IsHostByte(text[found.end])) ++found.end;
  while (found.end > at && (text[found.end - 1] == '.' || text[found.end - 1] == '-')) --found.end;
  if (at >= 3 && text.substr(at - 3, 3) == "://") {
    size_t scheme = at - 3;
    while (scheme > 0 && text[scheme - 1] >= 'a' && text[scheme - 1] <= 'z') --scheme;
    found.start = scheme;
    found.written_as_link = scheme < at - 3;
  } else if (text.substr(at, found.end - at).substr(0, 4) == "www.") {
    found.written_as_link = true;
  }
  return found;
}

}  // namespace

std::string NormalizeHost(std::string_view host) {
  std::string folded = FoldText(host);
  std::string_view text = folded;
  const size_t scheme = text.find("://");
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  if (text.substr(0, 2) == "*.") text.remove_prefix(2);
  size_t end = 0;
  while (end < text.size() && IsHostByte(text[end])) ++end;
  text = text.substr(0, end);
  while (!text.empty() && text.front() == '.') text.remove_prefix(1);
  while (!text.empty() && text.back() == '.') text.remove_suffix(1);
  return std::string(text);
}

LeafResult FindLinks(const Draft& draft, bool any, const StringList& hosts, uint32_t limit,
                     SpanList* out) {
  const View& view = draft.folded();
  const std::string_view text = view.text;
  size_t i = 0;
  while (i < text.size()) {
    if (!IsHostByte(text[i]) || text[i] == '.' || text[i] == '-') {
      ++i;
      continue;
    }
    const Host found = ReadHost(text, i);
    const std::string_view host = text.substr(found.host, found.end - found.host);
    bool wanted = any && found.written_as_link;
    // "name@corp.example" is an address; "user@host" inside a link is not told apart from it.
    const bool after_sign = i > 0 && text[i - 1] == '@';
    if (!wanted && (!after_sign || found.written_as_link)) wanted = IsAtOrBelow(host, hosts);
    if (!wanted) {
      i = std::max(found.end, i + 1);
      continue;
    }
    size_t end = found.end;
    if (found.written_as_link || (end < text.size() && (text[end] == '/' || text[end] == ':'))) {
      end = std::max(end, LinkEnd(text, found.end));
    }
    if (out->size() >= limit) return LeafResult::kTooManyMatches;
    out->push_back(
        view.map.ToSource(static_cast<uint32_t>(found.start), static_cast<uint32_t>(end)));
    i = end;
  }
  return LeafResult::kDone;
}

LeafResult FindMentions(const Draft& draft, uint32_t limit, SpanList* out) {
  const View& view = draft.folded();
  const std::string_view text = view.text;
  for (size_t sign = text.find('@'); sign != std::string_view::npos;
       sign = text.find('@', sign + 1)) {
    if (sign > 0) {
      const uint32_t before = DecodeBefore(text, sign).code_point;
      if (Has(before, kWord) || before == '.' || before == '/' || before == '-') continue;
    }
    size_t end = sign + 1;
    while (end < text.size()) {
      const Decoded decoded = DecodeAt(text, end);
      if (!Has(decoded.code_point, kWord) && decoded.code_point != '-') break;
      end += decoded.size;
    }
    while (end > sign + 1 && text[end - 1] == '-') --end;
    if (end == sign + 1) continue;
    if (out->size() >= limit) return LeafResult::kTooManyMatches;
    out->push_back(view.map.ToSource(static_cast<uint32_t>(sign), static_cast<uint32_t>(end)));
  }
  return LeafResult::kDone;
}

LeafResult FindShouting(const Draft& draft, uint32_t words, uint32_t limit, SpanList* out) {
  const View& view = draft.raw();
  const std::string_view text = view.text;
  uint32_t in_run = 0;
  size_t run_start = 0;
  size_t run_end = 0;
  bool full = false;
  auto close_run = [&] {
    if (in_run >= words) {
      if (out->size() >= limit) {
        full = true;
      } else {
        out->push_back(
            view.map.ToSource(static_cast<uint32_t>(run_start), static_cast<uint32_t>(run_end)));
      }
    }
    in_run = 0;
  };
  size_t i = 0;
  while (i < text.size() && !full) {
    const Decoded decoded = DecodeAt(text, i);
    if (!Has(decoded.code_point, kWord)) {
      i += decoded.size;
      continue;
    }
    const size_t start = i;
    uint32_t upper = 0;
    uint32_t other = 0;
    size_t end = i;  // after the last letter: a closing quote is not part of the word
    while (i < text.size()) {
      const Decoded next = DecodeAt(text, i);
      const uint8_t properties = PropertiesOf(next.code_point);
      const bool apostrophe = next.code_point == '\'' || next.code_point == 0x2019;
      if ((properties & kWord) == 0 && !apostrophe) break;
      if ((properties & kUpper) != 0)
        ++upper;
      else if ((properties & (kDigit | kMark)) == 0 && !apostrophe)
        ++other;
      i += next.size;
      if (!apostrophe) end = i;
    }
    if (other > 0) {
      close_run();
    } else if (upper >= 2) {
      if (in_run++ == 0) run_start = start;
      run_end = end;
    }
  }
  close_run();
  return full ? LeafResult::kTooManyMatches : LeafResult::kDone;
}

}  // namespace breath
