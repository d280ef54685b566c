// SPDX-License-Identifier: Apache-2.0
// The one element of ours in a page: nameless, without address, class or id, with a closed shadow root that holds the card
// and the chip. It comes back when the page takes it away, a bounded number of times, so that two stubborn scripts cannot
// freeze the page.
// Tested by: tests/browser/specs/

import { STYLE } from './card-style.js';

const MAX_RETURNS = 60;
/** Inline and important: a page's own rules for `div` lose against it. */
const HOST_STYLE = [
  ['all', 'initial'],
  ['position', 'fixed'],
  ['inset', 'auto'],
  ['inline-size', '0'],
  ['block-size', '0'],
  ['z-index', '2147483647'],
];

export class Host {
  /**
   * @param {Window} view     the window whose document shall hold it
   * @param {{ language: string, direction: string }} reading
   */
  constructor(view, reading) {
    this.view = view;
    this.page = view.document;
    this.element = this.page.createElement('div');
    this.dress();
    this.root = this.element.attachShadow({ mode: 'closed' });
    this.wear();
    this.language = reading.language;
    this.direction = reading.direction;
    this.returns = 0;
    this.needed = false;
    /** @type {(() => void) | null} Called after it was put back, to show again what was shown. */
    this.onReturn = null;
    this.waiting = false;
    this.watch = new MutationObserver(() => this.check());
  }

  /** Puts the host into the page and keeps it there until `leave`. */
  enter() {
    if (!this.needed) this.returns = 0;
    this.needed = true;
    if (!this.element.isConnected) this.page.documentElement.append(this.element);
    this.watch.observe(this.page, { childList: true });
    this.watch.observe(this.page.documentElement, { childList: true });
    this.watch.observe(this.element, { attributes: true });
  }

  /** Takes it out again when nothing shows: a page that is left alone holds nothing of ours. */
  leave() {
    if (this.root.querySelector('dialog, .chip:popover-open')) return;
    this.needed = false;
    this.watch.disconnect();
    this.element.remove();
  }

  /**
   * Whether an event happens on something of ours. The shadow root is closed: outside, its target is the host.
   * @param {Event} event
   */
  owns(event) {
    return event.target === this.element || event.composedPath()[0] === this.element;
  }

  /** Repairs later, not at once: a page that answers each repair would otherwise loop within one task. */
  check() {
    if (!this.needed || this.waiting || this.returns >= MAX_RETURNS || this.isIntact()) return;
    this.waiting = true;
    this.view.setTimeout(() => {
      this.waiting = false;
      if (!this.needed || this.isIntact()) return;
      this.returns++;
      const wasGone = !this.element.isConnected;
      this.watch.disconnect();
      for (const { name } of [...this.element.attributes]) this.element.removeAttribute(name);
      this.dress();
      this.enter();
      if (wasGone) this.onReturn?.();
    }, 16);
  }

  isIntact() {
    return (
      this.element.parentNode === this.page.documentElement &&
      this.element.attributes.length === 1 &&
      this.element.style.cssText === this.dressed
    );
  }

  dress() {
    for (const [name = '', value = ''] of HOST_STYLE) {
      this.element.style.setProperty(name, value, 'important');
    }
    this.dressed = this.element.style.cssText;
  }

  wear() {
    const { CSSStyleSheet: Sheet } = /** @type {typeof globalThis} */ (
      /** @type {unknown} */ (this.view)
    );
    const sheet = new Sheet();
    sheet.replaceSync(STYLE);
    this.root.adoptedStyleSheets = [sheet];
  }

  /**
   * Builds one element inside the shadow root's document.
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {string} [className]
   * @param {(Node | string)[]} [children]
   * @returns {HTMLElementTagNameMap[Name]}
   */
  build(name, className = '', children = []) {
    const element = this.page.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }
}
