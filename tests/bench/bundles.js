// SPDX-License-Identifier: Apache-2.0
// Writes rules of the benchmark as a bundle that the engine under test takes. An engine with lower limits than the benchmark asks
// for gets the same phrases in fewer rules, or fewer rules, and the report says so.
// Tested by: tests/node/bench.test.js
import { loadEngine } from '../../extension/engine/engine.js';
import { BreathError } from '../../extension/shared/errors.js';

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */

/** The place every draft of the benchmark is written in; `at` is fixed so that windows of time are the same on any day. */
export const CONTEXT = /** @type {const} */ ({
  site: 'x',
  surface: 'post',
  audience: 'external',
  at: Date.parse('2026-11-21T12:00:00Z'),
});

/**
 * @param {BenchRule[]} rules
 * @param {number} [packed] rules of phrases to one rule of the bundle
 * @returns {Uint8Array}
 */
export function bundleBytes(rules, packed = 1) {
  const members = [];
  for (let i = 0; i < rules.length; i += packed) {
    const group = rules.slice(i, i + packed);
    const first = /** @type {BenchRule} */ (group[0]);
    members.push({
      id: `bench.r${i / packed}`,
      title: 'Rule',
      owner: 'Bench',
      purpose: 'Is measured.',
      guideline: { title: 'Bench', url: 'https://bench.example/1' },
      audience: ['external', 'internal'],
      severity: 'pause',
      reviewBy: '2027-06-30',
      ...first.more,
      when: packed === 1 ? first.when : { words: group.flatMap(({ literals }) => literals ?? []) },
      say: { en: { notice: 'Notice.', why: 'Why.', instead: 'Instead.' } },
      examples: { warn: ['a'], fine: ['b'] },
    });
  }
  const bundle = {
    format: 'breath-bundle/1',
    name: 'Bench',
    version: 1,
    issued: '2026-11-21T00:00:00Z',
    languages: ['en'],
    rules: members,
  };
  return new TextEncoder().encode(JSON.stringify(bundle));
}

/**
 * The nearest to these rules that the engine takes.
 * @param {Uint8Array<ArrayBuffer>} wasm engine.wasm
 * @param {BenchRule[]} rules
 * @returns {Promise<{ rules: BenchRule[], packed: number, bytes: Uint8Array, note: string }>}
 * @throws {BreathError} when the engine refuses the rules for another reason than their number or size
 */
export async function loadableBundle(wasm, rules) {
  const engine = await loadEngine(wasm);
  /** @param {Uint8Array} bytes @returns {string} the id of the refusal, or nothing */
  const refusal = (bytes) => {
    try {
      engine.load(bytes).unload();
      return '';
    } catch (error) {
      if (!(error instanceof BreathError)) throw error;
      if (error.id === 'bundle.too-large' || error.id === 'bundle.limit') return error.id;
      throw new BreathError(error.id, `${error.message} (${error.pointer})`);
    }
  };
  let bytes = bundleBytes(rules);
  const reason = refusal(bytes);
  if (reason === '') return { rules, packed: 1, bytes, note: '' };
  if (rules.every(({ literals }) => literals !== undefined)) {
    for (const packed of [5, 10, 20]) {
      bytes = bundleBytes(rules, packed);
      if (refusal(bytes) !== '') continue;
      const count = Math.ceil(rules.length / packed);
      const note = `the engine refused ${rules.length} rules (${reason}); it has the same phrases in ${count} rules`;
      return { rules, packed, bytes, note };
    }
  }
  for (let count = rules.length; count > 1; count = Math.floor(count * 0.8)) {
    const fewer = rules.slice(0, count);
    bytes = bundleBytes(fewer);
    if (refusal(bytes) !== '') continue;
    const note = `the engine refused ${rules.length} rules (${reason}); all programs have the first ${count}`;
    return { rules: fewer, packed: 1, bytes, note };
  }
  throw new BreathError(reason, 'The engine takes not even two of the rules.');
}

/**
 * Which single rules the format refuses, and why.
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {BenchRule[]} rules
 * @returns {Promise<string[]>} for each rule the id of its refusal, or nothing
 */
export async function refusals(wasm, rules) {
  const engine = await loadEngine(wasm);
  return rules.map((rule) => {
    try {
      engine.load(bundleBytes([rule])).unload();
      return '';
    } catch (error) {
      if (!(error instanceof BreathError)) throw error;
      return error.id;
    }
  });
}
