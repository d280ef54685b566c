// SPDX-License-Identifier: Apache-2.0
// One program of the benchmark in a process of its own: sets it up with the rules of a task and does what contest.js asks on stdin,
// a line of JSON each, as native_bench does natively. A process of its own, because some programs hang and none may share a heap.
//   node contestant.js TASK.json
// Tested by: tests/node/bench.test.js
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setUpContestant } from './contestants.js';
import { median } from './statistics.js';

/** @typedef {import('./bench-types.d.ts').Hit} Hit */
/** @typedef {import('./bench-types.d.ts').Matcher} Matcher */
/** @typedef {import('./bench-types.d.ts').Reply} Reply */
/** @typedef {import('./bench-types.d.ts').Request} Request */
/** @typedef {import('./bench-types.d.ts').Task} Task */

/** @param {Reply} reply */
const say = (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`);

/**
 * @param {Matcher} matcher
 * @param {Record<string, string[]>} pools
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
async function answer(matcher, pools, request) {
  if (request.do === 'memory') {
    return { rss: process.memoryUsage.rss(), wasm: matcher.wasmBytes?.() ?? 0 };
  }
  const { first, count } = request;
  const texts = (pools[request.pool] ?? []).slice(first, first + count);
  if (request.do === 'warm') return warm(matcher, texts, request.milliseconds);
  if (request.do === 'sample') {
    /** @type {Hit[]} */
    const hits = [];
    for (const [i, text] of texts.entries()) {
      for (const [rule, end] of await matcher.hits(text)) hits.push([i, rule, end]);
    }
    return { hits, unit: matcher.unit };
  }
  if (request.do === 'again') texts.fill(texts[0] ?? '');
  return round(matcher, texts, request.batch);
}

/** @param {Matcher} matcher @param {string[]} texts @param {number} limit milliseconds @returns {Promise<Reply>} */
async function warm(matcher, texts, limit) {
  /** @type {number[]} */
  const milliseconds = [];
  const began = performance.now();
  for (let late = began, i = 0; (late - began < limit || i < 3) && i < texts.length; i++) {
    await matcher.count(/** @type {string} */ (texts[i]));
    const now = performance.now();
    milliseconds.push(now - late);
    late = now;
  }
  // At least three calls, and of them the median of the later half: the first are the price of warming up.
  const later = milliseconds.slice(milliseconds.length >> 1);
  return { used: milliseconds.length, nanoseconds: [median(later) * 1e6] };
}

/** @param {Matcher} matcher @param {string[]} texts @param {number} batch @returns {Promise<Reply>} */
async function round(matcher, texts, batch) {
  const nanoseconds = [];
  let found = 0;
  for (let i = 0; i < texts.length; i += batch) {
    const stop = Math.min(texts.length, i + batch);
    const began = performance.now();
    for (let n = i; n < stop; n++) {
      const some = matcher.count(/** @type {string} */ (texts[n]));
      found += typeof some === 'number' ? some : await some;
    }
    nanoseconds.push(((performance.now() - began) * 1e6) / (stop - i));
  }
  return { nanoseconds, found };
}

/** @type {Task} */
const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
/** @type {Record<string, string[]>} */
const pools = Object.fromEntries(
  Object.entries(task.pools).map(([name, file]) => [name, JSON.parse(readFileSync(file, 'utf8'))]),
);
try {
  const began = performance.now();
  const matcher = await setUpContestant(task);
  say({
    ready: true,
    setupMs: performance.now() - began,
    ...(matcher.note ? { note: matcher.note } : {}),
  });
  for await (const line of createInterface({ input: process.stdin })) {
    say(await answer(matcher, pools, JSON.parse(line)));
  }
} catch (error) {
  say({ error: (error instanceof Error ? error.message : String(error)).slice(0, 300) });
  process.exitCode = 3;
}
