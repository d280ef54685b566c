// SPDX-License-Identifier: Apache-2.0
// `breath lint`: what makes a rule good rather than valid: wording, reach, protected topics, review dates, number of examples, cost.
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
  'in place, the review date not past, no sealed term that is soon guessed, no rule that is judged for every draft, no pattern near',
  'the highest price. Exit code: 0 no errors, 1 errors (with --strict also warnings).',
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
/** Calls in a million characters: more than one in fifty. */
const OFTEN = 20_000;
/** rules/FORMAT.md, section 5.1: 8,000 is refused. */
const DEAR = 7_000;

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

/**
 * What a rule costs, by the engine's own figures.
 * @param {import('../../extension/shared/types.d.ts').RuleDescription} description
 * @returns {{ pointer: string, remark: Remark }[]}
 */
function costRemarks({ callsPerMillion, patternPrice }) {
  /** @type {{ pointer: string, remark: Remark }[]} */
  const out = [];
  if (callsPerMillion >= OFTEN) {
    const how =
      callsPerMillion >= 1_000_000
        ? 'it is judged for every draft, whatever it holds'
        : `there is cause to judge it about once in ${Math.round(1_000_000 / callsPerMillion)} characters`;
    out.push({
      pointer: '/when',
      remark: {
        level: 'warning',
        id: 'cost.often',
        message: `${how}. Add words or a list that must be there, or let its patterns begin with letters.`,
      },
    });
  }
  if (patternPrice >= DEAR) {
    out.push({
      pointer: '/when',
      remark: {
        level: 'warning',
        id: 'cost.pattern',
        message: `its dearest pattern costs ${patternPrice} of at most 8000. Use words or a list, or repeat less.`,
      },
    });
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
  const { bundle, source, name, ruleSet } = await loadRules(rest[0] ?? values.bundle, {
    preferSource: true,
  });
  /** @type {Placed[]} */
  const remarks = [];
  for (const [index, rule] of bundle.rules.entries()) {
    const where = source ? shown(source.ruleFiles[index] ?? name) : `${name} ${rule.id}`;
    const definitions = /** @type {Record<string, Json>} */ (bundle.definitions);
    const description = ruleSet.description.rules[index];
    const found = [
      ...ruleRemarks(rule, now),
      ...reachRemarks(rule, definitions).map((remark) => ({ pointer: '/when', remark })),
      ...(description ? costRemarks(description) : []),
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
