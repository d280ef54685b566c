// SPDX-License-Identifier: Apache-2.0
// The extension APIs under the one name that both browsers' promises have, and the one way to ask the background.
// Tested by: tests/browser (it has no behaviour of its own)

/**
 * @import { Request, Response } from '../../shared/types.js'
 */

/** @type {typeof chrome} */
export const browser = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;

/**
 * @param {Request} request
 * @returns {Promise<Response>} rejects when the background cannot be reached
 */
export async function ask(request) {
  return await browser.runtime.sendMessage(request);
}
