// SPDX-License-Identifier: Apache-2.0
// Runs the examples that every rule and guard carries, and fills in the placeholders they use for values
// that look like secrets or personal numbers, so that no repository holds such a string.
// Deterministic: no clock, no randomness, no I/O. It does not read files and does not print.
// Tested by: tests/node/rules.test.js

/** @typedef {import('../shared/types.d.ts').DraftContext} DraftContext */
/** @typedef {import('../shared/types.d.ts').RuleVerdict} RuleVerdict */
/** @typedef {import('../shared/types.d.ts').Verdict} Verdict */

/**
 * @typedef {{ text: string, audience?: 'external' | 'internal', site?: string,
 *   surface?: import('../shared/types.d.ts').Surface, at?: string }} ExampleObject
 * @typedef {string | ExampleObject} Example
 * @typedef {Record<string, { terms?: string[], sealed?: { salt: string } }>} Lists
 * @typedef {{ id: string, audience: ('external' | 'internal')[], active?: { from?: string, until?: string },
 *   examples: { warn: Example[], fine: Example[] } }} RuleWithExamples
 * @typedef {{ id: string, examples: { silent: Example[], loud: Example[] } }} GuardWithExamples
 * @typedef {{ rules: RuleWithExamples[], guards?: GuardWithExamples[], issued?: string,
 *   lists?: Lists }} SourceRules
 * @typedef {{ rules: { id: string, verdict: RuleVerdict, guard: string | null }[],
 *   guards: { id: string, matched: boolean }[] }} Explanation
 * @typedef {{ check(text: string, context: DraftContext): Verdict,
 *   explain(text: string, context: DraftContext): Explanation }} Judge
 */

/**
 * What came of one example for one audience. `text` is the example as written, placeholders unfilled.
 * `words` are the words the rule marked, `others` the other rules that spoke.
 * @typedef {{ id: string, label: 'warn' | 'fine' | 'silent' | 'loud', index: number, text: string,
 *   audience: 'external' | 'internal', passed: boolean, why: RuleVerdict | 'matched' | 'not-matched',
 *   guard: string | null, words: string[], others: string[] }} ExampleResult
 */

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const HEX = `${DIGITS}abcdef`;
const ALNUM = DIGITS + LOWER + UPPER;
const URL_SAFE = `${ALNUM}-_`;
const BASE64 = `${ALNUM}+/`;
// Letters and digits that no reader takes for a neighbour, and no vowels: never a word by chance.
const CLEAR = 'bcdfghjkmnpqrstvwxz';

/** A small deterministic source of numbers (mulberry32) seeded by a string (FNV-1a). */
class Dice {
  /** @param {string} seed */
  constructor(seed) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < seed.length; i += 1) {
      hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    }
    this.state = hash >>> 0;
  }

  /** @param {number} sides @returns {number} 0 to sides - 1 */
  roll(sides) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  }

  /** @param {string} alphabet @param {number} length @returns {string} */
  text(alphabet, length) {
    let out = '';
    while (out.length < length) {
      const next = alphabet.charAt(this.roll(alphabet.length));
      // No letter twice in a row: a run of one letter is what placeholders look like.
      if (next !== out.at(-1)) out += next;
    }
    return out;
  }
}

/** Prefixes are kept in pieces, so that this file itself holds nothing a scanner takes for a secret. */
const join = (/** @type {string[]} */ ...parts) => parts.join('');

/** @param {Dice} dice */
function luhnNumber(dice) {
  const body = `4${dice.text(DIGITS, 14)}`;
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    const digit = Number(body[body.length - 1 - i]);
    const doubled = digit * 2;
    sum += i % 2 === 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
  }
  return `${body}${(10 - (sum % 10)) % 10}`.replace(/(.{4})(?=.)/g, '$1 ');
}

/** @param {Dice} dice */
function ibanNumber(dice) {
  const account = dice.text(DIGITS, 18);
  let rest = 0;
  // `131400` is "DE00" as ISO 13616 reads letters.
  for (const digit of `${account}131400`) rest = (rest * 10 + Number(digit)) % 97;
  return `DE${String(98 - rest).padStart(2, '0')}${account}`.replace(/(.{4})(?=.)/g, '$1 ');
}

