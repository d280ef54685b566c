// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/number beyond the vectors: checksums by brute force, neighbours, and rows of
// digits.
#include "wasm/match/number.h"

#include <catch2/catch.hpp>
#include <random>

namespace breath {
namespace {

size_t CountOf(NumberKind kind, const std::string& text) {
  const Draft draft(text);
  SpanList found;
  REQUIRE(FindNumbers(draft, kind, 1000, &found) == LeafResult::kDone);
  return found.size();
}

TEST_CASE("exactly one last digit makes a card number", "[number]") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::string number = "4";
    for (int i = 0; i < 14; ++i) number.push_back(static_cast<char>('0' + random() % 10));
    size_t valid = 0;
    for (char last = '0'; last <= '9'; ++last) valid += CountOf(NumberKind::kCard, number + last);
    CHECK(valid == 1);
  }
}

TEST_CASE("exactly one pair of check digits makes an IBAN", "[number]") {
  std::mt19937 random(6);
  for (int round = 0; round < 100; ++round) {
    std::string account;
    for (int i = 0; i < 18; ++i) account.push_back(static_cast<char>('0' + random() % 10));
    size_t valid = 0;
    for (int check = 2; check <= 98; ++check) {
      const std::string digits = check < 10 ? "0" + std::to_string(check) : std::to_string(check);
      valid += CountOf(NumberKind::kIban, "DE" + digits + account);
    }
    CHECK(valid == 1);
  }
}

TEST_CASE("numbers are told from what stands beside them", "[number]") {
  struct Row {
    NumberKind kind;
    const char* text;
    size_t count;
  };
  const Row rows[] = {
      {NumberKind::kCard, "4111111111111111 5555555555554444", 2},
      {NumberKind::kCard, "4111 1111 1111 1111 12/27", 1},
      {NumberKind::kCard,
       "4111\xC2\xA0"
       "1111\xC2\xA0"
       "1111\xC2\xA0"
       "1111",
       1},
      {NumberKind::kCard, "(4111111111111111)", 1},
      {NumberKind::kCard, "0000 0000 0000 0000", 0},
      {NumberKind::kCard, "12.4111111111111111", 0},
      {NumberKind::kCard, "2012 2013 2014 2015 2016", 0},
      {NumberKind::kIban, "GB82 WEST 1234 5698 7654 32 and FR14 2004 1010 0505 0001 3M02 606", 2},
      {NumberKind::kIban, "XX82 WEST 1234 5698 7654 32", 0},
      {NumberKind::kSsn, "078-05-1120, 219-09-9999", 2},
      {NumberKind::kSsn, "078 05 1120", 1},
      {NumberKind::kSsn, "078-05-11201 or 1078-05-1120 or 078-05-1120-1", 0},
      {NumberKind::kPhone, "call +1 212 555 0199 or 0044 20 7946 0958", 1},
      {NumberKind::kPhone, "1-800-555-0199", 1},
      {NumberKind::kPhone, "v1.2.3.4 2026-11-21 12:30:45 10.0.0.138 €1.234,56", 0},
      {NumberKind::kPhone, "ISBN 978-3-16-148410-0", 0},
      {NumberKind::kEmail, "a@b.example, c.d+e@f-g.example.", 2},
      {NumberKind::kEmail, "@lena a@b .@c.d a@1.2.3.4", 0},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(CountOf(row.kind, row.text) == row.count);
  }
}

}  // namespace
}  // namespace breath
