// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus-lines.test.js
#include "wasm/cli/time_text.h"

namespace breath {
namespace {

// Takes `count` digits off the front.
bool TakeNumber(std::string_view* text, size_t count, int64_t least, int64_t most, int64_t* out) {
  if (text->size() < count) return false;
  *out = 0;
  for (size_t i = 0; i < count; ++i) {
    const char c = (*text)[i];
    if (c < '0' || c > '9') return false;
    *out = *out * 10 + (c - '0');
  }
  text->remove_prefix(count);
  return *out >= least && *out <= most;
}

bool Take(std::string_view* text, char c) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

bool IsLeap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int64_t DaysInMonth(int64_t year, int64_t month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Days since 1970-01-01. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
// days_from_civil.
int64_t DaysFromCivil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

// "Z" or an offset; in seconds east of UTC.
bool TakeZone(std::string_view* text, int64_t* offset) {
  *offset = 0;
  if (Take(text, 'Z')) return true;
  const bool west = Take(text, '-');
  if (!west && !Take(text, '+')) return false;
  int64_t hours = 0;
  int64_t minutes = 0;
  if (!TakeNumber(text, 2, 0, 23, &hours) || !Take(text, ':') ||
      !TakeNumber(text, 2, 0, 59, &minutes)) {
    return false;
  }
  *offset = (hours * 60 + minutes) * (west ? -60 : 60);
  return true;
}

}  // namespace

bool ParseTime(std::string_view text, int64_t* seconds) {
  int64_t year = 0;
  int64_t month = 0;
  int64_t day = 0;
  if (!TakeNumber(&text, 4, 0, 9999, &year) || !Take(&text, '-') ||
      !TakeNumber(&text, 2, 1, 12, &month) || !Take(&text, '-') ||
      !TakeNumber(&text, 2, 1, DaysInMonth(year, month), &day)) {
    return false;
  }
  *seconds = DaysFromCivil(year, month, day) * 86400;
  if (text.empty()) return true;
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  if (!Take(&text, 'T') || !TakeNumber(&text, 2, 0, 23, &hour) || !Take(&text, ':') ||
      !TakeNumber(&text, 2, 0, 59, &minute)) {
    return false;
  }
  if (Take(&text, ':')) {
    if (!TakeNumber(&text, 2, 0, 59, &second)) return false;
    if (Take(&text, '.')) {
      int64_t digit = 0;
      if (!TakeNumber(&text, 1, 0, 9, &digit)) return false;
      while (TakeNumber(&text, 1, 0, 9, &digit)) continue;
    }
  }
  int64_t offset = 0;
  if (!TakeZone(&text, &offset) || !text.empty()) return false;
  *seconds += hour * 3600 + minute * 60 + second - offset;
  return true;
}

}  // namespace breath
