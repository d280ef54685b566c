// SPDX-License-Identifier: Apache-2.0
// What is wrong with a bundle, where, and what to do. Ids are stable: rules/FORMAT.md, section 7.
#ifndef BREATH_BUNDLE_BUNDLE_ERROR_H_
#define BREATH_BUNDLE_BUNDLE_ERROR_H_

#include <string>
#include <string_view>
#include <utility>

namespace breath {

struct BundleError {
  std::string id;
  std::string pointer;  // JSON Pointer, RFC 6901; "" is the whole document
  std::string message;
};

// The pointer of a member or element below `pointer`.
inline std::string Below(std::string_view pointer, std::string_view member) {
  std::string out(pointer);
  out.push_back('/');
  for (const char c : member) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out.push_back(c);
  }
  return out;
}
inline std::string Below(std::string_view pointer, size_t index) {
  return std::string(pointer) + "/" + std::to_string(index);
}

}  // namespace breath

#endif  // BREATH_BUNDLE_BUNDLE_ERROR_H_
