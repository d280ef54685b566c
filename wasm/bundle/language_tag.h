// SPDX-License-Identifier: Apache-2.0
// What counts as a language tag in a bundle; which languages there are is not known here.
// Tested by: tests/engine/bundle_test.cc
#ifndef BREATH_BUNDLE_LANGUAGE_TAG_H_
#define BREATH_BUNDLE_LANGUAGE_TAG_H_

#include <string_view>

namespace breath {

// A BCP 47 tag in its common forms: "en", "de-CH", "zh-Hant".
inline bool IsLanguageTag(std::string_view tag) {
  if (tag.size() < 2 || tag.size() > 35 || tag.front() == '-' || tag.back() == '-') return false;
  for (const char c : tag) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
      return false;
  }
  return true;
}

}  // namespace breath

#endif  // BREATH_BUNDLE_LANGUAGE_TAG_H_
