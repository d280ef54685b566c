// SPDX-License-Identifier: Apache-2.0
// Groups of literals while a rule set is compiled. They find nothing; wasm/match/literal_index.h
// does, in the tables written here. Tested by: tests/engine/literal_test.cc
#ifndef BREATH_MATCH_LITERAL_GROUPS_H_
#define BREATH_MATCH_LITERAL_GROUPS_H_

#include <stdint.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "wasm/match/image.h"
#include "wasm/match/literal_index.h"

namespace breath {

class LiteralGroups {
 public:
  // A group of literals, each of at least one byte. Returns its number.
  uint32_t Add(const std::vector<std::string>& literals, LiteralView view);
  uint32_t size() const { return groups_; }
  // How often one of the literals may be expected to begin at a byte of ordinary text.
  static double ExpectedFrequencyOf(const std::vector<std::string>& literals);
  // Writes the sections of a LiteralIndex. Call once.
  void Write(ImageWriter* writer) const;

 private:
  std::map<std::pair<std::string, LiteralView>, std::vector<uint32_t>> literals_;  // groups of each
  uint32_t groups_ = 0;
};

}  // namespace breath

#endif  // BREATH_MATCH_LITERAL_GROUPS_H_
