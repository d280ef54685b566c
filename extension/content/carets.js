// SPDX-License-Identifier: Apache-2.0
// Knows where the person was writing: the editor last used and the caret in it when it lost focus.
// Nothing here touches the page until a caret is to be put back.
// Tested by: tests/browser/specs/

import { composedContains, deepActiveElement } from '../editors/composed-tree.js';
import { editorAround } from '../editors/editor-text.js';
import { restoreSelection, saveSelection } from '../editors/selection.js';

/**
 * @import { SavedSelection } from '../editors/selection.js'
 * @import { Composer } from '../sites/site-data.js'
 */

export class Carets {
  constructor() {
    /** @type {WeakRef<Element> | null} */
    this.last = null;
    /** @type {WeakMap<Element, SavedSelection>} */
    this.saved = new WeakMap();
  }

  /** @returns {Element | null} the editor last written in, if it is still on the page */
  lastEditor() {
    const editor = this.last?.deref();
    return editor?.isConnected ? editor : null;
  }

  /** @param {Element} editor */
  enter(editor) {
    this.last = new WeakRef(editor);
  }

  /**
   * To be called before the editor's own listeners hear of it: some drop their selection on blur.
   * @param {Element} editor
   */
  leave(editor) {
    const saved = saveSelection(editor);
    if (saved) this.saved.set(editor, saved);
  }

  /**
   * Remembers the caret if it is in one of a composer's editors at present.
   * @param {Composer} composer
   */
  remember(composer) {
    const page = composer.root.ownerDocument;
    const active = deepActiveElement(page);
    const editor = active ? editorAround(active) : null;
    if (!editor || !composer.editors.includes(editor)) return;
    this.enter(editor);
    this.leave(editor);
  }

  /**
   * Puts focus and caret back where the person was.
   * @param {Composer} composer  as it is now
   */
  restore(composer) {
    const last = this.lastEditor();
    const editor = last && composer.editors.includes(last) ? last : composer.editors[0];
    if (!editor) return;
    const saved = this.saved.get(editor) ?? this.savedElsewhere(composer);
    if (!saved || !restoreSelection(saved, editor)) {
      /** @type {HTMLElement} */ (editor).focus({ preventScroll: true });
      return;
    }
    this.holdFor(editor, saved);
  }

  /**
   * Some editors answer focus with a selection of their own, a moment later; theirs yields unless the person goes on.
   * @param {Element} editor
   * @param {SavedSelection} saved
   */
  holdFor(editor, saved) {
    const view = editor.ownerDocument.defaultView;
    const goesOn = new AbortController();
    for (const type of ['keydown', 'beforeinput', 'pointerdown']) {
      view?.addEventListener(type, () => goesOn.abort(), { capture: true, signal: goesOn.signal });
    }
    view?.requestAnimationFrame(() => {
      if (goesOn.signal.aborted) return;
      goesOn.abort();
      if (editor.isConnected && this.isActive(editor)) restoreSelection(saved, editor);
    });
  }

  /**
   * The caret of an editor the page has since replaced.
   * @param {Composer} composer
   */
  savedElsewhere(composer) {
    const gone = this.last?.deref();
    return gone && composer.editors.length === 1 ? this.saved.get(gone) : undefined;
  }

  /** @param {Element} editor */
  isActive(editor) {
    const active = deepActiveElement(editor.ownerDocument);
    return active !== null && composedContains(editor, active);
  }
}
