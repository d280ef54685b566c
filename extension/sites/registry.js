// SPDX-License-Identifier: Apache-2.0
// Which site a page belongs to. To add a site: one file of data, one line here, its hosts in manifest.json.
// Tested by: tests/node/sites.test.js

import { GENERIC } from './generic.js';
import { LINKEDIN } from './linkedin.js';
import { X } from './x.js';

/** @import { SiteData } from './site-data.js' */

/** @type {readonly SiteData[]} */
export const SITES = [LINKEDIN, X];

/**
 * @param {string} hostname
 * @returns {SiteData}
 */
export function siteOf(hostname) {
  return SITES.find(({ hosts }) => hosts.includes(hostname)) ?? GENERIC;
}

/**
 * The host a document belongs to. Frames without an address of their own (about:blank, srcdoc) inherit an origin.
 * @param {string} origin    such as `https://x.com`, or `null`
 * @param {string} hostname  of the address
 * @returns {string}
 */
export function effectiveHost(origin, hostname) {
  if (hostname) return hostname;
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}
