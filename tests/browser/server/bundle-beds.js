// SPDX-License-Identifier: Apache-2.0
// Bundles the replica pages' scripts and styles with esbuild into build/beds, and leaves them alone while no source
// has changed since. Knows nothing of the extension.
// Tested by: tests/browser/specs/beds.test.js

import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PAGES = join(ROOT, 'tests/browser/pages');
const OUT = join(ROOT, 'build/beds');
const STAMP = join(OUT, 'stamp.json');

/** @returns {Promise<string>} the folder with `<page>.html`, `<page>.js`, `<page>.css` and `early.js` */
export async function bundleBeds() {
  const files = (await readdir(PAGES, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .concat(join(ROOT, 'package-lock.json'))
    .sort();
  const stamp = JSON.stringify(
    await Promise.all(files.map(async (file) => [file, (await stat(file)).mtimeMs])),
  );
  if ((await readFile(STAMP, 'utf8').catch(absentIsEmpty)) === stamp) return OUT;

  await mkdir(OUT, { recursive: true });
  const entries = files.filter((file) => /\/pages\/[\w-]+\.(?:js|css)$/.test(file));
  await build({
    entryPoints: entries,
    outdir: OUT,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl' },
    logLevel: 'error',
  });
  const documents = files.filter((file) => file.endsWith('.html'));
  await Promise.all(documents.map((file) => copyFile(file, join(OUT, basename(file)))));
  await writeFile(STAMP, stamp);
  return OUT;
}

/**
 * @param {NodeJS.ErrnoException} failure
 * @returns {string}
 */
function absentIsEmpty(failure) {
  if (failure.code === 'ENOENT') return '';
  throw failure;
}
