// SPDX-License-Identifier: Apache-2.0
// Bottom-up over the parsed expression. Tested by tests/engine/match_test.cc.
#include "wasm/match/required_literals.h"

#include <algorithm>

#include "re2/regexp.h"
#include "wasm/match/ascii.h"
#include "wasm/match/frequency.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr size_t kMostStrings = 1024;   // more are not looked for
constexpr size_t kMostExact = 64;       // strings carried through a concatenation
constexpr size_t kMostJoints = 256;     // strings that may lie across two parts
constexpr size_t kMostAlso = 16;        // strings of a second set
constexpr size_t kMostCharacters = 12;  // of a class that is spelt out
constexpr int kMostRepeats = 8;
constexpr double kRareEnough = 1e-6;
constexpr double kTooCommon = 0.008;  // once in some hundred bytes
constexpr size_t kLongest = 32;       // bytes; a required string may be cut short
constexpr size_t kLongestEnd = 12;    // bytes of a beginning or an end

using Strings = std::vector<std::string>;  // each once, in order

Strings InOrder(Strings strings) {
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  return strings;
}
void Append(const Strings& from, Strings* to) { to->insert(to->end(), from.begin(), from.end()); }

// What is known of one part of an expression.
struct Known {
  bool exact = false;  // it matches the strings of `strings` and nothing else
  Strings strings;     // if exact: all it matches; else: one of these occurs, unless empty
  // If not exact: a match begins with one of these, and ends with one of those.
  Strings prefixes = {""};
  Strings suffixes = {""};

  const Strings& beginnings() const { return exact ? strings : prefixes; }
  const Strings& ends() const { return exact ? strings : suffixes; }
};

Known Exactly(Strings strings) {
  Known known;
  known.exact = true;
  known.strings = std::move(strings);
  return known;
}

// What the literals are to be: of the folded text, or of the text as typed, either with ASCII
// letters in lower case or, when no part of the expression reads both, as the expression writes
// them.
enum class Spelling : uint8_t { kFolded, kLowered, kCased };

