// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/options.h"

#include <stdlib.h>
#include <time.h>

#include <algorithm>
#include <string_view>

#include "wasm/cli/draft_line.h"
#include "wasm/cli/time_text.h"

namespace breath {
namespace {

constexpr char kTry[] = " Try: breath-check --help";
// More threads than any machine has use for are a slip of the hand.
constexpr uint32_t kMostJobs = 256;

std::string Usage(std::string_view id, const std::string& words) {
  return "breath-check: usage." + std::string(id) + ": " + words;
}

bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), word) != choices.end();
}

std::string NotOneOf(const std::string& name, const std::string& choices,
                     const std::string& value) {
  return Usage("value", "--" + name + " is one of " + choices + ", not \"" + value + "\".");
}

std::string ReadJobs(const std::string& value, Options* out) {
  const bool digits = !value.empty() && value.size() <= 3 &&
                      value.find_first_not_of("0123456789") == std::string::npos;
  const int64_t jobs = digits ? strtol(value.c_str(), nullptr, 10) : 0;
  if (jobs < 1 || jobs > kMostJobs) {
    return Usage("value", "--jobs is a number from 1 to 256, not \"" + value + "\".");
  }
  out->jobs = static_cast<uint32_t>(jobs);
  return "";
}

// Takes the value of one option; what is wrong with it, or an empty string.
std::string ReadValue(const std::string& name, const std::string& value, Options* out) {
  if (name == "bundle") {
    out->bundle = value;
  } else if (name == "site") {
    if (!IsSiteName(value)) {
      return "breath-check: --site: usage.value: a site is a short name such as linkedin or x.";
    }
    out->context.site = value;
  } else if (name == "surface") {
    if (!IsOneOf(value, {"post", "reply", "comment", "message", "article"})) {
      return NotOneOf(name, "post, reply, comment, message, article", value);
    }
    out->context.surface = value;
  } else if (name == "audience") {
    if (!IsOneOf(value, {"external", "internal"})) {
      return NotOneOf(name, "external, internal", value);
    }
    out->context.audience = value;
  } else if (name == "at") {
    if (!ParseTime(value, &out->context.at)) {
      return "breath-check: --at: usage.value: \"" + value +
             "\" is no time. Write it as 2026-11-21 or 2026-11-21T09:00:00Z.";
    }
  } else {
    return ReadJobs(value, out);
  }
  return "";
}

}  // namespace

const char kHelp[] =
    R"(Usage: breath-check --jsonl FILE|- [--bundle B] [--site S] [--surface S] [--audience A] [--at TIME] [--jobs N]

The native twin of `breath check --jsonl`, for large archives: the same rules, input, output and exit codes.

Each line is an object with "text", and if you like "id", "site", "surface", "audience", "at",
"reply", "media" and "lang"; other members are passed over. One object comes out for each, in the
same order, with the id as it came or else the number of the line. Offsets are UTF-16 code units;
"text" of a finding is the draft's words of its first span. A line that cannot be read is named on
standard error and gives no object, an empty line gives none either, and the other lines are
checked. Threads share the work; memory does not grow with the file.
Exit code: 0 clean, 1 findings, 2 a line could not be read, 3 a draft could not be checked; the
gravest that any line asks for: 2, then 3, then 1. It is 130 after Ctrl+C, when what was read is
still printed; when the reader leaves, as head does, it speaks of the lines so far.

Options:
  --jsonl                  one JSON object a line in, one a line out
  --bundle B               a bundle file (default: the bundle that was built)
  --site S                 the site of the draft, such as linkedin or x
  --surface S              what is being written (post, reply, comment, message, article)
  --audience A             who will read it, external unless you say (external, internal)
  --at TIME                judge as at this time: 2026-11-21 or 2026-11-21T09:00:00Z
  --jobs N                 threads (default: one for each core)
  --help                   this text
  --version                the version
)";

std::string ReadOptions(int count, char** words, Options* out) {
  out->context.site = "other";
  out->context.surface = "post";
  out->context.audience = "external";
  out->context.at = static_cast<int64_t>(time(nullptr));
  bool lines = false;
  bool only_files = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (only_files || word == "-" || word.empty() || word[0] != '-') {
      if (!out->file.empty()) {
        return Usage("extra", "one word too many: \"" + word + "\"." + kTry);
      }
      out->file = word;
      continue;
    }
    if (word == "--") {
      only_files = true;
      continue;
    }
    const size_t equals = word.find('=');
    const std::string written = word.substr(0, equals);
    const std::string name = written.substr(0, 2) == "--" ? written.substr(2) : "";
    if (IsOneOf(word, {"--help", "-h"})) {
      out->help = true;
    } else if (IsOneOf(word, {"--version", "-V"})) {
      out->version = true;
    } else if (name == "jsonl") {
      if (equals != std::string::npos)
        return Usage("value", "--jsonl takes no value." + std::string(kTry));
      lines = true;
    } else if (IsOneOf(name, {"bundle", "site", "surface", "audience", "at", "jobs"})) {
      std::string value;
      if (equals != std::string::npos) {
        value = word.substr(equals + 1);
      } else if (i + 1 < count && (words[i + 1][0] != '-' || words[i + 1][1] == '\0')) {
        value = words[++i];
      } else {
        return Usage("value", "--" + name + " needs a value." + kTry);
      }
      if (std::string fault = ReadValue(name, value, out); !fault.empty()) return fault;
    } else {
      return Usage("unknown-option", "there is no option " + written + "." + kTry);
    }
  }
  if (out->help || out->version) return "";
  if (!lines) {
    return Usage(
        "missing",
        "this command reads lines of JSON: say --jsonl FILE, or use breath check for one draft.");
  }
  return "";
}

}  // namespace breath
