// SPDX-License-Identifier: Apache-2.0
// One draft as rules look at it: its views, and all phrases, literals, disguises and features of
// all rules found in one pass. It judges nothing. The next state of a draft can be read in less
// time: only where it differs, and as far around as a phrase may reach; the result is that of
// reading it whole. Tested by: tests/engine/incremental_test.cc, tests/engine/condition_test.cc
#ifndef BREATH_RULES_READING_H_
#define BREATH_RULES_READING_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "wasm/match/features.h"
#include "wasm/rules/compiled_rules.h"
#include "wasm/text/draft.h"

namespace breath {

// A leaf that matches more often than this in one draft is reported as not judged.
inline constexpr uint32_t kMostMatches = 1U << 16;

class Reading {
 public:
  // `rules` must outlive the reading.
  explicit Reading(const CompiledRules* rules) : rules_(*rules) {}

  // Reads a draft whole.
  void Read(std::string_view text);
  // Reads the next state of the draft that was read last.
  void ReadNext(std::string_view text);
  // Forgets the draft and overwrites what was kept of it.
  void Forget();

  const Draft& draft() const { return draft_; }
  const LiteralHits& literals() const { return literals_; }
  const DisguisedMatches& disguised() const { return disguised_; }

  // The triggers that fired, in no order, some twice.
  void Triggers(std::vector<uint32_t>* fired) const;
  // The bytes where literals of a group begin, ascending, in the view they were searched in. Only
  // when literals().has_all_places.
  std::vector<uint32_t> PlacesOf(uint32_t group);
  // False when the leaf cannot match.
  bool IsPossible(const LeafRecord& leaf) const;
  // Adds the matches of a phrase set, sorted and merged.
  LeafResult AddPhrases(uint32_t set, SpanList* marks) const;

 private:
  // False when the result would not be that of reading the text whole; then it means nothing.
  bool Advance(std::string_view text);
  bool FindPhrases(const Stretch& stretch);
  bool HasPhrase(uint32_t set) const;

  const CompiledRules& rules_;
  Draft draft_;
  std::vector<PhraseHit> hits_;        // by phrase, then by place
  std::vector<PhraseHit> known_;       // room for FindPhrases
  std::vector<PhraseHit> found_;       // the same
  std::vector<uint32_t> hit_phrases_;  // ascending, each once
  std::vector<uint32_t> hit_first_;  // where the hits of hit_phrases_[i] begin; one more at the end
  bool all_hits_ = true;             // false: there were more than are kept
  LiteralHits literals_;
  std::vector<LiteralIndex::GroupPlace> group_places_;
  bool has_group_places_ = false;  // group_places_ is of this draft
  DisguisedMatches disguised_;
  FeatureCounts typed_;
  FeatureCounts folded_;  // of a draft beyond ASCII
  uint32_t features_ = 0;
};

}  // namespace breath

#endif  // BREATH_RULES_READING_H_
