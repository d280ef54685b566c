// SPDX-License-Identifier: Apache-2.0
// The one named error of the project and its ids that are not a bundle's (those are in rules/FORMAT.md, section 7).
// An id is stable and may be shown or logged; a message never holds draft text.
// Tested by: tests/node/background.test.js

/**
 * @typedef {object} ErrorShape
 * @property {string} id       stable, such as `bundle.json`
 * @property {string} pointer  JSON Pointer into the bundle, or empty
 * @property {string} message  what is wrong and what to do
 */

/** Ids of faults outside a bundle. A person reads `popupProblem…` of `_locales` for them. */
export const ERROR = Object.freeze({
  /** engine.wasm is absent, no module, or of another ABI version. */
  ENGINE_LOAD: 'engine.load',
  /** The engine trapped or broke its contract. */
  ENGINE_FAILED: 'engine.failed',
  /** A file of the package could not be read. */
  PACKAGE_FILE: 'package.file',
  /** A message no one here understands, or with a body out of bounds. */
  BAD_REQUEST: 'request.bad',
  /** A message its sender may not send. */
  NOT_ALLOWED: 'request.not-allowed',
  /** The browser did not let us watch or stop watching a site. */
  ORIGIN_REFUSED: 'origin.refused',
  /** The request was right; the background could not do it. */
  INTERNAL: 'internal',
});

/** Thrown at boundaries only. `id` tells a program what happened, `message` tells a person. */
export class BreathError extends Error {
  /**
   * @param {string} id
   * @param {string} message
   * @param {string} [pointer]
   */
  constructor(id, message, pointer = '') {
    super(message);
    this.name = 'BreathError';
    this.id = id;
    this.pointer = pointer;
  }
}

/**
 * The stable id of whatever was thrown; ours keep theirs, a stranger becomes `fallback`.
 * @param {unknown} thrown
 * @param {string} [fallback]
 * @returns {string}
 */
export function errorId(thrown, fallback = ERROR.INTERNAL) {
  if (typeof thrown !== 'object' || thrown === null || !('id' in thrown)) return fallback;
  return typeof thrown.id === 'string' && thrown.id !== '' ? thrown.id : fallback;
}
