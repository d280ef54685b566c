// SPDX-License-Identifier: Apache-2.0
// Looks at how a rule speaks: length, blame, threats, reading grade. It knows English only; other languages get the
// length check. What good wording is stands in rules/AUTHORING.md.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js

/** @typedef {{ level: 'error' | 'warning', id: string, message: string }} Remark */

const MOST_WORDS = 60;
const MOST_GRADE = 9;

/** Words that blame, threaten or label the writer; a card only reminds. */
const UNKIND = [
  ['violat', 'a card reminds, it does not judge'],
  ['you are ', 'say what the words look like, not what the writer is'],
  ["you're ", 'say what the words look like, not what the writer is'],
  ['you have broken', 'say what the words look like'],
  ['forbidden', 'say what to do instead'],
  ['prohibited', 'say what to do instead'],
  ['not allowed', 'say what to do instead'],
  ['must not', 'say what to do instead'],
  ['disciplin', 'a card does not threaten'],
  ['terminat', 'a card does not threaten'],
  ['punish', 'a card does not threaten'],
  ['consequences', 'a card does not threaten'],
  ['penalt', 'a card does not threaten'],
  ['lawsuit', 'a card does not threaten'],
  ['prosecut', 'a card does not threaten'],
  ['will be logged', 'nothing is logged'],
  ['will be reported', 'nothing is reported'],
  ['monitored', 'nobody is watched'],
  ['inappropriate', 'say what it is, not what you think of it'],
  ['unprofessional', 'say what it is, not what you think of it'],
  ['do not contact', 'never keep anyone from an authority or the press'],
];

/** @param {string} word */
function syllables(word) {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  if (plain.length <= 3) return 1;
  const groups = plain
    .replace(/(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}

/** @param {string} text @returns {string[]} */
const wordsOf = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.@-]*/gu) ?? [];

/** Flesch-Kincaid grade. @param {string} text */
export function readingGrade(text) {
  const words = wordsOf(text).filter((word) => !/[@.]/.test(word.slice(0, -1)));
  const sentences = (text.match(/[.!?](\s|$)/g) ?? []).length || 1;
  if (words.length === 0) return 0;
  const syllableCount = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllableCount / words.length) - 15.59;
}

/**
 * @param {Record<string, unknown>} texts notice, why, instead, ask
 * @param {string} language
 * @returns {Remark[]}
 */
export function wordingRemarks(texts, language) {
  const parts = ['notice', 'why', 'instead', 'ask'].map((name) => String(texts[name] ?? ''));
  const whole = parts.join(' ');
  /** @type {Remark[]} */
  const remarks = [];
  const count = wordsOf(whole).length;
  if (count > MOST_WORDS) {
    remarks.push({
      level: 'error',
      id: 'wording.too-long',
      message: `the card text has ${count} words; keep it to ${MOST_WORDS}.`,
    });
  }
  if (whole.includes('!')) {
    remarks.push({
      level: 'error',
      id: 'wording.unkind',
      message: 'an exclamation mark shouts; end the sentence with a full stop.',
    });
  }
  if (language !== 'en') return remarks;
  const low = ` ${whole.toLowerCase().replaceAll('’', "'")} `;
  for (const [phrase = '', advice = ''] of UNKIND) {
    if (low.includes(` ${phrase}`)) {
      remarks.push({
        level: 'error',
        id: 'wording.unkind',
        message: `"${phrase.trim()}": ${advice}.`,
      });
    }
  }
  const grade = readingGrade(parts.slice(0, 3).join(' '));
  if (grade > MOST_GRADE) {
    remarks.push({
      level: 'warning',
      id: 'wording.hard-to-read',
      message: `it reads like school grade ${grade.toFixed(0)}; use shorter words and sentences (grade 8).`,
    });
  }
  if (!texts.ask) {
    remarks.push({
      level: 'warning',
      id: 'wording.no-ask',
      message: 'it names nobody to ask. Add a person or team in "ask".',
    });
  }
  return remarks;
}
