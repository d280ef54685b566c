// SPDX-License-Identifier: Apache-2.0
// Bytes as they are and as they travel: our engine and content script, and the files of peers that a page would have to load instead.
// Tested by: tests/node/bench.test.js
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** @typedef {{ name: string, raw: number, gzip: number, brotli: number, brotliQuality: number }} Size */

/** Brotli at its best takes minutes on many megabytes; such a file gets a lower quality, and the table says which. */
const LARGE = 4_000_000;

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {Size}
 */
export function sizeOf(name, bytes) {
  const brotliQuality = bytes.length > LARGE ? 5 : 11;
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality };
  return {
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
    brotliQuality,
  };
}

/**
 * @param {Record<string, string>} files path by name
 * @returns {{ sizes: Size[], missing: string[] }}
 */
export function measureSizes(files) {
  const entries = Object.entries(files);
  return {
    sizes: entries
      .filter(([, path]) => existsSync(path))
      .map(([name, path]) => sizeOf(name, readFileSync(path))),
    missing: entries.filter(([, path]) => !existsSync(path)).map(([name]) => name),
  };
}
