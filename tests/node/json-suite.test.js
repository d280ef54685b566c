// SPDX-License-Identifier: Apache-2.0
// JSONTestSuite through breath_load of engine.wasm, where it lies beside the checkout: what is no JSON is refused before
// anything is read, what is JSON gets as far as being no bundle. The native front end: tests/engine/strict_json_test.cc.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadEngine } from '../../extension/engine/engine.js';
import { BreathError } from '../../extension/shared/errors.js';

const root = new URL('../../', import.meta.url);
const folder = new URL('../shared/data/json-test-suite/', root);

/** rules/FORMAT.md, section 7: errors from before anything is read, and those that say it is no bundle. */
const FRONT = /^bundle\.(too-large|nul|bom|utf8|depth|duplicate-key|json|string-too-long)$/;
const SHAPE = /^bundle\.(type|unknown-member|missing-member|value)$/;
/** Valid by the grammar, refused by us: which of two members counts would depend on the reader. */
const DUPLICATES = ['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'];

test('each file of JSONTestSuite gets its verdict from engine.wasm', {
  skip: existsSync(folder) ? false : 'no ../shared/data/json-test-suite beside the repository',
}, async (t) => {
  const engine = await loadEngine(readFileSync(new URL('build/wasm/engine.wasm', root)));
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.json')) continue;
    const kind = name.slice(0, 1);
    /** @type {unknown} */
    let refusal;
    try {
      engine.load(readFileSync(new URL(encodeURIComponent(name), folder)));
    } catch (error) {
      refusal = error;
    }
    assert.ok(refusal instanceof BreathError, `${name}: none of these is a bundle`);
    const { id } = refusal;
    if (DUPLICATES.includes(name)) assert.equal(id, 'bundle.duplicate-key', name);
    else if (kind === 'y') assert.match(id, SHAPE, name);
    else if (kind === 'n') assert.match(id, FRONT, name);
    else assert.ok(FRONT.test(id) || SHAPE.test(id), `${name}: ${id}`);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  t.diagnostic(JSON.stringify(counts));
  assert.ok((counts['y'] ?? 0) >= 95 && (counts['n'] ?? 0) >= 188 && (counts['i'] ?? 0) >= 35);
});
