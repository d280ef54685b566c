// SPDX-License-Identifier: Apache-2.0
// How `seeThrough` reads a draft: the words as typed, which of them give cause to look twice, words
// put together from spaced or joined letters, and what each character may stand for. It knows no
// phrases. What is ordinary text is decided by the rules of rules/FORMAT.md, section 4.5.
// Tested by: tests/engine/see_through_test.cc
#ifndef BREATH_MATCH_DISGUISE_READING_H_
#define BREATH_MATCH_DISGUISE_READING_H_

#include <stdint.h>

#include <string_view>
#include <vector>

namespace breath {

// One character of a word as typed.
struct Sign {
  uint32_t letter;  // folded; for a character that looks like a letter, that character itself
  char look;        // the ASCII letter or digit it looks like; 0: none
  bool styled;      // it is the letter `look` in another style of type
};

// A word of the draft: bytes [start, end) of what was cut.
struct DisguiseToken {
  uint32_t start;
  uint32_t end;
  bool cause;      // something in it asks for a second look: digit, sign, look-alike, long run
  bool long_word;  // letters only, long enough for a typo
  bool joined;     // its letters stand apart, with `separator` between them
  bool spaced;     // and that separator is white space
  bool linked;     // white space or one hyphen between it and the token before
  bool barred;     // part of a link, a hashtag, code: only good as a neighbour
  uint32_t separator;
};

struct DisguiseReading {
  std::vector<DisguiseToken> tokens;
  // Other readings of spaced letters, each on its own: "a" before them may be a word.
  std::vector<DisguiseToken> alone;
  bool cause = false;  // some token is worth a look-up
};

inline constexpr uint32_t kShortestTypo = 8;
inline constexpr uint32_t kLongestTypo = 24;

// Cuts text as typed, whole lines of it: what stands on other lines matters to no token but by
// `linked` of the first. One pass; allocates the tokens only.
DisguiseReading ReadForDisguise(std::string_view text);

// What a token is made of. False when it holds something no disguise explains, such as vowel signs
// of an Indic script. `marked` tells whether marks were left out that belong to no letter.
bool ReadSigns(std::string_view text, const DisguiseToken& token, std::vector<Sign>* signs,
               bool* marked);

// What a letter, digit or sign is counted as when words are looked up: "l", "I" and "1" alike.
uint32_t ShapeClass(uint32_t letter, char look);
// Whether a digit or sign may stand for a letter: 3 for e, $ for s.
bool StandsFor(uint32_t sign, uint32_t letter);

}  // namespace breath

#endif  // BREATH_MATCH_DISGUISE_READING_H_
