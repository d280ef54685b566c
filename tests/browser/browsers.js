// SPDX-License-Identifier: Apache-2.0
// Starts the two browsers with the extension in them and the test hosts mapped to this machine. Each has a fresh
// profile. Knows how each browser stops a background and shows its accessibility tree; knows no page.
// Tested by: tests/browser/specs/beds.test.js

import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { FOCUS_IN_FIREFOX, fromFirefox, readChromium, readInFirefoxWindow } from './accessible.js';
import { HOSTS } from './server/sites.js';
import { until } from './until.js';

/** @import { Browser, Page } from 'puppeteer-core' */
/** @import { Node } from './accessible.js' */

/** @typedef {'chromium' | 'firefox'} BrowserName */

/**
 * @typedef {object} Visitor
 * @property {BrowserName} name
 * @property {Browser} browser
 * @property {() => Promise<Page>} newPage
 * @property {(page: Page) => Promise<Node>} accessible   the page's accessibility tree
 * @property {() => Promise<void>} stopBackground         kills it; the next message starts a new one
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Wish
 * @property {string | null} extension   folder of the unpacked extension; null for none
 * @property {boolean} [visible]         a window a person can use (Chromium only)
 * @property {boolean} [touch]
 */

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
async function startChromium({ extension, visible = false }) {
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
  return {
    name: 'firefox',
    browser,
    newPage: () => browser.newPage(),
    async accessible(page) {
      const places = [page.url(), FOCUS_IN_FIREFOX].map((each) => JSON.stringify(each));
      return fromFirefox(await inWindow(`(${readInFirefoxWindow})(${places})`));
    },
    async stopBackground() {
      const state = `WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)}).extension`;
      await inWindow(
        `${state}.terminateBackground({ ignoreDevToolsAttached: true }).then(() => 'done')`,
      );
      await until(
        'the event page is gone',
        async () => (await inWindow(`${state}.backgroundState`)) === 'stopped',
      );
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
