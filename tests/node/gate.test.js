// SPDX-License-Identifier: Apache-2.0
// What lets a press through, holds it, or makes it again: the gate with a stand-in page and clock.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ECHO_MS, Gate, ONCE_MORE_MS, PASS_MS } from '../../extension/content/gate.js';
import { CLEAN, found, notChecked } from './sample-verdicts.js';

/** @import { Verdict } from '../../extension/shared/types.js' */
/** @typedef {{ composer: string }} Press */

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
