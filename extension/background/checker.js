// SPDX-License-Identifier: Apache-2.0
// Owns the one engine of this browser: starts it when first needed, replaces it after a failure, and answers every
// question with a verdict. It never turns a failure into "clean", and it keeps no draft after a check.
// Its state may vanish with the worker at any moment; the next question builds it anew.
// Tested by: tests/node/background.test.js
import { ERROR, errorId } from '../shared/errors.js';

/**
 * @import { BundleDescription, DraftContext, UncheckedReason, Verdict } from '../shared/types.js'
 * @typedef {object} RuleSet
 * @property {BundleDescription} description
 * @property {(text: string, context: DraftContext, languages?: string[]) => Verdict} check
 * @property {() => void} unload
 * @property {(key: Uint8Array) => Uint8Array} save
 * @typedef {object} Engine
 * @property {(bundle: Uint8Array) => RuleSet} load
 * @property {(image: Uint8Array, key: Uint8Array) => RuleSet} loadImage
 * @import { ImageStore } from './image-store.js'
 * @typedef {{ ruleSet: RuleSet, refusal: string }} Running
 */

const ENGINE_FILE = 'engine.wasm';
/** So many failures within so long, and no new engine is started until the oldest has aged out. */
const MAX_FAILURES = 3;
const FAILURE_WINDOW_MS = 60_000;
/** Nobody's words: an ordinary post, judged once so that the first real one need not wait. */
const WARM_UP =
  'Had a good week with the team, thanks to everyone who came by. More on Monday at 9:30!';
/** @type {DraftContext} */
const WARM_UP_CONTEXT = { site: 'warm-up', surface: 'post', audience: 'external' };

/**
 * @param {object} needs
 * @param {(path: string) => Promise<Uint8Array<ArrayBuffer>>} needs.readPackageFile
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Promise<Engine>} needs.loadEngine
 * @param {readonly string[]} needs.bundleFiles in order of preference; the last is the built-in one, which stays when
 *   those before it are refused
 * @param {readonly string[]} needs.languages in which findings may speak, most wanted first
 * @param {ImageStore} needs.images compiled rules of an earlier start
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>} needs.digest
 * @param {() => number} [needs.now]
 */
export function createChecker({
  readPackageFile,
  loadEngine,
  bundleFiles,
  languages,
  images,
  digest,
  now = Date.now,
}) {
  /** @type {Running | null} */
  let running = null;
  /** @type {Promise<Running | null> | null} */
  let starting = null;
  /** @type {number[]} moments of the latest failures */
  let failures = [];
  let lastFailure = '';
  /** @type {Running | null} the instance that has had its first check */
  let warmed = null;

  /** @param {string} id */
  function noteFailure(id) {
    lastFailure = id;
    failures.push(now());
  }

  function hasFailedTooOften() {
    const since = now() - FAILURE_WINDOW_MS;
    // A clock that was set back must not keep the engine down for hours.
    failures = failures.filter((moment) => moment > since && moment <= now());
    return failures.length >= MAX_FAILURES;
  }

  /**
   * The first bundle that loads; the error of the first refused one is remembered by its id.
   * @returns {Promise<Running>}
   */
  async function loadFirstBundle() {
    const wasm = await readPackageFile(ENGINE_FILE);
    let refusal = '';
    /** @type {unknown} */
    let lastError;
    for (const file of bundleFiles) {
      try {
        const ruleSet = await loadBundle(wasm, await readPackageFile(file));
        return { ruleSet, refusal };
      } catch (error) {
        refusal ||= errorId(error, ERROR.ENGINE_FAILED);
        lastError = error;
      }
    }
    throw lastError;
  }

  /**
   * From the image an earlier start left, or from the bundle itself when there is none that fits. Each attempt gets an
   * engine of its own: one that choked on the attempt before is not to be trusted.
   * @param {Uint8Array<ArrayBuffer>} wasm
   * @param {Uint8Array<ArrayBuffer>} bundle
   */
  async function loadBundle(wasm, bundle) {
    const [engine, key] = await Promise.all([loadEngine(wasm), digest(bundle)]);
    const name = Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const image = await images.read(name);
    let fresh = engine;
    if (image) {
      try {
        return engine.loadImage(image, key);
      } catch {
        // Damaged, or made by the engine of an earlier version: replaced below.
        await images.forget();
        fresh = await loadEngine(wasm);
      }
    }
    const ruleSet = fresh.load(bundle);
    void images.write(name, ruleSet.save(key));
    return ruleSet;
  }

  /** @returns {Promise<Running | null>} */
  async function start() {
    try {
      running = await loadFirstBundle();
      return running;
    } catch (error) {
      noteFailure(errorId(error, ERROR.ENGINE_LOAD));
      return null;
    } finally {
      starting = null;
    }
  }

  /**
   * The living engine; starts one when there is none, once for all who ask meanwhile.
   * @returns {Promise<Running | null>} null when it cannot run now
   */
  async function engineNow() {
    for (;;) {
      if (running) return running;
      if (!starting && hasFailedTooOften()) return null;
      starting ??= start();
      const started = await starting;
      // Another caller may have seen it fail between its start and our turn.
      if (!started || started === running) return started;
    }
  }

  /** @param {Running} failed */
  function drop(failed) {
    if (running !== failed) return;
    running = null;
    noteFailure(ERROR.ENGINE_FAILED);
    // The image may be what it choked on.
    void images.forget();
  }

  return {
    /** Starts the engine ahead of need. @returns {Promise<boolean>} whether it runs */
    async warm() {
      const current = await engineNow();
      if (!current || current === warmed) return current !== null;
      warmed = current;
      // The first check of an instance costs several times the next: the browser compiles as it goes, and so does RE2.
      await this.check(WARM_UP, WARM_UP_CONTEXT);
      return running !== null;
    },

    /**
     * @param {string} text
     * @param {DraftContext} context
     * @returns {Promise<Verdict>} never rejects
     */
    async check(text, context) {
      const timed = { ...context, at: context.at ?? now() };
      // A trap may be the fault of what went before; a second one on a fresh engine is not.
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const current = await engineNow();
        if (!current) break;
        try {
          return current.ruleSet.check(text, timed, [...languages]);
        } catch {
          // Whatever it was, this instance is not to be trusted any more. The error may quote the draft: not kept.
          drop(current);
        }
      }
      return unchecked('engine-failed');
    },

    /** What the popup says of the rules in use. */
    async describe() {
      const current = await engineNow();
      if (!current) return { bundle: null, problem: lastFailure };
      const { name, version, rules } = current.ruleSet.description;
      return { bundle: { name, version, rules: rules.length }, problem: current.refusal };
    },
  };
}

/** @typedef {ReturnType<typeof createChecker>} Checker */

/**
 * @param {UncheckedReason} reason
 * @returns {Verdict}
 */
export function unchecked(reason) {
  return { outcome: 'unchecked', findings: [], unchecked: [{ rule: '*', reason }] };
}
