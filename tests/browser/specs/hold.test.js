// SPDX-License-Identifier: Apache-2.0
// The main path on every bed: a risky draft is held, the card speaks, the person mends the draft or posts it anyway.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BEDS, bedNamed, MORE_BEDS } from '../beds.js';
import { KEEP } from '../desk.js';
import { inBrowsers, MENDED, RISKY } from '../rig.js';

inBrowsers('a risky draft', (rig) => {
  for (const bed of [...BEDS, ...MORE_BEDS]) {
    it(`${bed.name}: is held, can be mended, and then goes out once as it stands`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      const html = await desk.html();
      assert.equal(await desk.text(), RISKY);
      await desk.forget();

      await desk.pressPost();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), [], 'nothing is posted before consent');
      assert.deepEqual(await desk.seen('click', 'submit'), [], 'the page never saw the press');
      assert.equal(await desk.text(), RISKY, 'the model is as it was');
      assert.equal(await desk.html(), html, 'the markup is as it was');

      await desk.pressOnCard(KEEP);
      await desk.cardCloses();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      await desk.type(', thanks');
      assert.equal(await desk.text(), `${RISKY}, thanks`, 'typing goes on where it stopped');

      for (let back = 0; back < 8; back += 1) await desk.page.keyboard.press('ArrowLeft');
      await desk.pressPost();
      await desk.cardOpens();
      await desk.page.keyboard.press('Escape');
      await desk.cardCloses();
      await desk.type('+');
      assert.equal(await desk.text(), `${RISKY}+, thanks`, 'Escape leaves the caret where it was');
      await desk.settle();
      assert.deepEqual(desk.posted(), []);

      if (bed.shadow && rig.browser === 'firefox') return;
      await desk.selectAll();
      await desk.type(MENDED);
      await desk.pressPost();
      assert.deepEqual(await desk.untilPosted(1), [MENDED]);
      assert.equal(await desk.card(), undefined);
    });
  }

  for (const bed of [...BEDS, bedNamed('intranet, form the browser sends')]) {
    it(`${bed.name}: goes out once, unchanged, after "Post anyway"`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      await desk.pressPost();
      await desk.cardOpens();
      assert.deepEqual(desk.posted(), []);

      await desk.postAnyway();
      assert.deepEqual(await desk.untilPosted(1), [RISKY]);
      assert.deepEqual(desk.posted(), [RISKY]);
    });
  }
});
