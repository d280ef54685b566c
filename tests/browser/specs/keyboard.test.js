// SPDX-License-Identifier: Apache-2.0
// Without a mouse: the keys that send are held and released, Post is reached with Tab, and the card is used to the end.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BEDS, bedNamed, MORE_BEDS } from '../beds.js';
import { KEEP } from '../desk.js';
import { inBrowsers, MENDED, RISKY } from '../rig.js';
import { until } from '../until.js';

/** @import { KeyInput } from 'puppeteer-core' */
/** @import { Desk } from '../desk.js' */

/**
 * Presses a key until the card's focus is on the named control; each press must move it.
 * @param {Desk} desk
 * @param {string} name
 */
async function tabTo(desk, name) {
  for (let step = 0; step < 12; step += 1) {
    const now = await desk.focusOnCard();
    if (now === name) return;
    await desk.page.keyboard.press('Tab');
    await until('Tab moves on', async () => (await desk.focusOnCard()) !== now);
  }
  assert.fail(`Tab never reached "${name}"`);
}

/**
 * Presses Tab on the page until Post has the focus.
 * @param {Desk} desk
 */
async function tabToPost(desk) {
  const button = await desk.button();
  for (let step = 0; step < 12; step += 1) {
    await desk.page.keyboard.press('Tab');
    const isThere = await button.evaluate((each) => {
      const root = /** @type {Document | ShadowRoot} */ (each.getRootNode());
      return root.activeElement === each;
    });
    if (isThere) return;
  }
  assert.fail('Tab never reached Post');
}

inBrowsers('keys alone', (rig) => {
  for (const bed of [...BEDS, ...MORE_BEDS].filter(({ keys }) => keys.length > 0)) {
    it(`${bed.name}: the sending keys are held, and released by "Post anyway"`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      await desk.forget();
      await desk.pressSendKeys();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      const enter = (await desk.seen('keydown', 'keypress')).filter(({ key }) => key === 'Enter');
      assert.deepEqual(enter, [], 'the page never saw Enter');
      assert.equal(await desk.text(), RISKY);

      await desk.postAnyway(async (name) => {
        await tabTo(desk, name);
        await desk.page.keyboard.press('Enter');
      });
      assert.deepEqual(await desk.untilPosted(1), [RISKY]);
    });

    it(`${bed.name}: the sending keys pressed twice open one card and post nothing`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      await desk.pressSendKeys();
      await desk.pressSendKeys();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      await desk.page.keyboard.press('Escape');
      await desk.cardCloses();
      await desk.type('!');
      assert.equal(await desk.text(), `${RISKY}!`);
    });
  }

  for (const name of ['linkedin, Quill 1', 'x modal, Draft.js', 'intranet, textarea in a form']) {
    for (const key of /** @type {KeyInput[]} */ (
      name.startsWith('x') ? ['Enter', ' '] : ['Enter']
    )) {
      it(`${name}: Post reached with Tab and pressed with ${key === ' ' ? 'Space' : key} is held to the end`, async () => {
        const desk = await rig.open(bedNamed(name));
        await desk.type(RISKY);
        await tabToPost(desk);
        await desk.page.keyboard.press(key);
        await desk.cardOpens();
        await desk.settle();
        assert.deepEqual(desk.posted(), []);
        await until('the harmless answer has the focus', async () => {
          return (await desk.focusOnCard()) === KEEP;
        });

        // Round once: the focus stays on the card.
        await desk.page.keyboard.press('Tab');
        await until('Tab moves on', async () => (await desk.focusOnCard()) !== KEEP);
        await tabTo(desk, KEEP);
        await desk.page.keyboard.down('Shift');
        await desk.page.keyboard.press('Tab');
        await desk.page.keyboard.up('Shift');
        await until('Shift+Tab moves back', async () => (await desk.focusOnCard()) !== KEEP);
        await tabTo(desk, KEEP);
        await desk.page.keyboard.press(key);
        await desk.cardCloses();
        await desk.settle();
        assert.deepEqual(desk.posted(), []);

        const editor = await desk.editor();
        await editor.click();
        await desk.selectAll();
        await desk.type(MENDED);
        await tabToPost(desk);
        await desk.page.keyboard.press(key);
        assert.deepEqual(await desk.untilPosted(1), [MENDED]);
      });
    }
  }

  it('keys pressed while the card is open do not reach the draft', async () => {
    const desk = await rig.open(bedNamed('intranet, Lexical'));
    await desk.type(RISKY);
    await desk.pressPost();
    await desk.cardOpens();
    await desk.forget();
    await desk.page.keyboard.type('xyz');
    await desk.page.keyboard.press('Backspace');
    assert.deepEqual(await desk.seen('keydown', 'keypress', 'beforeinput', 'input'), []);
    assert.equal(await desk.text(), RISKY);
  });
});
