// SPDX-License-Identifier: Apache-2.0
// `breath build`: puts the source files of a rules folder together into one bundle that the engine accepts.
// The same files give the same bytes. It signs nothing and tries no examples.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readArguments } from './arguments.js';
import { Complaint, EXIT, fileComplaint } from './complaint.js';
import { HOME, loadRules } from './loading.js';
import { shown } from './rule-files.js';

export const SUMMARY = 'make the bundle from the rule files';
export const USAGE = 'breath build [DIR] [-o FILE]';
export const DETAILS = [
  'Reads the rules folder DIR (default: rules), lets the engine judge it and writes the bundle.',
  'Nothing is written when a rule is refused. Exit code: 0 written, 2 refused.',
].join('\n');
export const OPTIONS = {
  output: {
    value: 'FILE',
    short: '-o',
    what: 'where to write (default: build/default.bundle.json)',
  },
};

/** @param {Uint8Array} bytes */
export const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, rest } = readArguments(words, OPTIONS, { verb: 'build', most: 1 });
  const folder = rest[0] ?? join(HOME, 'rules');
  const { bytes, bundle, source } = await loadRules(folder);
  if (!source) throw new Complaint(`${shown(folder)}: file.unusable: build needs a rules folder.`);
  const file = values.output ?? join(HOME, 'build/default.bundle.json');
  try {
    mkdirSync(dirname(file), { recursive: true });
    // A reader never sees half a bundle.
    writeFileSync(`${file}.part`, bytes);
    renameSync(`${file}.part`, file);
  } catch (error) {
    throw fileComplaint(error, shown(file));
  }
  const counts = `${bundle.rules.length} rules, ${bundle.guards.length} guards`;
  process.stdout.write(
    `${shown(file)}: ${counts}, ${bytes.length} bytes, sha256 ${digest(bytes)}\n`,
  );
  return EXIT.OK;
}
