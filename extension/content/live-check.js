// SPDX-License-Identifier: Apache-2.0
// Checks while a person writes, so that a verdict is ready before they press Post: soon after a pause in typing, on focus, on
// paste. Underlines and counts only when they have stopped for a moment. Holds nothing back and posts nothing.
// Tested by: tests/browser/specs/

import { rangesOf, readEditors } from '../editors/editor-text.js';

/**
 * @import { Finding, Verdict } from '../shared/types.js'
 * @import { Marks } from '../editors/marks.js'
 * @import { Composer } from '../sites/site-data.js'
 * @typedef {object} LivePorts
 * @property {(editor: Element) => Composer | null} composerOf
 * @property {(composer: Composer, text: string) => Promise<Verdict>} check
 * @property {(text: string, verdict: Verdict) => Finding[]} open  findings not set aside
 * @property {(count: number) => void} count
 * @property {(editor: Element) => boolean} isActive
 * @property {() => void} paused
 * @property {(fault: unknown) => void} fail
 */

const CHECK_AFTER_MS = 150;
/** Nothing lights up under the fingers of someone who is writing. */
const SHOW_AFTER_MS = 600;
const LEFT_AFTER_MS = 700;

export class LiveCheck {
  /**
   * @param {LivePorts} ports
   * @param {Marks} marks
   */
  constructor(ports, marks) {
    this.ports = ports;
    this.marks = marks;
    /** @type {Element | null} */
    this.editor = null;
    this.writtenAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.checking = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.showing = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.leaving = undefined;
    this.toldPaused = false;
  }

  /** @param {Element} editor */
  written(editor) {
    this.editor = editor;
    this.writtenAt = performance.now();
    clearTimeout(this.checking);
    clearTimeout(this.showing);
    this.checking = setTimeout(() => this.checkNow(), CHECK_AFTER_MS);
  }

  /** @param {Element} editor */
  entered(editor) {
    this.editor = editor;
    clearTimeout(this.checking);
    this.checking = setTimeout(() => this.checkNow(), 0);
  }

  /** A key that may begin a shortcut: do not wait for the pause. */
  hurry() {
    if (this.checking === undefined) return;
    clearTimeout(this.checking);
    this.checkNow();
  }

  checkNow() {
    clearTimeout(this.checking);
    this.checking = undefined;
    this.check().catch((fault) => this.ports.fail(fault));
  }

  async check() {
    const { editor, ports } = this;
    this.marks.prune();
    const composer = editor?.isConnected ? ports.composerOf(editor) : null;
    const { text } = composer ? readEditors(composer.editors) : { text: '' };
    if (!composer || text.trim() === '') {
      this.marks.clear();
      ports.count(0);
      return;
    }
    const verdict = await ports.check(composer, text);
    if (verdict.outcome === 'unchecked') {
      if (verdict.unchecked.some(({ reason }) => reason === 'paused') && !this.toldPaused) {
        this.toldPaused = true;
        ports.paused();
      }
      return;
    }
    clearTimeout(this.showing);
    const wait = Math.max(0, this.writtenAt + SHOW_AFTER_MS - performance.now());
    this.showing = setTimeout(() => {
      try {
        this.show(composer, text, ports.open(text, verdict));
      } catch (fault) {
        ports.fail(fault);
      }
    }, wait);
  }

  /**
   * Marks the words, if they are still there.
   * @param {Composer} composer
   * @param {string} text
   * @param {readonly Finding[]} findings
   */
  show(composer, text, findings) {
    clearTimeout(this.showing);
    const read = readEditors(composer.editors.filter((each) => each.isConnected));
    if (read.text !== text) return;
    const places = findings.flatMap(({ spans }) =>
      spans.flatMap(([start, end]) => rangesOf(read, start, end)),
    );
    this.marks.show(places);
    this.ports.count(findings.length);
  }

  /** The composer lost focus or its draft went out: look again when the page has done with it. */
  left() {
    this.hurry();
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      if (this.editor && this.ports.isActive(this.editor)) this.checkNow();
      else this.ports.count(0);
    }, LEFT_AFTER_MS);
  }

  /** The draft is on its way, or the composer was left. */
  forget() {
    clearTimeout(this.checking);
    clearTimeout(this.showing);
    this.checking = undefined;
    this.marks.clear();
    this.ports.count(0);
  }
}
