// SPDX-License-Identifier: Apache-2.0
// The wish to end early, from Ctrl+C or from a reader that went away, so that a thread that waits
// for input notices. Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_STOP_REQUEST_H_
#define BREATH_CLI_STOP_REQUEST_H_

namespace breath {

// Call first, before there are threads. From then on the first Ctrl+C is a request; the second ends
// the program.
void WatchForStop();
// Safe in a signal handler.
void RequestStop();
bool IsStopRequested();
// Becomes readable with the request and stays so.
int StopDescriptor();

}  // namespace breath

#endif  // BREATH_CLI_STOP_REQUEST_H_
