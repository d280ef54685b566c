// SPDX-License-Identifier: Apache-2.0
// The card: a native modal dialog that holds a post until the person has decided. Nothing here is counted, timed or told to
// anyone. Only trusted events decide; whatever the page dispatches at the card is swallowed and means nothing.
// Knows findings, not sites; posts nothing itself.
// Tested by: tests/browser/specs/

import { buildFinding } from './finding-view.js';

/**
 * @import { Audience, Finding } from '../shared/types.js'
 * @import { Host } from './host.js'
 * @import { Words } from './finding-view.js'
 * @typedef {'keep' | 'post'} Answer
 * @typedef {{ text: string, findings: readonly Finding[], audience: Audience,
 *   pressedAt: { x: number, y: number }, onSetAside: (finding: Finding) => void }} Question
 */

const MOST_SHOWN = 3;
const SAME_SPOT_PX = 12;
const DOUBLE_CLICK_MS = 500;
/**
 * Two presses at one spot with less than this between them are one: systems let people set a double click as slow as 0.9 s,
 * and the second question, whose buttons have changed places, cannot be read in that time.
 */
const REPEAT_MS = 1000;

export class Card {
  /**
   * @param {Host} host
   * @param {Words} words
   */
  constructor(host, words) {
    this.host = host;
    this.words = words;
    /** @type {HTMLDialogElement | null} */
    this.dialog = null;
    /** @type {{ lead: HTMLElement, body: HTMLElement, actions: HTMLElement } | null} */
    this.frame = null;
    /** @type {((answer: Answer) => void) | null} */
    this.answer = null;
    /** @type {Map<Element, () => void>} What each button does. */
    this.actions = new Map();
    this.pressedOutside = false;
    this.isRepeat = false;
    this.drawnAt = 0;
    /** Whether the press or key that closed the card may still have a part to come. */
    this.isClosing = false;
    this.closingKey = '';
    /** Where the last press was, and the one before it. */
    this.pressedAt = { x: -1, y: -1 };
    this.pressedBefore = { x: -1, y: -1 };
    /** When the last press on the card began, and the one before it: the browser's time, not that of a late delivery. */
    this.pressBegan = Number.NEGATIVE_INFINITY;
    this.pressBeganBefore = Number.NEGATIVE_INFINITY;
  }

  isOpen() {
    return this.dialog !== null;
  }

