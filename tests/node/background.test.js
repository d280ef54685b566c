// SPDX-License-Identifier: Apache-2.0
// Tests of the checker with a stand-in engine and clock: what a failing engine or a bad bundle leads to. The real
// engine is tested by engine.test.js, the real browser by tests/browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unchecked } from '../../extension/background/checker.js';
import { createPackageReader } from '../../extension/background/package-files.js';
import { BreathError, ERROR, errorId } from '../../extension/shared/errors.js';
import { CLEAN, CONTEXT, checkerWith, DRAFT } from './stand-in-checker.js';

/** @returns {never} */
function trap() {
  throw Object.assign(new Error(`unreachable, near: ${DRAFT}`), { name: 'EngineFailure' });
}

describe('the checker', () => {
  it('starts one engine for all who ask at once, and only when asked', async () => {
    const { checker, seen } = checkerWith();
    assert.equal(seen.starts, 0);
    await Promise.all([checker.warm(), checker.check('a', CONTEXT), checker.check('b', CONTEXT)]);
    assert.equal(seen.starts, 1);
    assert.equal(seen.checks, 3, 'the two that were asked for and one to warm up');
  });

  it('warms an engine up once', async () => {
    const { checker, seen } = checkerWith();
    assert.equal(await checker.warm(), true);
    assert.equal(await checker.warm(), true);
    assert.equal(seen.checks, 1);
  });

  it('starts from the image of an earlier start, and keeps one when there is none', async () => {
    const kept = new Map();
    const first = checkerWith({ kept });
    await first.checker.check('a', CONTEXT);
    assert.equal(first.seen.loads, 1);
    assert.equal(kept.size, 1);
    const second = checkerWith({ kept });
    await second.checker.check('a', CONTEXT);
    assert.equal(second.seen.loads, 0);
  });

  it('compiles the bundle again when an image is refused, and starts anew when it kills the engine', async () => {
    const kept = new Map();
    await checkerWith({ kept }).checker.check('a', CONTEXT);
    const refused = checkerWith({
      kept,
      onImage: () => {
        throw new BreathError('image.damaged', 'damaged');
      },
    });
    assert.deepEqual(await refused.checker.check('a', CONTEXT), CLEAN);
    assert.deepEqual([refused.seen.loads, refused.seen.starts], [1, 2]);
    assert.equal(kept.size, 1, 'the new image stands in its place');
  });

  it('forgets the image of an engine that trapped', async () => {
    const kept = new Map();
    await checkerWith({ kept }).checker.check('a', CONTEXT);
    const trapped = checkerWith({ kept, judge: (call) => (call === 1 ? trap() : CLEAN) });
    assert.deepEqual(await trapped.checker.check('a', CONTEXT), CLEAN);
    assert.equal(trapped.seen.loads, 1, 'compiled anew after the trap');
  });

  it('gives the engine the present time when the context has none, and keeps the one it has', async () => {
    /** @type {(number | undefined)[]} */
    const times = [];
    const { checker } = checkerWith({
      judge: (_call, { at }) => {
        times.push(at);
        return CLEAN;
      },
    });
    await checker.check('a', CONTEXT);
    await checker.check('a', { ...CONTEXT, at: 7 });
    assert.deepEqual(times, [1_000_000, 7]);
  });

  it('replaces an engine that trapped and asks the new one', async () => {
    const { checker, seen } = checkerWith({ judge: (call) => (call === 1 ? trap() : CLEAN) });
    assert.deepEqual(await checker.check(DRAFT, CONTEXT), CLEAN);
    assert.equal(seen.starts, 2);
  });

  it('says unchecked, never clean, when the new engine traps too', async () => {
    const { checker, seen } = checkerWith({ judge: trap });
    const verdict = await checker.check(DRAFT, CONTEXT);
    assert.deepEqual(verdict, unchecked('engine-failed'));
    assert.ok(!JSON.stringify(verdict).includes(DRAFT));
    assert.equal(seen.starts, 2);
  });

  it('stops starting engines after three failures, and tries again a minute later', async () => {
    let isBroken = true;
    const { checker, seen } = checkerWith({ judge: () => (isBroken ? trap() : CLEAN) });
    for (let draft = 0; draft < 10; draft += 1) {
      assert.equal((await checker.check('a', CONTEXT)).outcome, 'unchecked');
    }
    assert.equal(seen.starts, 3);
    assert.deepEqual(await checker.describe(), { bundle: null, problem: ERROR.ENGINE_FAILED });
    isBroken = false;
    seen.time += 60_001;
    assert.deepEqual(await checker.check('a', CONTEXT), CLEAN);
    assert.equal((await checker.describe()).problem, '');
  });

  it('does not stay down when the clock is set back', async () => {
    let isBroken = true;
    const { checker, seen } = checkerWith({ judge: () => (isBroken ? trap() : CLEAN) });
    await checker.check('a', CONTEXT);
    await checker.check('a', CONTEXT);
    isBroken = false;
    seen.time -= 3_600_000;
    assert.deepEqual(await checker.check('a', CONTEXT), CLEAN);
  });

  it('lets drafts that wait together with one that traps be judged by the next engine', async () => {
    const { checker, seen } = checkerWith({ judge: (call) => (call === 1 ? trap() : CLEAN) });
    const verdicts = await Promise.all(['a', 'b', 'c'].map((text) => checker.check(text, CONTEXT)));
    assert.deepEqual(verdicts, [CLEAN, CLEAN, CLEAN]);
    assert.equal(seen.starts, 2);
  });

  it('names the error when engine.wasm is no engine, and recovers when it is one again', async () => {
    const { checker } = checkerWith({
      onStart: (start) => {
        if (start === 1) throw new BreathError(ERROR.ENGINE_LOAD, 'bad module');
      },
    });
    assert.equal(await checker.warm(), false);
    assert.equal(await checker.warm(), true);
  });

  it('names the error of a refused bundle and checks nothing when there is no other', async () => {
    const { checker } = checkerWith({
      onLoad: () => {
        throw new BreathError('bundle.duplicate-key', 'twice', '/rules/0');
      },
    });
    assert.deepEqual(await checker.describe(), { bundle: null, problem: 'bundle.duplicate-key' });
    assert.deepEqual(await checker.check('a', CONTEXT), unchecked('engine-failed'));
  });

  for (const { name, refuse, id } of [
    {
      name: 'is refused',
      refuse: () => {
        throw new BreathError('bundle.json', 'cut off');
      },
      id: 'bundle.json',
    },
    { name: 'makes the engine trap', refuse: trap, id: ERROR.ENGINE_FAILED },
  ]) {
    it(`keeps the built-in bundle when the preferred one ${name}, on an engine of its own`, async () => {
      const { checker, seen } = checkerWith({
        bundleFiles: ['company.bundle.json', 'default.bundle.json'],
        onLoad: (bytes) => {
          if (new TextDecoder().decode(bytes).startsWith('company')) refuse();
        },
      });
      const { bundle, problem } = await checker.describe();
      assert.equal(bundle?.name, 'default.bundle.json');
      assert.equal(problem, id);
      assert.equal(seen.starts, 2);
      assert.deepEqual(await checker.check('a', CONTEXT), CLEAN);
    });
  }
});

describe('the reader of package files', () => {
  it('gives the bytes', async () => {
    const read = createPackageReader(
      (path) => `root/${path}`,
      async (address) => new Response(String(address)),
    );
    assert.equal(new TextDecoder().decode(await read('a')), 'root/a');
  });

  for (const { name, fetchFile } of [
    { name: 'an absent file', fetchFile: async () => new Response('', { status: 404 }) },
    {
      name: 'a fetch that fails',
      fetchFile: async () => {
        throw new TypeError('Failed to fetch');
      },
    },
  ]) {
    it(`names ${name}`, async () => {
      const read = createPackageReader((path) => path, fetchFile);
      await assert.rejects(read('engine.wasm'), {
        id: ERROR.PACKAGE_FILE,
        message: /engine\.wasm/,
      });
    });
  }
});

describe('named errors', () => {
  for (const { thrown, id } of [
    { thrown: new BreathError('bundle.json', 'no'), id: 'bundle.json' },
    { thrown: new Error('no'), id: ERROR.INTERNAL },
    { thrown: null, id: ERROR.INTERNAL },
    { thrown: { id: 5 }, id: ERROR.INTERNAL },
  ]) {
    it(`give ${id} for ${thrown}`, () => assert.equal(errorId(thrown), id));
  }
});
