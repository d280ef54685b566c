// SPDX-License-Identifier: Apache-2.0
// Tests of build/extension as scripts/build left it: what is in it, what it may do, that both stores' rules hold; and of
// company builds with internal sites. Run scripts/build first.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  filesBelow,
  internalPattern,
  manifestPaths,
  stampManifest,
} from '../../scripts/build-extension.js';
import { withoutComments } from './source-files.js';

const top = fileURLToPath(new URL('../..', import.meta.url));
const built = join(top, 'build/extension');

const HOSTS = [
  'https://x.com/*',
  'https://twitter.com/*',
  'https://mobile.x.com/*',
  'https://mobile.twitter.com/*',
  'https://www.linkedin.com/*',
];

/** Every file a package may hold. */
const ALLOWED = [
  /^(?:manifest\.json|content\.js|engine\.wasm|default\.bundle\.json|LICENSE)$/,
  /^(?:background|engine|bundle|shared)\/[a-z0-9-]+\.js$/,
  /^pages\/(?:[a-z0-9-]+\/)?[a-z0-9-]+\.(?:js|html|css)$/,
  /^icons\/breath-\d+\.png$/,
  /^_locales\/[a-zA-Z_]+\/messages\.json$/,
];

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * @param {string} folder
 * @returns {Promise<[string, string][]>} each file and its bytes
 */
async function contents(folder) {
  const files = await filesBelow(folder);
  return files.map((file) => [file, readFileSync(join(folder, file), 'base64')]);
}

/** @param {string[]} args */
function buildExtension(...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(top, 'scripts/build-extension.js'), ...args],
    { cwd: top, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

before(() => {
  assert.ok(
    existsSync(join(built, 'manifest.json')),
    'build/extension is missing: run scripts/build.',
  );
});

describe('the package', () => {
  it('holds every file its manifest names', () => {
    const absent = manifestPaths(readJson(join(built, 'manifest.json'))).filter(
      (path) => !existsSync(join(built, path)),
    );
    assert.deepEqual(absent, []);
  });

  it('holds nothing but what may ship', async () => {
    const strangers = (await filesBelow(built)).filter(
      (path) => !ALLOWED.some((pattern) => pattern.test(path)),
    );
    assert.deepEqual(strangers, []);
  });

  it('asks for exactly the permissions that were decided', () => {
    const manifest = readJson(join(built, 'manifest.json'));
    assert.deepEqual(manifest.permissions, ['storage', 'scripting', 'alarms', 'activeTab']);
    assert.deepEqual(manifest.host_permissions, HOSTS);
    assert.deepEqual(manifest.optional_host_permissions, ['https://*/*', 'http://*/*']);
    assert.equal(manifest.optional_permissions, undefined);
    assert.deepEqual(
      manifest.content_scripts.map((/** @type {{ matches: string[] }} */ { matches }) => matches),
      [HOSTS],
    );
  });

  it('cannot be reached by a page, and lets its own pages load nothing from elsewhere', () => {
    const manifest = readJson(join(built, 'manifest.json'));
    assert.equal(manifest.web_accessible_resources, undefined);
    assert.equal(manifest.externally_connectable, undefined);
    const policy = manifest.content_security_policy.extension_pages;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    assert.doesNotMatch(policy, /https?:|\*|'unsafe/);
  });

  it('has the version of package.json and runs from the decided browser versions on', () => {
    const manifest = readJson(join(built, 'manifest.json'));
    assert.equal(manifest.version, readJson(join(top, 'package.json')).version);
    assert.equal(readJson(join(top, 'manifest.json')).version, manifest.version);
    assert.equal(manifest.minimum_chrome_version, '137');
    assert.equal(manifest.browser_specific_settings.gecko.strict_min_version, '140.0');
    assert.deepEqual(
      manifest.browser_specific_settings.gecko.data_collection_permissions.required,
      ['none'],
    );
  });

  it('has icons of the sizes it says', () => {
    const { icons } = readJson(join(built, 'manifest.json'));
    for (const [size, path] of Object.entries(icons)) {
      const png = readFileSync(join(built, String(path)));
      assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [Number(size), Number(size)]);
    }
  });

  it('has a content script that loads nothing and names no address of ours', () => {
    const script = withoutComments(readFileSync(join(built, 'content.js'), 'utf8'));
    assert.doesNotMatch(
      script,
      /^\s*(?:import|export)\b|\bimport\(|\beval\(|new Function|innerHTML/m,
    );
    assert.doesNotMatch(script, /(?:chrome|moz)-extension:|getURL|sourceMappingURL/);
  });

  it('has a description short enough for the stores', () => {
    const messages = readJson(join(built, '_locales/en/messages.json'));
    assert.ok(messages.extensionName.message.length <= 45);
    assert.ok(messages.extensionDescription.message.length <= 132);
  });

  it('passes web-ext lint without an error', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(top, 'node_modules/web-ext/bin/web-ext.js'),
        'lint',
        '--source-dir',
        built,
        '--output=json',
      ],
      { cwd: tmpdir(), encoding: 'utf8', env: { ...process.env, NO_UPDATE_NOTIFIER: '1' } },
    );
    const start = stdout.indexOf('{');
    assert.ok(start >= 0, `web-ext did not report: ${stdout}${stderr}`);
    const report = JSON.parse(stdout.slice(start));
    assert.deepEqual(report.errors, []);
    const expected = [
      // Firefox has no service worker and reads background.scripts instead; one manifest serves both.
      /^BACKGROUND_SERVICE_WORKER_IGNORED/,
      // Firefox for Android learnt to read the data-collection statement later; others ignore it harmlessly.
      /^KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION/,
      // Chromium's way into closed shadow roots; Firefox has its own, which is asked first.
      /^UNSUPPORTED_API: dom\.openOrClosedShadowRoot/,
    ];
    const unexpected = report.warnings
      .map(
        (/** @type {{ code: string, message: string }} */ { code, message }) =>
          `${code}: ${message}`,
      )
      .filter((/** @type {string} */ warning) => !expected.some((each) => each.test(warning)));
    assert.deepEqual(unexpected, []);
  });
});

