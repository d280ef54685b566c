// SPDX-License-Identifier: Apache-2.0
// Puts the source files of a rules folder together into one bundle, and tells which file a place in the bundle came
// from. It checks what only the files can tell (names, folders); what a rule may say is for the engine to judge.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Complaint, fileComplaint } from './complaint.js';

/**
 * @typedef {import('../../extension/bundle/examples.js').SourceRules} SourceRules
 * @typedef {Record<string, unknown>} Json
 * @typedef {{ format: string, name?: unknown, version?: unknown, issued?: unknown, languages?: unknown,
 *   lists: Record<string, Json>, definitions: Record<string, Json>, guards: Json[], rules: Json[] }} Bundle
 * @typedef {{ bundle: Bundle, ruleFiles: string[], guardFiles: string[], folder: string,
 *   sealedTerms: Record<string, string[]> }} RuleFolder `sealedTerms`: by list, what sealing.js took out of the bundle
 */

const FOLDERS_WITHOUT_RULES = new Set(['lists', 'definitions', 'protected', 'schema']);
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** How a path is shown: relative to where the person stands, unless that leads far away. @param {string} path */
export function shown(path) {
  const here = relative(process.cwd(), path);
  return here === '' || here.startsWith('../../') ? path : here;
}

/**
 * @param {string} path
 * @param {(bytes: Uint8Array) => string} scan complains about bytes that are no strict JSON, or returns ''
 * @returns {Json}
 */
function readJson(path, scan) {
  /** @type {Uint8Array} */
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fileComplaint(error, shown(path));
  }
  const problem = scan(bytes);
  if (problem) throw new Complaint(`${shown(path)}:${problem}`);
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Complaint(`${shown(path)}:/: bundle.json: this is not JSON: ${detail}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Complaint(`${shown(path)}:/: bundle.type: the file must hold one object, in { }.`);
  }
  const { $schema: _, ...rest } = /** @type {Json} */ (value);
  return rest;
}

/** @param {string} folder @returns {string[]} paths of its .json files, sorted by name */
function jsonFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(folder, name));
}

/** @param {string} path */
const slugOf = (path) => basename(path, '.json');

/**
 * @param {Json} rule
 * @param {string} expected
 * @param {string} path
 * @returns {string[]} complaints
 */
function nameProblems(rule, expected, path) {
  if (!SLUG.test(slugOf(path))) {
    return [
      `${shown(path)}:/: file.name: name the file with lower case letters, digits and "-" only.`,
    ];
  }
  if (rule.id === undefined || rule.id === expected) return [];
  return [
    `${shown(path)}:/id: file.name: the id must be "${expected}", as the folder and file name say. Change one of them.`,
  ];
}

/**
 * @param {string} folder such as `rules`
 * @param {(bytes: Uint8Array) => string} scan see readJson
 * @returns {RuleFolder}
 * @throws {Complaint} with one line for each file that is wrong
 */
export function readRuleFolder(folder, scan) {
  const head = join(folder, 'bundle.json');
  if (!existsSync(head)) {
    throw new Complaint(
      `${shown(folder)}: file.unusable: there is no bundle.json here, so this is no rules folder. Name the folder that holds it.`,
    );
  }
  /** @type {string[]} */
  const problems = [];
  /** @param {string} path @returns {Json | null} */
  const read = (path) => {
    try {
      return readJson(path, scan);
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      problems.push(error.message);
      return null;
    }
  };
  /** @param {string} kind @returns {Record<string, Json>} */
  const named = (kind) => {
    /** @type {Record<string, Json>} */
    const out = {};
    for (const path of jsonFiles(join(folder, kind))) {
      const value = read(path);
      if (value) out[slugOf(path)] = value;
    }
    return out;
  };
  const departments = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !FOLDERS_WITHOUT_RULES.has(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => (a < b ? -1 : 1));
  /** @type {{ path: string, value: Json }[]} */
  const rules = [];
  for (const department of departments) {
    for (const path of jsonFiles(join(folder, department))) {
      const value = read(path);
      if (!value) continue;
      problems.push(...nameProblems(value, `${department}.${slugOf(path)}`, path));
      rules.push({ path, value });
    }
  }
  /** @type {{ path: string, value: Json }[]} */
  const guards = [];
  for (const path of jsonFiles(join(folder, 'protected'))) {
    const value = read(path);
    if (!value) continue;
    problems.push(...nameProblems(value, `protected.${slugOf(path)}`, path));
    guards.push({ path, value });
  }
  const top = read(head);
  const lists = named('lists');
  const definitions = named('definitions');
  if (problems.length > 0) throw new Complaint(problems.join('\n'));
  return {
    bundle: {
      format: 'breath-bundle/1',
      ...top,
      lists,
      definitions,
      guards: guards.map(({ value }) => value),
      rules: rules.map(({ value }) => value),
    },
    ruleFiles: rules.map(({ path }) => path),
    guardFiles: guards.map(({ path }) => path),
    folder,
    sealedTerms: {},
  };
}

/**
 * The canonical bytes of a bundle: one rule, guard, list or definition a line, so that two versions can be compared.
 * @param {Bundle} bundle
 * @returns {Uint8Array}
 */
export function bundleBytes(bundle) {
  const { lists, definitions, guards, rules, ...head } = bundle;
  /** @param {Record<string, Json>} table */
  const table = (table) =>
    `{${Object.entries(table)
      .map(([name, value]) => `\n${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(',')}}`;
  /** @param {Json[]} items */
  const list = (items) => `[${items.map((item) => `\n${JSON.stringify(item)}`).join(',')}]`;
  const text = [
    `${JSON.stringify(head).slice(0, -1)},\n`,
    `"lists":${table(lists)},\n"definitions":${table(definitions)},\n`,
    `"guards":${list(guards)},\n"rules":${list(rules)}}\n`,
  ].join('');
  return new TextEncoder().encode(text);
}

/**
 * @param {RuleFolder} source
 * @param {string} pointer into the bundle
 * @returns {{ file: string, pointer: string }} the source file and the pointer into it
 */
export function sourceOf(source, pointer) {
  const [, part = '', name = '', ...rest] = pointer.split('/');
  const inner = `/${rest.join('/')}`;
  const file =
    part === 'rules'
      ? source.ruleFiles[Number(name)]
      : part === 'guards'
        ? source.guardFiles[Number(name)]
        : (part === 'lists' || part === 'definitions') && name !== ''
          ? join(source.folder, part, `${name.replaceAll('~1', '/').replaceAll('~0', '~')}.json`)
          : undefined;
  if (file && existsSync(file)) return { file: shown(file), pointer: inner };
  return { file: shown(join(source.folder, 'bundle.json')), pointer: pointer || '/' };
}

/** @param {string} path */
export const isFolder = (path) => existsSync(path) && statSync(path).isDirectory();
