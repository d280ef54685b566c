// SPDX-License-Identifier: Apache-2.0
// The page as one tree: open shadow roots and same-origin frames count as part of their host element.
// Knows no site and no editor, and writes nothing. Nodes may belong to another window, so `instanceof` is of no use here.
// Tested by: tests/node/editors.test.js, tests/browser/specs/

/** @typedef {(element: Element) => ShadowRoot | null} ShadowReader */

/** @type {ShadowReader} */
let shadowReader = (element) => element.shadowRoot;

/**
 * A browser lets an extension look into closed shadow roots; the composition root hands that reader in.
 * @param {ShadowReader} reader
 */
export function lookIntoShadowsWith(reader) {
  shadowReader = reader;
}

/**
 * @param {unknown} value
 * @returns {value is Element}
 */
export function isElement(value) {
  return typeof value === 'object' && value !== null && 'nodeType' in value && value.nodeType === 1;
}

/**
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
export function shadowOf(element) {
  return element.shadowRoot ?? (element.localName.includes('-') ? shadowReader(element) : null);
}

/**
 * The document in a frame, if the browser lets us read it.
 * @param {Element} frame
 * @returns {Document | null}
 */
export function frameDocument(frame) {
  return /** @type {HTMLIFrameElement} */ (frame).contentDocument ?? null;
}

/**
 * The element a window hangs in, if it is a frame of a page we may read.
 * @param {Window | null} view
 * @returns {Element | null}
 */
function frameElementOf(view) {
  try {
    return view?.frameElement ?? null;
  } catch {
    // Some browsers throw instead of answering null when the parent is of another origin: the same answer.
    return null;
  }
}

/**
 * @param {Node} node
 * @returns {Element | null}
 */
export function composedParent(node) {
  const parent = node.parentNode;
  if (!parent) {
    const view = node.nodeType === 9 ? /** @type {Document} */ (node).defaultView : null;
    return frameElementOf(view);
  }
  if (isElement(parent)) return parent;
  if (parent.nodeType === 11) return /** @type {ShadowRoot} */ (parent).host ?? null;
  return composedParent(parent);
}

/**
 * The node and its ancestors, innermost first, across shadow roots and frames.
 * @param {Node | null} node
 * @returns {Generator<Element>}
 */
export function* lineage(node) {
  for (let each = isElement(node) ? node : node && composedParent(node); each; ) {
    yield each;
    each = composedParent(each);
  }
}

/**
 * @param {Node | null} node
 * @param {string} selector
 * @returns {Element | null}
 */
export function composedClosest(node, selector) {
  for (const element of lineage(node)) if (element.matches(selector)) return element;
  return null;
}

/**
 * @param {Node} outer
 * @param {Node | null} inner
 * @returns {boolean}
 */
export function composedContains(outer, inner) {
  if (inner && outer.contains(inner)) return true;
  for (const element of lineage(inner)) if (element === outer) return true;
  return false;
}

/** @type {Map<Node, Element[]>} Elements of a document or shadow root with a tree of their own inside. */
let doors = new Map();

/** Forgets where shadow roots and frames were. To be called whenever the page had a chance to change. */
export function lookAfresh() {
  doors = new Map();
}

/** @param {Document | ShadowRoot} scope */
function doorsIn(scope) {
  const known = doors.get(scope);
  if (known) return known;
  const found = [...scope.querySelectorAll('*')].filter((each) => innerTree(each) !== null);
  doors.set(scope, found);
  return found;
}

/** @param {Element} element */
function innerTree(element) {
  return element.localName === 'iframe' ? frameDocument(element) : shadowOf(element);
}

/**
 * Every match at or below `root` in document order, also inside shadow roots and same-origin frames.
 * @param {Element | Document | ShadowRoot} root
 * @param {string} selector
 * @returns {Element[]}
 */
export function deepQueryAll(root, selector) {
  /** @type {{ place: Element, found: Element[] }[]} */
  const finds = [];
  if (isElement(root)) {
    const inner = innerTree(root);
    const found = root.matches(selector) ? [root] : [];
    finds.push({
      place: root,
      found: inner ? [...found, ...deepQueryAll(inner, selector)] : found,
    });
  }
  for (const place of root.querySelectorAll(selector)) finds.push({ place, found: [place] });
  const scope = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  const before = finds.length;
  for (const place of 'querySelectorAll' in scope ? doorsIn(scope) : []) {
    const inner = place !== root && root.contains(place) ? innerTree(place) : null;
    if (inner) finds.push({ place, found: deepQueryAll(inner, selector) });
  }
  if (finds.length > before) finds.sort((a, b) => order(a.place, b.place));
  return finds.flatMap(({ found }) => found);
}

/**
 * @param {Node} a
 * @param {Node} b
 */
function order(a, b) {
  if (a === b) return 0;
  return a.compareDocumentPosition(b) & 4 ? -1 : 1;
}

/**
 * The element that has focus, looked for inside shadow roots and frames.
 * @param {Document} page
 * @returns {Element | null}
 */
export function deepActiveElement(page) {
  let active = page.activeElement;
  while (active) {
    /** @type {Document | ShadowRoot | null} */
    const inner = innerTree(active);
    if (!inner?.activeElement) return active;
    active = inner.activeElement;
  }
  return null;
}

/**
 * The way of an event from its real target outwards. A closed shadow root hides its part of the way; it is found again by
 * the place of the pointer, or by focus.
 * @param {Event} event
 * @returns {Element[]}
 */
export function eventPath(event) {
  const path = event.composedPath().filter(isElement);
  for (let first = path[0]; first; ) {
    const hidden = first.shadowRoot ? null : shadowOf(first);
    if (!hidden) break;
    const { clientX = 0, clientY = 0, detail = 0 } = /** @type {MouseEvent} */ (event);
    const pointed = 'clientX' in event && (clientX !== 0 || clientY !== 0 || detail !== 0);
    const inner = pointed ? hidden.elementFromPoint(clientX, clientY) : hidden.activeElement;
    if (!inner || path.includes(inner)) break;
    const way = [];
    for (const each of lineage(inner)) {
      if (each === first) break;
      way.push(each);
    }
    path.unshift(...way);
    first = inner;
  }
  return path;
}

/**
 * @param {Element} element
 * @returns {boolean}
 */
export function isVisible(element) {
  if (!element.isConnected) return false;
  return element.checkVisibility({ visibilityProperty: true });
}

/**
 * The window whose document holds the whole page, as far outwards as we may read.
 * @param {Window} view
 * @returns {Window}
 */
export function outermostWindow(view) {
  let outer = view;
  while (frameElementOf(outer)) {
    const next = frameElementOf(outer)?.ownerDocument.defaultView;
    if (!next || next === outer) break;
    outer = next;
  }
  return outer;
}
