// SPDX-License-Identifier: Apache-2.0
// Waiting for a state with a deadline. There is no fixed sleep and no retry of an action anywhere in these tests.
// Tested by: tests/browser/specs/beds.test.js

const PAUSE_MS = 20;

/**
 * Looks again and again until `look` gives something that holds, and returns that.
 * @template T
 * @param {string} what  what is awaited, for the message
 * @param {() => T | Promise<T>} look
 * @param {number} [within]  milliseconds
 * @returns {Promise<Exclude<T, null | undefined | false | 0 | ''>>}
 */
export async function until(what, look, within = 5000) {
  const end = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (seen) return /** @type {any} */ (seen);
    if (performance.now() > end) throw new Error(`waited ${within} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
