// SPDX-License-Identifier: Apache-2.0
// The measurements of our engine alone that want a process of their own: a cold start, a person typing (W5), hostile texts (W7).
// One job a process, the result as lines of JSON; bench.js starts it and ends it when it takes too long.
//   node measure.js image BUNDLE FILE | cold BUNDLE TEXTS | cold-image FILE TEXTS | typing BUNDLE SEED | hostile TASK BASE_NS_PER_BYTE
// Tested by: tests/node/bench.test.js (the texts)
import { readFileSync, writeFileSync } from 'node:fs';
import { loadEngine } from '../../extension/engine/engine.js';
import { CONTEXT } from './bundles.js';
import { hostileTexts } from './hostile-texts.js';
import { ENGINE } from './peers/ours.js';
import { seeded } from './random.js';
import { median, percentile } from './statistics.js';
import { typedTexts } from './typing.js';
import { sharedModel } from './workloads.js';

/** @typedef {import('../../extension/engine/engine.js').Engine} Engine */
/** @typedef {import('../../extension/engine/rule-set.js').RuleSet} RuleSet */
/** @typedef {import('./bench-types.d.ts').Task} Task */

/** @param {object} result */
const say = (result) => process.stdout.write(`${JSON.stringify(result)}\n`);

const IMAGE_KEY = new TextEncoder().encode('bench');

/**
 * Compiles a bundle and keeps the image, as the extension does.
 * @param {string} bundleFile
 * @param {string} imageFile
 */
async function image(bundleFile, imageFile) {
  const engine = await loadEngine(readFileSync(ENGINE));
  const bytes = engine.load(readFileSync(bundleFile)).save(IMAGE_KEY);
  writeFileSync(imageFile, bytes);
  say({ size: bytes.length });
}

/**
 * From bytes in memory to the first verdict, then to the first that needs a regular expression.
 * @param {(engine: Engine, bytes: Uint8Array) => RuleSet} loadRules
 * @param {string} rulesFile a bundle or an image
 * @param {string} textsFile a clean draft and one that a pattern matches
 */
async function cold(loadRules, rulesFile, textsFile) {
  const wasm = readFileSync(ENGINE);
  const bytes = readFileSync(rulesFile);
  /** @type {[string, string]} */
  const [plain, matching] = JSON.parse(readFileSync(textsFile, 'utf8'));
  const began = performance.now();
  const engine = await loadEngine(wasm);
  const started = performance.now();
  const rules = loadRules(engine, bytes);
  const loaded = performance.now();
  rules.check(plain, CONTEXT);
  const checked = performance.now();
  const { outcome } = rules.check(matching, CONTEXT);
  const done = performance.now();
  say({
    instantiateMs: started - began,
    loadMs: loaded - started,
    firstCheckMs: checked - loaded,
    firstVerdictMs: checked - began,
    firstPatternMs: done - checked,
    patternOutcome: outcome,
    wasm: engine.memorySize,
  });
}

/**
 * Every state of a draft while somebody writes it, in order; then the same states in another order, which leaves nothing to reuse;
 * then in order again, with the draft kept in the engine (`checkNext`).
 * @param {string} bundleFile
 * @param {string} seed
 */
async function typing(bundleFile, seed) {
  const bundle = readFileSync(bundleFile);
  const random = seeded(seed);
  const states = typedTexts(sharedModel().post(3000).toString(), random);
  const shuffled = states
    .map((text) => ({ text, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ text }) => text);
  /** @type {Record<string, object>} */
  const result = { keystrokes: { count: states.length } };
  for (const [name, texts, check] of /** @type {const} */ ([
    ['inOrder', states, 'check'],
    ['shuffled', shuffled, 'check'],
    ['kept', states, 'checkNext'],
  ])) {
    const rules = (await loadEngine(readFileSync(ENGINE))).load(bundle);
    const model = sharedModel();
    for (let i = 0; i < 300; i++) rules.check(model.post(1500).toString(), CONTEXT);
    const microseconds = texts.map((text) => {
      const began = performance.now();
      rules[check](text, CONTEXT);
      return (performance.now() - began) * 1000;
    });
    result[name] = {
      p50: percentile(microseconds, 0.5),
      p99: percentile(microseconds, 0.99),
      max: percentile(microseconds, 1),
    };
  }
  say(result);
}

/**
 * The worst texts we could think of, each in three versions; a line for each kind, so that what is done counts when we are ended.
 * @param {string} taskFile
 * @param {number} base nanoseconds a byte on ordinary text
 */
async function hostile(taskFile, base) {
  /** @type {Task} */
  const task = JSON.parse(readFileSync(taskFile, 'utf8'));
  const engine = await loadEngine(readFileSync(ENGINE));
  const rules = engine.load(readFileSync(task.bundle));
  const model = sharedModel();
  for (let i = 0; i < 200; i++) rules.check(model.post(3000).toString(), CONTEXT);
  for (const { name, texts } of hostileTexts(task.rules, seeded(`hostile ${task.bundle.length}`))) {
    const costs = texts.map((text) => {
      const bytes = Buffer.byteLength(text);
      const began = performance.now();
      const { outcome } = rules.check(text, CONTEXT);
      return { perByte: ((performance.now() - began) * 1e6) / bytes, outcome };
    });
    const perByte = median(costs.map((cost) => cost.perByte));
    say({ name, nsPerByte: perByte, ratio: perByte / base, outcome: costs[0]?.outcome });
  }
}

const [job, first = '', second = ''] = process.argv.slice(2);
if (job === 'image') await image(first, second);
else if (job === 'cold') await cold((engine, bytes) => engine.load(bytes), first, second);
else if (job === 'cold-image')
  await cold((engine, bytes) => engine.loadImage(bytes, IMAGE_KEY), first, second);
else if (job === 'typing') await typing(first, second);
else if (job === 'hostile') await hostile(first, Number(second));
else throw new RangeError(`There is no job ${job}.`);
