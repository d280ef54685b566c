// SPDX-License-Identifier: Apache-2.0
// Remembers where the caret or selection of an editor was and puts it back exactly there.
// Endpoints are kept as nodes and, should the editor have rebuilt its nodes meanwhile, as offsets in its text.
// Tested by: tests/browser/specs/

import { isField, readEditor } from './editor-text.js';

/**
 * @import { Segment } from './block-walker.js'
 * @typedef {{ node: Node, offset: number, at: number }} Endpoint
 * @typedef {{ editor: Element, field: { start: number, end: number, direction: 'forward' | 'backward' | 'none' } | null,
 *   anchor: Endpoint | null, focus: Endpoint | null }} SavedSelection
 */

/**
 * The selection object that knows about an editor: in Chromium a shadow root has its own.
 * @param {Element} editor
 * @returns {Selection | null}
 */
export function selectionOf(editor) {
  const root = /** @type {{ getSelection?: () => Selection | null }} */ (
    /** @type {unknown} */ (editor.getRootNode())
  );
  return root.getSelection?.() ?? editor.ownerDocument.getSelection();
}

/**
 * @param {Element} editor
 * @returns {SavedSelection | null} null when the editor holds no caret
 */
export function saveSelection(editor) {
  if (isField(editor)) {
    const { selectionStart: start, selectionEnd: end, selectionDirection } = editor;
    if (start === null || end === null) return null;
    const direction = selectionDirection ?? 'none';
    return { editor, field: { start, end, direction }, anchor: null, focus: null };
  }
  const selection = selectionOf(editor);
  const { anchorNode, focusNode } = selection ?? { anchorNode: null, focusNode: null };
  if (!selection || !anchorNode || !focusNode) return null;
  if (!editor.contains(anchorNode) || !editor.contains(focusNode)) return null;
  const segments = readEditor(editor).blocks?.segments ?? [];
  /** @type {(node: Node, offset: number) => Endpoint} */
  const endpoint = (node, offset) => ({
    node,
    offset,
    at: textOffset(editor, segments, node, offset),
  });
  return {
    editor,
    field: null,
    anchor: endpoint(anchorNode, selection.anchorOffset),
    focus: endpoint(focusNode, selection.focusOffset),
  };
}

/**
 * Focuses the editor and puts the selection back.
 * @param {SavedSelection} saved
 * @param {Element} [editor]  the editor now, when the page has replaced it
 * @returns {boolean} whether the caret is where it was
 */
export function restoreSelection(saved, editor = saved.editor) {
  const target = /** @type {HTMLElement} */ (editor);
  if (!target.isConnected) return false;
  target.focus({ preventScroll: true });
  if (isField(editor)) {
    if (!saved.field) return false;
    editor.setSelectionRange(saved.field.start, saved.field.end, saved.field.direction);
    return true;
  }
  const selection = selectionOf(editor);
  if (!selection || !saved.anchor || !saved.focus) return false;
  const segments =
    isIntact(editor, saved.anchor) && isIntact(editor, saved.focus)
      ? null
      : (readEditor(editor).blocks?.segments ?? []);
  const anchor = placeNow(editor, saved.anchor, segments);
  const focus = placeNow(editor, saved.focus, segments);
  if (isAt(selection, anchor, focus)) return true;
  selection.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
  return true;
}

/**
 * @param {Selection} selection
 * @param {{ node: Node, offset: number }} anchor
 * @param {{ node: Node, offset: number }} focus
 */
function isAt(selection, anchor, focus) {
  return (
    selection.anchorNode === anchor.node &&
    selection.anchorOffset === anchor.offset &&
    selection.focusNode === focus.node &&
    selection.focusOffset === focus.offset
  );
}

/**
 * @param {Element} editor
 * @param {Endpoint} endpoint
 */
function isIntact(editor, { node, offset }) {
  const size =
    node.nodeType === 3 ? /** @type {Text} */ (node).data.length : node.childNodes.length;
  return editor.contains(node) && offset <= size;
}

/**
 * @param {Element} editor
 * @param {Endpoint} endpoint
 * @param {Segment[] | null} segments  of the text now; null when the nodes are as they were
 * @returns {{ node: Node, offset: number }}
 */
function placeNow(editor, endpoint, segments) {
  if (!segments) return { node: endpoint.node, offset: endpoint.offset };
  const { at } = endpoint;
  const holding =
    segments.find((each) => at > each.start && at <= each.start + each.length) ??
    segments.find((each) => each.start >= at) ??
    segments.at(-1);
  if (!holding) return { node: editor, offset: 0 };
  if (holding.node.nodeType === 3) {
    const inside = Math.min(Math.max(0, at - holding.start), holding.length);
    return { node: holding.node, offset: holding.offset + inside };
  }
  const parent = holding.node.parentNode;
  if (holding.length === 0 && holding.node.nodeName !== 'BR')
    return { node: holding.node, offset: 0 };
  if (!parent) return { node: editor, offset: 0 };
  const behind = holding.atomic && at > holding.start ? 1 : 0;
  return { node: parent, offset: indexIn(parent, holding.node) + behind };
}

/**
 * How many units of the editor's text lie before a place in it.
 * @param {Element} editor
 * @param {Segment[]} segments
 * @param {Node} node
 * @param {number} offset
 */
function textOffset(editor, segments, node, offset) {
  const before = editor.ownerDocument.createRange();
  before.selectNodeContents(editor);
  before.setEnd(node, offset);
  let at = 0;
  for (const segment of segments) {
    const isText = segment.node.nodeType === 3;
    if (isText && segment.node === node) {
      const inside = offset - segment.offset;
      if (inside >= 0 && inside <= segment.length) return segment.start + inside;
    }
    const parent = segment.node.parentNode;
    if (!parent) continue;
    const isAfter = isText
      ? before.comparePoint(segment.node, segment.offset) > 0
      : before.comparePoint(parent, indexIn(parent, segment.node)) > 0;
    // A place in front of everything in its own block is the start of this line, not the end of the one before.
    if (isAfter) return node !== editor && node.contains(segment.node) ? segment.start : at;
    at = segment.start + segment.length;
  }
  return at;
}

/**
 * @param {Node} parent
 * @param {Node} child
 */
function indexIn(parent, child) {
  return [...parent.childNodes].indexOf(/** @type {ChildNode} */ (child));
}
