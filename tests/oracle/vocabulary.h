// SPDX-License-Identifier: Apache-2.0
// What random cases are made of: words that fold into one another, signs between words, and pieces
// of text that numbers, links and secrets look like. Secret-looking text is put together here at
// run time, so that no file holds it. Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_VOCABULARY_H_
#define BREATH_TESTS_ORACLE_VOCABULARY_H_

#include <string>

#include "tests/oracle/choices.h"

namespace breath::oracle {

// A word or two of ordinary and of awkward spelling; well-formed UTF-8 that folds to something.
std::string AnyWord(Choices* choices);
// What may stand between words: white space, signs, sentence ends, nothing.
std::string AnySeparator(Choices* choices);
// Bytes no phrase holds: controls, NUL, malformed UTF-8, lone marks.
std::string AnyOddity(Choices* choices);
// A number, an address, a link, a mention, capitals, something like a secret; or nearly.
std::string AnyToken(Choices* choices);
std::string AnyHost(Choices* choices);
// The same text in another spelling that may or may not fold to the same.
std::string Respelled(const std::string& text, Choices* choices);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_VOCABULARY_H_
