// SPDX-License-Identifier: Apache-2.0
// The popup: shows what the background says of this page and carries out what the person presses. It keeps nothing, and
// asks the browser for a site only inside the person's own click.
// Tested by: tests/node/background-popup.test.js (words), tests/browser/specs/popup.test.js
import { ask, browser } from './browser.js';
import { momentWords, pageWords, pauseEnd, problemWords, rulesWords } from './words.js';

/** @import { Status } from '../../shared/types.js' */

const language = browser.i18n.getUILanguage();
/** @type {import('./words.js').GetMessage} */
const message = (key, substitutions) => browser.i18n.getMessage(key, substitutions);

/** @type {Status | null} */
let status = null;
/** @type {number | undefined} */
let tabId;

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`popup.html has no #${id}`);
  return found;
}
const main = element('main', HTMLElement);
const problem = element('problem', HTMLElement);
const pageState = element('page-state', HTMLElement);
const watch = element('watch', HTMLButtonElement);
const unwatch = element('unwatch', HTMLButtonElement);
const reload = element('reload', HTMLButtonElement);
const pauseState = element('pause-state', HTMLElement);
const pauseNote = element('pause-note', HTMLElement);
const pauseChoices = element('pause-choices', HTMLElement);
const resume = element('resume', HTMLButtonElement);
const announcement = element('announcement', HTMLElement);

/** The tab the person is looking at. Opened as a page of its own, that is the one they came from. */
async function findTab() {
  const own = await browser.tabs.getCurrent();
  if (!own) return (await browser.tabs.query({ active: true, currentWindow: true }))[0]?.id;
  document.documentElement.classList.add('in-tab');
  const others = (await browser.tabs.query({ currentWindow: true })).filter(
    ({ id }) => id !== own.id,
  );
  others.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
  return others[0]?.id;
}

function showStaticWords() {
  document.documentElement.lang = language;
  document.documentElement.dir = message('@@bidi_dir') || 'ltr';
  document.title = message('extensionName');
  for (const each of document.querySelectorAll('[data-message]')) {
    each.textContent = message(each.getAttribute('data-message') ?? '');
  }
}

/** @param {Status} current */
function show(current) {
  const { page, pausedUntil, bundle } = current;
  const isPaused = pausedUntil > 0;
  const words = pageWords(page, isPaused, message);
  pageState.textContent = words.state;
  element('page-note', HTMLElement).textContent = words.note;
  document.body.classList.toggle('is-watching', words.look === 'watching');
  document.body.classList.toggle('needs-attention', words.look === 'attention');

  watch.hidden = page?.coverage !== 'possible' && page?.coverage !== 'withheld';
  watch.textContent = message(page?.coverage === 'withheld' ? 'popupAllow' : 'popupWatch');
  unwatch.hidden = page?.coverage !== 'granted';
  reload.hidden = !page?.needsReload;

  pauseState.textContent = isPaused
    ? message('popupPausedUntil', [momentWords(pausedUntil, Date.now(), language)])
    : message('popupPause');
  pauseNote.hidden = !isPaused;
  pauseNote.textContent = isPaused ? message('popupPausedNote') : '';
  pauseChoices.hidden = isPaused;
  resume.hidden = !isPaused;

  const name = element('rules-name', HTMLElement).firstElementChild;
  if (name) name.textContent = bundle ? bundle.name : message('popupRulesNone');
  element('rules-detail', HTMLElement).textContent = bundle
    ? rulesWords(bundle, language, message)
    : '';
  showProblem(problemWords(current, message));
}

/** @param {string} text */
function showProblem(text) {
  problem.textContent = text;
  problem.hidden = text === '';
}

async function refresh() {
  try {
    const response = await ask(
      tabId === undefined ? { kind: 'status' } : { kind: 'status', tabId },
    );
    if (response.kind !== 'status') throw new Error(response.kind);
    status = response.status;
    show(status);
  } catch {
    // Rare: the extension is being updated under our feet.
    showProblem(message('popupProblemUnreachable'));
  }
  main.setAttribute('aria-busy', 'false');
}

/**
 * Sends each request, shows the new state, and keeps the keyboard where it was or near it.
 * @param {import('../../shared/types.js').Request[]} requests
 * @param {HTMLElement} near takes the focus when the pressed button has gone
 * @param {string} [said] announced when all went well
 */
async function carryOut(requests, near, said = '') {
  announcement.textContent = '';
  let isDone = true;
  for (const request of requests) {
    const response = await ask(request).catch(() => null);
    isDone &&= response?.kind === 'done';
  }
  await refresh();
  announcement.textContent = isDone ? said : message('popupProblemAction');
  const focused = document.activeElement;
  const isLost = !focused || focused === document.body || !focused.checkVisibility();
  if (isLost) near.focus();
}

watch.addEventListener('click', async () => {
  const page = status?.page;
  if (!page) return;
  // Asked inside the click, or the browser refuses. Firefox may close the popup meanwhile; the background then hears
  // of the grant from the browser itself.
  const isGranted = await browser.permissions.request({ origins: page.origins }).catch(() => false);
  if (!isGranted) {
    announcement.textContent = message('popupNotGranted');
    return;
  }
  const requests = page.origins.map((origin) => ({
    kind: /** @type {const} */ ('watch-origin'),
    origin,
  }));
  await carryOut(requests, pageState);
});

unwatch.addEventListener('click', () => {
  const origins = status?.page?.origins ?? [];
  const requests = origins.map((origin) => ({
    kind: /** @type {const} */ ('unwatch-origin'),
    origin,
  }));
  return carryOut(requests, pageState, message('popupUnwatched'));
});

reload.addEventListener('click', async () => {
  if (tabId !== undefined) await browser.tabs.reload(tabId);
  window.close();
});

pauseChoices.addEventListener('click', (event) => {
  if (!(event.target instanceof HTMLButtonElement)) return;
  const until = pauseEnd(event.target.dataset.pause, Date.now());
  void carryOut([{ kind: 'pause', until }], resume);
});

resume.addEventListener('click', () => {
  const first = pauseChoices.querySelector('button');
  return carryOut([{ kind: 'pause', until: 0 }], first ?? pauseState);
});

showStaticWords();
tabId = await findTab();
await refresh();
