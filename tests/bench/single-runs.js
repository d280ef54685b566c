// SPDX-License-Identifier: Apache-2.0
// Starts the measurements that are no contest, each in a process of its own with a limit: cold starts, typing (W5), the corpus (W6),
// hostile texts (W7). What is not done in time is said, with what was done.
// Tested by: npm run bench
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCorpus, throughNode, throughPrograms } from './corpus.js';
import { median } from './statistics.js';
import { SEED } from './workloads.js';

/** @typedef {import('./summary.js').Contest} Contest */
/** @typedef {import('./text-model.js').TextModel} TextModel */
/** @typedef {import('./workloads.js').Workload} Workload */
/** @typedef {Map<string, Workload>} Workloads */

const script = fileURLToPath(new URL('measure.js', import.meta.url));

/**
 * @param {string[]} parameters
 * @param {number} limit milliseconds
 * @returns {{ lines: any[], problem: string }}
 */
function measure(parameters, limit) {
  const { stdout, stderr, error, status } = spawnSync(process.execPath, [script, ...parameters], {
    encoding: 'utf8',
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  const lines = stdout
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));
  if (error !== undefined) return { lines, problem: `not done after ${limit / 1000} s` };
  const reason = stderr.split('\n').find((line) => /Error|Failure/.test(line)) ?? '';
  return { lines, problem: status === 0 ? '' : `ended with ${status}: ${reason}` };
}

/**
 * Fresh processes from bytes in memory to verdicts.
 * @param {{ workloads: Workloads, folder: string, times: number }} plan
 */
export async function coldStarts({ workloads, folder, times }) {
  const rows = [];
  for (const name of ['W3-100', 'W3-1000', 'W3-10000']) {
    const workload = workloads.get(name);
    if (workload === undefined) continue;
    const { rules, bundle, pools } = workload.task;
    const pattern = rules.find(({ when, isActive }) => isActive && 'pattern' in when);
    /** @type {string[]} */
    const clean = JSON.parse(readFileSync(pools['280-clean'] ?? '', 'utf8'));
    const texts = join(folder, `${name}.cold.json`);
    writeFileSync(texts, JSON.stringify([clean[0], `${clean[1]} ${pattern?.example ?? ''} `]));
    const image = join(folder, `${name}.image`);
    const compiled = measure(['image', bundle, image], 60_000);
    for (const [job, file, size] of /** @type {const} */ ([
      ['cold', bundle, workload.bundleSize],
      ['cold-image', image, compiled.lines[0]?.size ?? 0],
    ])) {
      /** @type {any[]} */
      const runs = [];
      let problem = '';
      for (let i = 0; i < times && problem === ''; i++) {
        const outcome = measure([job, file, texts], 60_000);
        problem = outcome.problem;
        runs.push(...outcome.lines);
      }
      if (runs.length === 0) continue;
      /** @param {string} member */
      const middle = (member) => median(runs.map((run) => run[member]));
      rows.push({
        name: `${name} ${job === 'cold' ? 'from its bundle' : 'from its saved image'}`,
        rules: rules.length,
        size,
        runs: runs.length,
        instantiateMs: middle('instantiateMs'),
        loadMs: middle('loadMs'),
        firstCheckMs: middle('firstCheckMs'),
        firstVerdictMs: middle('firstVerdictMs'),
        firstPatternMs: middle('firstPatternMs'),
        wasm: middle('wasm'),
        problem,
      });
    }
  }
  return rows;
}

/** @param {{ workloads: Workloads, say: (line: string) => void }} plan */
export function typingRuns({ workloads, say }) {
  return ['W3-1000', 'W3-10000'].flatMap((name) => {
    const workload = workloads.get(name);
    if (workload === undefined) return [];
    const { lines, problem } = measure(['typing', workload.task.bundle, `${SEED} typing`], 120_000);
    if (problem !== '') say(`W5 ${name}: ${problem}`);
    return [{ name, rules: workload.task.rules.length, problem, ...lines[0] }];
  });
}

/** @param {{ workloads: Workloads, contests: Contest[], folder: string, say: (line: string) => void }} plan */
export function hostileRuns({ workloads, contests, folder, say }) {
  return ['W1-10000', 'W2', 'W3-1000', 'W3-10000'].flatMap((name) => {
    const workload = workloads.get(name);
    // Ordinary text for the same rules: what W7 is set against.
    const usual = contests.find((contest) => contest.name === name)?.rows[0]?.pools['3000-clean'];
    if (workload === undefined || usual === undefined || 'skipped' in usual) return [];
    const base = 1000 / usual.megabytesPerSecond;
    const task = join(folder, `${name}.hostile.task.json`);
    writeFileSync(task, JSON.stringify(workload.task));
    const { lines, problem } = measure(['hostile', task, String(base)], 90_000);
    if (problem !== '') say(`W7 ${name}: ${problem}`);
    return [{ name, baseNsPerByte: base, problem, kinds: lines }];
  });
}

/** @param {{ workloads: Workloads, model: TextModel, folder: string, wasm: Uint8Array<ArrayBuffer>, top: string, megabytes: number, seconds: number }} plan */
export async function corpusRuns({ workloads, model, folder, wasm, top, megabytes, seconds }) {
  const first = workloads.get('W1-10000') ?? workloads.get('W1-1000');
  if (first === undefined) return [];
  const corpus = makeCorpus({ model, rules: first.task.rules, megabytes, folder });
  const rows = [];
  for (const name of ['W1-1000', 'W1-10000', 'W3-1000']) {
    const workload = workloads.get(name);
    if (workload === undefined) continue;
    const { rules, bundle } = workload.task;
    rows.push(
      await throughNode({ corpus, wasm, bundle: readFileSync(bundle), rules: name, seconds }),
    );
    const breathCheck = join(top, 'build/native/breath-check');
    const phrases = rules.flatMap(({ literals }) => literals ?? []);
    const programs = throughPrograms({
      corpus,
      phrases,
      bundleFile: bundle,
      rules: name,
      breathCheck,
      folder,
      seconds,
    });
    rows.push(...(name.startsWith('W1') ? programs : programs.slice(0, 1)));
  }
  return rows;
}
