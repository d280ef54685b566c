// SPDX-License-Identifier: Apache-2.0
// What everyone writes first: JavaScript's own regular expressions, one after the other, behind a keyword test, or all in one. And the
// reference, the same loop with word boundaries that know more than ASCII.
// Tested by: tests/node/bench.test.js

/** @typedef {import('../bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('../bench-types.d.ts').Matcher} Matcher */
/** @typedef {import('../bench-types.d.ts').Task} Task */

/** @param {BenchRule} rule @returns {RegExp | null} null when JavaScript does not take the expression */
function compiled({ regex, ignoreCase }) {
  try {
    return new RegExp(regex, ignoreCase ? 'gi' : 'g');
  } catch (error) {
    // RE2 knows flags inside an expression and classes by name; the row says how many rules are missing.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param {BenchRule} rule */
export const isJavaScript = (rule) => compiled(rule) !== null;

/**
 * @param {(RegExp | null)[]} regexes null: a rule that is switched off
 * @param {(lowered: string, rule: number) => boolean} [mayMatch]
 * @returns {Matcher}
 */
function loopOver(regexes, mayMatch) {
  /** @param {string} text @param {(rule: number, end: number) => void} found */
  const each = (text, found) => {
    const lowered = mayMatch === undefined ? '' : text.toLowerCase();
    for (let i = 0; i < regexes.length; i++) {
      if (mayMatch?.(lowered, i) === false) continue;
      const regex = regexes[i];
      if (!regex) continue;
      regex.lastIndex = 0;
      while (regex.exec(text) !== null) found(i, regex.lastIndex);
    }
  };
  const missing = regexes.filter((regex) => regex === null).length;
  return {
    unit: 'utf16',
    note: missing === 0 ? '' : `${missing} expressions are not JavaScript`,
    count: (text) => {
      let count = 0;
      each(text, () => count++);
      return count;
    },
    hits: (text) => {
      /** @type {[number, number][]} */
      const hits = [];
      each(text, (rule, end) => hits.push([rule, end]));
      return hits;
    },
  };
}

/** @param {Task} task */
export const loop = ({ rules }) => loopOver(rules.map(compiled));

/** @param {Task} task */
export const gatedLoop = ({ rules }) =>
  loopOver(rules.map(compiled), (lowered, i) => {
    const keywords = /** @type {BenchRule} */ (rules[i]).keywords;
    return keywords.length === 0 || keywords.some((keyword) => lowered.includes(keyword));
  });

/**
 * One expression for all phrases; of two that overlap it sees the first.
 * @param {Task} task
 * @returns {Matcher}
 */
export function alternation({ rules }) {
  const phrases = rules.map(({ literals }) => literals?.[0] ?? '');
  const regex = new RegExp(
    `\\b(?:${phrases.map((phrase) => phrase.split(' ').join('(?:\\s+|-)')).join('|')})\\b`,
    'gi',
  );
  const numbers = new Map(phrases.map((phrase, i) => [phrase, i]));
  return {
    unit: 'utf16',
    count: (text) => {
      let count = 0;
      regex.lastIndex = 0;
      while (regex.exec(text) !== null) count++;
      return count;
    },
    hits: (text) =>
      [...text.matchAll(regex)].map((match) => {
        const rule = numbers.get(match[0].toLowerCase().replace(/\s+|-/g, ' ')) ?? -1;
        return [rule, match.index + match[0].length];
      }),
  };
}

/** @param {Task} task @returns {Matcher} */
export function reference({ rules }) {
  const before = '(?<![\\p{L}\\p{M}\\p{N}_])';
  const after = '(?![\\p{L}\\p{M}\\p{N}_])';
  return loopOver(
    rules.map((rule) => {
      if (!rule.isActive) return null;
      if (rule.literals === undefined) return compiled(rule);
      const phrases = rule.literals.map((phrase) => phrase.split(' ').join('(?:\\s+|-)'));
      return new RegExp(`${before}(?:${phrases.join('|')})${after}`, 'giu');
    }),
  );
}
