// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#include "wasm/cli/answer.h"

#include "wasm/cli/byte_scan.h"

namespace breath {
namespace {

void AppendUnitEscape(uint32_t unit, std::string* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  *out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out->push_back(kDigits[unit >> shift & 0xF]);
}

// Whether a surrogate stands at `at` of WTF-8; only those without a partner do.
bool IsSurrogate(const char* at, const char* end) {
  return end - at >= 3 && static_cast<uint8_t>(at[0]) == 0xED &&
         static_cast<uint8_t>(at[1]) >= 0xA0;
}

// The next byte that JSON.stringify does not copy, or `end`.
const char* FindEscaped(const char* at, const char* end) {
  while (end - at >= 8) {
    const uint64_t word = LoadEight(at);
    if ((HasByte(word, '"') | HasByte(word, '\\') | HasControl(word) | HasByte(word, 0xED)) != 0) {
      break;
    }
    at += 8;
  }
  while (at != end && *at != '"' && *at != '\\' && static_cast<uint8_t>(*at) >= 0x20 &&
         !IsSurrogate(at, end)) {
    ++at;
  }
  return at;
}

void AppendEscaped(char c, std::string* out) {
  switch (c) {
    case '"':
      *out += "\\\"";
      break;
    case '\\':
      *out += "\\\\";
      break;
    case '\b':
      *out += "\\b";
      break;
    case '\f':
      *out += "\\f";
      break;
    case '\n':
      *out += "\\n";
      break;
    case '\r':
      *out += "\\r";
      break;
    case '\t':
      *out += "\\t";
      break;
    default:
      AppendUnitEscape(static_cast<uint8_t>(c), out);
  }
}

// Walks a text from one UTF-16 offset to the next; going back starts over.
class Utf16Walk {
 public:
  explicit Utf16Walk(std::string_view text) : text_(text) {}

  size_t ByteAt(uint32_t unit) {
    if (unit < unit_) unit_ = byte_ = 0;
    while (unit_ < unit && byte_ < text_.size()) {
      const auto lead = static_cast<uint8_t>(text_[byte_]);
      const uint32_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      byte_ += size;
      unit_ += size == 4 ? 2 : 1;
    }
    return byte_;
  }

 private:
  std::string_view text_;
  size_t unit_ = 0;
  size_t byte_ = 0;
};

void AppendSpans(const SpanList& spans, std::string* out) {
  *out += "\"spans\":[";
  for (size_t i = 0; i < spans.size(); ++i) {
    *out += i == 0 ? "[" : ",[";
    *out += std::to_string(spans[i].start);
    out->push_back(',');
    *out += std::to_string(spans[i].end);
    out->push_back(']');
  }
  out->push_back(']');
}

std::string_view SeverityName(Severity severity) {
  return severity == Severity::kStrong ? "strong" : severity == Severity::kPause ? "pause" : "note";
}

std::string_view ReasonName(Reason reason) {
  switch (reason) {
    case Reason::kTextTooLong:
      return "text-too-long";
    case Reason::kOutOfMemory:
      return "out-of-memory";
    case Reason::kTooManyMatches:
      return "too-many-matches";
    case Reason::kTooMuchWork:
      return "too-much-work";
  }
  return "engine-failed";
}

void AppendFindings(std::string_view text, const Report& report, const EngineThread& engine,
                    std::string* out) {
  Utf16Walk walk(text);
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    *out += i == 0 ? "{\"rule\":" : ",{\"rule\":";
    AppendJsonString(engine.RuleId(finding.rule), out);
    *out += ",\"severity\":\"";
    *out += SeverityName(finding.severity);
    *out += "\",";
    AppendSpans(finding.spans, out);
    *out += ",\"text\":";
    const Span first = finding.spans.empty() ? Span{0, 0} : finding.spans[0];
    const size_t start = walk.ByteAt(first.start);
    AppendJsonString(text.substr(start, walk.ByteAt(first.end) - start), out);
    out->push_back('}');
  }
}

void AppendUnchecked(const Report& report, const EngineThread& engine, std::string* out) {
  *out += ",\"unchecked\":[";
  for (size_t i = 0; i < report.unchecked.size(); ++i) {
    const UncheckedRule& unchecked = report.unchecked[i];
    *out += i == 0 ? "{\"rule\":" : ",{\"rule\":";
    AppendJsonString(
        unchecked.rule < 0 ? "*" : engine.RuleId(static_cast<uint32_t>(unchecked.rule)), out);
    *out += ",\"reason\":\"";
    *out += ReasonName(unchecked.reason);
    *out += "\"}";
  }
  out->push_back(']');
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end) {
    const char* stop = FindEscaped(at, end);
    out->append(at, static_cast<size_t>(stop - at));
    at = stop;
    if (at == end) break;
    if (static_cast<uint8_t>(*at) == 0xED) {
      AppendUnitEscape(0xD000U | (static_cast<uint8_t>(at[1]) & 0x3FU) << 6 |
                           (static_cast<uint8_t>(at[2]) & 0x3FU),
                       out);
      at += 3;
    } else {
      AppendEscaped(*at++, out);
    }
  }
  out->push_back('"');
}

void AppendAnswer(std::string_view id, const DraftLine& line, const Report& report,
                  const EngineThread& engine, std::string* out) {
  *out += "{\"id\":";
  *out += id;
  if (report.outcome == Outcome::kClean) {
    *out += ",\"outcome\":\"clean\",\"severity\":null,\"findings\":[]}\n";
    return;
  }
  if (report.findings.empty()) {
    *out += ",\"outcome\":\"unchecked\",\"severity\":null,\"findings\":[";
  } else {
    *out += ",\"outcome\":\"findings\",\"severity\":\"";
    *out += SeverityName(report.findings[0].severity);
    *out += "\",\"findings\":[";
  }
  AppendFindings(line.text, report, engine, out);
  out->push_back(']');
  if (!report.unchecked.empty()) AppendUnchecked(report, engine, out);
  *out += "}\n";
}

}  // namespace breath
