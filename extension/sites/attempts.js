// SPDX-License-Identifier: Apache-2.0
// Tells whether an event, let through, would publish a composer, and by which route. Decides nothing else, changes nothing.
// Out of reach: a page's own call of `form.submit()` or of the network. Neither fires an event a content script could see.
// Tested by: tests/browser/specs/

import {
  composedContains,
  deepQueryAll,
  eventPath,
  isElement,
  isVisible,
} from '../editors/composed-tree.js';
import { editorAround } from '../editors/editor-text.js';
import {
  composerOfControl,
  composerOfEditor,
  editorsIn,
  isExcluded,
  isForWriting,
  isOneLine,
  surfaceOfEditor,
} from './composers.js';
import {
  CONTROL,
  formOf,
  isEnabled,
  isSubmitter,
  labelsOf,
  saysOther,
  saysSend,
  submitsOnClick,
} from './controls.js';
import { saysEnterSends, saysMessage } from './editor-words.js';
import { ANY_SURFACE } from './generic.js';
import { isSendLabel } from './send-words.js';

/**
 * @import { Attempt, Composer, SiteData } from './site-data.js'
 * @typedef {{ lastEditor: () => Element | null }} Memory
 */

const NO_ROUTE = {
  control: null,
  editor: null,
  key: null,
  isKnownKey: false,
  form: null,
  submitter: null,
};

/**
 * @param {SiteData} site
 * @param {Event} event
 * @param {Memory} memory
 * @returns {Attempt | null}
 */
export function attemptOf(site, event, memory) {
  if (event.type === 'submit') return attemptOfSubmit(site, /** @type {SubmitEvent} */ (event));
  if (event.type.startsWith('key'))
    return attemptOfKey(site, /** @type {KeyboardEvent} */ (event), memory);
  if ('button' in event && event.button !== 0) return null;
  return attemptOfControl(site, eventPath(event), memory);
}

/**
 * @param {SiteData} site
 * @param {Element[]} path
 * @param {Memory} memory
 * @returns {Attempt | null}
 */
function attemptOfControl(site, path, memory) {
  for (const surface of site.surfaces) {
    const control = path.find((each) => surface.send.some((selector) => each.matches(selector)));
    if (!control || isExcluded(site, surface, control)) continue;
    const composer = composerOfControl(site, surface, control);
    if (composer) return isEnabled(control) ? pressOf(composer, control) : null;
  }
  const control = path.find((each) => each.matches(CONTROL));
  if (!control || !isEnabled(control)) return null;
  const composer = composerByWords(site, control, memory);
  return composer ? pressOf(composer, control) : null;
}

/**
 * @param {Composer} composer
 * @param {Element} control
 * @returns {Attempt}
 */
function pressOf(composer, control) {
  return { ...NO_ROUTE, composer, route: 'pointer', control };
}

/**
 * The composer of a control no selector of the site knows.
 * @param {SiteData} site
 * @param {Element} control
 * @param {Memory} memory
 * @returns {Composer | null}
 */
function composerByWords(site, control, memory) {
  if (isExcluded(site, ANY_SURFACE, control)) return null;
  const form = formOf(control);
  const says = saysSend(control);
  if (!says && !(form && submitsOnClick(control, form))) return null;
  // An editor of a known surface beside an unknown button: the button's selector is out of date.
  for (const surface of [...site.surfaces, ANY_SURFACE]) {
    if (isExcluded(site, surface, control)) continue;
    const composer = composerOfControl(site, surface, control);
    if (composer) return isWorthHolding(composer, control) ? composer : null;
  }
  const last =
    site.usesLastEditor && labelsOf(control).some(isSendLabel) ? memory.lastEditor() : null;
  return last?.isConnected && isVisible(last) ? composerOfEditor(site, last) : null;
}

/**
 * One-line fields alone are a filter or a login more often than a message: only words make them a composer.
 * @param {Composer} composer
 * @param {Element | null} control
 */
function isWorthHolding(composer, control) {
  if (!composer.editors.every(isOneLine)) return true;
  return control !== null && labelsOf(control).some(isSendLabel);
}

