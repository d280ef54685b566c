// SPDX-License-Identifier: Apache-2.0
// The repository's files as the architecture tests read them: from the file system, without what others wrote.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const SKIPPED = new Set(['node_modules', 'build', '.git', 'third_party']);

/**
 * @param {string} folder relative to the repository
 * @returns {string[]} files below it, relative to the repository, sorted
 */
export function filesBelow(folder) {
  return readdirSync(join(top, folder), { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

/** @param {string} path */
export const read = (path) => readFileSync(join(top, path), 'utf8');
/** @param {...string} kinds */
export const ofKind =
  (...kinds) =>
  /** @param {string} path */
  (path) =>
    kinds.includes(extname(path));

/**
 * The code without comments, so that words in prose do not count. Strings stay: an import path is one.
 * @param {string} source
 */
export function withoutComments(source) {
  return source.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (whole, string) => string ?? whole.replace(/[^\n]/g, ' '),
  );
}

/**
 * Fails with every offence at once.
 * @param {string[]} offences
 * @param {string} remedy
 */
export function assertNone(offences, remedy) {
  assert.equal(offences.length, 0, `${remedy}\n  ${offences.join('\n  ')}`);
}
