// SPDX-License-Identifier: Apache-2.0
// What lets a press through, holds it, or makes it again: the gate with a stand-in page and clock, the client with a
// stand-in background, the memory of verdicts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  BackgroundClient,
  COLD_DEADLINE_MS,
  STOPPED_DEADLINE_MS,
  WARM_DEADLINE_MS,
} from '../../extension/content/background-client.js';
import { ECHO_MS, Gate, ONCE_MORE_MS, PASS_MS } from '../../extension/content/gate.js';
import { FRESH_MS, VerdictCache } from '../../extension/content/verdict-cache.js';

/** @import { DraftContext, Severity, UncheckedReason, Verdict } from '../../extension/shared/types.js' */
/** @typedef {{ composer: string }} Press */

/** @type {Verdict} */
const CLEAN = { outcome: 'clean', findings: [], unchecked: [] };

/** @param {Severity} severity @returns {Verdict} */
function found(severity) {
  const finding = { rule: 'legal.results', severity, spans: [], title: '', owner: 'Legal' };
  const say = { notice: '', why: '', instead: '', ask: '', guideline: { title: '', url: '' } };
  return { outcome: 'findings', findings: [{ ...finding, ...say }], unchecked: [] };
}

/** @param {UncheckedReason} reason @returns {Verdict} */
function notChecked(reason) {
  return { outcome: 'unchecked', findings: [], unchecked: [{ rule: '*', reason }] };
}

/** Lets everything that waits on nothing but promises happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A page with one draft per composer, a person who answers, and a clock. */
class Bench {
  /** @type {Record<string, string>} */
  drafts = { box: 'our results are great' };
  /** @type {Set<string>} */
  fine = new Set();
  /** @type {Set<string>} */
  gone = new Set();
  /** @type {(text: string) => Promise<Verdict>} */
  verdict = async (text) => (text.includes('results') ? found('pause') : CLEAN);
  /** @type {(text: string) => Promise<'keep' | 'post'>} */
  answer = async () => 'keep';
  /** @type {() => Promise<boolean>} */
  sent = async () => true;
  /** @type {(press: Press) => boolean} What the page does when its control is pressed. */
  onPress = () => true;
  /** @type {() => Promise<void>} */
  settle = async () => undefined;
  /** @type {string[]} */
  log = [];
  time = 1000;

  gate = new Gate(
    /** @type {import('../../extension/content/gate.js').GatePorts<Press>} */ ({
      read: ({ composer }) => this.drafts[composer] ?? '',
      isSameComposer: (a, b) => a.composer === b.composer,
      find: (press) => (this.gone.has(press.composer) ? null : { ...press }),
      isKnownFine: (_press, text) => this.fine.has(text),
      check: (_press, text, occasion) => {
        this.log.push(`${occasion}: ${text}`);
        return this.verdict(text);
      },
      needsAsking: (_text, verdict) => verdict.findings.some(({ severity }) => severity !== 'note'),
      ask: (_press, text) => {
        this.log.push(`ask: ${text}`);
        return this.answer(text);
      },
      settle: () => this.settle(),
      press: (press) => {
        this.log.push('press');
        return this.onPress(press);
      },
      isSent: () => this.sent(),
      say: (notice) => this.log.push(`say: ${'reason' in notice ? notice.reason : notice.kind}`),
      now: () => this.time,
    }),
  );

  /**
   * @param {import('../../extension/content/gate.js').Happening} happening
   * @param {{ trusted?: boolean, composer?: string }} [how]
   */
  judge(happening, { trusted = true, composer = 'box' } = {}) {
    return this.gate.judge({ composer }, happening, trusted);
  }

  presses() {
    return this.log.filter((line) => line === 'press').length;
  }
}

