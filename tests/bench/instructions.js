// SPDX-License-Identifier: Apache-2.0
// Counts the instructions of the native engine under callgrind over fixed texts, so that a slower engine shows on a busy machine too.
// It measures no time. Counts move with the compiler; instructions.json says which one it was counted with.
// Tested by: tests/node/bench.test.js (the reading of callgrind's files)
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkload, sharedModel } from './workloads.js';

/** @typedef {import('./workloads.js').Portion} Portion */

/** A count this much above the committed one is a regression; the same program differs from run to run by far less. */
export const TOLERANCE = 0.03;

const WORKLOADS = ['W1-1000', 'W2', 'W3-1000'];
/** @type {Portion[]} small: callgrind is some fifty times slower than the machine */
const PORTIONS = [
  { units: 280, warm: 0, perRound: 60, sample: 0 },
  { units: 3000, warm: 0, perRound: 12, sample: 0 },
];

/** @typedef {{ compiler: string, perByte: Record<string, number>, load: Record<string, number> }} Counts */

/**
 * Runs every fixed workload. Takes one to two minutes.
 * @param {object} place
 * @param {string} place.nativeBench the program
 * @param {Uint8Array<ArrayBuffer>} place.wasm engine.wasm
 * @param {string} place.folder for bundles, texts and callgrind's files
 * @param {(line: string) => void} place.say
 * @returns {Promise<Counts>}
 */
export async function countInstructions({ nativeBench, wasm, folder, say }) {
  /** @type {Counts} */
  const counts = { compiler: compilerVersion(), perByte: {}, load: {} };
  const model = sharedModel();
  for (const name of WORKLOADS) {
    const workload = await makeWorkload({ name, wasm, folder, portions: PORTIONS, model });
    if (workload.note !== '') throw new Error(`${name}: ${workload.note}`);
    for (const [pool, file] of Object.entries(workload.task.pools)) {
      const task = join(folder, `${name}.${pool}.task.json`);
      writeFileSync(
        task,
        JSON.stringify({ ...workload.task, contestant: 'breath native', pools: { [pool]: file } }),
      );
      /** @type {string[]} */
      const texts = JSON.parse(readFileSync(file, 'utf8'));
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      const key = `${name} ${pool}`;
      const out = join(folder, `callgrind.${name}.${pool}`);
      const inCheck = run(nativeBench, [task, pool, String(texts.length)], 'breath_check', out);
      counts.perByte[key] = Math.round((inCheck / bytes) * 100) / 100;
      say(`${key}: ${counts.perByte[key]} instructions a byte`);
    }
    const [pool = ''] = Object.keys(workload.task.pools);
    const task = join(folder, `${name}.${pool}.task.json`);
    counts.load[name] = run(
      nativeBench,
      [task, pool, '0'],
      'breath_load',
      join(folder, `callgrind.${name}.load`),
    );
    say(`${name} load: ${counts.load[name]} instructions`);
  }
  return counts;
}

/**
 * @param {string} program
 * @param {string[]} parameters after --once
 * @param {string} inside the function whose instructions count, callees included
 * @param {string} out callgrind's file, kept for callgrind_annotate
 * @returns {number}
 */
function run(program, parameters, inside, out) {
  const { status, stderr, error } = spawnSync(
    'valgrind',
    [
      '--tool=callgrind',
      `--toggle-collect=${inside}`,
      `--callgrind-out-file=${out}`,
      program,
      '--once',
      ...parameters,
    ],
    { encoding: 'utf8', timeout: 300_000 },
  );
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`valgrind ended with ${status}: ${stderr.slice(-500)}`);
  return instructionsIn(readFileSync(out, 'utf8'));
}

/**
 * The total of a callgrind file.
 * @param {string} file its text
 * @returns {number}
 */
export function instructionsIn(file) {
  const [, total] = /^(?:totals|summary):\s+(\d+)/m.exec(file) ?? [];
  if (total === undefined) throw new Error('This is no finished callgrind file: it has no total.');
  return Number(total);
}

/**
 * What became slower or faster than the tolerance allows.
 * @param {Counts} now
 * @param {Counts} committed
 * @returns {{ name: string, before: number, now: number, change: number }[]} slower ones first; new and gone workloads are left out
 */
export function compareCounts(now, committed) {
  /** @param {Record<string, number>} a @param {Record<string, number>} b @param {string} what */
  const pairs = (a, b, what) =>
    Object.entries(a).flatMap(([name, value]) => {
      const before = b[name];
      if (before === undefined || before === 0) return [];
      return [{ name: `${name}${what}`, before, now: value, change: value / before - 1 }];
    });
  return [...pairs(now.perByte, committed.perByte, ''), ...pairs(now.load, committed.load, ' load')]
    .filter(({ change }) => Math.abs(change) > TOLERANCE)
    .sort((a, b) => b.change - a.change);
}

/** @param {string} path @returns {Counts | null} */
export const committedCounts = (path) =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;

function compilerVersion() {
  return execFileSync('c++', ['--version'], { encoding: 'utf8' }).split('\n', 1)[0] ?? '';
}
