// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#include "wasm/cli/batch_judge.h"

#include <string.h>

#include "wasm/cli/answer.h"

namespace breath {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

void Complain(const std::string& name, uint64_t number, std::string_view fault,
              BatchResult* result) {
  result->complaints += name;
  result->complaints.push_back(':');
  result->complaints += std::to_string(number);
  result->complaints.push_back(':');
  result->complaints += fault;
  result->complaints.push_back('\n');
  result->codes |= 1U << kExitBadInput;
}

// WTF-8 to UTF-8 of the same length: a surrogate without its partner becomes U+FFFD, as TextEncoder
// makes it.
void ReplaceSurrogates(std::string_view text, std::string* out) {
  *out = text;
  for (size_t i = 0; i + 2 < out->size(); ++i) {
    if (static_cast<uint8_t>((*out)[i]) != 0xED || static_cast<uint8_t>((*out)[i + 1]) < 0xA0) {
      continue;
    }
    (*out)[i] = '\xEF';
    (*out)[i + 1] = '\xBF';
    (*out)[i + 2] = '\xBD';
  }
}

}  // namespace

int WorstCode(uint32_t codes) {
  for (const int code : {kExitBadInput, kExitUnchecked, kExitFindings}) {
    if ((codes & 1U << code) != 0) return code;
  }
  return kExitOk;
}

void BatchJudge::JudgeLine(std::string_view line, uint64_t number, BatchResult* result) {
  // Files that were joined have their byte order marks in the middle.
  if (line.substr(0, 3) == kByteOrderMark) line.remove_prefix(3);
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  DraftLine draft;
  if (const char* fault = reader_.Read(line, &draft); fault != nullptr) {
    Complain(name_, number, fault, result);
    return;
  }
  std::string_view text = draft.text;
  if (draft.has_lone_surrogates) {
    ReplaceSurrogates(text, &well_formed_);
    text = well_formed_;
  }
  const Report report = engine_.Check(text, reader_.context());
  if (!report.findings.empty()) result->codes |= 1U << kExitFindings;
  if (!report.unchecked.empty()) result->codes |= 1U << kExitUnchecked;
  if (draft.id.empty()) {
    AppendAnswer(std::to_string(number), draft, report, engine_, &result->out);
  } else {
    AppendAnswer(draft.id, draft, report, engine_, &result->out);
  }
}

void BatchJudge::Judge(const Batch& batch, BatchResult* result) {
  result->out.clear();
  result->complaints.clear();
  result->codes = 0;
  if (batch.too_long) {
    Complain(name_, batch.first_line, "/: jsonl.too-long: this line is longer than 32 MiB.",
             result);
    return;
  }
  uint64_t number = batch.first_line;
  std::string_view rest = batch.bytes;
  while (!rest.empty()) {
    const void* found = memchr(rest.data(), '\n', rest.size());
    const size_t size = found == nullptr
                            ? rest.size()
                            : static_cast<size_t>(static_cast<const char*>(found) - rest.data());
    JudgeLine(rest.substr(0, size), number++, result);
    rest.remove_prefix(found == nullptr ? size : size + 1);
  }
}

}  // namespace breath
