// SPDX-License-Identifier: Apache-2.0
// RE2 behind pattern.h. Tested by tests/engine/match_test.cc.
#include "wasm/match/pattern.h"

#include <algorithm>

#include "re2/re2.h"
#include "re2/regexp.h"
#include "wasm/match/pattern_shape.h"
#include "wasm/match/required_literals.h"
#include "wasm/text/byte_lanes.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

// RE2 splits this between forward and reverse programs and their DFA states; when states run out it
// starts over or takes its slower engine, never a wrong answer. Enough for any price that is
// allowed.
constexpr int64_t kMemoryBudget = int64_t{2} << 20;
// What one pattern may cost in one draft, about a quarter of a second. A byte that RE2's automaton
// reads is one. Where the automaton grows too large RE2 takes its slow engine, and a byte costs by
// the price of the pattern; to start the automaton over costs about as much as to fill it once.
constexpr uint64_t kMostWork = uint64_t{160} << 20;
constexpr uint64_t kSlowByte = 2;
// Bytes that a string of the second set is looked for in while the automaton reads one.
constexpr uint64_t kAlsoBytes = 8;
constexpr uint64_t kReset = uint64_t{4} << 20;
// RE2 is given so much at a time that the slow engine, if it comes to that, has a quarter of the
// whole at most, but no more than this.
constexpr size_t kLongestPiece = 64 << 10;
constexpr size_t kShortestPiece = 1 << 10;

// What RE2 tells of the search under way in this thread.
struct Slowness {
  bool failed = false;
  uint32_t resets = 0;
};
Slowness& SlownessHere() {
  thread_local Slowness slowness;
  return slowness;
}
void ListenToRe2() {
  re2::hooks::SetDFASearchFailureHook(
      [](const re2::hooks::DFASearchFailure&) { SlownessHere().failed = true; });
  re2::hooks::SetDFAStateCacheResetHook(
      [](const re2::hooks::DFAStateCacheReset&) { ++SlownessHere().resets; });
}

re2::RE2::Options MakeOptions(bool raw) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_case_sensitive(raw);
  options.set_max_mem(kMemoryBudget);
  return options;
}

// Whether a required literal that is at `place` can be that of a match.
bool MayBePartOfMatch(const PatternView& pattern, std::string_view text, uint32_t place) {
  if (pattern.at_start && pattern.whole_word && !IsWordBoundary(text, place)) return false;
  for (uint32_t i = 0; i < pattern.cased.size(); ++i) {
    if (text.compare(place, pattern.cased[i].size(), pattern.cased[i]) == 0) return true;
  }
  return pattern.cased.size() == 0;
}

// An empty list asks for nothing.
bool HoldsOneOf(std::string_view text, const StringList& strings) {
  for (uint32_t i = 0; i < strings.size(); ++i) {
    if (Contains(text, strings[i])) return true;
  }
  return strings.size() == 0;
}

// The stretches of a text that can hold a match, ascending. A match holds a literal and is at most
// `longest` bytes, so it lies within that of one. A stretch reaches `longest` beyond each literal
// in it: no match that holds one of them is cut short. One that begins in a stretch and holds only
// a later literal is found in the next, which reaches back.
class Windows {
 public:
  // Without places or a longest match, the whole text is one stretch, or all from the first place
  // on.
  Windows(size_t size, const PatternView& pattern, const std::vector<uint32_t>* places)
      : size_(size),
        longest_(places == nullptr ? 0 : pattern.longest),
        before_(pattern.at_start ? 0 : longest_),
        first_(places != nullptr && pattern.at_start ? places->front() : 0),
        places_(places) {}

  // The next stretch, without what lies before `from`; false when there is none.
  bool Next(size_t from, size_t* start, size_t* end) {
    if (done_) return false;
    if (longest_ == 0) {
      done_ = true;
      *start = std::max(from, first_);
      *end = size_;
      return true;
    }
    const std::vector<uint32_t>& places = *places_;
    while (next_ < places.size() && places[next_] < from) ++next_;
    if (next_ == places.size()) return false;
    *start = std::max<size_t>(from, places[next_] - std::min(places[next_], before_));
    do {
      *end = std::min(size_, size_t{places[next_]} + longest_);
      ++next_;
    } while (next_ < places.size() && places[next_] <= *end);
    return true;
  }

