// SPDX-License-Identifier: Apache-2.0
// Where a draft is being written, in the words of the rules: site, surface, audience, and what the page shows of the rest.
// Holds no text of the draft and no name of a person.
// Tested by: tests/browser/specs/

import { composedClosest, deepQueryAll } from '../editors/composed-tree.js';

/**
 * @import { DraftContext } from '../shared/types.js'
 * @import { Composer } from './site-data.js'
 */

/**
 * @param {Composer} composer
 * @returns {DraftContext}
 */
export function contextOf(composer) {
  const { site, surface, root, editors } = composer;
  const isReply = answersSomeone(composer);
  /** @type {DraftContext} */
  const context = {
    site: site.id,
    surface: surface.surface === 'post' && isReply ? 'reply' : surface.surface,
    audience: site.audience,
    reply: isReply || surface.surface === 'reply',
    media: surface.mediaWhen ? deepQueryAll(root, surface.mediaWhen).length > 0 : false,
  };
  // The page's own language is that of its buttons; only a language set on the box itself says how people write in it.
  const lang = editors[0]?.getAttribute('lang');
  if (lang) context.lang = lang.slice(0, 35);
  return context;
}

/** @param {Composer} composer */
function answersSomeone({ surface, root }) {
  const { within, path } = surface.replyWhen ?? {};
  if (within && deepQueryAll(root, within).length > 0) return true;
  if (!path || composedClosest(root, '[role="dialog"], dialog')) return false;
  const { location } = root.ownerDocument.defaultView ?? window;
  return new RegExp(path).test(location.pathname);
}
