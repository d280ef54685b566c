// SPDX-License-Identifier: Apache-2.0
// Exit code 0 when node_modules holds what package-lock.json asks for, else 1. It compares npm's own record of what
// it installed with the lock file, so that scripts/setup calls npm (and the network) only when something changed.
// Tested by: scripts/test, which runs scripts/setup first
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} Entry */

const top = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} file
 * @returns {Record<string, Entry> | null}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(resolve(top, file), 'utf8')).packages ?? null;
  } catch {
    // Absent or cut off in the middle of an installation: both mean "not installed".
    return null;
  }
}

/** @returns {boolean} */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = present[path];
    if (!found) {
      // Builds for other platforms are optional and rightly absent.
      if (entry.optional) continue;
      return false;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
    if (!existsSync(resolve(top, path, 'package.json'))) return false;
  }
  return true;
}

process.exitCode = isInstalled() ? 0 : 1;
