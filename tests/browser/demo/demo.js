// SPDX-License-Identifier: Apache-2.0
// The demo: with a display a Chromium to play with, without one the same shown headless. Started by scripts/demo, which
// has built the extension; it tests nothing that the specs do not.
//   node tests/browser/demo/demo.js --extension DIR --album DIR [--headless]
// Tested by: scripts/demo, which stops at the first step that does not hold

import { once } from 'node:events';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { start } from '../browsers.js';
import { startSites } from '../server/server.js';
import { Album, DemoFailure, show, Teller } from './show.js';
import { STORIES } from './stories.js';

/** @import { SiteServer } from '../server/server.js' */

const HUB = { host: 'intranet.northwind.example', path: '/demo' };
const WATCH_EVERY_MS = 300;

const { values } = parseArgs({
  options: {
    extension: { type: 'string', default: 'build/demo-extension' },
    album: { type: 'string', default: 'build/demo' },
    headless: { type: 'boolean', default: false },
  },
});

/** @param {SiteServer} sites */
async function showHeadless(sites) {
  const tell = new Teller();
  const album = new Album(values.album);
  await album.open();
  tell.title('Deep Breath, shown in a headless Chromium');
  const visitor = await start('chromium', { extension: values.extension });
  try {
    tell.done('Chromium is up, with the extension in it');
    for (const story of STORIES) {
      try {
        await show(story, visitor, sites, tell, album);
      } catch (failure) {
        const page = (await visitor.browser.pages()).at(-1);
        await page?.screenshot({ path: `${values.album}/failure-${story.key}.png` });
        throw failure;
      }
    }
  } finally {
    await visitor.close();
  }
  tell.title(`That was it. ${album.count} screenshots are in ${relative('.', album.folder)}/.`);
}

/** @param {SiteServer} sites */
async function openWindow(sites) {
  const visitor = await start('chromium', { extension: values.extension, visible: true });
  const [page] = await visitor.browser.pages();
  await (page ?? (await visitor.newPage())).goto(sites.url(HUB.host, HUB.path, 'demo'));
  process.stdout.write(`
A Chromium with the extension is open, on a page that links three replicas.
Things to try:
  · On any of them write   Refund to card 4111 1111 1111 1111 please   and press Post.
  · Press “Keep editing” and mend it, or “Post anyway”.
  · On the X-like page send with Ctrl+Enter.
  · Write something harmless: nothing gets in your way.
What reaches the server is listed below. Close the window, or press Ctrl+C here, to end.

`);
  let told = 0;
  const watch = setInterval(() => {
    const posts = sites.posts('demo');
    for (const { host, text } of posts.slice(told)) {
      process.stdout.write(`  posted on ${host}: “${text}”\n`);
    }
    told = posts.length;
  }, WATCH_EVERY_MS);
  const interrupted = once(process, 'SIGINT').then(() => visitor.close());
  const closed = new Promise((resolve) => {
    visitor.browser.once('disconnected', () => resolve(undefined));
  });
  await Promise.race([closed, interrupted]);
  clearInterval(watch);
}

const sites = await startSites();
try {
  await (values.headless ? showHeadless(sites) : openWindow(sites));
} catch (failure) {
  const why = failure instanceof Error ? failure : new Error(String(failure));
  process.stderr.write(`\ndemo: ${why.message}\n`);
  if (why instanceof DemoFailure) {
    const cause = why.cause instanceof Error ? ` (${why.cause.message})` : '';
    process.stderr.write(`  See ${relative('.', values.album)}/failure-*.png${cause}\n`);
  } else if (/Failed to launch|no chromium found/i.test(why.message)) {
    process.stderr.write('  Chromium did not start. ./scripts/demo --headless needs no display.\n');
  }
  process.exitCode = 1;
} finally {
  await sites.close();
}
