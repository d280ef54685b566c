// SPDX-License-Identifier: Apache-2.0
// Judges the lines of a batch: JSON in, JSON out, and what is wrong with a line that cannot be
// read. The Node command gives the same bytes (scripts/commands/corpus/lines.js); whoever changes
// one changes the other. Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#ifndef BREATH_CLI_BATCH_JUDGE_H_
#define BREATH_CLI_BATCH_JUDGE_H_

#include <stdint.h>

#include <string>

#include "wasm/cli/batch_source.h"
#include "wasm/cli/draft_line.h"
#include "wasm/cli/engine_thread.h"

namespace breath {

enum ExitCode : int { kExitOk = 0, kExitFindings = 1, kExitBadInput = 2, kExitUnchecked = 3 };

struct BatchResult {
  std::string out;         // lines of JSON
  std::string complaints;  // for people
  uint32_t codes = 0;      // a bit for each exit code the batch asks for
};

// The exit code of a run: the gravest its batches asked for.
int WorstCode(uint32_t codes);

class BatchJudge {
 public:
  // `name` of the file is for complaints.
  BatchJudge(const SharedRules& rules, const Context& base, std::string name)
      : engine_(rules), reader_(base), name_(std::move(name)) {}

  // Judges a batch; what `result` held before is gone.
  void Judge(const Batch& batch, BatchResult* result);

 private:
  void JudgeLine(std::string_view line, uint64_t number, BatchResult* result);

  EngineThread engine_;
  LineReader reader_;
  std::string name_;
  std::string well_formed_;
};

}  // namespace breath

#endif  // BREATH_CLI_BATCH_JUDGE_H_
