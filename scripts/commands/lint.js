// SPDX-License-Identifier: Apache-2.0
// `breath lint`: what the engine does not judge: wording, reach, protected topics, review dates, names of the examples.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { join } from 'node:path';
import { readArguments, readTime } from './arguments.js';
import { Complaint, EXIT } from './complaint.js';
import { loadRules } from './loading.js';
import { reachRemarks } from './reach.js';
import { shown } from './rule-files.js';
import { guessableRemarks } from './sealing.js';
import { wordingRemarks } from './wording.js';

/**
 * @typedef {import('./wording.js').Remark} Remark
 * @typedef {Record<string, unknown>} Json
 * @typedef {{ where: string, pointer: string, level: 'error' | 'warning', id: string, message: string }} Placed
 */

export const SUMMARY = 'look at wording, reach and review dates';
export const USAGE = 'breath lint [DIR|BUNDLE] [--bundle B] [--at TIME] [--strict] [--json]';
export const DETAILS = [
  'Looks at what makes a rule good rather than valid: at most 60 words on the card, no blame, school',
  'grade 8, somebody to ask, no single common word, no topic of which people may always speak, the guard',
  'in place, the review date not past, no sealed term that is soon guessed. Exit code: 0 no errors, 1 errors (with --strict also warnings).',
].join('\n');
export const OPTIONS = {
  bundle: { value: 'B', what: 'a bundle file or a rules folder' },
  at: { value: 'TIME', what: 'judge review dates as at this time' },
  strict: { what: 'let warnings count as errors' },
  json: { what: 'print one JSON object' },
};

/** Groups that speak even where the guard matches: harm to people and systems outweighs it. */
const WITHOUT_GUARD = new Set(['G01', 'G02', 'G03', 'G13', 'G14', 'G20']);
const FEWEST_EXAMPLES = 3;

/** @param {Json} rule @param {number} now @returns {{ pointer: string, remark: Remark }[]} */
function ruleRemarks(rule, now) {
  /** @type {{ pointer: string, remark: Remark }[]} */
  const out = [];
  const say = /** @type {Record<string, Json>} */ (rule.say ?? {});
  for (const [language, texts] of Object.entries(say)) {
    for (const remark of wordingRemarks(texts, language)) {
      out.push({ pointer: `/say/${language}`, remark });
    }
  }
  const reviewBy = String(rule.reviewBy ?? '');
  if (Date.parse(`${reviewBy}T23:59:59Z`) < now) {
    out.push({
      pointer: '/reviewBy',
      remark: {
        level: 'warning',
        id: 'review.overdue',
        message: `the review was due on ${reviewBy}. Look at the rule with its owner and set a new date.`,
      },
    });
  }
  const yields = /** @type {string[]} */ (rule.yieldsTo ?? []);
  if (!yields.includes('protected') && !WITHOUT_GUARD.has(String(rule.group ?? ''))) {
    out.push({
      pointer: '/yieldsTo',
      remark: {
        level: 'warning',
        id: 'reach.no-guard',
        message:
          'it does not yield to "protected", so it may warn about pay, safety or unions. Add "yieldsTo".',
      },
    });
  }
  const examples = /** @type {Record<string, unknown[]>} */ (rule.examples ?? {});
  for (const label of ['warn', 'fine']) {
    const count = examples[label]?.length ?? 0;
    if (count < FEWEST_EXAMPLES) {
      out.push({
        pointer: `/examples/${label}`,
        remark: {
          level: 'warning',
          id: 'examples.few',
          message: `${count} ${label} examples prove little; write at least ${FEWEST_EXAMPLES}.`,
        },
      });
    }
  }
  return out;
}

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'lint', most: 1 });
  if (rest[0] !== undefined && values.bundle !== undefined) {
    throw new Complaint(
      'breath lint: usage.extra: name the rules once, as a word or with --bundle.',
    );
  }
  const now = values.at === undefined ? Date.now() : readTime(values.at, 'breath lint: --at');
  const { bundle, source, name } = await loadRules(rest[0] ?? values.bundle, {
    preferSource: true,
  });
  /** @type {Placed[]} */
  const remarks = [];
  for (const [index, rule] of bundle.rules.entries()) {
    const where = source ? shown(source.ruleFiles[index] ?? name) : `${name} ${rule.id}`;
    const definitions = /** @type {Record<string, Json>} */ (bundle.definitions);
    const found = [
      ...ruleRemarks(rule, now),
      ...reachRemarks(rule, definitions).map((remark) => ({ pointer: '/when', remark })),
    ];
    for (const { pointer, remark } of found) remarks.push({ where, pointer, ...remark });
  }
  for (const [list, terms] of Object.entries(source?.sealedTerms ?? {})) {
    const where = shown(join(source?.folder ?? '', 'lists', `${list}.json`));
    for (const { pointer, remark } of guessableRemarks(terms)) {
      remarks.push({ where, pointer, ...remark });
    }
  }
  const errors = remarks.filter((remark) => remark.level === 'error').length;
  const warnings = remarks.length - errors;
  const bad = errors > 0 || (switches.has('strict') && warnings > 0);
  if (switches.has('json')) {
    process.stdout.write(`${JSON.stringify({ errors, warnings, remarks })}\n`);
  } else {
    for (const { where, pointer, level, id, message } of remarks) {
      process.stdout.write(`${where}:${pointer}: ${level} ${id}: ${message}\n`);
    }
    process.stdout.write(`${bundle.rules.length} rules: ${errors} errors, ${warnings} warnings\n`);
  }
  return bad ? EXIT.FINDINGS : EXIT.OK;
}
