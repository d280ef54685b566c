// SPDX-License-Identifier: Apache-2.0
// How verdicts look on a terminal: calm, wrapped, the caught words marked; colour only for a person who can see it.
// Control characters of a draft are never sent to the terminal.
// Tested by: tests/node/cli.test.js

/** @typedef {import('../../extension/shared/types.d.ts').Finding} Finding */
/** @typedef {import('../../extension/shared/types.d.ts').Span} Span */

const WIDTH = 78;
const CONTEXT = 40;
const hasColour = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

/** @param {string} code @returns {(text: string) => string} */
const painted = (code) => (text) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = painted('1');
export const faint = painted('2');
const marked = painted('1;4;33');

/** Line breaks become spaces; what could steer a terminal becomes a dot. @param {string} text */
export function harmless(text) {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '·');
}

/**
 * @param {string} text
 * @param {string} indent
 * @returns {string} lines
 */
export function wrapped(text, indent = '') {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > WIDTH - indent.length) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => indent + line).join('\n');
}

/**
 * @param {string} text
 * @param {number} offset UTF-16
 * @returns {string} `line:column`, both from 1, the column in UTF-16 code units
 */
export function position(text, offset) {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return `${before.split('\n').length}:${offset - lineStart + 1}`;
}

/**
 * The words around the first spans, with the spans marked.
 * @param {string} text
 * @param {Span[]} spans
 * @returns {string}
 */
export function excerpt(text, spans) {
  const first = spans[0];
  if (!first) return '';
  const close = spans.filter(([start]) => start - first[0] < 2 * CONTEXT);
  const end = close.at(-1)?.[1] ?? first[1];
  const from = Math.max(0, first[0] - CONTEXT);
  const to = Math.min(text.length, end + CONTEXT);
  let out = from > 0 ? '…' : '';
  let at = from;
  for (const [start, stop] of close) {
    const words = harmless(text.slice(start, Math.min(stop, start + 200)));
    out += harmless(text.slice(at, start)) + (hasColour ? marked(words) : `[${words}]`);
    at = stop;
  }
  return out + harmless(text.slice(at, Math.max(at, to))) + (to < text.length ? '…' : '');
}

/**
 * @param {Finding} finding
 * @param {string} draft
 * @param {string} name of the file
 * @returns {string}
 */
export function findingText(finding, draft, name) {
  const place = `${name}:${position(draft, finding.spans[0]?.[0] ?? 0)}`;
  const lines = [
    `${place}  ${bold(finding.title)}  ${faint(`(${finding.severity}, ${finding.rule})`)}`,
    wrapped(excerpt(draft, finding.spans), '    '),
    wrapped(`${finding.notice} ${finding.why}`, '  '),
    wrapped(`Instead: ${finding.instead}`, '  '),
  ];
  if (finding.ask) lines.push(wrapped(`Ask: ${finding.ask}`, '  '));
  lines.push(faint(`  ${finding.owner}: ${finding.guideline.title}, ${finding.guideline.url}`));
  return lines.join('\n');
}
