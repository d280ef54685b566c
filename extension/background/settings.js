// SPDX-License-Identifier: Apache-2.0
// The one thing we store: until when the person paused us. No draft, address or name is ever written.
// Tested by: tests/node/background-state.test.js
import { BreathError, ERROR } from '../shared/errors.js';
import { MAX_PAUSE_MS } from '../shared/protocol.js';

const PAUSED_UNTIL = 'pausedUntil';

/**
 * @typedef {object} StorageArea
 * @property {(key: string) => Promise<Record<string, unknown>>} get
 * @property {(items: Record<string, unknown>) => Promise<void>} set
 * @property {(key: string) => Promise<void>} remove
 * @property {(options: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>} [setAccessLevel]
 */

/**
 * @param {StorageArea} storage
 * @param {() => number} [now]
 */
export function createSettings(storage, now = Date.now) {
  /** @type {Promise<number> | null} what is stored, read once in a worker's life */
  let stored = null;

  async function read() {
    try {
      const until = (await storage.get(PAUSED_UNTIL))[PAUSED_UNTIL];
      return typeof until === 'number' && Number.isFinite(until) ? until : 0;
    } catch {
      // Storage that cannot be read means no pause: watching is the safe side. The next question asks again.
      stored = null;
      return 0;
    }
  }

  return {
    /** Where the browser can, keeps content scripts (and so pages) from reading our storage. */
    async restrictAccess() {
      await storage.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
    },

    /** @returns {Promise<number>} milliseconds since 1970, or 0 when not paused; never rejects */
    async pausedUntil() {
      stored ??= read();
      const until = await stored;
      // Further away than anyone can ask for: the value is damaged or the clock was set back.
      return until > now() && until <= now() + MAX_PAUSE_MS ? until : 0;
    },

    /** @param {number} until 0 resumes */
    async pause(until) {
      if (until !== 0 && until > now() + MAX_PAUSE_MS) {
        throw new BreathError(ERROR.BAD_REQUEST, 'a pause may last two days at most');
      }
      if (until <= now()) await storage.remove(PAUSED_UNTIL);
      else await storage.set({ [PAUSED_UNTIL]: until });
      stored = Promise.resolve(until);
    },
  };
}

/** @typedef {ReturnType<typeof createSettings>} Settings */
