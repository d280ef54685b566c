// SPDX-License-Identifier: Apache-2.0
// Tests wasm/match/number beyond the vectors: checksums by brute force, neighbours, and rows of
// digits.
#include "wasm/match/number.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

#include "wasm/match/number_shapes.h"

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

TEST_CASE("one last digit at most makes an NHS number", "[number]") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string number = "4";
    for (int i = 0; i < 8; ++i) number.push_back(static_cast<char>('0' + random() % 10));
    // The slow way round: the weighted sum of all ten digits is a multiple of 11.
    for (char last = '0'; last <= '9'; ++last) {
      uint32_t sum = static_cast<uint32_t>(last - '0');
      for (uint32_t i = 0; i < 9; ++i) sum += static_cast<uint32_t>(number[i] - '0') * (10 - i);
      CHECK(CountOf(NumberKind::kNhs, number + last) == (sum % 11 == 0 ? 1U : 0U));
    }
  }
}

TEST_CASE("a National Insurance number keeps to the letters HMRC gives out", "[number]") {
  const std::string first = "ABCEGHJKLMNOPRSTWXYZ";
  const std::string second = "ABCEGHJKLMNPRSTWXYZ";
  const std::string unused = "BG GB KN NK NT TN ZZ";
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      const std::string prefix = {a, b};
      const bool given = first.find(a) != std::string::npos &&
                         second.find(b) != std::string::npos &&
                         unused.find(prefix) == std::string::npos;
      CHECK(CountOf(NumberKind::kNino, prefix + "123456C") == (given ? 1U : 0U));
    }
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
      {NumberKind::kNino, "AB123456C, ab 12 34 56 d, JG-10-30-22-A", 3},
      {NumberKind::kNino, "AB123456E AB12345C XAB123456C AB123456CX AB 12-34 56 C", 0},
      {NumberKind::kNino, "AB  12 34 56 C, A B123456C, AB1 23456C", 0},
      {NumberKind::kNhs, "943 476 5919, 943-476-5919 and NHS:9434765919", 3},
      {NumberKind::kNhs, "943 476 5918, 94347 65919, 19434765919, 943 476 59190, 0000000000", 0},
      {NumberKind::kNhs, "+9434765919 #9434765919 $9434765919 9434765919.5", 0},
      {NumberKind::kIp, "10.0.0.138, 192.168.1.1:8080, (172.16.0.9), 192.168.1.0/24", 4},
      {NumberKind::kIp, "8.8.8.8. Next", 1},
      {NumberKind::kIp, "127.0.0.1 0.0.0.0 255.255.255.0 192.0.2.7 198.51.100.1 203.0.113.9", 0},
      {NumberKind::kIp, "v1.2.3.4, version 10.2.0.4, section 1.2.3.4, 1.2.3.4-beta, 1.2.3.4.5", 0},
      {NumberKind::kIp, "256.1.1.1 1.2.3 01.02.03.04 120.0.6099.109 1.2.3.4x", 0},
      {NumberKind::kIp, "fe80::1, [2a00:1450:4001:82b::200e]:443, fd12:3456:789a::/48", 3},
      {NumberKind::kIp, "2600:1f18:22f:3500:a3a1:4b2c:9d8e:1f00 and ::ffff:10.0.0.1", 2},
      {NumberKind::kIp, "64:ff9b::8.8.8.8", 1},
      {NumberKind::kIp, "::1 :: 2001:db8::1 ::ffff:127.0.0.1 ff02::1", 0},
      {NumberKind::kIp, "12:30:45 1:2:3:4 aa:bb:cc:dd:ee:ff std::begin A::B a::b::c 2001::db8::1",
       0},
      {NumberKind::kPhone, "call +1 212 555 0199 or 0044 20 7946 0958", 1},
      {NumberKind::kPhone, "1-800-555-0199", 1},
      {NumberKind::kPhone, "v1.2.3.4 2026-11-21 12:30:45 10.0.0.138 €1.234,56", 0},
      {NumberKind::kPhone, "ISBN 978-3-16-148410-0", 0},
      {NumberKind::kPhone, "account DE89 A704 0044 0532 01 or 078-05-1123", 0},
      {NumberKind::kPhone, "ring 030 901 8200 or 0800-123-4567", 2},
      {NumberKind::kEmail, "a@b.example, c.d+e@f-g.example.", 2},
      {NumberKind::kEmail, "@lena a@b .@c.d a@1.2.3.4", 0},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(CountOf(row.kind, row.text) == row.count);
  }
}

