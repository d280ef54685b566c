// SPDX-License-Identifier: Apache-2.0
// Window capture listeners: the first to see every event that could publish. Translates events for the gate and does what
// it says; an event that is let through has not been touched in any way.
// A press is a family of events. Until the text is known to be fine the whole family stays hidden from the page, since some
// pages act on its first member; default actions stay, so that the click still comes and decides.
// Out of reach for any content script: a page's own `form.submit()` and its own network calls fire no event.
// Tested by: tests/browser/specs/

import { lookAfresh } from '../editors/composed-tree.js';
import { isNativeControl } from '../sites/attempts.js';
import { pressDownAndUp } from '../sites/press.js';

/**
 * @import { Attempt } from '../sites/site-data.js'
 * @import { Happening } from './gate.js'
 * @typedef {object} InterceptPorts
 * @property {(event: Event) => Attempt | null} attemptOf
 * @property {(attempt: Attempt, happening: Happening, isTrusted: boolean) => 'pass' | 'hold'} judge
 * @property {(attempt: Attempt, event: Event) => void} begin   a press began: remember where the caret is
 * @property {(event: Event) => boolean} cardTakes    the card is open and this event is its own
 * @property {() => boolean} isAlive
 * @property {() => void} abandoned                   a press was let through because the extension is gone
 * @property {(event: Event) => void} notice          what a person writes and where, for checks ahead of time
 * @property {(fault: unknown) => void} fail
 */

const PRESS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup'];
const TOUCH = ['touchstart', 'touchend'];
const DECIDE = ['click', 'keydown', 'keypress', 'keyup', 'submit'];
const NOTICE = ['focusin', 'input', 'compositionend', 'paste', 'drop', 'cut', 'blur'];
/** Only of use while the card is open: nothing that happens on it is the page's business. */
const CARD_ONLY = ['focus', 'focusout', 'beforeinput', 'dblclick', 'auxclick', 'contextmenu'];
const CARD_OPEN = [
  'pointermove',
  'pointerover',
  'pointerout',
  'mousemove',
  'mouseover',
  'mouseout',
  'wheel',
  'touchmove',
  'pointercancel',
  'touchcancel',
  'selectstart',
  'dragstart',
  'copy',
];

export class Interceptor {
  /** @param {InterceptPorts} ports */
  constructor(ports) {
    this.ports = ports;
    /** @type {{ control: Element | null, isHeld: boolean } | null} The press under way. */
    this.press = null;
    /** @type {Map<string, 'hide' | 'stop'>} Keys held since they went down. */
    this.keys = new Map();
    this.isReplaying = false;
    this.receive = this.receive.bind(this);
  }

  /**
   * Idempotent: listeners that are there already stay as they are.
   * @param {Window} view
   * @param {AbortSignal} signal
   */
  listen(view, signal) {
    for (const type of [...PRESS, ...DECIDE, ...NOTICE, ...CARD_ONLY]) {
      view.addEventListener(type, this.receive, { capture: true, passive: false, signal });
    }
    for (const type of TOUCH) {
      view.addEventListener(type, this.receive, { capture: true, passive: true, signal });
    }
  }

  /**
   * What the page must not hear while the card is open. The card may stand in another window than we listen in; there, all
   * else is the business of that window's own listeners.
   * @param {Window} view
   * @param {AbortSignal} signal
   */
  listenForCard(view, signal) {
    const takes = (/** @type {Event} */ event) => {
      try {
        this.ports.cardTakes(event);
      } catch (fault) {
        this.ports.fail(fault);
      }
    };
    for (const type of [...PRESS, ...DECIDE, ...NOTICE, ...CARD_ONLY, ...TOUCH, ...CARD_OPEN]) {
      const passive = /^(?:wheel|touch)/.test(type);
      view.addEventListener(type, takes, { capture: true, passive, signal });
    }
  }

  /**
   * Runs something that dispatches our own events.
   * @template T
   * @param {() => T} work
   * @returns {T}
   */
  replaying(work) {
    const before = this.isReplaying;
    this.isReplaying = true;
    try {
      return work();
    } finally {
      this.isReplaying = before;
    }
  }

