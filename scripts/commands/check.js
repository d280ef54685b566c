// SPDX-License-Identifier: Apache-2.0
// `breath check`: judges one draft, or one draft a line, and says what was found in words or in JSON.
// Tested by: tests/node/cli.test.js
import { once } from 'node:events';
import { readArguments } from './arguments.js';
import { Complaint, EXIT } from './complaint.js';
import { bold, findingText, wrapped } from './display.js';
import { drafterName, readDraft, readLines } from './draft-input.js';
import {
  CONTEXT_OPTIONS,
  contextOf,
  contextOfLine,
  DraftJudge,
  highestSeverity,
} from './judging.js';
import { loadRules } from './loading.js';

/** @typedef {import('../../extension/shared/types.d.ts').Verdict} Verdict */
/** @typedef {import('../../extension/shared/types.d.ts').UncheckedReason} UncheckedReason */

export const SUMMARY = 'say what the rules find in a draft';
export const USAGE =
  'breath check [FILE|-] [--bundle B] [--site S] [--surface S] [--audience A] [--at TIME] [--json]\n       breath check --jsonl FILE|- [the same options]';
export const DETAILS = [
  'Reads a draft from a file or standard input and says what the rules find in it. Places are',
  'line:column. With --jsonl each line is an object with "text", and if you like "id", "site",',
  '"surface", "audience", "at", "reply" and "media"; one object comes out for each, in the same order.',
  'Offsets in JSON are UTF-16 code units; "text" of a finding is the draft\'s words of its first span.',
  'Exit code: 0 clean, 1 findings, 2 a draft could not be read, 3 a draft could not be checked.',
].join('\n');
export const OPTIONS = {
  ...CONTEXT_OPTIONS,
  json: { what: 'print one JSON object' },
  jsonl: { what: 'one JSON object a line in, one a line out' },
};

/** @type {Record<UncheckedReason, string>} */
const REASONS = {
  'text-too-long': 'the draft is longer than 4 MiB',
  'out-of-memory': 'the rule needs more memory than it may use',
  'too-many-matches': 'there are more matches than the engine keeps',
  'too-much-work': 'judging this draft would take too long',
  'engine-failed': 'the engine stopped',
  'engine-late': 'the engine was late',
  'engine-unreachable': 'the engine could not be reached',
  'reload-page': 'the page must be loaded again',
  paused: 'checking is paused',
};

/** @param {Verdict} verdict */
const exitCodeOf = (verdict) =>
  verdict.outcome === 'findings'
    ? EXIT.FINDINGS
    : verdict.outcome === 'unchecked'
      ? EXIT.UNCHECKED
      : EXIT.OK;

/** @param {Verdict} verdict @param {string} text */
function asJson(verdict, text) {
  return {
    outcome: verdict.outcome,
    severity: highestSeverity(verdict),
    findings: verdict.findings.map((finding) => {
      const { rule, severity, spans, title, owner, guideline, notice, why, instead, ask } = finding;
      const words = text.slice(...(spans[0] ?? [0, 0]));
      return {
        rule,
        severity,
        spans,
        text: words,
        title,
        owner,
        guideline,
        notice,
        why,
        instead,
        ask,
      };
    }),
    unchecked: verdict.unchecked,
  };
}

/** @param {Verdict} verdict @param {string} text @param {unknown} id */
function asLine(verdict, text, id) {
  const { outcome, severity, findings, unchecked } = asJson(verdict, text);
  return {
    id,
    outcome,
    severity,
    findings: findings.map(({ rule, severity, spans, text }) => ({ rule, severity, spans, text })),
    ...(unchecked.length > 0 ? { unchecked } : {}),
  };
}

/** @param {Verdict} verdict @param {string} text @param {string} name */
function asText(verdict, text, name) {
  const parts = verdict.findings.map((finding) => findingText(finding, text, name));
  if (verdict.outcome === 'clean') parts.push('Nothing found.');
  if (verdict.findings.length > 0) {
    const count = verdict.findings.length;
    parts.unshift(
      bold(count === 1 ? 'Take a deep breath: 1 finding' : `Take a deep breath: ${count} findings`),
    );
  }
  for (const { rule, reason } of verdict.unchecked) {
    const what = rule === '*' ? 'This draft was not checked' : `Not checked by ${rule}`;
    parts.push(wrapped(`${what}: ${REASONS[reason]}.`));
  }
  return parts.join('\n\n');
}

/** Waits when the reader is slower than we are. @param {unknown} value */
async function printLine(value) {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}

/**
 * @param {string} line
 * @returns {Record<string, unknown> & { text: string }}
 * @throws {Complaint} without the place
 */
function readLineObject(line) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(line);
  } catch {
    // The parser's own message quotes the line, and a draft belongs in no error.
    throw new Complaint('/: jsonl.json: this line is not JSON. Put one whole object on it.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Complaint(
      '/: jsonl.type: this line is not an object, such as {"id":1,"text":"..."}.',
    );
  }
  const object = /** @type {Record<string, unknown>} */ (value);
  if (typeof object.text !== 'string') {
    throw new Complaint('/text: jsonl.type: there is no "text", or it is not a string.');
  }
  return /** @type {Record<string, unknown> & { text: string }} */ (object);
}

/**
 * @param {DraftJudge} judge
 * @param {string | undefined} name
 * @param {import('../../extension/shared/types.d.ts').DraftContext} base
 */
async function checkLines(judge, name, base) {
  const codes = new Set();
  for await (const { number, text } of readLines(name, 'check')) {
    const line = text === null ? null : number === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (line !== null && line.trim() === '') continue;
    try {
      if (line === null) throw new Complaint('/: jsonl.too-long: this line is longer than 32 MiB.');
      const object = readLineObject(line);
      const verdict = await judge.check(object.text, contextOfLine(object, base));
      codes.add(exitCodeOf(verdict));
      await printLine(asLine(verdict, object.text, object.id ?? number));
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      process.stderr.write(`${drafterName(name)}:${number}:${error.message}\n`);
      codes.add(EXIT.BAD_INPUT);
    }
  }
  const worst = [EXIT.BAD_INPUT, EXIT.UNCHECKED, EXIT.FINDINGS].find((code) => codes.has(code));
  return worst ?? EXIT.OK;
}

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'check', most: 1 });
  const context = contextOf(values, 'check');
  const judge = new DraftJudge(await loadRules(values.bundle));
  if (switches.has('jsonl')) return checkLines(judge, rest[0], context);
  const text = await readDraft(rest[0], 'check');
  const verdict = await judge.check(text, context);
  const shownVerdict = switches.has('json')
    ? JSON.stringify(asJson(verdict, text))
    : asText(verdict, text, drafterName(rest[0]));
  process.stdout.write(`${shownVerdict}\n`);
  return exitCodeOf(verdict);
}
