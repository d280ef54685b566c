// SPDX-License-Identifier: Apache-2.0
// The shape of a site adapter: data only, so that a changed page is mended by changing a list.

import type { Audience, Surface } from '../shared/types.js';

/** A place on a site where a person writes something others will read. Selectors: best first, the rest are fallbacks. */
export interface SurfaceData {
  surface: Surface;
  /** Editable elements. The first selector that finds any in a composer is used. */
  editors: readonly string[];
  /** Ancestors that enclose one composer. Without a match: what its editors and its send control have in common. */
  root: readonly string[];
  /** Controls that publish. */
  send: readonly string[];
  /** Look-alikes of `send` that do not publish. */
  notSend: readonly string[];
  /** Keys that publish from inside the editor. */
  keys: readonly SendKey[];
  /** With several editors, how long the site needs after losing focus until it knows the text of all. */
  settleMs?: number;
  /** The composer answers someone when it holds such an element, or the address has such a path. */
  replyWhen?: { within?: string; path?: string };
  /** The composer holds a picture or a film when it holds such an element. */
  mediaWhen?: string;
}

/** `mod` is Ctrl or Cmd. */
export type SendKey = 'mod+Enter' | 'Enter';

export interface SiteData {
  id: string;
  /** Exact host names. Empty: any host no other site claims. */
  hosts: readonly string[];
  audience: Audience;
  surfaces: readonly SurfaceData[];
  /** Boxes that are left alone; the chip says so. */
  notWatched: readonly string[];
  /** Boxes nobody publishes from, such as search; left alone without a word. */
  ignored: readonly string[];
  /** Controls never to be taken for a send control by their words. */
  notSend: readonly string[];
  /** May a send control far from any editor belong to the editor last used? */
  usesLastEditor: boolean;
  /** Does plain Enter publish from a one-line field? */
  enterInField: boolean;
}

/** A composer as found on the page just now. Nothing of it is kept longer than one press. */
export interface Composer {
  site: SiteData;
  surface: SurfaceData;
  root: Element;
  /** In document order, never empty. */
  editors: Element[];
}

export type Route = 'pointer' | 'key' | 'submit';

/** Something on its way that would publish a composer. */
export interface Attempt {
  composer: Composer;
  route: Route;
  /** The send control, where one was pressed. */
  control: Element | null;
  /** Route `key`: the editor the key was pressed in. */
  editor: Element | null;
  key: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean } | null;
  /** Route `key`: the site is known to publish with it, so its own control may stand in for it. */
  isKnownKey: boolean;
  /** Route `submit`. */
  form: HTMLFormElement | null;
  submitter: HTMLElement | null;
}