describe('the gate', () => {
  for (const text of ['', '   ', '\n\t\n']) {
    it(`lets ${JSON.stringify(text)} pass without a check`, () => {
      const bench = new Bench();
      bench.drafts.box = text;
      for (const happening of /** @type {const} */ (['press', 'click', 'keydown', 'submit'])) {
        assert.equal(bench.judge(happening), 'pass');
      }
      assert.deepEqual(bench.log, []);
    });
  }

  it('lets a draft known to be fine pass untouched, again and again', () => {
    const bench = new Bench();
    bench.fine.add('our results are great');
    assert.equal(bench.judge('press'), 'pass');
    assert.equal(bench.judge('click'), 'pass');
    assert.equal(bench.judge('click'), 'pass');
    assert.deepEqual(bench.log, []);
  });

  it('hides the beginning of a press and uses the time to check', async () => {
    const bench = new Bench();
    assert.equal(bench.judge('press'), 'hold');
    await settled();
    assert.deepEqual(bench.log, ['typing: our results are great']);
  });

  it('releases an unknown draft that turns out fine, once', async () => {
    const bench = new Bench();
    bench.drafts.box = 'hello';
    assert.equal(bench.judge('click'), 'hold');
    await settled();
    assert.deepEqual(bench.log, ['post: hello', 'press']);
  });

  it('asks about a finding, and posts nothing when the person keeps editing', async () => {
    const bench = new Bench();
    assert.equal(bench.judge('click'), 'hold');
    await settled();
    assert.deepEqual(bench.log, ['post: our results are great', 'ask: our results are great']);
  });

  it('posts once when the person says so, and the events of that press pass', async () => {
    const bench = new Bench();
    bench.answer = async () => 'post';
    /** @type {string[]} */
    const judged = [];
    bench.onPress = () => {
      for (const happening of /** @type {const} */ (['press', 'click', 'submit'])) {
        judged.push(bench.judge(happening, { trusted: happening === 'submit' }));
      }
      return true;
    };
    bench.judge('click');
    await settled();
    assert.deepEqual(judged, ['pass', 'pass', 'pass']);
    assert.equal(bench.presses(), 1);
  });

  for (const { name, verdict, says } of [
    { name: 'notes only', verdict: found('note'), says: [] },
    { name: 'a late engine', verdict: notChecked('engine-late'), says: ['say: engine-late'] },
    { name: 'a pause', verdict: notChecked('paused'), says: ['say: paused'] },
    { name: 'an orphaned page', verdict: notChecked('reload-page'), says: ['say: reload-page'] },
  ]) {
    it(`releases on ${name}${says.length > 0 ? ' and says so' : ''}`, async () => {
      const bench = new Bench();
      bench.verdict = async () => verdict;
      bench.judge('submit');
      await settled();
      assert.deepEqual(bench.log.slice(1), [...says, 'press']);
    });
  }

  it('holds further presses of the same composer while it checks and asks', async () => {
    const bench = new Bench();
    bench.answer = () => new Promise(() => undefined);
    bench.judge('click');
    for (const happening of /** @type {const} */ (['press', 'click', 'keydown', 'submit'])) {
      assert.equal(bench.judge(happening), 'hold');
    }
    await settled();
    assert.equal(bench.judge('click', { trusted: false }), 'hold');
    assert.equal(bench.log.filter((line) => line.startsWith('ask')).length, 1);
    assert.equal(bench.presses(), 0);
  });

  it('checks another composer on its own', async () => {
    const bench = new Bench();
    bench.drafts.other = 'good morning';
    bench.answer = () => new Promise(() => undefined);
    bench.judge('click');
    bench.judge('click', { composer: 'other' });
    await settled();
    assert.equal(bench.presses(), 1);
  });

  it('checks again when the text changed while it was checked', async () => {
    const bench = new Bench();
    bench.verdict = async (text) => {
      bench.drafts.box = 'hello there';
      return text.includes('results') ? found('pause') : CLEAN;
    };
    bench.judge('click');
    await settled();
    assert.deepEqual(bench.log, ['post: our results are great', 'post: hello there', 'press']);
  });

  it('does not post a text other than the one agreed to, even a fine one', async () => {
    const bench = new Bench();
    bench.answer = async () => {
      bench.drafts.box = 'something else';
      return 'post';
    };
    bench.judge('click');
    await settled();
    assert.equal(bench.presses(), 0);
    assert.equal(bench.log.at(-1), 'say: changed');
  });

  it('asks anew about the text that took the place of the one agreed to', async () => {
    const bench = new Bench();
    let asked = 0;
    bench.answer = async () => {
      if (asked++ === 0) bench.drafts.box = 'other results';
      return 'post';
    };
    bench.judge('click');
    await settled();
    assert.deepEqual(
      bench.log.filter((line) => line.startsWith('ask')),
      ['ask: our results are great', 'ask: other results'],
    );
    assert.equal(bench.presses(), 1);
  });

  it('does not post what changed while the site settled', async () => {
    const bench = new Bench();
    bench.answer = async () => 'post';
    bench.settle = async () => {
      bench.drafts.box = 'more results';
      bench.answer = async () => 'keep';
    };
    bench.judge('click');
    await settled();
    assert.equal(bench.presses(), 0);
  });

  it('does nothing more when the composer is gone or empty by then', async () => {
    for (const leave of [
      (/** @type {Bench} */ bench) => bench.gone.add('box'),
      (/** @type {Bench} */ bench) => {
        bench.drafts.box = '';
      },
    ]) {
      const bench = new Bench();
      bench.verdict = async () => {
        leave(bench);
        return CLEAN;
      };
      bench.judge('click');
      await settled();
      assert.equal(bench.presses(), 0);
    }
  });

  it('lets a text that never stands still go, unchecked, and says so', async () => {
    const bench = new Bench();
    let version = 0;
    bench.verdict = async () => {
      bench.drafts.box = `draft ${version++}`;
      return CLEAN;
    };
    bench.judge('click');
    await settled();
    assert.deepEqual(bench.log.slice(-2), ['say: engine-late', 'press']);
  });

  describe('after a release', () => {
    /** @param {() => Promise<boolean>} sent */
    async function released(sent) {
      const bench = new Bench();
      bench.answer = async () => 'post';
      bench.sent = sent;
      bench.onPress = () => bench.judge('click', { trusted: false }) === 'pass';
      bench.judge('click');
      await settled();
      assert.equal(bench.presses(), 1);
      return bench;
    }
    const waiting = () => new Promise(() => undefined);

    it('holds the second half of a double click', async () => {
      const bench = await released(/** @type {any} */ (waiting));
      bench.time += 200;
      assert.equal(bench.judge('press'), 'hold');
      assert.equal(bench.judge('click'), 'hold');
    });

    it('lets the person press again when nothing seems to happen', async () => {
      const bench = await released(/** @type {any} */ (waiting));
      bench.time += ECHO_MS;
      assert.equal(bench.judge('press'), 'pass');
      assert.equal(bench.judge('click'), 'pass');
    });

    it('gives the page one click by its pass, and no second', async () => {
      const bench = await released(/** @type {any} */ (waiting));
      assert.equal(bench.judge('click', { trusted: false }), 'hold');
      bench.time += PASS_MS;
      assert.equal(bench.judge('click', { trusted: false }), 'hold');
      await settled();
      assert.equal(bench.log.filter((line) => line.startsWith('ask')).length, 2);
    });

    it('lets the submit event of a slow handler pass, once', async () => {
      const bench = await released(/** @type {any} */ (waiting));
      bench.time += PASS_MS - 1;
      assert.equal(bench.judge('submit'), 'pass');
    });

    it('keeps the pass from another composer and another text', async () => {
      const bench = await released(/** @type {any} */ (waiting));
      bench.drafts.other = 'our results are great';
      assert.equal(bench.judge('submit', { composer: 'other' }), 'hold');
      bench.drafts.box = 'our results are better';
      assert.equal(bench.judge('submit'), 'hold');
    });

    it('asks again for the same text in a new draft', async () => {
      const bench = await released(async () => true);
      assert.equal(bench.judge('click'), 'hold');
      await settled();
      assert.equal(bench.log.filter((line) => line.startsWith('ask')).length, 2);
    });

    it('says "once more" when the composer did not move, and lets that press through', async () => {
      const bench = await released(async () => false);
      assert.equal(bench.log.at(-1), 'say: once-more');
      assert.equal(bench.judge('press'), 'pass');
      assert.equal(bench.judge('click'), 'pass');
      assert.equal(bench.judge('click', { trusted: false }), 'hold');
      bench.time += ONCE_MORE_MS;
      assert.equal(bench.judge('click'), 'hold');
    });

    it('takes a submit event it saw for a post, whatever stays in the fields', async () => {
      const bench = new Bench();
      bench.answer = async () => 'post';
      bench.sent = async () => assert.fail('nothing to wait for');
      bench.onPress = () => bench.judge('submit') === 'pass';
      bench.judge('submit');
      await settled();
      assert.equal(bench.presses(), 1);
      assert.ok(!bench.log.some((line) => line.startsWith('say')));
    });
  });

  it('says "once more" when there is nothing to press', async () => {
    const bench = new Bench();
    bench.drafts.box = 'hello';
    bench.onPress = () => false;
    bench.judge('keydown');
    await settled();
    assert.equal(bench.log.at(-1), 'say: once-more');
    assert.equal(bench.judge('keydown'), 'pass');
  });

  for (const port of /** @type {const} */ (['verdict', 'answer', 'settle'])) {
    it(`lets the post go once, and says so, when ${port} fails`, async () => {
      const bench = new Bench();
      bench.answer = async () => 'post';
      bench[port] = async () => {
        throw new Error('a fault of ours');
      };
      bench.judge('click');
      await settled();
      assert.equal(bench.presses(), 1);
      assert.ok(bench.log.includes('say: engine-failed'));
    });
  }

  it('never presses twice when the fault comes after the press', async () => {
    const bench = new Bench();
    bench.drafts.box = 'hello';
    bench.sent = async () => {
      throw new Error('a fault of ours');
    };
    bench.judge('click');
    await settled();
    assert.equal(bench.presses(), 1);
  });
});

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

