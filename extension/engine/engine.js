// SPDX-License-Identifier: Apache-2.0
// Loads engine.wasm and speaks its C ABI (wasm/abi/breath_abi.h). The same file serves the background and Node: it reads no
// files, touches no browser API and keeps no draft, but for `checkNext`, which says so. A trap ends the instance: callers make a new one and report `unchecked`.
// Tested by: tests/node/engine.test.js, tests/node/engine-kept.test.js, tests/node/background.test.js
import { BreathError, ERROR } from '../shared/errors.js';
import { RuleSet } from './rule-set.js';

/** @typedef {import('../shared/types.d.ts').BundleDescription} BundleDescription */
/** @typedef {import('../shared/types.d.ts').DraftContext} DraftContext */
/** @typedef {import('../shared/types.d.ts').RuleDescription} RuleDescription */

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
 * @property {(ruleSet: number, text: number, textSize: number, context: number, contextSize: number) => number} breath_check_next
 * @property {(ruleSet: number) => void} breath_forget
 * @property {(salt: number, phrase: number, size: number) => number} breath_seal
 * @property {() => number} breath_result
 * @property {() => number} breath_result_size
 */

const ABI_VERSION = 2;
/** Pages of memory that engine.wasm may have: MAXIMUM_MEMORY of CMakeLists.txt. */
const MOST_PAGES = 4096;
/** Pages; an engine of ordinary rules stays far below. */
const LARGE_MEMORY = 512;
/** Room for a draft that is kept between checks; a longer one gets room of its own. */
const DRAFT_ROOM = 1 << 16;
/** UTF-8 bytes a UTF-16 unit may take. */
const MOST_BYTES_A_UNIT = 3;
/** The words of a check that found nothing: outcome, findings, unchecked. */
const CLEAN = new Int32Array(3);

/** The instance trapped, ran out of memory or broke its contract. It answers nothing any more. */
export class EngineFailure extends BreathError {
  /** @param {string} message */
  constructor(message) {
    super(ERROR.ENGINE_FAILED, message);
    this.name = 'EngineFailure';
  }
}

/**
 * What the module imports. It has no files, no clock and no network: the host passes the time of a check.
 * @param {() => void} onGrowth
 */
const importsWith = (onGrowth) => ({
  env: { emscripten_notify_memory_growth: onGrowth },
  wasi_snapshot_preview1: {
    fd_write: () => 0,
    fd_close: () => 0,
    fd_seek: () => 0,
    proc_exit: () => {
      throw new EngineFailure('The engine ended itself.');
    },
  },
});

/**
 * Lets a large memory that just grew by a page of 64 KiB or two grow by an eighth more. Page by page it would grow a thousand
 * times for a large bundle, and beyond 64 MiB V8 collects garbage at nearly each: that was most of the time of loading one.
 * @param {WebAssembly.Memory} memory
 */
function growAhead(memory) {
  const pages = memory.buffer.byteLength >> 16;
  if (pages < LARGE_MEMORY) return;
  try {
    memory.grow(Math.min(pages >> 3, MOST_PAGES - pages));
  } catch (error) {
    // The page that was asked for is there; only what may be asked for later is not.
    if (!(error instanceof RangeError)) throw error;
  }
}

/**
 * Compiles and starts an engine.
 * @param {BufferSource} bytes engine.wasm
 * @returns {Promise<Engine>}
 * @throws {BreathError} `engine.load` when the bytes are no module, or one of another version
 */
