// SPDX-License-Identifier: Apache-2.0
// A point in time as people write it in a line or an option. It knows no time zones but offsets.
// Tested by: tests/node/corpus-lines.test.js
#ifndef BREATH_CLI_TIME_TEXT_H_
#define BREATH_CLI_TIME_TEXT_H_

#include <stdint.h>

#include <string_view>

namespace breath {

// Reads RFC 3339 with the seconds optional, or a date, which means the start of that day in UTC.
// Parts of a second are dropped. False when it is no time; `seconds` counts from 1970.
bool ParseTime(std::string_view text, int64_t* seconds);

}  // namespace breath

#endif  // BREATH_CLI_TIME_TEXT_H_
