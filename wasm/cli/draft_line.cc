// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#include "wasm/cli/draft_line.h"

#include <math.h>
#include <stdlib.h>

#include <algorithm>
#include <utility>

#include "wasm/cli/answer.h"
#include "wasm/cli/byte_scan.h"
#include "wasm/cli/time_text.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr char kNotJson[] =
    "/: jsonl.json: this line is not JSON that can be read. Put one whole object on it.";
constexpr char kNoObject[] =
    "/: jsonl.type: this line is not an object, such as {\"id\":1,\"text\":\"...\"}.";
constexpr char kNoText[] = "/text: jsonl.type: there is no \"text\", or it is not a string.";
constexpr char kBadSite[] = "/site: jsonl.value: a site is a short name such as linkedin or x.";
constexpr char kBadSurface[] =
    "/surface: jsonl.value: this is one of post, reply, comment, message, article.";
constexpr char kBadAudience[] =
    "/audience: jsonl.value: this is one of external, internal, unknown.";
constexpr char kBadTime[] =
    "/at: jsonl.value: this is no time. Write it as \"2026-11-21\" or \"2026-11-21T09:00:00Z\", "
    "or in milliseconds since 1970.";
constexpr char kBadReply[] = "/reply: jsonl.value: this is true or false, without quotes.";
constexpr char kBadMedia[] = "/media: jsonl.value: this is true or false, without quotes.";
constexpr char kBadLang[] = "/lang: jsonl.value: this is a language tag such as en or pt-BR.";

constexpr std::string_view kSurfaces[] = {"post", "reply", "comment", "message", "article"};
constexpr std::string_view kAudiences[] = {"external", "internal", "unknown"};
constexpr std::string_view kMemberNames[] = {"id", "text",  "site",  "surface", "audience",
                                             "at", "reply", "media", "lang"};
constexpr double kMostSafeInteger = 9007199254740991.0;
// What a JavaScript Date can hold, in milliseconds.
constexpr double kMostTime = 8.64e15;

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsLanguageTag(std::string_view tag) {
  return !tag.empty() && tag.size() <= 35 &&
         std::all_of(tag.begin(), tag.end(), [](char c) { return IsLetterOrDigit(c) || c == '-'; });
}

// The nearest double, as JSON.parse reads it: infinite when it is too large, 0 when it is too
// small.
double ToDouble(std::string_view digits) { return strtod(std::string(digits).c_str(), nullptr); }

// Whether digits print as they are: a whole number that a double surely holds.
bool IsPlainInteger(std::string_view digits) {
  return digits.size() <= 15 && digits[0] != '-' &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    if (text.size() - i >= 8 && (LoadEight(text.data() + i) & kHighBits) == 0) {
      i += 8;
      continue;
    }
    const Decoded decoded = DecodeAt(text, i);
    if (!decoded.valid) return false;
    i += decoded.size;
  }
  return true;
}

// Malformed bytes become U+FFFD, as TextDecoder makes them.
void Sanitize(std::string_view text, std::string* out) {
  out->clear();
  for (size_t i = 0; i < text.size();) {
    const Decoded decoded = DecodeAt(text, i);
    AppendUtf8(decoded.code_point, out);
    i += decoded.size;
  }
}

}  // namespace

bool IsSiteName(std::string_view name) {
  return !name.empty() && name.size() <= 100 && IsLetterOrDigit(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return IsLetterOrDigit(c) || c == '.' || c == '-'; });
}

LineReader::Member LineReader::MemberNamed(std::string_view key) {
  for (int i = 0; i < kMembers; ++i) {
    if (key == kMemberNames[i]) return static_cast<Member>(i);
  }
  return kMembers;
}

const char* LineReader::ReadMembers(std::string_view json) {
  for (Value& value : values_) value = Value();
  JsonCursor cursor(json);
  cursor.SkipSpace();
  if (!cursor.Next('{')) {
    Value whole;
    const bool taken = cursor.TakeValue(0, &whole.kind, &whole.raw);
    cursor.SkipSpace();
    return taken && cursor.AtEnd() ? kNoObject : kNotJson;
  }
  cursor.Take('{');
  cursor.SkipSpace();
  bool more = !cursor.Take('}');
  while (more) {
    JsonString key;
    cursor.SkipSpace();
    if (!cursor.TakeString(&key)) return kNotJson;
    std::string_view name = key.raw;
    if (key.escaped) {
      key_.clear();
      AppendUnescaped(key.raw, &key_);
      name = key_;
    }
    cursor.SkipSpace();
    if (!cursor.Take(':')) return kNotJson;
    cursor.SkipSpace();
    Value value;
    if (cursor.Next('"')) {
      JsonString string;
      if (!cursor.TakeString(&string)) return kNotJson;
      value = {JsonKind::kString, string.raw, string.escaped};
    } else if (!cursor.TakeValue(1, &value.kind, &value.raw)) {
      return kNotJson;
    }
    const Member member = MemberNamed(name);
    // Of members with the same name the last one counts, as in JSON.parse.
    if (member != kMembers) values_[member] = value;
    cursor.SkipSpace();
    more = cursor.Take(',');
    if (!more && !cursor.Take('}')) return kNotJson;
  }
  cursor.SkipSpace();
  return cursor.AtEnd() ? nullptr : kNotJson;
}

