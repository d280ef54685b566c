// SPDX-License-Identifier: Apache-2.0
// The gate: decides for every press that would publish whether it goes on untouched, waits, or is made again later. A state
// machine over ports; it sees no DOM, no site and no browser.
//
//   text empty, known to be fine, or consented to a moment ago  ->  pass, the site's own trusted event goes on
//   else hold -> check -> nothing to ask  ------------------------------------------------> release
//                      -> ask the person -> keep: the text stays -> post: same text still? -> release
//   release: one press of the site's own control under a one-shot pass for that text and composer; if nothing came of it
//   within 8 s, the person is asked to press once more and that press goes on untouched.
//
// Whatever fails here lets the post go and says so; nothing fails into silence or into a second post.
// Tested by: tests/node/gate.test.js

/**
 * @import { UncheckedReason, Verdict } from '../shared/types.js'
 * @typedef {'press' | 'click' | 'keydown' | 'submit'} Happening  `press`: an event before the one that publishes
 * @typedef {{ kind: 'unchecked', reason: UncheckedReason } | { kind: 'once-more' } | { kind: 'changed' }} Notice
 */
/**
 * @template A  an attempt: what was pressed, in which composer
 * @typedef {object} GatePorts
 * @property {(attempt: A) => string} read                 the exact text now
 * @property {(a: A, b: A) => boolean} isSameComposer
 * @property {(attempt: A) => A | null} find               the attempt on the page as it is now; null when it is gone
 * @property {(attempt: A, text: string) => boolean} isKnownFine
 * @property {(attempt: A, text: string, occasion: 'post' | 'typing') => Promise<Verdict>} check
 * @property {(text: string, verdict: Verdict) => boolean} needsAsking
 * @property {(attempt: A, text: string, verdict: Verdict) => Promise<'keep' | 'post'>} ask
 * @property {(attempt: A) => Promise<void>} settle        lets the site take in the last words before it is pressed
 * @property {(attempt: A) => boolean} press               presses the site's control at once; false: there is none
 * @property {(attempt: A, text: string) => Promise<boolean>} isSent   whether the composer emptied, changed or closed
 * @property {(notice: Notice) => void} say
 * @property {() => number} now
 */

/** How long the pass of a release is good for. */
export const PASS_MS = 2000;
/** A second press so soon belongs to the first one. */
export const ECHO_MS = 1000;
/** How long a person's own press goes on untouched when ours came to nothing. */
export const ONCE_MORE_MS = 10_000;
/** A text that changes this often while it is checked is not written by a person. */
const MOST_ROUNDS = 6;

/** @template A */
export class Gate {
  /** @param {GatePorts<A>} ports */
  constructor(ports) {
    this.ports = ports;
    /** @type {A[]} What is being checked or asked about. */
    this.flights = [];
    /** @type {{ attempt: A, text: string, at: number, until: number, used: Set<Happening> } | null} */
    this.pass = null;
  }

  /**
   * @param {A} attempt
   * @param {Happening} happening
   * @param {boolean} isTrusted  made by a person, not by the page
   * @returns {'pass' | 'hold'}
   */
  judge(attempt, happening, isTrusted) {
    const { ports } = this;
    const text = ports.read(attempt);
    if (text.trim() === '') return 'pass';
    const consent = this.consentTo(attempt, text, happening, isTrusted);
    if (consent) return consent;
    if (this.flights.some((other) => ports.isSameComposer(other, attempt))) return 'hold';
    if (ports.isKnownFine(attempt, text)) return 'pass';
    if (happening === 'press') {
      // Most of a press is still to come; often the answer is here before it ends.
      void ports.check(attempt, text, 'typing');
      return 'hold';
    }
    void this.fly(attempt, text);
    return 'hold';
  }

  /**
   * What an earlier release means for this press; null when nothing.
   * @param {A} attempt
   * @param {string} text
   * @param {Happening} happening
   * @param {boolean} isTrusted
   */
  consentTo(attempt, text, happening, isTrusted) {
    const { pass, ports } = this;
    if (!pass) return null;
    const now = ports.now();
    if (now >= pass.until) {
      this.pass = null;
      return null;
    }
    if (pass.text !== text || !ports.isSameComposer(pass.attempt, attempt)) return null;
    const age = now - pass.at;
    // The browser's own `submit` after a click made by a script counts as trusted; it is part of the release all the same.
    if (age < PASS_MS && (!isTrusted || happening === 'submit') && !pass.used.has(happening)) {
      if (happening !== 'press') pass.used.add(happening);
      return 'pass';
    }
    if (age < ECHO_MS) return 'hold';
    return isTrusted ? 'pass' : null;
  }

