// SPDX-License-Identifier: Apache-2.0
// Worker threads that judge batches. It starts one more only when all others are busy, so that a short file costs one.
// The order of answers is that of the promises it gives; how many batches may be under way is the caller's to bound.
// Tested by: tests/node/corpus.test.js
import { Worker } from 'node:worker_threads';
import { Complaint, EXIT } from '../complaint.js';

/**
 * @typedef {import('../../../extension/shared/types.d.ts').DraftContext} DraftContext
 * @typedef {import('./batches.js').Batch} Batch
 * @typedef {import('./lines.js').BatchResult} BatchResult
 * `image` is `bundle` compiled and saved under IMAGE_KEY: a thread opens it in a hundredth of the time.
 * @typedef {{ bundle: Uint8Array<ArrayBuffer>, image: Uint8Array<ArrayBuffer>, base: DraftContext, name: string }} WorkerSetup
 * @typedef {{ bytes: Uint8Array<ArrayBuffer>, firstLine: number }} Question
 * @typedef {{ batch: Batch, resolve: (result: BatchResult) => void, reject: (error: Error) => void }} Waiting
 */

/** An image that is handed from thread to thread needs no name. */
export const IMAGE_KEY = new Uint8Array();

/** A thread and the batches it has, oldest first. */
class CheckThread {
  /** @type {Waiting[]} */
  #waiting = [];
  #worker;

  /** @param {WorkerSetup} setup */
  constructor(setup) {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setup });
    this.#worker.on('message', (result) => this.#waiting.shift()?.resolve(result));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('it ended early')));
  }

  get load() {
    return this.#waiting.length;
  }

  /** @param {Batch & { bytes: Uint8Array<ArrayBuffer> }} batch @returns {Promise<BatchResult>} */
  check(batch) {
    const { bytes, firstLine } = batch;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#worker.postMessage({ bytes, firstLine }, [bytes.buffer]);
    });
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { batch, reject } of this.#waiting.splice(0)) {
      const last = batch.firstLine + batch.lines - 1;
      reject(
        new Complaint(
          `breath check: engine-failed: the part of the program that checked lines ${batch.firstLine} to ${last} stopped (${error.message}). The lines before were checked, these and what follows were not.`,
          EXIT.UNCHECKED,
        ),
      );
    }
  }

  async end() {
    await this.#worker.terminate();
  }
}

export class CheckPool {
  /** @type {CheckThread[]} */
  #threads = [];

  /** @param {number} jobs most threads @param {WorkerSetup} setup */
  constructor(jobs, setup) {
    this.jobs = jobs;
    this.setup = setup;
  }

  /** @param {Batch & { bytes: Uint8Array<ArrayBuffer> }} batch whose bytes are given away @returns {Promise<BatchResult>} */
  check(batch) {
    const [freest] = this.#threads.toSorted((a, b) => a.load - b.load);
    if (freest && (freest.load === 0 || this.#threads.length >= this.jobs)) {
      return freest.check(batch);
    }
    const thread = new CheckThread(this.setup);
    this.#threads.push(thread);
    return thread.check(batch);
  }

  async end() {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}
