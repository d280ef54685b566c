// SPDX-License-Identifier: Apache-2.0
// The words of _locales for what shows in a page. One of them must still be known after the extension was updated under an
// open page, when the browser no longer answers: that one is asked for at the start.
// Tested by: tests/browser/specs/

/** @typedef {(key: string, values?: string[]) => string} GetMessage */

/**
 * @param {GetMessage} getMessage
 * @returns {(key: string, ...values: string[]) => string}
 */
export function createWords(getMessage) {
  const reload = getMessage('chipReload');
  return (key, ...values) => {
    try {
      return getMessage(key, values);
    } catch {
      // Left behind by an update. Whatever was to be said, this is what the person can do.
      return reload;
    }
  };
}
