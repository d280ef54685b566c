// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's logger inside RE2: log lines go nowhere and are not even composed, FATAL
// aborts. See
// ../../README.md.
#ifndef BREATH_THIRD_PARTY_ABSL_LOG_ABSL_LOG_H_
#define BREATH_THIRD_PARTY_ABSL_LOG_ABSL_LOG_H_

#include <cstdlib>

namespace breath_log {

struct Nowhere {
  template <typename T>
  const Nowhere& operator<<(const T&) const {
    return *this;
  }
};

}  // namespace breath_log

// The compiler drops what would be streamed, and with it the code that formats expressions and
// programs.
#define BREATH_LOG_NEVER \
  while (false) ::breath_log::Nowhere()
#define BREATH_LOG_INFO BREATH_LOG_NEVER
#define BREATH_LOG_WARNING BREATH_LOG_NEVER
#define BREATH_LOG_ERROR BREATH_LOG_NEVER
#define BREATH_LOG_DFATAL BREATH_LOG_NEVER
#define BREATH_LOG_FATAL std::abort(), ::breath_log::Nowhere()
#define ABSL_LOG(severity) BREATH_LOG_##severity
#define ABSL_DLOG(severity) BREATH_LOG_NEVER
#define ABSL_VLOG(level) BREATH_LOG_NEVER

#endif  // BREATH_THIRD_PARTY_ABSL_LOG_ABSL_LOG_H_
