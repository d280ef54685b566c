// SPDX-License-Identifier: Apache-2.0
// The demo without a display: plays each story in a headless Chromium with the extension, says each step as it holds, and
// leaves numbered screenshots. A step that does not hold ends it with the reason.
// Tested by: scripts/demo, which stops at the first step that does not hold

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bedNamed } from '../beds.js';
import { KEEP, openDesk } from '../desk.js';

/** @import { Visitor } from '../browsers.js' */
/** @import { Desk } from '../desk.js' */
/** @import { SiteServer } from '../server/server.js' */
/** @import { Story } from './stories.js' */

/** Why the demo stopped, in words for a person. */
export class DemoFailure extends Error {}

/** Says steps as they come true, each with the time it took. */
export class Teller {
  #since = performance.now();

  /** @param {string} words */
  title(words) {
    process.stdout.write(`\n${words}\n`);
    this.#since = performance.now();
  }

  /** @param {string} words */
  done(words) {
    const seconds = ((performance.now() - this.#since) / 1000).toFixed(1);
    this.#since = performance.now();
    process.stdout.write(`  ✓ ${words.padEnd(76)} ${seconds.padStart(4)} s\n`);
  }

  /** @param {string} words */
  plain(words) {
    process.stdout.write(`  ${words}\n`);
  }
}

/** Writes screenshots in order: 01-..., 02-... */
export class Album {
  #count = 0;
  folder;

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** Begins afresh: an older run's pictures would lie. */
  async open() {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
  }

  get count() {
    return this.#count;
  }

  /**
   * @param {Desk} desk
   * @param {string} name
   */
  async take(desk, name) {
    this.#count += 1;
    const number = String(this.#count).padStart(2, '0');
    await desk.page.screenshot({ path: join(this.folder, `${number}-${name}.png`) });
  }
}

/**
 * @param {Story} story
 * @param {Visitor} visitor
 * @param {SiteServer} sites
 * @param {Teller} tell
 * @param {Album} album
 */
export async function show(story, visitor, sites, tell, album) {
  tell.title(story.title);
  const desk = await openDesk(visitor, sites, bedNamed(story.bed));
  const { risky, mended, anyway, key } = story;

  await desk.type(risky);
  await desk.lookUp();
  await album.take(desk, `${key}-risky-draft`);
  tell.done(`wrote a risky draft: “${inOneLine(risky)}”`);

  await desk.pressPost();
  await step('pressing Post brought no card', () => desk.cardOpens());
  await desk.settle();
  await album.take(desk, `${key}-held`);
  tell.done('pressed Post: the card says “Take a deep breath”');
  expect(desk.posted().length === 0, 'the draft was posted although the card is open');
  tell.done('nothing was posted');

  await step('“Keep editing” did not close the card', async () => {
    await desk.pressOnCard(KEEP);
    await desk.cardCloses();
  });
  expect((await desk.text()) === risky, 'the draft is not what it was before the card');
  await desk.lookUp();
  await album.take(desk, `${key}-kept`);
  tell.done('pressed “Keep editing”: the draft is there, word for word');

  await desk.selectAll();
  await desk.type(mended);
  tell.done(`mended it: “${inOneLine(mended)}”`);
  await desk.pressPost();
  await posted(desk, [mended]);
  await album.take(desk, `${key}-mended-posted`);
  tell.done('pressed Post: posted once, no card, exactly these words');

  await desk.compose();
  await desk.type(anyway);
  await desk.lookUp();
  await desk.pressPost();
  await step('pressing Post brought no card the second time', () => desk.cardOpens());
  await album.take(desk, `${key}-held-again`);
  tell.done(`wrote another: “${inOneLine(anyway)}”, pressed Post: held`);
  let presses = 0;
  await step('“Post anyway” did not close the card', () =>
    desk.postAnyway(async (name) => {
      presses += 1;
      if (presses === 2) await album.take(desk, `${key}-asked-twice`);
      await desk.pressOnCard(name);
    }),
  );
  await posted(desk, [mended, anyway]);
  await album.take(desk, `${key}-posted-anyway`);
  const how = presses === 2 ? ', and once more, for this one is hard to take back' : '';
  tell.done(`pressed “Post anyway”${how}: posted once`);
  await desk.close();
}

/**
 * @param {Desk} desk
 * @param {string[]} texts
 */
async function posted(desk, texts) {
  const got = await step('the post did not arrive', () => desk.untilPosted(texts.length));
  const isSame = JSON.stringify(got) === JSON.stringify(texts);
  expect(isSame, `what was posted is not what was written: ${JSON.stringify(got)}`);
}

/**
 * @template T
 * @param {string} otherwise  said when it does not come true
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function step(otherwise, work) {
  try {
    return await work();
  } catch (cause) {
    throw new DemoFailure(otherwise, { cause });
  }
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
function expect(holds, otherwise) {
  if (!holds) throw new DemoFailure(otherwise);
}

/**
 * @param {string} text
 * @returns {string}
 */
function inOneLine(text) {
  const line = text.replaceAll('\n', ' / ');
  return line.length > 44 ? `${line.slice(0, 43)}…` : line;
}
