// SPDX-License-Identifier: Apache-2.0
// Loads engine.wasm and speaks its C ABI (wasm/abi/breath_abi.h). The same file serves the background and Node: it reads no
// files, touches no browser API and keeps no draft. A trap ends the instance: callers make a new one and report `unchecked`.
// Tested by: tests/node/engine.test.js, tests/node/engine-kept.test.js, tests/node/background.test.js
import { BreathError, ERROR } from '../shared/errors.js';

/** @typedef {import('../shared/types.d.ts').BundleDescription} BundleDescription */
/** @typedef {import('../shared/types.d.ts').DraftContext} DraftContext */
/** @typedef {import('../shared/types.d.ts').Finding} Finding */
/** @typedef {import('../shared/types.d.ts').RuleDescription} RuleDescription */
/** @typedef {import('../shared/types.d.ts').RuleVerdict} RuleVerdict */
/** @typedef {import('../shared/types.d.ts').UncheckedReason} UncheckedReason */
/** @typedef {import('../shared/types.d.ts').Verdict} Verdict */

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {() => number} breath_abi_version
 * @property {(size: number) => number} breath_alloc
 * @property {(memory: number) => void} breath_free
 * @property {(bundle: number, size: number) => number} breath_load
 * @property {(ruleSet: number, key: number, keySize: number) => number} breath_save
 * @property {(image: number, size: number, key: number, keySize: number) => number} breath_load_image
 * @property {(ruleSet: number) => void} breath_unload
 * @property {(ruleSet: number) => number} breath_describe
 * @property {(ruleSet: number, rule: number) => number} breath_describe_rule
 * @property {(ruleSet: number, text: number, textSize: number, context: number, contextSize: number) => number} breath_check
 * @property {(ruleSet: number, text: number, textSize: number, context: number, contextSize: number) => number} breath_explain
 * @property {(salt: number, phrase: number, size: number) => number} breath_seal
 * @property {() => number} breath_result
 * @property {() => number} breath_result_size
 */

const ABI_VERSION = 2;
const OUTCOMES = /** @type {const} */ (['clean', 'findings', 'unchecked']);
const SEVERITIES = /** @type {const} */ (['note', 'pause', 'strong']);
/** @type {Record<number, UncheckedReason>} enum breath_reason */
const REASONS = {
  1: 'text-too-long',
  2: 'out-of-memory',
  3: 'too-many-matches',
  4: 'too-much-work',
};
/** Room for a draft that is kept between checks; a longer one gets room of its own. */
const DRAFT_ROOM = 1 << 16;
/** UTF-8 bytes a UTF-16 unit may take. */
const MOST_BYTES_A_UNIT = 3;
/** The words of a check that found nothing: outcome, findings, unchecked. */
const CLEAN = new Int32Array(3);
/** @type {RuleVerdict[]} enum breath_verdict */
const VERDICTS = ['spoke', 'no-match', 'excused', 'yielded', 'audience', 'inactive', 'unchecked'];

/** The instance trapped, ran out of memory or broke its contract. It answers nothing any more. */
export class EngineFailure extends BreathError {
  /** @param {string} message */
  constructor(message) {
    super(ERROR.ENGINE_FAILED, message);
    this.name = 'EngineFailure';
  }
}

/** What the module imports. It has no files, no clock and no network: the host passes the time of a check. */
const IMPORTS = {
  env: { emscripten_notify_memory_growth: () => {} },
  wasi_snapshot_preview1: {
    fd_write: () => 0,
    fd_close: () => 0,
    fd_seek: () => 0,
    proc_exit: () => {
      throw new EngineFailure('The engine ended itself.');
    },
  },
};

/**
 * Compiles and starts an engine.
 * @param {BufferSource} bytes engine.wasm
 * @returns {Promise<Engine>}
 * @throws {BreathError} `engine.load` when the bytes are no module, or one of another version
 */
export async function loadEngine(bytes) {
  /** @type {WebAssembly.Instance} */
  let instance;
  try {
    ({ instance } = await WebAssembly.instantiate(bytes, IMPORTS));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new BreathError(ERROR.ENGINE_LOAD, `engine.wasm cannot be started: ${detail}`);
  }
  const exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  if (
    typeof exports.breath_abi_version !== 'function' ||
    typeof exports._initialize !== 'function'
  ) {
    throw new BreathError(ERROR.ENGINE_LOAD, 'engine.wasm is not the Deep Breath engine.');
  }
  exports._initialize();
  if (exports.breath_abi_version() !== ABI_VERSION) {
    throw new BreathError(ERROR.ENGINE_LOAD, `engine.wasm speaks another version; build it again.`);
  }
  return new Engine(exports);
}