// Tries a number at every byte, as the format reads, but for the inside of a row of digits.
SpanList SlowNumbers(const Draft& draft, NumberFound (*read)(std::string_view, size_t),
                     const std::string& beginnings) {
  const View& view = draft.raw();
  const std::string_view text = view.text;
  SpanList found;
  for (size_t i = 0; i < text.size();) {
    const bool may_begin = beginnings.find(text[i]) != std::string::npos;
    const NumberFound one = may_begin ? read(text, i) : NumberFound();
    if (one.end != 0) {
      found.push_back(
          view.map.ToSource(static_cast<uint32_t>(one.start), static_cast<uint32_t>(one.end)));
      i = one.end;
      continue;
    }
    const bool digit = text[i] >= '0' && text[i] <= '9';
    ++i;
    while (digit && i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
  }
  return found;
}

TEST_CASE("the quick ways to a number miss none", "[number]") {
  const std::string digits = "0123456789";
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  struct Row {
    NumberKind kind;
    NumberFound (*read)(std::string_view, size_t);
    std::string beginnings;
  };
  const Row rows[] = {
      {NumberKind::kCard, CardAt, digits},    {NumberKind::kSsn, SsnAt, digits},
      {NumberKind::kNhs, NhsAt, digits},      {NumberKind::kIban, IbanAt, letters},
      {NumberKind::kNino, NinoAt, letters},   {NumberKind::kPhone, PhoneAt, digits + "+("},
      {NumberKind::kEmail, EmailAround, "@"}, {NumberKind::kIp, IpAt, digits + "abcdefABCDEF:"},
  };
  const char* pieces[] = {"4111 1111 1111 1111",
                          "5500000000000004",
                          "DE89 3704 0044 0532 0130 00",
                          "DE 89370400440532013000",
                          "DE\u00A089370400440532013000",
                          "GB82-WEST-1234-5698-7654-32",
                          "219-09-9999",
                          "AB 12 34 56 C",
                          "ab123456d",
                          "AB-123456-C",
                          "943 476 5919",
                          "9434765919",
                          "10.0.0.138",
                          "fe80::1",
                          "+1 (212) 555-0123",
                          "+49 30 901820",
                          "kim@corp.example",
                          "7",
                          "42",
                          "x",
                          "DE",
                          "\u00E9"};
  const char* between[] = {" ", "", "-", ", ", ": ", "\u00A0", ".", "/", "a", "1"};
  std::mt19937 random(31);
  std::map<NumberKind, size_t> seen;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (uint32_t i = 1 + random() % 4; i > 0; --i) {
      text += between[random() % 10];
      text += pieces[random() % 22];
      if (random() % 4 == 0 && !text.empty()) text.erase(random() % text.size(), 1);
    }
    const Draft draft(text);
    for (const Row& row : rows) {
      SpanList quick;
      REQUIRE(FindNumbers(draft, row.kind, 1000, &quick) == LeafResult::kDone);
      const SpanList slow = SlowNumbers(draft, row.read, row.beginnings);
      INFO(text);
      CHECK(quick == slow);
      seen[row.kind] += slow.size();
    }
  }
  for (const Row& row : rows) CHECK(seen[row.kind] > 200);
}

}  // namespace
}  // namespace breath
