// SPDX-License-Identifier: Apache-2.0
// Pages that post on one event alone, from a frame, or on Enter without any button: held, mended, released once, and left
// alone when the draft is clean, whichever event it is that posts.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FRAME_BEDS, UNWATCHED_FRAME, WAY_BEDS } from '../beds.js';
import { KEEP } from '../desk.js';
import { inBrowsers } from '../rig.js';

/** One line, since Enter sends on some of these pages. */
const RISKY = 'Refund to card 4111 1111 1111 1111 please';
const CLEAN = 'Two starters today.  Welcome, "Ada" and Jo!';

/** What a page must not see of a press that is held. */
const PRESS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'submit'];

inBrowsers('ways to send', (rig) => {
  for (const bed of [...WAY_BEDS, ...FRAME_BEDS]) {
    it(`${bed.name}: a risky draft is held, and kept as it is`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      await desk.lookUp();
      const html = await desk.html();
      await desk.forget();
      await desk.send();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      assert.deepEqual(await desk.seen(...PRESS), [], 'the page never saw the press');
      const enter = (await desk.seen('keydown', 'keypress', 'keyup')).filter(
        ({ key }) => key === 'Enter',
      );
      assert.deepEqual(enter, [], 'the page never saw Enter');

      await desk.pressOnCard(KEEP);
      await desk.cardCloses();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      assert.equal(await desk.text(), RISKY);
      assert.equal(await desk.html(), html);
      await desk.type('!');
      assert.equal(await desk.text(), `${RISKY}!`, 'typing goes on where it stopped');
    });

    it(`${bed.name}: a risky draft goes out once after "Post anyway"`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      await desk.send();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      await desk.postAnyway();
      assert.deepEqual(await desk.untilPosted(1), [RISKY]);
    });

    it(`${bed.name}: a clean draft already read goes out once, with the page's own event`, async () => {
      const desk = await rig.open(bed);
      await desk.type(CLEAN);
      await desk.lookUp();
      await desk.forget();
      await desk.send();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      const types = bed.keys.length > 0 ? ['keydown', 'keyup'] : ['pointerdown', 'mouseup'];
      const seen = (await desk.seen(...types)).filter(({ key }) => key === '' || key === 'Enter');
      assert.deepEqual(
        seen.map(({ type, trusted }) => ({ type, trusted })),
        types.map((type) => ({ type, trusted: true })),
      );
      assert.equal(await desk.card(), undefined);
    });

    it(`${bed.name}: a clean draft sent right after the last key goes out once`, async () => {
      const desk = await rig.open(bed);
      await desk.type(CLEAN);
      await desk.send();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      assert.equal(await desk.card(), undefined);
    });
  }

  it(`${UNWATCHED_FRAME.name}: is that site's own affair`, async () => {
    const desk = await rig.open(UNWATCHED_FRAME);
    await desk.type(RISKY);
    await desk.send();
    assert.deepEqual(await desk.untilPosted(1), [RISKY]);
    assert.equal(await desk.card(), undefined);
  });
});
