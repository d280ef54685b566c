// SPDX-License-Identifier: Apache-2.0
// Verdicts by exact text and context, for the few drafts of one page. Holds answers only: what could not be checked is asked
// again. Bounded in number, size and age; gone with the page.
// Tested by: tests/node/gate.test.js

/** @import { DraftContext, Verdict } from '../shared/types.js' */

const MOST_ENTRIES = 40;
const MOST_CHARACTERS = 4_000_000;
/** Rules have dates and bundles change: a verdict is good for one sitting. */
export const FRESH_MS = 5 * 60_000;

export class VerdictCache {
  /** @param {() => number} now */
  constructor(now) {
    this.now = now;
    /** @type {Map<string, { verdict: Verdict, at: number }>} Oldest first. */
    this.entries = new Map();
    this.characters = 0;
  }

  /**
   * @param {string} text
   * @param {DraftContext} context
   * @returns {Verdict | null}
   */
  get(text, context) {
    const entry = this.entries.get(keyOf(text, context));
    if (!entry || this.now() - entry.at >= FRESH_MS || this.now() < entry.at) return null;
    return entry.verdict;
  }

  /**
   * @param {string} text
   * @param {DraftContext} context
   * @param {Verdict} verdict
   */
  put(text, context, verdict) {
    const key = keyOf(text, context);
    this.drop(key);
    if (verdict.outcome === 'unchecked' || key.length > MOST_CHARACTERS) return;
    this.entries.set(key, { verdict, at: this.now() });
    this.characters += key.length;
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MOST_ENTRIES && this.characters <= MOST_CHARACTERS) break;
      this.drop(oldest);
    }
  }

  /** @param {string} key */
  drop(key) {
    if (this.entries.delete(key)) this.characters -= key.length;
  }
}

/**
 * @param {string} text
 * @param {DraftContext} context
 */
function keyOf(text, context) {
  const { site, surface, audience, reply, media, lang } = context;
  return `${JSON.stringify([site, surface, audience, reply, media, lang])}\n${text}`;
}