describe('the memory of verdicts', () => {
  /** @type {DraftContext} */
  const context = { site: 'x', surface: 'post', audience: 'external' };
  /** @type {DraftContext} */
  const elsewhere = { ...context, surface: 'reply' };

  it('answers for the exact text in the exact place', () => {
    const cache = new VerdictCache(() => 0);
    cache.put('hello', context, CLEAN);
    assert.equal(cache.get('hello', context), CLEAN);
    assert.equal(cache.get('hello ', context), null);
    assert.equal(cache.get('hello', elsewhere), null);
  });

  it('keeps nothing that was not checked, and forgets what was known before', () => {
    const cache = new VerdictCache(() => 0);
    cache.put('hello', context, CLEAN);
    cache.put('hello', context, notChecked('paused'));
    assert.equal(cache.get('hello', context), null);
  });

  it('forgets with time, also when the clock was set back', () => {
    let time = 1000;
    const cache = new VerdictCache(() => time);
    cache.put('hello', context, CLEAN);
    time += FRESH_MS;
    assert.equal(cache.get('hello', context), null);
    time = 0;
    assert.equal(cache.get('hello', context), null);
  });

  it('holds no text for longer than its answer is good', () => {
    let time = 0;
    /** @type {{ callback: () => void, at: number }[]} */
    const timers = [];
    const cache = new VerdictCache(
      () => time,
      (callback, ms) => timers.push({ callback, at: time + ms }),
    );
    cache.put('first', context, CLEAN);
    time = 1000;
    cache.put('second', context, CLEAN);
    assert.equal(timers.length, 1, 'one timer at a time');
    while (timers.length > 0) {
      const timer = timers.shift();
      time = timer?.at ?? 0;
      timer?.callback();
      assert.equal(cache.entries.size, timers.length, `${time} ms`);
    }
    assert.deepEqual([time, cache.entries.size, cache.characters], [1000 + FRESH_MS, 0, 0]);
  });

  it('forgets a draft that was posted in every context, and no other', () => {
    const cache = new VerdictCache(() => 0);
    const others = ['hello\nworld', 'world hello', 'wor\nld', ''];
    for (const text of ['world', ...others]) cache.put(text, context, CLEAN);
    cache.put('world', elsewhere, CLEAN);
    cache.forgetDraft('world');
    assert.equal(cache.get('world', context), null);
    assert.equal(cache.get('world', elsewhere), null);
    for (const text of others) assert.equal(cache.get(text, context), CLEAN, text);
    for (const text of others) cache.forgetDraft(text);
    assert.deepEqual([cache.entries.size, cache.characters], [0, 0]);
  });

  it('forgets everything when the page is left', () => {
    const cache = new VerdictCache(() => 0);
    cache.put('hello', context, CLEAN);
    cache.put('', context, CLEAN);
    cache.forgetAll();
    assert.deepEqual([cache.entries.size, cache.characters], [0, 0]);
    assert.equal(cache.get('hello', context), null);
  });

  it('holds few drafts and few characters', () => {
    const cache = new VerdictCache(() => 0);
    for (let index = 0; index < 100; index++) cache.put(`draft ${index}`, context, CLEAN);
    assert.ok(cache.entries.size <= 40);
    assert.equal(cache.get('draft 99', context), CLEAN);
    for (const letter of 'abcdef') cache.put(letter.repeat(1_000_000), context, CLEAN);
    assert.ok(cache.characters <= 4_000_000);
    cache.put('x'.repeat(5_000_000), context, CLEAN);
    assert.equal(cache.get('x'.repeat(5_000_000), context), null);
  });
});
