// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's Mutex inside RE2: nothing in engine.wasm, which has one thread; the
// standard library's reader-writer lock natively. Conditions, timeouts and deadlock detection are
// not here. See ../../README.md. Tested by: tests/engine/match_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_SYNCHRONIZATION_MUTEX_H_
#define BREATH_THIRD_PARTY_ABSL_SYNCHRONIZATION_MUTEX_H_

#include "absl/base/thread_annotations.h"

#ifndef __EMSCRIPTEN__
#include <shared_mutex>
#elif defined(__EMSCRIPTEN_PTHREADS__)
#error "engine.wasm has one thread; its stand-ins for Abseil rely on it."
#endif

namespace absl {

#ifdef __EMSCRIPTEN__

class Mutex {
 public:
  void WriterLock() {}
  void WriterUnlock() {}
  void ReaderLock() {}
  void ReaderUnlock() {}
};

#else

class Mutex {
 public:
  void WriterLock() { mutex_.lock(); }
  void WriterUnlock() { mutex_.unlock(); }
  void ReaderLock() { mutex_.lock_shared(); }
  void ReaderUnlock() { mutex_.unlock_shared(); }

 private:
  std::shared_mutex mutex_;
};

#endif

// Holds a mutex, as a writer, while it lives.
class MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) : mutex_(mutex) { mutex_->WriterLock(); }
  ~MutexLock() { mutex_->WriterUnlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex* mutex_;
};

}  // namespace absl

#endif  // BREATH_THIRD_PARTY_ABSL_SYNCHRONIZATION_MUTEX_H_
