// SPDX-License-Identifier: Apache-2.0
// Has threads judge the batches of a source and prints the answers in order. A bounded number of
// batches is under way, so memory does not grow with the input and a slow reader slows the reading.
// Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_CORPUS_RUN_H_
#define BREATH_CLI_CORPUS_RUN_H_

#include <stdint.h>

#include <string>

#include "wasm/cli/batch_judge.h"
#include "wasm/cli/stop_request.h"

namespace breath {

struct CorpusEnd {
  uint32_t codes = 0;  // a bit for each exit code that was asked for
  uint64_t last_line = 0;
  int output_error = 0;  // error number of a write that failed; printing ended there
};

// `name` of the input is for complaints. After RequestStop, what was read is still judged and
// printed.
CorpusEnd RunCorpus(BatchSource* source, const SharedRules& rules, const Context& base,
                    const std::string& name, uint32_t jobs);

}  // namespace breath

#endif  // BREATH_CLI_CORPUS_RUN_H_