std::string_view LineReader::Text(const Value& value, std::string* room, bool* lone) {
  *lone = false;
  if (!value.escaped) return value.raw;
  room->clear();
  *lone = AppendUnescaped(value.raw, room);
  return *room;
}

bool LineReader::Choose(const Value& value, const std::string_view* choices, size_t count,
                        std::string* out) {
  if (value.kind != JsonKind::kString) return false;
  bool lone = false;
  const std::string_view text = Text(value, &word_, &lone);
  if (std::find(choices, choices + count, text) == choices + count) return false;
  *out = text;
  return true;
}

bool LineReader::ReadTime(const Value& value) {
  if (value.kind == JsonKind::kString) {
    bool lone = false;
    return ParseTime(Text(value, &word_, &lone), &context_.at);
  }
  if (value.kind != JsonKind::kNumber) return false;
  const double time = ToDouble(value.raw);
  if (!(fabs(time) <= kMostTime)) return false;
  context_.at = static_cast<int64_t>(floor(time / 1000));
  return true;
}

const char* LineReader::ReadContext() {
  const bool says_nothing = std::all_of(values_ + kSite, values_ + kMembers,
                                        [](const Value& v) { return v.kind == JsonKind::kAbsent; });
  if (says_nothing && context_is_base_) return nullptr;
  context_ = base_;
  context_is_base_ = says_nothing;
  if (says_nothing) return nullptr;
  const auto given = [this](Member member) { return values_[member].kind != JsonKind::kAbsent; };
  bool lone = false;
  if (given(kSite)) {
    const std::string_view site = Text(values_[kSite], &word_, &lone);
    if (values_[kSite].kind != JsonKind::kString || !IsSiteName(site)) return kBadSite;
    context_.site = site;
  }
  if (given(kSurface) && !Choose(values_[kSurface], kSurfaces, 5, &context_.surface)) {
    return kBadSurface;
  }
  if (given(kAudience) && !Choose(values_[kAudience], kAudiences, 3, &context_.audience)) {
    return kBadAudience;
  }
  if (given(kAt) && !ReadTime(values_[kAt])) return kBadTime;
  const auto read_flag = [this, &given](Member member, bool* out) {
    if (!given(member)) return true;
    const JsonKind kind = values_[member].kind;
    *out = kind == JsonKind::kTrue;
    return kind == JsonKind::kTrue || kind == JsonKind::kFalse;
  };
  if (!read_flag(kReply, &context_.reply)) return kBadReply;
  if (!read_flag(kMedia, &context_.media)) return kBadMedia;
  if (given(kLang)) {
    const std::string_view lang = Text(values_[kLang], &word_, &lone);
    if (values_[kLang].kind != JsonKind::kString || !IsLanguageTag(lang)) return kBadLang;
    context_.lang = lang;
  }
  return nullptr;
}

std::string_view LineReader::PrintedId() {
  const Value& id = values_[kId];
  if (id.kind == JsonKind::kAbsent || id.kind == JsonKind::kNull) return {};
  if (id.kind == JsonKind::kString) {
    bool lone = false;
    const std::string_view text = Text(id, &word_, &lone);
    id_.clear();
    AppendJsonString(text, &id_);
    return id_;
  }
  if (id.kind != JsonKind::kNumber || IsPlainInteger(id.raw)) return id.raw;
  const double number = ToDouble(id.raw);
  // Digits that a double cannot hold, as in the ids of some sites, come back as they were written.
  if (!(fabs(number) <= kMostSafeInteger) || floor(number) != number) return id.raw;
  id_ = std::to_string(static_cast<int64_t>(number));
  return id_;
}

const char* LineReader::Read(std::string_view line, DraftLine* out) {
  std::string_view json = line;
  if (!IsAscii(line) && !IsUtf8(line)) {
    Sanitize(line, &sanitized_);
    json = sanitized_;
  }
  if (const char* fault = ReadMembers(json); fault != nullptr) return fault;
  if (values_[kText].kind != JsonKind::kString) return kNoText;
  if (const char* fault = ReadContext(); fault != nullptr) return fault;
  out->id = PrintedId();
  out->text = Text(values_[kText], &text_, &out->has_lone_surrogates);
  return nullptr;
}

}  // namespace breath
