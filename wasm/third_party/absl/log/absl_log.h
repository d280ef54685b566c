// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's logger inside RE2: log lines go nowhere, FATAL aborts. See
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
struct Fatal : Nowhere {
  ~Fatal() { std::abort(); }
};

}  // namespace breath_log

#define BREATH_LOG_INFO ::breath_log::Nowhere()
#define BREATH_LOG_WARNING ::breath_log::Nowhere()
#define BREATH_LOG_ERROR ::breath_log::Nowhere()
#define BREATH_LOG_DFATAL ::breath_log::Nowhere()
#define BREATH_LOG_FATAL ::breath_log::Fatal()
#define ABSL_LOG(severity) BREATH_LOG_##severity
#define ABSL_DLOG(severity) ::breath_log::Nowhere()
#define ABSL_VLOG(level) ::breath_log::Nowhere()

#endif  // BREATH_THIRD_PARTY_ABSL_LOG_ABSL_LOG_H_
