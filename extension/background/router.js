// SPDX-License-Identifier: Apache-2.0
// Decides who may ask what, and passes each request to the one part that answers it. Who is asking is read from
// the browser's `sender`, never from the message. It answers everything and throws nothing.
// Tested by: tests/node/background-router.test.js
import { ERROR, errorId } from '../shared/errors.js';
import { CONTENT_KINDS, parseRequest } from '../shared/protocol.js';
import { unchecked } from './checker.js';

/**
 * @import { PageStatus, Request, Response } from '../shared/types.js'
 * @import { Checker } from './checker.js'
 * @import { Settings } from './settings.js'
 * @import { Toolbar } from './toolbar.js'
 * @import { WatchedOrigins } from './watched-origins.js'
 * @typedef {Pick<chrome.runtime.MessageSender, 'id' | 'url' | 'tab'>} Sender
 */

/**
 * @param {object} needs
 * @param {Checker} needs.checker
 * @param {Pick<Settings, 'pausedUntil' | 'pause'>} needs.settings
 * @param {Pick<WatchedOrigins, 'watch' | 'unwatch'>} needs.watchedOrigins
 * @param {Toolbar} needs.toolbar
 * @param {(tabId: number) => Promise<PageStatus>} needs.pageStatus
 * @param {{ id: string, root: string, version: string }} needs.self our id, the address our own pages begin with, our version
 * @returns {(message: unknown, sender: Sender) => Promise<Response>}
 */
export function createRouter({ checker, settings, watchedOrigins, toolbar, pageStatus, self }) {
  /**
   * @param {Request} request
   * @param {Sender} sender
   */
  function mayAsk(request, sender) {
    if (sender.id !== self.id) return false;
    const isOwnPage = sender.url?.startsWith(self.root) ?? false;
    return isOwnPage || (CONTENT_KINDS.has(request.kind) && sender.tab !== undefined);
  }

  /**
   * @param {Request} request
   * @returns {Promise<Response>}
   */
  async function answer(request) {
    switch (request.kind) {
      case 'warm':
        return { kind: 'warm', ready: await checker.warm() };
      case 'check': {
        const isPaused = (await settings.pausedUntil()) > 0;
        const verdict = isPaused
          ? unchecked('paused')
          : await checker.check(request.text, request.context);
        return { kind: 'verdict', verdict };
      }
      case 'status': {
        const [{ bundle, problem }, pausedUntil, page] = await Promise.all([
          checker.describe(),
          settings.pausedUntil(),
          request.tabId === undefined ? null : pageStatus(request.tabId),
        ]);
        return {
          kind: 'status',
          status: { bundle, problem, pausedUntil, version: self.version, page },
        };
      }
      case 'pause':
        await settings.pause(request.until);
        await toolbar.show(await settings.pausedUntil());
        return { kind: 'done' };
      case 'watch-origin':
        await watchedOrigins.watch(request.origin);
        return { kind: 'done' };
      case 'unwatch-origin':
        await watchedOrigins.unwatch(request.origin);
        return { kind: 'done' };
      default:
        return neverAsked(request);
    }
  }

  return async (message, sender) => {
    const request = parseRequest(message);
    if (!request) return { kind: 'error', id: ERROR.BAD_REQUEST };
    if (!mayAsk(request, sender)) return { kind: 'error', id: ERROR.NOT_ALLOWED };
    try {
      return await answer(request);
    } catch (error) {
      return { kind: 'error', id: errorId(error) };
    }
  };
}

/**
 * The type checker proves that no kind of request is without an answer above.
 * @param {never} _request
 * @returns {Response}
 */
function neverAsked(_request) {
  return { kind: 'error', id: ERROR.BAD_REQUEST };
}