  /**
   * @param {A} attempt
   * @param {string} text
   */
  async fly(attempt, text) {
    this.flights.push(attempt);
    let isReleased = false;
    const land = () => {
      isReleased = true;
      this.flights = this.flights.filter((other) => other !== attempt);
    };
    try {
      await this.decide(attempt, text, land);
    } catch {
      // A fault of ours must not cost the person the post, and must not post twice.
      this.ports.say({ kind: 'unchecked', reason: 'engine-failed' });
      if (!isReleased) {
        land();
        this.releaseBlindly(attempt);
      }
    } finally {
      land();
    }
  }

  /**
   * @param {A} first
   * @param {string} text
   * @param {() => void} land  to be called right before the press
   */
  async decide(first, text, land) {
    const { ports } = this;
    let attempt = first;
    let agreed = false;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const verdict = await ports.check(attempt, text, 'post');
      const needsAsking = ports.needsAsking(text, verdict);
      if (agreed && !needsAsking) {
        // What the person agreed to is not what stands there now, though that is fine: theirs to press.
        ports.say({ kind: 'changed' });
        return;
      }
      if (needsAsking) {
        const before = this.look(attempt);
        if (!before) return;
        attempt = before.attempt;
        if (before.text !== text) {
          text = before.text;
          continue;
        }
        if ((await ports.ask(attempt, text, verdict)) === 'keep') return;
      }
      await ports.settle(attempt);
      const after = this.look(attempt);
      if (!after) return;
      attempt = after.attempt;
      if (after.text === text) {
        if (verdict.outcome === 'unchecked') this.sayUnchecked(verdict);
        land();
        await this.release(attempt, text);
        return;
      }
      agreed = needsAsking;
      text = after.text;
    }
    if (agreed) {
      ports.say({ kind: 'changed' });
      return;
    }
    ports.say({ kind: 'unchecked', reason: 'engine-late' });
    land();
    await this.release(attempt, ports.read(attempt));
  }

  /**
   * The attempt and its text on the page as it is now.
   * @param {A} attempt
   * @returns {{ attempt: A, text: string } | null} null when the composer is gone or was emptied
   */
  look(attempt) {
    const now = this.ports.find(attempt);
    const text = now ? this.ports.read(now) : '';
    return now && text.trim() !== '' ? { attempt: now, text } : null;
  }

  /** @param {Verdict} verdict */
  sayUnchecked(verdict) {
    const reason = verdict.unchecked[0]?.reason ?? 'engine-failed';
    this.ports.say({ kind: 'unchecked', reason });
  }

  /**
   * @param {A} attempt
   * @param {string} text
   */
  async release(attempt, text) {
    const { ports } = this;
    const at = ports.now();
    const pass = { attempt, text, at, until: at + ONCE_MORE_MS, used: new Set() };
    this.pass = pass;
    const isPressed = ports.press(attempt);
    // A form that has seen its `submit` event has taken the post, whatever it leaves in its fields.
    if (isPressed && pass.used.has('submit')) {
      pass.until = at + ECHO_MS;
      return;
    }
    if (isPressed && (await ports.isSent(attempt, text))) {
      if (this.pass === pass) this.pass = null;
      return;
    }
    pass.at = Number.NEGATIVE_INFINITY;
    pass.until = ports.now() + ONCE_MORE_MS;
    ports.say({ kind: 'once-more' });
  }

  /**
   * After a fault: press if at all possible, else leave the next press to the person.
   * @param {A} attempt
   */
  releaseBlindly(attempt) {
    const { ports } = this;
    try {
      const now = ports.find(attempt);
      if (!now) return;
      const at = ports.now();
      this.pass = {
        attempt: now,
        text: ports.read(now),
        at,
        until: at + ONCE_MORE_MS,
        used: new Set(),
      };
      if (!ports.press(now)) ports.say({ kind: 'once-more' });
    } catch {
      ports.say({ kind: 'once-more' });
    }
  }
}
