// SPDX-License-Identifier: Apache-2.0
// Verdicts by exact text and context, for the few drafts of one page. Holds answers only: what could not be checked is asked
// again. Bounded in number, size and age; a draft that was posted is forgotten, and all of them when the page is left.
// The texts themselves are kept: a press must be answered at once, the browser's own digest answers later, and a short hash
// could be made to collide by a page, which would then have its draft taken for a clean one.
// Tested by: tests/node/verdict-cache.test.js

/** @import { DraftContext, Verdict } from '../shared/types.js' */

const MOST_ENTRIES = 40;
const MOST_CHARACTERS = 4_000_000;
/** Rules have dates and bundles change: a verdict is good for one sitting. */
export const FRESH_MS = 5 * 60_000;

export class VerdictCache {
  /**
   * @param {() => number} now
   * @param {(callback: () => void, ms: number) => unknown} [later]
   */
  constructor(now, later = () => {}) {
    this.now = now;
    this.later = later;
    this.willSweep = false;
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
    return entry && this.isFresh(entry) ? entry.verdict : null;
  }

  /** @param {{ at: number }} entry */
  isFresh({ at }) {
    return this.now() >= at && this.now() - at < FRESH_MS;
  }

  /** Drops what is too old to be of use, and looks again when the rest has become so. */
  sweep() {
    this.willSweep = false;
    for (const [key, entry] of [...this.entries]) if (!this.isFresh(entry)) this.drop(key);
    this.sweepLater();
  }

  sweepLater() {
    const [oldest] = this.entries.values();
    if (!oldest || this.willSweep) return;
    this.willSweep = true;
    this.later(() => this.sweep(), Math.max(0, oldest.at + FRESH_MS - this.now()));
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
    this.sweepLater();
  }

  /**
   * A draft has gone out: nothing of it is of use any more, whatever the context it was judged in.
   * @param {string} text
   */
  forgetDraft(text) {
    const end = `\n${text}`;
    for (const key of [...this.entries.keys()]) {
      // Contexts are one line of JSON, so the text begins after the first line break.
      if (key.endsWith(end) && key.indexOf('\n') === key.length - end.length) this.drop(key);
    }
  }

  /** The page is left. */
  forgetAll() {
    this.entries.clear();
    this.characters = 0;
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
