// SPDX-License-Identifier: Apache-2.0
// What takes part natively: set up with rules, asked text by text. The measuring is
// native_bench.cc. It does no timing and knows no protocol. Offsets are bytes of UTF-8.
#ifndef BREATH_BENCH_NATIVE_CONTESTANT_H_
#define BREATH_BENCH_NATIVE_CONTESTANT_H_

#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace breath::bench {

// One rule, as tests/bench/bench-types.d.ts has it.
struct Rule {
  std::string regex;  // RE2 syntax
  bool ignore_case = false;
  std::vector<std::string> literals;  // empty when the rule is not phrases alone
};

struct Task {
  std::vector<Rule> rules;
  std::string bundle;  // the bytes of the bundle file
};

using Hits = std::vector<std::pair<int, int>>;  // rule, end; -1 when the end is not known

class Contestant {
 public:
  Contestant() = default;
  Contestant(const Contestant&) = delete;
  Contestant& operator=(const Contestant&) = delete;
  virtual ~Contestant() = default;

  // Returns what went wrong, or nothing. Called once, before anything else.
  virtual std::string SetUp(const Task& task) = 0;
  // Finds every match and returns their number, at least as much work as Find.
  virtual uint64_t Count(std::string_view text) = 0;
  virtual void Find(std::string_view text, Hits* hits) = 0;
  // True when ends are UTF-16 units already.
  virtual bool GivesUtf16() const { return false; }
};

// Each returns null for a name that is not its own.
std::unique_ptr<Contestant> NewBreathContestant(std::string_view name);
std::unique_ptr<Contestant> NewRe2Contestant(std::string_view name);
// Null also when the program was built without Hyperscan.
std::unique_ptr<Contestant> NewHyperscanContestant(std::string_view name);

}  // namespace breath::bench

#endif  // BREATH_BENCH_NATIVE_CONTESTANT_H_
