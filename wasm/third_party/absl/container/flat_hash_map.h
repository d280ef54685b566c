// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's flat_hash_map inside RE2: plain keys and values only. See ../../README.md.
// Tested by: tests/engine/stand_ins_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_CONTAINER_FLAT_HASH_MAP_H_
#define BREATH_THIRD_PARTY_ABSL_CONTAINER_FLAT_HASH_MAP_H_

#include <functional>

#include "absl/container/probing_table.h"

namespace breath_absl {

template <typename Key, typename Value>
struct Entry {
  Key first;
  Value second;
};

struct KeyOfEntry {
  template <typename Key, typename Value>
  const Key& operator()(const Entry<Key, Value>& entry) const {
    return entry.first;
  }
};

}  // namespace breath_absl

namespace absl {

template <typename Key, typename Value, typename Hash = breath_absl::DefaultHash,
          typename Equal = std::equal_to<Key>>
class flat_hash_map : public breath_absl::ProbingTable<breath_absl::Entry<Key, Value>,
                                                       breath_absl::KeyOfEntry, Hash, Equal> {
 public:
  auto emplace(const Key& key, const Value& value) { return this->insert({key, value}); }
  Value& operator[](const Key& key) { return this->insert({key, Value()}).first->second; }
};

}  // namespace absl

#endif  // BREATH_THIRD_PARTY_ABSL_CONTAINER_FLAT_HASH_MAP_H_
