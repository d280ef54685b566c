// SPDX-License-Identifier: Apache-2.0
// What breaks behind the page: a worker that was killed still holds a risky draft, also when the compiled rules it left are
// damaged; one that cannot answer lets the post go, once, and says so. "Could not check" is never shown as "fine".

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { beforeEach, it } from 'node:test';
import { loadEngine } from '../../../extension/engine/engine.js';
import { bedNamed } from '../beds.js';
import { wordsOf } from '../desk.js';
import { BIRDS, BROKEN_ENGINE, NO_BACKGROUND, SILENT_BACKGROUND } from '../package.js';
import { CLEAN, inBrowsers, RISKY } from '../rig.js';
import { forgetStored, readStored, writeStored } from '../stored-rules.js';
import { until } from '../until.js';

/** @import { Rig } from '../rig.js' */
/** @import { Stored } from '../stored-rules.js' */

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

/**
 * Writes a draft on a fresh page and presses Post.
 * @param {Rig} rig
 * @param {string} draft
 * @returns {Promise<string>} all the card says
 */
async function saidOf(rig, draft) {
  const desk = await rig.open(bedNamed('intranet, textarea in a form'));
  await desk.type(draft);
  await desk.pressPost();
  const said = wordsOf(await desk.cardOpens());
  await desk.settle();
  assert.deepEqual(desk.posted(), []);
  return said;
}

const OTHER_KEY = '0'.repeat(64);

/**
 * The rules of the birds as the engine would store them, under the key of the rules in use.
 * @param {string} key  in hexadecimal
 */
async function birdsUnder(key) {
  const engine = await loadEngine(
    await readFile(new URL('../../../build/extension/engine.wasm', import.meta.url)),
  );
  const birds = engine.load(new TextEncoder().encode(BIRDS['default.bundle.json']));
  return { key, image: Buffer.from(birds.save(new Uint8Array(Buffer.from(key, 'hex')))) };
}

/** What can become of a stored record. @type {Record<string, (whole: Stored) => Stored | Promise<Stored>>} */
const DAMAGES = {
  'one bit turned in the middle': ({ key, image }) => {
    const turned = Buffer.from(image);
    const middle = turned.length >> 1;
    turned[middle] = (turned[middle] ?? 0) ^ 1;
    return { key, image: turned };
  },
  'the second half lost': ({ key, image }) => ({
    key,
    image: image.subarray(0, image.length >> 1),
  }),
  'the second half zeros': ({ key, image }) => ({
    key,
    image: Buffer.concat([image.subarray(0, image.length >> 1)], image.length),
  }),
  'nothing left of it': ({ key }) => ({ key, image: Buffer.alloc(0) }),
  'another file in its place': ({ key }) => ({ key, image: Buffer.from('this is no image') }),
  'rules of another bundle': () => birdsUnder(OTHER_KEY),
  'rules of another bundle, filed as those of this one': async ({ key }) => {
    const { image } = await birdsUnder(OTHER_KEY);
    return { key, image };
  },
};

inBrowsers('the compiled rules an earlier start left', (rig) => {
  /** @type {string} */
  let said;
  /** @type {Stored} */
  let whole;

  beforeEach(async () => {
    await forgetStored(rig.visitor());
    await rig.visitor().stopBackground();
    said = await saidOf(rig, RISKY);
    whole = await until('the rules are stored', () => readStored(rig.visitor()));
  });

  it('a later start finds the same by them, and leaves them as they are', async () => {
    await rig.visitor().stopBackground();
    assert.equal(await saidOf(rig, RISKY), said);
    assert.deepEqual(await readStored(rig.visitor()), whole);
  });

  it('a later start judges by them, and not by the bundle again', async () => {
    // Only what is stored minds a falcon: the bundle of the package does not.
    await writeStored(rig.visitor(), await birdsUnder(whole.key));
    await rig.visitor().stopBackground();
    assert.match(await saidOf(rig, 'We saw a falcon.'), /It says falcon/);
  });

  for (const [damage, spoil] of Object.entries(DAMAGES)) {
    it(`${damage}: they are refused and made anew, and the drafts judged rightly`, async () => {
      await writeStored(rig.visitor(), await spoil(whole));
      await rig.visitor().stopBackground();
      assert.equal(await saidOf(rig, RISKY), said);
      await until('the rules are stored as they were', async () => {
        const now = await readStored(rig.visitor());
        return now?.key === whole.key && now.image.equals(whole.image);
      });

      const desk = await rig.open(bedNamed('intranet, textarea in a form'));
      await desk.type(CLEAN);
      await desk.pressPost();
      assert.deepEqual(await desk.untilPosted(1), [CLEAN]);
      assert.equal(await desk.chip(), '');
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
