// SPDX-License-Identifier: Apache-2.0
// Makes the pools of texts that programs are timed on: clean ones, and ones with exactly one match planted. Each text is given to
// each program once, so nothing is fast here because it was seen before.
// Tested by: tests/node/bench.test.js
import { NEUTRAL_RANKS } from './rule-sets.js';

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('./bench-types.d.ts').Pool} Pool */
/** @typedef {import('./random.js').Random} Random */
/** @typedef {import('./text-model.js').Post} Post */
/** @typedef {import('./text-model.js').TextModel} TextModel */

/** Finds phrases in a post word by word: the slow, obvious way, which is all that writing a clean text needs. */
export class PhraseFinder {
  /** @type {Map<string, string[][]>} by first word */
  #phrases = new Map();

  /** @param {Iterable<string>} phrases lower case, words separated by one space */
  constructor(phrases) {
    for (const phrase of phrases) {
      const words = phrase.split(' ');
      const first = /** @type {string} */ (words[0]);
      const others = this.#phrases.get(first);
      if (others === undefined) this.#phrases.set(first, [words]);
      else others.push(words);
    }
  }

  /**
   * Also counts what stands apart by a comma or a full stop, so it finds a little more than a matcher would.
   * @param {Post} post
   * @returns {number[]} for each phrase found, the index in the post of its last word
   */
  find(post) {
    /** @type {string[]} */
    const words = [];
    /** @type {number[]} */
    const owners = [];
    for (let i = 0; i < post.words.length; i++) {
      for (const [word] of (post.words[i] ?? '').toLowerCase().matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
        words.push(word);
        owners.push(i);
      }
    }
    /** @type {number[]} */
    const found = [];
    for (let i = 0; i < words.length; i++) {
      for (const phrase of this.#phrases.get(words[i] ?? '') ?? []) {
        if (phrase.every((word, n) => words[i + n] === word)) {
          found.push(owners[i + phrase.length - 1] ?? 0);
        }
      }
    }
    return found;
  }
}

/**
 * @param {object} recipe
 * @param {TextModel} recipe.model
 * @param {Random} recipe.random
 * @param {BenchRule[]} recipe.rules
 * @param {number} recipe.units
 * @param {'clean' | 'hit'} recipe.kind
 * @param {number} recipe.count
 * @param {(random: Random) => string} [recipe.nearMiss] something in one text of three that looks like a match and is none
 * @param {(text: string, random: Random) => string} [recipe.disguise] how a planted phrase is hidden
 * @returns {Pool}
 */
export function makePool({ model, random, rules, units, kind, count, nearMiss, disguise }) {
  const finder = new PhraseFinder(rules.flatMap(({ literals }) => literals ?? []));
  // A number has only one spelling here; planting it in every twentieth text would make the same text of them all.
  const planted = rules.filter(
    ({ isActive, when }) => isActive && !JSON.stringify(when).includes('"number"'),
  );
  const texts = [];
  while (texts.length < count) {
    const post = model.post(units);
    if (nearMiss !== undefined && random.chance(1 / 3))
      replaceWords(post, random, nearMiss(random));
    cleanse(post, finder, model);
    if (kind === 'hit') {
      const rule = random.pick(planted);
      const text = disguise ? disguise(rule.example, random) : spelled(rule, random);
      replaceWords(post, random, text);
      if (!disguise && rule.literals !== undefined && finder.find(post).length !== 1) continue;
    }
    texts.push(post.toString());
  }
  return { name: `${units}-${kind}`, units, kind, texts };
}

/**
 * Puts words that no rule holds where a phrase would end, until none does.
 * @param {Post} post
 * @param {PhraseFinder} finder
 * @param {TextModel} model
 */
function cleanse(post, finder, model) {
  for (;;) {
    const found = finder.find(post);
    if (found.length === 0) return;
    for (const at of found) post.words[at] = model.wordOfRank(0, NEUTRAL_RANKS);
  }
}

/**
 * Writes a text over as many words as it has itself, with spaces around it.
 * @param {Post} post
 * @param {Random} random
 * @param {string} text
 */
function replaceWords(post, random, text) {
  const size = text.split(/[\s-]+/).length;
  const at = random.between(1, Math.max(1, post.words.length - size - 1));
  post.words.splice(at, size, text);
  post.gaps.splice(at, size, ' ');
  const next = at + 1;
  if (next < post.gaps.length) post.gaps[next] = ' ';
}

/**
 * A match of a rule, phrases in one of the spellings the format promises to see.
 * @param {BenchRule} rule
 * @param {Random} random
 */
function spelled(rule, random) {
  if (rule.literals === undefined) return rule.example;
  const phrase = random.pick(rule.literals);
  const kind = random.next();
  const cased =
    kind < 0.15
      ? phrase.toUpperCase()
      : kind < 0.3
        ? phrase.charAt(0).toUpperCase() + phrase.slice(1)
        : phrase;
  return random.chance(0.15) ? cased.replaceAll(' ', random.pick(['-', '  ', '\n'])) : cased;
}

/**
 * What stands in ordinary posts of engineers and is no secret.
 * @param {Random} random
 */
export function secretNearMiss(random) {
  const hex = '0123456789abcdef';
  return random.pick([
    () => random.string(7, hex),
    () => random.string(40, hex),
    () => [8, 4, 4, 4, 12].map((n) => random.string(n, hex)).join('-'),
    () => `sha256:${random.string(64, hex)}`,
    () => `v${random.below(9)}.${random.below(20)}.${random.below(9)}`,
    () => `the ${random.pick(['token', 'api key', 'secret', 'password'])} was`,
    () =>
      `https://code.example/r/${random.string(22, 'abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789')}`,
  ])();
}
