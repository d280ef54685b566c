// SPDX-License-Identifier: Apache-2.0
// `breath explain`: what came of every rule and guard for one draft. For authors, offline; the browser never asks this.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { readArguments, suggestion } from './arguments.js';
import { Complaint, EXIT } from './complaint.js';
import { bold, excerpt, wrapped } from './display.js';
import { readDraft } from './draft-input.js';
import { CONTEXT_OPTIONS, contextOf } from './judging.js';
import { loadRules } from './loading.js';

/** @typedef {import('../../extension/shared/types.d.ts').RuleVerdict} RuleVerdict */

export const SUMMARY = 'say why each rule speaks or is silent';
export const USAGE = 'breath explain [FILE|-] [--rule ID] [--bundle B] [--audience A] ... [--json]';
export const DETAILS = [
  'Says for one draft which rules speak and on which words, which were excused, yielded to a guard,',
  'are for another audience or not active, and which guards match. Rules that simply do not match are',
  'counted; --rule ID tells of one rule only. Exit code: 0, or 3 when a rule could not be judged.',
].join('\n');
export const OPTIONS = {
  ...CONTEXT_OPTIONS,
  rule: { value: 'ID', what: 'only this rule' },
  json: { what: 'print one JSON object' },
};

/** @type {Record<RuleVerdict, string>} */
const MEANING = {
  spoke: 'speaks',
  'no-match': 'nothing in the draft matches its "when"',
  excused: 'matches, but its "unless" excuses the draft',
  yielded: 'matches, but yields to the guard',
  audience: 'is not for this audience',
  inactive: 'is not active at this time',
  unchecked: 'could not be judged',
};

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'explain', most: 1 });
  const context = contextOf(values, 'explain');
  const { ruleSet } = await loadRules(values.bundle);
  const wanted = values.rule;
  const known = ruleSet.description.rules.map((rule) => rule.id);
  if (wanted !== undefined && !known.includes(wanted)) {
    throw new Complaint(
      `breath explain: usage.value: there is no rule "${wanted}".${suggestion(wanted, known)}`,
    );
  }
  const text = await readDraft(rest[0], 'explain');
  const explanation = ruleSet.explain(text, context);
  const findings = new Map(ruleSet.check(text, context).findings.map((each) => [each.rule, each]));
  const rules = explanation.rules
    .filter((rule) => wanted === undefined || rule.id === wanted)
    .map((rule) => ({ ...rule, spans: findings.get(rule.id)?.spans ?? [] }));
  const guards = explanation.guards.filter((guard) => guard.matched).map((guard) => guard.id);
  const exitCode = rules.some((rule) => rule.verdict === 'unchecked') ? EXIT.UNCHECKED : EXIT.OK;
  if (switches.has('json')) {
    process.stdout.write(`${JSON.stringify({ rules, guards })}\n`);
    return exitCode;
  }
  /** @type {string[]} */
  const lines = [];
  for (const { id, verdict, guard, spans } of rules) {
    if (verdict === 'no-match' && wanted === undefined) continue;
    lines.push(`${bold(id)}: ${MEANING[verdict]}${guard ? ` ${guard}` : ''}`);
    if (spans.length > 0) lines.push(wrapped(excerpt(text, spans), '    '));
  }
  const silent = rules.filter((rule) => rule.verdict === 'no-match').length;
  if (wanted === undefined) lines.push(`${silent} of ${rules.length} rules do not match.`);
  lines.push(guards.length > 0 ? `Guards that match: ${guards.join(', ')}` : 'No guard matches.');
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode;
}
