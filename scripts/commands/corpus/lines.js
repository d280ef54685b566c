// SPDX-License-Identifier: Apache-2.0
// Judges the lines of a batch: JSON in, JSON out, and what is wrong with a line that cannot be read. The native
// breath-check gives the same bytes (wasm/cli); whoever changes one changes the other.
// Tested by: tests/node/corpus.test.js
import { Complaint, EXIT } from '../complaint.js';
import { contextOfLine } from '../judging.js';
import { emptyLine, PlainReader } from './plain-lines.js';
import { rawId } from './raw-id.js';

/**
 * @typedef {import('../../../extension/shared/types.d.ts').DraftContext} DraftContext
 * @typedef {import('../../../extension/shared/types.d.ts').Verdict} Verdict
 * @typedef {import('../judging.js').DraftJudge} DraftJudge
 * @typedef {import('./plain-lines.js').Line} Line
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
/** Contexts that are remembered: neighbours in an archive mostly say one of a few things. */
const MOST_CONTEXTS = 8;

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

const MEMBERS = /** @type {(keyof Line)[]} */ (Object.keys(emptyLine()));

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
 * @param {string} written
 * @returns {Line}
 * @throws {Complaint} without the place
 */
function readLine(written) {
  /** @type {unknown} */
  let value;
  try {
    value = isTooDeep(written) ? undefined : JSON.parse(written);
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
  const line = emptyLine();
  for (const name of MEMBERS) line[name] = object[name];
  return line;
}

/**
 * The id as it is printed.
 * @param {unknown} id
 * @param {number} number of the line
 * @param {string} written the line, unless it was plain
 */
function idText(id, number, written) {
  if (id === undefined || id === null) return String(number);
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  if (typeof id === 'string' || typeof id === 'boolean') return JSON.stringify(id);
  // Digits that a double cannot hold, as in the ids of some sites, come back as they were written.
  return rawId(written);
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
  /** @type {{ line: Line, context: DraftContext }[]} lines whose context is known, and theirs */
  #known = [];
  #oldest = 0;

  /**
   * @param {Pick<DraftJudge, 'checkNow' | 'restartedAfterTrap'>} judge
   * @param {DraftContext} base of lines that say nothing else
   * @param {string} name of the file, for complaints
   */
  constructor(judge, base, name) {
    this.judge = judge;
    this.base = base;
    this.name = name;
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes whole lines; they begin a buffer
   * @param {number} firstLine
   * @returns {Promise<BatchResult>}
   */
  async check(bytes, firstLine) {
    const buffer = Buffer.from(bytes.buffer, 0, bytes.length);
    // A character for each byte: enough to find the lines, and all there is to a plain one.
    const batch = buffer.toString('latin1');
    const plain = new PlainReader(bytes, batch);
    let out = '';
    let complaints = '';
    let codes = 0;
    let number = firstLine;
    for (let from = 0; from < batch.length; number += 1) {
      const lineEnd = batch.indexOf('\n', from);
      const end = lineEnd < 0 ? batch.length : lineEnd;
      const start = from;
      from = end + 1;
      try {
        let written = '';
        let line = plain.read(start, end);
        if (line === null) {
          // Bytes that are no UTF-8 become U+FFFD, as in the engine. Files that were joined have their byte order marks
          // in the middle.
          written = buffer.toString('utf8', start, end).replace(/^\uFEFF/, '');
          if (/^[ \t\r]*$/.test(written)) continue;
          line = readLine(written);
        }
        const { text } = line;
        if (typeof text !== 'string') {
          throw new Complaint('/text: jsonl.type: there is no "text", or it is not a string.');
        }
        const context = this.#contextOf(line);
        const verdict =
          this.judge.checkNow(text, context) ?? (await this.judge.restartedAfterTrap());
        const id = idText(line.id, number, written);
        const { outcome, findings } = verdict;
        if (outcome === 'clean') {
          out += `{"id":${id},"outcome":"clean","severity":null,"findings":[]}\n`;
          continue;
        }
        if (findings.length > 0) codes |= bit(EXIT.FINDINGS);
        if (verdict.unchecked.length > 0) codes |= bit(EXIT.UNCHECKED);
        const severity = JSON.stringify(findings[0]?.severity ?? null);
        out += `{"id":${id},"outcome":"${outcome}","severity":${severity},"findings":${findingsText(verdict, text)}}\n`;
      } catch (error) {
        if (!(error instanceof Complaint)) throw error;
        complaints += `${this.name}:${number}:${error.message}\n`;
        codes |= bit(EXIT.BAD_INPUT);
      }
    }
    return { out: new TextEncoder().encode(out), complaints, codes };
  }

  /** @param {Line} line @returns {DraftContext} frozen, so that the engine need not read it again */
  #contextOf(line) {
    for (const { line: other, context } of this.#known) {
      const isSame =
        other.site === line.site &&
        other.surface === line.surface &&
        other.audience === line.audience &&
        other.at === line.at &&
        other.reply === line.reply &&
        other.media === line.media &&
        other.lang === line.lang;
      if (isSame) return context;
    }
    const context = Object.freeze(contextOfLine(line, this.base));
    // Without the draft, which must not outlive its batch.
    this.#known[this.#oldest] = { line: { ...line, id: undefined, text: undefined }, context };
    this.#oldest = (this.#oldest + 1) % MOST_CONTEXTS;
    return context;
  }
}
