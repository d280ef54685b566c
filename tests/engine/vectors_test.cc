// SPDX-License-Identifier: Apache-2.0
// Tests every operator through the table of vectors.json: rules/FORMAT.md by example.
#include "tests/engine/vectors.h"

#include <catch2/catch.hpp>

#include "tests/engine/compiled.h"

namespace breath {
namespace {

TEST_CASE("each vector marks exactly the words it says", "[vectors]") {
  const std::vector<testing::Vector> vectors = testing::ReadVectors(BREATH_VECTORS);
  REQUIRE(vectors.size() > 50);
  for (const testing::Vector& vector : vectors) {
    INFO(vector.name);
    const std::unique_ptr<testing::Ready> ready = testing::Load(vector.bundle);
    Context context;
    context.site = "x";
    context.surface = "post";
    context.audience = "external";
    const Report report = ready->checker->Check(vector.draft, context);
    CHECK(report.unchecked.empty());
    if (vector.marks.empty()) {
      CHECK(report.outcome == Outcome::kClean);
      continue;
    }
    REQUIRE(report.findings.size() == 1);
    CHECK(report.outcome == Outcome::kFindings);
    std::string found;
    std::string expected;
    for (const Span& span : report.findings[0].spans) {
      found += std::to_string(span.start) + "-" + std::to_string(span.end) + " ";
    }
    for (const Span& span : vector.marks) {
      expected += std::to_string(span.start) + "-" + std::to_string(span.end) + " ";
    }
    CHECK(found == expected);
  }
}

}  // namespace
}  // namespace breath
