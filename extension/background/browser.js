// SPDX-License-Identifier: Apache-2.0
// The extension APIs under the one name that both browsers' promises have. Nothing else belongs here.
// Tested by: tests/browser (it has no behaviour of its own)

/** @type {typeof chrome} */
export const browser = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
