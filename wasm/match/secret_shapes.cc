// SPDX-License-Identifier: Apache-2.0
// Readers behind secret_shapes.h. Tested by tests/engine/secret_test.cc.
#include "wasm/match/secret_shapes.h"

#include <algorithm>
#include <string>

#include "wasm/match/ascii.h"

namespace breath {
namespace {

// --------------------------------------------------------------------------------

std::string DecodeBase64Url(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  uint32_t held = 0;
  for (const char c : text) {
    uint32_t value = 0;
    if (IsUpper(c))
      value = static_cast<uint32_t>(c - 'A');
    else if (IsLower(c))
      value = static_cast<uint32_t>(c - 'a') + 26;
    else if (IsDigit(c))
      value = static_cast<uint32_t>(c - '0') + 52;
    else if (c == '-' || c == '+')
      value = 62;
    else if (c == '_' || c == '/')
      value = 63;
    else
      break;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<char>((bits >> held) & 0xFF));
    }
  }
  return out;
}

// RFC 7519: three base64url parts, the first a JSON object that names its algorithm.
size_t JwtEnd(std::string_view text, size_t at) {
  if (at > 0 && (IsAlnum(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-')) return 0;
  size_t parts[4] = {at, 0, 0, 0};
  size_t i = at;
  for (int part = 0; part < 3; ++part) {
    parts[part] = i;
    while (i < text.size() && IsBase64Url(text[i])) ++i;
    if (i - parts[part] < 8) return 0;
    if (part < 2) {
      if (i >= text.size() || text[i] != '.') return 0;
      ++i;
    }
  }
  const std::string header = DecodeBase64Url(text.substr(parts[0], parts[1] - 1 - parts[0]));
  if (header.empty() || header[0] != '{' || header.find("\"alg\"") == std::string::npos) return 0;
  return i;
}

// RFC 7468 and the OpenSSH and PuTTY forms: a private-key header with key material after it.
size_t PrivateKeyEnd(std::string_view text, size_t at) {
  size_t i = at;
  while (i < text.size() && text[i] == '-') ++i;
  if (i - at < 4) return 0;
  i = SkipSpaces(text, i);
  if (text.substr(i, 5) != "BEGIN") return 0;
  const size_t dashes = text.find("--", i);
  if (dashes == std::string_view::npos || dashes - i > 60) return 0;
  if (text.substr(i, dashes - i).find("PRIVATE KEY") == std::string_view::npos) return 0;
  size_t body = dashes;
  while (body < text.size() && text[body] == '-') ++body;
  size_t material = 0;
  size_t end = body;
  for (size_t j = body; j < text.size(); ++j) {
    const char c = text[j];
    if (IsBase64(c)) {
      ++material;
      end = j + 1;
      continue;
    }
    // White space, escapes and header lines may stand between; dashes after material are the
    // footer.
    const bool between =
        IsSpace(c) || c == '\\' || c == ':' || c == ',' || (c == '-' && material == 0);
    if (!between) break;
  }
  const std::string_view key = text.substr(body, end - body);
  if (material < 16 || key.find("...") != std::string_view::npos) return 0;
  size_t longest = 0;
  size_t run = 0;
  for (const char c : key) {
    run = IsBase64(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest >= 16 ? end : 0;
}

// RFC 3986: scheme://user:password@host. Returns the end of the authority.
size_t UrlPasswordEnd(std::string_view text, size_t colon, size_t* start) {
  size_t scheme = colon;
  while (scheme > 0 && (IsAlnum(text[scheme - 1]) || text[scheme - 1] == '+')) --scheme;
  if (scheme == colon || !IsAlpha(text[scheme])) return 0;
  const size_t user = colon + 3;
  size_t sign = std::string_view::npos;
  size_t end = user;
  while (end < text.size() && !IsSpace(text[end]) && text[end] != '/' && text[end] != '"' &&
         text[end] != '\'' && text[end] != '?') {
    if (text[end] == '@') sign = end;
    ++end;
  }
  if (sign == std::string_view::npos || sign + 1 >= end || !IsAlnum(text[sign + 1])) return 0;
  const size_t split = text.substr(user, sign - user).find(':');
  if (split == std::string_view::npos) return 0;
  const std::string_view password = text.substr(user + split + 1, sign - user - split - 1);
  if (password.size() < 3 || IsPlaceholder(password)) return 0;
  const std::string lowered = Lowered(password);
  for (const std::string_view word :
       {"password", "passwd", "passwort", "pass", "pwd", "secret", "token", "user"}) {
    if (lowered == word) return 0;
  }
  *start = scheme;
  while (end > sign && (text[end - 1] == '.' || text[end - 1] == ',' || text[end - 1] == ')'))
    --end;
  return end;
}

}  // namespace

LeafResult FindShaped(std::string_view text, SecretShape shape, const OffsetMap& map,
                      uint32_t limit, SpanList* out) {
  const std::string_view trigger = shape == SecretShape::kJwt          ? "eyJ"
                                   : shape == SecretShape::kPrivateKey ? "----"
                                                                       : "://";
  size_t at = text.find(trigger);
  while (at != std::string_view::npos) {
    size_t start = at;
    size_t end = 0;
    if (shape == SecretShape::kJwt) {
      end = JwtEnd(text, at);
    } else if (shape == SecretShape::kPrivateKey) {
      end = PrivateKeyEnd(text, at);
    } else {
      end = UrlPasswordEnd(text, at, &start);
    }
    size_t next = at + 1;
    if (end != 0) {
      if (out->size() >= limit) return LeafResult::kTooManyMatches;
      out->push_back(map.ToSource(static_cast<uint32_t>(start), static_cast<uint32_t>(end)));
      next = end;
    } else if (shape == SecretShape::kPrivateKey) {
      while (next < text.size() && text[next] == '-') ++next;  // one try for a row of dashes
    }
    at = text.find(trigger, next);
  }
  return LeafResult::kDone;
}

}  // namespace breath
