// SPDX-License-Identifier: Apache-2.0
// The workloads W1 to W3 as files in a folder: a bundle, the rules for other programs, and pools of texts. Everything comes from a
// seed, so two runs on two machines ask the same. It runs nothing.
// Tested by: tests/node/bench.test.js
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadableBundle } from './bundles.js';
import { disguised } from './disguise.js';
import { seeded } from './random.js';
import { mixedRules, phraseRules, secretRules } from './rule-sets.js';
import { TextModel } from './text-model.js';
import { makePool, secretNearMiss } from './texts.js';

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('./bench-types.d.ts').Task} Task */
/** @typedef {import('./random.js').Random} Random */

export const SEED = 'deep-breath-bench-1';

/** How much of everything: texts are used in the order warm, rounds, sample, and none twice. */
/** @typedef {{ units: number, warm: number, perRound: number, sample: number }} Portion */

/**
 * @typedef {object} Workload
 * @property {string} name such as `W1-1000`
 * @property {string} title
 * @property {string} note what the engine did not take, or nothing
 * @property {number} bundleSize bytes
 * @property {Omit<Task, 'contestant'>} task for every contestant
 * @property {Record<string, Portion>} portions by pool
 */

/** @param {boolean} quick @param {number} rounds @returns {Portion[]} */
export function portionsFor(quick, rounds) {
  const plan = quick
    ? [
        { units: 280, warm: 500, perRound: 64, sample: 30 },
        { units: 3000, warm: 100, perRound: 16, sample: 6 },
      ]
    : [
        { units: 280, warm: 2000, perRound: 256, sample: 60 },
        { units: 3000, warm: 400, perRound: 64, sample: 12 },
      ];
  return plan.map((portion) => ({ ...portion, perRound: portion.perRound * rounds }));
}

/** @type {Record<string, { title: string, make: (model: TextModel, random: Random) => BenchRule[], nearMiss?: (random: Random) => string, hitsBy: 'end' | 'rule', disguise?: (text: string, random: Random) => string }>} */
export const RULE_SETS = {
  'W1-100': { title: '100 phrases', make: (m, r) => phraseRules(m, r, 100), hitsBy: 'end' },
  'W1-1000': { title: '1,000 phrases', make: (m, r) => phraseRules(m, r, 1000), hitsBy: 'end' },
  'W1-10000': { title: '10,000 phrases', make: (m, r) => phraseRules(m, r, 10000), hitsBy: 'end' },
  W2: {
    title: '216 kinds of secrets',
    make: (_, r) => secretRules(r),
    nearMiss: secretNearMiss,
    hitsBy: 'rule',
  },
  W4: {
    title: 'about 700 phrase and name rules that see through disguise',
    make: (m, r) =>
      mixedRules(m, r, 1000)
        .filter((rule) => 'words' in rule.when)
        .map(seeingThrough),
    nearMiss: (r) => disguised(r.pick(['coffee', 'launch', 'meeting', 'release', 'mountain']), r),
    hitsBy: 'rule',
    disguise: disguised,
  },
  'W3-100': { title: '100 mixed rules', make: (m, r) => mixedRules(m, r, 100), hitsBy: 'rule' },
  'W3-1000': { title: '1,000 mixed rules', make: (m, r) => mixedRules(m, r, 1000), hitsBy: 'rule' },
  'W3-10000': {
    title: '10,000 mixed rules',
    make: (m, r) => mixedRules(m, r, 10000),
    hitsBy: 'rule',
  },
};

/** @param {BenchRule} rule @returns {BenchRule} */
function seeingThrough(rule) {
  return { ...rule, when: { ...rule.when, seeThrough: true } };
}

/** @returns {TextModel} the language all workloads share */
export const sharedModel = () => new TextModel(seeded(`${SEED} words`));

/**
 * Makes a workload and writes its files.
 * @param {object} plan
 * @param {string} plan.name key of RULE_SETS, or a name for `rules`
 * @param {Uint8Array<ArrayBuffer>} plan.wasm engine.wasm, which decides what loads
 * @param {string} plan.folder
 * @param {Portion[]} plan.portions
 * @param {TextModel} plan.model
 * @param {{ title: string, rules: BenchRule[], hits: string[] }} [plan.given] rules from elsewhere, and texts to plant
 * @returns {Promise<Workload>}
 */
export async function makeWorkload({ name, wasm, folder, portions, model, given }) {
  const random = seeded(`${SEED} ${name}`);
  const recipe = RULE_SETS[name];
  if (recipe === undefined && given === undefined)
    throw new RangeError(`There is no workload ${name}.`);
  const wanted = given?.rules ?? recipe?.make(model, random) ?? [];
  const { rules, packed, bytes, note } = await loadableBundle(wasm, wanted);
  const bundle = join(folder, `${name}.bundle.json`);
  writeFileSync(bundle, bytes);
  const nearMiss = given === undefined ? recipe?.nearMiss : secretNearMiss;
  /** @type {Record<string, string>} */
  const pools = {};
  /** @type {Record<string, Portion>} */
  const sizes = {};
  for (const portion of portions) {
    for (const kind of /** @type {const} */ (['clean', 'hit'])) {
      const count = portion.warm + portion.perRound + portion.sample;
      const { units } = portion;
      const planted = given === undefined ? rules : given.hits.map(plantable);
      const pool = makePool({
        model,
        random,
        rules: planted,
        units,
        kind,
        count,
        ...(nearMiss === undefined ? {} : { nearMiss }),
        ...(recipe?.disguise === undefined ? {} : { disguise: recipe.disguise }),
      });
      const file = join(folder, `${name}.${pool.name}.json`);
      writeFileSync(file, JSON.stringify(pool.texts));
      pools[pool.name] = file;
      sizes[pool.name] = portion;
    }
  }
  return {
    name,
    title: given?.title ?? recipe?.title ?? name,
    note,
    bundleSize: bytes.length,
    task: { rules, bundle, packed, hitsBy: recipe?.hitsBy ?? 'rule', pools },
    portions: sizes,
  };
}

/** @param {string} example @returns {BenchRule} a rule that is only good for its example */
const plantable = (example) => ({
  when: {},
  regex: '',
  ignoreCase: false,
  keywords: [],
  isActive: true,
  example,
});
