// SPDX-License-Identifier: Apache-2.0
// Cuts a file or standard input into batches of whole lines, each with the number of its first line. It reads no JSON
// and holds no more than one batch and the unfinished line behind it.
// Tested by: tests/node/corpus.test.js
import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { Complaint, fileComplaint } from '../complaint.js';
import { isFolder, shown } from '../rule-files.js';

/** Longest line: the longest draft the engine takes, every byte of it escaped. */
export const MOST_LINE_BYTES = 32 * 1024 * 1024;
/** What is read of a file at a time, and so the usual size of a batch. A pipe gives what it has. */
const READ_BYTES = 256 * 1024;
const LF = 10;

/**
 * `bytes` is null for one line that is too long. The buffer belongs to the batch alone, so that it can be transferred.
 * @typedef {{ bytes: Uint8Array<ArrayBuffer> | null, firstLine: number, lines: number, readBytes: number }} Batch
 */

/** @param {string | undefined} name a file, or `-` or nothing for standard input */
function open(name) {
  if (name !== undefined && name !== '-') {
    if (isFolder(name)) throw fileComplaint({ code: 'EISDIR' }, shown(name));
    return createReadStream(name, { highWaterMark: READ_BYTES });
  }
  if (name === undefined && process.stdin.isTTY) {
    throw new Complaint(
      'breath check: usage.missing: name a file, or - to read the lines from standard input.',
    );
  }
  return process.stdin;
}

/** @param {Uint8Array} bytes */
function countLines(bytes) {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}

/** @param {Uint8Array[]} parts @param {number} size their sum */
function joined(parts, size) {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Turns chunks as they are read into batches. */
class LineCutter {
  /** @type {Uint8Array[]} the beginning of a line whose end has not been read */
  #begun = [];
  #begunSize = 0;
  #nextLine = 1;
  #readBytes = 0;

  /**
   * @param {Uint8Array} chunk
   * @returns {Generator<Batch>}
   */
  *take(chunk) {
    this.#readBytes += chunk.length;
    let rest = chunk;
    const firstEnd = chunk.indexOf(LF);
    if (firstEnd >= 0 && this.#begunSize + firstEnd > MOST_LINE_BYTES) {
      yield this.#tooLong();
      rest = chunk.subarray(firstEnd + 1);
    }
    const end = rest.lastIndexOf(LF) + 1;
    if (end > 0) {
      const whole = rest.subarray(0, end);
      yield this.#batch([...this.#begun, whole], this.#begunSize + end, countLines(whole));
    }
    this.#begunSize += rest.length - end;
    // A line that is too long is read to its end, and not kept.
    if (this.#begunSize > MOST_LINE_BYTES) this.#begun = [];
    else if (end < rest.length) this.#begun.push(rest.subarray(end));
  }

  /** The last line, when no line end follows it. @returns {Generator<Batch>} */
  *end() {
    if (this.#begunSize > MOST_LINE_BYTES) yield this.#tooLong();
    else if (this.#begunSize > 0) yield this.#batch(this.#begun, this.#begunSize, 1);
  }

  /** @param {Uint8Array[]} parts @param {number} size @param {number} lines @returns {Batch} */
  #batch(parts, size, lines) {
    const firstLine = this.#nextLine;
    this.#nextLine += lines;
    const bytes = joined(parts, size);
    this.#begun = [];
    this.#begunSize = 0;
    return { bytes, firstLine, lines, readBytes: this.#readBytes };
  }

  /** @returns {Batch} */
  #tooLong() {
    this.#begun = [];
    this.#begunSize = 0;
    const firstLine = this.#nextLine++;
    return { bytes: null, firstLine, lines: 1, readBytes: this.#readBytes };
  }
}

/**
 * @param {string | undefined} name a file, or `-` or nothing for standard input
 * @param {AbortSignal} stop ends the batches early; a line whose end was not read is then left out
 * @returns {AsyncGenerator<Batch>}
 * @throws {Complaint}
 */
export async function* readBatches(name, stop) {
  const cutter = new LineCutter();
  const stream = open(name);
  try {
    for await (const chunk of addAbortSignal(stop, stream)) {
      yield* cutter.take(chunk);
      if (stop.aborted) return;
    }
  } catch (error) {
    // An abort is how reading ends when someone stops the program: what was read is still judged.
    if (stop.aborted) return;
    throw fileComplaint(error, name === undefined || name === '-' ? '-' : shown(name));
  }
  yield* cutter.end();
}
