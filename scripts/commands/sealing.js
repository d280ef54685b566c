// SPDX-License-Identifier: Apache-2.0
// Seals the lists of a rules folder that ask for it: their terms become salted hashes and go no further. The engine
// makes the hashes, so that a sealed list and a draft can never be read in two ways. It writes no files.
// Tested by: tests/node/cli-sealed.test.js
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sampleTerm } from '../../extension/bundle/examples.js';
import { EngineFailure } from '../../extension/engine/engine.js';
import { BreathError } from '../../extension/shared/errors.js';
import { Complaint } from './complaint.js';
import { COMMON } from './reach.js';
import { shown } from './rule-files.js';

/**
 * @typedef {import('../../extension/engine/engine.js').Engine} Engine
 * @typedef {import('./rule-files.js').RuleFolder} RuleFolder
 * @typedef {import('./wording.js').Remark} Remark
 * @typedef {Record<string, unknown>} Json
 */

const SALT = /^[0-9a-f]{32}$/;
const HEX_PAIR = /../g;
/** A single word of at most this many characters is soon found by trying. */
const SHORT = 8;

/** A salt for a new list: 128 random bits. */
export const newSalt = () => randomBytes(16).toString('hex');

/** @param {unknown} value @returns {string | null} the salt of `"seal": { "salt": "..." }` */
function saltOf(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { salt, ...rest } = /** @type {Json} */ (value);
  return typeof salt === 'string' && SALT.test(salt) && Object.keys(rest).length === 0
    ? salt
    : null;
}

/**
 * @param {Engine} engine
 * @param {Json} list with terms and a salt
 * @param {string} salt
 * @param {string} file for messages
 * @returns {Json} the list as it stands in the bundle
 * @throws {Complaint} that names the place of a bad term, not the term
 */
function sealedList(engine, list, salt, file) {
  const { terms, seal: _, ...head } = list;
  if (!Array.isArray(terms) || !terms.every((term) => typeof term === 'string')) {
    throw new Complaint(
      `${file}:/terms: bundle.type: a list to be sealed needs terms: an array of strings.`,
    );
  }
  const key = Uint8Array.from(salt.match(HEX_PAIR) ?? [], (pair) => Number.parseInt(pair, 16));
  /** @type {Set<number>} */
  const words = new Set();
  /** @type {Set<string>} */
  const hashes = new Set();
  for (const [index, term] of [...terms, sampleTerm(salt)].entries()) {
    try {
      const one = engine.seal(key, term);
      words.add(one.words);
      hashes.add(one.hash);
    } catch (error) {
      if (!(error instanceof BreathError) || error instanceof EngineFailure) throw error;
      throw new Complaint(`${file}:/terms/${index}: ${error.id}: ${error.message}`);
    }
  }
  // Sorted, so that the order of the terms tells nothing.
  const sealed = { salt, words: [...words].sort((a, b) => a - b), hashes: [...hashes].sort() };
  return { ...head, sealed };
}

/**
 * @param {Engine} engine
 * @param {RuleFolder} source
 * @returns {RuleFolder} the same with its lists sealed; `sealedTerms` keeps the terms for lint
 * @throws {Complaint}
 */
export function sealLists(engine, source) {
  /** @type {Record<string, Json>} */
  const lists = {};
  /** @type {Record<string, string[]>} */
  const sealedTerms = {};
  for (const [name, list] of Object.entries(source.bundle.lists)) {
    if (list.seal === undefined) {
      lists[name] = list;
      continue;
    }
    const file = shown(join(source.folder, 'lists', `${name}.json`));
    const salt = saltOf(list.seal);
    if (salt === null) {
      throw new Complaint(
        `${file}:/seal: bundle.value: write "seal": { "salt": "<32 digits 0-9 a-f>" }; breath new list NAME --sealed makes one.`,
      );
    }
    lists[name] = sealedList(engine, list, salt, file);
    sealedTerms[name] = /** @type {string[]} */ (list.terms);
  }
  return { ...source, bundle: { ...source.bundle, lists }, sealedTerms };
}

/**
 * Terms that somebody who has the bundle finds by trying words.
 * @param {string[]} terms
 * @returns {{ pointer: string, remark: Remark }[]}
 */
export function guessableRemarks(terms) {
  return terms.flatMap((term, index) => {
    const word = term.trim().toLowerCase();
    const single = /^[\p{L}\p{M}]+$/u.test(word) || /^\d{1,6}$/.test(word);
    if (!single || ([...word].length > SHORT && !COMMON.has(word))) return [];
    return [
      {
        pointer: `/terms/${index}`,
        remark: {
          level: /** @type {const} */ ('warning'),
          id: 'seal.guessable',
          message:
            'one short word is soon guessed, sealed or not. Use two words, or do not rely on the seal.',
        },
      },
    ];
  });
}
