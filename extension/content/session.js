// SPDX-License-Identifier: Apache-2.0
// Composition root of what runs in a page: the one place where sites, editors, card and background meet.
// One session per document. It holds no rule, stores nothing and sends a draft nowhere but to our own background.
// Tested by: tests/browser/specs/

import { Card } from '../card/card.js';
import { Chip } from '../card/chip.js';
import { Host } from '../card/host.js';
import {
  deepActiveElement,
  eventPath,
  isVisible,
  lookAfresh,
  outermostWindow,
} from '../editors/composed-tree.js';
import { editorAround, readEditors } from '../editors/editor-text.js';
import { Marks } from '../editors/marks.js';
import { attemptOf } from '../sites/attempts.js';
import {
  composerOfControl,
  composerOfEditor,
  findAgain,
  isSameComposer,
  isSendControl,
  sendControlOf,
} from '../sites/composers.js';
import { isEnabled } from '../sites/controls.js';
import { contextOf } from '../sites/draft-context.js';
import { press, pressEnter, submit } from '../sites/press.js';
import { Carets } from './carets.js';
import { Departures } from './departures.js';
import { Gate } from './gate.js';
import { Interceptor } from './intercept.js';
import { LiveCheck } from './live-check.js';

/**
 * @import { Finding, UncheckedReason, Verdict } from '../shared/types.js'
 * @import { Attempt, Composer, SiteData } from '../sites/site-data.js'
 * @import { BackgroundClient } from './background-client.js'
 * @import { Notice } from './gate.js'
 * @import { VerdictCache } from './verdict-cache.js'
 * @typedef {(key: string, ...values: string[]) => string} Words
 */

const ENABLED_WITHIN_MS = 600;
const SAID_FOR_MS = 12_000;
const CARD_ECHO_MS = 600;

/** @type {Readonly<Record<UncheckedReason, string>>} */
const REASONS = {
  'text-too-long': 'chipTooLong',
  'out-of-memory': 'chipFailed',
  'too-many-matches': 'chipFailed',
  'too-much-work': 'chipFailed',
  'engine-failed': 'chipFailed',
  'engine-late': 'chipLate',
  'engine-unreachable': 'chipUnreachable',
  'reload-page': 'chipReload',
  paused: 'chipPaused',
};

export class Session {
  /**
   * @param {Window} view
   * @param {SiteData} site
   * @param {BackgroundClient} client
   * @param {VerdictCache} cache
   * @param {Words} words
   */
  constructor(view, site, client, cache, words) {
    this.view = view;
    this.site = site;
    this.client = client;
    this.cache = cache;
    this.words = words;
    this.carets = new Carets();
    this.marks = new Marks();
    /** @type {Set<string>} What the person said is no problem, until the page is left. */
    this.asides = new Set();
    this.departures = new Departures({
      wait: (ms) => this.wait(ms),
      onSent: (text) => cache.forgetDraft(text),
    });
    /** @type {{ host: Host, card: Card, chip: Chip } | null} Made when first needed. */
    this.shown = null;
    /** @type {Promise<unknown>} One card at a time. */
    this.asking = Promise.resolve();
    this.saidNotWatched = false;
    this.pressedAt = { x: -1, y: -1 };
    this.gate = new Gate(this.gatePorts());
    this.live = new LiveCheck(
      {
        composerOf: (editor) => {
          lookAfresh();
          return composerOfEditor(site, editor);
        },
        check: (composer, text) => this.check(composer, text, 'typing'),
        open: (text, verdict) => this.openFindings(text, verdict),
        count: (count) => this.showCount(count),
        isActive: (editor) => this.carets.isActive(editor),
        paused: () => this.chip().say(words('chipPaused'), { grey: true, forMs: 4000 }),
        fail: () => this.marks.clear(),
      },
      this.marks,
    );
    this.interceptor = new Interceptor({
      attemptOf: (event) => attemptOf(site, event, this.carets),
      judge: (attempt, happening, isTrusted) => {
        const judgement = this.gate.judge(attempt, happening, isTrusted);
        if (judgement === 'pass' && happening !== 'press') {
          this.live.left();
          void this.departures.watch(attempt.composer);
        }
        return judgement;
      },
      begin: ({ composer }, event) => {
        const { clientX: x = -1, clientY: y = -1 } = /** @type {MouseEvent} */ (event);
        this.pressedAt = { x, y };
        this.carets.remember(composer);
      },
      cardTakes: (event) => this.shown?.card.receive(event) ?? false,
      isAlive: () => client.isAlive(),
      abandoned: () => this.say({ kind: 'unchecked', reason: 'reload-page' }),
      notice: (event) => this.notice(event),
      fail: () => this.say({ kind: 'unchecked', reason: 'engine-failed' }),
    });
  }

