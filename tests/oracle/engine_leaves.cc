// SPDX-License-Identifier: Apache-2.0
// The finders the oracle shares with the engine; leaf_finders.h says why. This is the only file
// of the oracle that knows wasm/match. Tested by tests/engine/number_test.cc, secret_test.cc,
// see_through_test.cc, sealed_test.cc, long_quote_test.cc.
#include "tests/oracle/leaf_finders.h"
#include "wasm/match/long_quote.h"
#include "wasm/match/number.h"
#include "wasm/match/sealed_list.h"
#include "wasm/match/secret.h"
#include "wasm/match/see_through.h"

namespace breath::oracle {
namespace {

constexpr uint32_t kNoLimit = UINT32_MAX;

std::vector<uint8_t> BytesOfHex(const std::string& hex) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

}  // namespace

SpanList FindNumbers(const Draft& draft, const std::string& kind) {
  NumberKind number = NumberKind::kCard;
  SpanList found;
  if (NumberKindFromName(kind, &number)) breath::FindNumbers(draft, number, kNoLimit, &found);
  return found;
}

SpanList FindLongQuotes(const Draft& draft, uint32_t words) {
  SpanList found;
  breath::FindLongQuotes(draft, words, kNoLimit, &found);
  return found;
}

SpanList FindDisguised(const Draft& draft, const std::vector<std::string>& phrases) {
  SeeThroughTables tables;
  SeeThroughBuilder builder(&tables);
  for (const std::string& phrase : phrases) builder.Add(0, phrase);
  builder.Finish({0});
  DisguisedMatches found;
  breath::FindDisguised(ViewOf(tables), draft, WholeOf(draft.raw().text), kNoLimit, &found);
  return found.matches[0];
}

SpanList FindSealed(const Draft& draft, const nlohmann::json& sealed) {
  const SipKey salt = SipKeyFromBytes(BytesOfHex(sealed.at("salt")).data());
  uint32_t words = 0;
  for (const nlohmann::json& count : sealed.at("words")) words |= 1U << count.get<uint32_t>();
  std::vector<uint64_t> hashes;
  for (const nlohmann::json& written : sealed.at("hashes")) {
    uint64_t hash = 0;
    const std::vector<uint8_t> bytes = BytesOfHex(written);
    for (size_t i = 0; i < bytes.size(); ++i) hash |= uint64_t{bytes[i]} << (8 * i);
    hashes.push_back(hash);
  }
  SealedTables tables;
  SealedBuilder(&tables).Add(salt, words, hashes);
  SpanList found;
  breath::FindSealed(ViewOf(tables), draft, 0, kNoLimit, &found);
  return found;
}

SpanList FindSecrets(const Draft& draft, const nlohmann::json& written) {
  Secret secret;
  SpanList cues;
  if (written.contains("shape")) {
    SecretShapeFromName(written["shape"].get<std::string>(), &secret.shape);
  } else {
    secret.min = written.at("length").at("min");
    secret.max = written.at("length").at("max");
    secret.entropy = written.value("entropy", 0.0);
    if (written.contains("alphabet")) {
      AlphabetFromName(written["alphabet"].get<std::string>(), &secret.alphabet);
    }
  }
  if (written.contains("prefix")) {
    secret.shape = SecretShape::kPrefix;
    secret.prefixes = written["prefix"].get<std::vector<std::string>>();
  }
  if (written.contains("after")) {
    secret.shape = SecretShape::kAfter;
    cues = FindPhrases(draft, written["after"].get<std::vector<std::string>>());
  }
  std::vector<StringRef> refs;
  std::string pool;
  for (const std::string& prefix : secret.prefixes) {
    refs.push_back({static_cast<uint32_t>(pool.size()), static_cast<uint32_t>(prefix.size())});
    pool += prefix;
  }
  const StringList prefixes = {{refs.data(), static_cast<uint32_t>(refs.size())},
                               {pool.data(), static_cast<uint32_t>(pool.size())}};
  SpanList found;
  breath::FindSecrets(
      draft, {secret.shape, prefixes, secret.alphabet, secret.min, secret.max, secret.entropy},
      cues, nullptr, kNoLimit, &found);
  return found;
}

}  // namespace breath::oracle
