// SPDX-License-Identifier: Apache-2.0
// X publishes every part of a thread with one press, and knows of a part only what it was told on blur: a risky part
// anywhere holds them all, and after consent none is lost or changed.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bedNamed } from '../beds.js';
import { inBrowsers } from '../rig.js';
import { until } from '../until.js';

/** @import { Desk } from '../desk.js' */

const FIRST = 'A thread about refunds, #1';
const RISKY_PART = 'The card was 4111 1111 1111 1111';
const CLEAN_PART = 'The team was lovely';
const LAST = 'That is all, thank you';

/**
 * @param {Desk} desk
 * @param {readonly string[]} parts
 */
async function writeThread(desk, parts) {
  const root = desk.bed.open === '' ? 'main' : '[role="dialog"]';
  for (const [index, part] of parts.entries()) {
    if (index > 0) await desk.page.click(`${root} [data-testid="addButton"]`);
    const boxes = await until('the part is there', async () => {
      const found = await desk.page.$$(`${root} [contenteditable="true"]`);
      return found.length > index ? found : undefined;
    });
    await boxes[index]?.click();
    await desk.type(part);
  }
  const held = await desk.page.evaluate(() => /** @type {any} */ (window).bed.parts());
  assert.deepEqual(held, parts);
}

inBrowsers('a thread on X', (rig) => {
  for (const name of ['x inline, Draft.js', 'x modal, Draft.js']) {
    for (const place of name.includes('modal') ? [0, 2] : [1]) {
      it(`${name}: a risky part ${place + 1} of 3 holds them all`, async () => {
        const desk = await rig.open(bedNamed(name));
        const parts = [FIRST, CLEAN_PART, LAST].with(place, RISKY_PART);
        await writeThread(desk, parts);
        await desk.pressPost();
        await desk.cardOpens();
        await desk.settle();
        assert.deepEqual(desk.posted(), []);
        await desk.postAnyway();
        assert.deepEqual(await desk.untilPosted(3), parts);
      });
    }

    it(`${name}: a clean thread goes out whole, the last part included`, async () => {
      const desk = await rig.open(bedNamed(name));
      await writeThread(desk, [FIRST, CLEAN_PART, LAST]);
      await desk.pressPost();
      assert.deepEqual(await desk.untilPosted(3), [FIRST, CLEAN_PART, LAST]);
    });
  }

  it('a risky draft left in the inline box does not hold a clean one in the dialog', async () => {
    const inline = await rig.open(bedNamed('x inline, Draft.js'));
    await inline.type(RISKY_PART);
    await inline.page.click('[data-testid="SideNav_NewTweet_Button"]');
    inline.bed = bedNamed('x modal, Draft.js');
    await (await inline.editor()).click();
    await inline.type(CLEAN_PART);
    await inline.pressPost();
    assert.deepEqual(await inline.untilPosted(1), [CLEAN_PART]);
    assert.equal(await inline.card(), undefined);
  });

  it('a clean draft in the inline box does not let a risky one in the dialog through', async () => {
    const inline = await rig.open(bedNamed('x inline, Draft.js'));
    await inline.type(CLEAN_PART);
    await inline.page.click('[data-testid="SideNav_NewTweet_Button"]');
    inline.bed = bedNamed('x modal, Draft.js');
    await (await inline.editor()).click();
    await inline.type(RISKY_PART);
    await inline.pressPost();
    await inline.cardOpens();
    await inline.settle();
    assert.deepEqual(inline.posted(), []);
  });
});
