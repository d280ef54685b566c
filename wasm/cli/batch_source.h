// SPDX-License-Identifier: Apache-2.0
// Cuts a file or standard input into batches of whole lines, each with the number of its first
// line. Files are mapped into memory, everything else is read as it comes. It reads no JSON. Not
// for several threads at once. Tested by: tests/node/corpus.test.js
#ifndef BREATH_CLI_BATCH_SOURCE_H_
#define BREATH_CLI_BATCH_SOURCE_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace breath {

// Longest line: the longest draft the engine takes, every byte of it escaped.
inline constexpr size_t kMostLineBytes = 32U << 20;

struct Batch {
  std::string_view bytes;  // whole lines; the last of the input may lack its line end
  bool too_long = false;   // one line that is longer than kMostLineBytes, and no bytes
  uint64_t first_line = 1;
  uint64_t lines = 0;
  uint64_t read_bytes = 0;   // of the input, up to the end of this batch
  std::vector<char> buffer;  // holds `bytes` unless the source does; kept for the next batch
};

class BatchSource {
 public:
  virtual ~BatchSource() = default;
  // Fills the next batch. False at the end, after an error, or after RequestStop.
  virtual bool Next(Batch* batch) = 0;
  // Says that nobody needs the bytes of a batch any more.
  virtual void Release(const Batch& batch) = 0;
  // The error number of a read that failed, or 0.
  virtual int error() const = 0;
  // Bytes of the whole input, 0 when that is not known.
  virtual uint64_t size() const = 0;
};

// Opens `path`, or standard input for "-". Null when that fails; then `error` is the error number.
std::unique_ptr<BatchSource> OpenBatchSource(const std::string& path, int* error);

}  // namespace breath

#endif  // BREATH_CLI_BATCH_SOURCE_H_
