// SPDX-License-Identifier: Apache-2.0
// The pass behind reading.h. Tested by tests/engine/incremental_test.cc.
#include "wasm/rules/reading.h"

#include <algorithm>

namespace breath {
namespace {

// The phrases of all rules together are not kept beyond this.
constexpr size_t kMostHits = size_t{1} << 20;

std::string_view PartOf(std::string_view view, uint32_t start, uint32_t end) {
  return view.substr(start, end - start);
}

uint64_t OrderOf(const PhraseHit& hit) { return uint64_t{hit.phrase} << 32 | hit.start; }
struct IsEarlier {
  bool operator()(const PhraseHit& a, const PhraseHit& b) const { return OrderOf(a) < OrderOf(b); }
};

}  // namespace

void Reading::Read(std::string_view text) {
  Forget();
  Advance(text);
}

void Reading::ReadNext(std::string_view text) {
  const bool is_complete = all_hits_ && literals_.has_all_places && disguised_.overflowed.empty();
  if (!is_complete || !Advance(text)) Read(text);
}

void Reading::Forget() {
  draft_.Wipe();
  hits_.clear();
  literals_.places.clear();
  disguised_.hits.clear();
  disguised_.comparisons = 0;
  typed_ = folded_ = {};
}

bool Reading::Advance(std::string_view text) {
  has_group_places_ = false;
  const bool is_first = draft_.size() == 0;
  const bool was_ascii = draft_.is_ascii();
  Draft::Edits edits = draft_.EditsTo(text);
  const std::string& raw = draft_.raw().text;
  const std::string& folded = draft_.folded().text;
  Count(PartOf(raw, edits.raw.start, edits.raw.old_end), Tally::kTakeAway, &typed_);
  if (!was_ascii) {
    Count(PartOf(folded, edits.folded.start, edits.folded.old_end), Tally::kTakeAway, &folded_);
  }
  draft_.Apply(text, &edits);
  const bool is_ascii = draft_.is_ascii();
  // Other literals are looked for in other views then.
  if (!is_first && is_ascii != was_ascii) return false;
  Count(PartOf(raw, edits.raw.start, edits.raw.end), Tally::kAdd, &typed_);
  if (!is_ascii) {
    Count(PartOf(folded, edits.folded.start, edits.folded.end), Tally::kAdd, &folded_);
  }
  // Case and the width of white space change no feature.
  features_ = FeaturesOf(typed_);
  features_ |= AsFolded(is_ascii ? features_ : FeaturesOf(folded_));

  const uint32_t gaps = std::max(rules_.phrases.most_gaps(), rules_.literals.most_gaps());
  const Stretch words = Around(folded, edits.folded, gaps + 1, IsAfterGap);
  if (!FindPhrases(words) && !is_first) return false;
  LiteralIndex::Searched lowered = {};
  if (rules_.literals.NeedsLowered(is_ascii)) {
    lowered = {draft_.lowered(), Around(raw, edits.raw, gaps + 1, IsAfterGap)};
  }
  rules_.literals.Find({folded, words}, lowered, is_ascii, &literals_);
  if (!literals_.has_all_places && !is_first) return false;
  if (rules_.see_through.sets == 0) return true;
  FindDisguised(rules_.see_through, draft_, Around(raw, edits.raw, gaps + 1, IsAfterLineEnd),
                kMostMatches, &disguised_);
  return is_first || disguised_.overflowed.empty();
}

bool Reading::FindPhrases(const Stretch& stretch) {
  known_.swap(hits_);
  hits_.clear();
  found_.clear();
  all_hits_ = rules_.phrases.Find(draft_.folded().text, stretch, kMostHits, &found_);
  std::sort(found_.begin(), found_.end(), IsEarlier());
  auto next = found_.begin();
  for (PhraseHit hit : known_) {
    const uint32_t size = hit.end - hit.start;
    if (!stretch.Keeps(&hit.start)) continue;
    hit.end = hit.start + size;
    while (next != found_.end() && IsEarlier()(*next, hit)) hits_.push_back(*next++);
    hits_.push_back(hit);
  }
  hits_.insert(hits_.end(), next, found_.end());
  all_hits_ = all_hits_ && hits_.size() <= kMostHits;
  hit_phrases_.clear();
  hit_first_.clear();
  for (uint32_t i = 0; i < hits_.size(); ++i) {
    if (i > 0 && hits_[i].phrase == hits_[i - 1].phrase) continue;
    hit_phrases_.push_back(hits_[i].phrase);
    hit_first_.push_back(i);
  }
  hit_first_.push_back(static_cast<uint32_t>(hits_.size()));
  return all_hits_;
}

void Reading::Triggers(std::vector<uint32_t>* fired) const {
  const uint32_t sets = rules_.phrases.sets();
  if (all_hits_) {
    for (const uint32_t phrase : hit_phrases_) {
      for (const uint32_t set : rules_.phrases.SetsOf(phrase)) fired->push_back(set);
    }
  } else {  // any phrase may be among those that were not kept
    for (uint32_t set = 0; set < sets; ++set) fired->push_back(set);
  }
  for (const uint32_t group : literals_.found) fired->push_back(rules_.GroupTrigger(group));
  for (uint32_t set = 0; set < rules_.see_through.sets; ++set) {
    if (disguised_.MayHold(set)) fired->push_back(rules_.see_through.phrase_sets[set]);
  }
  for (uint32_t feature = 0; feature < kFeatureCount; ++feature) {
    if ((features_ >> feature & 1) != 0) fired->push_back(rules_.FeatureTrigger(feature));
  }
  fired->push_back(rules_.AlwaysTrigger());
}

std::vector<uint32_t> Reading::PlacesOf(uint32_t group) {
  if (!has_group_places_) {
    group_places_ = rules_.literals.GroupPlaces(literals_);
    has_group_places_ = true;
  }
  using Place = LiteralIndex::GroupPlace;
  auto place = std::lower_bound(group_places_.begin(), group_places_.end(), group,
                                [](const Place& a, uint32_t wanted) { return a.group < wanted; });
  std::vector<uint32_t> places;
  for (; place != group_places_.end() && place->group == group; ++place) {
    places.push_back(place->start);
  }
  return places;
}

bool Reading::HasPhrase(uint32_t set) const {
  if (!all_hits_) return true;
  const Slice<uint32_t> phrases = rules_.phrases.PhrasesOf(set);
  if (phrases.size < hit_phrases_.size()) {
    return std::any_of(phrases.begin(), phrases.end(), [this](uint32_t phrase) {
      return std::binary_search(hit_phrases_.begin(), hit_phrases_.end(), phrase);
    });
  }
  return std::any_of(hit_phrases_.begin(), hit_phrases_.end(), [&phrases](uint32_t phrase) {
    return std::binary_search(phrases.begin(), phrases.end(), phrase);
  });
}

bool Reading::IsPossible(const LeafRecord& leaf) const {
  const uint32_t sets = rules_.phrases.sets();
  if (leaf.feature < kFeatureCount && (features_ >> leaf.feature & 1) == 0) return false;
  if (leaf.trigger == kNoTrigger) return true;
  if (leaf.op == Operator::kDisguised && disguised_.MayHold(leaf.amount)) return true;
  if (leaf.trigger < sets) return HasPhrase(leaf.trigger);
  if (rules_.IsGroup(leaf.trigger)) return literals_.groups[leaf.trigger - sets] != 0;
  return (features_ >> (leaf.trigger - sets - rules_.literals.groups()) & 1) != 0;
}

// The phrases of a set that were found: whichever is less, the set's phrases or those found, are
// looked up among the others.
LeafResult Reading::AddPhrases(uint32_t set, SpanList* marks) const {
  const Slice<uint32_t> phrases = rules_.phrases.PhrasesOf(set);
  const OffsetMap& map = draft_.folded().map;
  auto add = [this, &map, marks](size_t found) {
    for (uint32_t i = hit_first_[found]; i < hit_first_[found + 1]; ++i) {
      marks->push_back(map.ToSource(hits_[i].start, hits_[i].end));
    }
  };
  if (phrases.size < hit_phrases_.size()) {
    for (const uint32_t phrase : phrases) {
      const auto place = std::lower_bound(hit_phrases_.begin(), hit_phrases_.end(), phrase);
      if (place != hit_phrases_.end() && *place == phrase)
        add(static_cast<size_t>(place - hit_phrases_.begin()));
    }
  } else {
    for (size_t i = 0; i < hit_phrases_.size(); ++i) {
      if (std::binary_search(phrases.begin(), phrases.end(), hit_phrases_[i])) add(i);
    }
  }
  if (marks->size() > 1) Normalize(marks);
  return all_hits_ && marks->size() <= kMostMatches ? LeafResult::kDone
                                                    : LeafResult::kTooManyMatches;
}

}  // namespace breath
