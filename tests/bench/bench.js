// SPDX-License-Identifier: Apache-2.0
// npm run bench: measures the engine beside its peers and writes build/bench.json and tests/bench/RESULTS.md. It judges nothing: no
// number here passes or fails, except instruction counts against the committed ones.
//   npm run bench -- [--quick] [--only W1-1000]... [--data DIR]
//   npm run bench -- --instructions [--update-instructions]
// Tested by: tests/node/bench.test.js (the parts it puts together)
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BreathError } from '../../extension/shared/errors.js';
import { runContest } from './contest.js';
import { gitleaksRules } from './gitleaks.js';
import { committedCounts, compareCounts, countInstructions, TOLERANCE } from './instructions.js';
import { machineLine, versions } from './machine.js';
import { buildNative, installPeers } from './preparation.js';
import { report } from './report.js';
import { coldStarts, corpusRuns, hostileRuns, typingRuns } from './single-runs.js';
import { measureSizes } from './sizes.js';
import { summarise } from './summary.js';
import { makeWorkload, portionsFor, RULE_SETS, sharedModel } from './workloads.js';

/** @typedef {import('./workloads.js').Workload} Workload */

const here = fileURLToPath(new URL('.', import.meta.url));
const top = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(top, 'build/bench-files');
const committed = join(here, 'instructions.json');
const began = Date.now();
const loadBefore = loadavg()[0] ?? 0;

/** @param {string} line */
const say = (line) =>
  process.stdout.write(
    `${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${line}\n`,
  );

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    data: { type: 'string', default: join(top, '../shared/data') },
    instructions: { type: 'boolean', default: false },
    'update-instructions': { type: 'boolean', default: false },
  },
});

const enginePath = join(top, 'build/wasm/engine.wasm');
if (!existsSync(enginePath)) {
  say('There is no build/wasm/engine.wasm. Run ./scripts/build, then this again.');
  process.exit(3);
}
const wasm = readFileSync(enginePath);
mkdirSync(folder, { recursive: true });

const native = buildNative(top, say);
if (options.instructions || options['update-instructions']) {
  process.exit(await countAndCompare());
}
const problems = [...native.missing, ...installPeers(here, say)];
for (const problem of problems) say(problem);

const rounds = options.quick ? 5 : 30;
const limits = options.quick
  ? { rounds, setupMs: 8_000, warmMs: 40, roundMs: 5, callMs: 100, replyMs: 30_000 }
  : { rounds, setupMs: 120_000, warmMs: 150, roundMs: 8, callMs: 200, replyMs: 60_000 };
const model = sharedModel();
/** @type {ReturnType<typeof summarise>[]} */
const contests = [];
/** @type {string[]} */
const remarks = [...problems];
/** @type {Map<string, Workload>} */
const workloads = new Map();

/** @param {string} name */
const wanted = (name) =>
  options.only.length > 0
    ? options.only.includes(name)
    : !(options.quick && name.endsWith('-10000'));

for (const name of Object.keys(RULE_SETS).filter(wanted)) await contest(name);
if (wanted('gitleaks')) await contestOfPatterns();
const cold = wanted('cold')
  ? await coldStarts({ workloads, folder, times: options.quick ? 3 : 15 })
  : [];
say('W5, typing');
const typing = wanted('W5') ? typingRuns({ workloads, say }) : [];
say('W7, hostile texts');
const hostile = wanted('W7') ? hostileRuns({ workloads, contests, folder, say }) : [];
say('W6, corpus');
const corpus = wanted('W6')
  ? await corpusRuns({
      workloads,
      model,
      folder,
      wasm,
      top,
      megabytes: options.quick ? 2 : 100,
      seconds: options.quick ? 3 : 15,
    })
  : [];