/** One instance of the engine. Not shared between callers that may await in the middle of a call. */
export class Engine {
  /** @type {Exports} */
  #exports;
  #dead = false;
  #draftAt = 0;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();
  /** @type {WeakMap<DraftContext, Uint8Array>} */
  #contexts = new WeakMap();

  /** @param {Exports} exports */
  constructor(exports) {
    this.#exports = exports;
  }

  /** Bytes of linear memory in use by the instance. */
  get memorySize() {
    return this.#exports.memory.buffer.byteLength;
  }

  /**
   * Parses and validates a bundle; nothing changes when it is refused.
   * @param {Uint8Array} bytes the bundle as it was signed or built
   * @returns {RuleSet}
   * @throws {BreathError} with the id and pointer of rules/FORMAT.md, section 7
   * @throws {EngineFailure}
   */
  load(bytes) {
    return this.#call(() => {
      const id = this.#withBytes(bytes, (at) => this.#exports.breath_load(at, bytes.length));
      return this.#ruleSet(id);
    });
  }

  /**
   * Opens what `RuleSet.save` gave: one copy, nothing parsed or compiled.
   * @param {Uint8Array} image
   * @param {Uint8Array} key what it was saved under
   * @returns {RuleSet}
   * @throws {BreathError} `image.*` when it is damaged, of another engine or saved under another key
   * @throws {EngineFailure}
   */
  loadImage(image, key) {
    return this.#call(() => {
      const id = this.#withBytes(image, (imageAt) =>
        this.#withBytes(key, (keyAt) =>
          this.#exports.breath_load_image(imageAt, image.length, keyAt, key.length),
        ),
      );
      return this.#ruleSet(id);
    });
  }

  /** @param {number} id what a load returned */
  #ruleSet(id) {
    if (id > 0) return new RuleSet(this, id);
    const refusal = JSON.parse(this.#text());
    throw new BreathError(refusal.id, refusal.message, refusal.pointer);
  }

  /** @param {number} ruleSet @param {Uint8Array} key @returns {Uint8Array<ArrayBuffer>} */
  save(ruleSet, key) {
    return this.#call(() => {
      const status = this.#withBytes(key, (at) =>
        this.#exports.breath_save(ruleSet, at, key.length),
      );
      if (status !== 1) throw new EngineFailure('The engine did not take the call.');
      return this.#result().slice();
    });
  }

  /** @param {number} ruleSet @returns {BundleDescription} */
  describe(ruleSet) {
    return this.#call(() => {
      if (this.#exports.breath_describe(ruleSet) !== 1)
        throw new EngineFailure('The rule set is gone.');
      return JSON.parse(this.#text());
    });
  }

  /** @param {number} ruleSet @param {number} rule @returns {RuleDescription} */
  describeRule(ruleSet, rule) {
    return this.#call(() => {
      if (this.#exports.breath_describe_rule(ruleSet, rule) !== 1)
        throw new EngineFailure('The engine named a rule that does not exist.');
      return JSON.parse(this.#text());
    });
  }

  /** @param {number} ruleSet */
  unload(ruleSet) {
    this.#call(() => this.#exports.breath_unload(ruleSet));
  }

  /**
   * Seals one term of a list: rules/FORMAT.md, section 2.1.
   * @param {Uint8Array} salt 16 bytes
   * @param {string} term
   * @returns {{ hash: string, words: number }} 16 hexadecimal digits, and how many words and signs the term has
   * @throws {BreathError} `bundle.value` when the term cannot be sealed
   * @throws {EngineFailure}
   */
  seal(salt, term) {
    return this.#call(() => {
      const bytes = this.#encoder.encode(term);
      const words = this.#withBytes(salt, (saltAt) =>
        this.#withBytes(bytes, (at) => this.#exports.breath_seal(saltAt, at, bytes.length)),
      );
      if (words < 0) throw new EngineFailure('The engine did not take the call.');
      if (words === 0) {
        const refusal = JSON.parse(this.#text());
        throw new BreathError(refusal.id, refusal.message, refusal.pointer);
      }
      const hash = [...this.#result()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return { hash, words };
    });
  }

  /**
   * Runs `breath_check` or `breath_explain` and returns the words of its result.
   * @param {'breath_check' | 'breath_explain'} name
   * @param {number} ruleSet
   * @param {string} text
   * @param {DraftContext} context
   * @returns {Int32Array}
   */
  judge(name, ruleSet, text, context) {
    return this.#call(() => {
      const lines = this.#contextBytes(context);
      const status = this.#withDraft(text, (draftAt, draftSize) =>
        this.#withBytes(lines, (linesAt) =>
          this.#exports[name](ruleSet, draftAt, draftSize, linesAt, lines.length),
        ),
      );
      if (status < 0) throw new EngineFailure('The engine did not take the call.');
      // Most drafts are clean, and then the status says it all.
      if (name === 'breath_check' && status === 0) return CLEAN;
      return new Int32Array(this.#result().slice().buffer);
    });
  }

  /**
   * A frozen context with a time, such as that of a whole archive, is put into words once.
   * @param {DraftContext} context
   */
  #contextBytes(context) {
    const known = this.#contexts.get(context);
    if (known !== undefined) return known;
    const bytes = this.#encoder.encode(contextLines(context));
    if (Object.isFrozen(context) && context.at !== undefined) this.#contexts.set(context, bytes);
    return bytes;
  }

  /**
   * Anything but a named refusal kills the instance: after a trap its memory means nothing.
   * @template T
   * @param {() => T} body
   * @returns {T}
   */
  #call(body) {
    if (this.#dead) throw new EngineFailure('The engine has stopped; start a new one.');
    try {
      return body();
    } catch (error) {
      if (error instanceof BreathError && !(error instanceof EngineFailure)) throw error;
      this.#dead = true;
      if (error instanceof EngineFailure) throw error;
      throw new EngineFailure(
        `The engine stopped: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  /**
   * @template T
   * @param {Uint8Array} bytes
   * @param {(at: number) => T} body
   * @returns {T}
   */
  #withBytes(bytes, body) {
    const at = this.#exports.breath_alloc(bytes.length);
    if (at === 0) throw new EngineFailure('The engine has no memory left.');
    // The buffer is fetched anew each time: growth replaces it.
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
    const out = body(at);
    this.#exports.breath_free(at);
    return out;
  }

  /**
   * Encodes a draft straight into the engine's memory and overwrites it after the call; the engine does the same with its
   * own views.
   * @template T
   * @param {string} text
   * @param {(at: number, size: number) => T} body
   * @returns {T}
   */
  #withDraft(text, body) {
    const room = text.length * MOST_BYTES_A_UNIT;
    const isKept = room <= DRAFT_ROOM;
    if (isKept) this.#draftAt ||= this.#exports.breath_alloc(DRAFT_ROOM);
    const at = isKept ? this.#draftAt : this.#exports.breath_alloc(room);
    if (at === 0) throw new EngineFailure('The engine has no memory left.');
    const { written } = this.#encoder.encodeInto(
      text,
      new Uint8Array(this.#exports.memory.buffer, at, room),
    );
    const out = body(at, written);
    new Uint8Array(this.#exports.memory.buffer, at, written).fill(0);
    if (!isKept) this.#exports.breath_free(at);
    return out;
  }

  #result() {
    return new Uint8Array(
      this.#exports.memory.buffer,
      this.#exports.breath_result(),
      this.#exports.breath_result_size(),
    );
  }

  #text() {
    return this.#decoder.decode(this.#result());
  }
}

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
    const words = this.#engine.judge('breath_check', this.#id, text, context);
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

/**
 * The context as the ABI reads it. Line breaks in a value would be read as further keys: they go.
 * @param {DraftContext} context
 */
function contextLines(context) {
  const lines = [
    `site=${context.site}`,
    `surface=${context.surface}`,
    `audience=${context.audience}`,
    `at=${Math.floor((context.at ?? Date.now()) / 1000)}`,
  ].map((line) => line.replace(/[\r\n]+/g, ' '));
  if (context.lang !== undefined) lines.push(`lang=${context.lang.replace(/[\r\n]+/g, ' ')}`);
  if (context.reply !== undefined) lines.push(`reply=${context.reply ? 1 : 0}`);
  if (context.media !== undefined) lines.push(`media=${context.media ? 1 : 0}`);
  return lines.join('\n');
}
