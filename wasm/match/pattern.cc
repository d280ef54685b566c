// SPDX-License-Identifier: Apache-2.0
// RE2 behind pattern.h. Tested by tests/engine/match_test.cc.
#include "wasm/match/pattern.h"

#include <algorithm>

#include "re2/re2.h"
#include "re2/regexp.h"
#include "wasm/match/required_literals.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

// RE2 splits this between forward and reverse programs and their DFA states. Larger patterns than
// the limits of rules/FORMAT.md allow would not fit; then the rule is unchecked, never clean.
constexpr int64_t kMemoryBudget = int64_t{8} << 20;

re2::RE2::Options MakeOptions(bool raw) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_case_sensitive(raw);
  options.set_max_mem(kMemoryBudget);
  return options;
}

// Walks a parsed expression for assertions that do not mean here what an author expects. An
// explicit stack: the tree's depth is bounded by RE2's parser, not by us.
bool UsesOperator(re2::Regexp* root, bool (*wanted)(re2::RegexpOp)) {
  std::vector<re2::Regexp*> open = {root};
  while (!open.empty()) {
    re2::Regexp* node = open.back();
    open.pop_back();
    if (wanted(node->op())) return true;
    for (int i = 0; i < node->nsub(); ++i) open.push_back(node->sub()[i]);
  }
  return false;
}

// Whether an expression can match the empty string, computed bottom-up without recursion on our
// side.
bool CanMatchEmpty(re2::Regexp* node) {
  switch (node->op()) {
    case re2::kRegexpEmptyMatch:
    case re2::kRegexpStar:
    case re2::kRegexpQuest:
    case re2::kRegexpBeginLine:
    case re2::kRegexpEndLine:
    case re2::kRegexpBeginText:
    case re2::kRegexpEndText:
    case re2::kRegexpWordBoundary:
    case re2::kRegexpNoWordBoundary:
      return true;
    case re2::kRegexpPlus:
    case re2::kRegexpCapture:
      return CanMatchEmpty(node->sub()[0]);
    case re2::kRegexpRepeat:
      return node->min() == 0 || CanMatchEmpty(node->sub()[0]);
    case re2::kRegexpConcat:
      for (int i = 0; i < node->nsub(); ++i) {
        if (!CanMatchEmpty(node->sub()[i])) return false;
      }
      return true;
    case re2::kRegexpAlternate:
      for (int i = 0; i < node->nsub(); ++i) {
        if (CanMatchEmpty(node->sub()[i])) return true;
      }
      return false;
    default:
      return false;
  }
}

}  // namespace

Pattern::Pattern(std::string_view expression, Options options)
    : expression_(expression), options_(options) {}
Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;

Pattern::Refusal Pattern::Validate(std::string* detail) {
  const re2::RE2::Options options = MakeOptions(options_.raw);
  re2::RegexpStatus status;
  re2::Regexp* parsed = re2::Regexp::Parse(
      expression_, static_cast<re2::Regexp::ParseFlags>(options.ParseFlags()), &status);
  if (parsed == nullptr) {
    *detail = status.Text();
    return Refusal::kSyntax;
  }
  Refusal refusal = Refusal::kNone;
  if (UsesOperator(parsed, [](re2::RegexpOp op) {
        return op == re2::kRegexpWordBoundary || op == re2::kRegexpNoWordBoundary;
      })) {
    refusal = Refusal::kAsciiBoundary;
  } else if (UsesOperator(parsed, [](re2::RegexpOp op) {
               return op == re2::kRegexpBeginText || op == re2::kRegexpEndText ||
                      op == re2::kRegexpAnyByte;
             })) {
    *detail = "anchors to the whole text (^, $, \\A, \\z) and \\C are not part of the format";
    refusal = Refusal::kSyntax;
  } else if (CanMatchEmpty(parsed)) {
    refusal = Refusal::kEmptyMatch;
  } else {
    required_ = RequiredLiterals(parsed, options_.raw);
  }
  parsed->Decref();
  return refusal;
}

LeafResult Pattern::Find(const Draft& draft, uint32_t limit, SpanList* out) {
  if (!required_.empty()) {
    const std::string_view searched =
        options_.raw ? draft.lowered() : std::string_view(draft.folded().text);
    const bool possible =
        std::any_of(required_.begin(), required_.end(), [searched](const std::string& one) {
          return searched.find(one) != std::string_view::npos;
        });
    if (!possible) return LeafResult::kDone;
  }
  if (compiled_ == nullptr) {
    compiled_ = std::make_unique<re2::RE2>(expression_, MakeOptions(options_.raw));
  }
  if (!compiled_->ok()) return LeafResult::kOutOfMemory;
  const View& view = options_.raw ? draft.raw() : draft.folded();
  const std::string_view text = view.text;
  size_t from = 0;
  while (from < text.size()) {
    absl::string_view match;
    if (!compiled_->Match(absl::string_view(text.data(), text.size()), from, text.size(),
                          re2::RE2::UNANCHORED, &match, 1)) {
      break;
    }
    const size_t start = static_cast<size_t>(match.data() - text.data());
    const size_t end = start + match.size();
    if (match.empty()) {  // refused at load; kept so that a surprise cannot loop
      from = start + 1;
      continue;
    }
    if (options_.whole_word && !(IsWordBoundary(text, start) && IsWordBoundary(text, end))) {
      // No match can start before the next boundary: skipping there keeps a long word from being
      // read again and again.
      from = start;
      do {
        from += DecodeAt(text, from).size;
      } while (from < text.size() && !IsWordBoundary(text, from));
      continue;
    }
    if (out->size() >= limit) return LeafResult::kTooManyMatches;
    out->push_back(view.map.ToSource(static_cast<uint32_t>(start), static_cast<uint32_t>(end)));
    from = end;
  }
  return LeafResult::kDone;
}

}  // namespace breath
