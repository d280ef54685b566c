// SPDX-License-Identifier: Apache-2.0
// Our engine natively, through its C ABI and nothing else; as engine.js does, the result words are
// read whole.
#include <string.h>

#include "tests/bench/native/contestant.h"
#include "wasm/abi/breath_abi.h"

namespace breath::bench {
namespace {

// The same as CONTEXT of tests/bench/bundles.js.
constexpr std::string_view kContext = "site=x\nsurface=post\naudience=external\nat=1795262400";

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

class BreathContestant : public Contestant {
 public:
  std::string SetUp(const Task& task) override {
    rule_set_ = breath_load(Bytes(task.bundle), static_cast<uint32_t>(task.bundle.size()));
    if (rule_set_ > 0) return "";
    return std::string(reinterpret_cast<const char*>(breath_result()), breath_result_size());
  }

  uint64_t Count(std::string_view text) override {
    words_.clear();
    const int status = breath_check(rule_set_, Bytes(text), static_cast<uint32_t>(text.size()),
                                    Bytes(kContext), static_cast<uint32_t>(kContext.size()));
    if (status < 0) return 0;
    words_.resize(breath_result_size() / sizeof(int32_t));
    memcpy(words_.data(), breath_result(), words_.size() * sizeof(int32_t));
    return static_cast<uint64_t>(words_[1]);
  }

  void Find(std::string_view text, Hits* hits) override {
    Count(text);
    size_t at = 3;
    for (int findings = words_[1]; findings > 0; --findings) {
      const int rule = words_[at];
      const auto spans = static_cast<size_t>(words_[at + 2]);
      for (size_t i = 0; i < spans; ++i) hits->emplace_back(rule, words_[at + 4 + 2 * i]);
      at += 3 + 2 * spans;
    }
  }

  bool GivesUtf16() const override { return true; }

 private:
  int32_t rule_set_ = 0;
  std::vector<int32_t> words_;
};

}  // namespace

std::unique_ptr<Contestant> NewBreathContestant(std::string_view name) {
  if (name != "breath native") return nullptr;
  return std::make_unique<BreathContestant>();
}

}  // namespace breath::bench
