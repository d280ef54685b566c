// SPDX-License-Identifier: Apache-2.0
// The popup and the browser's own question, pressed for real in Chromium: a site is watched once the person has said so
// twice, and not before; a pause lets posts go and says so.
// Not covered: Firefox's popup and its question. What the background makes of a grant is the same code there, tested in
// tests/node/background-state.test.js.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bedNamed } from '../beds.js';
import { OWN_WINDOWS, Popup, Prompt } from '../popup.js';
import { CLEAN, inBrowsers, RISKY } from '../rig.js';
import { until } from '../until.js';

/** @import { Desk } from '../desk.js' */

const WATCHED = bedNamed('intranet, textarea in a form');
const UNWATCHED = { ...WATCHED, host: 'unwatched.example' };

const OTHER = 'Here is my other card, 5500 0000 0000 0004, for the refund';

/** @param {Desk} desk */
async function postsAsEver(desk) {
  const before = desk.posted().length;
  await desk.compose();
  await desk.type(RISKY);
  await desk.pressPost();
  assert.deepEqual((await desk.untilPosted(before + 1)).slice(before), [RISKY]);
  assert.equal(await desk.card(), undefined);
}

/** @param {Desk} desk */
async function isHeld(desk) {
  const before = desk.posted().length;
  await desk.compose();
  // Not what was posted a moment ago: the gate takes the same words at once for a second half of that press.
  await desk.type(OTHER);
  await desk.pressPost();
  await desk.cardOpens();
  await desk.settle();
  assert.equal(desk.posted().length, before);
  await desk.page.keyboard.press('Escape');
  await desk.cardCloses();
  await desk.compose();
  await desk.selectAll();
  await desk.page.keyboard.press('Backspace');
}

/**
 * Presses a button of the popup that loads the page anew.
 * @param {Desk} desk
 * @param {Popup} popup
 */
async function reload(desk, popup) {
  await Promise.all([desk.page.waitForNavigation(), popup.press('Reload the page')]);
}

inBrowsers(
  'the popup',
  (rig) => {
    // First of all: a site that was allowed once is never asked about again, also not after "Stop".
    it('the browser\'s "Deny" leaves everything as it was', async (test) => {
      const desk = await rig.open(UNWATCHED);
      const prompt = await Prompt.of(rig.visitor().browser);
      test.after(() => prompt.close());
      const popup = await Popup.open(desk.page);
      await popup.press('Watch this site');
      await until('the browser asks', () => prompt.words());
      await prompt.press('Deny');
      const again = await Popup.open(desk.page);
      assert.match(await again.words(), /Not watching unwatched\.example/);
      await again.close();
      await desk.page.reload();
      await postsAsEver(desk);
    });

    it('a site is watched after "Watch this site" and the browser\'s "Allow", and no more after "Stop"', async (test) => {
      const desk = await rig.open(UNWATCHED);
      const prompt = await Prompt.of(rig.visitor().browser);
      test.after(() => prompt.close());
      let popup = await Popup.open(desk.page);
      assert.match(await popup.words(), /Not watching unwatched\.example/);
      await popup.press('Watch this site');
      const asked = await until('the browser asks', () => prompt.words());
      assert.match(asked, /"Deep Breath" has requested additional permissions/);
      assert.match(asked, /unwatched\.example/);
      await prompt.press('Allow');

      popup = await Popup.open(desk.page);
      assert.match(await popup.words(), /Reload unwatched\.example to begin/);
      await reload(desk, popup);
      await isHeld(desk);

      popup = await Popup.open(desk.page);
      assert.match(await popup.words(), /Watching unwatched\.example/);
      await popup.press('Stop watching this site');
      await until('the popup says so', async () =>
        /Stopped\. Reload the page to finish\./.test(await popup.words()),
      );
      assert.match(await popup.words(), /Not watching unwatched\.example/);
      await popup.close();
      await desk.page.reload();
      await postsAsEver(desk);
    });

    it('during a pause a post goes out unchecked and the chip says so; "Resume now" ends it', async () => {
      const desk = await rig.open(WATCHED);
      let popup = await Popup.open(desk.page);
      assert.match(await popup.words(), /Watching intranet\.northwind\.example/);
      await popup.press('15 minutes');
      await until('the popup says so', async () => /Paused until/.test(await popup.words()));
      await popup.close();
      await postsAsEver(desk);
      assert.match(await until('the chip speaks', () => desk.chip()), /paused/i);

      popup = await Popup.open(desk.page);
      await popup.press('Resume now');
      await until('the popup says so', async () => !/Paused until/.test(await popup.words()));
      await popup.close();
      await isHeld(desk);
    });

    it('a draft that was posted is not remembered: the same words are asked about anew', async () => {
      const desk = await rig.open(WATCHED);
      await desk.type(CLEAN);
      await desk.lookUp();
      await desk.pressPost();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      await until('the composer is empty', async () => (await desk.text()) === '');

      // Whoever still knows the answer has no need to ask, and so to say that there is a pause.
      let popup = await Popup.open(desk.page);
      await popup.press('15 minutes');
      await until('the popup says so', async () => /Paused until/.test(await popup.words()));
      await popup.close();
      await desk.compose();
      // At one go: half a draft was never asked about before.
      await desk.page.keyboard.sendCharacter(CLEAN);
      assert.equal(await desk.text(), CLEAN);
      assert.match(await until('the chip speaks', () => desk.chip()), /paused/i);
      popup = await Popup.open(desk.page);
      await popup.press('Resume now');
      await until('the popup says so', async () => !/Paused until/.test(await popup.words()));
      await popup.close();
    });
  },
  { browsers: ['chromium'], args: OWN_WINDOWS },
);
