// SPDX-License-Identifier: Apache-2.0
// What each severity does at Post, with a bundle of our own that has one rule of each.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bedNamed } from '../beds.js';
import { ANYWAY, wordsOf } from '../desk.js';
import { BIRDS } from '../package.js';
import { inBrowsers } from '../rig.js';
import { until } from '../until.js';

inBrowsers(
  'severity',
  (rig) => {
    for (const name of [
      'linkedin, Quill 1',
      'x inline, Draft.js',
      'intranet, textarea in a form',
    ]) {
      const bed = bedNamed(name);

      it(`${name}: a note does not interrupt`, async () => {
        const desk = await rig.open(bed);
        const draft = 'A sparrow sat on the fence';
        await desk.type(draft);
        await desk.pressPost();
        assert.deepEqual(await desk.untilPosted(1), [draft]);
        assert.equal(await desk.card(), undefined);
      });

      it(`${name}: a pause shows the card with the rule's own words`, async () => {
        const desk = await rig.open(bed);
        const draft = 'The falcon flies, said the sparrow';
        await desk.type(draft);
        await desk.pressPost();
        const words = wordsOf(await desk.cardOpens());
        for (const said of ['It says falcon.', 'Birds are shy.', 'Leave it out.']) {
          assert.ok(words.includes(said), `the card says: ${said}`);
        }
        assert.deepEqual(desk.posted(), []);
        await desk.pressOnCard(ANYWAY);
        assert.deepEqual(await desk.untilPosted(1), [draft]);
      });

      it(`${name}: a strong finding asks a second time`, async () => {
        const desk = await rig.open(bed);
        const draft = 'The osprey is ready';
        await desk.type(draft);
        await desk.pressPost();
        const words = wordsOf(await desk.cardOpens());
        await desk.pressOnCard(ANYWAY);
        await until('the second question', async () => {
          const card = await desk.card();
          return card !== undefined && wordsOf(card) !== words;
        });
        await desk.settle();
        assert.deepEqual(desk.posted(), [], 'one press is not enough');
        await desk.pressOnCard(ANYWAY);
        assert.deepEqual(await desk.untilPosted(1), [draft]);
      });
    }
  },
  { replacement: BIRDS },
);
