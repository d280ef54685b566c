// SPDX-License-Identifier: Apache-2.0
// Judges the lines of a batch: JSON in, JSON out, and what is wrong with a line that cannot be read. The native
// breath-check gives the same bytes (wasm/cli); whoever changes one changes the other.
// Tested by: tests/node/corpus.test.js
import { isAscii } from 'node:buffer';
import { Complaint, EXIT } from '../complaint.js';
import { contextOfLine } from '../judging.js';
import { rawId } from './raw-id.js';

/**
 * @typedef {import('../../../extension/shared/types.d.ts').DraftContext} DraftContext
 * @typedef {import('../../../extension/shared/types.d.ts').Verdict} Verdict
 * @typedef {import('../judging.js').DraftJudge} DraftJudge
 */

/**
 * What came of a batch: lines of JSON as UTF-8, complaints for people, and the exit codes it asks for as bits.
 * @typedef {{ out: Uint8Array<ArrayBuffer>, complaints: string, codes: number }} BatchResult
 */

/** Values nest no deeper than this: a reader of JSON must not fail for want of memory. */
const MOST_DEPTH = 10000;
const NOT_JSON =
  '/: jsonl.json: this line is not JSON that can be read. Put one whole object on it.';
const TOO_LONG = '/: jsonl.too-long: this line is longer than 32 MiB.';
const CONTEXT_MEMBERS = /** @type {const} */ ([
  ...['site', 'surface', 'audience', 'at', 'reply', 'media', 'lang'],
]);

/** @param {number} code of EXIT */
const bit = (code) => 1 << code;

/** The exit code of a run: the worst of what its batches asked for. @param {number} codes bits */
export function worstCode(codes) {
  const worst = [EXIT.BAD_INPUT, EXIT.UNCHECKED, EXIT.FINDINGS].find((code) => codes & bit(code));
  return worst ?? EXIT.OK;
}

/** @param {string} name of the file @param {number} line @returns {BatchResult} */
export function tooLongResult(name, line) {
  const complaints = `${name}:${line}:${TOO_LONG}\n`;
  return { out: new Uint8Array(), complaints, codes: bit(EXIT.BAD_INPUT) };
}

/**
 * Bytes that are no UTF-8 become U+FFFD, as in the engine. ASCII, the usual case, needs no decoder.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function decoded(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}

/** @param {string} line */
function isTooDeep(line) {
  if (line.length <= MOST_DEPTH) return false;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < line.length; at += 1) {
    const c = line[at];
    if (isInString) {
      if (c === '\\') at += 1;
      else if (c === '"') isInString = false;
    } else if (c === '"') isInString = true;
    else if (c === '[' || c === '{') {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (c === ']' || c === '}') depth -= 1;
  }
  return false;
}

/**
 * @param {string} line
 * @returns {Record<string, unknown> & { text: string }}
 * @throws {Complaint} without the place
 */
function readLineObject(line) {
  /** @type {unknown} */
  let value;
  try {
    value = isTooDeep(line) ? undefined : JSON.parse(line);
  } catch {
    // The parser's own message quotes the line, and a draft belongs in no error.
    throw new Complaint(NOT_JSON);
  }
  if (value === undefined) throw new Complaint(NOT_JSON);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Complaint(
      '/: jsonl.type: this line is not an object, such as {"id":1,"text":"..."}.',
    );
  }
  const object = /** @type {Record<string, unknown>} */ (value);
  if (typeof object.text !== 'string') {
    throw new Complaint('/text: jsonl.type: there is no "text", or it is not a string.');
  }
  return /** @type {Record<string, unknown> & { text: string }} */ (object);
}

/** The id as it is printed. @param {unknown} id @param {number} number of the line @param {string} line */
function idText(id, number, line) {
  if (id === undefined || id === null) return String(number);
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  // Digits that a double cannot hold, as in the ids of some sites, come back as they were written.
  return typeof id === 'string' ? JSON.stringify(id) : rawId(line);
}

/** @param {Verdict} verdict @param {string} text */
function findingsText(verdict, text) {
  const findings = verdict.findings.map(({ rule, severity, spans }) => {
    return { rule, severity, spans, text: text.slice(...(spans[0] ?? [0, 0])) };
  });
  const unchecked =
    verdict.unchecked.length > 0 ? `,"unchecked":${JSON.stringify(verdict.unchecked)}` : '';
  return `${JSON.stringify(findings)}${unchecked}`;
}

/** Judges batches one after the other. */
export class LineChecker {
  /** @type {unknown[]} the context members of the line before, and the context made of them */
  #lastMembers = [];
  #lastContext;

  /**
   * @param {DraftJudge} judge
   * @param {DraftContext} base of lines that say nothing else
   * @param {string} name of the file, for complaints
   */
  constructor(judge, base, name) {
    this.judge = judge;
    this.base = Object.freeze({ ...base });
    this.name = name;
    this.#lastContext = this.base;
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes whole lines
   * @param {number} firstLine
   * @returns {Promise<BatchResult>}
   */
  async check(bytes, firstLine) {
    const batch = decoded(bytes);
    let out = '';
    let complaints = '';
    let codes = 0;
    let number = firstLine;
    for (let from = 0; from < batch.length; number += 1) {
      const lineEnd = batch.indexOf('\n', from);
      const end = lineEnd < 0 ? batch.length : lineEnd;
      // Files that were joined have their byte order marks in the middle.
      const line = batch.slice(batch.charCodeAt(from) === 0xfeff ? from + 1 : from, end);
      from = end + 1;
      if (/^[ \t\r]*$/.test(line)) continue;
      try {
        const object = readLineObject(line);
        const context = this.#contextOf(object);
        const { text } = object;
        const verdict =
          this.judge.checkNow(text, context) ?? (await this.judge.restartedAfterTrap());
        const { outcome, findings } = verdict;
        out += `{"id":${idText(object.id, number, line)},"outcome":"${outcome}","severity":`;
        if (outcome === 'clean') {
          out += 'null,"findings":[]}\n';
          continue;
        }
        if (findings.length > 0) codes |= bit(EXIT.FINDINGS);
        if (verdict.unchecked.length > 0) codes |= bit(EXIT.UNCHECKED);
        const severity = JSON.stringify(findings[0]?.severity ?? null);
        out += `${severity},"findings":${findingsText(verdict, text)}}\n`;
      } catch (error) {
        if (!(error instanceof Complaint)) throw error;
        complaints += `${this.name}:${number}:${error.message}\n`;
        codes |= bit(EXIT.BAD_INPUT);
      }
    }
    return { out: new TextEncoder().encode(out), complaints, codes };
  }

  /** @param {Record<string, unknown>} line @returns {DraftContext} */
  #contextOf(line) {
    // Neighbours in an archive mostly say the same; then the engine need not be told again.
    let isSame = true;
    for (let i = 0; i < CONTEXT_MEMBERS.length; i += 1) {
      const name = /** @type {(typeof CONTEXT_MEMBERS)[number]} */ (CONTEXT_MEMBERS[i]);
      if (this.#lastMembers[i] === line[name]) continue;
      isSame = false;
      break;
    }
    if (isSame) return this.#lastContext;
    const context = Object.freeze(contextOfLine(line, this.base));
    this.#lastMembers = CONTEXT_MEMBERS.map((name) => line[name]);
    this.#lastContext = context;
    return context;
  }
}
