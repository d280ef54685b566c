// SPDX-License-Identifier: Apache-2.0
// `breath check`: judges one draft and says what was found in words or in JSON; corpus/ judges one draft a line.
// Tested by: tests/node/cli.test.js, tests/node/corpus.test.js
import { availableParallelism } from 'node:os';
import { readArguments } from './arguments.js';
import { Complaint, EXIT } from './complaint.js';
import { checkCorpus } from './corpus/run.js';
import { bold, findingText, wrapped } from './display.js';
import { drafterName, readDraft } from './draft-input.js';
import { CONTEXT_OPTIONS, contextOf, DraftJudge, highestSeverity } from './judging.js';
import { loadRules } from './loading.js';

/** @typedef {import('../../extension/shared/types.d.ts').Verdict} Verdict */
/** @typedef {import('../../extension/shared/types.d.ts').UncheckedReason} UncheckedReason */

/** More threads than any machine has use for are a slip of the hand. */
const MOST_JOBS = 256;

export const SUMMARY = 'say what the rules find in a draft';
export const USAGE =
  'breath check [FILE|-] [--bundle B] [--site S] [--surface S] [--audience A] [--at TIME] [--json]\n       breath check --jsonl FILE|- [--jobs N] [the same options]';
export const DETAILS = [
  'Reads a draft from a file or standard input and says what the rules find in it. Places are',
  'line:column. Offsets in JSON are UTF-16 code units; "text" of a finding is the draft\'s words of',
  'its first span.',
  'Exit code: 0 clean, 1 findings, 2 a draft could not be read, 3 a draft could not be checked.',
  '',
  'With --jsonl each line is an object with "text", and if you like "id", "site", "surface",',
  '"audience", "at", "reply", "media" and "lang"; other members are passed over. One object comes out',
  'for each, in the same order, with the id as it came or else the number of the line. A line that',
  'cannot be read is named on standard error and gives no object, an empty line gives none either,',
  'and the other lines are checked. Threads share the work; memory does not grow with the file. The',
  'exit code is the gravest that any line asks for: 2, then 3, then 1. It is 130 after Ctrl+C, when',
  'what was read is still printed; when the reader leaves, as head does, it speaks of the lines so',
  'far. On large archives build/native/breath-check gives the same answers faster.',
].join('\n');
export const OPTIONS = {
  ...CONTEXT_OPTIONS,
  json: { what: 'print one JSON object' },
  jsonl: { what: 'one JSON object a line in, one a line out' },
  jobs: { value: 'N', what: 'threads for --jsonl (default: one for each core)' },
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

/**
 * @param {Record<string, string>} values
 * @returns {number}
 * @throws {Complaint}
 */
function jobsOf({ jobs }) {
  if (jobs === undefined) return availableParallelism();
  if (/^\d{1,3}$/.test(jobs) && Number(jobs) >= 1 && Number(jobs) <= MOST_JOBS) return Number(jobs);
  throw new Complaint(
    `breath check: usage.value: --jobs is a number from 1 to ${MOST_JOBS}, not "${jobs}".`,
  );
}

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'check', most: 1 });
  const context = contextOf(values, 'check');
  const jobs = jobsOf(values);
  if (values.jobs !== undefined && !switches.has('jsonl')) {
    throw new Complaint('breath check: usage.value: --jobs goes with --jsonl.');
  }
  const loaded = await loadRules(values.bundle);
  if (switches.has('jsonl')) {
    // One time for all lines, however long they take.
    const base = { at: Date.now(), ...context };
    return checkCorpus(rest[0], { loaded, base, jobs });
  }
  const judge = new DraftJudge(loaded);
  const text = await readDraft(rest[0], 'check');
  const verdict = judge.checkNow(text, context) ?? (await judge.restartedAfterTrap());
  const shownVerdict = switches.has('json')
    ? JSON.stringify(asJson(verdict, text))
    : asText(verdict, text, drafterName(rest[0]));
  process.stdout.write(`${shownVerdict}\n`);
  return exitCodeOf(verdict);
}
