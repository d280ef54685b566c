// SPDX-License-Identifier: Apache-2.0
// The internal sites a person added. The browser's own list of granted permissions is the only record: we derive from
// it what is registered, and store nothing. A grant for every site is not taken as a wish to watch every site.
// Tested by: tests/node/background-state.test.js
import { BreathError, ERROR } from '../shared/errors.js';
import { isHostPattern } from '../shared/protocol.js';

const SCRIPT_ID = 'granted-origins';

/**
 * @typedef {object} Permissions
 * @property {() => Promise<{ origins?: string[] }>} getAll
 * @property {(permissions: { origins: string[] }) => Promise<boolean>} contains
 * @property {(permissions: { origins: string[] }) => Promise<boolean>} remove
 *
 * @typedef {object} Scripting
 * @property {(filter: { ids: string[] }) => Promise<unknown[]>} getRegisteredContentScripts
 * @property {(scripts: chrome.scripting.RegisteredContentScript[]) => Promise<void>} registerContentScripts
 * @property {(scripts: chrome.scripting.RegisteredContentScript[]) => Promise<void>} updateContentScripts
 * @property {(filter: { ids: string[] }) => Promise<void>} unregisterContentScripts
 */

/**
 * @param {object} needs
 * @param {Permissions} needs.permissions
 * @param {Scripting} needs.scripting
 * @param {readonly string[]} needs.builtIn patterns the manifest covers already
 */
export function createWatchedOrigins({ permissions, scripting, builtIn }) {
  /** @type {Promise<void>} registrations follow one another; two at once would trip over the same id */
  let queue = Promise.resolve();

  /** @returns {Promise<string[]>} granted patterns of single sites, sorted */
  async function granted() {
    const { origins = [] } = await permissions.getAll();
    return origins.filter((origin) => isHostPattern(origin) && !builtIn.includes(origin)).sort();
  }

  async function register() {
    const wanted = await granted();
    const [present] = await scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
    if (wanted.length === 0) {
      if (present) await scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
      return;
    }
    /** @type {chrome.scripting.RegisteredContentScript} */
    const script = {
      id: SCRIPT_ID,
      matches: wanted,
      js: ['content.js'],
      runAt: 'document_start',
      allFrames: true,
      matchOriginAsFallback: true,
      persistAcrossSessions: true,
    };
    if (present) await scripting.updateContentScripts([script]);
    else await scripting.registerContentScripts([script]);
  }

  /** Makes what is registered agree with what is granted. @returns {Promise<void>} */
  function restore() {
    const turn = queue.then(register);
    // A failed turn is its caller's to report and must not stop those after it.
    queue = turn.catch(() => undefined);
    return turn;
  }

  return {
    granted,
    restore,

    /** @param {string} origin already granted to us by the person */
    async watch(origin) {
      if (!(await permissions.contains({ origins: [origin] }))) {
        throw new BreathError(ERROR.ORIGIN_REFUSED, 'the browser has not granted this site');
      }
      await restore();
    },

    /** @param {string} origin */
    async unwatch(origin) {
      if (builtIn.includes(origin) || !(await permissions.remove({ origins: [origin] }))) {
        throw new BreathError(ERROR.ORIGIN_REFUSED, 'this site is part of the package');
      }
      await restore();
    },
  };
}

/** @typedef {ReturnType<typeof createWatchedOrigins>} WatchedOrigins */
