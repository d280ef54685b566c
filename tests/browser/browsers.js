// SPDX-License-Identifier: Apache-2.0
// Starts the two browsers with the extension in them and the test hosts mapped to this machine. Each has a fresh
// profile. Knows how each browser stops a background and shows its accessibility tree; knows no page.
// Tested by: tests/browser/specs/beds.test.js

import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import {
  FOCUS_IN_FIREFOX,
  fromFirefox,
  hasStrangersFocus,
  readChromium,
  readInFirefoxWindow,
} from './accessible.js';
import { HOSTS } from './server/sites.js';
import { until } from './until.js';

/** @import { Browser, Frame, Page } from 'puppeteer-core' */
/** @import { Node } from './accessible.js' */

/** @typedef {'chromium' | 'firefox'} BrowserName */

/**
 * @typedef {object} Visitor
 * @property {BrowserName} name
 * @property {Browser} browser
 * @property {() => Promise<Page>} newPage
 * @property {(frame: Frame) => Promise<Node>} accessible   the page's accessibility tree, with what is in that frame of it
 * @property {() => Promise<void>} stopBackground         kills it; the next message starts a new one
 * @property {(work: string, argument: unknown) => Promise<string>} inDatabases   runs the source of a function with a way to
 *   open the extension's databases and one argument, and wakes nothing by it
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Wish
 * @property {string | null} extension   folder of the unpacked extension; null for none
 * @property {boolean} [visible]         a window a person can use (Chromium only)
 * @property {string[]} [args]           more of them (Chromium only)
 */

/** What the manifest's key makes of itself. */
const CHROMIUM_ID = 'ociofnjcbccgagdbkpoehcinjopiidml';
const GECKO_ID = 'deep-breath@guidelines.example';

/** @type {readonly BrowserName[]} */
export const BROWSERS = /** @type {const} */ (['chromium', 'firefox']);

/**
 * @param {BrowserName} name
 * @param {Wish} wish
 * @returns {Promise<Visitor>}
 */
export function start(name, wish) {
  return name === 'chromium' ? startChromium(wish) : startFirefox(wish);
}

/**
 * @param {Wish} wish
 * @returns {Promise<Visitor>}
 */
async function startChromium({ extension, visible = false, args = [] }) {
  const browser = await puppeteer.launch({
    executablePath: executable('CHROMIUM', ['/usr/bin/chromium', '/usr/bin/chromium-browser']),
    headless: !visible,
    handleSIGINT: !visible,
    pipe: true,
    enableExtensions: extension === null ? false : [extension],
    acceptInsecureCerts: true,
    protocolTimeout: 30_000,
    defaultViewport: visible ? null : { width: 1100, height: 800 },
    args: [
      // The sandbox needs an ordinary user; a container's root has to do without.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-quic'],
      `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
      ...(visible ? ['--window-size=1180,900', '--test-type'] : []),
      ...args,
    ],
  });
  const worker = () => browser.targets().find((each) => each.type() === 'service_worker');
  if (extension !== null) {
    await until('the background starts', () => worker() !== undefined, 10_000);
  }
  return {
    name: 'chromium',
    browser,
    newPage: () => browser.newPage(),
    accessible: readChromium,
    async stopBackground() {
      const running = await worker()?.worker();
      await running?.close();
      await until('the service worker is gone', () => worker() === undefined);
    },
    async inDatabases(work, argument) {
      const page = await browser.newPage();
      try {
        // A picture of the package: a page of the extension's own that runs nothing.
        await page.goto(`chrome-extension://${CHROMIUM_ID}/icons/breath-48.png`);
        const open = 'indexedDB.open.bind(indexedDB)';
        const done = page.evaluate(`${work}(${open}, ${JSON.stringify(argument)})`);
        return /** @type {string} */ (await done);
      } finally {
        await page.close();
      }
    },
    close: () => browser.close(),
  };
}

/**
 * @param {Wish} wish
 * @returns {Promise<Visitor>}
 */
async function startFirefox({ extension }) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executable('FIREFOX', ['/usr/bin/firefox-esr', '/usr/bin/firefox']),
    headless: true,
    acceptInsecureCerts: true,
    protocolTimeout: 30_000,
    defaultViewport: { width: 1100, height: 800 },
    // Lets a test look at the platform's own accessibility tree; a page gains nothing by it.
    args: ['-remote-allow-system-access'],
    extraPrefsFirefox: {
      'network.dns.localDomains': HOSTS.join(','),
      'network.dns.disablePrefetch': true,
      'accessibility.force_disabled': 0,
    },
  });
  if (extension !== null) await browser.installExtension(extension);
  const inWindow = await firefoxWindow(browser);
  const state = `WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)}).extension`;
  const background = () => inWindow(`${state}.backgroundState`);
  // One that is only starting cannot be stopped, and Firefox does not say so.
  const isNotStarting = () =>
    until('the event page has started', async () => (await background()) !== 'starting');
  if (extension !== null) {
    await until('the event page starts', async () => (await background()) !== 'stopped', 10_000);
    await isNotStarting();
  }
  return {
    name: 'firefox',
    browser,
    newPage: () => browser.newPage(),
    async accessible(frame) {
      const places = [frame.page().url(), FOCUS_IN_FIREFOX].map((each) => JSON.stringify(each));
      const seen = await inWindow(`(${readInFirefoxWindow})(${places})`);
      return fromFirefox(seen, await hasStrangersFocus(frame));
    },
    async stopBackground() {
      await isNotStarting();
      await inWindow(
        `${state}.terminateBackground({ ignoreDevToolsAttached: true }).then(() => 'done')`,
      );
      await until('the event page is gone', async () => (await background()) === 'stopped');
    },
    inDatabases(work, argument) {
      const open = `(name, version) => indexedDB.openForPrincipal(${state}.principal, name, version)`;
      return inWindow(`${work}(${open}, ${JSON.stringify(argument)})`);
    },
    close: () => browser.close(),
  };
}

/**
 * A way to run an expression in Firefox's own window, which puppeteer has no words for.
 * @param {Browser} browser
 * @returns {Promise<(expression: string) => Promise<string>>}
 */
async function firefoxWindow(browser) {
  const connection = /** @type {any} */ (browser).connection;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const context = tree.result.contexts[0].context;
  return async (expression) => {
    const { result } = await connection.send('script.evaluate', {
      expression,
      awaitPromise: true,
      target: { context },
    });
    if (result.type === 'success') return String(result.result.value);
    throw new Error(`in Firefox's window: ${result.exceptionDetails.text}`);
  };
}

/**
 * @param {string} variable  of the environment, which wins
 * @param {readonly string[]} places
 * @returns {string}
 */
function executable(variable, places) {
  const found = [process.env[variable] ?? '', ...places].find(
    (place) => place && existsSync(place),
  );
  if (found) return found;
  throw new Error(`no ${variable.toLowerCase()} found in ${places.join(', ')}: set ${variable}=`);
}
