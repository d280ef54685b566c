// SPDX-License-Identifier: Apache-2.0
// Where drafts come from: a file or standard input, as one text or as lines of JSON. Bytes that are no UTF-8 become
// U+FFFD, as in the engine; NUL bytes and CRLF stay as they are. It keeps no draft.
// Tested by: tests/node/cli.test.js
import { createReadStream } from 'node:fs';
import { Complaint, fileComplaint } from './complaint.js';
import { isFolder, shown } from './rule-files.js';

/** Longest line of a .jsonl file: the longest draft the engine takes, every byte of it escaped. */
const MOST_LINE_BYTES = 32 * 1024 * 1024;

/**
 * @param {string | undefined} name a file, or `-` or nothing for standard input
 * @param {string} verb for the message
 */
function open(name, verb) {
  if (name !== undefined && name !== '-') {
    if (isFolder(name)) throw fileComplaint({ code: 'EISDIR' }, shown(name));
    return createReadStream(name);
  }
  if (name === undefined && process.stdin.isTTY) {
    throw new Complaint(
      `breath ${verb}: usage.missing: name a file, or - to read the draft from standard input.`,
    );
  }
  return process.stdin;
}

/** @param {string | undefined} name */
export const drafterName = (name) => (name === undefined || name === '-' ? '-' : shown(name));

/**
 * @param {string | undefined} name
 * @param {string} verb
 * @returns {Promise<string>}
 */
export async function readDraft(name, verb) {
  /** @type {Buffer[]} */
  const chunks = [];
  try {
    for await (const chunk of open(name, verb)) chunks.push(chunk);
  } catch (error) {
    throw error instanceof Complaint ? error : fileComplaint(error, drafterName(name));
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/**
 * The lines of a file, cut at LF only: other separators may stand inside a JSON string.
 * @param {string | undefined} name
 * @param {string} verb
 * @returns {AsyncGenerator<{ number: number, text: string | null }>} `text` is null for a line that is too long
 */
export async function* readLines(name, verb) {
  /** @type {Buffer[]} */
  let parts = [];
  let size = 0;
  let number = 0;
  const decoder = new TextDecoder();
  const line = () => {
    number += 1;
    const text = size > MOST_LINE_BYTES ? null : decoder.decode(Buffer.concat(parts));
    parts = [];
    size = 0;
    return { number, text };
  };
  try {
    for await (const data of open(name, verb)) {
      /** @type {Buffer} */
      const chunk = data;
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        size += at - from;
        if (size <= MOST_LINE_BYTES) parts.push(chunk.subarray(from, at));
        yield line();
        from = at + 1;
      }
      size += chunk.length - from;
      if (size <= MOST_LINE_BYTES) parts.push(chunk.subarray(from));
    }
  } catch (error) {
    throw error instanceof Complaint ? error : fileComplaint(error, drafterName(name));
  }
  if (size > 0) yield line();
}
