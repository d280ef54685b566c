// SPDX-License-Identifier: Apache-2.0
// Who may ask the background what, and that no answer carries a word of a draft. The checker behind it has a stand-in
// engine.
// Tested by: itself
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unchecked } from '../../extension/background/checker.js';
import { createRouter } from '../../extension/background/router.js';
import { ERROR } from '../../extension/shared/errors.js';
import { parseRequest } from '../../extension/shared/protocol.js';
import { CLEAN, CONTEXT, checkerWith, DRAFT } from './stand-in-checker.js';

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
