// SPDX-License-Identifier: Apache-2.0
// Puts the loadable extension together from an allow-list: the hand-written manifest, the sources as they are, one
// bundled content script, engine.wasm and the default bundle. It compiles no C++ and builds no rules; scripts/build does.
//   node scripts/build-extension.js [--out DIR] [--internal PATTERN]...
// Tested by: tests/node/package.test.js
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

/**
 * @typedef {object} Manifest
 * @property {string} version
 * @property {string[]} host_permissions
 * @property {{ matches: string[], js: string[] }[]} content_scripts
 * @property {{ service_worker: string, scripts: string[] }} background
 * @property {Record<string, string>} icons
 * @property {{ default_popup: string, default_icon: Record<string, string> }} action
 * @property {string} default_locale
 */

/** Folders of extension/ that ship, and the kinds of file each may hold. All else stays behind. */
const ALLOWED = /** @type {const} */ ({
  background: ['.js'],
  engine: ['.js'],
  bundle: ['.js'],
  shared: ['.js'],
  pages: ['.js', '.html', '.css'],
  icons: ['.png'],
  _locales: ['.json'],
});

/** Top-level names that belong to no one on the public net, so that `*.corp` is one company's. */
const PRIVATE_DOMAINS = new Set(
  'corp example home internal intranet lan local localhost private test'.split(' '),
);

const top = fileURLToPath(new URL('..', import.meta.url));

/** What the person who runs this can mend; shown without a stack trace, exit code 2. */
class UsageError extends Error {}

/**
 * @param {string} pattern
 * @returns {string} the pattern, if a manifest may hold it
 */