export async function loadEngine(bytes) {
  /** @type {WebAssembly.Instance | undefined} */
  let instance;
  try {
    const imports = importsWith(() => growAhead(exports.memory));
    ({ instance } = await WebAssembly.instantiate(bytes, imports));
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
  /** The room at #draftAt; memory that grew has emptied it. */
  #draftRoom = new Uint8Array();
  /** Where the words of the last context lie. */
  #contextAt = 0;
  #contextSize = 0;
  /** @type {PlacedContext | null} that context, its time in seconds */
  #placed = null;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

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
    try {
      return this.#call(() => {
        const id = this.#withBytes(bytes, (at) => this.#exports.breath_load(at, bytes.length));
        return this.#ruleSet(id);
      });
    } catch (error) {
      const used = this.memorySize >> 20;
      if (!(error instanceof EngineFailure) || used < MOST_PAGES >> 5) throw error;
      throw new EngineFailure(
        `The engine ended itself with ${used} of ${MOST_PAGES >> 4} MiB of memory in use. Use fewer or shorter terms and rules.`,
      );
    }
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
   * Runs a check or `breath_explain` and returns the words of its result.
   * @param {'breath_check' | 'breath_check_next' | 'breath_explain'} name
   * @param {number} ruleSet
   * @param {string} text
   * @param {DraftContext} context
   * @returns {Int32Array}
   */
  judge(name, ruleSet, text, context) {
    // Without closures: this is the call of every keystroke.
    if (this.#dead) throw this.#stopped();
    try {
      this.#placeContext(context);
      const status = this.#judgeDraft(name, ruleSet, text);
      if (status < 0) throw new EngineFailure('The engine did not take the call.');
      // Most drafts are clean, and then the status says it all.
      if (name !== 'breath_explain' && status === 0) return CLEAN;
      return new Int32Array(this.#result().slice().buffer);
    } catch (error) {
      throw this.#ending(error);
    }
  }

  /** @param {number} ruleSet */
  forget(ruleSet) {
    this.#call(() => this.#exports.breath_forget(ruleSet));
  }

  /**
   * Puts a context into words at #contextAt, unless those of the same one lie there.
   * @param {DraftContext} context
   */
  #placeContext(context) {
    const seconds = Math.floor((context.at ?? Date.now()) / 1000);
    const placed = this.#placed;
    if (
      placed !== null &&
      placed.site === context.site &&
      placed.surface === context.surface &&
      placed.audience === context.audience &&
      placed.at === seconds &&
      placed.lang === context.lang &&
      placed.reply === context.reply &&
      placed.media === context.media
    ) {
      return;
    }
    const { site, surface, audience, lang, reply, media } = context;
    const bytes = this.#encoder.encode(contextLines(context, seconds));
    const at = this.#exports.breath_alloc(bytes.length);
    if (at === 0) throw new EngineFailure('The engine has no memory left.');
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
    if (this.#contextAt !== 0) this.#exports.breath_free(this.#contextAt);
    this.#contextAt = at;
    this.#contextSize = bytes.length;
    this.#placed = { site, surface, audience, at: seconds, lang, reply, media };
  }

  /**
   * Anything but a named refusal kills the instance: after a trap its memory means nothing.
   * @template T
   * @param {() => T} body
   * @returns {T}
   */
  #call(body) {
    if (this.#dead) throw this.#stopped();
    try {
      return body();
    } catch (error) {
      throw this.#ending(error);
    }
  }

  #stopped() {
    return new EngineFailure('The engine has stopped; start a new one.');
  }

  /** @param {unknown} error of a call @returns {BreathError} what the caller is told */
  #ending(error) {
    if (error instanceof BreathError && !(error instanceof EngineFailure)) return error;
    this.#dead = true;
    if (error instanceof EngineFailure) return error;
    return new EngineFailure(
      `The engine stopped: ${error instanceof Error ? error.message : error}`,
    );
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
   * @param {'breath_check' | 'breath_check_next' | 'breath_explain'} name
   * @param {number} ruleSet
   * @param {string} text
   * @returns {number} the status
   */
  #judgeDraft(name, ruleSet, text) {
    const size = text.length * MOST_BYTES_A_UNIT;
    const isKept = size <= DRAFT_ROOM;
    if (isKept) this.#draftAt ||= this.#exports.breath_alloc(DRAFT_ROOM);
    const at = isKept ? this.#draftAt : this.#exports.breath_alloc(size);
    if (at === 0) throw new EngineFailure('The engine has no memory left.');
    const { written } = this.#encoder.encodeInto(text, this.#room(isKept, at, size));
    const status = this.#exports[name](ruleSet, at, written, this.#contextAt, this.#contextSize);
    this.#room(isKept, at, size).fill(0, 0, written);
    if (!isKept) this.#exports.breath_free(at);
    return status;
  }

  /** @param {boolean} isKept @param {number} at @param {number} size */
  #room(isKept, at, size) {
    if (!isKept) return new Uint8Array(this.#exports.memory.buffer, at, size);
    if (this.#draftRoom.length === 0) {
      this.#draftRoom = new Uint8Array(this.#exports.memory.buffer, at, DRAFT_ROOM);
    }
    return this.#draftRoom;
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

/** @typedef {{ [Key in keyof DraftContext]-?: DraftContext[Key] | undefined }} PlacedContext */

/**
 * The context as the ABI reads it. Line breaks in a value would be read as further keys: they go.
 * @param {DraftContext} context
 * @param {number} seconds its time
 */
function contextLines(context, seconds) {
  const { site, surface, audience, lang, reply, media } = context;
  let lines = `site=${oneLine(site)}\nsurface=${oneLine(surface)}\naudience=${oneLine(audience)}\nat=${seconds}`;
  if (lang !== undefined) lines += `\nlang=${oneLine(lang)}`;
  if (reply !== undefined) lines += `\nreply=${reply ? 1 : 0}`;
  if (media !== undefined) lines += `\nmedia=${media ? 1 : 0}`;
  return lines;
}

/** @param {string} value */
const oneLine = (value) => (/[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, ' ') : value);
