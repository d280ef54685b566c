// SPDX-License-Identifier: Apache-2.0
// The part of condition_reader.h that knows lists, sealed lists and the option seeThrough. Tested
// by tests/engine/bundle_test.cc, tests/engine/sealed_test.cc, tests/engine/see_through_test.cc.
#include "wasm/bundle/condition_reader.h"
#include "wasm/bundle/limits.h"

namespace breath {
namespace {

constexpr size_t kSaltDigits = 32;
constexpr size_t kHashDigits = 16;

// Bytes written as lower case hexadecimal digits, or false.
bool FromHex(const std::string& text, size_t digits, uint8_t* bytes) {
  if (text.size() != digits) return false;
  for (size_t i = 0; i < digits; ++i) {
    const char c = text[i];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    const auto value = static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    bytes[i / 2] = static_cast<uint8_t>(i % 2 == 0 ? value << 4 : bytes[i / 2] | value);
  }
  return true;
}

}  // namespace

bool ConditionReader::AddSealedList(const std::string& name, const json& sealed,
                                    const std::string& at) {
  if (!reader_->Object(sealed, at, {"salt", "words", "hashes"})) return false;
  std::string salt;
  uint8_t key[kSaltDigits / 2];
  if (!reader_->NeedString(sealed, at, "salt", &salt)) return false;
  if (!FromHex(salt, kSaltDigits, key)) {
    return reader_->Fail(
        "bundle.value", Below(at, "salt"),
        "A salt is 32 digits 0 to 9 and a to f. Make a list anew with breath new.");
  }
  const json* words = reader_->Member(sealed, at, "words", true);
  if (words == nullptr || !reader_->Array(*words, Below(at, "words"), 0, kSealedWords))
    return false;
  uint32_t mask = 0;
  for (size_t i = 0; i < words->size(); ++i) {
    int64_t count = 0;
    if (!reader_->Integer((*words)[i], Below(Below(at, "words"), i), 1, kSealedWords, &count))
      return false;
    mask |= 1U << count;
  }
  const json* hashes = reader_->Member(sealed, at, "hashes", true);
  std::vector<std::string> written;
  if (hashes == nullptr ||
      !reader_->Strings(*hashes, Below(at, "hashes"), 0, limits::kTerms, &written)) {
    return false;
  }
  std::vector<uint64_t> terms(written.size());
  for (size_t i = 0; i < written.size(); ++i) {
    uint8_t bytes[kHashDigits / 2];
    if (!FromHex(written[i], kHashDigits, bytes)) {
      return reader_->Fail("bundle.value", Below(Below(at, "hashes"), i),
                           "A sealed term is 16 digits 0 to 9 and a to f. Build the bundle again.");
    }
    for (size_t k = 0; k < sizeof(bytes); ++k) terms[i] |= uint64_t{bytes[k]} << (8 * k);
  }
  if (!terms.empty() && mask == 0) {
    return reader_->Fail("bundle.value", Below(at, "words"),
                         "There are terms but no counts of words. Build the bundle again.");
  }
  List list;
  list.sealed = SealedBuilder(&rule_set_->sealed).Add(SipKeyFromBytes(key), mask, std::move(terms));
  lists_[name] = std::move(list);
  return true;
}

bool ConditionReader::ReadList(const json& value, const json& operand, const std::string& at,
                               const std::string& operand_at, Node* node) {
  std::string name;
  if (!reader_->String(operand, operand_at, &name)) return false;
  const auto list = lists_.find(name);
  if (list == lists_.end()) {
    return reader_->Fail("rule.unknown-list", operand_at,
                         "No list has the name \"" + name + "\". Add it or mend the name.");
  }
  if (list->second.sealed != kNoSet) {
    if (value.contains("seeThrough")) {
      return reader_->Fail(
          "bundle.value", Below(at, "seeThrough"),
          "The list \"" + name +
              "\" is sealed: nobody can tell how its terms would look in disguise. "
              "Remove seeThrough, or use an open list.");
    }
    node->op = Operator::kSealed;
    node->leaf = list->second.sealed;
    return true;
  }
  node->op = Operator::kWords;
  if (list->second.set == kNoSet) {
    list->second.set = rule_set_->phrases.NewSet();
    for (const std::string& term : list->second.terms) {
      if (!AddPhrase(list->second.set, term, operand_at)) return false;
    }
  }
  node->leaf = list->second.set;
  return ReadSeeThrough(value, at, list->second.terms, node);
}

bool ConditionReader::ReadSeeThrough(const json& value, const std::string& at,
                                     const std::vector<std::string>& phrases, Node* node) {
  const json* see_through = reader_->Member(value, at, "seeThrough", false);
  if (see_through == nullptr) return true;
  if (!reader_->True(*see_through, Below(at, "seeThrough"))) return false;
  const auto next = static_cast<uint32_t>(disguised_sets_.size());
  const auto [known, added] = disguised_sets_.emplace(node->leaf, next);
  if (added) {
    seen_through_ += phrases.size();
    if (seen_through_ > limits::kSeenThrough) {
      return reader_->Fail("bundle.limit", Below(at, "seeThrough"),
                           "More than " + std::to_string(limits::kSeenThrough) +
                               " phrases of the bundle are seen through. Use it for fewer.");
    }
    for (const std::string& phrase : phrases) see_through_.Add(next, phrase);
  }
  node->op = Operator::kDisguised;
  node->amount = known->second;
  return true;
}

}  // namespace breath
