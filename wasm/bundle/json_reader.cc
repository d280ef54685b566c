// SPDX-License-Identifier: Apache-2.0
// Typed access behind json_reader.h. Tested by tests/engine/bundle_test.cc.
#include "wasm/bundle/json_reader.h"

#include <algorithm>

#include "wasm/bundle/limits.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

std::string Quoted(std::initializer_list<std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

// Days from 1970-01-01 of a proleptic Gregorian date:
// howardhinnant.github.io/date_algorithms.html#days_from_civil
int64_t DaysFromCivil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

int64_t DaysInMonth(int64_t year, int64_t month) {
  static constexpr int64_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

bool JsonReader::Fail(std::string_view id, std::string pointer, std::string message) {
  if (error_->id.empty()) *error_ = {std::string(id), std::move(pointer), std::move(message)};
  return false;
}

bool JsonReader::Object(const json& value, const std::string& at,
                        std::initializer_list<std::string_view> members) {
  if (!value.is_object()) return Fail("bundle.type", at, "This must be an object.");
  for (auto it = value.begin(); it != value.end(); ++it) {
    if (std::find(members.begin(), members.end(), it.key()) == members.end()) {
      return Fail("bundle.unknown-member", Below(at, it.key()),
                  "This member is not part of the format. Known here: " + Quoted(members) + ".");
    }
  }
  return true;
}

const JsonReader::json* JsonReader::Member(const json& object, const std::string& at,
                                           std::string_view name, bool required) {
  const auto it = object.find(std::string(name));
  if (it != object.end()) return &*it;
  if (required) {
    Fail("bundle.missing-member", at,
         "The member \"" + std::string(name) + "\" is missing. Add it.");
  }
  return nullptr;
}

bool JsonReader::String(const json& value, const std::string& at, std::string* out) {
  if (!value.is_string()) return Fail("bundle.type", at, "This must be a string.");
  *out = value.get_ref<const std::string&>();
  return true;
}

bool JsonReader::Integer(const json& value, const std::string& at, int64_t low, int64_t high,
                         int64_t* out) {
  const bool fits = value.is_number_unsigned()
                        ? value.get<uint64_t>() <= static_cast<uint64_t>(INT64_MAX)
                        : value.is_number_integer();
  const int64_t number = fits ? value.get<int64_t>() : 0;
  if (!fits || number < low || number > high) {
    return Fail(value.is_number() ? "bundle.value" : "bundle.type", at,
                "This must be a whole number from " + std::to_string(low) + " to " +
                    std::to_string(high) + ".");
  }
  *out = number;
  return true;
}

bool JsonReader::Number(const json& value, const std::string& at, double low, double high,
                        double* out) {
  const double number = value.is_number() ? value.get<double>() : -1;
  if (!value.is_number() || number < low || number > high) {
    return Fail(value.is_number() ? "bundle.value" : "bundle.type", at,
                "This must be a number from " + std::to_string(static_cast<int>(low)) + " to " +
                    std::to_string(static_cast<int>(high)) + ".");
  }
  *out = number;
  return true;
}

bool JsonReader::True(const json& value, const std::string& at) {
  if (value.is_boolean() && value.get<bool>()) return true;
  return Fail("bundle.value", at, "The only value of this member is true. Leave it out instead.");
}

bool JsonReader::Boolean(const json& value, const std::string& at, bool* out) {
  if (!value.is_boolean()) return Fail("bundle.type", at, "This must be true or false.");
  *out = value.get<bool>();
  return true;
}

bool JsonReader::Array(const json& value, const std::string& at, size_t least, size_t most) {
  if (!value.is_array()) return Fail("bundle.type", at, "This must be an array.");
  if (value.size() < least)
    return Fail("bundle.value", at, "This array must hold at least " + std::to_string(least) + ".");
  if (value.size() > most) {
    return Fail("bundle.limit", at,
                "This array holds " + std::to_string(value.size()) + "; at most " +
                    std::to_string(most) + " are allowed. Split it.");
  }
  return true;
}

bool JsonReader::Strings(const json& value, const std::string& at, size_t least, size_t most,
                         std::vector<std::string>* out) {
  if (!Array(value, at, least, most)) return false;
  out->reserve(out->size() + value.size());
  for (size_t i = 0; i < value.size(); ++i) {
    out->emplace_back();
    // The pointer is made only where something is wrong: a list may have a hundred thousand terms.
    if (!value[i].is_string()) return String(value[i], Below(at, i), &out->back());
    out->back() = value[i].get_ref<const std::string&>();
  }
  return true;
}

bool JsonReader::NeedString(const json& object, const std::string& at, std::string_view name,
                            std::string* out) {
  const json* member = Member(object, at, name, true);
  return member != nullptr && String(*member, Below(at, name), out);
}

bool JsonReader::MaybeString(const json& object, const std::string& at, std::string_view name,
                             std::string* out) {
  const json* member = Member(object, at, name, false);
  return member == nullptr || String(*member, Below(at, name), out);
}

bool JsonReader::Text(const json& value, const std::string& at, std::string* out) {
  if (!String(value, at, out)) return false;
  size_t characters = 0;
  bool blank = true;
  for (size_t i = 0; i < out->size(); ++characters) {
    const Decoded decoded = DecodeAt(*out, i);
    const uint32_t c = decoded.code_point;
    i += decoded.size;
    if (!Has(c, kSpace)) blank = false;
    const bool bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (c < 0x20 || c == 0x7F || bidi || (c >= 0xE0000 && c <= 0xE007F)) {
      return Fail("bundle.value", at,
                  "This text holds a control or direction character. Remove it.");
    }
  }
  if (blank) return Fail("bundle.value", at, "This text is empty. Say what people should know.");
  if (characters > limits::kSayCharacters) {
    return Fail("bundle.limit", at,
                "This text has " + std::to_string(characters) + " characters; at most " +
                    std::to_string(limits::kSayCharacters) + " fit a card. Shorten it.");
  }
  return true;
}

bool JsonReader::NeedText(const json& object, const std::string& at, std::string_view name,
                          std::string* out) {
  const json* member = Member(object, at, name, true);
  return member != nullptr && Text(*member, Below(at, name), out);
}

bool JsonReader::Time(const json& value, const std::string& at, int64_t* out) {
  std::string text;
  if (!String(value, at, &text)) return false;
  static constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  bool fits = text.size() == kShape.size();
  for (size_t i = 0; fits && i < kShape.size(); ++i) {
    fits = kShape[i] == 'd' ? (text[i] >= '0' && text[i] <= '9') : text[i] == kShape[i];
  }
  auto part = [&text](size_t from, size_t size) {
    int64_t number = 0;
    for (size_t i = from; i < from + size; ++i) number = number * 10 + (text[i] - '0');
    return number;
  };
  if (fits) {
    const int64_t year = part(0, 4);
    const int64_t month = part(5, 2);
    const int64_t day = part(8, 2);
    const int64_t hour = part(11, 2);
    const int64_t minute = part(14, 2);
    const int64_t second = part(17, 2);
    fits = month >= 1 && month <= 12 && day >= 1 && day <= DaysInMonth(year, month) && hour <= 23 &&
           minute <= 59 && second <= 59;
    if (fits) *out = DaysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  }
  if (!fits) {
    return Fail("bundle.value", at, "This must be a time in UTC such as 2026-11-21T09:00:00Z.");
  }
  return true;
}

}  // namespace breath
