// SPDX-License-Identifier: Apache-2.0
// `breath inspect`: what a bundle holds: version, size, digest, a table of its rules, guards and lists.
// It prints no terms of a list: they may be company secrets.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { readArguments } from './arguments.js';
import { digest } from './build.js';
import { Complaint, EXIT } from './complaint.js';
import { bold } from './display.js';
import { loadRules } from './loading.js';

export const SUMMARY = 'say what a bundle holds';
export const USAGE = 'breath inspect [BUNDLE|DIR] [--bundle B] [--json]';
export const DETAILS = [
  'Shows name, version, digest and size of a bundle, and its rules, guards and lists (the number of',
  'terms, never the terms). Without a name it shows the bundle that was built.',
].join('\n');
export const OPTIONS = {
  bundle: { value: 'B', what: 'a bundle file or a rules folder' },
  json: { what: 'print one JSON object' },
};

/** @param {unknown} severity as written in a rule */
function severityText(severity) {
  if (typeof severity === 'string') return severity;
  return Object.entries(severity ?? {})
    .map(([audience, level]) => `${audience} ${level}`)
    .join(', ');
}

/** @param {string[][]} rows @returns {string[]} */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '),
  );
}

/** @param {Record<string, unknown>} list @returns {number} of a sealed list with the made-up one for examples */
function termCount(list) {
  const { hashes } = /** @type {{ hashes?: unknown }} */ (list.sealed ?? {});
  if (Array.isArray(hashes)) return hashes.length;
  return Array.isArray(list.terms) ? list.terms.length : 0;
}

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'inspect', most: 1 });
  if (rest[0] !== undefined && values.bundle !== undefined) {
    throw new Complaint('breath inspect: usage.extra: name the bundle once.');
  }
  const { ruleSet, bytes, bundle, name } = await loadRules(rest[0] ?? values.bundle);
  const { description } = ruleSet;
  const severities = new Map(bundle.rules.map((rule) => [rule.id, rule.severity]));
  const summary = {
    file: name,
    name: description.name,
    version: description.version,
    issued: description.issued,
    languages: description.languages,
    bytes: bytes.length,
    sha256: digest(bytes),
    rules: description.rules.map(({ id, title, owner, group, audience, reviewBy }) => ({
      id,
      title,
      owner,
      group,
      audience,
      severity: severities.get(id),
      reviewBy,
    })),
    guards: description.guards.map(({ id, title }) => ({ id, title })),
    lists: Object.entries(bundle.lists).map(([list, value]) => ({
      name: list,
      terms: termCount(value),
      sealed: value.sealed !== undefined,
    })),
  };
  if (switches.has('json')) {
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return EXIT.OK;
  }
  const lines = [
    bold(`${summary.name}, version ${summary.version}`),
    `${name}: issued ${summary.issued}, languages ${summary.languages.join(', ')}`,
    `${summary.bytes} bytes, sha256 ${summary.sha256}`,
    '',
    ...table([
      ['RULE', 'GROUP', 'SEVERITY', 'AUDIENCE', 'OWNER', 'REVIEW BY'],
      ...summary.rules.map((rule) => [
        rule.id,
        rule.group,
        severityText(rule.severity),
        rule.audience.join(', '),
        rule.owner,
        rule.reviewBy,
      ]),
    ]),
    '',
    ...table([['GUARD', 'TITLE'], ...summary.guards.map(({ id, title }) => [id, title])]),
    '',
    ...table([
      ['LIST', 'TERMS'],
      ...summary.lists.map((list) => [
        list.name,
        list.sealed ? `${list.terms}, sealed` : String(list.terms),
      ]),
    ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.OK;
}
