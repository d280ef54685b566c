// SPDX-License-Identifier: Apache-2.0
// Prefixes, cues and placeholders behind secret.h. Tested by tests/engine/secret_test.cc.
#include "wasm/match/secret.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "wasm/match/ascii.h"
#include "wasm/match/secret_shapes.h"

namespace breath {
namespace {

bool InAlphabet(char c, Alphabet alphabet) {
  switch (alphabet) {
    case Alphabet::kDigits:
      return IsDigit(c);
    case Alphabet::kHex:
      return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case Alphabet::kUpper:
      return IsUpper(c) || IsDigit(c);
    case Alphabet::kAlnum:
      return IsAlnum(c);
    case Alphabet::kBase64:
      return IsBase64(c);
    case Alphabet::kBase64Url:
      return IsBase64Url(c);
    case Alphabet::kAny:
      return !IsSpace(c);
  }
  return false;
}

// Shannon entropy in bits per byte of the value's own distribution.
double Entropy(std::string_view value) {
  std::array<uint32_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<uint8_t>(c)];
  double bits = 0;
  for (const uint32_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(value.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

bool AllOneCharacter(std::string_view value) {
  return value.find_first_not_of(value[0]) == std::string_view::npos;
}

// A dollar sign starts a variable when a name or a bracket follows: $TOKEN, $token, ${token},
// $(cmd).
bool IsVariable(std::string_view value) {
  if (value.size() > 1 && (value[1] == '{' || value[1] == '(')) return true;
  return std::all_of(value.begin() + 1, value.end(), [](char c) { return IsAlpha(c) || c == '_'; });
}

// ---- prefix
// --------------------------------------------------------------------------------------

// The places of one prefix, in order.
class Places {
 public:
  Places(std::string_view text, std::string_view prefix, const std::vector<uint32_t>* known)
      : text_(text), prefix_(prefix), known_(known) {}

  // The next one at `from` or later, which never falls, or npos.
  size_t Next(size_t from) {
    if (known_ == nullptr) return text_.find(prefix_, from);
    for (; next_ < known_->size(); ++next_) {
      const size_t at = (*known_)[next_];
      if (at >= from && text_.compare(at, prefix_.size(), prefix_) == 0) return at;
    }
    return std::string_view::npos;
  }

 private:
  std::string_view text_;
  std::string_view prefix_;
  const std::vector<uint32_t>* known_;
  size_t next_ = 0;
};

LeafResult FindPrefixed(std::string_view text, const SecretView& secret, const OffsetMap& map,
                        const std::vector<uint32_t>* known, uint32_t limit, SpanList* out) {
  const Alphabet alphabet =
      secret.alphabet == Alphabet::kAny ? Alphabet::kBase64Url : secret.alphabet;
  for (uint32_t i = 0; i < secret.prefixes.size(); ++i) {
    const std::string_view prefix = secret.prefixes[i];
    size_t next = 0;
    Places places(text, prefix, known);
    for (size_t at = places.Next(0); at != std::string_view::npos; at = places.Next(next)) {
      next = at + 1;
      if (at > 0 && IsAlnum(prefix[0]) &&
          (IsAlnum(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-')) {
        continue;
      }
      const size_t body = at + prefix.size();
      size_t end = body;
      while (end < text.size() && InAlphabet(text[end], alphabet)) ++end;
      next =
          std::max(next, end);  // what is glued to this token is part of it: one look at each byte
      // A longer token of another kind that merely starts alike.
      if (end < text.size() && (IsAlnum(text[end]) || text[end] == '_')) continue;
      while (end > body && text[end - 1] == '-') --end;  // "...-" at the end of a clause
      const std::string_view value = text.substr(body, end - body);
      if (value.size() < secret.min || value.size() > secret.max) continue;
      if (IsPlaceholder(value) || Entropy(value) < secret.entropy) continue;
      if (out->size() >= limit) return LeafResult::kTooManyMatches;
      out->push_back(map.ToSource(static_cast<uint32_t>(at), static_cast<uint32_t>(end)));
    }
  }
  return LeafResult::kDone;
}

// ---- after a cue
// ---------------------------------------------------------------------------------

enum class Joint : uint8_t { kWeak, kStrong };  // "password hunter2" against "password: hunter2"

struct Kinds {
  bool lower = false, upper = false, digit = false, sign = false;
  uint32_t turns = 0;  // changes between letter and digit
  uint32_t count() const {
    return uint32_t{lower} + uint32_t{upper} + uint32_t{digit} + uint32_t{sign};
  }
};
Kinds KindsOf(std::string_view value) {
  Kinds kinds;
  char before = 0;
  for (size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const char kind = IsDigit(c) ? 'd' : IsAlpha(c) ? 'a' : 's';
    if (kind == 'd') kinds.digit = true;
    if (IsLower(c)) kinds.lower = true;
    if (IsUpper(c)) kinds.upper = true;
    if (kind == 's' && i + 1 < value.size()) kinds.sign = true;
    if (before != 0 && kind != before && kind != 's' && before != 's') ++kinds.turns;
    before = kind;
  }
  return kinds;
}

// Words, hyphenated words, "and/or", dates, times, amounts, links and addresses are not passwords.
bool ReadsAsProse(std::string_view value) {
  bool only_letters = true;
  bool only_numbers = true;
  for (const char c : value) {
    if (!IsAlpha(c) && c != '-' && c != '\'' && c != '/' && c != '.' && c != ',' &&
        static_cast<uint8_t>(c) < 0x80) {
      only_letters = false;
    }
    if (!IsDigit(c) && c != '.' && c != ',' && c != ':' && c != '/' && c != '-' && c != '+' &&
        c != '%') {
      only_numbers = false;
    }
  }
  if (only_letters || only_numbers) return true;
  if (value.find("://") != std::string_view::npos || value.substr(0, 4) == "www.") return true;
  const size_t sign = value.find('@');
  return sign != std::string_view::npos && sign > 0 &&
         value.find('.', sign) != std::string_view::npos;
}

bool IsSecretValue(std::string_view value, const SecretView& secret, Joint joint) {
  if (value.size() < secret.min || value.size() > secret.max) return false;
  if (IsPlaceholder(value) || Entropy(value) < secret.entropy) return false;
  if (secret.alphabet != Alphabet::kAny) {
    for (const char c : value) {
      if (!InAlphabet(c, secret.alphabet)) return false;
    }
    return true;
  }
  if (ReadsAsProse(value)) return false;
  const Kinds kinds = KindsOf(value);
  const bool letters = kinds.lower || kinds.upper;
  if (joint == Joint::kStrong) return letters && (kinds.digit || kinds.sign);
  // With nothing but a space before it, a value must look like a password by itself.
  return value.size() >= 8 && (kinds.count() >= 3 || kinds.turns >= 3);
}

// Ends a value: white space, or quotes and punctuation around it.
std::string_view StripQuotes(std::string_view value) {
  static constexpr std::string_view kOpen = "\"'`([<";
  static constexpr std::string_view kClose = "\"'`)]>.,;:!?";
  while (!value.empty() && kOpen.find(value.front()) != std::string_view::npos) {
    // "<name>" stands for something: keep it so that it reads as a placeholder.
    if (value.front() == '<' && value.find('>') != std::string_view::npos) break;
    value.remove_prefix(1);
  }
  while (!value.empty() && kClose.find(value.back()) != std::string_view::npos &&
         value.front() != '<') {
    value.remove_suffix(1);
  }
  for (const std::string_view curly :
       {"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D"}) {
    if (value.substr(0, 3) == curly) value.remove_prefix(3);
    if (value.size() >= 3 && value.substr(value.size() - 3) == curly) value.remove_suffix(3);
  }
  return value;
}

size_t TokenEnd(std::string_view text, size_t at) {
  while (at < text.size() && !IsSpace(text[at])) ++at;
  return at;
}

// Reads the joint after a cue: up to three plain words before "is", "are", ":" or "=" ("password
// for staging is ...").
size_t ReadJoint(std::string_view text, size_t at, Joint* joint) {
  *joint = Joint::kWeak;
  size_t i = at;
  if (i < text.size() && (text[i] == '"' || text[i] == '\'')) ++i;  // "password": "..."
  for (uint32_t words = 0; words < 4; ++words) {
    i = SkipSpaces(text, i);
    for (const std::string_view sign : {":=", "=>", "->", ":", "="}) {
      if (text.substr(i, sign.size()) == sign) {
        *joint = Joint::kStrong;
        return SkipSpaces(text, i + sign.size());
      }
    }
    size_t end = i;
    while (end < text.size() && IsAlpha(text[end])) ++end;
    if (end == i ||
        (end < text.size() && !IsSpace(text[end]) && text[end] != ':' && text[end] != '='))
      break;
    const std::string word = Lowered(text.substr(i, end - i));
    i = end;
    if (word == "is" || word == "are" || word == "was" || word == "ist" || word == "lautet") {
      *joint = Joint::kStrong;
      i = SkipSpaces(text, i);
      if (i < text.size() && text[i] == ':') i = SkipSpaces(text, i + 1);
      return i;
    }
  }
  i = SkipSpaces(text, at);
  if (i < text.size() && text[i] == ',') i = SkipSpaces(text, i + 1);
  return i;
}

LeafResult FindAfterCue(std::string_view text, const SecretView& secret, const SpanList& cues,
                        const OffsetMap& map, uint32_t limit, SpanList* out) {
  for (const Span& cue : cues) {
    Joint joint = Joint::kWeak;
    size_t at = ReadJoint(text, map.FromSource(cue.end), &joint);
    // A user name may come first: "login: admin / hunter2x".
    for (uint32_t part = 0; part < 2 && at < text.size(); ++part) {
      const size_t end = TokenEnd(text, at);
      std::string_view token = StripQuotes(text.substr(at, end - at));
      if (!IsSecretValue(token, secret, joint) && token.find("://") == std::string_view::npos) {
        const size_t colon = token.find_last_of(":/=");
        if (colon != std::string_view::npos && colon > 0)
          token = StripQuotes(token.substr(colon + 1));
      }
      if (IsSecretValue(token, secret, joint)) {
        if (out->size() >= limit) return LeafResult::kTooManyMatches;
        const auto start = static_cast<uint32_t>(token.data() - text.data());
        out->push_back(map.ToSource(start, start + static_cast<uint32_t>(token.size())));
        break;
      }
      size_t next = SkipSpaces(text, end);
      if (next >= text.size() || (text[next] != '/' && text[next] != '|')) break;
      at = SkipSpaces(text, next + 1);
    }
  }
  Normalize(out);
  return LeafResult::kDone;
}

}  // namespace

bool AlphabetFromName(std::string_view name, Alphabet* alphabet) {
  static constexpr std::pair<std::string_view, Alphabet> kNames[] = {
      {"digits", Alphabet::kDigits}, {"hex", Alphabet::kHex},
      {"upper", Alphabet::kUpper},   {"alnum", Alphabet::kAlnum},
      {"base64", Alphabet::kBase64}, {"base64url", Alphabet::kBase64Url},
  };
  for (const auto& [known, value] : kNames) {
    if (known == name) {
      *alphabet = value;
      return true;
    }
  }
  return false;
}

bool SecretShapeFromName(std::string_view name, SecretShape* shape) {
  if (name == "jwt")
    *shape = SecretShape::kJwt;
  else if (name == "private-key")
    *shape = SecretShape::kPrivateKey;
  else if (name == "url-password")
    *shape = SecretShape::kUrlPassword;
  else
    return false;
  return true;
}

bool IsPlaceholder(std::string_view value) {
  if (value.empty() || AllOneCharacter(value)) return true;
  static constexpr std::string_view kOpen = "<%[{";
  static constexpr std::string_view kClose = ">%]}";
  const size_t bracket = kOpen.find(value[0]);
  if (bracket != std::string_view::npos &&
      value.find(kClose[bracket], 1) != std::string_view::npos) {
    return true;
  }
  if (value[0] == '$' && IsVariable(value)) return true;
  const std::string lowered = Lowered(value);
  for (const std::string_view word : {"example",
                                      "xxxx",
                                      "****",
                                      "your-",
                                      "your_",
                                      "yourtoken",
                                      "yourkey",
                                      "yourapi",
                                      "yourpass",
                                      "placeholder",
                                      "redacted",
                                      "dummy",
                                      "changeme",
                                      "....",
                                      "\xE2\x80\xA6",
                                      "insert",
                                      "replace_",
                                      "replace-",
                                      "abcdef0123456789",
                                      "0123456789abcdef",
                                      "1234567890abcdef"}) {
    if (lowered.find(word) != std::string::npos) return true;
  }
  return false;
}

LeafResult FindSecrets(const Draft& draft, const SecretView& secret, const SpanList& cues,
                       const std::vector<uint32_t>* places, uint32_t limit, SpanList* out) {
  const View& view = draft.raw();
  LeafResult result = LeafResult::kDone;
  switch (secret.shape) {
    case SecretShape::kPrefix:
      result = FindPrefixed(view.text, secret, view.map, places, limit, out);
      break;
    case SecretShape::kAfter:
      result = FindAfterCue(view.text, secret, cues, view.map, limit, out);
      break;
    default:
      result = FindShaped(view.text, secret.shape, view.map, limit, out);
  }
  return result;
}

}  // namespace breath
