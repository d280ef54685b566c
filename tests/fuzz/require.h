// SPDX-License-Identifier: Apache-2.0
// What a fuzzer holds true: a line that fails ends the run and so saves the input. Unlike assert it
// is there in every build. Tested by: tests/fuzz/*_fuzzer.cc
#ifndef BREATH_TESTS_FUZZ_REQUIRE_H_
#define BREATH_TESTS_FUZZ_REQUIRE_H_

#include <stdio.h>
#include <stdlib.h>

#define BREATH_REQUIRE(condition)                                             \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                                \
    }                                                                         \
  } while (false)

#endif  // BREATH_TESTS_FUZZ_REQUIRE_H_