// The one character of the searched text that stands for a code point, or "" when there is no such.
std::string CharacterOf(uint32_t code_point, Spelling spelling) {
  std::string out;
  if (spelling != Spelling::kFolded) {
    const bool lowers = spelling == Spelling::kLowered && code_point >= 'A' && code_point <= 'Z';
    AppendUtf8(lowers ? code_point + 32 : code_point, &out);
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

// How often one of the strings may be expected at a byte of ordinary text.
double FrequencyOf(const Strings& strings) {
  double sum = strings.empty() ? 2 : 0;
  for (const std::string& one : strings) sum += ExpectedFrequency(Lowered(one));
  return sum;
}

// Rarer is better, but each string costs room, and once in a million bytes is rare enough.
bool IsBetter(const Strings& a, const Strings& b) {
  const double often_a = FrequencyOf(a);
  const double often_b = FrequencyOf(b);
  auto price = [](double often, const Strings& strings) {
    return std::max(often, kRareEnough) * static_cast<double>(std::max<size_t>(strings.size(), 1));
  };
  const double price_a = price(often_a, a);
  const double price_b = price(often_b, b);
  return price_a != price_b ? price_a < price_b : often_a < often_b;
}

// As something required: exact strings of which one is empty require nothing.
Strings Required(const Known& known) {
  if (known.strings.size() > kMostStrings || Shortest(known.strings) == 0) return {};
  return known.strings;
}

Strings Joined(const Strings& left, const Strings& right) {
  Strings joined;
  joined.reserve(left.size() * right.size());
  for (const std::string& one : left) {
    for (const std::string& other : right) joined.push_back(one + other);
  }
  return InOrder(std::move(joined));
}

// Shortens beginnings, or ends, to what a joint needs, and until there are few enough.
Strings Shortened(Strings strings, bool are_beginnings) {
  for (size_t size = kLongestEnd; size > 0; size /= 2) {
    for (std::string& one : strings) {
      if (one.size() <= size) continue;
      if (are_beginnings) {
        one.resize(size);
      } else {
        one.erase(0, one.size() - size);
      }
    }
    strings = InOrder(std::move(strings));
    if (strings.size() <= kMostExact) return strings;
  }
  return {""};
}

Known Literal(uint32_t code_point, bool folds, Spelling spelling) {
  if (spelling != Spelling::kFolded && folds && HasForeignCase(code_point)) return {};
  const std::string character = CharacterOf(code_point, spelling);
  if (character.empty()) return {};
  return Exactly({character});
}

Known OfClass(re2::Regexp* node, Spelling spelling) {
  Strings strings;
  if (node->cc()->size() > static_cast<int>(3 * kMostCharacters)) return {};
  for (const re2::RuneRange& range : *node->cc()) {
    for (int rune = range.lo; rune <= range.hi; ++rune) {
      const std::string character = CharacterOf(static_cast<uint32_t>(rune), spelling);
      if (character.empty()) return {};
      strings.push_back(character);
    }
  }
  strings = InOrder(std::move(strings));
  if (strings.empty() || strings.size() > kMostCharacters) return {};
  return Exactly(std::move(strings));
}

bool HasLongOne(const Strings& strings) {
  return std::any_of(strings.begin(), strings.end(),
                     [](const std::string& one) { return one.size() > kLongest; });
}

// One part after the other. The strings across their joint are known by the ends of the first and
// the beginnings of the second, after R. Cox, "Regular Expression Matching with a Trigram Index"
// (2012).
Known Concatenate(const Known& first, const Known& second) {
  if (first.exact && second.exact && first.strings.size() * second.strings.size() <= kMostExact) {
    Known whole = Exactly(Joined(first.strings, second.strings));
    if (!HasLongOne(whole.strings)) return whole;
  }
  Known whole;
  whole.strings = Required(first);
  auto offer = [&whole](Strings strings) {
    if (Shortest(strings) > 0 && IsBetter(strings, whole.strings))
      whole.strings = std::move(strings);
  };
  offer(Required(second));
  if (first.ends().size() * second.beginnings().size() <= kMostJoints) {
    offer(Joined(first.ends(), second.beginnings()));
  }
  whole.prefixes = first.beginnings();
  if (first.exact && first.strings.size() * second.beginnings().size() <= kMostJoints) {
    whole.prefixes = Joined(first.strings, second.beginnings());
  }
  whole.suffixes = second.ends();
  if (second.exact && second.strings.size() * first.ends().size() <= kMostJoints) {
    whole.suffixes = Joined(first.ends(), second.strings);
  }
  whole.prefixes = Shortened(std::move(whole.prefixes), true);
  whole.suffixes = Shortened(std::move(whole.suffixes), false);
  return whole;
}

Known Alternate(const std::vector<Known>& parts) {
  Known out;
  out.exact = std::all_of(parts.begin(), parts.end(), [](const Known& part) { return part.exact; });
  out.prefixes.clear();
  out.suffixes.clear();
  bool required = true;
  for (const Known& part : parts) {
    const Strings strings = out.exact ? part.strings : Required(part);
    required = required && !strings.empty();
    Append(strings, &out.strings);
    Append(part.beginnings(), &out.prefixes);
    Append(part.ends(), &out.suffixes);
  }
  out.strings = InOrder(std::move(out.strings));
  if (out.exact && out.strings.size() <= kMostExact) return out;
  if (out.exact && Shortest(out.strings) == 0) required = false;
  out.exact = false;
  if (!required || out.strings.size() > kMostStrings) out.strings.clear();
  out.prefixes = Shortened(std::move(out.prefixes), true);
  out.suffixes = Shortened(std::move(out.suffixes), false);
  return out;
}

// At least `times` times.
Known Repeat(const Known& part, int times) {
  if (times == 0) return {};
  Known whole = part;
  for (int i = 1; i < std::min(times, kMostRepeats); ++i) whole = Concatenate(whole, part);
  whole.prefixes = Shortened(whole.beginnings(), true);
  whole.suffixes = Shortened(whole.ends(), false);
  whole.strings = Required(whole);
  whole.exact = false;
  return whole;
}

// A row of literals: the common case, put together without sets.
Known LiteralString(re2::Regexp* node, bool folds, Spelling spelling) {
  std::vector<std::string> pieces = {""};  // between characters that have no single form
  for (int i = 0; i < node->nrunes(); ++i) {
    const auto rune = static_cast<uint32_t>(node->runes()[i]);
    const std::string character = spelling != Spelling::kFolded && folds && HasForeignCase(rune)
                                      ? ""
                                      : CharacterOf(rune, spelling);
    if (character.empty()) {
      pieces.emplace_back();
    } else if (pieces.back().size() + character.size() > kLongest) {
      pieces.push_back(character);
    } else {
      pieces.back() += character;
    }
  }
  if (pieces.size() == 1) return Exactly({pieces[0]});
  Known known;
  for (const std::string& piece : pieces) {
    if (!piece.empty() && IsBetter({piece}, known.strings)) known.strings = {piece};
  }
  known.prefixes = {pieces.front()};
  known.suffixes = {pieces.back()};
  return known;
}

// Recursion is as deep as the expression, which the format keeps to 1,024 bytes.
Known Analyze(re2::Regexp* node, Spelling spelling) {
  const bool folds = (node->parse_flags() & re2::Regexp::FoldCase) != 0;
  switch (node->op()) {
    case re2::kRegexpLiteral:
      return Literal(static_cast<uint32_t>(node->rune()), folds, spelling);
    case re2::kRegexpLiteralString:
      return LiteralString(node, folds, spelling);
    case re2::kRegexpCharClass:
      return OfClass(node, spelling);
    case re2::kRegexpEmptyMatch:
      return Exactly({""});
    case re2::kRegexpConcat: {
      Known whole = Analyze(node->sub()[0], spelling);
      for (int i = 1; i < node->nsub(); ++i)
        whole = Concatenate(whole, Analyze(node->sub()[i], spelling));
      return whole;
    }
    case re2::kRegexpAlternate: {
      std::vector<Known> parts;
      parts.reserve(static_cast<size_t>(node->nsub()));
      for (int i = 0; i < node->nsub(); ++i) parts.push_back(Analyze(node->sub()[i], spelling));
      return Alternate(parts);
    }
    case re2::kRegexpCapture:
      return Analyze(node->sub()[0], spelling);
    case re2::kRegexpQuest: {
      Known known = Analyze(node->sub()[0], spelling);
      if (!known.exact) return {};
      known.strings.insert(known.strings.begin(), "");
      return Exactly(InOrder(std::move(known.strings)));
    }
    case re2::kRegexpPlus:
      return Repeat(Analyze(node->sub()[0], spelling), 1);
    case re2::kRegexpRepeat: {
      const Known part = Analyze(node->sub()[0], spelling);
      if (node->min() == node->max() && node->min() <= kMostRepeats && node->min() > 0) {
        Known whole = part;
        for (int i = 1; i < node->min(); ++i) whole = Concatenate(whole, part);
        return whole;
      }
      return Repeat(part, node->min());
    }
    default:
      return {};
  }
}

bool Holds(const std::string& text, const Strings& parts) {
  return std::any_of(parts.begin(), parts.end(), [&text](const std::string& part) {
    return text.find(part) != std::string::npos;
  });
}

// Of the sets that the parts of an expression require, the rarest that `literals` does not imply.
Strings SecondSet(const std::vector<Known>& parts, const Strings& literals) {
  Strings best;
  for (const Known& part : parts) {
    Strings strings = Required(part);
    if (strings.empty() || strings.size() > kMostAlso || FrequencyOf(strings) > kTooCommon) {
      continue;
    }
    const bool is_implied =
        !literals.empty() &&
        std::all_of(literals.begin(), literals.end(),
                    [&strings](const std::string& literal) { return Holds(literal, strings); });
    if (!is_implied && (best.empty() || IsBetter(strings, best))) best = std::move(strings);
  }
  return best;
}

bool ReadsBothCases(re2::Regexp* node) {
  if ((node->parse_flags() & re2::Regexp::FoldCase) != 0) return true;
  for (int i = 0; i < node->nsub(); ++i) {
    if (ReadsBothCases(node->sub()[i])) return true;
  }
  return false;
}

// Whether every string that begins so begins with one of the literals.
bool AreBeginnings(const Strings& literals, const Strings& prefixes) {
  return std::all_of(prefixes.begin(), prefixes.end(), [&literals](const std::string& prefix) {
    return std::any_of(literals.begin(), literals.end(), [&prefix](const std::string& literal) {
      return prefix.compare(0, literal.size(), literal) == 0;
    });
  });
}

Strings AllLowered(const Strings& strings) {
  Strings lowered;
  lowered.reserve(strings.size());
  for (const std::string& one : strings) lowered.push_back(Lowered(one));
  return InOrder(std::move(lowered));
}

}  // namespace

RequiredSets RequiredLiterals(re2::Regexp* parsed, bool raw) {
  const Spelling spelling = !raw                     ? Spelling::kFolded
                            : ReadsBothCases(parsed) ? Spelling::kLowered
                                                     : Spelling::kCased;
  while (parsed->op() == re2::kRegexpCapture) parsed = parsed->sub()[0];
  std::vector<Known> parts;
  if (parsed->op() == re2::kRegexpConcat) {
    for (int i = 0; i < parsed->nsub(); ++i) parts.push_back(Analyze(parsed->sub()[i], spelling));
  } else {
    parts.push_back(Analyze(parsed, spelling));
  }
  // Neighbours of which every string is known are one part: a letter with relatives in other
  // scripts stands alone in a parsed word.
  size_t last = 0;
  for (size_t i = 1; i < parts.size(); ++i) {
    Known joined = Concatenate(parts[last], parts[i]);
    if (joined.exact) {
      parts[last] = std::move(joined);
    } else if (++last != i) {
      parts[last] = std::move(parts[i]);
    }
  }
  parts.resize(last + 1);
  Known whole = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) whole = Concatenate(whole, parts[i]);
  const Strings strings = Required(whole);
  RequiredSets sets;
  // A literal of every other draft is not worth the look.
  if (FrequencyOf(strings) <= kTooCommon) {
    // A string that holds another one adds nothing.
    for (const std::string& one : strings) {
      const bool covered =
          std::any_of(strings.begin(), strings.end(), [&one](const std::string& other) {
            return other.size() < one.size() && one.find(other) != std::string::npos;
          });
      if (!covered) sets.literals.push_back(one);
    }
  }
  sets.at_start = !sets.literals.empty() && AreBeginnings(sets.literals, whole.beginnings());
  sets.also = SecondSet(parts, sets.literals);
  if (spelling == Spelling::kCased) {
    sets.also = AllLowered(sets.also);
    sets.cased = std::move(sets.literals);
    sets.literals = AllLowered(sets.cased);
  }
  return sets;
}

}  // namespace breath