const sizes = measureSizes({
  'engine.wasm': enginePath,
  'content script': join(top, 'build/extension/content.js'),
  'W1-1000 bundle': workloads.get('W1-1000')?.task.bundle ?? 'none',
  'W1-10000 bundle': workloads.get('W1-10000')?.task.bundle ?? 'none',
  'W3-10000 bundle': workloads.get('W3-10000')?.task.bundle ?? 'none',
  're2-wasm': join(here, 'node_modules/re2-wasm/build/wasm/re2.wasm'),
  'YARA-X': join(here, 'node_modules/@virustotal/yara-x/pkg/yara_x_js_bg.wasm'),
  'harper.js': join(here, 'node_modules/harper.js/dist/harper_wasm_bg.wasm'),
});
const result = {
  date: new Date().toISOString(),
  isQuick: options.quick,
  rounds,
  machine: machineLine(),
  // Others at work make every figure of the run worse and its ratios shakier; a reader must see it.
  load: { before: loadBefore, after: loadavg()[0] ?? 0 },
  engine: createHash('sha256').update(wasm).digest('hex'),
  versions: versions(here),
  seconds: Math.round((Date.now() - began) / 1000),
  remarks,
  contests,
  cold,
  typing,
  hostile,
  corpus,
  ...sizes,
  instructions: committedCounts(committed),
};
writeFileSync(join(top, 'build/bench.json'), `${JSON.stringify(result, null, 1)}\n`);
say('build/bench.json is written.');
// A quick or partial run shows that the benchmark works; its table would pass for a measurement.
const table =
  options.quick || options.only.length > 0
    ? join(top, 'build/bench-partial.md')
    : join(here, 'RESULTS.md');
writeFileSync(table, report(result));
say(`${table.slice(top.length)} is written.`);

/**
 * @param {string} name
 * @param {{ title: string, rules: import('./bench-types.d.ts').BenchRule[], hits: string[] }} [given]
 */
async function contest(name, given) {
  say(`${name}: making rules and texts`);
  const portions = portionsFor(options.quick, rounds);
  try {
    const workload = await makeWorkload({
      name,
      wasm,
      folder,
      portions,
      model,
      ...(given ? { given } : {}),
    });
    workloads.set(name, workload);
    if (workload.note !== '') remarks.push(`${name}: ${workload.note}.`);
    const { results, reference } = await runContest({
      workload,
      limits,
      folder,
      nativeBench: native.program,
      say,
    });
    contests.push(summarise(workload, results, reference));
  } catch (error) {
    if (!(error instanceof BreathError)) throw error;
    remarks.push(`${name}: not run: the engine refuses its rules (${error.id}).`);
    say(remarks.at(-1) ?? '');
  }
}

async function contestOfPatterns() {
  const found = await gitleaksRules(options.data, wasm);
  if (found === null) {
    remarks.push('gitleaks: not run: its patterns are not beside the checkout (--data DIR).');
    return;
  }
  const { refused, refusedAsGiven } = found;
  remarks.push(
    `gitleaks: our format refuses ${refusedAsGiven} of ${found.rules.length + refused.length} patterns as they are (\\b); ` +
      `without a \\b at their ends, ${refused.length}: ${refused.join(', ')}.`,
  );
  await contest('gitleaks', found);
}

/** @returns {Promise<number>} exit code */
async function countAndCompare() {
  if (native.program === '') {
    for (const line of native.missing) say(line);
    return 3;
  }
  const counts = await countInstructions({ nativeBench: native.program, wasm, folder, say });
  if (options['update-instructions']) {
    writeFileSync(committed, `${JSON.stringify(counts, null, 2)}\n`);
    say('tests/bench/instructions.json is written.');
    return 0;
  }
  const before = committedCounts(committed);
  if (before === null) {
    say('Nothing to compare with: run with --update-instructions once.');
    return 0;
  }
  if (before.compiler !== counts.compiler)
    say(`Counted before with ${before.compiler}: differences may be the compiler's.`);
  const changes = compareCounts(counts, before);
  for (const { name, before: old, now, change } of changes) {
    say(
      `${change > 0 ? 'MORE' : 'less'}  ${name}: ${old} -> ${now} (${(change * 100).toFixed(1)} %)`,
    );
  }
  if (changes.length === 0)
    say(`All within ${TOLERANCE * 100} % of tests/bench/instructions.json.`);
  return changes.some(({ change }) => change > 0) ? 1 : 0;
}
