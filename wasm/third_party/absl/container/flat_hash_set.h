// SPDX-License-Identifier: Apache-2.0
// Stands in for Abseil's flat_hash_set inside RE2: plain keys only. See ../../README.md.
// Tested by: tests/engine/stand_ins_test.cc
#ifndef BREATH_THIRD_PARTY_ABSL_CONTAINER_FLAT_HASH_SET_H_
#define BREATH_THIRD_PARTY_ABSL_CONTAINER_FLAT_HASH_SET_H_

#include <functional>

#include "absl/container/probing_table.h"

namespace breath_absl {

struct KeyItself {
  template <typename Key>
  const Key& operator()(const Key& key) const {
    return key;
  }
};

}  // namespace breath_absl

namespace absl {

template <typename Key, typename Hash = breath_absl::DefaultHash,
          typename Equal = std::equal_to<Key>>
class flat_hash_set : public breath_absl::ProbingTable<Key, breath_absl::KeyItself, Hash, Equal> {};

}  // namespace absl

#endif  // BREATH_THIRD_PARTY_ABSL_CONTAINER_FLAT_HASH_SET_H_
