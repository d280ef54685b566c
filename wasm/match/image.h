// SPDX-License-Identifier: Apache-2.0
// The container of a compiled rule set: one flat, relocatable block of sections, each an array of
// fixed-width records. Saving and loading is a copy; nothing is parsed and nothing is allocated per
// record. It knows no rules: wasm/rules/compiled_rules.h says what the sections hold.
//
// A block opens only in the very build of the engine that made it, under the key it was saved with
// (a host uses the digest of the bundle), and undamaged. The hash finds damage, not malice: a host
// keeps its images where only it can write. Tested by: tests/engine/image_test.cc, tests/fuzz/
#ifndef BREATH_MATCH_IMAGE_H_
#define BREATH_MATCH_IMAGE_H_

#include <stdint.h>
#include <string.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "wasm/match/slice.h"

namespace breath {

// Identifies the sources this engine was built from.
std::string_view EngineBuild();

inline constexpr uint32_t kMostSections = 40;
inline constexpr size_t kLongestImageKey = 64;             // bytes
inline constexpr size_t kLargestImage = size_t{64} << 20;  // bytes

class ImageWriter {
 public:
  ImageWriter() : sections_(kMostSections) {}

  // Sets the records of a section. Each section at most once.
  template <class T>
  void Put(uint32_t section, const std::vector<T>& records) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    Append(section, records.data(), records.size(), sizeof(T));
  }
  void Put(uint32_t section, std::string_view bytes) {
    Append(section, bytes.data(), bytes.size(), 1);
  }

  // The finished block, without a key; empty when it would be larger than kLargestImage. Call once.
  std::vector<uint64_t> Finish();

 private:
  struct Section {
    uint32_t offset = 0;  // bytes after the header
    uint32_t count = 0;
    uint32_t record = 1;  // bytes of one record
  };
  void Append(uint32_t section, const void* records, size_t count, size_t record);

  std::vector<Section> sections_;
  std::string bytes_;
  bool too_large_ = false;
};

class Image {
 public:
  enum class Refusal : uint8_t { kNone, kNotAnImage, kOtherEngine, kOtherKey, kDamaged };

  // Takes over `block`, the bytes of an image padded to whole words. On a refusal the image is
  // empty.
  Refusal Open(std::vector<uint64_t> block, std::string_view key);

  // The records of a section; empty when the block holds none of that size there.
  template <class T>
  Slice<T> Get(uint32_t section) const {
    const auto [data, count] = Find(section, sizeof(T));
    return {reinterpret_cast<const T*>(data), count};
  }

  // The bytes to keep, under a key of at most kLongestImageKey bytes; empty when that is too long.
  std::string Save(std::string_view key) const;
  size_t size() const { return block_.size() * sizeof(uint64_t); }

 private:
  struct Found {
    const char* data;
    uint32_t count;
  };
  Found Find(uint32_t section, uint32_t record) const;

  std::vector<uint64_t> block_;
};

}  // namespace breath

#endif  // BREATH_MATCH_IMAGE_H_
