// SPDX-License-Identifier: Apache-2.0
// The checker of the background over a stand-in engine and clock, for tests of what stands around the engine.
// Tested by: the tests that import it
import { createChecker } from '../../extension/background/checker.js';

/** @import { DraftContext, Verdict } from '../../extension/shared/types.js' */

/** @type {DraftContext} */
export const CONTEXT = { site: 'x', surface: 'post', audience: 'external' };
/** @type {Verdict} */
export const CLEAN = { outcome: 'clean', findings: [], unchecked: [] };
export const DRAFT = 'a draft that must not leak';
const RULES = /** @type {any} */ ({ name: 'Built in', version: 3, rules: [{}, {}] });

/**
 * A checker over a stand-in engine.
 * @param {object} [plan]
 * @param {(call: number, context: DraftContext) => Verdict} [plan.judge] given the number of the check over all engines
 * @param {(start: number) => void} [plan.onStart] may throw
 * @param {(bytes: Uint8Array) => void} [plan.onLoad] may throw
 * @param {string[]} [plan.bundleFiles]
 * @param {Map<string, Uint8Array>} [plan.kept] images of earlier starts, by the name of their bundle file in hexadecimal
 * @param {(image: Uint8Array) => void} [plan.onImage] may throw
 */
export function checkerWith({
  judge = () => CLEAN,
  onStart,
  onLoad,
  bundleFiles = ['default.bundle.json'],
  kept = new Map(),
  onImage,
} = {}) {
  const seen = {
    starts: 0,
    loads: 0,
    checks: 0,
    files: /** @type {string[]} */ ([]),
    time: 1_000_000,
  };
  const checker = createChecker({
    readPackageFile: async (path) => {
      seen.files.push(path);
      return new TextEncoder().encode(path);
    },
    loadEngine: async () => {
      seen.starts += 1;
      onStart?.(seen.starts);
      /** @param {Uint8Array} bytes */
      const ruleSet = (bytes) => ({
        description: { ...RULES, name: new TextDecoder().decode(bytes) },
        check: (/** @type {string} */ _text, /** @type {DraftContext} */ context) => {
          seen.checks += 1;
          return judge(seen.checks, context);
        },
        save: () => bytes,
        unload: () => {},
      });
      return {
        load: (bytes) => {
          seen.loads += 1;
          onLoad?.(bytes);
          return ruleSet(bytes);
        },
        loadImage: (image) => {
          onImage?.(image);
          return ruleSet(image);
        },
      };
    },
    images: {
      read: async (key) => kept.get(key) ?? null,
      write: async (key, image) => void kept.set(key, image),
      forget: async () => kept.clear(),
    },
    digest: async (bytes) => bytes,
    bundleFiles,
    languages: ['en'],
    now: () => seen.time,
  });
  return { checker, seen };
}
