// SPDX-License-Identifier: Apache-2.0
// Does a word as typed read as a word of a phrase, and is there evidence of a disguise? Behind
// see_through.h. The rules are those of rules/FORMAT.md, section 4.5, in the same order. Tested by
// tests/engine/see_through_test.cc.
#include <algorithm>
#include <string>
#include <vector>

#include "wasm/match/ascii.h"
#include "wasm/match/common_words.h"
#include "wasm/match/see_through.h"
#include "wasm/text/confusables.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

constexpr uint32_t kShortestLeet = 4;       // letters; three with one digit or sign in the middle
constexpr uint32_t kShortestStretched = 4;  // letters
constexpr uint32_t kShortestJoined = 4;     // letters of the phrase
constexpr uint32_t kShortestSpacedWord = 3;
constexpr uint32_t kLongestModelName = 4;  // "B2B", "C3PO": capitals and digits
constexpr size_t kLongestRun = 64;

bool IsDigitSign(const Sign& sign) {
  return sign.letter < 0x80 && IsDigit(static_cast<char>(sign.letter));
}

enum class Fit : uint8_t { kNone, kLetter, kLook, kLeet };

Fit FitOf(const Sign& sign, uint32_t letter) {
  if (sign.letter == letter) return Fit::kLetter;
  if (sign.look != 0) {
    const auto look = static_cast<uint32_t>(static_cast<uint8_t>(sign.look));
    const bool like =
        look == letter || (letter < 0x80 && ShapeClass(look, 0) == ShapeClass(letter, 0));
    if (like) return sign.styled ? Fit::kLetter : Fit::kLook;
    return Fit::kNone;
  }
  if (StandsFor(sign.letter, letter)) return Fit::kLeet;
  // A Latin letter in a word of another script.
  if (letter >= 0x80 && sign.letter < 0x80) {
    const char look = LooksLike(letter).letter;
    if (look != 0 && static_cast<uint32_t>(static_cast<uint8_t>(look)) == sign.letter)
      return Fit::kLook;
  }
  return Fit::kNone;
}

struct Evidence {
  uint32_t letters = 0;  // as typed
  uint32_t looks = 0;
  uint32_t leet = 0;
  bool styled = false;
  bool stretched = false;
};

// Lays the characters of a token along the letters of a word. Equal letters in a row are taken in
// their number, or as one long run of three or more of the same character.
class Alignment {
 public:
  Alignment(const uint16_t* letters, uint32_t size, bool star, const std::vector<Sign>& signs)
      : letters_(letters), size_(size), star_(star), signs_(signs) {}

  bool Fits() { return From(0, 0, 0); }
  // After Fits: what was found, and how many characters the word took.
  const Evidence& evidence() const { return evidence_; }
  size_t taken() const { return taken_; }

 private:
  bool From(uint32_t letter, size_t sign, uint32_t depth) {
    if (letter == size_) {
      if (sign != signs_.size() && !star_) return false;
      taken_ = sign;
      return true;
    }
    if (depth > kLongestRun || IsKnownToFail(letter, sign)) return false;
    uint32_t run = 1;
    while (letter + run < size_ && letters_[letter + run] == letters_[letter]) ++run;
    const Evidence before = evidence_;
    if (Take(letter, sign, run) && From(letter + run, sign + run, depth + 1)) return true;
    evidence_ = before;
    size_t same = 0;
    while (sign + same < signs_.size() && signs_[sign + same].letter == signs_[sign].letter) ++same;
    if (same < 3 || same <= run || run > 2) return false;
    if (!Take(letter, sign, 1)) return false;
    // A stretched letter counts as the letters it stands for.
    if (run == 2) Take(letter, sign, 1);
    evidence_.stretched = true;
    if (From(letter + run, sign + same, depth + 1)) return true;
    evidence_ = before;
    failed_.push_back({letter, sign});
    return false;
  }

  // Where a long run may be read in two ways the same place is come upon again, and with many runs
  // without end.
  bool IsKnownToFail(uint32_t letter, size_t sign) const {
    return std::any_of(failed_.begin(), failed_.end(), [letter, sign](const Place& place) {
      return place.letter == letter && place.sign == sign;
    });
  }

  bool Take(uint32_t letter, size_t sign, uint32_t count) {
    if (sign + count > signs_.size()) return false;
    for (uint32_t i = 0; i < count; ++i) {
      const Sign& one = signs_[sign + i];
      switch (FitOf(one, letters_[letter])) {
        case Fit::kNone:
          return false;
        case Fit::kLetter:
          ++evidence_.letters;
          evidence_.styled = evidence_.styled || one.styled;
          break;
        case Fit::kLook:
          ++evidence_.looks;
          break;
        case Fit::kLeet:
          ++evidence_.leet;
          break;
      }
    }
    return true;
  }

  const uint16_t* letters_;
  const uint32_t size_;
  const bool star_;
  const std::vector<Sign>& signs_;
  struct Place {
    uint32_t letter;
    size_t sign;
  };