  /** @param {AbortSignal} signal */
  start(signal) {
    const { view, interceptor } = this;
    const forget = () => this.forgetAll();
    const listen = () => {
      interceptor.listen(view, signal);
      view.addEventListener('pagehide', forget, { signal });
    };
    listen();
    // `document.open()` takes all listeners away, and the root element with them; rich editors do it to their frames.
    const again = new MutationObserver(listen);
    again.observe(view.document, { childList: true });
    signal.addEventListener('abort', () => again.disconnect());
    const active = deepActiveElement(view.document);
    const editor = active ? editorAround(active) : null;
    if (editor) this.enter(editor);
  }

  /** @returns {import('./gate.js').GatePorts<Attempt>} */
  gatePorts() {
    return {
      read: ({ composer }) => readEditors(composer.editors).text,
      isSameComposer: (a, b) => isSameComposer(a.composer, b.composer),
      find: (attempt) => this.find(attempt),
      isKnownFine: ({ composer }, text) => {
        const verdict = this.cache.get(text, contextOf(composer));
        return verdict !== null && !this.needsAsking(text, verdict);
      },
      check: ({ composer }, text, occasion) => this.check(composer, text, occasion),
      needsAsking: (text, verdict) => this.needsAsking(text, verdict),
      ask: (attempt, text, verdict) => this.ask(attempt, text, verdict),
      settle: (attempt) => this.settle(attempt),
      press: (attempt) => this.press(attempt),
      isSent: ({ composer }, text) => this.departures.isSent(composer, text),
      say: (notice) => this.say(notice),
      now: () => performance.now(),
    };
  }

  /**
   * @param {Composer} composer
   * @param {string} text
   * @param {'post' | 'typing'} occasion
   * @returns {Promise<Verdict>}
   */
  async check(composer, text, occasion) {
    const context = contextOf(composer);
    const known = this.cache.get(text, context);
    if (known && occasion === 'typing') return known;
    // At Post a known finding is asked for again: the person may have paused the checks meanwhile.
    const verdict = await this.client.check(text, context, occasion);
    const isLate = verdict.unchecked.some(({ reason }) => reason === 'engine-late');
    return isLate && known ? known : verdict;
  }

  /**
   * @param {string} text
   * @param {Verdict} verdict
   * @returns {Finding[]} without those the person set aside, most serious first
   */
  openFindings(text, { findings }) {
    const rank = { strong: 0, pause: 1, note: 2 };
    return findings
      .filter((finding) => !this.asides.has(asideKey(text, finding)))
      .sort((a, b) => rank[a.severity] - rank[b.severity]);
  }

  /**
   * @param {string} text
   * @param {Verdict} verdict
   */
  needsAsking(text, verdict) {
    return this.openFindings(text, verdict).some(({ severity }) => severity !== 'note');
  }

  /**
   * @param {Attempt} attempt
   * @returns {Attempt | null}
   */
  find(attempt) {
    lookAfresh();
    const { control } = attempt;
    const { site, surface } = attempt.composer;
    const isSame = control?.isConnected && isVisible(control);
    const composer =
      (isSame && attempt.route === 'pointer' && composerOfControl(site, surface, control)) ||
      findAgain(attempt.composer);
    return composer && { ...attempt, composer };
  }

