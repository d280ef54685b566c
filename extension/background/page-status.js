// SPDX-License-Identifier: Apache-2.0
// Says of one tab whether we watch it. It asks the browser each time and remembers nothing; an address we were
// shown is used for the answer and forgotten.
// Tested by: tests/node/background-state.test.js
import { originPattern, patternCovers } from '../shared/protocol.js';

/**
 * @import { PageStatus } from '../shared/types.js'
 * @import { WatchedOrigins } from './watched-origins.js'
 */

/** A page that is busy for longer is not called unwatched for that. */
const ANSWER_MS = 500;

/**
 * @param {object} needs
 * @param {{ get: (id: number) => Promise<{ url?: string | undefined }>,
 *   sendMessage: (id: number, message: unknown, options: { frameId: number }) => Promise<unknown> }} needs.tabs
 * @param {{ contains: (permissions: { origins: string[] }) => Promise<boolean> }} needs.permissions
 * @param {Pick<WatchedOrigins, 'granted'>} needs.watchedOrigins
 * @param {readonly string[]} needs.builtIn patterns the manifest covers
 * @returns {(tabId: number) => Promise<PageStatus>} never rejects
 */
export function createPageStatus({ tabs, permissions, watchedOrigins, builtIn }) {
  /** @param {number} tabId */
  async function hasOurScript(tabId) {
    const late = new Promise((resolve) => setTimeout(resolve, ANSWER_MS, true));
    const answer = tabs.sendMessage(tabId, { kind: 'present' }, { frameId: 0 }).then(
      () => true,
      // "Receiving end does not exist": loaded before we could watch it, or before the last update.
      () => false,
    );
    return await Promise.race([answer, late]);
  }

  /**
   * @param {string} address
   * @returns {Promise<Pick<PageStatus, 'coverage' | 'origins'>>}
   */
  async function coverageOf(address) {
    /** @param {readonly string[]} patterns */
    const covering = (patterns) => patterns.filter((pattern) => patternCovers(pattern, address));
    const packaged = covering(builtIn);
    if (packaged.length > 0) {
      const isAllowed = await permissions.contains({ origins: packaged });
      return { coverage: isAllowed ? 'built-in' : 'withheld', origins: packaged };
    }
    const added = covering(await watchedOrigins.granted());
    if (added.length > 0) return { coverage: 'granted', origins: added };
    const pattern = originPattern(address);
    return pattern
      ? { coverage: 'possible', origins: [pattern] }
      : { coverage: 'never', origins: [] };
  }

  return async (tabId) => {
    try {
      const { url } = await tabs.get(tabId);
      if (!url) return { host: '', origins: [], coverage: 'unknown', needsReload: false };
      const { coverage, origins } = await coverageOf(url);
      const host = coverage === 'never' ? '' : new URL(url).hostname.replace(/^www\./, '');
      const isCovered = coverage === 'built-in' || coverage === 'granted';
      return { host, origins, coverage, needsReload: isCovered && !(await hasOurScript(tabId)) };
    } catch {
      // The tab was closed meanwhile, or the browser keeps it to itself.
      return { host: '', origins: [], coverage: 'unknown', needsReload: false };
    }
  };
}
