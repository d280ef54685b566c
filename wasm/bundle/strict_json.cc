// SPDX-License-Identifier: Apache-2.0
// Byte scan, then one pass of nlohmann's SAX parser that watches keys and sizes while it builds the
// value. Tested by tests/engine/strict_json_test.cc.
#include "wasm/bundle/strict_json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "wasm/bundle/limits.h"
#include "wasm/text/unicode.h"

namespace breath {
namespace {

using nlohmann::json;

bool ScanBytes(std::string_view bytes, BundleError* error) {
  if (bytes.size() > limits::kBundleBytes) {
    *error = {"bundle.too-large", "",
              "The bundle has " + std::to_string(bytes.size()) + " bytes; at most " +
                  std::to_string(limits::kBundleBytes) +
                  " are read. Split lists or drop unused rules."};
    return false;
  }
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
    *error = {"bundle.bom", "",
              "The bundle starts with a byte order mark. Save it as UTF-8 without one."};
    return false;
  }
  // Depth is counted outside strings before any parser sees the bytes.
  uint32_t depth = 0;
  bool in_string = false;
  size_t i = 0;
  while (i < bytes.size()) {
    const char c = bytes[i];
    if (c == '\0') {
      *error = {"bundle.nul", "",
                "The bundle holds a NUL byte at offset " + std::to_string(i) + ". Remove it."};
      return false;
    }
    if (static_cast<uint8_t>(c) >= 0x80) {
      const Decoded decoded = DecodeAt(bytes, i);
      if (!decoded.valid) {
        *error = {
            "bundle.utf8", "",
            "The bundle is not valid UTF-8 at byte " + std::to_string(i) + ". Save it as UTF-8."};
        return false;
      }
      i += decoded.size;
      continue;
    }
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > limits::kJsonDepth) {
        *error = {"bundle.depth", "",
                  "The bundle is nested deeper than " + std::to_string(limits::kJsonDepth) +
                      " levels at byte " + std::to_string(i) + ". Flatten it."};
        return false;
      }
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
    ++i;
  }
  return true;
}

// Follows the document, keeps the pointer of the value being read, and hands everything on to
// nlohmann's own builder.
class Watcher : public nlohmann::json_sax<json> {
 public:
  Watcher(json* out, BundleError* error) : builder_(*out, false), error_(error) {}

  bool null() override { return builder_.null() && Value(); }
  bool boolean(bool value) override { return builder_.boolean(value) && Value(); }
  bool number_integer(number_integer_t value) override {
    return builder_.number_integer(value) && Value();
  }
  bool number_unsigned(number_unsigned_t value) override {
    return builder_.number_unsigned(value) && Value();
  }
  bool number_float(number_float_t value, const string_t& text) override {
    return builder_.number_float(value, text) && Value();
  }
  bool binary(binary_t& value) override { return builder_.binary(value) && Value(); }
  bool string(string_t& value) override {
    if (value.size() > limits::kStringBytes) return TooLong(Here());
    return builder_.string(value) && Value();
  }
  bool start_object(std::size_t size) override { return Open(true) && builder_.start_object(size); }
  bool start_array(std::size_t size) override { return Open(false) && builder_.start_array(size); }
  bool end_object() override { return builder_.end_object() && Close(); }
  bool end_array() override { return builder_.end_array() && Close(); }
  bool key(string_t& name) override {
    if (name.size() > limits::kStringBytes) return TooLong(Here());
    Level& level = levels_.back();
    level.key = name;
    if (level.keys.insert(name).second) return builder_.key(name);
    *error_ = {"bundle.duplicate-key", Here(), "This member stands twice in its object. Keep one."};
    return false;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& exception) override {
    std::string detail = exception.what();
    const size_t colon = detail.rfind("; ");
    if (colon != std::string::npos) detail = detail.substr(colon + 2);
    *error_ = {"bundle.json", Here(),
               "Not valid JSON at byte " + std::to_string(position) + ": " + detail + "."};
    return false;
  }

 private:
  struct Level {
    bool object = false;
    std::string key;
    std::set<std::string> keys;
    size_t index = 0;
  };
  bool Value() {
    if (++values_ > limits::kJsonValues) {
      *error_ = {"bundle.limit", "",
                 "The bundle holds more than " + std::to_string(limits::kJsonValues) +
                     " values. Split it, or use fewer terms and rules."};
      return false;
    }
    if (!levels_.empty() && !levels_.back().object) ++levels_.back().index;
    return true;
  }
  bool Open(bool object) {
    levels_.push_back({object, "", {}, 0});
    return true;
  }
  bool Close() {
    levels_.pop_back();
    return Value();
  }
  std::string Here() const {
    std::string pointer;
    for (const Level& level : levels_) {
      if (level.object && level.keys.empty() && level.key.empty()) break;  // no member read yet
      pointer = level.object ? Below(pointer, level.key) : Below(pointer, level.index);
    }
    return pointer;
  }
  bool TooLong(std::string pointer) {
    *error_ = {"bundle.string-too-long", std::move(pointer),
               "This string is longer than " + std::to_string(limits::kStringBytes) +
                   " bytes. Shorten it."};
    return false;
  }

  nlohmann::detail::json_sax_dom_parser<json> builder_;
  BundleError* error_;
  std::vector<Level> levels_;
  size_t values_ = 0;
};

}  // namespace

bool ParseStrictJson(std::string_view bytes, json* out, BundleError* error) {
  if (!ScanBytes(bytes, error)) return false;
  Watcher watcher(out, error);
  if (!json::sax_parse(bytes.begin(), bytes.end(), &watcher)) {
    if (error->id.empty()) *error = {"bundle.json", "", "Not valid JSON."};
    return false;
  }
  return true;
}

}  // namespace breath
