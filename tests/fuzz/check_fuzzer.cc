// SPDX-License-Identifier: Apache-2.0
// Fuzzes the engine against the oracle: the bytes choose a bundle and a draft, and both must come
// to the same verdict. A case that differs is printed as small as it can be made. Run by:
// scripts/fuzz
#include <stdio.h>
#include <stdlib.h>

#include <string>
#include <string_view>

#include "tests/oracle/minimise.h"
#include "tests/oracle/trial.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace oracle = breath::oracle;
  oracle::Choices choices(std::string_view(reinterpret_cast<const char*>(data), size));
  const oracle::Case made = oracle::MakeCase(&choices);
  const oracle::Trial trial = oracle::Try(made);
  if (trial.agreed) return 0;
  if (!trial.refusal
           .empty()) {  // the maker of cases made no bundle, or the engine refuses a good one
    fprintf(stderr, "%s\n", oracle::ToText(made, trial).c_str());
    abort();
  }
  const oracle::Case small = oracle::Minimise(made, [](const oracle::Case& candidate) {
    const oracle::Trial again = oracle::Try(candidate);
    return again.refusal.empty() && !again.agreed;
  });
  fprintf(stderr, "%s\n", oracle::ToText(small, oracle::Try(small)).c_str());
  abort();
}
