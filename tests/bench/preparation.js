// SPDX-License-Identifier: Apache-2.0
// Brings what the benchmark needs and the product does not: peers from npm, one of them built from its own sources, and the native
// program. What cannot be had is said and left out; only engine.wasm is a must.
// Tested by: npm run bench
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {(line: string) => void} Say */

/**
 * @param {string} folder tests/bench
 * @param {Say} say
 * @returns {string[]} what is missing, in words for the report
 */
export function installPeers(folder, say) {
  const modules = join(folder, 'node_modules');
  const stamp = join(modules, '.package-lock.json');
  const lock = join(folder, 'package-lock.json');
  if (!existsSync(stamp) || statSync(stamp).mtimeMs < statSync(lock).mtimeMs) {
    say('Installing the programs to compare with (tests/bench/package-lock.json) ...');
    const { status, stderr } = run('npm', ['ci', '--ignore-scripts'], folder);
    if (status !== 0) return [`no npm peers: npm ci failed: ${stderr.trim().split('\n')[0]}`];
  }
  const binding = join(modules, 're2/build/Release/re2.node');
  if (existsSync(binding)) return [];
  say('Building npm re2 from the sources in its package; this takes some minutes, once ...');
  const gyp = nodeGyp();
  if (gyp === '')
    return ['npm re2 is not built: no node-gyp beside npm; its rows fail, native RE2 stands in'];
  const { status, stderr } = run(
    process.execPath,
    [gyp, 'rebuild', ...nodeHeaders()],
    join(modules, 're2'),
  );
  return status === 0
    ? []
    : [
        `npm re2 is not built: ${stderr.trim().split('\n').at(-1)}; its rows fail, native RE2 stands in`,
      ];
}

/**
 * @param {string} top the repository
 * @param {Say} say
 * @returns {{ program: string, missing: string[] }} the path of native_bench, empty when there is none
 */
export function buildNative(top, say) {
  say('Building native_bench (preset bench) ...');
  for (const parameters of [
    ['--preset', 'bench'],
    ['--build', '--preset', 'bench'],
  ]) {
    const { status, stdout, stderr } = run('cmake', parameters, top);
    if (status !== 0) {
      const why = `${stdout}\n${stderr}`.trim().split('\n').at(-1);
      return {
        program: '',
        missing: [`no native rows: cmake ${parameters.join(' ')} failed: ${why}`],
      };
    }
  }
  const cache = readFileSync(join(top, 'build/bench/CMakeCache.txt'), 'utf8');
  const missing = /^HYPERSCAN_LIBRARY:[^=]*=.*NOTFOUND/m.test(cache)
    ? ['no Hyperscan rows: apt-get install libhyperscan-dev (or libvectorscan-dev)']
    : [];
  return { program: join(top, 'build/bench/tests/bench/native/native_bench'), missing };
}

/** @param {string} program @param {string[]} parameters @param {string} cwd */
const run = (program, parameters, cwd) =>
  spawnSync(program, parameters, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });

/** The node-gyp that npm carries, so that nothing is downloaded. */
function nodeGyp() {
  const npm = execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim();
  const path = join(npm, 'npm/node_modules/node-gyp/bin/node-gyp.js');
  return existsSync(path) ? path : '';
}

/** Headers of this Node where it is installed with them; otherwise node-gyp looks for its own. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? [`--nodedir=${prefix}`] : [];
}
