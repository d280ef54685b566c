// SPDX-License-Identifier: Apache-2.0
// What may travel between a content script or the popup and the background: shape and bounds of each request.
// It trusts nothing it is given and sends nothing itself; who may send what is the router's concern.
// Tested by: tests/node/background-router.test.js, tests/node/background-state.test.js

/** @import { Audience, DraftContext, Request, Surface } from './types.js' */

/** Longest pause a person can ask for; a later moment in storage is a damaged value. */
export const MAX_PAUSE_MS = 48 * 60 * 60 * 1000;

/** @type {ReadonlySet<Request['kind']>} What a content script may ask. The rest is for our own pages. */
export const CONTENT_KINDS = new Set(/** @type {const} */ (['warm', 'check']));

/** @type {readonly Surface[]} */
const SURFACES = ['post', 'reply', 'comment', 'message', 'article'];
/** @type {readonly Audience[]} */
const AUDIENCES = ['external', 'internal', 'unknown'];
const MAX_SITE_LENGTH = 255;
const MAX_LANG_LENGTH = 35;
/** One host or `*.host`, http or https, every path, no port: what both browsers accept for a grant. */
const ORIGIN_PATTERN =
  /^https?:\/\/(?:\*\.)?(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])\/\*$/;

/**
 * Whether a match pattern names one host (or one domain with its subdomains) and not a class of sites.
 * @param {string} pattern
 * @returns {boolean}
 */
export function isHostPattern(pattern) {
  return pattern.length <= 300 && ORIGIN_PATTERN.test(pattern);
}

/**
 * The match pattern that covers the site of an address, or '' when such a page cannot be watched.
 * Ports are left out: a pattern without one covers them all, and Firefox accepts no other.
 * @param {string} address
 * @returns {string}
 */
export function originPattern(address) {
  if (!URL.canParse(address)) return '';
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return '';
  const pattern = `${protocol}//${hostname}/*`;
  return isHostPattern(pattern) ? pattern : '';
}

/**
 * Whether a match pattern (`<scheme>://<host>/<path>`, port ignored) covers the whole site of an address.
 * @param {string} pattern
 * @param {string} address
 * @returns {boolean}
 */
export function patternCovers(pattern, address) {
  const parts = /^(\*|https?):\/\/(\*|(?:\*\.)?[^/*:]+|\[[^\]]+\])(?::[0-9*]+)?\//.exec(pattern);
  if (!parts || !URL.canParse(address)) return false;
  const [, scheme = '', host = ''] = parts;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  if (scheme !== '*' && `${scheme}:` !== protocol) return false;
  if (host === '*') return true;
  if (!host.startsWith('*.')) return host === hostname;
  return hostname === host.slice(2) || hostname.endsWith(host.slice(1));
}

/**
 * Reads a message of unknown origin. Members nobody declared are dropped, never passed on.
 * @param {unknown} message
 * @returns {Request | null} null when it is no request of ours or out of bounds
 */
export function parseRequest(message) {
  if (!isRecord(message)) return null;
  switch (message.kind) {
    case 'warm':
      return { kind: 'warm' };
    case 'check': {
      const context = parseContext(message.context);
      const text = message.text;
      return typeof text === 'string' && context ? { kind: 'check', text, context } : null;
    }
    case 'status': {
      const tabId = message.tabId;
      if (tabId === undefined) return { kind: 'status' };
      return Number.isSafeInteger(tabId) ? { kind: 'status', tabId: Number(tabId) } : null;
    }
    case 'pause': {
      const until = message.until;
      return Number.isSafeInteger(until) && Number(until) >= 0
        ? { kind: 'pause', until: Number(until) }
        : null;
    }
    case 'watch-origin':
    case 'unwatch-origin': {
      const origin = message.origin;
      return typeof origin === 'string' && isHostPattern(origin)
        ? { kind: message.kind, origin }
        : null;
    }
    default:
      return null;
  }
}

/**
 * @param {unknown} value
 * @returns {DraftContext | null}
 */
function parseContext(value) {
  if (!isRecord(value)) return null;
  const { site, surface, audience, reply, media, lang, at } = value;
  // The engine reads its context line by line.
  if (typeof site !== 'string' || site.length > MAX_SITE_LENGTH || /[\r\n]/.test(site)) return null;
  const knownSurface = SURFACES.find((each) => each === surface);
  const knownAudience = AUDIENCES.find((each) => each === audience);
  if (!knownSurface || !knownAudience) return null;
  /** @type {DraftContext} */
  const context = { site, surface: knownSurface, audience: knownAudience };
  if (reply !== undefined) {
    if (typeof reply !== 'boolean') return null;
    context.reply = reply;
  }
  if (media !== undefined) {
    if (typeof media !== 'boolean') return null;
    context.media = media;
  }
  if (lang !== undefined) {
    if (typeof lang !== 'string' || lang.length > MAX_LANG_LENGTH) return null;
    // A page may declare anything as its language; what is no language tag is as good as none.
    if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/i.test(lang)) context.lang = lang;
  }
  if (at !== undefined) {
    if (typeof at !== 'number' || !Number.isFinite(at) || at < 0) return null;
    context.at = at;
  }
  return context;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
