// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/progress.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>

namespace breath {
namespace {

constexpr std::chrono::milliseconds kEvery(200);
constexpr char kClearLine[] = "\r\x1b[K";

std::string Fixed(double value) {
  char text[40];
  snprintf(text, sizeof(text), "%.1f", value);
  return text;
}

std::string WithCommas(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string Duration(double seconds) {
  if (seconds < 90) return std::to_string(static_cast<int64_t>(ceil(seconds))) + " s";
  if (seconds < 5400) return std::to_string(static_cast<int64_t>(ceil(seconds / 60))) + " min";
  return Fixed(seconds / 3600) + " h";
}

}  // namespace

Progress::Progress(uint64_t size)
    : size_(size), watched_(isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) != 1) {}

void Progress::Show(uint64_t lines, uint64_t bytes) {
  lines_ = lines;
  bytes_ = bytes;
  if (!watched_ || Clock::now() - shown_ < kEvery) return;
  shown_ = Clock::now();
  fprintf(stderr, "%s%s", kClearLine, Words().c_str());
}

void Progress::Clear() {
  if (watched_) fputs(kClearLine, stderr);
  shown_ = {};
}

void Progress::End() {
  if (watched_) fprintf(stderr, "%s%s\n", kClearLine, Words().c_str());
}

std::string Progress::Words() const {
  const double passed = std::chrono::duration<double>(Clock::now() - start_).count();
  const double speed = static_cast<double>(bytes_) / std::max(0.001, passed);
  std::string words = WithCommas(lines_) + " lines, " + Fixed(static_cast<double>(bytes_) / 1e6);
  if (size_ > 0) words += " of " + Fixed(static_cast<double>(size_) / 1e6);
  words += " MB, " + Fixed(speed / 1e6) + " MB/s";
  if (size_ > bytes_ && bytes_ > 0) {
    words += ", " + Duration(static_cast<double>(size_ - bytes_) / speed) + " left";
  }
  return words;
}

}  // namespace breath
