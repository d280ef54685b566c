// SPDX-License-Identifier: Apache-2.0
// What every browser spec needs: one server, one package and one browser for a whole spec file, a fresh page for each
// test, and a last look at the end that nothing was posted after a test had counted.
// Tested by: tests/browser/specs/*.test.js

import assert from 'node:assert/strict';
import { after, afterEach, before, describe } from 'node:test';
import { BROWSERS, start } from './browsers.js';
import { openDesk } from './desk.js';
import { makePackage } from './package.js';
import { startSites } from './server/server.js';

/** @import { Bed } from './beds.js' */
/** @import { BrowserName, Visitor } from './browsers.js' */
/** @import { Desk } from './desk.js' */
/** @import { Package, Replacement } from './package.js' */
/** @import { SiteServer } from './server/server.js' */

/** A draft that breaks two guidelines of the default bundle: a payment card number and a marking. */
export const RISKY = 'INTERNAL USE ONLY: slide 3\nRefund to card 4111 1111 1111 1111 please';
/** The same, mended. */
export const MENDED = 'The refund is on its way.\n\nThanks!';
/** A draft nobody minds. */
export const CLEAN = 'Two starters today.\n\nWelcome,  "Ada" and Jo!';

/**
 * @typedef {object} Rig
 * @property {BrowserName} browser
 * @property {() => Visitor} visitor
 * @property {() => SiteServer} sites
 * @property {(bed: Bed) => Promise<Desk>} open   a page with the caret in the composer, closed after the test
 */

/**
 * @param {string} title
 * @param {(rig: Rig) => void} tests
 * @param {{ replacement?: Replacement, browsers?: readonly BrowserName[], args?: string[] }} [options]  args: of Chromium
 */
export function inBrowsers(
  title,
  tests,
  { replacement = {}, browsers = BROWSERS, args = [] } = {},
) {
  // One browser after the other, one test after the other: two browsers on two cores starve each other, and what is
  // measured then is the machine.
  describe(title, { concurrency: 1 }, () => {
    for (const browser of browsers) inOne(title, tests, replacement, browser, args);
  });
}

/**
 * @param {string} title
 * @param {(rig: Rig) => void} tests
 * @param {Replacement} replacement
 * @param {BrowserName} browser
 * @param {string[]} args
 */
function inOne(title, tests, replacement, browser, args) {
  describe(`${title}, ${browser}`, { concurrency: 1 }, () => {
    /** @type {Visitor | undefined} */
    let visitor;
    /** @type {SiteServer | undefined} */
    let sites;
    /** @type {Package | undefined} */
    let made;
    /** @type {Desk[]} */
    let open = [];
    /** @type {{ desk: Desk, posted: string[] }[]} */
    const counted = [];

    before(async () => {
      [made, sites] = await Promise.all([makePackage(replacement), startSites()]);
      visitor = await start(browser, { extension: made.folder, args });
    });
    afterEach(async () => {
      for (const desk of open) {
        counted.push({ desk, posted: desk.posted() });
        await desk.close();
      }
      open = [];
    });
    after(async () => {
      await visitor?.close();
      await sites?.close();
      await made?.remove();
      for (const { desk, posted } of counted) {
        assert.deepEqual(desk.posted(), posted, `posted late on ${desk.bed.name}`);
      }
    });

    const present = () => {
      if (!visitor || !sites) throw new Error('the browser did not start');
      return { visitor, sites };
    };
    tests({
      browser,
      visitor: () => present().visitor,
      sites: () => present().sites,
      async open(bed) {
        const desk = await openDesk(present().visitor, present().sites, bed);
        open.push(desk);
        return desk;
      },
    });
  });
}
