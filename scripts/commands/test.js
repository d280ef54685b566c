// SPDX-License-Identifier: Apache-2.0
// `breath test`: tries the examples of every rule and guard and says which fail and why.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { runExamples } from '../../extension/bundle/examples.js';
import { readArguments, suggestion } from './arguments.js';
import { Complaint, EXIT } from './complaint.js';
import { bold, harmless, wrapped } from './display.js';
import { loadRules } from './loading.js';
import { shown } from './rule-files.js';

/** @typedef {import('../../extension/bundle/examples.js').ExampleResult} ExampleResult */
/** @typedef {import('../../extension/bundle/examples.js').SourceRules} SourceRules */

export const SUMMARY = "try every rule's own examples";
export const USAGE = 'breath test [DIR|BUNDLE] [--bundle B] [--rule ID] [--json]';
export const DETAILS = [
  'A warn example must make its rule speak, a fine example must leave it silent; a silent example',
  'must match its guard, a loud one must not. Without a folder or bundle the rules of this package',
  'are tried. Exit code: 0 all as they should be, 1 some failed, 2 the rules cannot be read.',
].join('\n');
export const OPTIONS = {
  bundle: { value: 'B', what: 'a bundle file or a rules folder' },
  rule: { value: 'ID', what: 'only this rule or guard' },
  json: { what: 'print one JSON object' },
};

/**
 * @param {ExampleResult} result
 * @returns {string} why it failed, in words for the author
 */
export function reason(result) {
  const words = result.words.map((each) => `"${harmless(each)}"`).join(', ');
  /** @type {Record<string, string>} */
  const silentBecause = {
    'no-match': 'nothing in the text matches its "when". Widen the condition, or drop the example.',
    excused: 'its "unless" is true of this text. Narrow "unless".',
    yielded: `it yields to the guard ${result.guard}. Choose an example without a protected topic, or narrow the guard.`,
    audience: 'the rule is not for this audience.',
    inactive: 'the rule is not active at that time. Give the example an "at" inside its window.',
    unchecked: 'the engine could not judge it. Make the condition simpler.',
  };
  switch (result.label) {
    case 'warn':
      return `should speak but is silent: ${silentBecause[result.why] ?? result.why}`;
    case 'fine':
      return result.why === 'unchecked'
        ? `is not known to be silent: ${silentBecause.unchecked}`
        : `should be silent but speaks, on ${words}. Narrow "when", or excuse it with "except", "none" or "unless".`;
    case 'silent':
      return 'should match the guard but does not, so rules may warn about it. Widen the guard.';
    default:
      return 'should not match the guard but does, so rules are silent about it. Narrow the guard.';
  }
}

/** @param {SourceRules} source @param {string} id @returns {SourceRules} */
function onlyRule(source, id) {
  const rules = source.rules.filter((rule) => rule.id === id);
  const guards = (source.guards ?? []).filter((guard) => guard.id === id);
  if (rules.length + guards.length === 0) {
    const known = [...source.rules, ...(source.guards ?? [])].map((each) => each.id);
    throw new Complaint(
      `breath test: usage.value: there is no rule or guard "${id}".${suggestion(id, known)}`,
    );
  }
  return { ...source, rules, guards };
}

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'test', most: 1 });
  if (rest[0] !== undefined && values.bundle !== undefined) {
    throw new Complaint(
      'breath test: usage.extra: name the rules once, as a word or with --bundle.',
    );
  }
  const loaded = await loadRules(rest[0] ?? values.bundle, { preferSource: true });
  const whole = /** @type {SourceRules} */ (/** @type {unknown} */ (loaded.bundle));
  const source = values.rule === undefined ? whole : onlyRule(whole, values.rule);
  const { results, passed, failed } = runExamples(loaded.ruleSet, source);
  const exitCode = failed > 0 ? EXIT.FINDINGS : EXIT.OK;
  if (switches.has('json')) {
    const failures = results
      .filter((result) => !result.passed)
      .map((result) => ({ ...result, reason: reason(result) }));
    const remarks = results.filter((result) => result.passed && isRemarkable(result));
    process.stdout.write(`${JSON.stringify({ passed, failed, failures, remarks })}\n`);
    return exitCode;
  }
  for (const result of results) {
    const place = `${fileOf(loaded, result.id)}: ${result.label} example ${result.index + 1} (${result.audience})`;
    if (!result.passed) {
      process.stdout.write(`${bold('FAIL')} ${place}: ${harmless(result.text)}\n`);
      process.stdout.write(`${wrapped(`${result.id} ${reason(result)}`, '     ')}\n`);
    } else if (isRemarkable(result)) {
      const others = result.others.join(', ');
      process.stdout.write(
        `note ${place}: ${harmless(result.text)}\n     another rule speaks: ${others}\n`,
      );
    }
  }
  const rules = `${source.rules.length} rules, ${(source.guards ?? []).length} guards of ${loaded.name}`;
  process.stdout.write(`${rules}\n${passed} passed, ${failed} failed\n`);
  return exitCode;
}

/** A text that should be quiet, and is for its own rule, while another rule warns. @param {ExampleResult} result */
const isRemarkable = ({ label, others }) =>
  (label === 'fine' || label === 'silent') && others.length > 0;

/** @param {import('./loading.js').Loaded} loaded @param {string} id */
function fileOf({ source, bundle, name }, id) {
  if (!source) return `${name}: ${id}`;
  const rule = bundle.rules.findIndex((each) => each.id === id);
  const guard = bundle.guards.findIndex((each) => each.id === id);
  return shown((rule >= 0 ? source.ruleFiles[rule] : source.guardFiles[guard]) ?? name);
}
