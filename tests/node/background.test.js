// SPDX-License-Identifier: Apache-2.0
// Tests of the checker and the router with a stand-in engine and clock: what a failing engine or a bad bundle leads to, and who
// may ask what. The real engine is tested by engine.test.js, the real browser by tests/browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createChecker, unchecked } from '../../extension/background/checker.js';
import { createPackageReader } from '../../extension/background/package-files.js';
import { createRouter } from '../../extension/background/router.js';
import { BreathError, ERROR, errorId } from '../../extension/shared/errors.js';
import { parseRequest } from '../../extension/shared/protocol.js';

/** @import { DraftContext, Verdict } from '../../extension/shared/types.js' */

/** @type {DraftContext} */
const CONTEXT = { site: 'x', surface: 'post', audience: 'external' };
/** @type {Verdict} */
const CLEAN = { outcome: 'clean', findings: [], unchecked: [] };
const DRAFT = 'a draft that must not leak';
const RULES = /** @type {any} */ ({ name: 'Built in', version: 3, rules: [{}, {}] });

/**
 * A checker over a stand-in engine.
 * @param {object} [plan]
 * @param {(call: number, context: DraftContext) => Verdict} [plan.judge] given the number of the check over all engines
 * @param {(start: number) => void} [plan.onStart] may throw
 * @param {(bytes: Uint8Array) => void} [plan.onLoad] may throw
 * @param {string[]} [plan.bundleFiles]
 * @param {Map<string, Uint8Array>} [plan.kept] images of earlier starts, by the name of their bundle file in hexadecimal
 * @param {(image: Uint8Array) => void} [plan.onImage] may throw
 */
function checkerWith({
  judge = () => CLEAN,
  onStart,
  onLoad,
  bundleFiles = ['default.bundle.json'],
  kept = new Map(),
  onImage,
} = {}) {
  const seen = {
    starts: 0,
    loads: 0,
    checks: 0,
    files: /** @type {string[]} */ ([]),
    time: 1_000_000,
  };
  const checker = createChecker({
    readPackageFile: async (path) => {
      seen.files.push(path);
      return new TextEncoder().encode(path);
    },
    loadEngine: async () => {
      seen.starts += 1;
      onStart?.(seen.starts);
      /** @param {Uint8Array} bytes */
      const ruleSet = (bytes) => ({
        description: { ...RULES, name: new TextDecoder().decode(bytes) },
        check: (/** @type {string} */ _text, /** @type {DraftContext} */ context) => {
          seen.checks += 1;
          return judge(seen.checks, context);
        },
        save: () => bytes,
        unload: () => {},
      });
      return {
        load: (bytes) => {
          seen.loads += 1;
          onLoad?.(bytes);
          return ruleSet(bytes);
        },
        loadImage: (image) => {
          onImage?.(image);
          return ruleSet(image);
        },
      };
    },
    images: {
      read: async (key) => kept.get(key) ?? null,
      write: async (key, image) => void kept.set(key, image),
      forget: async () => kept.clear(),
    },
    digest: async (bytes) => bytes,
    bundleFiles,
    languages: ['en'],
    now: () => seen.time,
  });
  return { checker, seen };
}

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

const SELF = { id: 'us', root: 'extension://us/', version: '1.2.3' };
const FROM_POPUP = { id: 'us', url: 'extension://us/pages/popup/popup.html' };
const FROM_PAGE = { id: 'us', url: 'https://x.com/home', tab: /** @type {any} */ ({ id: 1 }) };

/** @param {Record<string, unknown>} [changes] */
function routerWith(changes = {}) {
  /** @type {unknown[][]} */
  const calls = [];
  let pausedUntil = 0;
  /** @param {string} name */
  const record =
    (name) =>
    /** @param {unknown[]} args */
    async (...args) => {
      calls.push([name, ...args]);
    };
  const needs = {
    checker: checkerWith().checker,
    settings: {
      pausedUntil: async () => pausedUntil,
      /** @param {number} until */
      pause: async (until) => {
        pausedUntil = until;
      },
    },
    watchedOrigins: { watch: record('watch'), unwatch: record('unwatch') },
    toolbar: { show: record('show') },
    pageStatus: async () => /** @type {any} */ ({ host: 'x.com' }),
    self: SELF,
    ...changes,
  };
  return { route: createRouter(/** @type {any} */ (needs)), calls };
}

const REQUESTS = /** @type {const} */ ([
  { request: { kind: 'warm' }, answer: 'warm', isForPages: true },
  {
    request: { kind: 'check', text: DRAFT, context: CONTEXT },
    answer: 'verdict',
    isForPages: true,
  },
  { request: { kind: 'status' }, answer: 'status', isForPages: false },
  { request: { kind: 'status', tabId: 4 }, answer: 'status', isForPages: false },
  { request: { kind: 'pause', until: 0 }, answer: 'done', isForPages: false },
  {
    request: { kind: 'watch-origin', origin: 'https://a.example/*' },
    answer: 'done',
    isForPages: false,
  },
  {
    request: { kind: 'unwatch-origin', origin: 'https://a.example/*' },
    answer: 'done',
    isForPages: false,
  },
]);

