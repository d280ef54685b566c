// SPDX-License-Identifier: Apache-2.0
// What breaks behind the page: a worker that was killed still holds a risky draft; one that cannot answer lets the post
// go, once, and says so. "Could not check" is never shown as "fine".

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bedNamed } from '../beds.js';
import { BROKEN_ENGINE, NO_BACKGROUND, SILENT_BACKGROUND } from '../package.js';
import { inBrowsers, RISKY } from '../rig.js';
import { until } from '../until.js';

const NAMES = ['linkedin, Quill 1', 'x modal, Draft.js', 'intranet, textarea in a form'];

inBrowsers('a background killed between the last key and Post', (rig) => {
  for (const name of NAMES) {
    it(`${name}: the risky draft is still held`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY);
      await desk.lookUp();
      await rig.visitor().stopBackground();
      await desk.pressPost();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      await rig.visitor().stopBackground();
      await desk.postAnyway();
      assert.deepEqual(await desk.untilPosted(1), [RISKY]);
    });

    it(`${name}: a draft changed since is still held`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY.slice(0, 20));
      await desk.lookUp();
      await rig.visitor().stopBackground();
      await desk.type(RISKY.slice(20));
      await desk.lookUp();
      await desk.pressPost();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
    });
  }
});

const FAULTS = [
  { what: 'a background that never answers', replacement: SILENT_BACKGROUND },
  { what: 'a background that is not there', replacement: NO_BACKGROUND },
  { what: 'an engine that does not load', replacement: BROKEN_ENGINE },
];
for (const { what, replacement } of FAULTS) {
  inBrowsers(
    what,
    (rig) => {
      for (const name of NAMES.slice(1)) {
        it(`${name}: the post goes once, and the chip says it was not checked`, async () => {
          const desk = await rig.open(bedNamed(name));
          await desk.type(RISKY);
          await desk.pressPost();
          assert.deepEqual(await desk.untilPosted(1), [RISKY]);
          const chip = await until('the chip speaks', () => desk.chip());
          assert.match(chip, /not checked/i);
          assert.equal(await desk.card(), undefined);
        });
      }
    },
    { replacement },
  );
}
