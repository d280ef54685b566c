// SPDX-License-Identifier: Apache-2.0
// A self-signed certificate for the test hosts, made afresh for each run; no key is ever kept in the repository.
// Browsers under test are told to accept it. Not for anything but tests and the demo.
// Tested by: tests/browser/specs/beds.test.js

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * @param {readonly string[]} hosts
 * @returns {Promise<{ key: Buffer, cert: Buffer }>}
 */
export async function makeCertificate(hosts) {
  const folder = await mkdtemp(join(tmpdir(), 'breath-certificate-'));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  try {
    await run('openssl', [
      'req',
      ...['-x509', '-nodes', '-days', '2', '-subj', '/CN=Deep Breath test hosts'],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
      ...['-addext', `subjectAltName=${names}`],
      ...['-keyout', key, '-out', cert],
    ]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') {
      throw new Error('openssl is needed for the test server: apt-get install openssl');
    }
    throw failure;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
