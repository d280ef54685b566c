// SPDX-License-Identifier: Apache-2.0
// What a page can find out about us: the same pages on a watched and an unwatched host must look the same to script,
// before, during and after a card.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bedNamed } from '../beds.js';
import { openDesk } from '../desk.js';
import { CLEAN, inBrowsers, RISKY } from '../rig.js';

/** @import { Desk } from '../desk.js' */

const NAMES = [
  'linkedin, Quill 1',
  'x inline, Draft.js',
  'intranet, textarea in a form',
  'intranet, Lexical',
  'intranet, Quill 2',
  'intranet, tiptap',
];

/**
 * @param {Desk} desk
 * @returns {Promise<object>} what script can see of the page apart from its own events
 */
function visible(desk) {
  return desk.page.evaluate(() => ({
    globals: Object.getOwnPropertyNames(window).sort(),
    natives: [fetch, XMLHttpRequest.prototype.send, HTMLFormElement.prototype.submit]
      .concat(
        /** @type {any} */ ([
          EventTarget.prototype.addEventListener,
          Element.prototype.attachShadow,
        ]),
      )
      .map((each) => /\[native code\]/.test(Function.prototype.toString.call(each))),
    root: [...document.documentElement.attributes].map(({ name, value }) => `${name}=${value}`),
    head: document.head.innerHTML,
    // Draft.js makes up its keys anew on every load.
    body: document.body.outerHTML.replace(/(?:data-offset-key|data-editor)="[\w-]+"/g, ''),
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    violations: /** @type {any} */ (window).bed.violations,
  }));
}

/**
 * @param {Desk} desk
 * @returns {Promise<string>} everything in which an extension's address or name could lurk
 */
function haystack(desk) {
  return desk.page.evaluate(() => {
    const highlights = 'highlights' in CSS ? [...CSS.highlights.keys()] : [];
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const rules = document.adoptedStyleSheets.flatMap((sheet) =>
      [...sheet.cssRules].map(({ cssText }) => cssText),
    );
    return [document.documentElement.outerHTML, ...highlights, ...loaded, ...rules].join('\n');
  });
}

inBrowsers('traces', (rig) => {
  for (const name of NAMES) {
    it(`${name}: the page finds nothing of us while a person writes`, async () => {
      const bed = bedNamed(name);
      const watched = await rig.open(bed);
      await watched.type(CLEAN);
      await watched.lookUp();
      const seen = await visible(watched);
      const alone = await openDesk(rig.visitor(), rig.sites(), {
        ...bed,
        host: 'unwatched.example',
      });
      await alone.type(CLEAN);
      await alone.lookUp();
      assert.deepEqual(seen, await visible(alone));
      await alone.close();
      assert.doesNotMatch(await haystack(watched), /-extension:|breath|guideline/i);
    });
  }

  for (const name of NAMES.slice(0, 3)) {
    it(`${name}: the card leaves no name, address or mark in the page`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY);
      await desk.lookUp();
      // Words that are marked need a rule in a sheet of their own; the haystack tells that it says not whose.
      const look = async () => ({ ...(await visible(desk)), sheets: undefined });
      const before = await look();
      await desk.pressPost();
      await desk.cardOpens();
      assert.doesNotMatch(await haystack(desk), /-extension:|breath|guideline/i);
      await desk.page.keyboard.press('Escape');
      await desk.cardCloses();
      await desk.lookUp();
      assert.doesNotMatch(await haystack(desk), /-extension:|breath|guideline/i);
      assert.deepEqual(await look(), before);
    });
  }

  it('a page nobody asked us to watch posts a risky draft as ever', async () => {
    const bed = { ...bedNamed('intranet, textarea in a form'), host: 'unwatched.example' };
    const desk = await rig.open(bed);
    await desk.type(RISKY);
    await desk.pressPost();
    assert.deepEqual(await desk.untilPosted(1), [RISKY]);
    assert.equal(await desk.card(), undefined);
  });
});
