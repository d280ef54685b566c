// SPDX-License-Identifier: Apache-2.0
// Where one draft comes from: a file or standard input. Bytes that are no UTF-8 become U+FFFD, as in the engine; NUL
// bytes and CRLF stay as they are. It keeps no draft; lines of JSON are read by corpus/batches.js.
// Tested by: tests/node/cli.test.js
import { createReadStream } from 'node:fs';
import { Complaint, fileComplaint } from './complaint.js';
import { isFolder, shown } from './rule-files.js';

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
