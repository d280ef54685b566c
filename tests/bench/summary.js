// SPDX-License-Identifier: Apache-2.0
// From what a contest measured to what its table says: percentiles, ratios with their intervals, agreement with the reference.
// Tested by: tests/node/bench.test.js
import { readFileSync } from 'node:fs';
import { CONTESTANTS, differentTask, OURS } from './contestants.js';
import { seeded } from './random.js';
import { agreement, percentile, ratioOfMedians } from './statistics.js';

/** @typedef {import('./contest.js').Result} Result */
/** @typedef {import('./workloads.js').Workload} Workload */

/**
 * @typedef {object} Cell microseconds a call, on texts never seen before
 * @property {number} p50 median of the rounds' medians
 * @property {number} p99 of single calls, or of batches where `batch` is above 1
 * @property {number} p999
 * @property {number} batch
 * @property {number} calls how many were timed
 * @property {number} megabytesPerSecond
 * @property {number} again microseconds on one text over and over; no claim rests on it
 * @property {{ ratio: number, low: number, high: number }} ratio their time over ours
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} different
 * @property {string} failure
 * @property {string} note
 * @property {number} setupMs
 * @property {number} rss
 * @property {number} wasm
 * @property {{ recall: number, precision: number, wanted: number, found: number }} agreement
 * @property {Record<string, Cell | { skipped: string }>} pools
 */

/** @typedef {{ name: string, title: string, note: string, rules: number, bundleSize: number, noticed: number | null, falseAlarms: number | null, rows: Row[] }} Contest */

/**
 * @param {Workload} workload
 * @param {Result[]} results
 * @param {Result} reference
 * @returns {Contest}
 */
export function summarise(workload, results, reference) {
  const ours = results.find(({ name }) => name === OURS);
  const random = seeded(`ratios ${workload.name}`);
  const bytes = Object.fromEntries(
    Object.entries(workload.task.pools).map(([name, file]) => [name, meanBytes(file)]),
  );
  const rows = results.map((result) => {
    const contestant = CONTESTANTS.find(({ name }) => name === result.name);
    /** @type {Row} */
    const row = {
      name: result.name,
      different: contestant === undefined ? '' : differentTask(contestant, workload.name),
      failure: result.failure,
      note: result.note,
      setupMs: result.setupMs,
      rss: result.rss,
      wasm: result.wasm,
      agreement: agreement(result.hits, reference.hits),
      pools: {},
    };
    for (const [pool, measured] of Object.entries(result.pools)) {
      if (measured.rounds.length === 0) {
        row.pools[pool] = { skipped: measured.skipped ?? result.failure };
        continue;
      }
      const p50 = percentile(measured.rounds, 0.5) / 1000;
      row.pools[pool] = {
        p50,
        p99: percentile(measured.calls, 0.99) / 1000,
        p999: percentile(measured.calls, 0.999) / 1000,
        batch: measured.batch,
        calls: measured.calls.length * measured.batch,
        megabytesPerSecond: (bytes[pool] ?? 0) / p50,
        again: measured.again / 1000,
        ratio: ratioOfMedians(
          measured.rounds,
          ours?.pools[pool]?.rounds ?? measured.rounds,
          random,
        ),
      };
    }
    return row;
  });
  const isDisguised = workload.name === 'W4';
  return {
    name: workload.name,
    title: workload.title,
    note: workload.note,
    rules: workload.task.rules.length,
    bundleSize: workload.bundleSize,
    noticed: isDisguised && ours ? textsWithHits(ours, workload, 'hit') : null,
    falseAlarms: isDisguised && ours ? textsWithHits(ours, workload, 'clean') : null,
    rows,
  };
}

/** @param {string} file @returns {number} bytes of UTF-8 a text, in the mean of the first thousand */
function meanBytes(file) {
  /** @type {string[]} */
  const texts = JSON.parse(readFileSync(file, 'utf8')).slice(0, 1000);
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length;
}

/**
 * @param {Result} result
 * @param {Workload} workload
 * @param {'clean' | 'hit'} kind
 * @returns {number} share of the sampled texts of a kind in which anything was found
 */
function textsWithHits({ hits }, { portions }, kind) {
  const pools = Object.entries(portions).filter(([pool]) => pool.endsWith(kind));
  const all = pools.reduce((sum, [, { sample }]) => sum + sample, 0);
  const found = new Set(
    [...hits]
      .map((hit) => hit.split(' ').slice(0, 2).join(' '))
      .filter((text) => text.split(' ')[0]?.endsWith(kind)),
  );
  return found.size / all;
}
