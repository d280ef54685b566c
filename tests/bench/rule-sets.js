// SPDX-License-Identifier: Apache-2.0
// Makes the rule sets of workloads W1 (phrases), W2 (secrets) and W3 (a mixed policy), each rule as our own leaf and as a regular
// expression that means the same. It writes no file and makes no text to search in.
// Tested by: tests/node/bench.test.js
import { SECRET_FAMILIES, secretRule } from './secret-families.js';

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('./random.js').Random} Random */
/** @typedef {import('./text-model.js').TextModel} TextModel */

/** Words of these ranks stand in no rule, so that a clean text can always be written. */
export const NEUTRAL_RANKS = 60;

/**
 * A phrase as the format means it, in the words of a regular expression: whole words, a space is white space or one hyphen.
 * @param {string} phrase
 */
export const phraseRegex = (phrase) => phrase.split(' ').join('(?:\\s+|-)');

/**
 * @param {string[]} phrases
 * @returns {BenchRule}
 */
function phrasesRule(phrases) {
  const [first = ''] = phrases;
  return {
    when: { words: phrases },
    regex: `\\b(?:${phrases.map(phraseRegex).join('|')})\\b`,
    ignoreCase: true,
    literals: phrases,
    keywords: phrases.map((phrase) => longestWord(phrase)),
    isActive: true,
    example: first,
  };
}

/** @param {string} phrase */
const longestWord = (phrase) => phrase.split(' ').reduce((a, b) => (b.length > a.length ? b : a));

/**
 * A phrase of ordinary words: the first as frequent as in text, so that a filter on it is often asked for nothing.
 * @param {TextModel} model
 * @param {Random} random
 * @param {Set<string>} taken phrases in use; the new one is added
 */
function newPhrase(model, random, taken) {
  for (;;) {
    const kind = random.next();
    let first = model.word();
    while (model.words.indexOf(first) < NEUTRAL_RANKS) first = model.word();
    const words =
      kind < 0.1
        ? [model.wordOfRank(4000)]
        : [
            first,
            ...Array.from({ length: kind < 0.9 ? 1 : 2 }, () => model.wordOfRank(NEUTRAL_RANKS)),
          ];
    const phrase = words.join(' ');
    if (taken.has(phrase)) continue;
    taken.add(phrase);
    return phrase;
  }
}

/**
 * W1: one phrase a rule, of one word (10 %), two (80 %) or three (10 %).
 * @param {TextModel} model
 * @param {Random} random
 * @param {number} count
 * @returns {BenchRule[]}
 */
export function phraseRules(model, random, count) {
  /** @type {Set<string>} */
  const taken = new Set();
  return Array.from({ length: count }, () => phrasesRule([newPhrase(model, random, taken)]));
}

/**
 * W2: credentials in the families that secret scanners know.
 * @param {Random} random
 * @returns {BenchRule[]}
 */
export const secretRules = (random) => SECRET_FAMILIES.map((family) => secretRule(family, random));

/**
 * W3: of 20 rules 12 phrases, 4 dictionaries of 20 names, 2 patterns, 1 number, 1 secret; half of them under a condition of
 * audience, place or time, and half of those switched off by it.
 * @param {TextModel} model
 * @param {Random} random
 * @param {number} count
 * @returns {BenchRule[]}
 */
export function mixedRules(model, random, count) {
  /** @type {Set<string>} */
  const taken = new Set(model.words);
  const name = () => {
    for (;;) {
      const made = random
        .string(random.between(2, 4), 'bcdfghklmnprstv')
        .replace(/./g, (c) => c + random.pick('aeiou'));
      if (taken.has(made)) continue;
      taken.add(made);
      return made;
    }
  };
  return Array.from({ length: count }, (_, i) =>
    conditioned(mixedRule(i % 20, model, random, name, taken), random),
  );
}

/**
 * @param {number} slot 0 to 19: which kind
 * @param {TextModel} model
 * @param {Random} random
 * @param {() => string} name makes a name nobody has
 * @param {Set<string>} taken
 * @returns {BenchRule}
 */
function mixedRule(slot, model, random, name, taken) {
  if (slot < 12) return phrasesRule([newPhrase(model, random, taken)]);
  if (slot < 16) return phrasesRule(Array.from({ length: 20 }, name));
  if (slot < 18) return patternRule(model.wordOfRank(NEUTRAL_RANKS, 400), name(), random);
  if (slot < 19) return numberRule(random);
  const prefix = `${name().slice(0, 4)}_`;
  return secretRule({ id: prefix, prefix: [prefix], alphabet: 'alnum', length: [32, 64] }, random);
}

/**
 * @param {string} common
 * @param {string} rare
 * @param {Random} random
 * @returns {BenchRule}
 */
function patternRule(common, rare, random) {
  const shapes = [
    { regex: `${rare}\\s+(?:is|was|will be)\\s+[0-9]{1,3}`, example: `${rare} is 12` },
    { regex: `(?:${common}|launch|release)\\s+${rare}[a-z]*`, example: `${common} ${rare}s` },
    { regex: `${rare}-?[0-9]{2,4}(?:\\.[0-9]+)?`, example: `${rare}-2047` },
    { regex: `${rare}[^.!?]{1,40}${common}`, example: `${rare} and the ${common}` },
  ];
  const { regex, example } = random.pick(shapes);
  return {
    when: { pattern: regex },
    regex,
    ignoreCase: true,
    keywords: [rare],
    isActive: true,
    example,
  };
}

/** The shapes alone: a regular expression cannot compute a checksum, which is why W3 is a different task for one. */
const NUMBERS = [
  {
    kind: 'card',
    regex: '[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}',
    example: '4111 1111 1111 1111',
  },
  {
    kind: 'iban',
    regex: '\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}\\b',
    example: 'GB82 WEST 1234 5698 7654 32',
  },
  { kind: 'ssn', regex: '[0-9]{3}-[0-9]{2}-[0-9]{4}', example: '536-22-8726' },
  {
    kind: 'phone',
    regex: '\\+[0-9]{1,3}[ -]?[0-9]{2,4}[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}',
    example: '+44 20 7946 0958',
  },
  {
    kind: 'email',
    regex: '[a-z0-9._+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)+',
    example: 'someone@mail.example',
  },
];

/**
 * @param {Random} random
 * @returns {BenchRule}
 */
function numberRule(random) {
  const { kind, regex, example } = random.pick(NUMBERS);
  // In small letters every second word would have the shape of an IBAN.
  const ignoreCase = kind !== 'iban';
  return { when: { number: kind }, regex, ignoreCase, keywords: [], isActive: true, example };
}

/**
 * @param {BenchRule} rule
 * @param {Random} random
 * @returns {BenchRule}
 */
function conditioned(rule, random) {
  if (random.chance(0.5)) return rule;
  const isActive = random.chance(0.5);
  const past = '2026-01-01T00:00:00Z';
  const conditions = [
    () => ({ ...rule, more: { audience: [isActive ? 'external' : 'internal'] } }),
    () => ({ ...rule, more: { active: isActive ? { from: past } : { until: past } } }),
    () => ({
      ...rule,
      when: { all: [{ context: { site: [isActive ? 'x' : 'linkedin'] } }, rule.when] },
    }),
  ];
  return { ...random.pick(conditions)(), isActive };
}
