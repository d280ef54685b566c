// SPDX-License-Identifier: Apache-2.0
// Reading members of parsed JSON strictly: a wrong type, a missing or an unknown member becomes a
// BundleError with its pointer. Every function returns false once an error is set. It knows JSON
// types, not rules. Tested by: tests/engine/bundle_test.cc
#ifndef BREATH_BUNDLE_JSON_READER_H_
#define BREATH_BUNDLE_JSON_READER_H_

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/bundle/bundle_error.h"

namespace breath {

class JsonReader {
 public:
  using json = nlohmann::json;

  explicit JsonReader(BundleError* error) : error_(error) {}

  // Sets the error, unless one is set already, and returns false.
  bool Fail(std::string_view id, std::string pointer, std::string message);

  // `value` is an object with none but these members.
  bool Object(const json& value, const std::string& at,
              std::initializer_list<std::string_view> members);
  // The member, or null; with `required`, a missing one is an error.
  const json* Member(const json& object, const std::string& at, std::string_view name,
                     bool required);

  bool String(const json& value, const std::string& at, std::string* out);
  bool Integer(const json& value, const std::string& at, int64_t low, int64_t high, int64_t* out);
  bool Number(const json& value, const std::string& at, double low, double high, double* out);
  bool True(const json& value, const std::string& at);
  bool Boolean(const json& value, const std::string& at, bool* out);
  bool Array(const json& value, const std::string& at, size_t least, size_t most);
  bool Strings(const json& value, const std::string& at, size_t least, size_t most,
               std::vector<std::string>* out);

  // Members of an object.
  bool NeedString(const json& object, const std::string& at, std::string_view name,
                  std::string* out);
  bool MaybeString(const json& object, const std::string& at, std::string_view name,
                   std::string* out);
  // A sentence people read: not empty, at most 300 characters, no control or bidi characters.
  bool NeedText(const json& object, const std::string& at, std::string_view name, std::string* out);
  bool Text(const json& value, const std::string& at, std::string* out);
  // RFC 3339 UTC with whole seconds, as seconds since 1970.
  bool Time(const json& value, const std::string& at, int64_t* out);

 private:
  BundleError* error_;
};

}  // namespace breath

#endif  // BREATH_BUNDLE_JSON_READER_H_