export function internalPattern(pattern) {
  const parts = /^([^:/]+):\/\/([^/]*)(\/.*)?$/.exec(pattern);
  const advice = "Write it as 'https://intranet.example/*' or 'https://*.intranet.example/*'.";
  if (!parts) throw new UsageError(`--internal ${pattern}: this is no match pattern. ${advice}`);
  const [, scheme = '', written = '', path = ''] = parts;
  if (scheme !== 'https' && scheme !== 'http' && scheme !== '*') {
    throw new UsageError(`--internal ${pattern}: the scheme must be https, http or *. ${advice}`);
  }
  // Firefox knows no port in a pattern, and a pattern without one covers every port in both browsers.
  const host = written.replace(/:(?:\d+|\*)$/, '');
  if (host === '' || host === '*' || host === '*.') {
    throw new UsageError(
      `--internal ${pattern}: name the host; a pattern for every site is not accepted. ${advice}`,
    );
  }
  if (!/^(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(host)) {
    throw new UsageError(
      `--internal ${pattern}: '${host}' is no host. Use lower case letters, digits, '-' and '.', a '*' only as the first part, and punycode for other scripts. ${advice}`,
    );
  }
  if (/^\*\.[^.]+$/.test(host) && !PRIVATE_DOMAINS.has(host.slice(2))) {
    throw new UsageError(
      `--internal ${pattern}: '${host}' would cover a whole top-level domain. ${advice}`,
    );
  }
  if (path === '') {
    throw new UsageError(`--internal ${pattern}: the path is missing; end it with '/*'. ${advice}`);
  }
  if (path !== '/*') {
    throw new UsageError(
      `--internal ${pattern}: the path must be '/*'; a site that changes pages without loading them would slip past a narrower one. ${advice}`,
    );
  }
  return `${scheme}://${host}/*`;
}

/**
 * The manifest of one package: the version of package.json, and the internal sites of a company build.
 * @param {Manifest} source
 * @param {string} version
 * @param {readonly string[]} internal
 * @returns {Manifest}
 */
export function stampManifest(source, version, internal) {
  if (!/^\d{1,5}(\.\d{1,5}){0,3}$/.test(version)) {
    throw new UsageError(
      `package.json: version '${version}' must be one to four numbers joined by dots.`,
    );
  }
  /** @param {readonly string[]} patterns */
  const withInternal = (patterns) => [...new Set([...patterns, ...internal])];
  return {
    ...source,
    version,
    host_permissions: withInternal(source.host_permissions),
    content_scripts: source.content_scripts.map((script) => ({
      ...script,
      matches: withInternal(script.matches),
    })),
  };
}

/**
 * Every file a manifest names, relative to the package root.
 * @param {Manifest} manifest
 * @returns {string[]}
 */
export function manifestPaths(manifest) {
  return [
    manifest.background.service_worker,
    ...manifest.background.scripts,
    ...manifest.content_scripts.flatMap(({ js }) => js),
    manifest.action.default_popup,
    ...Object.values(manifest.icons),
    ...Object.values(manifest.action.default_icon),
    `_locales/${manifest.default_locale}/messages.json`,
  ];
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} files below it, relative to it, sorted
 */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** @param {string} target */
async function copySources(target) {
  for (const [folder, kinds] of Object.entries(ALLOWED)) {
    const source = join(top, 'extension', folder);
    if (!existsSync(source)) continue;
    for (const file of await filesBelow(source)) {
      if (!kinds.some((kind) => kind === extname(file)) || basename(file).startsWith('.')) continue;
      await mkdir(dirname(join(target, folder, file)), { recursive: true });
      await cp(join(source, file), join(target, folder, file));
    }
  }
}

/** @param {string} target */
async function bundleContentScript(target) {
  await build({
    entryPoints: [join(top, 'extension/content/entry.js')],
    outfile: join(target, 'content.js'),
    bundle: true,
    format: 'iife',
    charset: 'utf8',
    target: ['chrome137', 'firefox140'],
    minify: false,
    legalComments: 'none',
    banner: { js: '// SPDX-License-Identifier: Apache-2.0' },
    logLevel: 'warning',
  });
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} remedy
 */
async function copyBuilt(from, to, remedy) {
  if (!existsSync(join(top, from))) throw new UsageError(`${from} is missing: ${remedy}`);
  await cp(join(top, from), to);
}

/**
 * Refuses to replace a folder that is not a package made here.
 * @param {string} out
 */
async function assertReplaceable(out) {
  if (`${top}/`.startsWith(`${out}${sep}`) || resolve(top) === out) {
    throw new UsageError(`--out ${out}: this folder holds the sources; name one below build/.`);
  }
  if (!existsSync(out)) return;
  const entries = (await stat(out)).isDirectory() ? await readdir(out) : null;
  if (entries === null) throw new UsageError(`--out ${out}: this is a file; name a folder.`);
  if (
    entries.length > 0 &&
    !(entries.includes('manifest.json') && entries.includes('content.js'))
  ) {
    throw new UsageError(
      `--out ${out}: this folder holds something else; name a new or empty one.`,
    );
  }
}

/** @param {string} target */
async function printSizes(target) {
  const wasm = await readFile(join(target, 'engine.wasm'));
  const brotli = brotliCompressSync(wasm, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
    },
  });
  const content = await readFile(join(target, 'content.js'), 'utf8');
  const { code } = await transform(content, { minify: true, charset: 'utf8' });
  const bundle = await readFile(join(target, 'default.bundle.json'));
  const files = await filesBelow(target);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(target, file))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const rows = [
    ['engine.wasm', kilobytes(wasm.length), `brotli ${kilobytes(brotli.length)}`],
    [
      'content.js',
      kilobytes(Buffer.byteLength(content)),
      `minified gzip ${kilobytes(gzipSync(code, { level: 9 }).length)}`,
    ],
    [
      'default.bundle.json',
      kilobytes(bundle.length),
      `gzip ${kilobytes(gzipSync(bundle, { level: 9 }).length)}`,
    ],
    ['package', kilobytes(total), `${files.length} files`],
  ];
  for (const [name = '', size = '', note = ''] of rows) {
    process.stdout.write(`  ${name.padEnd(20)} ${size.padStart(10)}   ${note}\n`);
  }
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** @param {string[]} args */
async function main(args) {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string' }, internal: { type: 'string', multiple: true } },
  });
  const out = resolve(values.out ?? join(top, 'build/extension'));
  const internal = (values.internal ?? []).map(internalPattern);
  await assertReplaceable(out);

  /** @type {Manifest} */
  const source = JSON.parse(await readFile(join(top, 'manifest.json'), 'utf8'));
  /** @type {{ version: string }} */
  const { version } = JSON.parse(await readFile(join(top, 'package.json'), 'utf8'));
  const manifest = stampManifest(source, version, internal);

  const next = `${out}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  try {
    await copySources(next);
    await bundleContentScript(next);
    await copyBuilt('build/wasm/engine.wasm', join(next, 'engine.wasm'), 'run scripts/build.');
    await copyBuilt(
      'build/default.bundle.json',
      join(next, 'default.bundle.json'),
      'run scripts/build.',
    );
    await copyBuilt('LICENSE', join(next, 'LICENSE'), 'the package must carry its licence.');
    await writeFile(join(next, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const absent = manifestPaths(manifest).filter((path) => !existsSync(join(next, path)));
    if (absent.length > 0) {
      throw new UsageError(
        `manifest.json names files the package does not hold: ${absent.join(', ')}`,
      );
    }
    await rm(out, { recursive: true, force: true });
    await rename(next, out);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
  process.stdout.write(`${relative(process.cwd(), out) || out}\n`);
  for (const pattern of internal) process.stdout.write(`  also watches ${pattern}\n`);
  await printSizes(out);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    const isUsage =
      error instanceof UsageError ||
      (error instanceof Error &&
        'code' in error &&
        String(error.code).startsWith('ERR_PARSE_ARGS'));
    if (!isUsage) throw error;
    process.stderr.write(`build: ${error.message}\n`);
    process.exitCode = 2;
  }
}
