// SPDX-License-Identifier: Apache-2.0
// Measures, in both browsers and with the real extension, what a person would notice: the time from a press on Post to the
// card on screen, and from a keystroke's end to a held clean post going out. Prints a table; judges nothing.
//   node tests/browser/latency.js [--rounds 30] [--bed NAME] [--browser chromium|firefox]

import { parseArgs } from 'node:util';
import { bedNamed } from './beds.js';
import { BROWSERS, start } from './browsers.js';
import { Desk } from './desk.js';
import { makePackage } from './package.js';
import { startSites } from './server/server.js';
import { until } from './until.js';

/** @import { Page } from 'puppeteer-core' */
/** @import { BrowserName } from './browsers.js' */
/** @import { SiteServer } from './server/server.js' */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    bed: { type: 'string', default: 'x inline, Draft.js' },
    browser: { type: 'string' },
  },
});

/**
 * Runs in the page before anything else, also before the extension, and so sees presses the page will not.
 * Card on screen: the first frame drawn after the focus has moved to a stranger below the root element.
 */
function clock() {
  const times = { pressed: 0, card: 0, passed: 0 };
  /** @type {any} */ (window).times = times;
  addEventListener(
    'click',
    (event) => {
      if (event.isTrusted) Object.assign(times, { pressed: performance.now(), card: 0, passed: 0 });
    },
    true,
  );
  addEventListener('click', (event) => {
    if (!times.passed && event.target instanceof Element && event.target.closest('button')) {
      times.passed = performance.now();
    }
  });
  const look = () => {
    const active = document.activeElement;
    const isCard = active?.parentNode === document.documentElement && active !== document.body;
    if (isCard && !times.card && times.pressed) times.card = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * @param {Page} page
 * @param {'card' | 'passed'} which
 * @returns {Promise<number>} milliseconds from the press
 */
async function elapsed(page, which) {
  return until(`a time for ${which}`, () =>
    page.evaluate((name) => {
      const times = /** @type {any} */ (window).times;
      return times[name] ? Math.max(0.01, times[name] - times.pressed) : 0;
    }, which),
  );
}

/**
 * @param {number[]} times
 * @param {number} share
 * @returns {string}
 */
function percentile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return (sorted[at] ?? Number.NaN).toFixed(1).padStart(8);
}

/**
 * @param {BrowserName} name
 * @param {string} extension
 * @param {SiteServer} sites
 */
async function measure(name, extension, sites) {
  const rounds = Number(values.rounds);
  const visitor = await start(name, { extension });
  const page = await visitor.newPage();
  await page.evaluateOnNewDocument(clock);
  const bed = bedNamed(values.bed);
  await page.goto(sites.url(bed.host, bed.path, name), { waitUntil: 'load' });
  const desk = new Desk(visitor, page.mainFrame(), bed, sites, name);
  await desk.compose();

  /** @type {Record<string, number[]>} */
  const rows = {
    'press to card, checked while typing': [],
    'press to card, not yet checked': [],
    'press to page, clean and checked': [],
    'press to page, clean, not yet checked': [],
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [what, times] of Object.entries(rows)) {
      const isCard = what.includes('card');
      await desk.selectAll();
      await page.keyboard.press('Backspace');
      await desk.type(isCard ? `Call ${round}: 4111 1111 1111 1111` : `Good day number ${round}`);
      if (!what.includes('not yet')) await desk.lookUp();
      await desk.pressPost();
      times.push(await elapsed(page, isCard ? 'card' : 'passed'));
      if (isCard) {
        await page.keyboard.press('Escape');
        await desk.cardCloses();
      } else {
        await until('the composer is empty', async () => (await desk.text()) === '');
        await desk.compose();
      }
    }
  }
  await visitor.close();
  for (const [what, times] of Object.entries(rows)) {
    const figures = [0.5, 0.95, 1].map((share) => percentile(times, share)).join(' ');
    process.stdout.write(
      `${name.padEnd(10)}${what.padEnd(40)}${String(times.length).padStart(4)} ${figures}\n`,
    );
  }
}

const [made, sites] = await Promise.all([makePackage(), startSites()]);
try {
  process.stdout.write(`${'milliseconds'.padEnd(50)}   N      p50      p95      max\n`);
  for (const name of BROWSERS) {
    if (!values.browser || values.browser === name) await measure(name, made.folder, sites);
  }
} finally {
  await sites.close();
  await made.remove();
}
