// SPDX-License-Identifier: Apache-2.0
// One case through engine and oracle. Shared by the property test, the printer of cases and the
// fuzzer, so that all three hold the engine to the same thing.
// Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_TRIAL_H_
#define BREATH_TESTS_ORACLE_TRIAL_H_

#include <string>

#include "tests/oracle/case_maker.h"
#include "tests/oracle/verdict.h"

namespace breath::oracle {

struct Trial {
  bool agreed = false;
  std::string refusal;  // why the engine did not take the bundle; then nothing was compared
  Verdict engine;
  Verdict read;    // the oracle's, patterns of any size read
  Verdict unread;  // the oracle's, leaves with more matches than the engine keeps left unknown
};

Trial Try(const Case& made);

// Whether the engine's verdict is right. Without a leaf that matches too often that means: the
// oracle's to the last span. A rule that depends on such a pattern must be judged as in `unread` or
// as in `read`, or not be judged; order and outcome must follow from that.
bool IsRight(const nlohmann::json& bundle, const Verdict& engine, const Verdict& unread,
             const Verdict& read);

// For people: the case, and who says what of it.
std::string ToText(const Case& made, const Trial& trial);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_TRIAL_H_
