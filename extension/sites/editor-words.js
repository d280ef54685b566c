// SPDX-License-Identifier: Apache-2.0
// What a page says of a box people write in: that Enter sends from it, and that a box of one line is for messages.
// Enter in a box of many lines is a line break unless the page says otherwise: a break that is held cannot be made good, so
// nothing is guessed. Knows no site and reads no draft.
// Tested by: tests/node/sites.test.js, tests/browser/specs/ways.test.js

import { isEnterHint, isForMessages } from './box-words.js';

const LONGEST = 200;

/**
 * @param {Element} editor
 * @returns {string[]} the texts a person may know it by, its description among them
 */
function labelsOfEditor(editor) {
  const names = ['aria-label', 'placeholder', 'aria-placeholder', 'data-placeholder', 'title'];
  const labels = names.map((name) => editor.getAttribute(name) ?? '');
  const root = /** @type {Document | ShadowRoot} */ (editor.getRootNode());
  for (const name of ['aria-labelledby', 'aria-describedby']) {
    for (const id of editor.getAttribute(name)?.split(/\s+/) ?? []) {
      if (id && 'getElementById' in root) labels.push(root.getElementById(id)?.textContent ?? '');
    }
  }
  for (const label of /** @type {HTMLInputElement} */ (editor).labels ?? []) {
    labels.push(label.textContent ?? '');
  }
  return labels.filter((label) => label.trim() !== '' && label.length <= LONGEST);
}

/**
 * @param {Element} editor
 * @returns {boolean} whether the page says that Enter sends from here
 */
export function saysEnterSends(editor) {
  if (editor.getAttribute('enterkeyhint') === 'send') return true;
  return labelsOfEditor(editor).some(isEnterHint);
}

/**
 * @param {Element} editor  of one line
 * @returns {boolean} whether it is for something to say, and not for something to find, to file or to fill in
 */
export function saysMessage(editor) {
  return isForMessages(labelsOfEditor(editor));
}