 private:
  size_t size_;
  uint32_t longest_;
  uint32_t before_;  // bytes of a match before a literal of it, at most
  size_t first_;
  const std::vector<uint32_t>* places_;
  size_t next_ = 0;  // literals before this one have been looked at
  bool done_ = false;
};

// The next byte that no match reaches across. Places are asked for in ascending order, so all
// answers together take one walk along the text.
class Stops {
 public:
  Stops(std::string_view text, const MatchBytes& bytes) : text_(text), bytes_(bytes) {}

  // From `at` on; the size of the text when there is none.
  size_t Next(size_t at) {
    if (at >= asked_ && at <= stop_) return stop_;
    asked_ = at;
    stop_ = at;
    while (stop_ < text_.size() && bytes_.held[static_cast<uint8_t>(text_[stop_])]) ++stop_;
    return stop_;
  }

 private:
  std::string_view text_;
  const MatchBytes& bytes_;
  size_t asked_ = 1;  // every byte of [asked_, stop_) is held; at first none are known
  size_t stop_ = 0;
};

// How far RE2 reads to know that a match ends where it does, at most. Places as with Stops.
class Reach {
 public:
  Reach(std::string_view text, const MatchBytes& bytes)
      : text_(text), bytes_(bytes), stops_(text, bytes) {}

  // Where the last beginning of a longer match ends that was under way at `at`.
  size_t LastEnd(size_t at) {
    for (; begin_ < std::min(at, end_); ++begin_) {
      if (!IsLooped(begin_)) --others_;
    }
    if (begin_ < at) {
      begin_ = end_ = at;
      others_ = 0;
    }
    for (; end_ < text_.size(); ++end_) {
      if (IsLooped(end_)) continue;
      if (others_ == bytes_.once) break;
      ++others_;
    }
    return std::min(end_, stops_.Next(at));
  }

 private:
  bool IsLooped(size_t at) const { return bytes_.looped[static_cast<uint8_t>(text_[at])]; }

  std::string_view text_;
  const MatchBytes& bytes_;
  Stops stops_;
  size_t begin_ = 0;  // in [begin_, end_) are others_ bytes that are not looped
  size_t end_ = 0;
  uint64_t others_ = 0;
};

}  // namespace

PatternSource::Refusal PatternSource::Validate(std::string* detail) {
  const re2::RE2::Options options = MakeOptions(raw);
  re2::RegexpStatus status;
  re2::Regexp* parsed = re2::Regexp::Parse(
      expression, static_cast<re2::Regexp::ParseFlags>(options.ParseFlags()), &status);
  if (parsed == nullptr) {
    *detail = status.Text();
    return Refusal::kSyntax;
  }
  const PatternShape shape = ShapeOf(parsed);
  Refusal refusal = Refusal::kNone;
  if (shape.ascii_boundary) {
    refusal = Refusal::kAsciiBoundary;
  } else if (shape.text_anchor) {
    *detail = "anchors to the beginning of the text (^, \\A) and \\C are not part of the format";
    refusal = Refusal::kSyntax;
  } else if (shape.can_match_empty) {
    refusal = Refusal::kEmptyMatch;
  } else if (shape.price > kHighestPatternPrice) {
    *detail = std::to_string(shape.price);
    refusal = Refusal::kTooLarge;
  } else {
    RequiredSets sets = RequiredLiterals(parsed, raw);
    required = std::move(sets.literals);
    cased = std::move(sets.cased);
    at_start = sets.at_start;
    also = std::move(sets.also);
    longest = shape.longest;
    price = static_cast<uint32_t>(shape.price);
    digits = shape.digits;
    run = shape.run;
  }
  parsed->Decref();
  return refusal;
}

struct PatternPool::Compiled {
  uint32_t number = 0;
  uint64_t used = 0;
  std::unique_ptr<re2::RE2> expression;
  MatchBytes bytes;
};

PatternPool::PatternPool(size_t capacity) : capacity_(std::max<size_t>(1, capacity)) {
  ListenToRe2();
}
PatternPool::~PatternPool() = default;
PatternPool::PatternPool(PatternPool&&) noexcept = default;
PatternPool& PatternPool::operator=(PatternPool&&) noexcept = default;

