// SPDX-License-Identifier: Apache-2.0
// Underlines words in an editor with the CSS Custom Highlight API: no node, class or attribute of the page changes.
// Fields (textarea, input) cannot be marked this way; the card and the chip speak for them.
// The registry and its names are visible to the page, so the name says nothing about us.
// Tested by: tests/browser/specs/

/** The same word any spell checker might choose. */
const NAME = 'attention-underline';
const STYLE = `::highlight(${NAME}){text-decoration:underline dotted 2px #b7791f;text-underline-offset:3px}`;

/** @typedef {{ range: Range, words: string }} Mark */

export class Marks {
  constructor() {
    /** @type {WeakMap<Document, CSSStyleSheet>} One sheet may serve one document and its shadow roots. */
    this.sheets = new WeakMap();
    /** @type {WeakSet<Node>} */
    this.styled = new WeakSet();
    /** @type {Map<Window, Mark[]>} */
    this.shown = new Map();
  }

  /**
   * Replaces all marks.
   * @param {readonly { editor: Element, range: Range }[]} places
   */
  show(places) {
    this.clear();
    for (const { editor, range } of places) {
      const view = editor.ownerDocument.defaultView;
      if (!view) continue;
      this.style(editor);
      const marks = this.shown.get(view) ?? [];
      marks.push({ range, words: range.toString() });
      this.shown.set(view, marks);
    }
    for (const view of this.shown.keys()) this.paint(view);
  }

  /** Drops the marks whose words have changed since; the browser moves the others along. */
  prune() {
    for (const [view, marks] of this.shown) {
      const left = marks.filter(({ range, words }) => range.toString() === words);
      if (left.length === marks.length) continue;
      this.shown.set(view, left);
      this.paint(view);
    }
  }

  clear() {
    for (const view of this.shown.keys()) registryOf(view)?.delete(NAME);
    this.shown.clear();
  }

  /** @param {Window} view */
  paint(view) {
    const registry = registryOf(view);
    const { Highlight: Registered } = /** @type {typeof globalThis} */ (
      /** @type {unknown} */ (view)
    );
    const marks = this.shown.get(view) ?? [];
    registry?.set(NAME, new Registered(...marks.map(({ range }) => range)));
  }

  /**
   * Firefox paints in a shadow root only by a sheet of that root, Chromium also by the document's: give both theirs.
   * @param {Element} editor
   */
  style(editor) {
    const page = editor.ownerDocument;
    const root = /** @type {Document | ShadowRoot} */ (editor.getRootNode());
    for (const scope of new Set([page, root])) {
      if (this.styled.has(scope) || !('adoptedStyleSheets' in scope)) continue;
      this.styled.add(scope);
      scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, this.sheetFor(page)];
    }
  }

  /** @param {Document} page */
  sheetFor(page) {
    const known = this.sheets.get(page);
    if (known) return known;
    const { CSSStyleSheet: Sheet } = /** @type {typeof globalThis} */ (
      /** @type {unknown} */ (page.defaultView ?? window)
    );
    const sheet = new Sheet();
    sheet.replaceSync(STYLE);
    this.sheets.set(page, sheet);
    return sheet;
  }
}

/**
 * @param {Window} view
 * @returns {HighlightRegistry | undefined}
 */
function registryOf(view) {
  return /** @type {typeof globalThis} */ (/** @type {unknown} */ (view)).CSS?.highlights;
}
