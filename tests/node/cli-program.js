// SPDX-License-Identifier: Apache-2.0
// Runs the command line as a program of its own and makes scratch files for it. It asserts nothing.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillPlaceholders } from '../../extension/bundle/examples.js';

export const top = fileURLToPath(new URL('../..', import.meta.url));
export const RISKY = fillPlaceholders('Staging login: admin / {{password}} have fun', 'cli');

/** A temporary folder of the test file that calls; `remove` it afterwards. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'breath-cli-'));
  return {
    folder,
    /** @param {string} name @param {string | Buffer} content */
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    /** A copy of the rules to break. @param {string} name @returns {string} */
    rulesCopy(name) {
      const copy = join(folder, name);
      cpSync(join(top, 'rules'), copy, { recursive: true });
      return copy;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * @param {string[]} words
 * @param {string | Buffer} [input]
 * @param {{ home?: string }} [options]
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
export function breath(words, input = '', { home = top } = {}) {
  return new Promise((resolve, reject) => {
    const program = join(home, 'scripts/breath.js');
    const child = spawn(process.execPath, [program, ...words], { cwd: home });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      err += chunk;
    });
    // A program that refuses its options reads no input.
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

/** @param {string} path @param {(rule: Record<string, any>) => void} change */
export function edit(path, change) {
  const rule = JSON.parse(readFileSync(path, 'utf8'));
  change(rule);
  writeFileSync(path, JSON.stringify(rule));
}
