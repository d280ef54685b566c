// SPDX-License-Identifier: Apache-2.0
// The chip: one quiet line in a corner, announced politely, never in the way of a pointer. It says that a draft holds
// something to look at, or that a post was not checked and why.
// Tested by: tests/browser/specs/

/** @import { Host } from './host.js' */

/** A screen reader should not hear a new count with every word. */
const ANNOUNCE_MS = 2000;
const TELL_AFTER_MS = 60;

export class Chip {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    /** @type {HTMLElement | null} */
    this.element = null;
    this.shownAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.hiding = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.showing = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined;
    this.isGrey = false;
  }

  /**
   * @param {string} text
   * @param {{ grey: boolean, forMs: number }} options  grey for what could not be done; 0 ms until hidden
   */
  say(text, { grey, forMs }) {
    clearTimeout(this.showing);
    const wait = grey ? 0 : Math.max(0, this.shownAt + ANNOUNCE_MS - Date.now());
    if (wait > 0) this.showing = setTimeout(() => this.show(text, grey, forMs), wait);
    else this.show(text, grey, forMs);
  }

  /** Takes back a count; a grey message stays its time. */
  settle() {
    clearTimeout(this.showing);
    if (!this.isGrey) this.hide();
  }

  hide() {
    clearTimeout(this.showing);
    clearTimeout(this.hiding);
    clearTimeout(this.telling);
    this.isGrey = false;
    if (this.element?.isConnected && this.element.matches(':popover-open'))
      this.element.hidePopover();
    if (this.element) this.element.textContent = '';
    this.host.leave();
  }

  /**
   * @param {string} text
   * @param {boolean} grey
   * @param {number} forMs
   */
  show(text, grey, forMs) {
    clearTimeout(this.hiding);
    this.host.enter();
    const element = this.element ?? this.create();
    element.className = grey ? 'chip grey' : 'chip';
    if (element.matches(':popover-open')) element.hidePopover();
    element.showPopover();
    // A live region speaks of changes only: it has to be there before its text is.
    clearTimeout(this.telling);
    if (element.textContent !== text) {
      this.telling = setTimeout(() => {
        element.textContent = text;
      }, TELL_AFTER_MS);
    }
    this.isGrey = grey;
    this.shownAt = Date.now();
    if (forMs > 0) this.hiding = setTimeout(() => this.hide(), forMs);
  }

  create() {
    const element = this.host.build('div', 'chip');
    element.setAttribute('role', 'status');
    element.popover = 'manual';
    element.lang = this.host.language;
    element.dir = this.host.direction;
    this.host.root.append(element);
    this.element = element;
    return element;
  }
}