  /** @param {Event} event */
  receive(event) {
    try {
      if (this.ports.cardTakes(event)) return;
      const { type } = event;
      if (NOTICE.includes(type)) this.ports.notice(event);
      else if (type === 'click') this.receiveClick(/** @type {MouseEvent} */ (event));
      else if (type === 'submit') this.receiveSubmit(event);
      else if (type.startsWith('key')) this.receiveKey(/** @type {KeyboardEvent} */ (event));
      else if (PRESS.includes(type) || TOUCH.includes(type)) this.receivePress(event);
    } catch (fault) {
      this.ports.fail(fault);
    }
  }

  /** @param {Event} event */
  attemptOf(event) {
    lookAfresh();
    const attempt = this.ports.attemptOf(event);
    if (!attempt) return null;
    if (this.ports.isAlive()) return attempt;
    this.ports.abandoned();
    return null;
  }

  /** @param {Event} event */
  receivePress(event) {
    if (this.isReplaying && !event.isTrusted) return;
    const { type } = event;
    const begins = type === 'pointerdown' || (!this.press && /down$|start$/.test(type));
    if (begins) {
      this.press = null;
      const attempt = this.attemptOf(event);
      if (!attempt) return;
      this.ports.begin(attempt, event);
      const isHeld = this.ports.judge(attempt, 'press', event.isTrusted) === 'hold';
      this.press = { control: attempt.control, isHeld };
    }
    const { press } = this;
    if (!press?.control || !event.composedPath().includes(press.control)) return;
    if (press.isHeld) event.stopImmediatePropagation();
  }

  /** @param {MouseEvent} event */
  receiveClick(event) {
    const attempt = this.attemptOf(event);
    const { press } = this;
    if (event.isTrusted) this.press = null;
    if (!attempt) return;
    if (this.ports.judge(attempt, 'click', event.isTrusted) === 'hold') {
      this.ports.begin(attempt, event);
      hold(event);
      return;
    }
    // The answer came while the button was down. What the page was not shown of the press, it is shown now.
    if (event.isTrusted && event.detail > 0 && press?.isHeld && press.control === attempt.control) {
      const { control } = attempt;
      if (control) this.replaying(() => pressDownAndUp(control));
    }
  }

  /** @param {Event} event */
  receiveSubmit(event) {
    const attempt = this.attemptOf(event);
    if (!attempt || this.ports.judge(attempt, 'submit', event.isTrusted) === 'pass') return;
    this.ports.begin(attempt, event);
    hold(event);
  }

  /** @param {KeyboardEvent} event */
  receiveKey(event) {
    if (event.type !== 'keydown') {
      if (this.isReplaying && !event.isTrusted) return;
      const held = this.keys.get(event.key);
      if (event.type === 'keyup') this.keys.delete(event.key);
      if (held === 'stop') hold(event);
      else if (held === 'hide') event.stopImmediatePropagation();
      return;
    }
    if (!event.repeat && event.isTrusted) this.keys.delete(event.key);
    if (event.key === 'Control' || event.key === 'Meta') this.ports.notice(event);
    const attempt = this.attemptOf(event);
    if (!attempt) return;
    if (event.repeat) {
      hold(event);
      return;
    }
    const isOnButton = attempt.route === 'pointer';
    if (isOnButton && attempt.control && isNativeControl(attempt.control)) {
      // The browser makes a click of it, and that decides.
      this.ports.begin(attempt, event);
      if (this.ports.judge(attempt, 'press', event.isTrusted) === 'pass') return;
      this.keys.set(event.key, 'hide');
      event.stopImmediatePropagation();
      return;
    }
    if (this.ports.judge(attempt, 'keydown', event.isTrusted) === 'pass') return;
    this.ports.begin(attempt, event);
    if (event.isTrusted) this.keys.set(event.key, 'stop');
    hold(event);
  }
}

/** @param {Event} event */
function hold(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
