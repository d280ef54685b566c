// SPDX-License-Identifier: Apache-2.0
// Finds credentials by their shape: provider prefixes, a value after a cue word, and three named
// shapes. It never asks whether a credential is live. Placeholders are left alone. Semantics:
// rules/FORMAT.md, section 4.2. Tested by: tests/engine/secret_test.cc
#ifndef BREATH_MATCH_SECRET_H_
#define BREATH_MATCH_SECRET_H_

#include <stdint.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasm/match/pattern.h"
#include "wasm/match/slice.h"
#include "wasm/text/draft.h"
#include "wasm/text/span.h"

namespace breath {

enum class Alphabet : uint8_t { kDigits, kHex, kUpper, kAlnum, kBase64, kBase64Url, kAny };
bool AlphabetFromName(std::string_view name, Alphabet* alphabet);
inline constexpr std::string_view kAlphabets = "digits, hex, upper, alnum, base64, base64url";

enum class SecretShape : uint8_t { kPrefix, kAfter, kJwt, kPrivateKey, kUrlPassword };
bool SecretShapeFromName(std::string_view name, SecretShape* shape);
inline constexpr std::string_view kSecretShapes = "jwt, private-key, url-password";

// What to look for, while a bundle is read.
struct Secret {
  SecretShape shape = SecretShape::kPrefix;
  std::vector<std::string> prefixes;  // kPrefix
  uint32_t cue_set = 0;               // kAfter: the phrase set of the cues
  Alphabet alphabet = Alphabet::kAny;
  uint32_t min = 1;
  uint32_t max = 4096;
  double entropy = 0;  // least Shannon bits per character
};

// The same in an image.
struct SecretView {
  SecretShape shape = SecretShape::kPrefix;
  StringList prefixes;
  Alphabet alphabet = Alphabet::kAny;
  uint32_t min = 1;
  uint32_t max = 4096;
  double entropy = 0;
};

// `cues` are the matches of the cue set, for kAfter; `places`, for kPrefix, all bytes of the raw
// view where a prefix may begin, ascending, or null when they are not known.
LeafResult FindSecrets(const Draft& draft, const SecretView& secret, const SpanList& cues,
                       const std::vector<uint32_t>* places, uint32_t limit, SpanList* out);

// Whether a value stands for a secret instead of being one. Shared with tests.
bool IsPlaceholder(std::string_view value);

}  // namespace breath

#endif  // BREATH_MATCH_SECRET_H_
