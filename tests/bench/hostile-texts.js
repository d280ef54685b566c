// SPDX-License-Identifier: Apache-2.0
// W7: texts of 64 KiB made to cost as much as they can: nearly matching, asking every filter, one endless word, bait for anything
// quadratic. Made from the rules they attack. It measures nothing.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('./random.js').Random} Random */

const SIZE = 65536;

/** @type {Record<string, (parts: Parts, random: Random) => string>} what to repeat until the text is long enough */
const PIECES = {
  'nearly every phrase': ({ phrases }, random) => `${random.pick(phrases).slice(0, -1)}q `,
  'first words alone': ({ firsts }, random) => `${random.pick(firsts)} `,
  'every keyword, no match': ({ keywords }, random) => `${random.pick(keywords)}~`,
  'every phrase matches': ({ phrases }, random) => `${random.pick(phrases)} `,
  'one word of letters': (_, random) => random.string(64, 'abcdefghijklmnopqrstuvwxyz'),
  'one word of one letter': () => 'a'.repeat(64),
  'one row of digits': (_, random) => random.string(64, '0123456789'),
  'digit groups': (_, random) => `${random.string(4, '0123456789')} `,
  'one base64 token': (_, random) =>
    random.string(64, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-'),
  'token starts': ({ prefixes }, random) => random.pick(prefixes) + random.string(20, 'aB3dE6gH9k'),
  'at signs and dots': () => 'a@b.',
  'brackets and spaces': () => '( ) - - . . ',
  'combining marks': () => `a${'\u0301'.repeat(15)}`,
  'emoji joined': () => '👩‍👩‍👧‍👦',
  'white space': () => ' \n\t \u00a0',
  'styled letters': () => '𝗳𝘂𝗹𝗹ｆｕｌｌ',
};

/** @typedef {{ phrases: string[], firsts: string[], keywords: string[], prefixes: string[] }} Parts */

/**
 * @param {BenchRule[]} rules
 * @param {Random} random
 * @returns {{ name: string, texts: string[] }[]} three different texts of each kind
 */
export function hostileTexts(rules, random) {
  const phrases = rules.flatMap(({ literals }) => literals ?? []);
  const tokens = rules.flatMap(({ when }) => {
    const { prefix } = /** @type {{ prefix?: string[] }} */ (when.secret ?? {});
    return prefix ?? [];
  });
  const parts = {
    phrases: phrases.length > 0 ? phrases : ['nothing here'],
    firsts: phrases.length > 0 ? phrases.map((phrase) => phrase.split(' ')[0] ?? '') : ['nothing'],
    keywords: rules.flatMap(({ keywords }) => keywords).concat('nothing'),
    prefixes: tokens.length > 0 ? tokens : ['none_'],
  };
  return Object.entries(PIECES).map(([name, piece]) => ({
    name,
    texts: Array.from({ length: 3 }, () => {
      let text = '';
      while (Buffer.byteLength(text) < SIZE) {
        // A hundred at once: the length of so long a text is not asked for each.
        for (let i = 0; i < 100; i++) text += piece(parts, random);
      }
      return text.slice(0, SIZE);
    }),
  }));
}
