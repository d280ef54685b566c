// SPDX-License-Identifier: Apache-2.0
// Starts the engine and loads a bundle into it: from a bundle file, from a rules folder, or the default one.
// Tested by: tests/node/cli.test.js
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineFailure, loadEngine } from '../../extension/engine/engine.js';
import { BreathError } from '../../extension/shared/errors.js';
import { Complaint, EXIT, fileComplaint } from './complaint.js';
import { bundleBytes, isFolder, readRuleFolder, shown, sourceOf } from './rule-files.js';
import { sealLists } from './sealing.js';

/**
 * @typedef {import('../../extension/engine/engine.js').Engine} Engine
 * @typedef {import('../../extension/engine/rule-set.js').RuleSet} RuleSet
 * @typedef {import('./rule-files.js').Bundle} Bundle
 * @typedef {import('./rule-files.js').RuleFolder} RuleFolder
 */

/** The folder of the repository or package this file is part of. */
export const HOME = fileURLToPath(new URL('../..', import.meta.url));
const DEFAULT_BUNDLE = join(HOME, 'build/default.bundle.json');
const DEFAULT_RULES = join(HOME, 'rules');
const ENGINES = ['build/wasm/engine.wasm', 'build/extension/engine.wasm'];
/** Ids that say a file is no strict JSON; the engine finds them before it looks at what the file means. */
const JSON_PROBLEMS = new Set([
  'nul',
  'bom',
  'utf8',
  'depth',
  'duplicate-key',
  'json',
  'too-large',
]);
const MOST_ERRORS = 20;

/** @returns {Promise<Engine>} */
export async function startEngine() {
  const found = ENGINES.map((path) => join(HOME, path)).find((path) => existsSync(path));
  if (!found) {
    throw new Complaint(
      'breath: engine.missing: there is no engine.wasm yet. Build it with ./scripts/build, then try again.',
      EXIT.UNCHECKED,
    );
  }
  try {
    return await loadEngine(readFileSync(found));
  } catch (error) {
    if (!(error instanceof BreathError)) throw error;
    throw new Complaint(
      `${shown(found)}: ${error.id}: ${error.message} Build it again with ./scripts/build.`,
      EXIT.UNCHECKED,
    );
  }
}

/**
 * @param {Engine} engine
 * @returns {(bytes: Uint8Array) => string} see rule-files.js
 */
function jsonScan(engine) {
  return (bytes) => {
    try {
      engine.load(bytes).unload();
    } catch (error) {
      if (!(error instanceof BreathError) || error instanceof EngineFailure) throw error;
      const kind = error.id.replace(/^bundle\./, '');
      if (JSON_PROBLEMS.has(kind)) return `${error.pointer || '/'}: ${error.id}: ${error.message}`;
    }
    return '';
  };
}

/**
 * Loads, and when the engine refuses a rule or guard, looks at the others too, so that one run names every file.
 * @param {Engine} engine
 * @param {RuleFolder} source
 * @returns {RuleSet}
 */
function loadFolder(engine, source) {
  /** @type {string[]} */
  const complaints = [];
  let rest = source;
  for (;;) {
    try {
      const ruleSet = engine.load(bundleBytes(rest.bundle));
      if (complaints.length === 0) return ruleSet;
      ruleSet.unload();
      break;
    } catch (error) {
      if (!(error instanceof BreathError) || error instanceof EngineFailure) throw error;
      const { file, pointer } = sourceOf(rest, error.pointer);
      complaints.push(`${file}:${pointer}: ${error.id}: ${error.message}`);
      const [, part = '', index = ''] = error.pointer.split('/');
      const known = /^\d+$/.test(index) && (part === 'rules' || part === 'guards');
      if (!known || complaints.length >= MOST_ERRORS) break;
      rest = without(rest, part, Number(index));
      // Without its last rule a bundle would be refused for another reason.
      if (rest.bundle.rules.length === 0) break;
    }
  }
  throw new Complaint(complaints.join('\n'));
}

/**
 * @param {RuleFolder} source
 * @param {'rules' | 'guards'} part
 * @param {number} index
 * @returns {RuleFolder}
 */
function without(source, part, index) {
  const files = part === 'rules' ? 'ruleFiles' : 'guardFiles';
  return {
    ...source,
    bundle: { ...source.bundle, [part]: source.bundle[part].toSpliced(index, 1) },
    [files]: source[files].toSpliced(index, 1),
  };
}

/**
 * @typedef {object} Loaded
 * @property {Engine} engine
 * @property {RuleSet} ruleSet
 * @property {Uint8Array} bytes of the bundle
 * @property {Bundle} bundle as data
 * @property {string} name of the file or folder, for messages
 * @property {RuleFolder | null} source when it came from a rules folder
 */

/**
 * @param {string | undefined} path a bundle file or a rules folder; the default bundle when absent
 * @param {{ preferSource?: boolean }} [options] `preferSource`: the default is the rules folder, not the built bundle
 * @returns {Promise<Loaded>}
 * @throws {Complaint}
 */
export async function loadRules(path, { preferSource = false } = {}) {
  const candidates = preferSource
    ? [DEFAULT_RULES, DEFAULT_BUNDLE]
    : [DEFAULT_BUNDLE, DEFAULT_RULES];
  const chosen = path ?? candidates.find((each) => existsSync(each));
  if (chosen === undefined) {
    throw new Complaint(
      'breath: bundle.missing: there are no rules here. Name some with --bundle.',
    );
  }
  const engine = await startEngine();
  if (isFolder(chosen)) {
    const source = sealLists(engine, readRuleFolder(chosen, jsonScan(engine)));
    const ruleSet = loadFolder(engine, source);
    const bytes = bundleBytes(source.bundle);
    return { engine, ruleSet, bytes, bundle: source.bundle, name: shown(chosen), source };
  }
  /** @type {Uint8Array} */
  let bytes;
  try {
    bytes = readFileSync(chosen);
  } catch (error) {
    throw fileComplaint(error, shown(chosen));
  }
  try {
    const ruleSet = engine.load(bytes);
    /** @type {Bundle} */
    const bundle = {
      lists: {},
      definitions: {},
      guards: [],
      ...JSON.parse(new TextDecoder().decode(bytes)),
    };
    return { engine, ruleSet, bytes, bundle, name: shown(chosen), source: null };
  } catch (error) {
    if (!(error instanceof BreathError) || error instanceof EngineFailure) throw error;
    throw new Complaint(`${shown(chosen)}:${error.pointer || '/'}: ${error.id}: ${error.message}`);
  }
}
