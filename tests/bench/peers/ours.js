// SPDX-License-Identifier: Apache-2.0
// Our engine in Node, twice: as the extension calls it, and through the C ABI alone, text encoded straight into its memory, which is
// the least that any host must do. Both start from a draft as a string and end with offsets in UTF-16 units.
// Tested by: tests/node/bench.test.js
import { readFileSync } from 'node:fs';
import { loadEngine } from '../../../extension/engine/engine.js';
import { CONTEXT } from '../bundles.js';

/** @typedef {import('../bench-types.d.ts').Matcher} Matcher */
/** @typedef {import('../bench-types.d.ts').Task} Task */

export const ENGINE = new URL('../../../build/wasm/engine.wasm', import.meta.url);
const CONTEXT_LINES = `site=x\nsurface=post\naudience=external\nat=${CONTEXT.at / 1000}`;
/** UTF-8 needs at most three bytes for a UTF-16 unit; the longest draft of the benchmark has 64 Ki. */
const DRAFT_BYTES = 3 * 80 * 1024;

/** @param {Task} task @returns {Promise<Matcher>} */
export async function throughLoader({ bundle }) {
  const engine = await loadEngine(readFileSync(ENGINE));
  const rules = engine.load(readFileSync(bundle));
  const numbers = new Map(rules.description.rules.map(({ id }, i) => [id, i]));
  return {
    unit: 'utf16',
    count: (text) => rules.check(text, CONTEXT).findings.length,
    hits: (text) =>
      rules
        .check(text, CONTEXT)
        .findings.flatMap(({ rule, spans }) =>
          spans.map(([, end]) => /** @type {[number, number]} */ ([numbers.get(rule) ?? -1, end])),
        ),
    wasmBytes: () => engine.memorySize,
  };
}

/**
 * @typedef {object} Abi
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {(size: number) => number} breath_alloc
 * @property {(bundle: number, size: number) => number} breath_load
 * @property {(ruleSet: number, text: number, textSize: number, context: number, contextSize: number) => number} breath_check
 * @property {() => number} breath_result
 * @property {() => number} breath_result_size
 */

/** @param {Task} task @returns {Promise<Matcher>} */
export async function throughAbi({ bundle }) {
  const abi = await instantiate(readFileSync(ENGINE));
  const encoder = new TextEncoder();
  /** @param {Uint8Array} bytes */
  const place = (bytes) => {
    const at = abi.breath_alloc(bytes.length);
    new Uint8Array(abi.memory.buffer, at, bytes.length).set(bytes);
    return at;
  };
  const bytes = readFileSync(bundle);
  const ruleSet = abi.breath_load(place(bytes), bytes.length);
  if (ruleSet <= 0) throw new Error('The engine refused the bundle.');
  const context = encoder.encode(CONTEXT_LINES);
  const contextAt = place(context);
  const draftAt = abi.breath_alloc(DRAFT_BYTES);
  let draft = new Uint8Array(abi.memory.buffer, draftAt, DRAFT_BYTES);
  let words = new Int32Array(abi.memory.buffer);
  /** @param {string} text @returns {number} index of the first word of the result */
  const check = (text) => {
    // Growth replaces the buffer and empties views of the old one.
    if (draft.length === 0) draft = new Uint8Array(abi.memory.buffer, draftAt, DRAFT_BYTES);
    const { written } = encoder.encodeInto(text, draft);
    const status = abi.breath_check(ruleSet, draftAt, written ?? 0, contextAt, context.length);
    if (status < 0) throw new Error('The engine did not take the call.');
    if (words.length === 0) words = new Int32Array(abi.memory.buffer);
    return abi.breath_result() >> 2;
  };
  return {
    unit: 'utf16',
    count: (text) => words[check(text) + 1] ?? 0,
    hits: (text) => {
      /** @type {[number, number][]} */
      const hits = [];
      let at = check(text);
      let findings = words[at + 1] ?? 0;
      for (at += 3; findings > 0; findings--) {
        const rule = words[at] ?? 0;
        const spans = words[at + 2] ?? 0;
        for (let i = 0; i < spans; i++) hits.push([rule, words[at + 4 + 2 * i] ?? 0]);
        at += 3 + 2 * spans;
      }
      return hits;
    },
    wasmBytes: () => abi.memory.buffer.byteLength,
  };
}

/** @param {Uint8Array} bytes @returns {Promise<Abi>} */
async function instantiate(bytes) {
  const module = await WebAssembly.compile(/** @type {BufferSource} */ (bytes));
  /** @type {Record<string, Record<string, () => number>>} whatever the module wants: nothing of it is called in a check */
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = { ...imports[from], [name]: () => 0 };
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  const abi = /** @type {Abi} */ (/** @type {unknown} */ (exports));
  abi._initialize();
  return abi;
}
