// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's StrFormat inside RE2, which writes its dumps of expressions and programs
// with it: %s, %d, %x,
// %#x, %02x, %p and %%. Any other conversion aborts. See ../../README.md.
// Tested by: tests/engine/stand_ins_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_STRINGS_STR_FORMAT_H_
#define BREATH_THIRD_PARTY_ABSL_STRINGS_STR_FORMAT_H_

#include <stddef.h>
#include <stdint.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace breath_absl {

struct FormatArgument {
  template <typename T>
  FormatArgument(T value) {  // NOLINT: converts, as an argument of printf does
    if constexpr (std::is_convertible_v<T, std::string_view>) {
      text = value;
    } else if constexpr (std::is_pointer_v<T>) {
      number = static_cast<int64_t>(reinterpret_cast<uintptr_t>(value));
    } else {
      number = static_cast<int64_t>(value);
    }
  }
  std::string_view text;
  int64_t number = 0;
};

inline void AppendHex(uint64_t number, size_t least, std::string* out) {
  char digits[16];
  size_t count = 0;
  do {
    digits[count++] = "0123456789abcdef"[number % 16];
    number /= 16;
  } while (number != 0 || count < least);
  while (count > 0) out->push_back(digits[--count]);
}

inline std::string Format(std::string_view format, std::initializer_list<FormatArgument> rest) {
  std::string out;
  const FormatArgument* argument = rest.begin();
  const auto starts = [&format](std::string_view with) {
    if (format.substr(0, with.size()) != with) return false;
    format.remove_prefix(with.size());
    return true;
  };
  while (!format.empty()) {
    if (format[0] != '%') {
      out.push_back(format[0]);
      format.remove_prefix(1);
      continue;
    }
    if (starts("%%")) {
      out.push_back('%');
      continue;
    }
    if (argument == rest.end()) std::abort();
    if (starts("%s")) {
      out.append(argument->text);
    } else if (starts("%d")) {
      out.append(std::to_string(argument->number));
    } else if (starts("%x")) {
      AppendHex(static_cast<uint64_t>(argument->number), 1, &out);
    } else if (starts("%02x")) {
      AppendHex(static_cast<uint64_t>(argument->number), 2, &out);
    } else if (starts("%#x") || starts("%p")) {
      out.append("0x");
      AppendHex(static_cast<uint64_t>(argument->number), 1, &out);
    } else {
      std::abort();
    }
    ++argument;
  }
  return out;
}

}  // namespace breath_absl

namespace absl {

template <typename... Arguments>
std::string StrFormat(std::string_view format, const Arguments&... arguments) {
  return breath_absl::Format(format, {breath_absl::FormatArgument(arguments)...});
}

// RE2 prints only when its own debugging constants are set; there is nobody to read it here.
template <typename... Arguments>
void FPrintF(FILE*, std::string_view, const Arguments&...) {}

}  // namespace absl

#endif  // BREATH_THIRD_PARTY_ABSL_STRINGS_STR_FORMAT_H_