describe('the router', () => {
  for (const { request, answer, isForPages } of REQUESTS) {
    const name = JSON.stringify(request);
    it(`answers ${name} to our own pages`, async () => {
      assert.equal((await routerWith().route(request, FROM_POPUP)).kind, answer);
    });
    it(`${isForPages ? 'answers' : 'refuses'} ${name} from a content script`, async () => {
      const { route, calls } = routerWith();
      const response = await route(request, FROM_PAGE);
      if (isForPages) assert.equal(response.kind, answer);
      else assert.deepEqual(response, { kind: 'error', id: ERROR.NOT_ALLOWED });
      assert.deepEqual(calls, []);
    });
    it(`refuses ${name} from another extension, whatever address it claims`, async () => {
      const response = await routerWith().route(request, { ...FROM_POPUP, id: 'them' });
      assert.deepEqual(response, { kind: 'error', id: ERROR.NOT_ALLOWED });
    });
  }

  it('takes a page whose address only begins like ours for a page', async () => {
    const sender = { ...FROM_PAGE, url: 'https://evil.example/?extension://us/' };
    const response = await routerWith().route({ kind: 'pause', until: 0 }, sender);
    assert.deepEqual(response, { kind: 'error', id: ERROR.NOT_ALLOWED });
  });

  for (const message of [
    null,
    undefined,
    0,
    'check',
    [],
    {},
    { kind: 'nonsense' },
    { kind: '__proto__' },
    { kind: 'check' },
    { kind: 'check', text: 5, context: CONTEXT },
    { kind: 'check', text: 'a', context: null },
    { kind: 'check', text: 'a', context: { ...CONTEXT, surface: 'elsewhere' } },
    { kind: 'check', text: 'a', context: { ...CONTEXT, audience: 'all' } },
    { kind: 'check', text: 'a', context: { ...CONTEXT, site: 'x\naudience=internal' } },
    { kind: 'check', text: 'a', context: { ...CONTEXT, at: Number.NaN } },
    { kind: 'check', text: 'a', context: { ...CONTEXT, reply: 'yes' } },
    { kind: 'pause', until: -1 },
    { kind: 'pause', until: '0' },
    { kind: 'pause', until: Number.POSITIVE_INFINITY },
    { kind: 'status', tabId: 'a' },
    { kind: 'watch-origin', origin: 'https://*/*' },
    { kind: 'watch-origin', origin: '<all_urls>' },
    { kind: 'watch-origin', origin: 'file:///*' },
    { kind: 'watch-origin' },
  ]) {
    it(`answers ${JSON.stringify(message) ?? 'undefined'} with an error and does not throw`, async () => {
      const { route, calls } = routerWith();
      assert.deepEqual(await route(message, FROM_POPUP), { kind: 'error', id: ERROR.BAD_REQUEST });
      assert.deepEqual(calls, []);
    });
  }

  it('drops members that nobody declared and a language that is none', () => {
    const request = parseRequest({
      kind: 'check',
      text: 'a',
      context: { ...CONTEXT, origin: 'https://evil.example', lang: 'en; drop' },
      origin: 'https://evil.example',
    });
    assert.deepEqual(request, { kind: 'check', text: 'a', context: CONTEXT });
  });

  it('answers unchecked with the reason while paused, and checks again after the pause', async () => {
    const { route, calls } = routerWith();
    const check = { kind: 'check', text: 'a', context: CONTEXT };
    await route({ kind: 'pause', until: 5_000 }, FROM_POPUP);
    assert.deepEqual(calls, [['show', 5_000]]);
    assert.deepEqual(await route(check, FROM_PAGE), {
      kind: 'verdict',
      verdict: unchecked('paused'),
    });
    await route({ kind: 'pause', until: 0 }, FROM_POPUP);
    assert.deepEqual(await route(check, FROM_PAGE), { kind: 'verdict', verdict: CLEAN });
  });

  it('reports bundle, problem, pause, version and page', async () => {
    const response = await routerWith().route({ kind: 'status', tabId: 4 }, FROM_POPUP);
    assert.deepEqual(response, {
      kind: 'status',
      status: {
        bundle: { name: 'default.bundle.json', version: 3, rules: 2 },
        problem: '',
        pausedUntil: 0,
        version: '1.2.3',
        page: { host: 'x.com' },
      },
    });
  });

  it('turns a fault of a part into a named error without its words', async () => {
    const { route } = routerWith({
      watchedOrigins: {
        watch: async () => {
          throw new Error(DRAFT);
        },
      },
    });
    const response = await route(
      { kind: 'watch-origin', origin: 'https://a.example/*' },
      FROM_POPUP,
    );
    assert.deepEqual(response, { kind: 'error', id: ERROR.INTERNAL });
  });
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
