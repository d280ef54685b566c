// SPDX-License-Identifier: Apache-2.0
// Whether a word is everyday English, so that it is no typo of another ("contact" and "contract").
// A Bloom filter: it knows each of its words, and takes about one other word in seventy for one of
// them. It holds no meanings and no other language. Tested by: tests/engine/common_words_test.cc
#ifndef BREATH_MATCH_COMMON_WORDS_H_
#define BREATH_MATCH_COMMON_WORDS_H_

#include <string_view>

namespace breath {

// `word` is in lower case ASCII letters.
bool IsCommonWord(std::string_view word);

}  // namespace breath

#endif  // BREATH_MATCH_COMMON_WORDS_H_
