// SPDX-License-Identifier: Apache-2.0
// engine.wasm behind engine.js: the same answers as the native engine to the byte, odd drafts, refusals, traps.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EngineFailure, loadEngine } from '../../extension/engine/engine.js';
import { BreathError } from '../../extension/shared/errors.js';

/** @typedef {import('../../extension/shared/types.d.ts').DraftContext} DraftContext */

const root = new URL('../../', import.meta.url);
const wasm = readFileSync(new URL('build/wasm/engine.wasm', root));
/** @type {{ name: string, draft: string, when: object, unless?: object, lists?: Record<string, string[]>, definitions?: Record<string, object> }[]} */
const vectors = JSON.parse(readFileSync(new URL('tests/engine/vectors.json', root), 'utf8'));
/** @type {DraftContext} */
const context = { site: 'x', surface: 'post', audience: 'external', at: 1795219200000 };

/** @param {object} when @param {object} [more] */
function rule(when, more = {}) {
  return {
    id: 'test.rule',
    title: 'Title',
    owner: 'Legal',
    purpose: 'Purpose.',
    guideline: { title: 'Clause 1', url: 'https://conduct.example/1' },
    audience: ['external', 'internal'],
    severity: 'pause',
    reviewBy: '2027-06-30',
    when,
    say: {
      en: { notice: 'Notice.', why: 'Why.', instead: 'Instead.' },
      de: { notice: 'Hinweis.', why: 'Warum.', instead: 'Stattdessen.', ask: 'Frag.' },
    },
    examples: { warn: ['a'], fine: ['b'] },
    ...more,
  };
}

/** @param {object[]} rules @param {object} [more] */
function bundle(rules, more = {}) {
  const head = {
    format: 'breath-bundle/1',
    name: 'Test',
    version: 1,
    issued: '2026-11-21T00:00:00Z',
  };
  return new TextEncoder().encode(JSON.stringify({ ...head, rules, ...more }));
}

/** @param {string} marked */
function unmark(marked) {
  /** @type {[number, number][]} */
  const spans = [];
  let draft = '';
  let start = 0;
  for (const c of marked) {
    if (c === '⟦') start = draft.length;
    else if (c === '⟧') spans.push([start, draft.length]);
    else draft += c;
  }
  return { draft, spans };
}

/** @param {(typeof vectors)[number]} vector */
function vectorBundle({ when, unless, lists = {}, definitions = {} }) {
  const entries = Object.entries(lists).map(([name, terms]) => [
    name,
    { title: name, owner: 'Legal', terms },
  ]);
  const defined = Object.entries(definitions).map(([name, is]) => [name, { title: name, is }]);
  return bundle([rule(when, unless ? { unless } : {})], {
    lists: Object.fromEntries(entries),
    definitions: Object.fromEntries(defined),
  });
}

test('each vector marks exactly the words it says', async () => {
  const engine = await loadEngine(wasm);
  for (const vector of vectors) {
    const { draft, spans } = unmark(vector.draft);
    const ruleSet = engine.load(vectorBundle(vector));
    const verdict = ruleSet.check(draft, context);
    assert.deepEqual(verdict.findings[0]?.spans ?? [], spans, vector.name);
    assert.equal(verdict.outcome, spans.length > 0 ? 'findings' : 'clean', vector.name);
    ruleSet.unload();
  }
});

test('the native engine and engine.wasm answer every vector with the same bytes', async (t) => {
  const native = new URL('build/native/print_vectors', root);
  if (!existsSync(native)) return t.skip('the native engine is not built: cmake --preset native');
  const lines = execFileSync(fileURLToPath(native), { encoding: 'utf8' }).trimEnd().split('\n');
  assert.equal(lines.length, vectors.length);
  const engine = await loadEngine(wasm);
  vectors.forEach((vector, i) => {
    const ruleSet = engine.load(vectorBundle(vector));
    const { draft } = unmark(vector.draft);
    const words = engine.judge('breath_check', i + 1, draft, context);
    const hex = Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('hex');
    assert.equal(`${words[0]} ${hex}`, lines[i], vector.name);
    ruleSet.unload();
  });
});

