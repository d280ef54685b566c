// SPDX-License-Identifier: Apache-2.0
// What a figure was measured on: the machine in one line, and the versions of everything that took part.
// Tested by: npm run bench
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** No name of the machine: only what bears on speed. */
export function machineLine() {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpu?.model.trim()}, ${cpus().length} cores, ${memory} GiB, Linux ${release().split('-')[0]}, Node ${process.versions.node} (V8 ${process.versions.v8})`;
}

/**
 * @param {string} folder tests/bench
 * @returns {Record<string, string>} version by name; programs that are not here are left out
 */
export function versions(folder) {
  /** @type {Record<string, string>} */
  const found = {};
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) found[`npm ${name}`] = JSON.parse(readFileSync(file, 'utf8')).version;
  }
  for (const [name, program, parameters] of /** @type {[string, string, string[]][]} */ ([
    ['compiler', 'c++', ['--version']],
    ['Emscripten', 'emcc', ['--version']],
    ['ripgrep', 'rg', ['--version']],
    ['grep', 'grep', ['--version']],
    ['Hyperscan', 'dpkg-query', ['-W', 'libhyperscan-dev']],
    ['Vectorscan', 'dpkg-query', ['-W', 'libvectorscan-dev']],
  ])) {
    const { status, stdout } = spawnSync(program, parameters, { encoding: 'utf8' });
    if (status === 0) found[name] = /\d+(?:\.\d+)+[\w.~+-]*/.exec(stdout)?.[0] ?? stdout.trim();
  }
  return found;
}
