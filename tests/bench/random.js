// SPDX-License-Identifier: Apache-2.0
// Repeatable randomness: the same seed gives the same rules and texts on every machine. Not for secrets.
// Tested by: tests/node/bench.test.js

/**
 * Mulberry32, by Tommy Ettinger (public domain): 32 bits of state, fast, good enough to draw words with.
 * @param {string} seed any text
 * @returns {Random}
 */
export function seeded(seed) {
  // FNV-1a over UTF-16 units.
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return new Random(state);
}

export class Random {
  #state;

  /** @param {number} state */
  constructor(state) {
    this.#state = state | 0;
  }

  /** @returns {number} in [0, 1) */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} bound @returns {number} a whole number in [0, bound) */
  below(bound) {
    return Math.floor(this.next() * bound);
  }

  /** @param {number} least @param {number} most @returns {number} a whole number, both ends included */
  between(least, most) {
    return least + this.below(most - least + 1);
  }

  /** @param {number} share @returns {boolean} true in that share of calls */
  chance(share) {
    return this.next() < share;
  }

  /**
   * @template T
   * @param {ArrayLike<T>} items not empty
   * @returns {T}
   */
  pick(items) {
    return /** @type {T} */ (items[this.below(items.length)]);
  }

  /** @param {number} length @param {string} alphabet */
  string(length, alphabet) {
    let out = '';
    while (out.length < length) out += alphabet[this.below(alphabet.length)];
    return out;
  }
}