describe('a company build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'breath-package-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('also covers the internal sites it is given, and asks for nothing more', () => {
    const out = join(folder, 'company');
    const sites = ['https://intranet.example/*', 'https://*.corp.example/*'];
    const { status, stderr } = buildExtension(
      '--out',
      out,
      ...sites.flatMap((site) => ['--internal', site]),
    );
    assert.equal(status, 0, stderr);
    const manifest = readJson(join(out, 'manifest.json'));
    assert.deepEqual(manifest.host_permissions, [...HOSTS, ...sites]);
    assert.deepEqual(manifest.content_scripts[0].matches, [...HOSTS, ...sites]);
    assert.deepEqual(manifest.permissions, readJson(join(built, 'manifest.json')).permissions);
  });

  it('is the same to the byte when nothing changed, and replaces what was there', async () => {
    const out = join(folder, 'twice');
    assert.equal(buildExtension('--out', out).status, 0);
    const first = await contents(out);
    writeFileSync(join(out, 'left-over.js'), '');
    assert.equal(buildExtension('--out', out).status, 0);
    assert.ok(!existsSync(join(out, 'left-over.js')));
    assert.deepEqual(await contents(out), first);
  });

  it('names a site twice only once', () => {
    const source = readJson(join(top, 'manifest.json'));
    const { host_permissions: hosts } = stampManifest(source, '1.2', ['https://x.com/*']);
    assert.deepEqual(hosts, HOSTS);
  });

  for (const pattern of [
    'https://intranet.example/*',
    'http://wiki/*',
    'https://*.corp.example/*',
    'https://*.corp/*',
    'http://localhost/*',
    'http://10.0.0.7/*',
    'https://xn--bcher-kva.example/*',
    '*://wiki.example/*',
  ]) {
    it(`takes ${pattern}`, () => assert.equal(internalPattern(pattern), pattern));
  }

  it('drops a port, which Firefox knows not and which both browsers cover anyway', () => {
    assert.equal(internalPattern('https://a.example:8443/*'), 'https://a.example/*');
    assert.equal(internalPattern('http://localhost:*/*'), 'http://localhost/*');
  });

  for (const { pattern, reason } of [
    { pattern: 'intranet.example', reason: /no match pattern/ },
    { pattern: '<all_urls>', reason: /no match pattern/ },
    { pattern: '', reason: /no match pattern/ },
    { pattern: 'ftp://a.example/*', reason: /scheme/ },
    { pattern: 'file:///*', reason: /scheme/ },
    { pattern: 'https://*/*', reason: /every site/ },
    { pattern: 'https://*.com/*', reason: /top-level/ },
    { pattern: 'https://a.*.example/*', reason: /no host/ },
    { pattern: 'https://A.example/*', reason: /no host/ },
    { pattern: 'https://bücher.example/*', reason: /punycode/ },
    { pattern: 'https://a.example', reason: /path is missing/ },
    { pattern: 'https://a.example/wall', reason: /path must be/ },
    { pattern: 'https://user@a.example/*', reason: /no host/ },
  ]) {
    it(`refuses '${pattern}' and says why`, () => {
      assert.throws(() => internalPattern(pattern), { message: reason });
    });
  }

  for (const { name, args, reason } of [
    {
      name: 'a bad pattern',
      args: ['--internal', 'https://*/*'],
      reason: /--internal https:\/\/\*\/\*/,
    },
    { name: 'an unknown option', args: ['--colour', 'blue'], reason: /--colour/ },
    { name: 'the sources as the folder to write to', args: ['--out', '.'], reason: /sources/ },
  ]) {
    it(`ends with exit code 2 and no stack trace on ${name}`, () => {
      const { status, stderr } = buildExtension(...args);
      assert.equal(status, 2);
      assert.match(stderr, reason);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  it('does not replace a folder that holds something else', () => {
    const out = join(folder, 'precious');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    const { status, stderr } = buildExtension('--out', out);
    assert.equal(status, 2);
    assert.match(stderr, /holds something else/);
    assert.equal(readFileSync(join(out, 'thesis.txt'), 'utf8'), 'years of work');
  });
});
