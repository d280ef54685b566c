// SPDX-License-Identifier: Apache-2.0
// Asks the background about a draft. Never throws, never rejects and never answers later than promised: what goes wrong
// comes back as an `unchecked` verdict with its reason, never as a clean one. Keeps no text once the answer is there.
// Tested by: tests/node/background-client.test.js

/**
 * @import { DraftContext, UncheckedReason, Verdict } from '../shared/types.js'
 * @typedef {{ onDisconnect: { addListener: (callback: () => void) => void } }} Port
 * @typedef {{ id?: string, sendMessage: (message: unknown) => Promise<unknown>, connect: () => Port }} Runtime
 * @typedef {object} ClientPorts
 * @property {() => Runtime | undefined} runtime
 * @property {() => number} now
 * @property {(callback: () => void, ms: number) => unknown} later
 * @property {(text: string, context: DraftContext, verdict: Verdict) => void} onVerdict  however late
 */

/**
 * How long a post may wait: for a background that answered a moment ago, for one not heard of lately, and for one that is
 * known to have been stopped, so that our question is what starts it, on a busy machine perhaps.
 */
export const WARM_DEADLINE_MS = 250;
export const COLD_DEADLINE_MS = 1500;
export const STOPPED_DEADLINE_MS = 3000;
/** While it writes, a person waits for nothing. */
export const PATIENT_DEADLINE_MS = 10_000;
const WARM_FOR_MS = 20_000;
/** A port that ends so soon never had another end. */
const PORT_REFUSED_MS = 100;

/**
 * @param {UncheckedReason} reason
 * @returns {Verdict}
 */
export function unchecked(reason) {
  return { outcome: 'unchecked', findings: [], unchecked: [{ rule: '*', reason }] };
}

export class BackgroundClient {
  /** @param {ClientPorts} ports */
  constructor(ports) {
    this.ports = ports;
    this.answeredAt = Number.NEGATIVE_INFINITY;
    this.wasStopped = false;
    /** @type {'none' | 'open' | 'refused'} */
    this.port = 'none';
    /** @type {Map<string, Promise<Verdict>>} Questions on their way, so that none is asked twice at a time. */
    this.asking = new Map();
  }

  /** Whether the extension this script belongs to still exists; an update leaves scripts behind in open pages. */
  isAlive() {
    try {
      return this.ports.runtime()?.id !== undefined;
    } catch {
      // An invalidated context may throw on any touch: as dead as one that answers undefined.
      return false;
    }
  }

  /** A composer got focus: let the engine start. Nothing depends on the answer. */
  async warm() {
    if (!this.isAlive()) return;
    try {
      if (await this.ports.runtime()?.sendMessage({ kind: 'warm' })) this.heard();
    } catch {
      // The check that follows will say what is wrong, to the person whom it concerns.
      this.lost();
    }
  }

  /** The background has answered just now. */
  heard() {
    this.answeredAt = this.ports.now();
    this.wasStopped = false;
    if (this.port === 'none') this.listen();
  }

  /** The background was stopped: it takes the time of a start again. */
  lost() {
    this.wasStopped ||= Number.isFinite(this.answeredAt);
    this.answeredAt = Number.NEGATIVE_INFINITY;
  }

  /** Holds a silent port. Nothing is sent on it and it keeps nobody awake; its end says that the background was stopped. */
  listen() {
    const since = this.ports.now();
    try {
      const port = this.ports.runtime()?.connect();
      this.port = port ? 'open' : 'none';
      port?.onDisconnect.addListener(() => {
        const isRefused = this.ports.now() - since < PORT_REFUSED_MS;
        this.port = isRefused ? 'refused' : 'none';
        if (!isRefused) this.lost();
      });
    } catch {
      // Without a port a stopped background shows only by its silence.
      this.port = 'refused';
    }
  }

  /**
   * @param {string} text
   * @param {DraftContext} context
   * @param {'post' | 'typing'} occasion
   * @returns {Promise<Verdict>}
   */
  check(text, context, occasion) {
    if (!this.isAlive()) return Promise.resolve(unchecked('reload-page'));
    const key = `${JSON.stringify(context)}\n${text}`;
    const answer = this.asking.get(key) ?? this.ask(key, text, context);
    return Promise.race([answer, this.deadline(occasion)]);
  }

  /** The page is left: what is still being asked is asked again if anyone wants it. */
  forgetAll() {
    this.asking.clear();
  }

  /** @param {'post' | 'typing'} occasion */
  deadlineOf(occasion) {
    if (occasion === 'typing') return PATIENT_DEADLINE_MS;
    if (this.ports.now() - this.answeredAt < WARM_FOR_MS) return WARM_DEADLINE_MS;
    return this.wasStopped ? STOPPED_DEADLINE_MS : COLD_DEADLINE_MS;
  }

  /**
   * @param {'post' | 'typing'} occasion
   * @returns {Promise<Verdict>}
   */
  deadline(occasion) {
    const since = this.ports.now();
    return new Promise((resolve) => {
      const late = () => {
        // It may have turned out meanwhile that the background has to start.
        const left = since + this.deadlineOf(occasion) - this.ports.now();
        if (left > 1) this.ports.later(late, left);
        else resolve(unchecked('engine-late'));
      };
      this.ports.later(late, this.deadlineOf(occasion));
    });
  }

  /**
   * @param {string} key
   * @param {string} text
   * @param {DraftContext} context
   * @returns {Promise<Verdict>}
   */
  ask(key, text, context) {
    const answer = this.send(text, context);
    this.asking.set(key, answer);
    const forget = () => {
      if (this.asking.get(key) === answer) this.asking.delete(key);
    };
    answer.then(forget);
    this.ports.later(forget, PATIENT_DEADLINE_MS);
    return answer;
  }

  /**
   * @param {string} text
   * @param {DraftContext} context
   * @returns {Promise<Verdict>}
   */
  async send(text, context) {
    const message = { kind: 'check', text, context };
    /** @type {unknown} */
    let response;
    try {
      response = await this.ports.runtime()?.sendMessage(message);
    } catch {
      // Stopped with our question in its hands, perhaps. A second one starts it again.
      this.lost();
      try {
        response = await this.ports.runtime()?.sendMessage(message);
      } catch {
        // The reason is in the verdict: either we were left behind by an update, or nobody listens.
        return unchecked(this.isAlive() ? 'engine-unreachable' : 'reload-page');
      }
    }
    const verdict = verdictOf(response);
    if (!verdict) return unchecked(response === undefined ? 'engine-unreachable' : 'engine-failed');
    this.heard();
    this.ports.onVerdict(text, context, verdict);
    return verdict;
  }
}

/**
 * @param {unknown} response
 * @returns {Verdict | null} null for anything but a verdict
 */
function verdictOf(response) {
  if (typeof response !== 'object' || response === null || !('verdict' in response)) return null;
  const verdict = /** @type {Partial<Verdict> | null} */ (response.verdict);
  if (!verdict || !Array.isArray(verdict.findings) || !Array.isArray(verdict.unchecked))
    return null;
  const { outcome, findings, unchecked: notJudged } = verdict;
  if (outcome === 'findings' && findings.length > 0)
    return { outcome, findings, unchecked: notJudged };
  if (outcome === 'clean' && findings.length === 0 && notJudged.length === 0) {
    return { outcome, findings, unchecked: notJudged };
  }
  if (outcome === 'unchecked') return { outcome, findings: [], unchecked: notJudged };
  return null;
}
