// SPDX-License-Identifier: Apache-2.0
// Behind verdict.h. Tested by tests/oracle/oracle_test.cc.
#include "tests/oracle/verdict.h"

#include <string.h>

#include <algorithm>

#include "wasm/abi/breath_abi.h"

namespace breath::oracle {
namespace {

std::string ContextLines(const Place& place) {
  return "site=" + place.site + "\nsurface=" + place.surface + "\naudience=" + place.audience +
         "\nat=" + std::to_string(place.at) + "\nreply=" + (place.reply ? "1" : "0") +
         "\nmedia=" + (place.media ? "1" : "0");
}

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

void Conclude(const nlohmann::json& bundle, Verdict* verdict) {
  const nlohmann::json& rules = bundle.at("rules");
  auto first_start = [](const Finding& finding) {
    return finding.spans.empty() ? 0 : finding.spans[0].start;
  };
  std::sort(verdict->findings.begin(), verdict->findings.end(),
            [&](const Finding& a, const Finding& b) {
              if (a.severity != b.severity) return a.severity > b.severity;
              if (first_start(a) != first_start(b)) return first_start(a) < first_start(b);
              return rules.at(a.rule).at("id") < rules.at(b.rule).at("id");
            });
  std::sort(verdict->unchecked.begin(), verdict->unchecked.end());
  verdict->outcome = !verdict->findings.empty()    ? Outcome::kFindings
                     : !verdict->unchecked.empty() ? Outcome::kUnchecked
                                                   : Outcome::kClean;
}

Verdict AskEngine(int32_t rule_set, std::string_view draft, const Place& place) {
  const std::string lines = ContextLines(place);
  const int32_t status = breath_check(rule_set, Bytes(draft), static_cast<uint32_t>(draft.size()),
                                      Bytes(lines), static_cast<uint32_t>(lines.size()));
  Verdict verdict;
  verdict.outcome = static_cast<Outcome>(status);
  if (status < 0) return verdict;
  std::vector<int32_t> words(breath_result_size() / sizeof(int32_t));
  if (!words.empty()) memcpy(words.data(), breath_result(), words.size() * sizeof(int32_t));
  size_t at = 0;
  // A word that is missing reads as -1: no rule, no span is like that, so it shows as a difference.
  auto next = [&] { return at < words.size() ? words[at++] : -1; };
  if (next() != status) verdict.outcome = Outcome::kBadCall;
  const int32_t findings = next();
  const int32_t unchecked = next();
  for (int32_t i = 0; i < findings; ++i) {
    Finding finding;
    finding.rule = static_cast<uint32_t>(next());
    finding.severity = next();
    const int32_t spans = next();
    for (int32_t n = 0; n < spans; ++n) {
      const auto start = static_cast<uint32_t>(next());
      const auto end = static_cast<uint32_t>(next());
      finding.spans.push_back({start, end});
    }
    verdict.findings.push_back(std::move(finding));
  }
  for (int32_t i = 0; i < unchecked; ++i) {
    verdict.unchecked.push_back(next());
    next();  // the reason: the oracle knows none
  }
  return verdict;
}

std::string ToText(const Verdict& verdict) {
  std::string out;
  switch (verdict.outcome) {
    case Outcome::kClean:
      out = "clean";
      break;
    case Outcome::kFindings:
      out = "findings";
      break;
    case Outcome::kUnchecked:
      out = "unchecked";
      break;
    case Outcome::kBadCall:
      out = "bad call";
      break;
  }
  for (const Finding& finding : verdict.findings) {
    out += "; rule " + std::to_string(finding.rule) + " severity " +
           std::to_string(finding.severity) + " at";
    for (const Span& span : finding.spans) {
      out += " [" + std::to_string(span.start) + "," + std::to_string(span.end) + ")";
    }
  }
  for (const int32_t rule : verdict.unchecked) {
    out += "; rule " + std::to_string(rule) + " not judged";
  }
  return out;
}

}  // namespace breath::oracle
