// SPDX-License-Identifier: Apache-2.0
// Reads a button: its words, whether it can be pressed, whether it would submit a form. Knows no site.
// Tested by: tests/node/sites.test.js, tests/browser/specs/

import { isVisible } from '../editors/composed-tree.js';
import { isOtherLabel, isSendLabel, isSendName } from './send-words.js';

export const CONTROL =
  'button, [role="button"], input[type="submit"], input[type="image"], input[type="button"], a';

/**
 * @param {Element} control
 * @returns {string[]} the texts a person may know it by
 */
export function labelsOf(control) {
  const labels = [control.getAttribute('aria-label'), control.getAttribute('title')];
  if (control.localName === 'input') labels.push(/** @type {HTMLInputElement} */ (control).value);
  else labels.push(visibleText(control));
  const named = control.getAttribute('aria-labelledby');
  const root = /** @type {Document | ShadowRoot} */ (control.getRootNode());
  for (const id of named?.split(/\s+/) ?? []) {
    if (id && 'getElementById' in root) labels.push(root.getElementById(id)?.textContent ?? null);
  }
  return labels.filter((label) => label !== null && label.trim() !== '').map(String);
}

/** @param {Element} control */
function visibleText(control) {
  const text = control.textContent ?? '';
  return text.length > 200 ? '' : text;
}

/**
 * A control that looks pressable but does nothing lets its events pass: the page ignores them anyway.
 * @param {Element} control
 */
export function isEnabled(control) {
  return !control.matches(':disabled') && control.getAttribute('aria-disabled') !== 'true';
}

/**
 * Whether the browser turns a click on it into a `submit` event.
 * @param {Element} control
 */
export function isSubmitter(control) {
  /** @type {string} */
  const type = /** @type {HTMLInputElement} */ (control).type;
  if (control.localName === 'button') return type === 'submit';
  return control.localName === 'input' && (type === 'submit' || type === 'image');
}

/**
 * @param {Element} control
 * @returns {HTMLFormElement | null}
 */
export function formOf(control) {
  return /** @type {HTMLButtonElement} */ (control).form ?? control.closest('form');
}

/**
 * Whether its words, or without any words its names in markup, say that it publishes.
 * @param {Element} control
 */
export function saysSend(control) {
  // A control that opens something, or a link that leads somewhere, publishes nothing yet.
  if (control.hasAttribute('aria-haspopup') || control.hasAttribute('aria-expanded')) return false;
  if (control.localName === 'a' && leadsAway(control)) return false;
  const labels = labelsOf(control);
  if (labels.length > 0) return labels.some(isSendLabel);
  const names = ['id', 'class', 'name', 'data-testid', 'data-test', 'data-qa', 'data-action'];
  return isSendName(names.map((name) => control.getAttribute(name) ?? '').join(' '));
}

/** @param {Element} control */
export function saysOther(control) {
  const labels = labelsOf(control);
  return labels.some(isOtherLabel) && !labels.some(isSendLabel);
}

/** @param {Element} link */
function leadsAway(link) {
  const address = link.getAttribute('href');
  return address !== null && address !== '' && !/^(#|javascript:)/i.test(address);
}

/**
 * Whether pressing this button of a form would publish it. Its `submit` event is looked at in any case; this is for
 * pages that publish on click and never submit.
 * @param {Element} control
 * @param {HTMLFormElement} form
 */
export function submitsOnClick(control, form) {
  if (!isSubmitter(control) || saysOther(control)) return false;
  const buttons = [...form.elements].filter(
    (each) => isSubmitter(each) && isVisible(each) && !saysOther(each),
  );
  if (buttons.some(saysSend)) return false;
  // A button without a type submits by accident of HTML: one of many is likely to be a tool, the only one is not.
  return control.hasAttribute('type') || buttons.length === 1;
}
