// SPDX-License-Identifier: Apache-2.0
// One person at one composer: opens a replica page, types, presses Post, and says what came of it. It uses the real
// mouse and keyboard only; what the page's own model holds and what the server received are its two oracles.
// Tested by: tests/browser/specs/beds.test.js

import { randomUUID } from 'node:crypto';
import { walk } from './accessible.js';
import { until } from './until.js';

/** @import { ElementHandle, Frame, KeyInput, Page } from 'puppeteer-core' */
/** @import { Node } from './accessible.js' */
/** @import { Bed } from './beds.js' */
/** @import { Visitor } from './browsers.js' */
/** @import { SiteServer } from './server/server.js' */

/**
 * @typedef {object} Seen
 * @property {string} type
 * @property {boolean} trusted
 * @property {boolean} prevented
 * @property {string} key
 * @property {string} target
 */

export const CARD_NAME = 'Take a deep breath';
export const KEEP = 'Keep editing';
export const ANYWAY = 'Post anyway';

export class Desk {
  /** @type {Visitor} */
  visitor;
  /** @type {Page} */
  page;
  /** Where the composer is: the page itself, or a frame of it. @type {Frame} */
  frame;
  /** @type {Bed} */
  bed;
  /** @type {SiteServer} */
  #sites;
  #session;

  /**
   * @param {Visitor} visitor
   * @param {Frame} frame
   * @param {Bed} bed
   * @param {SiteServer} sites
   * @param {string} session
   */
  constructor(visitor, frame, bed, sites, session) {
    this.visitor = visitor;
    this.page = frame.page();
    this.frame = frame;
    this.bed = bed;
    this.#sites = sites;
    this.#session = session;
  }

  /** Opens the composer and puts the caret into it. */
  async compose() {
    if (this.bed.open !== '') await this.frame.click(this.bed.open);
    const editor = await this.editor();
    await editor.click();
  }

  /** @returns {Promise<ElementHandle<Element>>} */
  editor() {
    return this.#await(this.bed.editor);
  }

  /** @returns {Promise<ElementHandle<Element>>} */
  button() {
    return this.#await(this.bed.post);
  }

