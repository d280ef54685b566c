// SPDX-License-Identifier: Apache-2.0
// Runs the programs of one workload side by side: each in its own process, one after the other in every round, on texts none of
// them has seen. A program that fails or stays away too long is named with the reason and left out from there on.
// Tested by: tests/node/bench.test.js
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { contestantsFor, REFERENCE } from './contestants.js';
import { isJavaScript } from './peers/v8.js';
import { median } from './statistics.js';

/** @typedef {import('./bench-types.d.ts').Reply} Reply */
/** @typedef {import('./bench-types.d.ts').Request} Request */
/** @typedef {import('./workloads.js').Workload} Workload */

/**
 * @typedef {object} Limits
 * @property {number} rounds
 * @property {number} setupMs
 * @property {number} warmMs for each pool
 * @property {number} roundMs aimed at, for each program
 * @property {number} callMs a program whose call takes longer is not run in that pool
 * @property {number} replyMs a program that does not answer for so long is ended
 */

/**
 * @typedef {object} PoolResult
 * @property {number[]} rounds median nanoseconds a call of each round
 * @property {number[]} calls nanoseconds a call, one value a batch, of all rounds
 * @property {number} batch calls timed together
 * @property {number} found hits counted in the timed calls
 * @property {number} again median nanoseconds a call on one text given over and over: what fresh texts are there to avoid
 * @property {string} [skipped] why nothing was timed
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {number} setupMs
 * @property {string} note what it says of itself, or nothing
 * @property {string} failure why it is out, or nothing
 * @property {Record<string, PoolResult>} pools
 * @property {Set<string>} hits of the sample, named `pool text rule end`
 * @property {number} rss bytes when all was done
 * @property {number} wasm bytes of WebAssembly memory, 0 when unknown
 */

/** A program and the pipe to it. */
class Seat {
  name;
  /** @type {Result} */
  result;
  #child;
  #lines;
  #limit;

  /** @param {string} name @param {string[]} command @param {number} replyMs */
  constructor(name, command, replyMs) {
    this.name = name;
    this.result = {
      name,
      setupMs: 0,
      note: '',
      failure: '',
      pools: {},
      hits: new Set(),
      rss: 0,
      wasm: 0,
    };
    this.#limit = replyMs;
    const [program = '', ...parameters] = command;
    this.#child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.on('error', (error) => this.fail(error.message));
    // A program that ended is noticed when it gives no answer; the pipe has nothing to add.
    this.#child.stdin.on('error', (error) => this.fail(error.message));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  get isIn() {
    return this.result.failure === '';
  }

  /** @param {string} why */
  fail(why) {
    if (this.result.failure === '') this.result.failure = why;
    this.end();
  }

  end() {
    this.#child.kill('SIGKILL');
  }

  /** @param {Request} request @returns {Promise<Reply>} empty when the program is out */
  ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.hear(this.#limit);
  }

  /** @param {number} limit milliseconds @returns {Promise<Reply>} */
  async hear(limit) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, limit, 'late');
    });
    const line = await Promise.race([this.#lines.next(), late]);
    clearTimeout(timer);
    if (line === 'late') {
      this.fail(`no answer within ${limit / 1000} s`);
      return {};
    }
    const { done, value } = /** @type {IteratorResult<string>} */ (line);
    if (done) {
      this.fail('it ended by itself');
      return {};
    }
    /** @type {Reply} */
    const reply = JSON.parse(value);
    if (reply.error !== undefined) this.fail(reply.error);
    return reply;
  }
}

/**
 * @param {object} plan
 * @param {Workload} plan.workload
 * @param {Limits} plan.limits
 * @param {string} plan.folder
 * @param {string} plan.nativeBench the native program; empty when it could not be built
 * @param {(line: string) => void} plan.say
 * @returns {Promise<{ results: Result[], reference: Result }>} in the order of the table
 */
