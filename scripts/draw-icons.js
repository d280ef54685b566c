// SPDX-License-Identifier: Apache-2.0
// Draws the PNG icons of the package from the two SVG sources in extension/icons. Run by hand after a change of the
// mark; the PNG files are in the repository, so that no build needs a browser.
// Tested by: tests/node/package.test.js (sizes)
import { readFile, writeFile } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';

const ICONS = new URL('../extension/icons/', import.meta.url);
const SIZES = [
  { source: 'breath-small.svg', pixels: 16 },
  { source: 'breath-small.svg', pixels: 32 },
  { source: 'breath.svg', pixels: 48 },
  { source: 'breath.svg', pixels: 128 },
];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
try {
  const page = await browser.newPage();
  for (const { source, pixels } of SIZES) {
    const svg = await readFile(new URL(source, ICONS), 'utf8');
    await page.setViewport({ width: pixels, height: pixels, deviceScaleFactor: 1 });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
    const png = await page.screenshot({ omitBackground: true, type: 'png' });
    await writeFile(new URL(`breath-${pixels}.png`, ICONS), png);
    process.stdout.write(`extension/icons/breath-${pixels}.png\n`);
  }
} finally {
  await browser.close();
}
