// SPDX-License-Identifier: Apache-2.0
// The text of one editor and of a composer made of several: textarea, input, or anything editable.
// A composer's text is that of its editors in document order, joined by "\n". Offsets are UTF-16 code units.
// Reads only; never writes into the page's editor.
// Tested by: tests/node/editors.test.js, tests/browser/specs/

import { rangeOf, readBlocks } from './block-walker.js';

/**
 * @import { BlockText } from './block-walker.js'
 * @typedef {HTMLTextAreaElement | HTMLInputElement} Field
 * @typedef {{ editor: Element, start: number, text: string, blocks: BlockText | null }} Part
 * @typedef {{ text: string, parts: Part[] }} ComposerText
 */

/**
 * @param {Element} element
 * @returns {element is Field}
 */
export function isField(element) {
  return element.localName === 'textarea' || element.localName === 'input';
}

/**
 * Whether a person can write in it at present.
 * @param {Element} element
 * @returns {boolean}
 */
export function isEditable(element) {
  if (isField(element)) return !element.disabled && !element.readOnly;
  const { isContentEditable, ownerDocument } = /** @type {HTMLElement} */ (element);
  return isContentEditable || (element === ownerDocument.body && ownerDocument.designMode === 'on');
}

/**
 * The outermost editable element around a node of a rich editor, or the field itself.
 * @param {Element} element
 * @returns {Element | null}
 */
export function editorAround(element) {
  if (isField(element)) return element;
  if (!isEditable(element)) return null;
  let host = element;
  for (let up = host.parentElement; up && isEditable(up); up = up.parentElement) host = up;
  return host;
}

/**
 * @param {Element} editor
 * @returns {{ text: string, blocks: BlockText | null }}
 */
export function readEditor(editor) {
  if (isField(editor)) return { text: editor.value, blocks: null };
  const view = editor.ownerDocument.defaultView;
  if (!view) return { text: '', blocks: { text: '', segments: [] } };
  const blocks = readBlocks(editor, (element) => view.getComputedStyle(element));
  return { text: blocks.text, blocks };
}

/**
 * @param {readonly Element[]} editors  in document order
 * @returns {ComposerText}
 */
export function readEditors(editors) {
  /** @type {Part[]} */
  const parts = [];
  let text = '';
  for (const editor of editors) {
    const read = readEditor(editor);
    if (parts.length > 0) text += '\n';
    parts.push({ editor, start: text.length, ...read });
    text += read.text;
  }
  return { text, parts };
}

/**
 * Where a span of a composer's text lies in its rich editors. Fields have no ranges.
 * @param {ComposerText} read
 * @param {number} start
 * @param {number} end
 * @returns {{ editor: Element, range: Range }[]}
 */
export function rangesOf(read, start, end) {
  const found = [];
  for (const part of read.parts) {
    const from = Math.max(0, start - part.start);
    const to = Math.min(part.text.length, end - part.start);
    if (!part.blocks || to <= from) continue;
    const range = rangeOf(part.blocks, from, to, part.editor.ownerDocument);
    if (range) found.push({ editor: part.editor, range });
  }
  return found;
}
