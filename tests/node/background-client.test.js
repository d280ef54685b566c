// SPDX-License-Identifier: Apache-2.0
// How a page asks the background, with a stand-in background and clock: no answer and a bad one are never clean.
// Tested by: itself
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  BackgroundClient,
  COLD_DEADLINE_MS,
  STOPPED_DEADLINE_MS,
  WARM_DEADLINE_MS,
} from '../../extension/content/background-client.js';
import { CLEAN, notChecked } from './sample-verdicts.js';

/** @import { DraftContext, Verdict } from '../../extension/shared/types.js' */

/** Lets everything that waits on nothing but promises happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the client of the background', () => {
  /** @type {DraftContext} */
  const context = { site: 'x', surface: 'post', audience: 'external' };

  /** A background and a clock that moves when told. */
  function bench(/** @type {(message: any) => unknown} */ answer) {
    /** @type {{ at: number, callback: () => void }[]} */
    let timers = [];
    let time = 0;
    const heard = /** @type {string[]} */ ([]);
    const known = /** @type {string[]} */ ([]);
    const ports = /** @type {(() => void)[]} */ ([]);
    /** @type {{ id?: string }} */
    const identity = { id: 'us' };
    const client = new BackgroundClient({
      runtime: () => ({
        ...identity,
        async sendMessage(message) {
          heard.push(/** @type {any} */ (message).kind);
          return answer(message);
        },
        connect: () => ({ onDisconnect: { addListener: (callback) => void ports.push(callback) } }),
      }),
      now: () => time,
      later: (callback, ms) => timers.push({ at: time + ms, callback }),
      onVerdict: (text) => known.push(text),
    });
    return {
      client,
      heard,
      known,
      ports,
      orphan: () => delete identity.id,
      async pass(/** @type {number} */ ms) {
        time += ms;
        await settled();
        const due = timers.filter(({ at }) => at <= time);
        timers = timers.filter(({ at }) => at > time);
        for (const { callback } of due) callback();
        await settled();
      },
    };
  }
  const verdict = (/** @type {Verdict} */ given) => ({ kind: 'verdict', verdict: given });
  const reasonOf = (/** @type {Verdict} */ given) => given.unchecked[0]?.reason;

  it('hands on a verdict and remembers it', async () => {
    const { client, known } = bench(() => verdict(CLEAN));
    assert.deepEqual(await client.check('hello', context, 'post'), CLEAN);
    assert.deepEqual(known, ['hello']);
  });

  for (const { name, answer, reason } of [
    { name: 'no answer', answer: undefined, reason: 'engine-unreachable' },
    { name: 'an error', answer: { kind: 'error', id: 'engine.load' }, reason: 'engine-failed' },
    { name: 'nonsense', answer: 42, reason: 'engine-failed' },
    { name: 'an empty verdict', answer: { verdict: {} }, reason: 'engine-failed' },
    {
      name: 'a clean verdict that names unjudged rules',
      answer: verdict({ ...notChecked('out-of-memory'), outcome: 'clean' }),
      reason: 'engine-failed',
    },
    {
      name: 'findings without any',
      answer: verdict({ ...CLEAN, outcome: 'findings' }),
      reason: 'engine-failed',
    },
  ]) {
    it(`takes ${name} for unchecked, never for clean`, async () => {
      const { client, known } = bench(() => answer);
      const given = await client.check('hello', context, 'post');
      assert.equal(given.outcome, 'unchecked');
      assert.equal(reasonOf(given), reason);
      assert.deepEqual(known, []);
    });
  }

  it('asks a second time when the background was stopped with the question in its hands', async () => {
    let times = 0;
    const { client } = bench(() => {
      if (times++ === 0) throw new Error('The message port closed before a response was received.');
      return verdict(CLEAN);
    });
    assert.equal((await client.check('hello', context, 'post')).outcome, 'clean');
  });

  it('says that nobody listens, or that the page must be reloaded', async () => {
    const { client, orphan } = bench(() => {
      throw new Error('Receiving end does not exist.');
    });
    assert.equal(reasonOf(await client.check('a', context, 'post')), 'engine-unreachable');
    orphan();
    assert.equal(reasonOf(await client.check('b', context, 'post')), 'reload-page');
    assert.equal(client.isAlive(), false);
  });

  it('asks once for the same draft at the same time', async () => {
    const { client, heard } = bench(() => verdict(CLEAN));
    await Promise.all([
      client.check('hello', context, 'typing'),
      client.check('hello', context, 'post'),
    ]);
    assert.deepEqual(heard, ['check']);
  });

  it('gives a cold background the time of a start, a warm one a moment', async () => {
    let silent = true;
    const { client, pass } = bench(() => (silent ? new Promise(() => undefined) : verdict(CLEAN)));
    for (const deadline of [COLD_DEADLINE_MS, WARM_DEADLINE_MS]) {
      let given = '';
      client.check(`draft ${deadline}`, context, 'post').then((late) => {
        given = reasonOf(late) ?? '';
      });
      await pass(deadline - 1);
      assert.equal(given, '');
      await pass(1);
      assert.equal(given, 'engine-late');
      silent = false;
      await client.check('warm', context, 'typing');
      silent = true;
    }
  });

  it('takes the end of its port for a stopped background', async () => {
    let silent = false;
    const { client, pass, ports } = bench(() =>
      silent ? new Promise(() => undefined) : verdict(CLEAN),
    );
    await client.check('hello', context, 'typing');
    silent = true;
    await pass(5000);
    let given = '';
    client.check('more', context, 'post').then((late) => {
      given = reasonOf(late) ?? '';
    });
    ports[0]?.();
    await pass(WARM_DEADLINE_MS);
    assert.equal(given, '', 'it may be starting');
    await pass(STOPPED_DEADLINE_MS - WARM_DEADLINE_MS);
    assert.equal(given, 'engine-late');
  });

  it('remembers a verdict that came too late for the post', async () => {
    /** @type {(value: unknown) => void} */
    let respond = () => undefined;
    const { client, pass, known } = bench(
      () =>
        new Promise((resolve) => {
          respond = resolve;
        }),
    );
    const late = client.check('hello', context, 'post');
    await pass(COLD_DEADLINE_MS);
    assert.equal(reasonOf(await late), 'engine-late');
    respond(verdict(CLEAN));
    await settled();
    assert.deepEqual(known, ['hello']);
  });
});
