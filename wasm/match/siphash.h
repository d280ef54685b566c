// SPDX-License-Identifier: Apache-2.0
// SipHash-2-4 with a 64-bit result, by Jean-Philippe Aumasson and Daniel J. Bernstein ("SipHash: a
// fast short-input PRF", 2012; the reference code is in the public domain, CC0). Used as a salted
// fingerprint of list terms: it keeps nobody from guessing. Tested by: tests/engine/sealed_test.cc
#ifndef BREATH_MATCH_SIPHASH_H_
#define BREATH_MATCH_SIPHASH_H_

#include <stdint.h>

#include <string_view>

namespace breath {

// A key of 128 bits as two little-endian words.
struct SipKey {
  uint64_t low = 0;
  uint64_t high = 0;
};

// The key of 16 bytes in memory order.
SipKey SipKeyFromBytes(const uint8_t* bytes);

uint64_t SipHash24(SipKey key, std::string_view bytes);

}  // namespace breath

#endif  // BREATH_MATCH_SIPHASH_H_
