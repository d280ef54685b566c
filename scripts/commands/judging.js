// SPDX-License-Identifier: Apache-2.0
// Judges drafts with a loaded bundle for the verbs that take one. A trap of the engine makes that draft `unchecked`
// and starts a new engine; nothing here ever turns it into `clean`.
// Tested by: tests/node/cli.test.js
import { EngineFailure } from '../../extension/engine/engine.js';
import { parseTime, readTime } from './arguments.js';
import { Complaint } from './complaint.js';
import { startEngine } from './loading.js';

/**
 * @typedef {import('../../extension/shared/types.d.ts').DraftContext} DraftContext
 * @typedef {import('../../extension/shared/types.d.ts').Severity} Severity
 * @typedef {import('../../extension/shared/types.d.ts').Verdict} Verdict
 */

const SURFACES = /** @type {const} */ (['post', 'reply', 'comment', 'message', 'article']);
const AUDIENCES = /** @type {const} */ (['external', 'internal']);

/** @satisfies {import('./arguments.js').OptionTable} */
export const CONTEXT_OPTIONS = {
  bundle: {
    value: 'B',
    what: 'a bundle file or a rules folder (default: the bundle that was built)',
  },
  site: { value: 'S', what: 'the site of the draft, such as linkedin or x' },
  surface: { value: 'S', oneOf: SURFACES, what: 'what is being written' },
  audience: { value: 'A', oneOf: AUDIENCES, what: 'who will read it, external unless you say' },
  at: { value: 'TIME', what: 'judge as at this time: 2026-11-21 or 2026-11-21T09:00:00Z' },
};

/**
 * @param {Record<string, string>} values of CONTEXT_OPTIONS
 * @param {string} verb
 * @returns {DraftContext}
 */
export function contextOf(values, verb) {
  /** @type {DraftContext} */
  const context = {
    site: siteName(values.site ?? 'other', `breath ${verb}: --site`),
    surface: SURFACES.find((each) => each === values.surface) ?? 'post',
    audience: AUDIENCES.find((each) => each === values.audience) ?? 'external',
  };
  if (values.at !== undefined) context.at = readTime(values.at, `breath ${verb}: --at`);
  return context;
}

const SITE_REMEDY = 'a site is a short name such as linkedin or x.';

/** @param {unknown} name @returns {name is string} */
const isSiteName = (name) => typeof name === 'string' && /^[a-z0-9][a-z0-9.-]{0,99}$/i.test(name);

/** @param {string} name @param {string} where */
function siteName(name, where) {
  if (isSiteName(name)) return name;
  throw new Complaint(`${where}: usage.value: ${SITE_REMEDY}`);
}

/** @param {unknown} value of a line @returns {number} milliseconds since 1970 */
function timeOf(value) {
  const time = typeof value === 'string' ? parseTime(value) : Number(value);
  const isTime = (typeof value === 'number' || typeof value === 'string') && isDate(time);
  if (isTime) return time;
  throw new Complaint(
    '/at: jsonl.value: this is no time. Write it as "2026-11-21" or "2026-11-21T09:00:00Z", or in milliseconds since 1970.',
  );
}

/** Whether a Date can hold it. @param {number} time milliseconds since 1970 */
const isDate = (time) => Math.abs(time) <= 8.64e15;

/**
 * The context of a line of JSON: what the line says, else what the command says.
 * @param {Omit<import('./corpus/plain-lines.js').Line, 'id' | 'text'>} line
 * @param {DraftContext} base
 * @returns {DraftContext}
 * @throws {Complaint} without the place; the caller knows it
 */
export function contextOfLine(line, base) {
  const context = { ...base };
  const { site, surface, audience, at, reply, media, lang } = line;
  if (site !== undefined) {
    if (!isSiteName(site)) throw new Complaint(`/site: jsonl.value: ${SITE_REMEDY}`);
    context.site = site;
  }
  if (surface !== undefined) context.surface = oneOf(SURFACES, surface, '/surface');
  if (audience !== undefined) {
    context.audience = oneOf(
      /** @type {const} */ ([...AUDIENCES, 'unknown']),
      audience,
      '/audience',
    );
  }
  if (at !== undefined) context.at = timeOf(at);
  if (reply !== undefined) context.reply = truth(reply, '/reply');
  if (media !== undefined) context.media = truth(media, '/media');
  if (lang !== undefined) {
    if (typeof lang !== 'string' || !/^[A-Za-z0-9-]{1,35}$/.test(lang)) {
      throw new Complaint('/lang: jsonl.value: this is a language tag such as en or pt-BR.');
    }
    context.lang = lang;
  }
  return context;
}

/**
 * @template {string} T
 * @param {readonly T[]} choices
 * @param {unknown} value
 * @param {string} where
 * @returns {T}
 */
function oneOf(choices, value, where) {
  const found = choices.find((each) => each === value);
  if (found !== undefined) return found;
  throw new Complaint(`${where}: jsonl.value: this is one of ${choices.join(', ')}.`);
}

/** @param {unknown} value @param {string} where */
function truth(value, where) {
  if (typeof value === 'boolean') return value;
  throw new Complaint(`${where}: jsonl.value: this is true or false, without quotes.`);
}

/** Judges drafts one after the other and survives a trap of the engine. */
export class DraftJudge {
  /** @param {{ bytes: Uint8Array, ruleSet: import('../../extension/engine/rule-set.js').RuleSet }} loaded */
  constructor(loaded) {
    this.bytes = loaded.bytes;
    this.ruleSet = loaded.ruleSet;
  }

  /**
   * @param {string} text
   * @param {DraftContext} context
   * @returns {Verdict | null} null after a trap: then only `restartedAfterTrap` may be called
   */
  checkNow(text, context) {
    try {
      return this.ruleSet.check(text, context);
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      return null;
    }
  }

  /** Starts a new engine. @returns {Promise<Verdict>} of the draft that the old one died of */
  async restartedAfterTrap() {
    this.ruleSet = (await startEngine()).load(this.bytes);
    return {
      outcome: 'unchecked',
      findings: [],
      unchecked: [{ rule: '*', reason: 'engine-failed' }],
    };
  }
}

/** @param {Verdict} verdict @returns {Severity | null} */
export function highestSeverity(verdict) {
  // Findings are ordered by severity, strong first.
  return verdict.findings[0]?.severity ?? null;
}
