// SPDX-License-Identifier: Apache-2.0
// Prints the result words of every vector, one line each, as the C ABI leaves them.
// tests/node/engine.test.js compares the lines with those of engine.wasm, byte by byte.
#include <stdio.h>

#include "tests/engine/vectors.h"
#include "wasm/abi/breath_abi.h"

int main() {
  for (const breath::testing::Vector& vector : breath::testing::ReadVectors(BREATH_VECTORS)) {
    const int32_t id = breath_load(reinterpret_cast<const uint8_t*>(vector.bundle.data()),
                                   static_cast<uint32_t>(vector.bundle.size()));
    const std::string context = breath::testing::kContext;
    const int32_t status = breath_check(id, reinterpret_cast<const uint8_t*>(vector.draft.data()),
                                        static_cast<uint32_t>(vector.draft.size()),
                                        reinterpret_cast<const uint8_t*>(context.data()),
                                        static_cast<uint32_t>(context.size()));
    printf("%d ", status);
    for (uint32_t i = 0; i < breath_result_size(); ++i) printf("%02x", breath_result()[i]);
    printf("\n");
    breath_unload(id);
  }
  return 0;
}
