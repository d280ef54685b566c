// SPDX-License-Identifier: Apache-2.0
// The headers in wasm/third_party that stand in for Abseil inside RE2, each beside a slow or plain
// counterpart.
#include <stdint.h>

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_format.h"

namespace {

// A hash so poor that runs of slots grow long and go round the end of the table.
struct FewHomes {
  size_t operator()(uint64_t key) const { return key % 3 == 0 ? 15 : 14; }
};

template <typename Map>
void AgreesWithAnOrderedMap(uint32_t seed) {
  std::mt19937 random(seed);
  Map map;
  std::map<uint64_t, int> oracle;
  for (int step = 0; step < 20000; ++step) {
    const uint64_t key = random() % 60;
    switch (random() % 8) {
      case 0:
      case 1:
      case 2:
        map[key] = step;
        oracle[key] = step;
        break;
      case 3:
      case 4:
        REQUIRE(map.erase(key) == oracle.erase(key));
        break;
      case 5:
        if (random() % 500 == 0) {
          map.clear();
          oracle.clear();
        }
        break;
      default: {
        const auto found = map.find(key);
        REQUIRE((found != map.end()) == (oracle.count(key) == 1));
        if (found != map.end()) REQUIRE(found->second == oracle[key]);
      }
    }
    REQUIRE(map.size() == oracle.size());
  }
  std::map<uint64_t, int> walked;
  for (const auto& entry : map) walked[entry.first] = entry.second;
  REQUIRE(walked == oracle);
}

struct Numbers {
  uint32_t flag;
  std::vector<int> list;
  template <typename H>
  friend H AbslHashValue(H state, const Numbers& numbers) {
    return H::combine(std::move(state), numbers.flag, numbers.list);
  }
};

}  // namespace

TEST_CASE("the hash map answers as an ordered map does, whatever is put in and taken out") {
  AgreesWithAnOrderedMap<absl::flat_hash_map<uint64_t, int>>(1);
  AgreesWithAnOrderedMap<absl::flat_hash_map<uint64_t, int, FewHomes>>(2);
}

TEST_CASE("the hash set keeps one of each, through growth and clearing") {
  absl::flat_hash_set<const int*> set;
  std::vector<int> values(1000);
  for (int round = 0; round < 2; ++round) {
    for (const int& value : values) REQUIRE(set.insert(&value).second);
    for (const int& value : values) REQUIRE_FALSE(set.insert(&value).second);
    REQUIRE(set.size() == values.size());
    size_t walked = 0;
    for (const int* value : set) {
      REQUIRE(*value == 0);
      ++walked;
    }
    REQUIRE(walked == values.size());
    const int other = 0;
    REQUIRE(set.find(&other) == set.end());
    set.clear();
    REQUIRE(set.begin() == set.end());
    REQUIRE(set.find(values.data()) == set.end());
  }
}

TEST_CASE("equal runs of numbers hash alike, and one that differs hashes otherwise") {
  const absl::Hash<Numbers> hash;
  REQUIRE(hash({1, {2, 3}}) == hash({1, {2, 3}}));
  const std::vector<Numbers> others = {{1, {3, 2}}, {2, {1, 3}}, {1, {2}}, {1, {2, 3, 0}}, {1, {}}};
  for (const Numbers& other : others) REQUIRE(hash(other) != hash({1, {2, 3}}));
}

TEST_CASE("what is called once is not called again") {
  absl::once_flag flag;
  int calls = 0;
  for (int i = 0; i < 3; ++i)
    absl::call_once(
        flag, [](int* count) { ++*count; }, &calls);
  REQUIRE(calls == 1);
}

TEST_CASE("formats come out as printf writes them") {
  char expected[64];
  for (const int number : {0, 1, 10, 255, 256, -1, 1 << 30}) {
    snprintf(expected, sizeof expected, "a%db%dc", number, number);
    REQUIRE(absl::StrFormat("a%db%dc", number, number) == expected);
    if (number < 0) continue;
    snprintf(expected, sizeof expected, "[%02x-%x]%%", number, number);
    REQUIRE(absl::StrFormat("[%02x-%x]%%", number, number) == expected);
  }
  REQUIRE(absl::StrFormat("%#x", 255U) == "0xff");
  REQUIRE(absl::StrFormat("%s, %s", "one", std::string("two")) == "one, two");
}
