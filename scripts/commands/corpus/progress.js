// SPDX-License-Identifier: Apache-2.0
// One line on the terminal that says how far a long run is. Silent when nobody watches, and when the answers go to the
// same terminal.
// Tested by: tests/node/corpus.test.js

const EVERY_MS = 200;
const MB = 1e6;

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

export class Progress {
  #start = performance.now();
  #shownAt = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #bytes = 0;
  #isWatched = Boolean(process.stderr.isTTY) && !process.stdout.isTTY;

  /** @param {number} size of the input in bytes, 0 when it is not known */
  constructor(size) {
    this.size = size;
  }

  /** @param {number} lines @param {number} bytes both since the start */
  show(lines, bytes) {
    this.#lines = lines;
    this.#bytes = bytes;
    if (!this.#isWatched || performance.now() - this.#shownAt < EVERY_MS) return;
    this.#shownAt = performance.now();
    process.stderr.write(`\r\u001b[K${this.#words()}`);
  }

  /** Makes room for a complaint. */
  clear() {
    if (this.#isWatched) process.stderr.write('\r\u001b[K');
    this.#shownAt = Number.NEGATIVE_INFINITY;
  }

  /** Leaves the last state standing. */
  end() {
    if (this.#isWatched) process.stderr.write(`\r\u001b[K${this.#words()}\n`);
  }

  #words() {
    const seconds = Math.max(0.001, (performance.now() - this.#start) / 1000);
    const speed = this.#bytes / seconds;
    const left = this.size - this.#bytes;
    const megabytes = (this.#bytes / MB).toFixed(1);
    const amount = this.size > 0 ? `${megabytes} of ${(this.size / MB).toFixed(1)}` : megabytes;
    const parts = [
      `${this.#lines.toLocaleString('en')} lines`,
      `${amount} MB`,
      `${(speed / MB).toFixed(1)} MB/s`,
    ];
    if (left > 0 && this.#bytes > 0) parts.push(`${duration(left / speed)} left`);
    return parts.join(', ');
  }
}
