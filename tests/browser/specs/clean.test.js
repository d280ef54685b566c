// SPDX-License-Identifier: Apache-2.0
// A draft nobody minds: the site's own trusted events go on untouched, nothing is shown, and it is posted once.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BEDS, MORE_BEDS } from '../beds.js';
import { CLEAN, inBrowsers } from '../rig.js';

inBrowsers('a clean draft', (rig) => {
  for (const bed of [...BEDS, ...MORE_BEDS]) {
    it(`${bed.name}: passes with its own trusted event`, async () => {
      const desk = await rig.open(bed);
      await desk.type(CLEAN);
      await desk.lookUp();
      assert.equal(await desk.text(), CLEAN);
      await desk.forget();

      await desk.pressPost();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      assert.equal(await desk.card(), undefined);
      // After a native form the events are gone with the page that saw them.
      if (bed.leaves) return;
      const seen = await desk.seen('pointerdown', 'mousedown', 'mouseup', 'click');
      assert.deepEqual(
        seen.map(({ type, trusted, prevented }) => ({ type, trusted, prevented })),
        ['pointerdown', 'mousedown', 'mouseup', 'click'].map((type) => ({
          type,
          trusted: true,
          prevented: false,
        })),
      );
    });
  }

  for (const bed of BEDS.filter(({ name }) => !/inline|Quill 2|tiptap/.test(name))) {
    it(`${bed.name}: is posted once when Post is pressed right after the last key`, async () => {
      const desk = await rig.open(bed);
      await desk.type(CLEAN);
      await desk.pressPost();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      assert.equal(await desk.card(), undefined);
    });
  }

  for (const bed of [...BEDS, ...MORE_BEDS].filter(({ keys }) => keys.length > 0)) {
    it(`${bed.name}: passes with its own trusted keys`, async () => {
      const desk = await rig.open(bed);
      await desk.type(CLEAN);
      await desk.lookUp();
      await desk.forget();
      await desk.pressSendKeys();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      const enter = (await desk.seen('keydown')).filter(({ key }) => key === 'Enter');
      assert.deepEqual(
        enter.map(({ trusted }) => trusted),
        [true],
      );
    });
  }
});
