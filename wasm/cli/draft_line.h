// SPDX-License-Identifier: Apache-2.0
// One line of JSON as a draft with its id and context, or what is wrong with it. Same rules, same
// words as the Node command (scripts/commands/corpus/lines.js, judging.js). It judges nothing.
// Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#ifndef BREATH_CLI_DRAFT_LINE_H_
#define BREATH_CLI_DRAFT_LINE_H_

#include <stdint.h>

#include <string>
#include <string_view>

#include "wasm/cli/json_cursor.h"
#include "wasm/rules/evaluate.h"

namespace breath {

bool IsSiteName(std::string_view name);

struct DraftLine {
  // The id as it is printed in JSON; empty: the line has none and its number stands in.
  std::string_view id;
  // The draft in WTF-8: a surrogate without its partner takes three bytes.
  std::string_view text;
  bool has_lone_surrogates = false;
};

class LineReader {
 public:
  // `base` is the context of lines that say nothing else.
  explicit LineReader(Context base) : base_(std::move(base)), context_(base_) {}

  // Reads a line, which need not be UTF-8. Null when it was read; else what is wrong, `pointer: id:
  // words`. The views of `out` and context() hold until the next call, and as long as `line`.
  const char* Read(std::string_view line, DraftLine* out);
  const Context& context() const { return context_; }

 private:
  // In the order in which their faults are looked for.
  enum Member { kId, kText, kSite, kSurface, kAudience, kAt, kReply, kMedia, kLang, kMembers };
  struct Value {
    JsonKind kind = JsonKind::kAbsent;
    std::string_view raw;  // as written, with the quotes of a string
    bool escaped = false;
  };

  static Member MemberNamed(std::string_view key);
  const char* ReadMembers(std::string_view json);
  const char* ReadContext();
  // What a string stands for, in `room` when it holds escapes.
  std::string_view Text(const Value& value, std::string* room, bool* lone);
  // Whether a member is a string that is one of `choices`.
  bool Choose(const Value& value, const std::string_view* choices, size_t count, std::string* out);
  bool ReadTime(const Value& value);
  std::string_view PrintedId();

  Context base_;
  Context context_;
  bool context_is_base_ = true;
  Value values_[kMembers];
  std::string sanitized_;
  std::string key_;
  std::string text_;
  std::string id_;
  std::string word_;
};

}  // namespace breath

#endif  // BREATH_CLI_DRAFT_LINE_H_
