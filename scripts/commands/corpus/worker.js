// SPDX-License-Identifier: Apache-2.0
// A worker thread of `breath check --jsonl`: an engine of its own that opens the compiled rules, one batch after the other.
// It reads no files but the engine and prints nothing; run.js does.
// Tested by: tests/node/corpus.test.js
import { parentPort, workerData } from 'node:worker_threads';
import { DraftJudge } from '../judging.js';
import { startEngine } from '../loading.js';
import { LineChecker } from './lines.js';
import { IMAGE_KEY } from './pool.js';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const { bundle, image, base, name } = /** @type {import('./pool.js').WorkerSetup} */ (workerData);

const engine = await startEngine();
const checker = new LineChecker(
  new DraftJudge({ bytes: bundle, ruleSet: engine.loadImage(image, IMAGE_KEY) }),
  base,
  name,
);

/** @type {Promise<void>} */
let turn = Promise.resolve();
port.on('message', (/** @type {import('./pool.js').Question} */ { bytes, firstLine }) => {
  // A batch that has to wait for a new engine must not be overtaken by the next.
  turn = turn.then(async () => {
    const result = await checker.check(bytes, firstLine);
    port.postMessage(result, [result.out.buffer]);
  });
});
