// SPDX-License-Identifier: Apache-2.0
// Runs the two commands that judge archives, the one of Node and the native one, as programs of their own, and makes a
// bundle of one rule for them. It asserts nothing.
// Tested by: tests/node/corpus.test.js, tests/node/corpus-lines.test.js
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleBytes, readRuleFolder } from '../../scripts/commands/rule-files.js';
import { top } from './cli-program.js';

const NATIVE = join(top, 'build/native/breath-check');
/** Why the native command cannot be tested here, or false. */
export const NO_NATIVE = existsSync(NATIVE)
  ? false
  : 'there is no build/native/breath-check; run scripts/test --only native first';

/** @typedef {'node' | 'native'} Which */

export const COMMANDS = /** @type {const} */ ([
  { which: 'node', skip: false },
  { which: 'native', skip: NO_NATIVE },
]);

/** @param {Which} which @returns {[string, string[]]} a program and its first words */
export function programOf(which) {
  const program = join(top, 'scripts/breath.js');
  return which === 'node'
    ? [process.execPath, [program, 'check', '--jsonl']]
    : [NATIVE, ['--jsonl']];
}

/** @param {Which} which @param {string[]} words @param {import('node:child_process').SpawnOptions} [options] */
export function start(which, words, options = {}) {
  const [program, first] = programOf(which);
  return spawn(program, [...first, ...words], { cwd: top, ...options });
}

/**
 * @typedef {{ code: number | null, signal: string | null, out: string, err: string }} Ended
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<Ended>}
 */
export function ended(child) {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      out += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      err += chunk;
    });
    // A program that refuses its options, or whose reader left, reads no input.
    child.stdin?.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** @param {Which} which @param {string[]} words @param {string | Uint8Array} [input] */
export function run(which, words, input = '') {
  const child = start(which, words);
  child.stdin?.end(input);
  return ended(child);
}

/**
 * The default rules reduced to one, by default one that looks for "zebra crossing", for tests of everything around the
 * engine.
 * @param {object} [when] its condition
 */
export function oneRuleBundle(when = { words: ['zebra crossing'] }) {
  const { bundle } = readRuleFolder(join(top, 'rules'), () => '');
  const { unless, yieldsTo, ...rule } = bundle.rules[0] ?? {};
  const examples = { warn: ['zebra crossing'], fine: ['a zebra'] };
  const rules = [{ ...rule, when, examples }];
  return Buffer.from(bundleBytes({ ...bundle, rules, guards: [], lists: {}, definitions: {} }));
}
