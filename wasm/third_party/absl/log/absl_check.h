// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's checks inside RE2: a failed check aborts. See ../../README.md.
#ifndef BREATH_THIRD_PARTY_ABSL_LOG_ABSL_CHECK_H_
#define BREATH_THIRD_PARTY_ABSL_LOG_ABSL_CHECK_H_

#include "absl/log/absl_log.h"

#define ABSL_CHECK(condition) \
  if (condition) {            \
  } else                      \
    std::abort(), ::breath_log::Nowhere()
#define ABSL_CHECK_EQ(a, b) ABSL_CHECK((a) == (b))
#define ABSL_CHECK_NE(a, b) ABSL_CHECK((a) != (b))
#define ABSL_CHECK_LE(a, b) ABSL_CHECK((a) <= (b))
#define ABSL_CHECK_LT(a, b) ABSL_CHECK((a) < (b))
#define ABSL_CHECK_GE(a, b) ABSL_CHECK((a) >= (b))
#define ABSL_CHECK_GT(a, b) ABSL_CHECK((a) > (b))
#define ABSL_DCHECK(condition) ABSL_CHECK(true || (condition))
#define ABSL_DCHECK_EQ(a, b) ABSL_DCHECK((a) == (b))
#define ABSL_DCHECK_NE(a, b) ABSL_DCHECK((a) != (b))
#define ABSL_DCHECK_LE(a, b) ABSL_DCHECK((a) <= (b))
#define ABSL_DCHECK_LT(a, b) ABSL_DCHECK((a) < (b))
#define ABSL_DCHECK_GE(a, b) ABSL_DCHECK((a) >= (b))
#define ABSL_DCHECK_GT(a, b) ABSL_DCHECK((a) > (b))

#endif  // BREATH_THIRD_PARTY_ABSL_LOG_ABSL_CHECK_H_
