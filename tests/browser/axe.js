// SPDX-License-Identifier: Apache-2.0
// Runs axe-core on the card, which lies in a closed shadow root: inside the content script's own world of Chromium,
// where the root can be opened. The page and the extension are not changed for it.
// Tested by: tests/browser/specs/card.test.js

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** @import { CDPSession, Page } from 'puppeteer-core' */

/**
 * @typedef {object} AxeReport
 * @property {string[]} violations  rule: help: the marked-up element
 * @property {string[]} passes      ids of rules that had something to look at
 * @property {string[]} faint       text with less than 4.5:1 against what is behind it
 * @property {string} background   of the card
 * @property {number} looked       texts whose contrast was measured
 */

/**
 * @param {Page} page  with the card open, in Chromium
 * @returns {Promise<AxeReport>}
 */
export async function axeOnCard(page) {
  const session = await page.createCDPSession();
  try {
    const contextId = await contentWorld(session);
    const source = await readFile(
      createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    );
    /** @param {string} expression */
    const evaluate = async (expression) => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (!exceptionDetails) return result.value;
      const { exception, text } = exceptionDetails;
      throw new Error(exception?.description ?? text);
    };
    await evaluate(`${source}; 'loaded'`);
    return await evaluate(`(${runAxe})()`);
  } finally {
    await session.detach();
  }
}

/**
 * @param {CDPSession} session
 * @returns {Promise<number>} the world of our content script in the main frame
 */
async function contentWorld(session) {
  const { frameTree } = await session.send('Page.getFrameTree');
  /** @type {number | undefined} */
  let found;
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { type, frameId } = context.auxData ?? {};
    const isOurs = context.origin.startsWith('chrome-extension://');
    if (type === 'isolated' && isOurs && frameId === frameTree.frame.id) found = context.id;
  });
  // Enabling tells of every world there is before it answers.
  await session.send('Runtime.enable');
  if (found === undefined) throw new Error('the content script has no world in this page');
  return found;
}

/** Runs in the content script's world. */
async function runAxe() {
  const { axe, chrome } = /** @type {any} */ (globalThis);
  const rootOf = chrome.dom.openOrClosedShadowRoot;
  const host = [...document.documentElement.children].find((each) =>
    rootOf(each)?.querySelector('dialog[open]'),
  );
  if (!host) throw new Error('there is no open card');
  Object.defineProperty(host, 'shadowRoot', { configurable: true, get: () => rootOf(host) });
  const { violations, passes } = await axe.run(host);
  return {
    violations: violations.flatMap((/** @type {any} */ rule) =>
      rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${rule.help}: ${node.html}`),
    ),
    passes: passes.map((/** @type {any} */ rule) => rule.id),
    ...contrasts(rootOf(host).querySelector('dialog')),
  };

  /**
   * axe cannot measure contrast in the top layer, so this does: each text against the first opaque colour behind it.
   * @param {Element} dialog
   */
  function contrasts(dialog) {
    const faint = [];
    let looked = 0;
    for (const element of dialog.querySelectorAll('*')) {
      const text = [...element.childNodes]
        .filter((node) => node.nodeType === 3)
        .map((node) => node.textContent?.trim())
        .join(' ');
      if (text === '' || !element.checkVisibility()) continue;
      looked += 1;
      let behind = element;
      while (behind !== dialog && alpha(getComputedStyle(behind).backgroundColor) < 1) {
        behind = /** @type {Element} */ (behind.parentNode);
      }
      const ratio = contrast(
        getComputedStyle(element).color,
        getComputedStyle(behind).backgroundColor,
      );
      if (!(ratio >= 4.5)) faint.push(`${ratio.toFixed(2)}: ${text}`);
    }
    return { faint, looked, background: getComputedStyle(dialog).backgroundColor };
  }
  /** @param {string} color  as computed: rgb(…) or rgba(…) */
  function channels(color) {
    return (color.match(/[\d.]+/g) ?? []).map(Number);
  }
  /** @param {string} color */
  function alpha(color) {
    return channels(color)[3] ?? 1;
  }
  /** @param {string} color @returns {number} relative luminance after WCAG */
  function luminance(color) {
    const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  /** @param {string} one @param {string} other */
  function contrast(one, other) {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }
}
