// SPDX-License-Identifier: Apache-2.0
// Makes a failing case small enough to read: takes away whatever can go from bundle and draft while
// the case still fails. It does not know the format; a bundle that no longer loads counts as not
// failing. Tested by: tests/oracle/oracle_test.cc
#ifndef BREATH_TESTS_ORACLE_MINIMISE_H_
#define BREATH_TESTS_ORACLE_MINIMISE_H_

#include <functional>

#include "tests/oracle/case_maker.h"

namespace breath::oracle {

Case Minimise(Case made, const std::function<bool(const Case&)>& fails);

}  // namespace breath::oracle

#endif  // BREATH_TESTS_ORACLE_MINIMISE_H_
