// SPDX-License-Identifier: Apache-2.0
// The words after `breath-check`, with the same names and complaints as `breath check`. It opens
// nothing. Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_OPTIONS_H_
#define BREATH_CLI_OPTIONS_H_

#include <stdint.h>

#include <string>

#include "wasm/rules/evaluate.h"

namespace breath {

struct Options {
  bool help = false;
  bool version = false;
  std::string file;    // "-" is standard input
  std::string bundle;  // empty: the default one
  uint32_t jobs = 0;   // 0: one for each core
  Context context;     // of lines that say nothing else; `at` is now unless it was given
};

// Returns what is wrong, a whole line for people, or an empty string.
std::string ReadOptions(int count, char** words, Options* out);

// The text of --help, with a line end.
extern const char kHelp[];

}  // namespace breath

#endif  // BREATH_CLI_OPTIONS_H_
