// SPDX-License-Identifier: Apache-2.0
// `breath check --jsonl`: reads batches of lines, has worker threads judge them, prints the answers in order. A bounded
// number of batches is under way, so memory does not grow with the file and a slow reader slows the reading.
// Tested by: tests/node/corpus.test.js
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { drafterName } from '../draft-input.js';
import { readBatches } from './batches.js';
import { tooLongResult, worstCode } from './lines.js';
import { CheckPool, IMAGE_KEY } from './pool.js';
import { Progress } from './progress.js';

/** Batches for each thread: one judged, one waiting for the thread, one waiting for its turn to be printed. */
const BATCHES_PER_JOB = 3;
/** As shells say it of a program that someone stopped. */
const STOPPED = 130;

/** @param {NodeJS.WriteStream} stream @param {string | Uint8Array} text */
async function print(stream, text) {
  if (text.length > 0 && !stream.write(text)) await once(stream, 'drain');
}

/** @param {string | undefined} name @returns {number} bytes, 0 when it is no plain file */
function sizeOf(name) {
  if (name === undefined || name === '-') return 0;
  const facts = statSync(name, { throwIfNoEntry: false });
  return facts?.isFile() ? facts.size : 0;
}

/**
 * @param {string | undefined} name a file, or `-` or nothing for standard input
 * @param {{ loaded: Pick<import('../loading.js').Loaded, 'bytes' | 'ruleSet'>, base: import('./pool.js').DraftContext, jobs: number }} how
 * @returns {Promise<number>} the exit code
 * @throws {import('../complaint.js').Complaint}
 */
export async function checkCorpus(name, { loaded, base, jobs }) {
  const file = drafterName(name);
  const bundle = new Uint8Array(loaded.bytes);
  const image = loaded.ruleSet.save(IMAGE_KEY);
  const pool = new CheckPool(jobs, { bundle, image, base, name: file });
  const progress = new Progress(sizeOf(name));
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  let codes = 0;
  let lastLine = 0;
  /** @type {Promise<void>[]} prints that are not done, oldest first */
  const turns = [];
  /** @type {Promise<void>} */
  let printed = Promise.resolve();
  // The second time, an interrupt ends the program as it always does.
  process.once('SIGINT', onInterrupt);
  try {
    for await (const batch of readBatches(name, stop.signal)) {
      const { bytes, firstLine, lines, readBytes } = batch;
      const answer =
        bytes === null ? tooLongResult(file, firstLine) : pool.check({ ...batch, bytes });
      const before = printed;
      printed = (async () => {
        const [result] = await Promise.all([answer, before]);
        codes |= result.codes;
        lastLine = firstLine + lines - 1;
        // Should the reader of the output go away, this is what is said of the lines so far.
        process.exitCode = worstCode(codes);
        if (result.complaints) progress.clear();
        await print(process.stderr, result.complaints);
        await print(process.stdout, result.out);
        progress.show(lastLine, readBytes);
      })();
      // It is thrown where `printed` is awaited; until then there is no use in reading on.
      printed.catch(() => stop.abort());
      turns.push(printed);
      if (turns.length >= jobs * BATCHES_PER_JOB) await turns.shift();
    }
    await printed;
    progress.end();
  } catch (error) {
    // What was judged before the fault is printed first: nothing that is known gets lost.
    await Promise.allSettled(turns);
    progress.clear();
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
    await pool.end();
  }
  if (!stop.signal.aborted) return worstCode(codes);
  process.stderr.write(
    `breath check: stopped: ${file} was checked up to line ${lastLine}; what follows was not.\n`,
  );
  return STOPPED;
}
