// SPDX-License-Identifier: Apache-2.0
// Walks over one line of JSON and takes exactly what JSON.parse takes, lone surrogate escapes and
// any nesting included, so that the native command and the Node command agree on every line. It
// builds no tree and reads no meaning. Grammar: ECMA-404. Tested by: tests/node/corpus.test.js,
// tests/node/corpus-lines.test.js
#ifndef BREATH_CLI_JSON_CURSOR_H_
#define BREATH_CLI_JSON_CURSOR_H_

#include <stddef.h>
#include <stdint.h>

#include <string>
#include <string_view>

namespace breath {

// Values nest no deeper than this; the Node command has the same limit.
inline constexpr size_t kMostJsonDepth = 10000;

// A string as it stands in the line, without its quotes.
struct JsonString {
  std::string_view raw;
  bool escaped = false;  // holds at least one backslash
};

enum class JsonKind : uint8_t { kAbsent, kString, kNumber, kTrue, kFalse, kNull, kOther };

class JsonCursor {
 public:
  // `json` is well-formed UTF-8 and outlives the cursor.
  explicit JsonCursor(std::string_view json) : at_(json.data()), end_(json.data() + json.size()) {}

  void SkipSpace();
  // Takes `c` when it is next.
  bool Take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool AtEnd() const { return at_ == end_; }
  bool Next(char c) const { return at_ != end_ && *at_ == c; }

  // Takes a string; the cursor is at its opening quote. False when it is malformed.
  bool TakeString(JsonString* out);
  // Takes a whole value and says what it is and how it is written. `depth` is how many arrays and
  // objects are open around it. False when it is malformed or too deep.
  bool TakeValue(size_t depth, JsonKind* kind, std::string_view* raw);

 private:
  bool TakeScalar(JsonKind* kind);
  bool TakeNumber();
  bool TakeWord(std::string_view word);
  bool TakeKey();
  bool TakeDigits();
  // Closes what can be closed behind a value and moves to where the next one begins; `open` empty:
  // all is closed.
  bool FollowValue(std::string* open);

  const char* at_;
  const char* end_;
};

// Appends what `raw` (the inside of a string that TakeString took) stands for. A surrogate without
// its partner is appended in three bytes as if it were a character (WTF-8). Returns whether there
// is one.
bool AppendUnescaped(std::string_view raw, std::string* out);

}  // namespace breath

#endif  // BREATH_CLI_JSON_CURSOR_H_
