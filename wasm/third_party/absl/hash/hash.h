// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's hashing inside RE2: numbers and runs of numbers, in the order they are
// combined. Not seeded: the states of an automaton are no place for a stranger to plant collisions
// worth having, for RE2 bounds their number. Each number is a round of xor, multiply, fold. See
// ../../README.md. Tested by: tests/engine/stand_ins_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_HASH_HASH_H_
#define BREATH_THIRD_PARTY_ABSL_HASH_HASH_H_

#include <stddef.h>
#include <stdint.h>

#include <type_traits>
#include <utility>

namespace breath_absl {

class HashState {
 public:
  template <typename... Values>
  static HashState combine(HashState state, const Values&... values) {
    (state.Add(values), ...);
    return state;
  }
  size_t Finish() const { return static_cast<size_t>(state_ ^ (state_ >> 32)); }

 private:
  template <typename T>
  void Add(const T& value) {
    if constexpr (std::is_integral_v<T>) {
      Mix(static_cast<uint64_t>(value));
    } else {
      for (const auto& one : value) Mix(static_cast<uint64_t>(one));
      Mix(value.size());
    }
  }
  void Mix(uint64_t value) {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15ULL;
    state_ ^= state_ >> 32;
  }
  uint64_t state_ = 0x243F6A8885A308D3ULL;
};

}  // namespace breath_absl

namespace absl {

template <typename T>
struct Hash {
  size_t operator()(const T& value) const {
    return AbslHashValue(breath_absl::HashState(), value).Finish();
  }
};

}  // namespace absl

#endif  // BREATH_THIRD_PARTY_ABSL_HASH_HASH_H_
