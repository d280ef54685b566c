// SPDX-License-Identifier: Apache-2.0
// Where the content script begins, at document_start in every frame of a watched site: one session per document, however
// often the script is injected. If it cannot begin, the page is left as it is.
// Tested by: tests/browser/specs/

import { lookIntoShadowsWith } from '../editors/composed-tree.js';
import { effectiveHost, siteOf } from '../sites/registry.js';
import { BackgroundClient } from './background-client.js';
import { announcePresence } from './presence.js';
import { Session } from './session.js';
import { VerdictCache } from './verdict-cache.js';
import { createWords } from './words.js';

/** In the extension's own world; the page cannot see it. */
const STARTED = Symbol.for('breath.session');

const world = /** @type {typeof globalThis & { browser?: typeof chrome, [STARTED]?: boolean }} */ (
  globalThis
);
const browser = world.browser ?? world.chrome;

if (!world[STARTED] && browser?.runtime?.id) {
  world[STARTED] = true;
  announcePresence(browser.runtime);
  lookIntoShadowsWith(shadowThroughBrowser);
  const now = () => performance.now();
  /** @param {() => void} callback @param {number} ms */
  const later = (callback, ms) => setTimeout(callback, ms);
  const cache = new VerdictCache(now, later);
  const client = new BackgroundClient({
    runtime: () => browser.runtime,
    now,
    later,
    onVerdict: (text, context, verdict) => cache.put(text, context, verdict),
  });
  const words = createWords((key, values) => browser.i18n.getMessage(key, values ?? []));
  const site = siteOf(effectiveHost(window.origin, location.hostname));
  new Session(window, site, client, cache, words).start(new AbortController().signal);
}

/**
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
function shadowThroughBrowser(element) {
  const { openOrClosedShadowRoot } = /** @type {{ openOrClosedShadowRoot?: ShadowRoot | null }} */ (
    /** @type {unknown} */ (element)
  );
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  try {
    return browser.dom?.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element)) ?? null;
  } catch {
    // Elements that can have no shadow root, or an extension that is gone: as good as none.
    return null;
  }
}
