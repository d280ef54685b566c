// SPDX-License-Identifier: Apache-2.0
// Fuzzes what opens a compiled image. The bytes choose one of the images of
// tests/engine/vectors.json and change its sections and its bytes; whatever comes of it is refused,
// or can be checked, explained, described and saved without a step outside. The hash of an image
// would stop nearly all of this, so a build for fuzzing does not ask for it. Run by: scripts/fuzz
#include <string.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/forged.h"
#include "tests/engine/rich_bundle.h"
#include "tests/engine/vectors.h"
#include "tests/fuzz/require.h"
#include "tests/oracle/choices.h"
#include "wasm/abi/breath_abi.h"
#include "wasm/bundle/bundle_reader.h"
#include "wasm/rules/compile.h"
#include "wasm/rules/compiled_rules.h"

namespace {

using breath::oracle::Choices;
using breath::testing::Forgery;
using Block = std::vector<uint64_t>;

struct Seed {
  Block image;
  std::string draft;
};

// Nothing of an image before this byte is worth changing: that it is one of this build.
constexpr size_t kFirstChange = 152;
constexpr size_t kTableEnd = kFirstChange + 8 + breath::kMostSections * size_t{12};

Seed MakeSeed(const std::string& bundle, std::string draft) {
  breath::BundleError error;
  const std::unique_ptr<breath::RuleSet> rule_set = breath::ReadBundle(bundle, &error);
  BREATH_REQUIRE(rule_set != nullptr);
  return {breath::CompileRules(*rule_set), std::move(draft)};
}

const std::vector<Seed>& Seeds() {
  static const auto* seeds = [] {
    auto* made = new std::vector<Seed>;  // as long as the fuzzer runs
    std::string all;
    for (const std::string& draft : breath::testing::RichDrafts()) all += draft + "\n";
    made->push_back(MakeSeed(breath::testing::RichBundle(), all));
    for (const auto& vector : breath::testing::ReadVectors(BREATH_VECTORS)) {
      made->push_back(MakeSeed(vector.bundle, vector.draft));
    }
    BREATH_REQUIRE(made->size() > 50 && made->size() <= 256);
    return made;
  }();
  return *seeds;
}

uint32_t AnyNumber(Choices* choices) {
  uint32_t number = 0;
  for (int i = 0; i < 4; ++i) number = number << 8 | choices->Below(256);
  return number;
}
size_t AnyPlace(size_t size, Choices* choices) {
  const size_t high = choices->Below(256);
  return (high << 8 | choices->Below(256)) % size;
}

// A number that is likely to be just right or just wrong where `now` stands.
uint32_t Instead(uint32_t now, Choices* choices) {
  switch (choices->Below(8)) {
    case 0:
      return now + 1;
    case 1:
      return now - 1;
    case 2:
      return 0;
    case 3:
      return 0xFFFFFFFF;
    case 4:
      return choices->Below(256);
    case 5:
      return now ^ 1U << choices->Below(32);
    case 6:
      return 0U - 1 - choices->Below(64);
    default:
      return AnyNumber(choices);
  }
}

// Changes one number of one, two or four bytes.
void ChangeNumber(char* bytes, size_t size, Choices* choices) {
  static constexpr size_t kSizes[] = {4, 4, 2, 1};
  const size_t wide = choices->Pick(kSizes);
  if (size < wide) return;
  char* at = bytes + AnyPlace(size / wide, choices) * wide;
  uint32_t number = 0;
  memcpy(&number, at, wide);
  number = Instead(number, choices);
  memcpy(at, &number, wide);
}

void ChangeSection(std::string* section, Choices* choices) {
  if (section->empty()) return;
  switch (choices->Below(6)) {
    case 0:  // shorter
      section->resize(AnyPlace(section->size(), choices));
      break;
    case 1:  // longer
      section->append(section->substr(AnyPlace(section->size(), choices)));
      break;
    case 2: {  // one piece over another
      const std::string piece = section->substr(AnyPlace(section->size(), choices) & ~size_t{3},
                                                4 + 4 * choices->Below(8));
      const size_t at = AnyPlace(section->size(), choices) & ~size_t{3};
      section->replace(at, std::min(piece.size(), section->size() - at), piece, 0,
                       section->size() - at);
      break;
    }
    default:
      ChangeNumber(section->data(), section->size(), choices);
  }
}

Block Changed(const Block& seed, Choices* choices) {
  breath::Image image;
  BREATH_REQUIRE(image.Open(seed, "") == breath::Image::Refusal::kNone);
  Forgery forgery(image);
  for (uint32_t changes = choices->Below(6); changes > 0; --changes) {
    ChangeSection(&forgery.BytesOf(choices->Below(breath::kMostSections)), choices);
  }
  Block block = forgery.Written();
  // Then anywhere, the table of the sections included.
  char* bytes = reinterpret_cast<char*>(block.data());
  const size_t size = block.size() * sizeof(uint64_t);
  for (uint32_t changes = choices->Below(4); changes > 0; --changes) {
    const size_t end = choices->OnceIn(2) ? kTableEnd : size;
    ChangeNumber(bytes + kFirstChange, end - kFirstChange, choices);
  }
  return block;
}

void Follow(int32_t id, std::string_view draft) {
  const auto* text = reinterpret_cast<const uint8_t*>(draft.data());
  const auto size = static_cast<uint32_t>(draft.size());
  const std::string context = breath::testing::kContext;
  const auto* lines = reinterpret_cast<const uint8_t*>(context.data());
  const auto lines_size = static_cast<uint32_t>(context.size());
  BREATH_REQUIRE(breath_check(id, text, size, lines, lines_size) >= 0);
  BREATH_REQUIRE(breath_explain(id, text, size, lines, lines_size) == 1);
  BREATH_REQUIRE(breath_describe(id) == 1);
  for (int32_t rule = 0; breath_describe_rule(id, rule) == 1; ++rule) {
  }
  BREATH_REQUIRE(breath_save(id, text, size < 8 ? size : 8) == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Choices choices(std::string_view(reinterpret_cast<const char*>(data), size));
  const Seed& seed = Seeds()[choices.Below(256) % Seeds().size()];
  const Block block = Changed(seed.image, &choices);
  const int32_t id =
      breath_load_image(reinterpret_cast<const uint8_t*>(block.data()),
                        static_cast<uint32_t>(block.size() * sizeof(uint64_t)), nullptr, 0);
  BREATH_REQUIRE(id > 0 || breath_result_size() > 0);
  if (id == 0) return 0;
  Follow(id, seed.draft);
  Follow(id, Seeds()[0].draft);
  breath_unload(id);
  return 0;
}
