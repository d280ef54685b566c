// SPDX-License-Identifier: Apache-2.0
// The rules of one bundle in an engine: turns the words of the C ABI (wasm/abi/breath_abi.h) into verdicts. It calls the engine
// through engine.js and holds nothing of a draft itself.
// Tested by: tests/node/engine.test.js

/** @typedef {import('../shared/types.d.ts').BundleDescription} BundleDescription */
/** @typedef {import('../shared/types.d.ts').DraftContext} DraftContext */
/** @typedef {import('../shared/types.d.ts').Finding} Finding */
/** @typedef {import('../shared/types.d.ts').RuleDescription} RuleDescription */
/** @typedef {import('../shared/types.d.ts').RuleVerdict} RuleVerdict */
/** @typedef {import('../shared/types.d.ts').UncheckedReason} UncheckedReason */
/** @typedef {import('../shared/types.d.ts').Verdict} Verdict */
/** @typedef {import('./engine.js').Engine} Engine */

const OUTCOMES = /** @type {const} */ (['clean', 'findings', 'unchecked']);
const SEVERITIES = /** @type {const} */ (['note', 'pause', 'strong']);
/** @type {Record<number, UncheckedReason>} enum breath_reason */
const REASONS = {
  1: 'text-too-long',
  2: 'out-of-memory',
  3: 'too-many-matches',
  4: 'too-much-work',
};
/** @type {RuleVerdict[]} enum breath_verdict */
const VERDICTS = ['spoke', 'no-match', 'excused', 'yielded', 'audience', 'inactive', 'unchecked'];

/** The rules of one bundle, loaded into an engine. */
export class RuleSet {
  #engine;
  #id;
  /** @type {BundleDescription | null} */
  #description = null;
  /** @type {Map<number, RuleDescription>} the rules that have spoken */
  #rules = new Map();

  /** @param {Engine} engine @param {number} id */
  constructor(engine, id) {
    this.#engine = engine;
    this.#id = id;
  }

  /** All the engine says of the bundle; read when first asked for, since a check needs none of it. */
  get description() {
    this.#description ??= this.#engine.describe(this.#id);
    return this.#description;
  }

  /**
   * The compiled rules as bytes for `Engine.loadImage`.
   * @param {Uint8Array} key at most 64 bytes that say what they were made from, such as the digest of the bundle
   * @returns {Uint8Array<ArrayBuffer>}
   */
  save(key) {
    return this.#engine.save(this.#id, key);
  }

  /**
   * Judges a draft.
   * @param {string} text
   * @param {DraftContext} context
   * @param {string[]} [languages] of the reader, best first; a finding speaks the first its rule knows, else English
   * @returns {Verdict} offsets in UTF-16 code units
   * @throws {EngineFailure}
   */
  check(text, context, languages = ['en']) {
    return this.#verdict(this.#engine.judge('breath_check', this.#id, text, context), languages);
  }

  /**
   * The same verdict, and the engine keeps the draft until `forget`, `check` or `explain`: the next call takes its text for the
   * next state of the same draft and reads again only where it differs.
   * @param {string} text
   * @param {DraftContext} context
   * @param {string[]} [languages]
   * @returns {Verdict}
   * @throws {EngineFailure}
   */
  checkNext(text, context, languages = ['en']) {
    const words = this.#engine.judge('breath_check_next', this.#id, text, context);
    return this.#verdict(words, languages);
  }

  /** Overwrites the draft that `checkNext` kept. */
  forget() {
    this.#engine.forget(this.#id);
  }

  /** @param {Int32Array} words of a check @param {string[]} languages @returns {Verdict} */
  #verdict(words, languages) {
    let at = 0;
    const next = () => /** @type {number} */ (words[at++]);
    const outcome = OUTCOMES[next()];
    const counts = { findings: next(), unchecked: next() };
    /** @type {Verdict} */
    const verdict = { outcome: outcome ?? 'unchecked', findings: [], unchecked: [] };
    for (let i = 0; i < counts.findings; i++) {
      const rule = this.#rule(next());
      const severity = SEVERITIES[next()] ?? 'note';
      /** @type {Finding['spans']} */
      const spans = [];
      for (let n = next(); n > 0; n--) spans.push([next(), next()]);
      const { id, title, owner, guideline } = rule;
      verdict.findings.push({
        rule: id,
        severity,
        spans,
        title,
        owner,
        guideline,
        ...say(rule, languages),
      });
    }
    for (let i = 0; i < counts.unchecked; i++) {
      const index = next();
      const reason = REASONS[next()] ?? 'engine-failed';
      verdict.unchecked.push({ rule: index < 0 ? '*' : this.#rule(index).id, reason });
    }
    return verdict;
  }

  /**
   * Says what came of every rule and guard. For offline tools: the guard's result is shown nowhere else.
   * @param {string} text
   * @param {DraftContext} context
   * @returns {{ rules: { id: string, verdict: RuleVerdict, guard: string | null }[], guards: { id: string, matched: boolean }[] }}
   */
  explain(text, context) {
    const words = this.#engine.judge('breath_explain', this.#id, text, context);
    const { rules, guards } = this.description;
    const guardsAt = 2 + 2 * rules.length;
    return {
      rules: rules.map(({ id }, i) => {
        const guard = words[3 + 2 * i] ?? -1;
        return {
          id,
          verdict: VERDICTS[words[2 + 2 * i] ?? 6] ?? 'unchecked',
          guard: guards[guard]?.id ?? null,
        };
      }),
      guards: guards.map(({ id }, i) => ({ id, matched: words[guardsAt + i] === 1 })),
    };
  }

  unload() {
    this.#engine.unload(this.#id);
  }

  /** @param {number} index @returns {RuleDescription} */
  #rule(index) {
    const known = this.#rules.get(index);
    if (known) return known;
    const rule = this.#engine.describeRule(this.#id, index);
    this.#rules.set(index, rule);
    return rule;
  }
}

/**
 * @param {RuleDescription} rule
 * @param {string[]} languages
 */
function say(rule, languages) {
  for (const language of languages) {
    const exact = rule.say[language] ?? rule.say[language.split('-')[0] ?? ''];
    if (exact !== undefined) return exact;
  }
  return rule.say['en'] ?? { notice: rule.title, why: rule.purpose, instead: '', ask: '' };
}
