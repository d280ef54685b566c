// SPDX-License-Identifier: Apache-2.0
// Prints random cases with the oracle's verdict, one JSON object a line, for
// tests/node/oracle.test.js to put to engine.wasm: print_cases COUNT [FIRST-SEED]. Cases with a
// pattern too large for the engine's budget are left out: how much fits differs between 32 and 64
// bits. Drafts are printed well formed, because JSON holds nothing else; the UTF-16 offsets are the
// same. Tested by: tests/node/oracle.test.js
#include <stdio.h>

#include <cstdlib>

#include "tests/oracle/case_maker.h"
#include "tests/oracle/oracle.h"
#include "wasm/text/draft.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    fprintf(stderr, "Usage: print_cases COUNT [FIRST-SEED]\n");
    return 2;
  }
  using nlohmann::json;
  const uint64_t count = std::strtoull(argv[1], nullptr, 10);
  const uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  uint64_t printed = 0;
  for (uint64_t seed = first; printed < count; ++seed) {
    const std::string bytes = breath::oracle::BytesOfSeed(seed, 2000);
    breath::oracle::Choices choices(bytes);
    const breath::oracle::Case made = breath::oracle::MakeCase(&choices);
    if (breath::oracle::HoldsFloodedPattern(made.bundle)) continue;
    ++printed;
    const breath::oracle::Verdict verdict =
        breath::oracle::Check(made.bundle, made.draft, made.place, breath::oracle::Oversize::kRead);
    json findings = json::array();
    for (const breath::oracle::Finding& finding : verdict.findings) {
      json spans = json::array();
      for (const breath::Span& span : finding.spans) {
        spans.push_back(json::array({span.start, span.end}));
      }
      findings.push_back({{"rule", made.bundle["rules"][finding.rule]["id"]},
                          {"severity", finding.severity},
                          {"spans", spans}});
    }
    const json line = {{"seed", seed},
                       {"bundle", made.bundle},
                       {"draft", breath::Draft(made.draft).raw().text},
                       {"context",
                        {{"site", made.place.site},
                         {"surface", made.place.surface},
                         {"audience", made.place.audience},
                         {"at", made.place.at * 1000},
                         {"reply", made.place.reply},
                         {"media", made.place.media}}},
                       {"findings", findings}};
    printf("%s\n", line.dump().c_str());
  }
  return 0;
}
