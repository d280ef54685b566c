// SPDX-License-Identifier: Apache-2.0
// What engine.js keeps from one check to the next: the words of a context that cannot change, and no word of a draft.
// Tested by: itself
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadEngine } from '../../extension/engine/engine.js';
import { top } from './cli-program.js';
import { oneRuleBundle } from './corpus-program.js';

/** @typedef {import('../../extension/shared/types.d.ts').DraftContext} DraftContext */

const wasm = readFileSync(join(top, 'build/wasm/engine.wasm'));
const AT = Date.UTC(2026, 10, 21);
/** @type {DraftContext} */
const POST = { site: 'x', surface: 'post', audience: 'external', at: AT };

/** An engine with a rule, and the memory that engine.js shows nobody. @param {object} [when] */
async function started(when) {
  const { instantiate } = WebAssembly;
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  Object.assign(WebAssembly, {
    instantiate: async (/** @type {BufferSource} */ bytes, /** @type {object} */ imports) => {
      const made = await instantiate(bytes, /** @type {WebAssembly.Imports} */ (imports));
      memory = /** @type {WebAssembly.Memory} */ (made.instance.exports.memory);
      return made;
    },
  });
  try {
    const ruleSet = (await loadEngine(wasm)).load(oneRuleBundle(when));
    assert.ok(memory);
    return { ruleSet, memory };
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}

describe('the memory of an engine', () => {
  const drafts = [
    { name: 'a clean draft', text: 'Nothing but Quuxly here.', outcome: 'clean' },
    {
      name: 'a draft with a finding',
      text: 'Quuxly at the zebra crossing. Quuxly.',
      outcome: 'findings',
    },
    {
      name: 'a draft that a kept room does not hold',
      text: `${'Quuxly '.repeat(20000)}zebra crossing`,
      outcome: 'findings',
    },
    {
      name: 'a draft that is too long to check',
      text: 'Quuxly '.repeat(700000),
      outcome: 'unchecked',
    },
  ];
  for (const { name, text, outcome } of drafts) {
    it(`holds no word of ${name} when the check is over`, async () => {
      const { ruleSet, memory } = await started();
      assert.equal(ruleSet.check(text, POST).outcome, outcome);
      const held = Buffer.from(memory.buffer);
      // As typed, and folded.
      for (const word of ['Quuxly', 'quuxly']) assert.equal(held.indexOf(word), -1, word);
      // The search itself finds what is there: the phrase of the rule.
      assert.notEqual(held.indexOf('zebra crossing'), -1);
    });
  }
});

describe('a draft that is checked state by state', () => {
  const WORDS = ['Quuxly', 'quuxly', 'zebras', 'Zebras'];
  /** @param {string} text */
  const states = (text) => [
    text,
    `${text} more`,
    `Zebras ${text} more`,
    text.replaceAll(' at', ' ät'),
    `${'Zebras äh, '.repeat(text.length / 8)}${text}`,
    text.slice(7),
  ];
  const long = `${'Quuxly at home. '.repeat(500)}zebra crossing`;
  /** @type {[string, (ruleSet: import('../../extension/engine/rule-set.js').RuleSet) => void][]} */
  const ends = [
    ['forget', (ruleSet) => ruleSet.forget()],
    ['a plain check', (ruleSet) => ruleSet.check('Nothing.', POST)],
    ['explain', (ruleSet) => ruleSet.explain('Nothing.', POST)],
    ['a draft that is too long', (ruleSet) => ruleSet.checkNext('x'.repeat(5_000_000), POST)],
    ['unload', (ruleSet) => ruleSet.unload()],
  ];
  for (const [name, end] of ends) {
    it(`leaves no word in memory after ${name}`, async () => {
      const { ruleSet, memory } = await started();
      for (const text of states(long)) {
        assert.deepEqual(ruleSet.checkNext(text, POST).outcome, 'findings');
      }
      assert.notEqual(Buffer.from(memory.buffer).indexOf('quuxly'), -1, 'it was kept at all');
      end(ruleSet);
      const held = Buffer.from(memory.buffer);
      for (const word of WORDS) assert.equal(held.indexOf(word), -1, word);
    });
  }

  it('gets the verdicts of plain checks', async () => {
    const [next, plain] = await Promise.all([started(), started()]);
    for (const text of states('At the zebra crossing. a zebra')) {
      assert.deepEqual(next.ruleSet.checkNext(text, POST), plain.ruleSet.check(text, POST));
    }
  });
});

describe('a context', () => {
  const when = { all: [{ words: ['zebra'] }, { context: { site: ['x'] } }] };

  it('is read anew for each draft when it can change', async () => {
    const { ruleSet } = await started(when);
    const context = { ...POST };
    assert.equal(ruleSet.check('a zebra', context).outcome, 'findings');
    context.site = 'other';
    assert.equal(ruleSet.check('a zebra', context).outcome, 'clean');
  });

  it('that is frozen stands for itself alone', async () => {
    const { ruleSet } = await started(when);
    const here = Object.freeze({ ...POST });
    const there = Object.freeze({ ...POST, site: 'other' });
    for (let turn = 0; turn < 3; turn += 1) {
      assert.equal(ruleSet.check('a zebra', here).outcome, 'findings');
      assert.equal(ruleSet.check('a zebra', there).outcome, 'clean');
    }
  });

  it('without a time is of the moment of each check, frozen or not', async (t) => {
    const { ruleSet } = await started(when);
    const { at, ...timeless } = POST;
    const context = Object.freeze(timeless);
    let asked = 0;
    t.mock.method(Date, 'now', () => {
      asked += 1;
      return at;
    });
    ruleSet.check('a zebra', context);
    ruleSet.check('a zebra', context);
    assert.equal(asked, 2);
  });
});
