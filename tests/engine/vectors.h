// SPDX-License-Identifier: Apache-2.0
// Reads tests/engine/vectors.json: a condition, a draft with the expected marks in ⟦ ⟧, and what
// else the bundle holds. The same file is read by tests/node/engine.test.js, so that the native
// engine and engine.wasm answer the same.
#ifndef BREATH_TESTS_ENGINE_VECTORS_H_
#define BREATH_TESTS_ENGINE_VECTORS_H_

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "wasm/text/draft.h"
#include "wasm/text/span.h"
#include "wasm/text/unicode.h"

namespace breath::testing {

inline nlohmann::json RuleJson(const nlohmann::json& when, const std::string& id = "test.rule") {
  return {{"id", id},
          {"title", "Title"},
          {"owner", "Legal"},
          {"purpose", "Purpose."},
          {"guideline", {{"title", "Clause 1"}, {"url", "https://conduct.example/1"}}},
          {"audience", {"external", "internal"}},
          {"severity", "pause"},
          {"reviewBy", "2027-06-30"},
          {"when", when},
          {"say", {{"en", {{"notice", "Notice."}, {"why", "Why."}, {"instead", "Instead."}}}}},
          {"examples", {{"warn", {"a"}}, {"fine", {"b"}}}}};
}

inline nlohmann::json BundleJson(nlohmann::json rules) {
  return {{"format", "breath-bundle/1"},
          {"name", "Test"},
          {"version", 1},
          {"issued", "2026-11-21T00:00:00Z"},
          {"rules", std::move(rules)}};
}

struct Vector {
  std::string name;
  std::string bundle;  // JSON
  std::string draft;   // UTF-8, without markers
  SpanList marks;      // UTF-16
};

inline constexpr char kContext[] = "site=x\nsurface=post\naudience=external\nat=1795219200";

// A text in which "⟦" and "⟧" stand around what must be marked.
struct Marked {
  std::string text;  // UTF-8, without them
  SpanList marks;    // UTF-16
};
inline Marked ReadMarked(const std::string& written) {
  Marked out;
  uint32_t units = 0;
  for (size_t i = 0; i < written.size();) {
    const Decoded decoded = DecodeAt(written, i);
    if (decoded.code_point == 0x27E6) {
      out.marks.push_back({units, units});
    } else if (decoded.code_point == 0x27E7) {
      out.marks.back().end = units;
    } else {
      out.text.append(written, i, decoded.size);
      units += Utf16Size(decoded.code_point);
    }
    i += decoded.size;
  }
  return out;
}

inline std::vector<Vector> ReadVectors(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  std::vector<Vector> vectors;
  for (const nlohmann::json& row : nlohmann::json::parse(text.str())) {
    Vector vector;
    vector.name = row["name"].get<std::string>();
    nlohmann::json rule = RuleJson(row["when"]);
    if (row.contains("unless")) rule["unless"] = row["unless"];
    // Named an array: compilers disagree on what one pair of braces around one value makes.
    nlohmann::json bundle = BundleJson(nlohmann::json::array({rule}));
    if (row.contains("definitions")) {
      for (const auto& [name, is] : row["definitions"].items()) {
        bundle["definitions"][name] = {{"title", name}, {"is", is}};
      }
    }
    if (row.contains("lists")) {
      for (const auto& [name, terms] : row["lists"].items()) {
        bundle["lists"][name] = {{"title", name}, {"owner", "Legal"}, {"terms", terms}};
      }
    }
    vector.bundle = bundle.dump();
    Marked marked = ReadMarked(row["draft"].get<std::string>());
    vector.draft = std::move(marked.text);
    vector.marks = std::move(marked.marks);
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

}  // namespace breath::testing

#endif  // BREATH_TESTS_ENGINE_VECTORS_H_
