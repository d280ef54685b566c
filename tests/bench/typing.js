// SPDX-License-Identifier: Apache-2.0
// W5: every state of a draft while a person writes it, with slips taken back and now and then a paste. It measures nothing.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./random.js').Random} Random */

/**
 * @param {string} text what is there in the end
 * @param {Random} random
 * @returns {string[]} the draft after each keystroke; 2 % of them take a character back, 1 % paste up to 40
 */
export function typedTexts(text, random) {
  const states = [];
  let at = 0;
  while (at < text.length) {
    const kind = random.next();
    if (kind < 0.02 && at > 0) at--;
    else if (kind < 0.03) at = Math.min(text.length, at + random.between(5, 40));
    else at++;
    states.push(text.slice(0, at));
  }
  return states;
}