  /**
   * @param {Attempt} attempt
   * @param {string} text
   * @param {Verdict} verdict
   */
  ask(attempt, text, verdict) {
    const { card, host } = this.surface();
    const { composer } = attempt;
    const turn = this.asking.then(async () => {
      const listening = new AbortController();
      this.interceptor.listenForCard(host.view, listening.signal);
      this.shown?.chip.hide();
      const findings = this.openFindings(text, verdict);
      const answer = await card.ask({
        text,
        findings,
        audience: contextOf(composer).audience,
        pressedAt: this.pressedAt,
        onSetAside: (finding) => this.asides.add(asideKey(text, finding)),
      });
      // The last press may have a second half; the card still takes that.
      void this.wait(CARD_ECHO_MS).then(() => listening.abort());
      lookAfresh();
      const now = findAgain(composer);
      if (answer === 'keep' && now) {
        this.carets.restore(now);
        this.live.show(now, text, this.openFindings(text, verdict));
      }
      return answer;
    });
    this.asking = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /**
   * Some sites take in the text of several editors only when these lose focus, and enable their button a moment later.
   * @param {Attempt} attempt
   */
  async settle({ composer, control }) {
    const { settleMs } = composer.surface;
    if (settleMs && composer.editors.length > 1) {
      const active = deepActiveElement(composer.root.ownerDocument);
      if (active && editorAround(active)) /** @type {HTMLElement} */ (active).blur();
      await this.wait(settleMs);
    }
    const until = performance.now() + ENABLED_WITHIN_MS;
    while (control?.isConnected && !isEnabled(control) && performance.now() < until)
      await this.wait(50);
  }

  /** @param {Attempt} attempt */
  press(attempt) {
    return this.interceptor.replaying(() => {
      const { route, composer, form, submitter, editor, key } = attempt;
      this.live.forget();
      if (route === 'submit' && form?.isConnected) {
        submit(form, submitter);
        return true;
      }
      const target = editor?.isConnected ? editor : composer.editors[0];
      if (route === 'key' && key && !attempt.isKnownKey && target) {
        pressEnter(target, key);
        return true;
      }
      const control = this.controlOf(attempt);
      if (control && isEnabled(control)) {
        press(control);
        return true;
      }
      if (route !== 'key' || !key || !target || control) return false;
      pressEnter(target, key);
      return true;
    });
  }

  /** @param {Attempt} attempt */
  controlOf({ control, composer }) {
    if (control?.isConnected && isVisible(control) && isEnabled(control)) return control;
    lookAfresh();
    const other = sendControlOf(composer);
    return other && isSendControl(composer.site, composer.surface, other) ? other : null;
  }

  /** The page is left, and may lie in the browser's memory for a while in case the person comes back. */
  forgetAll() {
    this.cache.forgetAll();
    this.client.forgetAll();
    this.gate.pass = null;
    this.asides.clear();
  }

  /** @param {Event} event */
  notice(event) {
    const [target] = eventPath(event);
    if (event.type === 'keydown') {
      this.live.hurry();
      return;
    }
    const editor = target ? editorAround(target) : null;
    if (!editor) return;
    if (event.type === 'blur') {
      this.carets.leave(editor);
      this.live.left();
    } else if (event.type === 'focusin') this.enter(editor);
    else {
      this.carets.enter(editor);
      this.live.written(editor);
    }
  }

  /** @param {Element} editor */
  enter(editor) {
    this.carets.enter(editor);
    lookAfresh();
    if (composerOfEditor(this.site, editor)) {
      if (!this.client.isAlive()) return;
      void this.client.warm();
      this.live.entered(editor);
    } else if (!this.saidNotWatched && this.site.notWatched.some((each) => editor.closest(each))) {
      this.saidNotWatched = true;
      this.chip().say(this.words('chipNotWatched'), { grey: true, forMs: 6000 });
    }
  }

  /** @param {Notice} notice */
  say(notice) {
    const key =
      notice.kind === 'unchecked'
        ? REASONS[notice.reason]
        : { 'once-more': 'chipOnceMore', changed: 'chipChanged' }[notice.kind];
    this.chip().say(this.words(key), { grey: true, forMs: SAID_FOR_MS });
  }

  /** @param {number} count */
  showCount(count) {
    if (count === 0) {
      this.shown?.chip.settle();
      return;
    }
    // Whoever reads the card is told already; what was counted while they wrote may arrive late.
    if (this.shown?.card.isOpen()) return;
    const text =
      count === 1 ? this.words('chipCountOne') : this.words('chipCountMany', String(count));
    this.chip().say(text, { grey: false, forMs: 0 });
  }

  chip() {
    return this.surface().chip;
  }

  /** Card and chip live in the outermost document we may reach: a frame may be smaller than either. */
  surface() {
    if (this.shown) return this.shown;
    const reading = {
      language: this.words('cardLanguage'),
      direction: this.words('cardDirection'),
    };
    const host = new Host(outermostWindow(this.view), reading);
    this.shown = { host, card: new Card(host, this.words), chip: new Chip(host) };
    return this.shown;
  }

  /**
   * @param {number} ms
   * @returns {Promise<void>}
   */
  wait(ms) {
    return new Promise((resolve) => {
      this.view.setTimeout(resolve, ms);
    });
  }
}

/**
 * @param {string} text
 * @param {Finding} finding
 */
function asideKey(text, { rule, spans }) {
  return [rule, ...spans.map(([start, end]) => text.slice(start, end))].join('\n');
}
