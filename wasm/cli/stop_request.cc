// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/stop_request.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace breath {
namespace {

std::atomic<bool> stop_requested{false};
int stop_pipe[2] = {-1, -1};

void OnInterrupt(int /*signal*/) { RequestStop(); }

}  // namespace

void WatchForStop() {
  // Without a pipe a request is noticed at the next batch.
  if (pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) != 0) stop_pipe[0] = stop_pipe[1] = -1;
  struct sigaction action = {};
  action.sa_handler = OnInterrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

void RequestStop() {
  const int before = errno;
  stop_requested = true;
  // A full pipe says the same.
  [[maybe_unused]] const ssize_t written = write(stop_pipe[1], "", 1);
  errno = before;
}

bool IsStopRequested() { return stop_requested; }
int StopDescriptor() { return stop_pipe[0]; }

}  // namespace breath
