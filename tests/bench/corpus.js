// SPDX-License-Identifier: Apache-2.0
// W6: a hundred megabytes of posts as JSONL, through our engine in Node, our native programs, and the line searchers everyone has.
// Line searchers say which lines, not where nor by which rule: a different task, and less of it.
// Tested by: tests/node/bench.test.js (the corpus)
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadEngine } from '../../extension/engine/engine.js';
import { CONTEXT } from './bundles.js';
import { seeded } from './random.js';
import { makePool } from './texts.js';
import { SEED } from './workloads.js';

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('./text-model.js').TextModel} TextModel */

/** @typedef {{ name: string, rules: string, megabytes: number, seconds: number, found: number, note: string }} CorpusRow */

/**
 * Writes the corpus once; a later run with the same seed and size finds it.
 * @param {object} plan
 * @param {TextModel} plan.model
 * @param {BenchRule[]} plan.rules one post in a hundred holds one of their phrases
 * @param {number} plan.megabytes
 * @param {string} plan.folder
 * @returns {string} its path
 */
export function makeCorpus({ model, rules, megabytes, folder }) {
  const path = join(folder, `corpus-${SEED}-${megabytes}.jsonl`);
  const size = megabytes * 1e6;
  if (existsSync(path) && statSync(path).size >= size) return path;
  const random = seeded(`${SEED} corpus`);
  const file = openSync(path, 'w');
  for (let written = 0, id = 0; written < size; ) {
    const clean = makePool({
      model,
      random,
      rules,
      units: random.between(60, 500),
      kind: 'clean',
      count: 99,
    });
    const hit = makePool({ model, random, rules, units: 280, kind: 'hit', count: 1 });
    const lines = [...clean.texts, ...hit.texts].map(
      (text) => `${JSON.stringify({ id: id++, text })}\n`,
    );
    written += writeSync(file, lines.join(''));
  }
  closeSync(file);
  return path;
}

/**
 * Our engine.wasm in Node over the file, line by line, one thread.
 * @param {object} plan
 * @param {string} plan.corpus
 * @param {Uint8Array<ArrayBuffer>} plan.wasm
 * @param {Uint8Array} plan.bundle
 * @param {string} plan.rules their name
 * @param {number} plan.seconds stops here and reports the part it read
 * @returns {Promise<CorpusRow>}
 */
export async function throughNode({ corpus, wasm, bundle, rules, seconds }) {
  const set = (await loadEngine(wasm)).load(bundle);
  let bytes = 0;
  let found = 0;
  const began = performance.now();
  let late = 0;
  for await (const line of createInterface({ input: createReadStream(corpus) })) {
    const { outcome } = set.check(JSON.parse(line).text, CONTEXT);
    if (outcome === 'findings') found++;
    bytes += Buffer.byteLength(line) + 1;
    late = (performance.now() - began) / 1000;
    if (late > seconds) break;
  }
  const note = late > seconds ? `stopped after ${seconds} s` : '';
  return {
    name: 'breath in Node, engine.js, one thread',
    rules,
    megabytes: bytes / 1e6,
    seconds: late,
    found,
    note,
  };
}

/**
 * The line searchers and our own native program, as a person would start them.
 * @param {object} plan
 * @param {string} plan.corpus
 * @param {string[]} plan.phrases
 * @param {string} plan.bundleFile
 * @param {string} plan.rules their name
 * @param {string} plan.breathCheck our native program
 * @param {string} plan.folder
 * @param {number} plan.seconds after which a program is ended
 * @returns {CorpusRow[]}
 */
export function throughPrograms({
  corpus,
  phrases,
  bundleFile,
  rules,
  breathCheck,
  folder,
  seconds,
}) {
  const list = join(folder, `phrases-${phrases.length}.txt`);
  writeFileSync(list, `${phrases.join('\n')}\n`);
  const megabytes = statSync(corpus).size / 1e6;
  /** @param {string} name @param {string} program @param {string[]} parameters @param {(out: string) => number} count @returns {CorpusRow} */
  const run = (name, program, parameters, count) => {
    const began = performance.now();
    const { error, stdout, status } = spawnSync(program, parameters, {
      encoding: 'utf8',
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: 1 << 30,
      // Bytes, not characters: several times faster, and the phrases are ASCII.
      env: { ...process.env, LC_ALL: 'C' },
    });
    const spent = (performance.now() - began) / 1000;
    const row = { name, rules, megabytes, seconds: spent, found: 0, note: '' };
    if (error === undefined) {
      if (status === null || status > 1)
        return { ...row, seconds: 0, note: `ended with ${status}` };
      return { ...row, found: count(stdout) };
    }
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT') return { ...row, seconds: 0, note: 'not installed here' };
    return {
      ...row,
      seconds: 0,
      note: code === 'ETIMEDOUT' ? `not done after ${seconds} s` : String(code),
    };
  };
  const { site, surface, audience, at } = CONTEXT;
  const place = ['--site', site, '--surface', surface, '--audience', audience];
  const time = new Date(at).toISOString();
  const check = ['--jsonl', corpus, '--bundle', bundleFile, ...place, '--at', time];
  return [
    existsSync(breathCheck)
      ? run(
          'breath-check (native)',
          breathCheck,
          check,
          (out) => out.match(/"outcome":"findings"/g)?.length ?? 0,
        )
      : {
          name: 'breath-check (native)',
          rules,
          megabytes,
          seconds: 0,
          found: 0,
          note: 'not built here',
        },
    run('ripgrep -F -w -i (lines)', 'rg', ['-F', '-f', list, '-w', '-i', '-c', corpus], Number),
    run('grep -F -w -i (lines)', 'grep', ['-F', '-f', list, '-w', '-i', '-c', corpus], Number),
  ];
}
