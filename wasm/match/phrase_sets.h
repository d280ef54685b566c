// SPDX-License-Identifier: Apache-2.0
// The phrases of a rule set while it is read from a bundle: each `words` and each list is a set,
// and a phrase that several sets hold is kept once. Boundary and white-space rules:
// rules/FORMAT.md, section 4. It finds nothing; wasm/match/phrase_index.h does, in the tables
// written here. Tested by: tests/engine/phrase_test.cc
#ifndef BREATH_MATCH_PHRASE_SETS_H_
#define BREATH_MATCH_PHRASE_SETS_H_

#include <stdint.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wasm/match/image.h"

namespace breath {

class PhraseSets {
 public:
  // Why a phrase cannot be taken.
  enum class Refusal : uint8_t { kNone, kEmpty, kStarInside, kStarAlone };

  // The folded form of a phrase as an author wrote it (any case), as the index compares it.
  static Refusal Normalize(std::string_view phrase, std::string* out);

  uint32_t NewSet();
  Refusal Add(uint32_t set, std::string_view phrase);

  uint32_t sets() const { return static_cast<uint32_t>(sets_.size()); }
  size_t phrases() const { return texts_.size(); }
  // The phrases of a set, in the order they were added.
  std::vector<std::string_view> PhrasesOf(uint32_t set) const;
  // How often one of the set's phrases may be expected to begin at a byte of ordinary text.
  double ExpectedFrequencyOf(uint32_t set) const;

  // Writes the sections of a PhraseIndex. With `wanted[set]`, a match of one of its phrases names
  // the set to the caller of PhraseIndex::SetsOf.
  void Write(const std::vector<bool>& wanted, ImageWriter* writer) const;

 private:
  std::vector<std::string> texts_;                     // by phrase
  std::unordered_map<std::string, uint32_t> numbers_;  // phrase by text
  std::vector<std::vector<uint32_t>> sets_;            // phrases, ascending order not kept
};

}  // namespace breath

#endif  // BREATH_MATCH_PHRASE_SETS_H_
