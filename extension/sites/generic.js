// SPDX-License-Identifier: Apache-2.0
// Any other site the company or the person chose to watch: intranets, wikis, forums. Data only; how a composer is told from
// a login or a search box is in generic-composer.js, the words of send buttons are in send-words.js.
// Tested by: tests/node/sites.test.js, tests/browser/specs/

/** @import { SiteData, SurfaceData } from './site-data.js' */

/** What a box is taken for when no surface of a site claims it. */
/** @type {SurfaceData} */
export const ANY_SURFACE = {
  surface: 'post',
  editors: [],
  root: [],
  send: [],
  notSend: [],
  keys: ['mod+Enter'],
  mediaWhen: 'figure img, figure video',
};

/** @type {SiteData} */
export const GENERIC = {
  id: 'generic',
  hosts: [],
  audience: 'internal',
  surfaces: [],
  notWatched: [],
  ignored: ['[role="search"]', '[type="search"]', '[role="searchbox"]'],
  notSend: [],
  usesLastEditor: true,
  enterInField: true,
};
