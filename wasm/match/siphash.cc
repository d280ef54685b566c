// SPDX-License-Identifier: Apache-2.0
// The rounds behind siphash.h. Tested by tests/engine/sealed_test.cc.
#include "wasm/match/siphash.h"

#include <stddef.h>

namespace breath {
namespace {

uint64_t Rotated(uint64_t value, uint32_t bits) { return (value << bits) | (value >> (64 - bits)); }

struct State {
  uint64_t v0;
  uint64_t v1;
  uint64_t v2;
  uint64_t v3;

  void Round() {
    v0 += v1;
    v1 = Rotated(v1, 13) ^ v0;
    v0 = Rotated(v0, 32);
    v2 += v3;
    v3 = Rotated(v3, 16) ^ v2;
    v0 += v3;
    v3 = Rotated(v3, 21) ^ v0;
    v2 += v1;
    v1 = Rotated(v1, 17) ^ v2;
    v2 = Rotated(v2, 32);
  }
  void Take(uint64_t word) {
    v3 ^= word;
    Round();
    Round();
    v0 ^= word;
  }
};

// Up to eight bytes as a little-endian word.
uint64_t WordAt(std::string_view bytes, size_t at, size_t size) {
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) {
    word |= static_cast<uint64_t>(static_cast<uint8_t>(bytes[at + i])) << (8 * i);
  }
  return word;
}

}  // namespace

SipKey SipKeyFromBytes(const uint8_t* bytes) {
  const std::string_view view(reinterpret_cast<const char*>(bytes), 16);
  return {WordAt(view, 0, 8), WordAt(view, 8, 8)};
}

uint64_t SipHash24(SipKey key, std::string_view bytes) {
  // The constants of the paper: "somepseudorandomlygeneratedbytes".
  State state = {key.low ^ 0x736f6d6570736575U, key.high ^ 0x646f72616e646f6dU,
                 key.low ^ 0x6c7967656e657261U, key.high ^ 0x7465646279746573U};
  const size_t whole = bytes.size() / 8 * 8;
  for (size_t at = 0; at < whole; at += 8) state.Take(WordAt(bytes, at, 8));
  state.Take(WordAt(bytes, whole, bytes.size() - whole) |
             (static_cast<uint64_t>(bytes.size() & 0xFF) << 56));
  state.v2 ^= 0xFF;
  for (int i = 0; i < 4; ++i) state.Round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace breath
