// SPDX-License-Identifier: Apache-2.0
// RE2 behind pattern.h. Tested by tests/engine/match_test.cc.
#include "wasm/match/pattern.h"

#include <algorithm>

#include "re2/re2.h"
#include "re2/regexp.h"
#include "wasm/match/pattern_shape.h"
#include "wasm/match/required_literals.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

// RE2 splits this between forward and reverse programs and their DFA states; when states run out it
// starts over or takes its slower engine, never a wrong answer. Enough for any price that is
// allowed.
constexpr int64_t kMemoryBudget = int64_t{2} << 20;
// A draft calls for few of a rule set's patterns, and for the same ones while it is written.
constexpr size_t kMostCompiled = 48;
// Where RE2 falls back to its slow engine, time goes with price and length: this much is a quarter
// of a second. Cheap patterns do not get there.
constexpr uint64_t kMostWork = uint64_t{64} << 20;
constexpr uint32_t kCheapPrice = 600;

re2::RE2::Options MakeOptions(bool raw) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_case_sensitive(raw);
  options.set_max_mem(kMemoryBudget);
  return options;
}

// The stretches of a text that can hold a match, ascending. A match holds a literal and is at most
// `longest` bytes, so it lies within that of one. A stretch reaches `longest` beyond each literal
// in it: no match that holds one of them is cut short. One that begins in a stretch and holds only
// a later literal is found in the next, which reaches back.
class Windows {
 public:
  // Without places or a longest match, the whole text is one stretch.
  Windows(size_t size, uint32_t longest, const std::vector<uint32_t>* places)
      : size_(size), longest_(places == nullptr ? 0 : longest), places_(places) {}

  // The next stretch, without what lies before `from`; false when there is none.
  bool Next(size_t from, size_t* start, size_t* end) {
    if (done_) return false;
    if (longest_ == 0) {
      done_ = true;
      *start = from;
      *end = size_;
      return true;
    }
    const std::vector<uint32_t>& places = *places_;
    while (next_ < places.size() && places[next_] < from) ++next_;
    if (next_ == places.size()) return false;
    *start = std::max<size_t>(from, places[next_] - std::min(places[next_], longest_));
    do {
      *end = std::min(size_, size_t{places[next_]} + longest_);
      ++next_;
    } while (next_ < places.size() && places[next_] <= *end);
    return true;
  }

 private:
  size_t size_;
  uint32_t longest_;
  const std::vector<uint32_t>* places_;
  size_t next_ = 0;  // literals before this one have been looked at
  bool done_ = false;
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
    *detail = "anchors to the whole text (^, $, \\A, \\z) and \\C are not part of the format";
    refusal = Refusal::kSyntax;
  } else if (shape.can_match_empty) {
    refusal = Refusal::kEmptyMatch;
  } else if (shape.price > kHighestPatternPrice) {
    *detail = std::to_string(shape.price);
    refusal = Refusal::kTooLarge;
  } else {
    required = RequiredLiterals(parsed, raw);
    longest = shape.longest;
    price = static_cast<uint32_t>(shape.price);
  }
  parsed->Decref();
  return refusal;
}

struct PatternPool::Compiled {
  uint32_t number;
  uint64_t used;
  std::unique_ptr<re2::RE2> expression;
};

PatternPool::PatternPool() = default;
PatternPool::~PatternPool() = default;
PatternPool::PatternPool(PatternPool&&) noexcept = default;
PatternPool& PatternPool::operator=(PatternPool&&) noexcept = default;

const re2::RE2& PatternPool::Compile(uint32_t number, const PatternView& pattern) {
  ++clock_;
  for (Compiled& one : pool_) {
    if (one.number != number) continue;
    one.used = clock_;
    return *one.expression;
  }
  ++compilations_;
  Compiled made = {number, clock_,
                   std::make_unique<re2::RE2>(
                       absl::string_view(pattern.expression.data(), pattern.expression.size()),
                       MakeOptions(pattern.raw))};
  if (pool_.size() < kMostCompiled) {
    pool_.push_back(std::move(made));
    return *pool_.back().expression;
  }
  auto oldest = std::min_element(pool_.begin(), pool_.end(),
                                 [](const auto& a, const auto& b) { return a.used < b.used; });
  *oldest = std::move(made);
  return *oldest->expression;
}

LeafResult PatternPool::Find(uint32_t number, const PatternView& pattern, const Draft& draft,
                             const std::vector<uint32_t>* places, uint32_t limit, SpanList* out) {
  const View& view = pattern.raw ? draft.raw() : draft.folded();
  const std::string_view text = view.text;
  Windows windows(text.size(), pattern.longest, places);
  uint64_t work = 0;
  size_t from = 0;
  size_t start = 0;
  size_t end = 0;
  while (windows.Next(from, &start, &end)) {
    const re2::RE2& expression = Compile(number, pattern);
    if (!expression.ok()) return LeafResult::kOutOfMemory;
    from = start;
    while (from < end) {
      work += uint64_t{end - from} * pattern.price;
      if (pattern.price > kCheapPrice && work > kMostWork) return LeafResult::kTooMuchWork;
      ++runs_;
      absl::string_view match;
      if (!expression.Match(absl::string_view(text.data(), text.size()), from, end,
                            re2::RE2::UNANCHORED, &match, 1)) {
        break;
      }
      const size_t match_start = static_cast<size_t>(match.data() - text.data());
      const size_t match_end = match_start + match.size();
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
  }
  return LeafResult::kDone;
}

}  // namespace breath
