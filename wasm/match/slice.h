// SPDX-License-Identifier: Apache-2.0
// A run of records that somebody else owns, such as a section of an image.
#ifndef BREATH_MATCH_SLICE_H_
#define BREATH_MATCH_SLICE_H_

#include <stddef.h>
#include <stdint.h>

#include <string_view>

namespace breath {

template <class T>
struct Slice {
  const T* data = nullptr;
  uint32_t size = 0;

  const T& operator[](size_t i) const { return data[i]; }
  const T* begin() const { return data; }
  const T* end() const { return data + size; }
  bool empty() const { return size == 0; }
  Slice Part(uint32_t first, uint32_t count) const { return {data + first, count}; }
};

// Whether `first` bounds `count` runs that together cover `total` records.
inline bool AreBounds(Slice<uint32_t> first, size_t count, uint32_t total) {
  if (first.size != count + 1 || first[0] != 0 || first[count] != total) return false;
  for (size_t i = 0; i < count; ++i) {
    if (first[i] > first[i + 1]) return false;
  }
  return true;
}
inline bool AreBelow(Slice<uint32_t> numbers, uint32_t bound) {
  for (const uint32_t number : numbers) {
    if (number >= bound) return false;
  }
  return true;
}

// A string of a pool: bytes [first, first + size).
struct StringRef {
  uint32_t first;
  uint32_t size;
  std::string_view In(Slice<char> pool) const { return {pool.data + first, size}; }
};

// Strings of a pool, in an order of their owner's.
struct StringList {
  Slice<StringRef> refs;
  Slice<char> pool;

  uint32_t size() const { return refs.size; }
  std::string_view operator[](size_t i) const { return refs[i].In(pool); }
};

}  // namespace breath

#endif  // BREATH_MATCH_SLICE_H_
