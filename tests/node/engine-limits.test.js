// SPDX-License-Identifier: Apache-2.0
// Bundles as large as rules/FORMAT.md, section 5, allows: engine.wasm takes them within the memory it may have, keeps
// them as an image and answers from that. No time is tested.
// Tested by: itself
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadEngine } from '../../extension/engine/engine.js';
import { top } from './cli-program.js';

const wasm = readFileSync(join(top, 'build/wasm/engine.wasm'));
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_RULES = 20000;
const MOST_TERMS = 100000;
const AT = Date.UTC(2026, 10, 21);

/** @param {number} index @param {object} when */
const rule = (index, when) => ({
  id: `test.r${index}`,
  title: 'T',
  owner: 'Legal',
  purpose: 'So that nobody is surprised. '.repeat(10),
  guideline: { title: 'C 1', url: 'https://conduct.example/1' },
  audience: ['external'],
  severity: 'pause',
  reviewBy: '2027-06-30',
  when,
  say: { en: { notice: 'N.', why: 'W.', instead: 'I.' } },
  examples: { warn: ['a'], fine: ['b'] },
});

/** Rules of several kinds, the last one of a full list. */
function largestBundle() {
  const rules = Array.from({ length: MOST_RULES - 1 }, (_, i) =>
    rule(i, i % 2 === 0 ? { words: [`word${i}`, `stem${i}x*`] } : { pattern: `pattern${i}[a-z]?` }),
  );
  rules.push(rule(MOST_RULES - 1, { list: 'names' }));
  const terms = Array.from({ length: MOST_TERMS }, (_, i) => `rival number ${i}`);
  return {
    format: 'breath-bundle/1',
    name: 'Test',
    version: 1,
    issued: '2026-11-21T00:00:00Z',
    lists: { names: { title: 'Names', owner: 'Legal', terms } },
    rules,
  };
}

/** @param {object} bundle */
const bytesOf = (bundle) => new TextEncoder().encode(JSON.stringify(bundle));

describe('the largest bundles', () => {
  it('are loaded, kept and used within the memory of an engine', async () => {
    const bytes = bytesOf(largestBundle());
    assert.ok(bytes.length > 14_000_000 && bytes.length <= MOST_BYTES, `${bytes.length} bytes`);
    const made = (await loadEngine(wasm)).load(bytes);
    const key = new TextEncoder().encode('key');
    const opened = (await loadEngine(wasm)).loadImage(made.save(key), key);
    /** @type {import('../../extension/shared/types.d.ts').DraftContext} */
    const post = { site: 'x', surface: 'post', audience: 'external', at: AT };
    const draft = 'Word19998, pattern7 and Rival number 99999; word19999, rival number 100000';
    for (const ruleSet of [made, opened]) {
      const { outcome, findings } = ruleSet.check(draft, post);
      assert.equal(outcome, 'findings');
      assert.deepEqual(
        findings.map((finding) => finding.rule).sort(),
        [7, 19998, 19999].map((index) => `test.r${index}`).sort(),
      );
    }
  });

  it('are loaded when many rules ask for links to the hosts of one long list', async () => {
    const bundle = largestBundle();
    const terms = Array.from({ length: MOST_TERMS }, (_, i) => `host${i}.example`);
    bundle.lists.names.terms = terms;
    const link = { link: { list: 'names' } };
    bundle.rules = Array.from({ length: 100 }, (_, i) => rule(i, link));
    const ruleSet = (await loadEngine(wasm)).load(bytesOf(bundle));
    /** @type {import('../../extension/shared/types.d.ts').DraftContext} */
    const post = { site: 'x', surface: 'post', audience: 'external', at: AT };
    assert.equal(ruleSet.check('See www.host77777.example.', post).findings.length, 100);
  });

  it('grow the memory of an engine in few steps', async () => {
    const { instantiate } = WebAssembly;
    let steps = 0;
    Object.assign(WebAssembly, {
      instantiate: (/** @type {BufferSource} */ bytes, /** @type {any} */ imports) => {
        const { emscripten_notify_memory_growth: onGrowth } = imports.env;
        const counted = () => {
          steps += 1;
          onGrowth();
        };
        return instantiate(bytes, {
          ...imports,
          env: { emscripten_notify_memory_growth: counted },
        });
      },
    });
    try {
      const engine = await loadEngine(wasm);
      engine.load(bytesOf(largestBundle()));
      const pages = engine.memorySize / 65536;
      assert.ok(pages > 1200, `${pages} pages`);
      // The first half a thousand come one by one.
      assert.ok(steps > 0 && steps < 500, `${steps} steps to ${pages} pages`);
    } finally {
      Object.assign(WebAssembly, { instantiate });
    }
  });

  it('are refused by name when they hold one rule or one term too many', async () => {
    const engine = await loadEngine(wasm);
    const crowded = largestBundle();
    crowded.rules.push(rule(MOST_RULES, { words: ['a'] }));
    assert.throws(() => engine.load(bytesOf(crowded)), { id: 'bundle.limit', pointer: '/rules' });
    const long = largestBundle();
    long.lists.names.terms.push('one more');
    const refused = { id: 'bundle.limit', pointer: '/lists/names/terms' };
    assert.throws(() => engine.load(bytesOf(long)), refused);
    // Not by the end of its memory, which names nothing.
    const zeros = new TextEncoder().encode(`[${'0,'.repeat(MOST_BYTES / 2 - 2)}0]`);
    assert.throws(() => engine.load(zeros), { id: 'bundle.limit', pointer: '' });
  });

  it('say what to do when all they hold is more than the memory of an engine', async () => {
    const bundle = largestBundle();
    const list = (/** @type {number} */ from) => ({
      title: 'Names',
      owner: 'Legal',
      terms: Array.from({ length: MOST_TERMS }, (_, i) => `meridian holding company ${from + i}`),
    });
    const names = ['a', 'b', 'c', 'd'];
    const lists = Object.fromEntries(names.map((name, i) => [name, list(i * MOST_TERMS)]));
    const rules = names.map((name, i) => rule(i, { list: name }));
    rules.push(rule(names.length, { list: 'a', seeThrough: true }));
    const bytes = bytesOf({ ...bundle, lists, rules });
    assert.ok(bytes.length <= MOST_BYTES, `${bytes.length} bytes`);
    const engine = await loadEngine(wasm);
    assert.throws(() => engine.load(bytes), {
      id: 'engine.failed',
      message: /of 256 MiB of memory in use\. Use fewer/,
    });
  });
});
