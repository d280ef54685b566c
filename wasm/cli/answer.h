// SPDX-License-Identifier: Apache-2.0
// What came of a draft as one line of JSON, in the same bytes as JSON.stringify makes of it in the
// Node command. Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#ifndef BREATH_CLI_ANSWER_H_
#define BREATH_CLI_ANSWER_H_

#include <stdint.h>

#include <string>
#include <string_view>

#include "wasm/cli/draft_line.h"
#include "wasm/cli/engine_thread.h"

namespace breath {

// Appends `text` (WTF-8) as a JSON string, with its quotes.
void AppendJsonString(std::string_view text, std::string* out);

// Appends the answer to a line and a line end. `id` is JSON.
void AppendAnswer(std::string_view id, const DraftLine& line, const Report& report,
                  const EngineThread& engine, std::string* out);

}  // namespace breath

#endif  // BREATH_CLI_ANSWER_H_
