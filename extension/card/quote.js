// SPDX-License-Identifier: Apache-2.0
// Cuts the person's own words out of a draft: the marked span and a little of what stands around it. Pure.
// Tested by: tests/node/editors.test.js

/** @import { Span } from '../shared/types.js' */

/** @typedef {{ text: string, marked: boolean }} QuotePart */

const AROUND = 48;
const LONGEST_MARK = 160;

/**
 * The sentence around the first span, with every span in it marked.
 * @param {string} text
 * @param {readonly Span[]} spans  sorted, not overlapping, UTF-16
 * @returns {QuotePart[]}
 */
export function quoteOf(text, spans) {
  const [first] = spans;
  if (!first) return [];
  const from = edgeBefore(text, first[0]);
  const to = edgeAfter(text, Math.min(first[1], first[0] + LONGEST_MARK));
  /** @type {QuotePart[]} */
  const parts = [];
  const add = (/** @type {string} */ piece, /** @type {boolean} */ marked) => {
    if (piece) parts.push({ text: piece, marked });
  };
  if (from > 0 && !isLineStart(text, from)) add('… ', false);
  let at = from;
  for (const [start, end] of spans) {
    if (start >= to) break;
    const stop = Math.min(end, to);
    if (start < at) continue;
    add(text.slice(at, start), false);
    add(text.slice(start, stop), true);
    at = stop;
  }
  add(text.slice(at, to), false);
  if (to < text.length && text.charAt(to) !== '\n') add(' …', false);
  return parts;
}

/**
 * @param {string} text
 * @param {number} start
 */
function edgeBefore(text, start) {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const far = start - AROUND;
  if (start === 0 || line >= far) return Math.min(line, start);
  const space = text.slice(far, start).search(/\s/);
  return whole(text, space === -1 ? far : far + space + 1);
}

/**
 * @param {string} text
 * @param {number} end
 */
function edgeAfter(text, end) {
  const next = text.indexOf('\n', end);
  const line = next === -1 ? text.length : next;
  const far = end + AROUND;
  if (line <= far) return line;
  const ahead = text.slice(end, far);
  const space = ahead.search(/\s\S*$/);
  return whole(text, space === -1 ? far : end + space);
}

/**
 * Never cuts a character of two units in half.
 * @param {string} text
 * @param {number} at
 */
function whole(text, at) {
  const isLow = /[\uDC00-\uDFFF]/.test(text.charAt(at));
  return isLow && /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}

/**
 * @param {string} text
 * @param {number} at
 */
function isLineStart(text, at) {
  return at === 0 || text.charAt(at - 1) === '\n';
}