const PatternPool::Compiled& PatternPool::Compile(uint32_t number, const PatternView& pattern) {
  ++clock_;
  for (Compiled& one : pool_) {
    if (one.number != number) continue;
    one.used = clock_;
    return one;
  }
  ++compilations_;
  if (pool_.size() < capacity_) {
    pool_.emplace_back();
  } else {
    std::iter_swap(pool_.end() - 1,
                   std::min_element(pool_.begin(), pool_.end(),
                                    [](const auto& a, const auto& b) { return a.used < b.used; }));
  }
  Compiled& made = pool_.back();
  made.number = number;
  made.used = clock_;
  made.expression = std::make_unique<re2::RE2>(
      absl::string_view(pattern.expression.data(), pattern.expression.size()),
      MakeOptions(pattern.raw));
  made.bytes = {};
  if (made.expression->ok()) made.bytes = BytesOfMatches(made.expression->Regexp());
  return made;
}

LeafResult PatternPool::Find(uint32_t number, const PatternView& pattern, const Draft& draft,
                             const std::vector<uint32_t>* places, uint32_t limit, SpanList* out) {
  const View& view = pattern.raw ? draft.raw() : draft.folded();
  const std::string_view text = view.text;
  std::vector<uint32_t> possible;
  if (places != nullptr) {
    for (const uint32_t place : *places) {
      if (MayBePartOfMatch(pattern, text, place)) possible.push_back(place);
    }
    if (possible.empty()) return LeafResult::kDone;
    places = &possible;
  }
  Windows windows(text.size(), pattern, places);
  uint64_t work = 0;
  size_t from = 0;
  size_t start = 0;
  size_t end = 0;
  // Only a stretch that holds a literal of the second set too is worth an automaton.
  const std::string_view searched = pattern.raw ? draft.lowered() : text;
  auto next_stretch = [&] {
    while (windows.Next(from, &start, &end)) {
      work += (end - start) * pattern.also.size() / kAlsoBytes;
      if (work > kMostWork) return true;  // which ends below, with too much work
      if (HoldsOneOf(searched.substr(start, end - start), pattern.also)) return true;
    }
    return false;
  };
  if (!next_stretch()) return LeafResult::kDone;
  const Compiled& compiled = Compile(number, pattern);
  if (!compiled.expression->ok()) return LeafResult::kOutOfMemory;
  Stops stops(text, compiled.bytes);
  Reach reach(text, compiled.bytes);
  const uint64_t slow = kSlowByte * std::max(1U, pattern.price);
  const size_t piece = std::clamp<size_t>(kMostWork / 4 / slow, kShortestPiece, kLongestPiece);
  do {
    from = start;
    while (from < end) {
      // A piece ends where no match goes on.
      const size_t piece_end = end - from <= piece ? end : std::min(end, stops.Next(from + piece));
      const uint64_t size = piece_end - from;
      if (work + (size > 2 * piece ? size * slow : 0) > kMostWork) return LeafResult::kTooMuchWork;
      ++runs_;
      Slowness& slowness = SlownessHere();
      slowness = {};
      absl::string_view match;
      const bool found =
          compiled.expression->Match(absl::string_view(text.data(), text.size()), from, piece_end,
                                     re2::RE2::UNANCHORED, &match, 1);
      work += slowness.resets * kReset + (slowness.failed ? size * slow : 0);
      if (!found) {
        work += size;
        if (piece_end == end) break;  // the next stretch may reach back behind this end
        from = piece_end;
        continue;
      }
      const size_t match_start = static_cast<size_t>(match.data() - text.data());
      const size_t match_end = match_start + match.size();
      // To know that a match ends, RE2 reads on as long as it could be longer.
      size_t read_to = std::min(piece_end, reach.LastEnd(match_end));
      if (pattern.longest > 0) read_to = std::min(read_to, match_start + pattern.longest);
      work += std::max(read_to, match_end) - from;
      if (match.empty()) {  // refused when the bundle was read; kept so that a surprise cannot loop
        from = match_start + 1;
        continue;
      }
      if (pattern.whole_word &&
          !(IsWordBoundary(text, match_start) && IsWordBoundary(text, match_end))) {
        // No match can start before the next boundary: skipping there keeps a long word from being
        // read again and again.
        from = match_start;
        do {
          from += DecodeAt(text, from).size;
        } while (from < text.size() && !IsWordBoundary(text, from));
        continue;
      }
      if (out->size() >= limit) return LeafResult::kTooManyMatches;
      out->push_back(
          view.map.ToSource(static_cast<uint32_t>(match_start), static_cast<uint32_t>(match_end)));
      from = match_end;
    }
  } while (next_stretch());
  return LeafResult::kDone;
}

}  // namespace breath
