// SPDX-License-Identifier: Apache-2.0
// W4: spells a phrase so that a person still reads it and a plain matcher does not. One trick a phrase.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./random.js').Random} Random */

/** @type {Record<string, string>} */
const LEET = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };
/** Cyrillic letters that look Latin. @type {Record<string, string>} */
const LOOKALIKES = { a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', x: 'х', y: 'у' };

/** @param {string} text @param {Record<string, string>} letters */
const swap = (text, letters) => text.replace(/[a-z]/g, (letter) => letters[letter] ?? letter);

/** @type {Record<string, (text: string) => string>} */
export const TRICKS = {
  leet: (text) => swap(text, LEET),
  lookalikes: (text) => swap(text, LOOKALIKES),
  'zero width': (text) => [...text].join('\u200b'),
  spaced: (text) =>
    text
      .split(' ')
      .map((word) => [...word].join(' '))
      .join('   '),
  repeats: (text) => text.replace(/[aeiou]/, (vowel) => vowel.repeat(4)),
};

/** @param {string} text lower case @param {Random} random */
export const disguised = (text, random) => random.pick(Object.values(TRICKS))(text);
