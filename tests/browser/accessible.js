// SPDX-License-Identifier: Apache-2.0
// What assistive technology is told about a page, in both browsers and inside closed shadow roots, as one small tree.
// This is how the tests find the card: by role and name, as a person with a screen reader would.
// Tested by: tests/browser/specs/beds.test.js

/** @import { CDPSession, Frame } from 'puppeteer-core' */

/**
 * @typedef {object} Box
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 */

/**
 * @typedef {object} Node
 * @property {string} role
 * @property {string} name
 * @property {string} description
 * @property {boolean} focused
 * @property {() => Promise<Box | null>} box   in CSS pixels of the viewport
 * @property {Node[]} children
 */

/**
 * @param {Node} node
 * @returns {Generator<Node, void>} the node and all below it, in reading order
 */
export function* walk(node) {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/**
 * @param {Frame} frame  whose page is read, and which is read too when it lives in a process of its own
 * @returns {Promise<Node>}
 */
export async function readChromium(frame) {
  // A frame of another site has a session of its own, and boxes that begin at its own corner.
  const main = sessionOf(frame.page().mainFrame());
  const own = sessionOf(frame);
  const whole = await readThrough(main, { x: 0, y: 0 });
  if (own === main) return whole;
  const element = await frame.frameElement();
  const corner = (await element?.boundingBox()) ?? { x: 0, y: 0 };
  return { ...whole, children: [...whole.children, await readThrough(own, corner)] };
}

/**
 * @param {Frame} frame
 * @returns {CDPSession} puppeteer's own, which has no public name
 */
function sessionOf(frame) {
  return /** @type {any} */ (frame).client;
}

/**
 * @param {CDPSession} session
 * @param {{ x: number, y: number }} corner  of what the session shows, in the viewport
 * @returns {Promise<Node>}
 */
async function readThrough(session, corner) {
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  /** @param {import('puppeteer-core').Protocol.Accessibility.AXNode} node @returns {Node[]} */
  const convert = (node) => {
    const children = (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child ? convert(child) : [];
    });
    if (node.ignored) return children;
    const backendNodeId = node.backendDOMNodeId;
    return [
      {
        role: String(node.role?.value ?? ''),
        name: String(node.name?.value ?? ''),
        description: String(node.description?.value ?? ''),
        focused: (node.properties ?? []).some(
          (property) => property.name === 'focused' && property.value.value === true,
        ),
        box: () => (backendNodeId === undefined ? NOWHERE : boxThrough(backendNodeId)),
        children,
      },
    ];
  };
  const root = nodes[0] ? convert(nodes[0])[0] : undefined;
  return root ?? { ...EMPTY };

  /** @param {number} backendNodeId @returns {Promise<Box | null>} */
  async function boxThrough(backendNodeId) {
    const { model } = await session.send('DOM.getBoxModel', { backendNodeId });
    const [x = 0, y = 0] = model.border;
    return { x: corner.x + x, y: corner.y + y, width: model.width, height: model.height };
  }
}

const NOWHERE = Promise.resolve(null);
/** @type {Node} */
const EMPTY = {
  role: '',
  name: '',
  description: '',
  focused: false,
  box: () => NOWHERE,
  children: [],
};

/** Runs beside a page in Firefox with the names of such scripts, and sees closed shadow roots. */
export const FOCUS_IN_FIREFOX = `{
  let active = content.document.activeElement;
  for (let root; (root = active?.openOrClosedShadowRoot)?.activeElement; ) active = root.activeElement;
  const { x, y } = active?.getBoundingClientRect() ?? {};
  const isEnclosed = active !== content.document.activeElement;
  sendAsyncMessage('focus', { x, y, name: active?.textContent?.trim(), isEnclosed });
}`;

/**
 * Runs in Firefox's own window: the platform's accessibility tree of the page with the given address, closed shadow
 * roots included. Where the focus is, it asks the page's document: the tree is told late, or in a headless window never.
 * @param {string} address
 * @param {string} script  FOCUS_IN_FIREFOX
 */
export async function readInFirefoxWindow(address, script) {
  const { Cc, Ci, gBrowser } = /** @type {any} */ (globalThis);
  const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
  const browser = gBrowser.browsers.find(
    (/** @type {any} */ each) => each.currentURI.spec === address,
  );
  if (!browser) return 'null';
  const focus = await new Promise((resolve) => {
    const { messageManager } = browser;
    messageManager.addMessageListener('focus', function answer(/** @type {any} */ message) {
      messageManager.removeMessageListener('focus', answer);
      resolve(message.data);
    });
    messageManager.loadFrameScript(`data:,${encodeURIComponent(script)}`, false);
  });
  // Looked up only now: the page may have gone on to the next one while its focus was asked for.
  const page = service.getAccessibleFor(browser)?.firstChild;
  if (!page) return 'null';
  const origin = bounds(page);
  return JSON.stringify(convert(page));

  /** @param {any} accessible */
  function bounds(accessible) {
    const [x, y, width, height] = [{}, {}, {}, {}].map((each) => /** @type {any} */ (each));
    accessible.getBoundsInCSSPixels(x, y, width, height);
    return { x: x.value, y: y.value, width: width.value, height: height.value };
  }
  /** @param {any} accessible @returns {any} */
  function convert(accessible) {
    const state = /** @type {any} */ ({});
    accessible.getState(state, {});
    const screen = bounds(accessible);
    const box = { ...screen, x: screen.x - origin.x, y: screen.y - origin.y };
    let role = service.getStringRole(accessible.role);
    try {
      role = accessible.attributes.getStringProperty('xml-roles') || role;
    } catch (absent) {
      // Most nodes have no role attribute; the platform says so with an exception that carries a result.
      if (!(/** @type {any} */ (absent).result)) throw absent;
    }
    const children = [];
    for (let child = accessible.firstChild; child; child = child.nextSibling) {
      children.push(convert(child));
    }
    const isFocusable = Boolean(state.value & Ci.nsIAccessibleStates.STATE_FOCUSABLE);
    return {
      role: role === 'pushbutton' ? 'button' : role,
      name: accessible.name ?? '',
      description: accessible.description ?? '',
      // The tree may be a few frames behind while the card moves into place.
      focused:
        (isFocusable &&
          accessible.name === focus.name &&
          Math.hypot(box.x - focus.x, box.y - focus.y) < 40) ||
        (role === 'alertdialog' && focus.isEnclosed),
      box,
      children,
    };
  }
}

/**
 * Whether something stands beside head and body and has the focus: Firefox's window cannot ask that of a frame of another site.
 * @param {Frame} frame
 * @returns {Promise<boolean>} false for a page's main frame, which its window asks itself
 */
export async function hasStrangersFocus(frame) {
  if (frame.parentFrame() === null) return false;
  return frame.evaluate(() => {
    const active = document.activeElement;
    return active !== document.body && active?.parentNode === document.documentElement;
  });
}

/**
 * @param {string} json  of readInFirefoxWindow
 * @param {boolean} isInFrame  a card in a frame has the focus
 * @returns {Node}
 */
export function fromFirefox(json, isInFrame) {
  const read = JSON.parse(json);
  /** @param {any} node @returns {Node} */
  const convert = (node) => ({
    ...node,
    focused: node.focused || (isInFrame && node.role === 'alertdialog'),
    box: () => Promise.resolve(node.box),
    children: node.children.map(convert),
  });
  return read ? convert(read) : { ...EMPTY };
}