/**
 * @param {SiteData} site
 * @param {SubmitEvent} event
 * @returns {Attempt | null}
 */
function attemptOfSubmit(site, event) {
  const form = /** @type {HTMLFormElement | undefined} */ (
    eventPath(event).find(({ localName }) => localName === 'form')
  );
  if (!form) return null;
  const submitter = /** @type {HTMLElement | null} */ (event.submitter);
  if (submitter && (isExcluded(site, ANY_SURFACE, submitter) || saysOther(submitter))) return null;
  for (const surface of [...site.surfaces, ANY_SURFACE]) {
    if (submitter && isExcluded(site, surface, submitter)) return null;
    const editors = editorsIn(surface, site, form);
    if (editors.length === 0) continue;
    const composer = { site, surface, root: /** @type {Element} */ (form), editors };
    const control = submitter ?? [...form.elements].find(isSubmitter) ?? null;
    if (!isWorthHolding(composer, control)) return null;
    return { ...NO_ROUTE, composer, route: 'submit', form, submitter };
  }
  return null;
}

/**
 * @param {SiteData} site
 * @param {KeyboardEvent} event
 * @param {Memory} memory
 * @returns {Attempt | null}
 */
function attemptOfKey(site, event, memory) {
  const isEnter = event.key === 'Enter';
  if ((!isEnter && event.key !== ' ') || event.isComposing || event.keyCode === 229) return null;
  const path = eventPath(event);
  const [target] = path;
  const editor = target ? editorAround(target) : null;
  if (!editor) {
    // Native buttons answer these keys with a click, which is looked at itself.
    const attempt = attemptOfControl(site, path, memory);
    return attempt?.control && isElement(target) ? attempt : null;
  }
  if (!isEnter) return null;
  const surface = surfaceOfEditor(site, editor);
  if (surface === ANY_SURFACE && !isForWriting(site, editor)) return null;
  const modified = event.ctrlKey || event.metaKey;
  const sends = modified
    ? surface.keys.includes('mod+Enter')
    : surface.keys.includes('Enter') || sendsOnEnter(site, editor, event);
  if (!sends) return null;
  if (!modified && isListOpen(editor)) return null;
  const composer = composerOfEditor(site, editor);
  if (!composer) return null;
  const { ctrlKey, metaKey, shiftKey, altKey } = event;
  return {
    ...NO_ROUTE,
    composer,
    route: 'key',
    editor,
    key: { ctrlKey, metaKey, shiftKey, altKey },
    isKnownKey: surface !== ANY_SURFACE && !isListOpen(editor),
  };
}

/**
 * Whether plain Enter publishes from here: from a one-line field, or where the page itself says so.
 * @param {SiteData} site
 * @param {Element} editor
 * @param {KeyboardEvent} event
 */
function sendsOnEnter(site, editor, event) {
  if (!site.enterInField || event.shiftKey || event.altKey) return false;
  if (saysEnterSends(editor)) return true;
  if (!isOneLine(editor)) return false;
  if (saysMessage(editor)) return true;
  const composer = composerOfEditor(site, editor);
  if (!composer) return false;
  const form = /** @type {HTMLInputElement} */ (editor).form;
  const control = form ? [...form.elements].find(isSubmitter) : null;
  return isWorthHolding(composer, control ?? null);
}

/**
 * Whether a list of suggestions is open, so that Enter picks from it.
 * @param {Element} editor
 */
export function isListOpen(editor) {
  if (editor.getAttribute('aria-activedescendant')) return true;
  if (editor.getAttribute('aria-expanded') === 'true') return true;
  const owner = editor.closest('[role="combobox"]');
  if (owner?.getAttribute('aria-expanded') === 'true') return true;
  const page = editor.ownerDocument;
  const lists = deepQueryAll(page, '[role="listbox"]').filter(
    (list) => !composedContains(list, editor) && isVisible(list),
  );
  return lists.some((list) => list.querySelector('[role="option"]') !== null);
}

/**
 * Whether the page would act on this control by itself, so that a key on it ends in a click.
 * @param {Element} control
 */
export function isNativeControl(control) {
  return (
    control.localName === 'button' || control.localName === 'input' || control.localName === 'a'
  );
}
