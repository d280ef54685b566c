// SPDX-License-Identifier: Apache-2.0
// The extension as the browser tests load it: the real package with the internal sites added, and variants of it in which
// one file is replaced to bring a fault about. Each lies in a folder of its own that `remove` deletes.
// Tested by: tests/browser/specs/*.test.js

import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INTERNAL = ['https://intranet.northwind.example/*', 'https://partner.example/*'];

/** Files that replace those of the package, by path. @typedef {Record<string, string>} Replacement */

/** A background that listens and never answers, as a hung one does. @type {Replacement} */
export const SILENT_BACKGROUND = {
  'background/main.js':
    '(globalThis.browser ?? chrome).runtime.onMessage.addListener(() => true);\n',
};

/** A background that is not there at all: every message is refused. @type {Replacement} */
export const NO_BACKGROUND = { 'background/main.js': 'export {};\n' };

/** An engine that is no WebAssembly. @type {Replacement} */
export const BROKEN_ENGINE = { 'engine.wasm': 'this is no module' };

/** One rule of each severity, each about a bird. @type {Replacement} */
export const BIRDS = {
  'default.bundle.json': JSON.stringify({
    format: 'breath-bundle/1',
    name: 'Birds',
    version: 1,
    issued: '2026-11-01T00:00:00Z',
    rules: [bird('note', 'sparrow'), bird('pause', 'falcon'), bird('strong', 'osprey')],
  }),
};

/**
 * @param {string} severity
 * @param {string} word
 */
function bird(severity, word) {
  return {
    id: `legal.${word}`,
    title: `A ${word} is named`,
    owner: 'Legal',
    purpose: 'Birds of the test bench are not for everyone.',
    guideline: { title: 'Bird Book 1', url: 'https://guidelines.example/birds' },
    audience: ['external', 'internal'],
    severity,
    reviewBy: '2030-01-01',
    when: { words: [word] },
    say: { en: { notice: `It says ${word}.`, why: 'Birds are shy.', instead: 'Leave it out.' } },
    examples: { warn: [`a ${word}`], fine: ['a cat'] },
  };
}

/**
 * @typedef {object} Package
 * @property {string} folder
 * @property {() => Promise<void>} remove
 */

/**
 * @param {Replacement} [replacement]
 * @returns {Promise<Package>}
 */
export async function makePackage(replacement = {}) {
  const parent = await mkdtemp(join(tmpdir(), 'breath-package-'));
  const folder = join(parent, 'extension');
  const remove = () => rm(parent, { recursive: true, force: true });
  try {
    // A package made elsewhere may be tested instead.
    if (process.env.BREATH_EXTENSION) {
      await cp(process.env.BREATH_EXTENSION, folder, { recursive: true });
    } else {
      const script = join(ROOT, 'scripts/build-extension.js');
      const internal = INTERNAL.flatMap((each) => ['--internal', each]);
      await run(process.execPath, [script, ...internal, '--out', folder]);
    }
    for (const [path, content] of Object.entries(replacement)) {
      await writeFile(join(folder, path), content);
    }
    return { folder, remove };
  } catch (failure) {
    await remove();
    throw failure;
  }
}