  /**
   * @param {string} selector
   * @returns {Promise<ElementHandle<Element>>}
   */
  #await(selector) {
    return until(`${selector} on ${this.bed.name}`, () => this.frame.$(selector));
  }

  /**
   * Types as a person does; a line break is the Enter key.
   * @param {string} text
   */
  async type(text) {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.page.keyboard.press('Enter');
      if (line !== '') await this.page.keyboard.type(line);
    }
  }

  /** Selects the whole draft, so that what is typed next replaces it. */
  async selectAll() {
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('KeyA');
    await this.page.keyboard.up('Control');
  }

  /** Presses Post with the mouse, once the page lets it be pressed. */
  async pressPost() {
    const button = await this.button();
    await until('Post can be pressed', () =>
      button.evaluate(
        (each) => !each.matches(':disabled') && each.getAttribute('aria-disabled') !== 'true',
      ),
    );
    await button.click();
  }

  /** Presses the keys that send, all down and then all up. */
  async pressSendKeys() {
    const keys = /** @type {KeyInput[]} */ (this.bed.keys);
    for (const key of keys) await this.page.keyboard.down(key);
    for (const key of keys.toReversed()) await this.page.keyboard.up(key);
  }

  /** Sends as this bed is sent: with Post, or with keys where there is none. */
  send() {
    return this.bed.post === '' ? this.pressSendKeys() : this.pressPost();
  }

  /** @returns {Promise<string>} what the editor's own model holds */
  text() {
    return this.frame.evaluate(() => /** @type {any} */ (window).bed.text());
  }

  /** @returns {Promise<string>} the editor's markup */
  html() {
    return this.frame.evaluate(() => /** @type {any} */ (window).bed.html());
  }

  /**
   * What the page's own listeners saw, in order.
   * @param {...string} types  none means all
   * @returns {Promise<Seen[]>}
   */
  seen(...types) {
    return this.frame.evaluate(
      (...wanted) => /** @type {any} */ (window).bed.seen(...wanted),
      ...types,
    );
  }

  /** Forgets what the page saw so far. */
  async forget() {
    await this.frame.evaluate(() => /** @type {any} */ (window).bed.forget());
  }

  /** @returns {string[]} the texts that reached the server from this page, in order */
  posted() {
    return this.#sites.posts(this.#session).map((post) => post.text);
  }

  /**
   * Waits until so many posts arrived, and then until the page has nothing more under way.
   * @param {number} count
   * @returns {Promise<string[]>}
   */
  async untilPosted(count) {
    await until(`${count} posted on ${this.bed.name}`, () => this.posted().length >= count);
    if (this.bed.leaves) {
      await until('the next page', () => new URL(this.page.url()).searchParams.has('posted'));
      await this.frame.waitForFunction(() => /** @type {any} */ (window).bed?.ready === true);
    }
    await this.settle();
    return this.posted();
  }

  /**
   * Waits until nothing was typed for a moment, as when a person reads the draft once more. What is checked while
   * typing is checked by then.
   */
  async lookUp() {
    await this.frame.waitForFunction(() => /** @type {any} */ (window).bed.quietFor() > 400, {
      polling: 50,
    });
  }

  /** Lets everything the page has started so far reach the server: one request behind all others, and two frames. */
  async settle() {
    await this.frame.evaluate(async () => {
      await fetch('/nothing');
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await fetch('/nothing');
    });
  }

  /** @returns {Promise<Node | undefined>} the card, when it is there */
  async card() {
    return find(await this.visitor.accessible(this.frame), 'alertdialog', CARD_NAME);
  }

  /** @returns {Promise<Node>} the card, once the focus is on it */
  cardOpens() {
    return until(`the card opens on ${this.bed.name}`, async () => {
      const card = await this.card();
      return card && [...walk(card)].some((node) => node.focused) ? card : undefined;
    });
  }

  async cardCloses() {
    await until(`the card closes on ${this.bed.name}`, async () => !(await this.card()));
  }

  /**
   * Presses a button of the card with the mouse.
   * @param {string} name
   * @param {{ count?: number }} [options]
   */
  async pressOnCard(name, { count = 1 } = {}) {
    const { x, y } = await this.middleOf(name);
    await this.page.mouse.click(x, y, { count });
  }

  /**
   * Posts in spite of the card: "Post anyway" with the mouse, and once more when the card asks a second, different
   * question. Until the last press nothing may be posted.
   * @param {(name: string) => Promise<void>} [press]
   */
  async postAnyway(press = (name) => this.pressOnCard(name)) {
    const first = wordsOf(await this.cardOpens());
    const before = this.posted().length;
    await press(ANYWAY);
    const second = await until('the card closes or asks again', async () => {
      const card = await this.card();
      return !card || wordsOf(card) !== first ? { card } : undefined;
    });
    if (second.card) {
      if (this.posted().length !== before) throw new Error('posted before the second answer');
      await press(ANYWAY);
    }
    await this.cardCloses();
  }

  /**
   * Where a button is, once it has stopped moving.
   * @param {string} name  of a button of the card
   * @returns {Promise<{ x: number, y: number }>}
   */
  async middleOf(name) {
    let last = '';
    const box = await until(`the card's button "${name}" stands still`, async () => {
      const seen = await find(await this.cardOpens(), 'button', name)?.box();
      const isStill = JSON.stringify(seen) === last;
      last = JSON.stringify(seen ?? null);
      return seen && isStill ? seen : undefined;
    });
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** @returns {Promise<string>} the name of the card's control that has the focus, '' when none has */
  async focusOnCard() {
    const card = await this.card();
    const [, ...controls] = card ? walk(card) : [];
    return controls.find((node) => node.focused)?.name ?? '';
  }

  /** @returns {Promise<string>} the text of the chip, '' when there is none */
  async chip() {
    for (const node of walk(await this.visitor.accessible(this.frame))) {
      if (node.role !== 'status') continue;
      const words = wordsOf(node);
      if (words !== '') return words;
    }
    return '';
  }

  close() {
    return this.page.close();
  }
}

/**
 * @param {Visitor} visitor
 * @param {SiteServer} sites
 * @param {Bed} bed
 * @returns {Promise<Desk>} with the composer open and the caret in it
 */
export async function openDesk(visitor, sites, bed) {
  const session = randomUUID();
  const page = await visitor.newPage();
  await page.goto(sites.url(bed.host, bed.path, session), { waitUntil: 'load' });
  const frame = bed.frame === undefined ? page.mainFrame() : await frameOf(page, bed.frame);
  const desk = new Desk(visitor, frame, bed, sites, session);
  await desk.compose();
  return desk;
}

/**
 * @param {Page} page
 * @param {string} selector
 * @returns {Promise<Frame>} once its page is ready
 */
async function frameOf(page, selector) {
  const frame = await until(`the frame ${selector}`, async () => {
    const found = await page.$(selector);
    return found?.contentFrame();
  });
  await frame.waitForFunction(() => /** @type {any} */ (window).bed?.ready === true);
  return frame;
}

/**
 * @param {Node} node
 * @returns {string} all there is to read in it
 */
export function wordsOf(node) {
  return [...walk(node)]
    .map(({ name }) => name)
    .filter((name) => name !== '')
    .join(' ');
}

/**
 * @param {Node} tree
 * @param {string} role
 * @param {string} name
 * @returns {Node | undefined}
 */
export function find(tree, role, name) {
  for (const node of walk(tree)) if (node.role === role && node.name === name) return node;
  return undefined;
}
