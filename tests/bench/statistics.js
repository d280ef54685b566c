// SPDX-License-Identifier: Apache-2.0
// The few statistics of a report: percentiles, the median of rounds, and how sure a ratio of two medians is. It times
// nothing.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./random.js').Random} Random */

/**
 * The nearest-rank percentile: a value that was measured, never one between two.
 * @param {ArrayLike<number>} values not empty, in any order
 * @param {number} share 0.5 for the median, 0.99 for p99
 * @returns {number}
 */
export function percentile(values, share) {
  if (values.length === 0) throw new RangeError('There is no percentile of nothing.');
  const sorted = Float64Array.from(values).sort();
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return /** @type {number} */ (sorted[rank - 1]);
}

/** @param {ArrayLike<number>} values not empty */
export const median = (values) => percentile(values, 0.5);

/**
 * The ratio of two medians with a 95 % interval by the percentile bootstrap (Efron 1979). Rounds are drawn in pairs: in one
 * round both sides saw the same minute of the same machine, and a slow minute is no news about either.
 * @param {number[]} theirs one value a round
 * @param {number[]} ours one value a round, same rounds
 * @param {Random} random
 * @param {number} [resamples]
 * @returns {{ ratio: number, low: number, high: number }} theirs / ours: above 1, ours took less
 */
export function ratioOfMedians(theirs, ours, random, resamples = 1000) {
  const rounds = Math.min(theirs.length, ours.length);
  if (rounds === 0) throw new RangeError('There is no ratio of nothing.');
  const ratio = median(theirs.slice(0, rounds)) / median(ours.slice(0, rounds));
  const drawn = [];
  const some = { theirs: new Float64Array(rounds), ours: new Float64Array(rounds) };
  for (let i = 0; i < resamples; i++) {
    for (let n = 0; n < rounds; n++) {
      const round = random.below(rounds);
      some.theirs[n] = theirs[round] ?? 0;
      some.ours[n] = ours[round] ?? 0;
    }
    drawn.push(median(some.theirs) / median(some.ours));
  }
  return { ratio, low: percentile(drawn, 0.025), high: percentile(drawn, 0.975) };
}

/**
 * How far a hit set is from the reference.
 * @param {Set<string>} found
 * @param {Set<string>} wanted
 * @returns {{ recall: number, precision: number, wanted: number, found: number }} both shares 1 when there was nothing to find
 */
export function agreement(found, wanted) {
  const common = [...found].filter((hit) => wanted.has(hit)).length;
  return {
    recall: wanted.size === 0 ? 1 : common / wanted.size,
    precision: found.size === 0 ? 1 : common / found.size,
    wanted: wanted.size,
    found: found.size,
  };
}