/** @param {Dice} dice */
function nhsNumber(dice) {
  for (;;) {
    const body = `4${dice.text(DIGITS, 8)}`;
    const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${body}${check}`.replace(/^(...)(...)/, '$1 $2 ');
  }
}

/** @param {Dice} dice */
function ninoNumber(dice) {
  const pairs = dice.text('12345678', 6).replace(/(..)(?=.)/g, '$1 ');
  return `${dice.text('ABCEHJ', 2)} ${pairs} ${dice.text('ABCD', 1)}`;
}

/** base64url of ASCII, without `btoa` so that it runs everywhere. @param {string} text */
function base64url(text) {
  const alphabet = `${UPPER}${LOWER}${DIGITS}-_`;
  let bits = '';
  for (const letter of text) bits += letter.charCodeAt(0).toString(2).padStart(8, '0');
  return (bits.match(/.{1,6}/g) ?? [])
    .map((six) => alphabet.charAt(Number.parseInt(six.padEnd(6, '0'), 2)))
    .join('');
}

/** @param {Dice} dice */
function jwt(dice) {
  const head = base64url('{"alg":"HS256","typ":"JWT"}');
  const body = base64url(`{"sub":"${dice.text(DIGITS, 8)}","iat":17${dice.text(DIGITS, 8)}}`);
  return `${head}.${body}.${dice.text(URL_SAFE, 42)}9`;
}

/** @type {Record<string, (dice: Dice) => string>} */
const VALUES = {
  aws_key: (d) => join('AK', 'IA', d.text(`${UPPER}234567`, 16)),
  aws_secret: (d) => `${d.text(BASE64, 38)}7q`,
  github_token: (d) => join('gh', 'p_', d.text(ALNUM, 36)),
  github_pat: (d) => join('github', '_pat_', d.text(ALNUM, 22), '_', d.text(ALNUM, 59)),
  gitlab_token: (d) => join('gl', 'pat-', d.text(ALNUM, 20)),
  slack_token: (d) =>
    join('xo', 'xb-', d.text(DIGITS, 12), '-', d.text(DIGITS, 12), '-', d.text(ALNUM, 24)),
  stripe_key: (d) => join('sk', '_live_', d.text(ALNUM, 24)),
  google_key: (d) => join('AI', 'za', d.text(ALNUM, 35)),
  openai_key: (d) => join('sk', '-proj-', d.text(URL_SAFE, 47), 'Q'),
  anthropic_key: (d) => join('sk', '-ant-', 'api03-', d.text(URL_SAFE, 92), 'AA'),
  npm_token: (d) => join('np', 'm_', d.text(ALNUM, 36)),
  sendgrid_key: (d) => join('S', 'G.', d.text(ALNUM, 22), '.', d.text(ALNUM, 43)),
  twilio_key: (d) => join('S', 'K', d.text(HEX, 32)),
  azure_key: (d) => `${d.text(BASE64, 85)}x==`,
  pypi_token: (d) => join('pyp', 'i-AgEIcHlwaS5vcmc', d.text(URL_SAFE, 70)),
  token: (d) => d.text(ALNUM, 40),
  jwt,
  password: (d) =>
    `${d.text(CLEAR.toUpperCase(), 2)}${d.text(CLEAR, 4)}${d.text('23456789', 2)}!${d.text(CLEAR, 3)}`,
  pin: (d) => d.text(DIGITS, 4),
  b64: (d) => d.text(BASE64, 64),
  private_key: (d) => join('-----BEGIN ', 'PRIVATE', ' KEY-----\n', d.text(BASE64, 64)),
  hex: (d) => d.text(HEX, 40),
  ssn: (d) =>
    `${1 + d.roll(6)}${d.text('12345', 2)}-${d.text('123456789', 2)}-${d.text('12345678', 4)}`,
  nino: ninoNumber,
  nhs: nhsNumber,
  ip: (d) => `10.${d.roll(256)}.${d.roll(256)}.${1 + d.roll(254)}`,
  card: luhnNumber,
  iban: ibanNumber,
  phone: (d) => `555-${d.text('23456789', 3)}-${d.text(DIGITS, 4)}`,
  email: (d) => `${d.text(CLEAR, 6)}@mailbox.example`,
};

/**
 * The made-up term that `breath build` adds to every sealed list, so that examples can name one.
 * @param {string} salt of the list, in hexadecimal digits
 */
export const sampleTerm = (salt) => `sample${salt.slice(0, 8)}`;

/** Names that `fillPlaceholders` knows. */
export const PLACEHOLDER_NAMES = Object.freeze(Object.keys(VALUES));

/**
 * Replaces each `{{name}}` by a made-up value of that kind, and each `{{list:name}}` by the first term of that
 * list, of a sealed one by its sample term. The same text, seed and lists always give the same result. An unknown name stays as it is.
 * @param {string} text
 * @param {string | number} seed
 * @param {Lists} [lists]
 * @returns {string}
 */
export function fillPlaceholders(text, seed, lists = {}) {
  let occurrence = 0;
  return text.replace(/\{\{\s*([a-z0-9_:-]+)\s*\}\}/gi, (whole, /** @type {string} */ name) => {
    occurrence += 1;
    if (name.startsWith('list:')) {
      const list = lists[name.slice('list:'.length)];
      if (list?.sealed) return sampleTerm(list.sealed.salt);
      return list?.terms?.[0]?.replaceAll('*', '') ?? whole;
    }
    const make = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
    return make ? make(new Dice(`${seed}/${name}/${occurrence}`)) : whole;
  });
}

/**
 * A moment at which the rule is active: an example is about words, not about the calendar.
 * @param {{ from?: string, until?: string } | undefined} active
 * @param {string | undefined} issued
 * @returns {number}
 */
function momentWithin(active, issued) {
  if (active?.from) return Date.parse(active.from);
  if (active?.until) return Date.parse(active.until) - 1000;
  return issued ? Date.parse(issued) : 0;
}

/**
 * @param {Example} example
 * @param {('external' | 'internal')[]} audiences of the rule
 * @param {number} at when the example does not say
 * @returns {{ text: string, contexts: (DraftContext & { audience: 'external' | 'internal' })[] }}
 */
function unfold(example, audiences, at) {
  const given = typeof example === 'string' ? { text: example } : example;
  const where = {
    site: given.site ?? 'example',
    surface: given.surface ?? /** @type {const} */ ('post'),
    at: given.at ? Date.parse(given.at) : at,
  };
  const tried = given.audience ? [given.audience] : audiences;
  return { text: given.text, contexts: tried.map((audience) => ({ ...where, audience })) };
}

/**
 * @param {Judge} judge
 * @param {SourceRules} source
 * @param {RuleWithExamples} rule
 * @returns {ExampleResult[]}
 */
function runRule(judge, source, rule) {
  /** @type {ExampleResult[]} */
  const results = [];
  const at = momentWithin(rule.active, source.issued);
  for (const label of /** @type {const} */ (['warn', 'fine'])) {
    for (const [index, example] of rule.examples[label].entries()) {
      const { text, contexts } = unfold(example, rule.audience, at);
      const draft = fillPlaceholders(text, `${rule.id}/${label}/${index}`, source.lists);
      for (const context of contexts) {
        const outcome = judge.explain(draft, context).rules.find((r) => r.id === rule.id);
        const findings = judge.check(draft, context).findings;
        const spoke = findings.find((finding) => finding.rule === rule.id);
        const why = outcome?.verdict ?? 'no-match';
        results.push({
          id: rule.id,
          label,
          index,
          text,
          audience: context.audience,
          // A rule that could not be judged passes nothing: neither "it warns" nor "it is silent" is known.
          passed: why !== 'unchecked' && (label === 'warn') === (why === 'spoke'),
          why,
          guard: outcome?.guard ?? null,
          words: spoke ? spoke.spans.map(([start, end]) => draft.slice(start, end)) : [],
          others: findings.filter((f) => f.rule !== rule.id).map((f) => f.rule),
        });
      }
    }
  }
  return results;
}

/**
 * @param {Judge} judge
 * @param {SourceRules} source
 * @param {GuardWithExamples} guard
 * @returns {ExampleResult[]}
 */
function runGuard(judge, source, guard) {
  /** @type {ExampleResult[]} */
  const results = [];
  const at = momentWithin(undefined, source.issued);
  for (const label of /** @type {const} */ (['silent', 'loud'])) {
    for (const [index, example] of guard.examples[label].entries()) {
      const { text, contexts } = unfold(example, ['external'], at);
      const draft = fillPlaceholders(text, `${guard.id}/${label}/${index}`, source.lists);
      for (const context of contexts) {
        const explanation = judge.explain(draft, context);
        const matched = explanation.guards.find((g) => g.id === guard.id)?.matched === true;
        const spoke = judge.check(draft, context).findings;
        results.push({
          id: guard.id,
          label,
          index,
          text,
          audience: context.audience,
          passed: matched === (label === 'silent'),
          why: matched ? 'matched' : 'not-matched',
          guard: null,
          words: [],
          others: label === 'silent' ? spoke.map((finding) => finding.rule) : [],
        });
      }
    }
  }
  return results;
}

/**
 * Tries every example of every rule and guard. A `warn` example must make its own rule speak, a `fine` one must
 * leave it silent; a `silent` example must match its guard, a `loud` one must not. `others` tells of rules that
 * spoke besides, which is no failure but worth a look.
 * @param {Judge} ruleSet the loaded bundle
 * @param {SourceRules} sourceRules the same bundle as data (or its source files put together)
 * @returns {{ results: ExampleResult[], passed: number, failed: number }}
 */
export function runExamples(ruleSet, sourceRules) {
  const results = [
    ...sourceRules.rules.flatMap((rule) => runRule(ruleSet, sourceRules, rule)),
    ...(sourceRules.guards ?? []).flatMap((guard) => runGuard(ruleSet, sourceRules, guard)),
  ];
  const passed = results.filter((result) => result.passed).length;
  return { results, passed, failed: results.length - passed };
}
