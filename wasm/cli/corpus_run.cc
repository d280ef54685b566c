// SPDX-License-Identifier: Apache-2.0
// Tested by: tests/node/corpus.test.js
#include "wasm/cli/corpus_run.h"

#include <errno.h>
#include <unistd.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "wasm/cli/progress.h"

namespace breath {
namespace {

// Batches for each thread: one judged, one ready, one waiting for its turn to be printed.
constexpr size_t kBatchesPerJob = 3;

// Writes everything, however slow the reader is. Returns 0 or an error number.
int Print(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return errno;
    }
  }
  return 0;
}

// A place for one batch on its way from the source to the output.
struct Place {
  Batch batch;
  BatchResult result;
  bool judged = false;
};

// Batches on their way from the source through the threads to the output.
class Relay {
 public:
  Relay(BatchSource* source, size_t places) : source_(source), places_(places) {}

  // What each thread does: takes the next batch, judges it, hands it on.
  void Work(const SharedRules& rules, const Context& base, const std::string& name) {
    std::unique_ptr<BatchJudge> judge;
    for (;;) {
      Place* place = Take();
      if (place == nullptr) return;
      // A thread that finds no work, as in a short file, needs no room for drafts.
      if (judge == nullptr) judge = std::make_unique<BatchJudge>(rules, base, name);
      judge->Judge(place->batch, &place->result);
      source_->Release(place->batch);
      const std::lock_guard<std::mutex> lock(mutex_);
      place->judged = true;
      changed_.notify_all();
    }
  }

  // Prints what is judged, in order, until the end of the input or an output error.
  CorpusEnd PrintAll() {
    CorpusEnd end;
    Progress progress(source_->size());
    for (;; ++printed_) {
      Place* place = Await();
      if (place == nullptr) break;
      const BatchResult& result = place->result;
      end.codes |= result.codes;
      end.last_line = place->batch.first_line + place->batch.lines - 1;
      if (!result.complaints.empty()) progress.Clear();
      // Complaints that nobody can read are no reason to stop.
      Print(STDERR_FILENO, result.complaints);
      end.output_error = Print(STDOUT_FILENO, result.out);
      if (end.output_error != 0) {
        progress.Clear();
        Abandon();
        return end;
      }
      progress.Show(end.last_line, place->batch.read_bytes);
      const std::lock_guard<std::mutex> lock(mutex_);
      place->judged = false;
      ++freed_;
      changed_.notify_all();
    }
    progress.End();
    return end;
  }

 private:
  Place* Take() {
    // One thread at a time asks the source; the others judge meanwhile.
    const std::lock_guard<std::mutex> turn(source_mutex_);
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || taken_ - freed_ < places_.size(); });
    if (ended_) return nullptr;
    Place* place = &places_[taken_ % places_.size()];
    lock.unlock();
    const bool filled = !IsStopRequested() && source_->Next(&place->batch);
    lock.lock();
    if (filled) {
      ++taken_;
    } else {
      ended_ = true;
    }
    changed_.notify_all();
    return filled ? place : nullptr;
  }

  // Nothing more is wanted: no thread takes another batch.
  void Abandon() {
    RequestStop();
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  // The next place to print, when it is judged; null at the end.
  Place* Await() {
    std::unique_lock<std::mutex> lock(mutex_);
    Place* place = &places_[printed_ % places_.size()];
    changed_.wait(lock, [this, place] { return place->judged || (ended_ && printed_ == taken_); });
    return place->judged ? place : nullptr;
  }

  BatchSource* source_;
  std::vector<Place> places_;
  std::mutex source_mutex_;
  std::mutex mutex_;  // guards what follows, and `judged` of each place
  std::condition_variable changed_;
  uint64_t taken_ = 0;
  uint64_t freed_ = 0;
  bool ended_ = false;
  uint64_t printed_ = 0;  // of the printing thread alone
};

}  // namespace

CorpusEnd RunCorpus(BatchSource* source, const SharedRules& rules, const Context& base,
                    const std::string& name, uint32_t jobs) {
  Relay relay(source, jobs * kBatchesPerJob);
  std::vector<std::thread> threads;
  threads.reserve(jobs);
  for (uint32_t i = 0; i < jobs; ++i) {
    threads.emplace_back([&relay, &rules, &base, &name] { relay.Work(rules, base, name); });
  }
  const CorpusEnd end = relay.PrintAll();
  for (std::thread& thread : threads) thread.join();
  return end;
}

}  // namespace breath
