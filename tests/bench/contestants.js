// SPDX-License-Identifier: Apache-2.0
// Who takes part where: the list of programs, what each is asked to do, and why it is not asked elsewhere. Adding a peer is a row
// here and its set-up in peers/.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./bench-types.d.ts').Matcher} Matcher */
/** @typedef {import('./bench-types.d.ts').Task} Task */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {'node' | 'native'} runs
 * @property {string} [peer] npm package, for its version
 * @property {string[]} workloads first parts of their names: `W1` means all sizes
 * @property {string} [different] why its answers are not those of the task, whatever it finds
 * @property {(task: Task) => Matcher | Promise<Matcher>} [setUp]
 */

const ours = () => import('./peers/ours.js');
const v8 = () => import('./peers/v8.js');
const re2 = () => import('./peers/re2-family.js');
const literal = () => import('./peers/literal.js');
const prose = () => import('./peers/prose.js');

/** The row every ratio is taken against: what the extension calls, drafts in and findings out. */
export const OURS = 'breath, engine.js';

const ALL = ['W1', 'W2', 'W3', 'gitleaks'];
const NO_CONDITIONS = 'shapes without checksums, entropy or conditions';
const OWN_RULES = 'its own rules, not ours';

/** @type {Contestant[]} */
export const CONTESTANTS = [
  {
    name: OURS,
    runs: 'node',
    workloads: [...ALL, 'W4'],
    setUp: async (t) => (await ours()).throughLoader(t),
  },
  {
    name: 'breath, C ABI',
    runs: 'node',
    workloads: [...ALL, 'W4'],
    setUp: async (t) => (await ours()).throughAbi(t),
  },
  { name: 'breath native', runs: 'native', workloads: ALL },
  { name: 'V8 loop', runs: 'node', workloads: ALL, setUp: async (t) => (await v8()).loop(t) },
  {
    name: 'V8 loop, keyword gate',
    runs: 'node',
    workloads: ALL,
    setUp: async (t) => (await v8()).gatedLoop(t),
  },
  {
    name: 'V8 alternation',
    runs: 'node',
    workloads: ['W1'],
    setUp: async (t) => (await v8()).alternation(t),
  },
  {
    name: 'npm re2 loop',
    runs: 'node',
    peer: 're2',
    workloads: ALL,
    setUp: async (t) => (await re2()).re2Loop(t),
  },
  {
    name: 'npm re2 Set',
    runs: 'node',
    peer: 're2',
    workloads: ['W1', 'W2', 'gitleaks'],
    setUp: async (t) => (await re2()).re2Set(t),
  },
  {
    name: 're2js loop',
    runs: 'node',
    peer: 're2js',
    workloads: ['W1-100', 'W2'],
    setUp: async (t) => (await re2()).re2jsLoop(t),
  },
  {
    name: 're2-wasm loop',
    runs: 'node',
    peer: 're2-wasm',
    workloads: ['W1-100', 'W1-1000', 'W2'],
    setUp: async (t) => (await re2()).re2WasmLoop(t),
  },
  {
    name: 'modern-ahocorasick',
    runs: 'node',
    peer: 'modern-ahocorasick',
    workloads: ['W1'],
    setUp: async (t) => (await literal()).ahoCorasick(t),
  },
  {
    name: 'YARA-X',
    runs: 'node',
    peer: '@virustotal/yara-x',
    workloads: ['W1', 'W2'],
    setUp: async (t) => (await literal()).yara(t),
  },
  {
    name: 'obscenity',
    runs: 'node',
    peer: 'obscenity',
    workloads: ['W1-100', 'W4'],
    different: 'its own idea of a disguise; finds words inside words by its own marks',
    setUp: async (t) => (await literal()).obscenity(t),
  },
  {
    name: 'harper.js',
    runs: 'node',
    peer: 'harper.js',
    workloads: ['W3-1000'],
    different: OWN_RULES,
    setUp: async () => (await prose()).harper(),
  },
  {
    name: 'alex',
    runs: 'node',
    peer: 'alex',
    workloads: ['W3-1000'],
    different: OWN_RULES,
    setUp: async () => (await prose()).alexRules(),
  },
  { name: 'RE2 loop native', runs: 'native', workloads: ALL },
  { name: 'RE2::Set native', runs: 'native', workloads: ALL },
  { name: 'Hyperscan native', runs: 'native', workloads: ALL },
  {
    name: 'Hyperscan native, once a rule',
    runs: 'native',
    workloads: ['W1', 'W2'],
    different: 'says which rules, once each',
  },
  {
    name: 'Hyperscan native, literals',
    runs: 'native',
    workloads: ['W1'],
    different: 'no word boundary, one space only',
  },
];

/**
 * @param {string} workload
 * @returns {Contestant[]} in the order of the table
 */
export const contestantsFor = (workload) =>
  CONTESTANTS.filter(({ workloads }) => workloads.some((each) => covers(each, workload)));

/** @param {string} listed @param {string} workload */
const covers = (listed, workload) =>
  workload === listed || (!listed.includes('-') && workload.startsWith(`${listed}-`));

/**
 * Why a contestant's time is not to be set against ours, or nothing.
 * @param {Contestant} contestant
 * @param {string} workload
 */
export function differentTask(contestant, workload) {
  if (contestant.name.startsWith('breath')) return '';
  if (contestant.different !== undefined) return contestant.different;
  return workload.startsWith('W3') ? NO_CONDITIONS : '';
}

/** @param {Task} task @returns {Promise<Matcher>} */
export async function setUpContestant(task) {
  if (task.contestant === REFERENCE) return (await v8()).reference(task);
  const contestant = CONTESTANTS.find(({ name }) => name === task.contestant);
  if (contestant?.setUp === undefined)
    throw new RangeError(`Nobody here is called ${task.contestant}.`);
  return contestant.setUp(task);
}

/** Slow and obvious; says what the hits of a task are. It is never timed. */
export const REFERENCE = 'reference';
