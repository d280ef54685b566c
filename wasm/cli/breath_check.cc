// SPDX-License-Identifier: Apache-2.0
// build/native/breath-check: judges archives of drafts, one JSON object a line, with the same
// engine, input, output and exit codes as `breath check --jsonl`. It puts the parts together and
// decides the exit code. Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

#include "wasm/cli/corpus_run.h"
#include "wasm/cli/file_complaint.h"
#include "wasm/cli/options.h"

namespace breath {
namespace {

// As shells say it of a program that someone stopped.
constexpr int kExitStopped = 130;

int Say(const std::string& words, int code) {
  fprintf(stderr, "%s\n", words.c_str());
  return code;
}

// A mapped file that somebody makes shorter ends under our feet. Only calls that a signal handler
// may make.
void OnVanishedBytes(int /*signal*/) {
  constexpr char kWords[] =
      "breath-check: file.unusable: the file became shorter, or its disk failed, while it was "
      "read. "
      "What was not printed was not checked.\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kWords, sizeof(kWords) - 1);
  _exit(kExitUnchecked);
}

void SetSignals() {
  WatchForStop();
  struct sigaction action = {};
  action.sa_handler = OnVanishedBytes;
  sigaction(SIGBUS, &action, nullptr);
  // A reader that goes away is an error of a write, which we look at.
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, nullptr);
}

// build/default.bundle.json, seen from build/native/breath-check.
std::string DefaultBundle() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "default.bundle.json").string();
}

// Loads the rules. Null after a complaint; then `code` is the exit code.
std::unique_ptr<SharedRules> LoadRules(const Options& options, int* code) {
  const std::string path = options.bundle.empty() ? DefaultBundle() : options.bundle;
  const std::string shown = ShownPath(path);
  *code = kExitBadInput;
  std::string bytes;
  if (const int error = ReadWholeFile(path, &bytes); error != 0) {
    if (options.bundle.empty() && error == ENOENT) {
      Say("breath-check: bundle.missing: there are no rules here. Run npx breath build, or name "
          "some with --bundle.",
          *code);
    } else if (error == EISDIR) {
      Say(shown +
              ": file.unusable: this is a folder. Make one file of it with npx breath build, and "
              "name that.",
          *code);
    } else {
      Say(FileComplaint(error, shown), *code);
    }
    return nullptr;
  }
  BundleError error;
  std::unique_ptr<SharedRules> rules = SharedRules::Load(bytes, &error);
  if (rules == nullptr) {
    Say(shown + ":" + (error.pointer.empty() ? "/" : error.pointer) + ": " + error.id + ": " +
            error.message,
        *code);
  }
  return rules;
}

int CheckCorpus(const Options& options) {
  int code = kExitOk;
  const std::unique_ptr<SharedRules> rules = LoadRules(options, &code);
  if (rules == nullptr) return code;
  if (options.file.empty() && isatty(STDIN_FILENO) == 1) {
    return Say(
        "breath-check: usage.missing: name a file, or - to read the lines from standard input.",
        kExitBadInput);
  }
  const std::string file = options.file.empty() ? "-" : options.file;
  const std::string shown = file == "-" ? file : ShownPath(file);
  int error = 0;
  const std::unique_ptr<BatchSource> source = OpenBatchSource(file, &error);
  if (source == nullptr) return Say(FileComplaint(error, shown), kExitBadInput);
  const uint32_t cores = std::max(1U, std::thread::hardware_concurrency());
  const CorpusEnd end = RunCorpus(source.get(), *rules, options.context, shown,
                                  options.jobs == 0 ? cores : options.jobs);
  const std::string last = std::to_string(end.last_line);
  if (end.output_error == EPIPE) return WorstCode(end.codes);
  if (end.output_error != 0) {
    return Say(std::string("breath-check: output.failed: the output cannot be written (") +
                   strerror(end.output_error) + "). It is not whole.",
               kExitUnchecked);
  }
  if (source->error() != 0) return Say(FileComplaint(source->error(), shown), kExitBadInput);
  if (IsStopRequested()) {
    return Say("breath-check: stopped: " + shown + " was checked up to line " + last +
                   "; what follows was not.",
               kExitStopped);
  }
  return WorstCode(end.codes);
}

int Main(int count, char** words) {
  SetSignals();
  Options options;
  const std::string fault = ReadOptions(count, words, &options);
  if (!fault.empty()) return Say(fault, kExitBadInput);
  if (options.help) fputs(kHelp, stdout);
  if (options.version && !options.help) puts("breath-check " BREATH_VERSION);
  if (options.help || options.version) return fflush(stdout) == 0 ? kExitOk : kExitUnchecked;
  return CheckCorpus(options);
}

}  // namespace
}  // namespace breath

int main(int count, char** words) { return breath::Main(count, words); }
