// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's call_once inside RE2: a flag in engine.wasm, which has one thread; the
// standard library's natively. Not for a wasm build with threads. See ../../README.md. Tested by:
// tests/engine/stand_ins_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_BASE_CALL_ONCE_H_
#define BREATH_THIRD_PARTY_ABSL_BASE_CALL_ONCE_H_

#include <utility>

#ifndef __EMSCRIPTEN__
#include <mutex>
#elif defined(__EMSCRIPTEN_PTHREADS__)
#error "engine.wasm has one thread; its stand-ins for Abseil rely on it."
#endif

namespace absl {

#ifdef __EMSCRIPTEN__

class once_flag {
 public:
  constexpr once_flag() = default;
  once_flag(const once_flag&) = delete;
  once_flag& operator=(const once_flag&) = delete;

 private:
  template <typename Callable, typename... Args>
  friend void call_once(once_flag& flag, Callable&& callable, Args&&... args);
  bool called_ = false;
};

template <typename Callable, typename... Args>
void call_once(once_flag& flag, Callable&& callable, Args&&... args) {
  if (flag.called_) return;
  callable(std::forward<Args>(args)...);
  flag.called_ = true;
}

#else

using once_flag = std::once_flag;
using std::call_once;

#endif

}  // namespace absl

#endif  // BREATH_THIRD_PARTY_ABSL_BASE_CALL_ONCE_H_
