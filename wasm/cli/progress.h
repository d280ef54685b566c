// SPDX-License-Identifier: Apache-2.0
// One line on the terminal that says how far a long run is. Silent when nobody watches, and when
// the answers go to the same terminal. Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_PROGRESS_H_
#define BREATH_CLI_PROGRESS_H_

#include <stdint.h>

#include <chrono>
#include <string>

namespace breath {

class Progress {
 public:
  // `size` of the input in bytes, 0 when it is not known.
  explicit Progress(uint64_t size);

  // Lines and bytes since the start.
  void Show(uint64_t lines, uint64_t bytes);
  // Makes room for a complaint.
  void Clear();
  // Leaves the last state standing.
  void End();

 private:
  using Clock = std::chrono::steady_clock;
  std::string Words() const;

  uint64_t size_;
  uint64_t lines_ = 0;
  uint64_t bytes_ = 0;
  bool watched_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = {};
};

}  // namespace breath

#endif  // BREATH_CLI_PROGRESS_H_
