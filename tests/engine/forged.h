// SPDX-License-Identifier: Apache-2.0
// Takes an image apart into its sections and puts a changed one together again, with the right
// hash: what only a bug or an attacker could have written. It knows no section by name. Tested by:
// tests/engine/image_test.cc
#ifndef BREATH_TESTS_ENGINE_FORGED_H_
#define BREATH_TESTS_ENGINE_FORGED_H_

#include <string.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "wasm/match/image.h"

namespace breath::testing {

class Forgery {
 public:
  explicit Forgery(const Image& image) : sections_(kMostSections) {
    for (uint32_t i = 0; i < kMostSections; ++i) Read(image, i, Sizes());
  }

  // Calls change(records) with the records of a section, which it may change in any way.
  template <class T, class Change>
  void Edit(uint32_t section, Change change) {
    Section& known = sections_[section];
    std::vector<T> records(known.bytes.size() / sizeof(T));
    if (!records.empty()) memcpy(records.data(), known.bytes.data(), known.bytes.size());
    change(records);
    known.record = sizeof(T);
    known.bytes.assign(reinterpret_cast<const char*>(records.data()), records.size() * sizeof(T));
  }

  uint32_t sections() const { return kMostSections; }
  std::string& BytesOf(uint32_t section) { return sections_[section].bytes; }

  std::vector<uint64_t> Written() const {
    ImageWriter writer;
    for (uint32_t i = 0; i < kMostSections; ++i) Write(&writer, i, Sizes());
    return writer.Finish();
  }

 private:
  // Of a record, in bytes: 1 to 128.
  using Sizes = std::make_index_sequence<128>;
  struct Section {
    size_t record = 1;
    std::string bytes;
  };

  template <size_t kSize>
  void ReadSize(const Image& image, uint32_t section) {
    const auto records = image.Get<std::array<char, kSize>>(section);
    if (records.empty()) return;
    const auto* bytes = reinterpret_cast<const char*>(records.data);
    sections_[section] = {kSize, std::string(bytes, records.size * kSize)};
  }
  template <size_t... kSizes>
  void Read(const Image& image, uint32_t section, std::index_sequence<kSizes...>) {
    (ReadSize<kSizes + 1>(image, section), ...);
  }
  template <size_t kSize>
  void WriteSize(ImageWriter* writer, uint32_t section) const {
    const Section& known = sections_[section];
    if (known.record != kSize || known.bytes.empty()) return;
    std::vector<std::array<char, kSize>> records(known.bytes.size() / kSize);
    if (records.empty()) return;
    memcpy(records.data(), known.bytes.data(), records.size() * kSize);
    writer->Put(section, records);
  }
  template <size_t... kSizes>
  void Write(ImageWriter* writer, uint32_t section, std::index_sequence<kSizes...>) const {
    (WriteSize<kSizes + 1>(writer, section), ...);
  }

  std::vector<Section> sections_;
};

}  // namespace breath::testing

#endif  // BREATH_TESTS_ENGINE_FORGED_H_
