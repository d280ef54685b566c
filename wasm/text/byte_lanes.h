// SPDX-License-Identifier: Apache-2.0
// Sixteen bytes at a time by the vector types of GCC and Clang (SSE2 natively, SIMD128 in wasm),
// and what holds of 64 bytes as one 64-bit mask. It knows no text. Tested by:
// tests/engine/phrase_test.cc, tests/engine/literal_test.cc, tests/engine/number_test.cc
#ifndef BREATH_TEXT_BYTE_LANES_H_
#define BREATH_TEXT_BYTE_LANES_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <string_view>

#include "wasm/text/byte_words.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace breath {

inline constexpr size_t kLanes = 16;
using Lanes = uint8_t __attribute__((vector_size(kLanes)));

inline Lanes LoadLanes(const char* bytes) {
  Lanes lanes;
  memcpy(&lanes, bytes, kLanes);
  return lanes;
}

// The first `count` bytes, fewer than sixteen, and zeros. It copies nothing, as LoadFew.
inline Lanes LoadFewLanes(const char* bytes, size_t count) {
  using Halves = uint64_t __attribute__((vector_size(kLanes)));
  const Halves halves = count >= 8 ? Halves{Load8(bytes), LoadFew(bytes + 8, count - 8)}
                                   : Halves{LoadFew(bytes, count), 0};
  return reinterpret_cast<Lanes>(halves);
}

// One bit a lane: its highest one.
template <class AnyLanes>
uint32_t BitsOf(AnyLanes lanes) {
#if defined(__wasm_simd128__)
  return static_cast<uint32_t>(wasm_i8x16_bitmask(reinterpret_cast<v128_t>(lanes)));
#elif defined(__SSE2__)
  return static_cast<uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(lanes)));
#else
  uint32_t bits = 0;
  for (size_t i = 0; i < kLanes; ++i) bits |= static_cast<uint32_t>(lanes[i] >> 7 & 1) << i;
  return bits;
#endif
}

// The first byte at `at` or later that is_one(lanes) has the highest bit of, or the size of the
// text. is_one of a zero byte has to be zero.
template <class IsOne>
size_t NextByte(std::string_view text, size_t at, IsOne is_one) {
  for (; at < text.size(); at += kLanes) {
    const char* const bytes = text.data() + at;
    const size_t left = text.size() - at;
    const Lanes lanes = left < kLanes ? LoadFewLanes(bytes, left) : LoadLanes(bytes);
    const uint32_t bits = BitsOf(is_one(lanes));
    if (bits != 0) return at + static_cast<size_t>(__builtin_ctz(bits));
  }
  return text.size();
}

// Whether a text of at least one byte is in another. std::string_view::find looks for the first
// byte alone, which ordinary text is full of.
inline bool Contains(std::string_view text, std::string_view wanted) {
  if (wanted.size() > text.size()) return false;
  const size_t last = wanted.size() - 1;
  const size_t places = text.size() - last;
  size_t at = 0;
  for (; at + kLanes <= places; at += kLanes) {
    uint32_t bits =
        BitsOf((LoadLanes(text.data() + at) == static_cast<uint8_t>(wanted[0])) &
               (LoadLanes(text.data() + at + last) == static_cast<uint8_t>(wanted[last])));
    for (; bits != 0; bits &= bits - 1) {
      const char* const here = text.data() + at + __builtin_ctz(bits);
      if (memcmp(here, wanted.data(), wanted.size()) == 0) return true;
    }
  }
  for (; at < places; ++at) {
    if (memcmp(text.data() + at, wanted.data(), wanted.size()) == 0) return true;
  }
  return false;
}

inline constexpr size_t kBlock = 64;

// Calls take(start, mask, high) for each 64 bytes of `size` bytes: bit n of `mask` says that
// is_one(lanes) has the highest bit of byte start + n, bit n of `high` that the byte is none of
// ASCII. Bits behind the end are zero; is_one of a zero byte has to be zero for that.
template <class IsOne, class Take>
void ForEachBlock(const char* bytes, size_t size, IsOne is_one, Take take) {
  for (size_t start = 0; start < size; start += kBlock) {
    const size_t left = size - start;
    uint64_t mask = 0;
    uint64_t high = 0;
    for (size_t i = 0; i < kBlock && i < left; i += kLanes) {
      const char* const here = bytes + start + i;
      const Lanes lanes = left - i < kLanes ? LoadFewLanes(here, left - i) : LoadLanes(here);
      mask |= static_cast<uint64_t>(BitsOf(is_one(lanes))) << i;
      high |= static_cast<uint64_t>(BitsOf(lanes)) << i;
    }
    take(start, mask, high);
  }
}

}  // namespace breath

#endif  // BREATH_TEXT_BYTE_LANES_H_
