// SPDX-License-Identifier: Apache-2.0
// What a person who runs a verb can mend, with the exit code it leads to. Shown without a stack trace.
// Tested by: tests/node/cli.test.js

export const EXIT = Object.freeze({ OK: 0, FINDINGS: 1, BAD_INPUT: 2, UNCHECKED: 3 });

export class Complaint extends Error {
  /**
   * @param {string} message whole lines, each `where: id: what is wrong and what to do`
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = EXIT.BAD_INPUT) {
    super(message);
    this.name = 'Complaint';
    this.exitCode = exitCode;
  }
}

/**
 * @param {unknown} error of a file operation
 * @param {string} file as the person wrote it
 * @returns {Complaint}
 */
export function fileComplaint(error, file) {
  const code = /** @type {NodeJS.ErrnoException} */ (error)?.code ?? '';
  /** @type {Record<string, string>} */
  const reasons = {
    ENOENT: 'there is no such file. Check the name and the folder.',
    EISDIR: 'this is a folder, a file is needed.',
    ENOTDIR: 'a part of this path is a file, not a folder.',
    EACCES: 'you may not read or write this file. Check its permissions.',
  };
  const reason = reasons[code] ?? `the file cannot be used (${code || String(error)}).`;
  return new Complaint(`${file}: file.unusable: ${reason}`);
}