  Evidence evidence_;
  size_t taken_ = 0;
  std::vector<Place> failed_;  // both readings lead nowhere from here
};

bool IsAsciiLetterSign(const Sign& sign) {
  return sign.letter < 0x80 && IsAlpha(static_cast<char>(sign.letter));
}

// Digits at the edges of a word are numbers more often than letters: "10am", "iphone5", "star7".
bool AreEdgesLetters(const std::vector<Sign>& signs, const uint16_t* letters, uint32_t size) {
  const size_t count = signs.size();
  size_t leading = 0;
  while (leading < count && IsDigitSign(signs[leading])) ++leading;
  size_t trailing = 0;
  while (trailing < count - leading && IsDigitSign(signs[count - 1 - trailing])) ++trailing;
  size_t inside = 0;
  for (size_t i = leading; i < count - trailing; ++i) {
    if (!IsAsciiLetterSign(signs[i]) && (signs[i].letter < 0x80 || signs[i].look != 0)) ++inside;
  }
  if (leading > 1 || (leading == 1 && count < kShortestLeet)) return false;
  if (trailing == 0) return true;
  if (trailing == 1 && signs[count - 1].letter == '0') return true;
  const bool pair = trailing == 2 && signs[count - 1].letter == signs[count - 2].letter &&
                    size >= 2 && letters[size - 1] == letters[size - 2];
  return pair || inside > 0;
}

// "a11y", "i18n": a number between two letters, counting what was left out.
bool IsNumeronym(const std::vector<Sign>& signs) {
  if (signs.size() < 4 || !IsAsciiLetterSign(signs.front()) || !IsAsciiLetterSign(signs.back()))
    return false;
  for (size_t i = 1; i + 1 < signs.size(); ++i) {
    if (!IsDigitSign(signs[i])) return false;
  }
  return signs[1].letter != '0';
}

bool IsLeetWord(const Evidence& evidence, const uint16_t* letters, uint32_t size,
                const std::vector<Sign>& signs, bool all_capitals) {
  if (evidence.letters + evidence.looks == 0) return false;
  if (size < kShortestLeet) {
    const bool middle =
        size == 3 && signs.size() == 3 && evidence.leet == 1 && !IsAsciiLetterSign(signs[1]);
    if (!middle) return false;
  }
  if (all_capitals && signs.size() <= kLongestModelName) return false;
  return !IsNumeronym(signs) && AreEdgesLetters(signs, letters, size);
}

// One letter too many, missing, wrong, or two swapped; never the first letter nor the last two,
// where words are inflected. Damerau, "A technique for computer detection and correction of
// spelling errors" (1964).
bool IsOneTypo(const uint16_t* letters, uint32_t size, const std::vector<Sign>& signs) {
  const size_t count = signs.size();
  if (count + 1 < size || count > size + 1 || size < kShortestTypo) return false;
  size_t head = 0;
  while (head < size && head < count && signs[head].letter == letters[head]) ++head;
  size_t tail = 0;
  while (tail < size && tail < count && signs[count - 1 - tail].letter == letters[size - 1 - tail])
    ++tail;
  if (head < 1 || tail < 2 || (head == size && head == count)) return false;
  if (count == size + 1) return head + tail >= size;
  if (count + 1 == size) return head + tail >= count;
  if (head + tail + 1 == size) return true;
  return head + tail + 2 == size && signs[head].letter == letters[head + 1] &&
         signs[head + 1].letter == letters[head];
}

bool IsEveryday(const std::vector<Sign>& signs) {
  std::string word;
  for (const Sign& sign : signs) {
    if (!IsAsciiLetterSign(sign)) return false;
    word.push_back(static_cast<char>(sign.letter));
  }
  return IsCommonWord(word);
}

}  // namespace

WordReading ReadAs(const uint16_t* letters, uint32_t size, bool star, const DisguiseToken& token,
                   const std::vector<Sign>& signs, bool marked, bool all_capitals,
                   uint32_t phrase_letters) {
  WordReading reading;
  Alignment alignment(letters, size, star, signs);
  if (!alignment.Fits()) {
    reading.typo = !star && token.long_word && !token.barred && IsOneTypo(letters, size, signs) &&
                   !IsEveryday(signs);
    reading.fits = reading.typo;
    return reading;
  }
  const Evidence& evidence = alignment.evidence();
  if (token.joined) {
    reading.fits = phrase_letters >= kShortestJoined && evidence.letters * 2 >= size &&
                   (!token.spaced || size >= kShortestSpacedWord);
    reading.disguised = reading.fits;
    return reading;
  }
  const bool changed =
      evidence.leet > 0 || evidence.looks > 0 || evidence.stretched || evidence.styled || marked;
  if (!changed) {
    reading.fits = true;
    return reading;
  }
  if (token.barred) return reading;
  if (evidence.letters == 0) return reading;
  if (evidence.stretched && size < kShortestStretched) return reading;
  if (evidence.leet > 0 && !IsLeetWord(evidence, letters, size, signs, all_capitals))
    return reading;
  reading.fits = true;
  reading.disguised = true;
  return reading;
}

}  // namespace breath