export async function runContest({ workload, limits, folder, nativeBench, say }) {
  const script = fileURLToPath(new URL('contestant.js', import.meta.url));
  /** @param {string} name @param {'node' | 'native'} runs */
  const seat = async (name, runs) => {
    const file = join(folder, `${workload.name}.${name.replace(/\W+/g, '-')}.task.json`);
    writeFileSync(file, JSON.stringify({ ...workload.task, contestant: name }));
    const command =
      runs === 'native'
        ? [nativeBench || 'native_bench', file]
        : [process.execPath, '--max-old-space-size=6144', script, file];
    const taken = new Seat(name, command, limits.replyMs);
    const { setupMs = 0, note = '' } = await taken.hear(limits.setupMs);
    Object.assign(taken.result, { setupMs, note });
    say(
      `  ${name}: ${taken.isIn ? `ready after ${Math.round(taken.result.setupMs)} ms` : `out: ${taken.result.failure}`}`,
    );
    return taken;
  };
  const seats = [];
  for (const { name, runs } of contestantsFor(workload.name)) seats.push(await seat(name, runs));
  for (const pool of Object.keys(workload.task.pools)) await runPool(workload, pool, seats, limits);
  // The reference speaks JavaScript; expressions that are none of it are judged by RE2, one after the other.
  const referee = workload.task.rules.every(isJavaScript)
    ? await seat(REFERENCE, 'node')
    : await seat('RE2 loop native', 'native');
  for (const each of [referee, ...seats]) {
    await takeSample(workload, each);
    if (each.isIn) {
      const { rss = 0, wasm = 0 } = await each.ask({ do: 'memory' });
      Object.assign(each.result, { rss, wasm });
    }
    each.end();
  }
  return { results: seats.map(({ result }) => result), reference: referee.result };
}

/**
 * @param {Workload} workload
 * @param {string} pool
 * @param {Seat[]} seats
 * @param {Limits} limits
 */
async function runPool(workload, pool, seats, limits) {
  const portion = workload.portions[pool];
  if (portion === undefined) return;
  const mostPerRound = Math.floor(portion.perRound / limits.rounds);
  /** @type {{ seat: Seat, count: number, batch: number, out: PoolResult }[]} */
  const playing = [];
  for (const seat of seats.filter(({ isIn }) => isIn)) {
    const { nanoseconds = [] } = await seat.ask({
      do: 'warm',
      pool,
      first: 0,
      count: portion.warm,
      milliseconds: limits.warmMs,
    });
    if (!seat.isIn) continue;
    const each = nanoseconds[0] ?? 0;
    /** @type {PoolResult} */
    const out = { rounds: [], calls: [], batch: 1, found: 0, again: 0 };
    seat.result.pools[pool] = out;
    if (each > limits.callMs * 1e6) {
      out.skipped = `${(each / 1e6).toFixed(0)} ms a call`;
      continue;
    }
    // Below 3 us the clock's own cost would show.
    out.batch = each < 3000 ? Math.min(64, mostPerRound) : 1;
    const wished = Math.floor((limits.roundMs * 1e6) / each);
    const count = Math.max(out.batch, Math.min(mostPerRound, wished));
    playing.push({ seat, count: count - (count % out.batch), batch: out.batch, out });
  }
  for (const { seat, count, batch, out } of playing) {
    const { nanoseconds = [] } = await seat.ask({ do: 'again', pool, first: 0, count, batch });
    if (nanoseconds.length > 0) out.again = median(nanoseconds);
  }
  for (let round = 0; round < limits.rounds; round++) {
    // Each starts a round as often as any other.
    const turn = round % Math.max(1, playing.length);
    for (const { seat, count, batch, out } of [...playing.slice(turn), ...playing.slice(0, turn)]) {
      if (!seat.isIn) continue;
      const first = portion.warm + round * mostPerRound;
      const reply = await seat.ask({ do: 'round', pool, first, count, batch });
      const calls = reply.nanoseconds ?? [];
      if (calls.length === 0) continue;
      out.rounds.push(median(calls));
      out.calls.push(...calls);
      out.found += reply.found ?? 0;
    }
  }
}

/** @param {string} text @param {number} end bytes of UTF-8 @returns {number} UTF-16 units; -1 stays -1 */
const utf16End = (text, end) =>
  end < 0 ? end : Buffer.from(text).subarray(0, end).toString('utf8').length;

/**
 * Asks for the hits of the texts that were not timed.
 * @param {Workload} workload
 * @param {Seat} seat
 */
async function takeSample(workload, seat) {
  const { packed, hitsBy, pools } = workload.task;
  for (const [pool, file] of Object.entries(pools)) {
    const { warm, perRound, sample } = /** @type {import('./workloads.js').Portion} */ (
      workload.portions[pool]
    );
    const first = warm + perRound;
    if (!seat.isIn || seat.result.pools[pool]?.skipped !== undefined) continue;
    const { hits = [], unit } = await seat.ask({ do: 'sample', pool, first, count: sample });
    /** @type {string[]} */
    const texts = unit === 'utf8' ? JSON.parse(readFileSync(file, 'utf8')) : [];
    for (const [text, rule, end] of hits) {
      const isOurs = seat.name.startsWith('breath');
      const owner = isOurs ? rule : Math.floor(rule / packed);
      const at = unit === 'utf8' ? utf16End(texts[first + text] ?? '', end) : end;
      seat.result.hits.add(`${pool} ${text} ${owner}${hitsBy === 'end' ? ` ${at}` : ''}`);
    }
  }
}
