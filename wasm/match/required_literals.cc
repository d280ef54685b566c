// SPDX-License-Identifier: Apache-2.0
// Bottom-up over the parsed expression. Tested by tests/engine/match_test.cc.
#include "wasm/match/required_literals.h"

#include <algorithm>
#include <set>

#include "re2/regexp.h"
#include "wasm/match/literal_index.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr size_t kMostStrings = 1024;  // more are not looked for
constexpr size_t kMostExact = 64;      // alternatives carried through a concatenation
constexpr double kTooCommon = 0.008;   // once in some hundred bytes
constexpr size_t kLongest = 32;        // bytes; a required string may be cut short

using Strings = std::set<std::string>;

// What is known of one part of an expression.
struct Known {
  bool exact = false;  // it matches the strings of `strings` and nothing else
  Strings strings;     // if exact: all it matches; else: one of these occurs, unless empty
};

// The one character of the searched text that stands for a code point, or "" when there is no such.
std::string CharacterOf(uint32_t code_point, bool raw) {
  std::string out;
  if (raw) {
    AppendUtf8(code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point, &out);
    return out;
  }
  const Folded folded = Fold(code_point);
  if (folded.changed) return std::string(folded.text);
  AppendUtf8(code_point, &out);
  return out;
}

// Letters with a relative outside ASCII: (?i) lets "k" match the Kelvin sign and "s" the long s.
bool HasForeignCase(uint32_t code_point) {
  return code_point >= 0x80 || code_point == 'k' || code_point == 'K' || code_point == 's' ||
         code_point == 'S';
}

size_t Shortest(const Strings& strings) {
  size_t shortest = SIZE_MAX;
  for (const std::string& one : strings) shortest = std::min(shortest, one.size());
  return strings.empty() ? 0 : shortest;
}

// How often one of the strings may be expected in ordinary text; they are found by four bytes of
// them.
double FrequencyOf(const Strings& strings) {
  if (strings.empty()) return 2;
  return LiteralGroups::ExpectedFrequencyOf({strings.begin(), strings.end()});
}

bool IsBetter(const Strings& a, const Strings& b) { return FrequencyOf(a) < FrequencyOf(b); }

// As something required: exact strings of which one is empty require nothing.
Strings Required(const Known& known) {
  if (known.strings.size() > kMostStrings || Shortest(known.strings) == 0) return {};
  return known.strings;
}

Known Literal(uint32_t code_point, bool folds, bool raw) {
  if (raw && folds && HasForeignCase(code_point)) return {};
  const std::string character = CharacterOf(code_point, raw);
  if (character.empty()) return {};
  return {true, {character}};
}

Known OfClass(re2::Regexp* node, bool raw) {
  Known known = {true, {}};
  if (node->cc()->size() > 8) return {};
  for (const re2::RuneRange& range : *node->cc()) {
    for (int rune = range.lo; rune <= range.hi; ++rune) {
      const std::string character = CharacterOf(static_cast<uint32_t>(rune), raw);
      if (character.empty()) return {};
      known.strings.insert(character);
    }
  }
  if (known.strings.empty() || known.strings.size() > 4) return {};
  return known;
}

Known Concatenate(const std::vector<Known>& parts) {
  Known run = {true, {""}};  // the exact parts in a row so far
  Strings best;
  bool all_exact = true;
  auto close_run = [&run, &best] {
    const Strings required = Required(run);
    if (IsBetter(required, best)) best = required;
    run.strings = {""};
  };
  for (const Known& part : parts) {
    const bool fits = part.exact && run.strings.size() * part.strings.size() <= kMostExact;
    if (fits) {
      Strings longer;
      for (const std::string& left : run.strings) {
        for (const std::string& right : part.strings) longer.insert(left + right);
      }
      run.strings = std::move(longer);
      if (std::any_of(run.strings.begin(), run.strings.end(),
                      [](const std::string& one) { return one.size() > kLongest; })) {
        close_run();
        all_exact = false;
      }
      continue;
    }
    all_exact = false;
    close_run();
    const Strings required = Required(part);
    if (IsBetter(required, best)) best = required;
  }
  if (all_exact) return run;
  close_run();
  return {false, best};
}

Known Alternate(const std::vector<Known>& parts) {
  Known out = {true, {}};
  for (const Known& part : parts) out.exact = out.exact && part.exact;
  for (const Known& part : parts) {
    const Strings strings = out.exact ? part.strings : Required(part);
    if (strings.empty()) return {};
    out.strings.insert(strings.begin(), strings.end());
    if (out.strings.size() > kMostStrings) return {};
  }
  return out;
}

// A row of literals: the common case, put together without sets.
Known LiteralString(re2::Regexp* node, bool folds, bool raw) {
  std::string whole;
  std::string best;  // of the pieces between characters that have no single form
  bool exact = true;
  for (int i = 0; i < node->nrunes(); ++i) {
    const auto rune = static_cast<uint32_t>(node->runes()[i]);
    const std::string character =
        raw && folds && HasForeignCase(rune) ? "" : CharacterOf(rune, raw);
    if (!character.empty() && whole.size() + character.size() <= kLongest) {
      whole += character;
      continue;
    }
    exact = false;
    if (whole.size() > best.size()) best = whole;
    whole = character;
  }
  if (exact) return {true, {whole}};
  if (whole.size() > best.size()) best = whole;
  if (best.empty()) return {};
  return {false, {best}};
}

// Recursion is as deep as the expression, which the format keeps to 1,024 bytes.
Known Analyze(re2::Regexp* node, bool raw) {
  const bool folds = (node->parse_flags() & re2::Regexp::FoldCase) != 0;
  switch (node->op()) {
    case re2::kRegexpLiteral:
      return Literal(static_cast<uint32_t>(node->rune()), folds, raw);
    case re2::kRegexpLiteralString:
      return LiteralString(node, folds, raw);
    case re2::kRegexpCharClass:
      return OfClass(node, raw);
    case re2::kRegexpEmptyMatch:
      return {true, {""}};
    case re2::kRegexpConcat:
    case re2::kRegexpAlternate: {
      std::vector<Known> parts;
      parts.reserve(static_cast<size_t>(node->nsub()));
      for (int i = 0; i < node->nsub(); ++i) parts.push_back(Analyze(node->sub()[i], raw));
      return node->op() == re2::kRegexpConcat ? Concatenate(parts) : Alternate(parts);
    }
    case re2::kRegexpCapture:
      return Analyze(node->sub()[0], raw);
    case re2::kRegexpQuest: {
      Known known = Analyze(node->sub()[0], raw);
      if (!known.exact) return {};
      known.strings.insert("");
      return known;
    }
    case re2::kRegexpPlus:
      return {false, Required(Analyze(node->sub()[0], raw))};
    case re2::kRegexpRepeat:
      if (node->min() == 0) return {};
      return {false, Required(Analyze(node->sub()[0], raw))};
    default:
      return {};
  }
}

}  // namespace

std::vector<std::string> RequiredLiterals(re2::Regexp* parsed, bool raw) {
  const Strings strings = Required(Analyze(parsed, raw));
  // A literal of every other draft is not worth the look.
  if (FrequencyOf(strings) > kTooCommon) return {};
  // A string that holds another one adds nothing.
  std::vector<std::string> out;
  for (const std::string& one : strings) {
    const bool covered =
        std::any_of(strings.begin(), strings.end(), [&one](const std::string& other) {
          return other.size() < one.size() && one.find(other) != std::string::npos;
        });
    if (!covered) out.push_back(one);
  }
  return out;
}

}  // namespace breath