test('odd drafts get right spans or unchecked, and the engine lives on', async () => {
  const engine = await loadEngine(wasm);
  const ruleSet = engine.load(bundle([rule({ words: ['kestrel'] })]));
  /** @type {[string, string][]} */
  const rows = [
    ['a lone high surrogate', '\ud83d '],
    ['a lone low surrogate', 'a\udc00 '],
    ['NUL', 'a\0b '],
    ['10,000 line breaks', '\n'.repeat(10_000)],
    ['CRLF', 'a\r\n\r\nb\r\n'],
    ['right to left', 'مرحبا \u202e'],
    ['emoji sequences', '👩‍👩‍👦‍👦🏳️‍🌈'.repeat(1000)],
    ['1 MB', `${'x'.repeat(1 << 20)} `],
    ['1 MB of emoji', `${'😀'.repeat(1 << 18)} `],
  ];
  for (const [name, before] of rows) {
    const text = `${before}Kestrel!`;
    const [finding] = ruleSet.check(text, context).findings;
    assert.deepEqual(finding?.spans, [[before.length, before.length + 7]], name);
    assert.equal(text.slice(...(finding?.spans[0] ?? [0, 0])), 'Kestrel', name);
  }
  const long = ruleSet.check('x'.repeat(5 << 20), context);
  assert.equal(long.outcome, 'unchecked');
  assert.deepEqual(long.unchecked, [{ rule: '*', reason: 'text-too-long' }]);
  assert.equal(ruleSet.check('quiet', context).outcome, 'clean');
});

test('a refused bundle names id, pointer and remedy, and the engine keeps what it had', async () => {
  const engine = await loadEngine(wasm);
  const ruleSet = engine.load(bundle([rule({ words: ['kestrel'] })]));
  assert.throws(
    () => engine.load(bundle([rule({ wordz: ['a'] })])),
    (error) =>
      error instanceof BreathError &&
      error.id === 'rule.unknown-operator' &&
      error.pointer === '/rules/0/when/wordz',
  );
  assert.throws(() => engine.load(new Uint8Array((16 << 20) + 1)), { id: 'bundle.too-large' });
  assert.throws(() => engine.load(new Uint8Array(0)), { id: 'bundle.json' });
  assert.equal(ruleSet.check('Kestrel', context).outcome, 'findings');
});

test('a finding speaks the first language its rule knows', async () => {
  const engine = await loadEngine(wasm);
  const ruleSet = engine.load(bundle([rule({ words: ['kestrel'] })]));
  const rows = /** @type {const} */ ([
    [['de-CH', 'en'], 'Hinweis.'],
    [['fr', 'de'], 'Hinweis.'],
    [['fr'], 'Notice.'],
    [[], 'Notice.'],
  ]);
  for (const [languages, notice] of rows) {
    const verdict = ruleSet.check('kestrel', context, [...languages]);
    assert.equal(verdict.findings[0]?.notice, notice);
  }
});

test('a context cannot smuggle in keys', async () => {
  const engine = await loadEngine(wasm);
  const ruleSet = engine.load(
    bundle([rule({ all: [{ words: ['kestrel'] }, { context: { reply: true } }] })]),
  );
  const verdict = ruleSet.check('kestrel', { ...context, site: 'x\nreply=1' });
  assert.equal(verdict.outcome, 'clean');
});

test('after a trap the instance answers nothing any more', async () => {
  const engine = await loadEngine(wasm);
  const ruleSet = engine.load(bundle([rule({ words: ['kestrel'] })]));
  ruleSet.unload();
  assert.throws(() => ruleSet.check('kestrel', context), EngineFailure);
  assert.throws(() => engine.load(bundle([])), EngineFailure);
});

test('bytes that are no engine are refused by name', async () => {
  await assert.rejects(loadEngine(new Uint8Array([1, 2, 3])), { id: 'engine.load' });
  const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  await assert.rejects(loadEngine(empty), { id: 'engine.load' });
});

test('ten thousand checks do not grow the memory', async () => {
  const engine = await loadEngine(wasm);
  const ruleSet = engine.load(
    bundle([rule({ words: ['kestrel'] }), rule({ pattern: 'fal[a-z]+' }, { id: 'test.p' })]),
  );
  for (let i = 0; i < 200; i++) ruleSet.check(`draft ${i} about Kestrel and falcons`, context);
  const before = engine.memorySize;
  for (let i = 0; i < 10_000; i++) ruleSet.check(`draft ${i} about Kestrel and falcons`, context);
  assert.equal(engine.memorySize, before);
});
