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
  };
}
