// SPDX-License-Identifier: Apache-2.0
// Reads the words after a verb by a small table of options, and suggests the nearest name for a mistyped one.
// Tested by: tests/node/cli.test.js
import { Complaint } from './complaint.js';

/**
 * `value` is the placeholder shown in help, absent for a switch; `oneOf` lists the allowed values.
 * @typedef {{ value?: string, oneOf?: readonly string[], short?: string, what: string }} Option
 * @typedef {Record<string, Option>} OptionTable
 * @typedef {{ values: Record<string, string>, switches: Set<string>, rest: string[] }} Arguments
 */

/**
 * Edits (insert, drop, replace, swap neighbours) between two words.
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function editDistance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (/** @type {number} */ i, /** @type {number} */ j) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, at(i - 2, j - 2) + 1);
      }
      row.push(best);
    }
  }
  return at(a.length, b.length);
}

/**
 * @param {string} word
 * @param {readonly string[]} known
 * @returns {string} " Did you mean x?" or nothing
 */
export function suggestion(word, known) {
  const ranked = known
    .map((name) => ({ name, distance: name.startsWith(word) ? 0.5 : editDistance(word, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  const near = best && best.distance <= Math.max(2, Math.floor(word.length / 3));
  return near ? ` Did you mean ${best.name}?` : '';
}

/**
 * @param {string[]} words
 * @param {OptionTable} table
 * @param {{ verb: string, most: number }} limits `most` words that are not options
 * @returns {Arguments}
 * @throws {Complaint}
 */
export function readArguments(words, table, { verb, most }) {
  /** @type {Arguments} */
  const out = { values: {}, switches: new Set(), rest: [] };
  const usage = `Try: breath ${verb} --help`;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--') {
      out.rest.push(...words.slice(i + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      out.rest.push(word);
      continue;
    }
    const [written = '', ...tail] = word.split('=');
    const name = written.startsWith('--')
      ? written.slice(2)
      : (Object.keys(table).find((key) => table[key]?.short === written) ?? '');
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) {
      const known = Object.keys(table).map((key) => `--${key}`);
      throw new Complaint(
        `breath ${verb}: usage.unknown-option: there is no option ${written}.${suggestion(written, known)} ${usage}`,
      );
    }
    if (option.value === undefined) {
      if (tail.length > 0) {
        throw new Complaint(`breath ${verb}: usage.value: --${name} takes no value. ${usage}`);
      }
      out.switches.add(name);
      continue;
    }
    const next = words[i + 1];
    const hasNext = next !== undefined && (next === '-' || !next.startsWith('-'));
    if (tail.length === 0 && !hasNext) {
      throw new Complaint(`breath ${verb}: usage.value: --${name} needs a value. ${usage}`);
    }
    const value = tail.length > 0 ? tail.join('=') : (next ?? '');
    if (tail.length === 0) i += 1;
    if (option.oneOf && !option.oneOf.includes(value)) {
      const choices = option.oneOf.join(', ');
      throw new Complaint(
        `breath ${verb}: usage.value: --${name} is one of ${choices}, not "${value}".${suggestion(value, option.oneOf)}`,
      );
    }
    out.values[name] = value;
  }
  if (out.rest.length > most) {
    throw new Complaint(
      `breath ${verb}: usage.extra: one word too many: "${out.rest[most]}". ${usage}`,
    );
  }
  return out;
}

/**
 * @param {string} value RFC 3339, or a date, which means the start of that day in UTC
 * @returns {number} milliseconds since 1970; NaN when it is none
 */
export function parseTime(value) {
  const shape =
    /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;
  const date = shape.exec(value)?.[1];
  if (date === undefined) return Number.NaN;
  // Date.parse takes 30 February for 2 March.
  const day = Date.parse(date);
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(date);
  return isDay ? Date.parse(value) : Number.NaN;
}

/**
 * @param {string} value RFC 3339, or a date, which means the start of that day in UTC
 * @param {string} where for the message
 * @returns {number} milliseconds since 1970
 * @throws {Complaint}
 */
export function readTime(value, where) {
  const time = parseTime(value);
  if (Number.isNaN(time)) {
    throw new Complaint(
      `${where}: usage.value: "${value}" is no time. Write it as 2026-11-21 or 2026-11-21T09:00:00Z.`,
    );
  }
  return time;
}
