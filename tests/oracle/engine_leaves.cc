// SPDX-License-Identifier: Apache-2.0
// The two finders the oracle shares with the engine; leaf_finders.h says why. This is the only file
// of the oracle that knows wasm/match. Tested by tests/engine/number_test.cc, secret_test.cc.
#include "tests/oracle/leaf_finders.h"
#include "wasm/match/number.h"
#include "wasm/match/secret.h"

namespace breath::oracle {
namespace {

constexpr uint32_t kNoLimit = UINT32_MAX;

}  // namespace

SpanList FindNumbers(const Draft& draft, const std::string& kind) {
  NumberKind number = NumberKind::kCard;
  SpanList found;
  if (NumberKindFromName(kind, &number)) breath::FindNumbers(draft, number, kNoLimit, &found);
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
      cues, kNoLimit, &found);
  return found;
}

}  // namespace breath::oracle
