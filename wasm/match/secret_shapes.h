// SPDX-License-Identifier: Apache-2.0
// The named shapes of `secret`: a JSON web token, a private key, a password inside a link.
// Tested by: tests/engine/secret_test.cc
#ifndef BREATH_MATCH_SECRET_SHAPES_H_
#define BREATH_MATCH_SECRET_SHAPES_H_

#include <stdint.h>

#include <string_view>

#include "wasm/match/secret.h"

namespace breath {

// Appends what has the shape (kJwt, kPrivateKey or kUrlPassword) in `text`, whose offsets `map`
// knows.
LeafResult FindShaped(std::string_view text, SecretShape shape, const OffsetMap& map,
                      uint32_t limit, SpanList* out);

}  // namespace breath

#endif  // BREATH_MATCH_SECRET_SHAPES_H_
