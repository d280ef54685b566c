// SPDX-License-Identifier: Apache-2.0
// Tells when a draft has gone out: its composer emptied, changed or closed. Looks at the page only, and for a few seconds;
// whether a server took the post is not known here.
// Tested by: tests/browser/specs/popup.test.js

import { isVisible } from '../editors/composed-tree.js';
import { readEditors } from '../editors/editor-text.js';

/**
 * @import { Composer } from '../sites/site-data.js'
 * @typedef {object} DeparturePorts
 * @property {(ms: number) => Promise<void>} wait
 * @property {(text: string) => void} onSent   may be told of one draft more than once
 */

const SENT_WITHIN_MS = 8000;

export class Departures {
  /** @param {DeparturePorts} ports */
  constructor(ports) {
    this.ports = ports;
    /** @type {Set<string>} Drafts on their way out. */
    this.watched = new Set();
  }

  /**
   * @param {Composer} composer
   * @param {string} text
   * @returns {Promise<boolean>} whether it went out in time
   */
  async isSent(composer, text) {
    const until = performance.now() + SENT_WITHIN_MS;
    for (let pause = 40; performance.now() < until; pause = Math.min(pause * 1.5, 500)) {
      await this.ports.wait(pause);
      const left = composer.editors.filter((each) => each.isConnected && isVisible(each));
      if (left.length < composer.editors.length || readEditors(left).text !== text) {
        this.ports.onSent(text);
        return true;
      }
    }
    return false;
  }

  /**
   * A press of the person's own went on untouched.
   * @param {Composer} composer
   */
  async watch(composer) {
    const { text } = readEditors(composer.editors);
    if (text.trim() === '' || this.watched.has(text)) return;
    this.watched.add(text);
    try {
      await this.isSent(composer, text);
    } finally {
      this.watched.delete(text);
    }
  }
}
