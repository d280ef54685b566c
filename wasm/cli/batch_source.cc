// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/batch_source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "wasm/cli/stop_request.h"

namespace breath {
namespace {

// What is taken of a file at a time, and so the usual size of a batch. A pipe gives what it has.
constexpr size_t kBatchBytes = 256U << 10;

uint64_t CountLineEnds(std::string_view bytes) {
  return static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

// The byte behind the last line end of `bytes`, or 0.
size_t EndOfLastLine(std::string_view bytes) {
  const size_t at = bytes.rfind('\n');
  return at == std::string_view::npos ? 0 : at + 1;
}

class MappedSource : public BatchSource {
 public:
  MappedSource(const char* data, size_t size) : data_(data), size_(size) {}
  MappedSource(const MappedSource&) = delete;
  MappedSource& operator=(const MappedSource&) = delete;
  ~MappedSource() override { munmap(const_cast<char*>(data_), size_); }

  bool Next(Batch* batch) override {
    if (at_ == size_) return false;
    const std::string_view rest(data_ + at_, size_ - at_);
    batch->too_long = false;
    batch->first_line = next_line_;
    size_t size = EndOfLastLine(rest.substr(0, kBatchBytes));
    if (size > 0) {
      batch->lines = CountLineEnds(rest.substr(0, size));
    } else {
      // One line that is longer than a batch, or the last one without a line end.
      size = std::min(rest.find('\n'), rest.size());
      batch->too_long = size > kMostLineBytes;
      size = std::min(size + 1, rest.size());
      batch->lines = 1;
    }
    batch->bytes = rest.substr(0, batch->too_long ? 0 : size);
    at_ += size;
    next_line_ += batch->lines;
    batch->read_bytes = at_;
    return true;
  }

  // Pages that were read no longer count as memory of this program.
  void Release(const Batch& batch) override {
    if (batch.bytes.empty()) return;
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    const auto start = static_cast<size_t>(batch.bytes.data() - data_) / page * page;
    // The page in the middle of which the batch ends belongs to the next one too; it is released
    // then.
    const size_t end =
        (static_cast<size_t>(batch.bytes.data() - data_) + batch.bytes.size()) / page * page;
    if (end > start) madvise(const_cast<char*>(data_) + start, end - start, MADV_DONTNEED);
  }

  int error() const override { return 0; }
  uint64_t size() const override { return size_; }

 private:
  const char* data_;
  size_t size_;
  size_t at_ = 0;
  uint64_t next_line_ = 1;
};

class StreamSource : public BatchSource {
 public:
  explicit StreamSource(int fd) : fd_(fd) {}
  StreamSource(const StreamSource&) = delete;
  StreamSource& operator=(const StreamSource&) = delete;
  ~StreamSource() override {
    if (fd_ != STDIN_FILENO) close(fd_);
  }

  bool Next(Batch* batch) override {
    std::vector<char>& buffer = batch->buffer;
    buffer.assign(begun_.begin(), begun_.end());
    bool skipping = false;  // inside a line that is too long, of which nothing is kept
    while (!ended_) {
      const size_t old = buffer.size();
      buffer.resize(old + kBatchBytes);
      const size_t got = Read(buffer.data() + old, kBatchBytes);
      buffer.resize(old + got);
      if (stopped_ || error_ != 0) return false;
      const std::string_view all(buffer.data(), buffer.size());
      const size_t first = all.find('\n', old);
      const size_t line = std::min(first, all.size());
      if (skipping || line > kMostLineBytes) {
        skipping = true;
        if (first == std::string_view::npos) {
          buffer.clear();
          continue;
        }
        begun_.assign(buffer.begin() + static_cast<ptrdiff_t>(first) + 1, buffer.end());
        return Give({}, true, 1, batch);
      }
      const size_t end = EndOfLastLine(all);
      if (end == 0) continue;
      begun_.assign(buffer.begin() + static_cast<ptrdiff_t>(end), buffer.end());
      return Give(all.substr(0, end), false, CountLineEnds(all.substr(0, end)), batch);
    }
    begun_.clear();
    if (skipping) return Give({}, true, 1, batch);
    if (buffer.empty()) return false;
    const std::string_view rest(buffer.data(), buffer.size());
    return Give(rest, false, CountLineEnds(rest) + (rest.back() == '\n' ? 0 : 1), batch);
  }

  void Release(const Batch& /*batch*/) override {}
  int error() const override { return error_; }
  uint64_t size() const override { return 0; }

 private:
  // Waits for input and reads it; 0 at the end, after an error, or when told to stop.
  size_t Read(char* to, size_t most) {
    for (;;) {
      pollfd waiting[] = {{fd_, POLLIN, 0}, {StopDescriptor(), POLLIN, 0}};
      if (poll(waiting, 2, -1) < 0 && errno != EINTR) break;
      if (waiting[1].revents != 0) {
        stopped_ = true;
        return 0;
      }
      if (waiting[0].revents == 0) continue;
      const ssize_t got = read(fd_, to, most);
      if (got > 0) {
        read_bytes_ += static_cast<uint64_t>(got);
        return static_cast<size_t>(got);
      }
      if (got == 0) {
        ended_ = true;
        return 0;
      }
      if (errno != EINTR && errno != EAGAIN) break;
    }
    error_ = errno;
    return 0;
  }

  bool Give(std::string_view bytes, bool too_long, uint64_t lines, Batch* batch) {
    batch->bytes = bytes;
    batch->too_long = too_long;
    batch->first_line = next_line_;
    batch->lines = lines;
    batch->read_bytes = read_bytes_;
    next_line_ += lines;
    return true;
  }

  int fd_;
  std::vector<char> begun_;  // behind the last line end that was read
  uint64_t next_line_ = 1;
  uint64_t read_bytes_ = 0;
  bool ended_ = false;
  bool stopped_ = false;
  int error_ = 0;
};

}  // namespace

std::unique_ptr<BatchSource> OpenBatchSource(const std::string& path, int* error) {
  if (path == "-") return std::make_unique<StreamSource>(STDIN_FILENO);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts;
  if (fd < 0 || fstat(fd, &facts) != 0) {
    *error = errno;
    if (fd >= 0) close(fd);
    return nullptr;
  }
  if (S_ISDIR(facts.st_mode)) {
    close(fd);
    *error = EISDIR;
    return nullptr;
  }
  const auto size = static_cast<size_t>(facts.st_size);
  if (!S_ISREG(facts.st_mode) || size == 0) return std::make_unique<StreamSource>(fd);
  void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (data == MAP_FAILED) return std::make_unique<StreamSource>(fd);
  close(fd);
  madvise(data, size, MADV_SEQUENTIAL);
  return std::make_unique<MappedSource>(static_cast<const char*>(data), size);
}

}  // namespace breath
