// SPDX-License-Identifier: Apache-2.0
// The real popup of Chromium and the browser's own question after "Watch this site", as a person meets them: the toolbar
// button opens the one, and the other is a native dialog outside every page, whose buttons are pressed through Chromium's
// debugging port for its own windows. Works without a display. Firefox has no such way in.
// Tested by: tests/browser/specs/popup.test.js

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeWebSocketTransport } from 'puppeteer-core/internal/node/NodeWebSocketTransport.js';
import { readChromium } from './accessible.js';
import { wordsOf } from './desk.js';
import { until } from './until.js';

/** @import { Browser, Page } from 'puppeteer-core' */

/** What Chromium must be started with, so that its own windows can be looked at and pressed. */
export const OWN_WINDOWS = [
  '--enable-ui-devtools=0',
  '--enable-features=ui-debug-tools-enable-synthetic-events',
];

/** Longer than Chromium distrusts a press. */
const PROTECTED_MS = 1000;

/**
 * A node of Chromium's own windows.
 * @typedef {object} View
 * @property {number} nodeId
 * @property {string} nodeName
 * @property {string[]} [attributes]
 * @property {View[]} [children]
 */

export class Popup {
  /** @param {Page} page  the popup's own */
  constructor(page) {
    this.page = page;
  }

  /**
   * Presses the toolbar button on a page.
   * @param {Page} page
   * @returns {Promise<Popup>} once it says something
   */
  static async open(page) {
    const browser = page.browser();
    const [extension] = (await browser.extensions()).values();
    if (!extension) throw new Error('there is no extension to open');
    await extension.triggerAction(page);
    const target = await browser.waitForTarget((each) => each.url().endsWith('/popup.html'));
    const popup = new Popup(await target.asPage());
    await until('the popup speaks', () =>
      popup.page.evaluate(() => document.querySelector('main')?.ariaBusy === 'false'),
    );
    return popup;
  }

  /** @returns {Promise<string>} all there is to read in it */
  async words() {
    return wordsOf(await readChromium(this.page.mainFrame()));
  }

  /** @param {string} name  of a button */
  async press(name) {
    const selector = `::-p-aria([name="${name}"][role="button"])`;
    const button = await until(`the button "${name}"`, () => this.page.$(selector));
    try {
      await button.click();
    } catch (failure) {
      // What the button does may close the popup before the press is over.
      if (/** @type {Error} */ (failure).name !== 'TargetCloseError') throw failure;
    }
  }

  async close() {
    const target = this.page.target();
    await this.page.close();
    await until('the popup is gone', () => !this.page.browser().targets().includes(target));
  }
}

/** What Chromium asks in a dialog of its own. */
export class Prompt {
  #transport;
  #lastId = 0;
  /** @type {Map<number, (answer: any) => void>} */
  #waiting = new Map();

  /** @param {NodeWebSocketTransport} transport */
  constructor(transport) {
    this.#transport = transport;
    transport.onmessage = (message) => {
      const { id, result, error } = JSON.parse(String(message));
      this.#waiting.get(id)?.(error ? new Error(error.message) : result);
      this.#waiting.delete(id);
    };
  }

  /**
   * @param {Browser} browser  started with OWN_WINDOWS
   * @returns {Promise<Prompt>}
   */
  static async of(browser) {
    const started = browser.process()?.spawnargs ?? [];
    const profile = started.find((each) => each.startsWith('--user-data-dir='));
    if (!profile) throw new Error('the browser has no profile of its own');
    const file = join(profile.slice(profile.indexOf('=') + 1), 'UIDevToolsActivePort');
    const [port] = (await readFile(file, 'utf8')).split('\n');
    const prompt = new Prompt(await NodeWebSocketTransport.create(`ws://127.0.0.1:${port}/0`));
    await prompt.#send('DOM.enable');
    await prompt.#send('CSS.enable');
    return prompt;
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>}
   */
  async #send(method, params = {}) {
    const id = ++this.#lastId;
    const answer = await new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#transport.send(JSON.stringify({ id, method, params }));
    });
    if (answer instanceof Error) throw answer;
    return answer;
  }

  /** @returns {Promise<{ view: View, text: string }[]>} every text of the dialog that asks; none when there is none */
  async #texts() {
    const { root } = await this.#send('DOM.getDocument');
    const dialog = [...all(root)].find((each) => isCalled(each, 'ExtensionInstallDialogView'));
    const texts = [];
    for (const view of dialog ? all(dialog) : []) {
      if (!isCalled(view, 'Label') && !isCalled(view, 'MdTextButton')) continue;
      const { matchedCSSRules } = await this.#send('CSS.getMatchedStylesForNode', view);
      const properties = matchedCSSRules.flatMap(
        (/** @type {any} */ { rule }) => rule.style.cssProperties,
      );
      const text = properties.find((/** @type {any} */ { name }) => name === 'Text')?.value ?? '';
      if (text !== '') texts.push({ view, text });
    }
    return texts;
  }

  /** @returns {Promise<string>} what it asks, '' when it asks nothing */
  async words() {
    return (await this.#texts()).map(({ text }) => text).join('\n');
  }

  /**
   * Presses a button of the dialog. Chromium ignores a press in the first half second, since that may have been meant for
   * something else, and one that follows an ignored press as soon; so another one is made after a while.
   * @param {string} name
   */
  async press(name) {
    let pressedAt = Number.NEGATIVE_INFINITY;
    await until(`the browser takes "${name}"`, async () => {
      const texts = await this.#texts();
      if (texts.length === 0) return true;
      if (performance.now() - pressedAt < PROTECTED_MS) return false;
      const button = texts.find(
        ({ view, text }) => isCalled(view, 'MdTextButton') && text === name,
      );
      if (!button) throw new Error(`the browser asks, but has no button "${name}"`);
      const { nodeId } = button.view;
      for (const type of ['mousePressed', 'mouseReleased']) {
        const event = { type, x: 5, y: 5, button: 'left', wheelDirection: 'none' };
        await this.#send('DOM.dispatchMouseEvent', { nodeId, event });
      }
      pressedAt = performance.now();
      return false;
    });
  }

  close() {
    this.#transport.close();
  }
}

/**
 * @param {View} view
 * @returns {Generator<View>}
 */
function* all(view) {
  yield view;
  for (const child of view.children ?? []) yield* all(child);
}

/**
 * @param {View} view
 * @param {string} name
 */
function isCalled({ attributes = [] }, name) {
  return attributes.includes(name);
}
