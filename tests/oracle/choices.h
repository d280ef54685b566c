// SPDX-License-Identifier: Apache-2.0
// A row of bytes read as a row of decisions: random bytes make a random case, a fuzzer's bytes make
// the case the fuzzer wants, so that one maker of cases serves both. After the last byte every
// decision is 0, the simplest.
// After the idea of Hypothesis: MacIver and Donaldson, "Test-Case Reduction via Test-Case
// Generation", ECOOP 2020. Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_CHOICES_H_
#define BREATH_TESTS_ORACLE_CHOICES_H_

#include <stddef.h>
#include <stdint.h>

#include <random>
#include <string>
#include <string_view>

namespace breath::oracle {

class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  // A number below `bound` (1 to 256).
  uint32_t Below(uint32_t bound) {
    const uint32_t byte = at_ < bytes_.size() ? static_cast<uint8_t>(bytes_[at_++]) : 0;
    return byte % bound;
  }
  // True about once in `often`; false is the simple answer.
  bool OnceIn(uint32_t often) { return Below(often) == often - 1; }
  template <typename T, size_t kSize>
  const T& Pick(const T (&all)[kSize]) {
    static_assert(kSize <= 256);
    return all[Below(kSize)];
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

// The bytes of a seed: the same on every machine.
inline std::string BytesOfSeed(uint64_t seed, size_t size) {
  std::mt19937_64 source(seed);
  std::string bytes;
  while (bytes.size() < size) bytes.push_back(static_cast<char>(source() >> 56));
  return bytes;
}

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_CHOICES_H_