  /**
   * Shows the card and waits for a decision.
   * @param {Question} question
   * @returns {Promise<Answer>}
   */
  ask(question) {
    const dialog = this.host.build('dialog');
    this.frame = this.buildFrame(dialog);
    // Escape on any path, also a back gesture: keep editing.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (event.isTrusted) this.decide('keep');
    });
    dialog.addEventListener('close', () => {
      if (this.dialog === dialog && !dialog.open) this.show();
    });
    this.dialog = dialog;
    this.isClosing = false;
    this.pressedAt = question.pressedAt;
    this.pressBegan = Number.NEGATIVE_INFINITY;
    this.host.root.append(dialog);
    this.drawFindings(question);
    this.host.onReturn = () => this.show();
    this.show();
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  /** Opens, or opens again above whatever came on top. */
  show() {
    const { dialog } = this;
    if (!dialog) return;
    this.host.enter();
    if (dialog.open) {
      this.dialog = null;
      dialog.close();
      this.dialog = dialog;
    }
    dialog.showModal();
    this.focusables()
      .find((each) => each.classList.contains('main'))
      ?.focus();
  }

  /** @param {Answer} answer */
  decide(answer) {
    const { dialog, answer: tell } = this;
    if (!dialog) return;
    this.dialog = null;
    this.frame = null;
    this.answer = null;
    this.actions.clear();
    this.host.onReturn = null;
    this.isClosing = true;
    this.drawnAt = performance.now();
    if (dialog.open) dialog.close();
    dialog.remove();
    this.host.leave();
    tell?.(answer);
  }

  /** @param {Question} question */
  drawFindings(question) {
    const { host, words } = this;
    const list = host.build('ul');
    for (const [index, finding] of question.findings.slice(0, MOST_SHOWN).entries()) {
      const { item, setAside } = buildFinding(
        host,
        words,
        question.text,
        finding,
        `f${index}`,
        false,
      );
      list.append(item);
      if (setAside) {
        this.actions.set(setAside, () => this.setAside(question, finding, item, setAside));
      }
    }
    /** @type {HTMLElement[]} */
    const body = [list];
    const more = question.findings.length - MOST_SHOWN;
    if (more > 0) {
      const key = more === 1 ? 'cardMoreOne' : 'cardMoreMany';
      body.push(host.build('p', 'more', [words(key, String(more))]));
    }
    const lead = words(question.audience === 'internal' ? 'cardLeadInternal' : 'cardLeadExternal');
    const needsMore = question.findings.some(({ severity }) => severity === 'strong');
    this.draw(lead, body, false, () => (needsMore ? this.drawSure(question) : this.decide('post')));
  }

  /**
   * The second, different question for findings that are hard to take back.
   * @param {Question} question
   */
  drawSure(question) {
    const { host, words } = this;
    const strong = question.findings.filter(({ severity }) => severity === 'strong');
    const list = host.build('ul');
    for (const [index, finding] of strong.slice(0, MOST_SHOWN).entries()) {
      list.append(buildFinding(host, words, question.text, finding, `s${index}`, true).item);
    }
    const lead = words(question.audience === 'internal' ? 'cardSureInternal' : 'cardSureExternal');
    this.draw(lead, [list], true, () => this.decide('post'));
    this.focusables()
      .find((each) => each.classList.contains('main'))
      ?.focus();
  }

  /**
   * Fills the dialog. Heading and lead stay the same elements: assistive technology names the dialog after them.
   * @param {string} leadText
   * @param {Node[]} body
   * @param {boolean} isSwapped  the buttons change places, so that a habit does not answer the second question
   * @param {() => void} onPost
   */
  draw(leadText, body, isSwapped, onPost) {
    const { host, words, frame } = this;
    if (!frame) return;
    for (const button of [...this.actions.keys()]) {
      if (!body.some((node) => node.contains(button))) this.actions.delete(button);
    }
    const keep = host.build('button', 'main', [words('cardKeepEditing')]);
    keep.autofocus = true;
    const post = host.build('button', 'other', [words('cardPostAnyway')]);
    post.setAttribute('aria-describedby', frame.lead.id);
    for (const button of [keep, post]) button.type = 'button';
    this.actions.set(keep, () => this.decide('keep'));
    this.actions.set(post, onPost);
    frame.lead.textContent = leadText;
    frame.body.replaceChildren(...body);
    frame.actions.replaceChildren(...(isSwapped ? [post, keep] : [keep, post]));
    this.drawnAt = performance.now();
  }

  /** @param {HTMLDialogElement} dialog */
  buildFrame(dialog) {
    const { host, words } = this;
    const heading = host.build('h2', '', [words('cardHeading')]);
    heading.id = 'heading';
    const lead = host.build('p', 'lead');
    lead.id = 'lead';
    const breath = host.build('div', 'breath');
    breath.setAttribute('aria-hidden', 'true');
    const body = host.build('div', 'body');
    const actions = host.build('div', 'actions');
    const promise = host.build('p', 'promise', [words('cardPromise')]);
    dialog.append(
      host.build('div', 'top', [breath, host.build('div', '', [heading, lead])]),
      body,
      host.build('div', 'bottom', [actions, promise]),
    );
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', heading.id);
    dialog.setAttribute('aria-describedby', lead.id);
    dialog.lang = host.language;
    dialog.dir = host.direction;
    return { lead, body, actions };
  }

  /**
   * @param {Question} question
   * @param {Finding} finding
   * @param {HTMLElement} item
   * @param {HTMLElement} button
   */
  setAside(question, finding, item, button) {
    question.onSetAside(finding);
    const note = this.host.build('p', 'aside', [this.words('cardSetAside')]);
    note.setAttribute('role', 'status');
    item.classList.add('quiet');
    item.append(note);
    this.actions.delete(button);
    const next = this.focusables().find((each) => each.classList.contains('main'));
    button.remove();
    next?.focus();
  }

  /** @returns {HTMLElement[]} */
  focusables() {
    return [...(this.dialog?.querySelectorAll('button, a[href]') ?? [])].filter(
      /** @returns {each is HTMLElement} */
      (each) => each.checkVisibility(),
    );
  }

  /**
   * Looks at an event at window capture while the card is open. Nothing that happens on the card may reach the page, which
   * would see it happen on a stranger and might close the composer for it. Default actions stay.
   * @param {Event} event
   * @returns {boolean} whether it was the card's
   */
  receive(event) {
    if (!this.dialog) return this.receiveEcho(event);
    const isOurs = this.host.owns(event);
    const isKey = event.type.startsWith('key');
    // The page is inert, so whatever else the person does now belongs to the card: a key while nothing has focus, or the
    // end of a press that began before, which would fall on the root element and look like a click outside the composer.
    const isPointer = 'clientX' in event && event.type !== 'wheel';
    const isPersons = event.isTrusted && (isKey || isPointer);
    if (!isOurs && !isPersons) return false;
    event.stopImmediatePropagation();
    if (!event.isTrusted || (!isOurs && !isKey)) {
      event.preventDefault();
      return true;
    }
    if (isKey) this.receiveKey(/** @type {KeyboardEvent} */ (event), isOurs);
    else if (event.type === 'pointerdown') {
      const { clientX: x, clientY: y } = /** @type {PointerEvent} */ (event);
      this.pressedBefore = this.pressedAt;
      this.pressedAt = { x, y };
      this.pressBeganBefore = this.pressBegan;
      this.pressBegan = event.timeStamp;
      this.pressedOutside = this.isOutside(/** @type {PointerEvent} */ (event));
      this.closingKey = '';
    } else if (event.type === 'click') this.receiveClick(/** @type {PointerEvent} */ (event));
    return true;
  }

  /**
   * The rest of the press that closed the card: the second half of a double click, a key still held. It would fall on the
   * page, where it may close the composer and lose the text.
   * @param {Event} event
   */
  receiveEcho(event) {
    if (!event.isTrusted || !this.isClosing) return false;
    const isKey = event.type.startsWith('key');
    const { key, repeat } = /** @type {KeyboardEvent} */ (event);
    if (isKey ? key !== this.closingKey : !('clientX' in event)) return false;
    const isLate = event.timeStamp - this.drawnAt > REPEAT_MS;
    if (isKey ? event.type === 'keydown' && !repeat : isLate || !this.isSameSpot(event)) {
      this.isClosing = false;
      return false;
    }
    if (event.type === 'keyup') this.isClosing = false;
    event.preventDefault();
    event.stopImmediatePropagation();
    return true;
  }

  /** @param {Event} event */
  isSameSpot(event) {
    const { clientX, clientY } = /** @type {MouseEvent} */ (event);
    return Math.hypot(clientX - this.pressedAt.x, clientY - this.pressedAt.y) < SAME_SPOT_PX;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} isOurs
   */
  receiveKey(event, isOurs) {
    if (event.type === 'keydown') {
      this.isRepeat = event.repeat;
      this.closingKey = event.key;
    }
    if (!isOurs) event.preventDefault();
    if (event.type !== 'keydown') return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (!event.repeat) this.decide('keep');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.moveFocus(event.shiftKey ? -1 : 1);
    } else if (!isOurs) {
      this.moveFocus(0);
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      // Firefox presses a button on Ctrl+Enter, which is how the person has just tried to post.
      if (event.key === 'Enter' || event.key === ' ') event.preventDefault();
    }
  }

  /** @param {number} step */
  moveFocus(step) {
    const stops = this.focusables();
    const active = stops.indexOf(/** @type {HTMLElement} */ (this.host.root.activeElement));
    const next = active === -1 ? 0 : (active + step + stops.length) % stops.length;
    stops[next]?.focus();
  }

  /** @param {PointerEvent} event */
  receiveClick(event) {
    // Held keys and the second half of a double click answer nothing.
    const { pressedAt, pressedBefore } = this;
    const isEcho =
      Math.hypot(pressedAt.x - pressedBefore.x, pressedAt.y - pressedBefore.y) < SAME_SPOT_PX;
    // Firefox counts from one again when another button has come under the pointer meanwhile.
    const isHasty =
      event.detail > 1 ||
      performance.now() - this.drawnAt < DOUBLE_CLICK_MS ||
      this.pressBegan - this.pressBeganBefore < REPEAT_MS;
    if (event.detail === 0 ? this.isRepeat : isEcho && isHasty) return;
    const { root } = this.host;
    const byPointer = event.detail > 0;
    if (byPointer && this.isOutside(event)) {
      if (this.pressedOutside) this.decide('keep');
      return;
    }
    const hit = byPointer
      ? root.elementFromPoint(event.clientX, event.clientY)
      : root.activeElement;
    const button = hit?.closest('button');
    if (button) this.actions.get(button)?.();
  }

  /** @param {MouseEvent} event */
  isOutside({ clientX, clientY }) {
    const box = this.dialog?.getBoundingClientRect();
    if (!box) return false;
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
  }
}
