// SPDX-License-Identifier: Apache-2.0
// Presses a site's own control the way a person's press would arrive: the whole family of events, in order, once.
// Every function dispatches synchronously. What happens after the page took the events is not known here.
// Tested by: tests/browser/specs/

import { formOf, isSubmitter } from './controls.js';

/** @import { Attempt } from './site-data.js' */

const EVENT = { bubbles: true, cancelable: true, composed: true };

/**
 * Classes of the window an element lives in; a frame's events must be of the frame's own.
 * @param {Element} element
 */
function windowOf(element) {
  return /** @type {typeof globalThis} */ (
    /** @type {unknown} */ (element.ownerDocument.defaultView ?? window)
  );
}

/** @param {Element} control */
function centre(control) {
  const box = control.getBoundingClientRect();
  return { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
}

/**
 * The events that come before a click. Some pages act on one of them.
 * @param {Element} control
 */
export function pressDownAndUp(control) {
  const { PointerEvent: Pointer, MouseEvent: Mouse } = windowOf(control);
  const shared = { ...EVENT, button: 0, detail: 1, ...centre(control) };
  const pointer = { ...shared, detail: 0, pointerId: 1, isPrimary: true, pointerType: 'mouse' };
  // A page that refuses the pointer event gets no mouse events after it.
  const wantsMouse = control.dispatchEvent(new Pointer('pointerdown', { ...pointer, buttons: 1 }));
  if (wantsMouse) control.dispatchEvent(new Mouse('mousedown', { ...shared, buttons: 1 }));
  control.dispatchEvent(new Pointer('pointerup', pointer));
  if (wantsMouse) control.dispatchEvent(new Mouse('mouseup', shared));
}

/** @param {Element} control */
export function press(control) {
  pressDownAndUp(control);
  if (!control.isConnected) return;
  if ('click' in control) /** @type {HTMLElement} */ (control).click();
  else control.dispatchEvent(new (windowOf(control).MouseEvent)('click', EVENT));
}

/**
 * Presses Enter in an editor as it was pressed. In a one-line field of a form the browser would go on to submit the form;
 * it does not for events made by a script, so that is done here.
 * @param {Element} editor
 * @param {NonNullable<Attempt['key']>} modifiers
 */
export function pressEnter(editor, modifiers) {
  const view = windowOf(editor);
  const init = { ...EVENT, key: 'Enter', code: 'Enter', keyCode: 13, which: 13, ...modifiers };
  const wanted = editor.dispatchEvent(new view.KeyboardEvent('keydown', init));
  const plain = !modifiers.ctrlKey && !modifiers.metaKey;
  const wantedStill =
    wanted &&
    (!plain || editor.dispatchEvent(new view.KeyboardEvent('keypress', { ...init, charCode: 13 })));
  if (wantedStill && plain && editor.localName === 'input' && editor.isConnected) {
    const { form } = /** @type {HTMLInputElement} */ (editor);
    const first = form ? [...form.elements].find(isSubmitter) : null;
    if (first) /** @type {HTMLElement} */ (first).click();
    else form?.requestSubmit();
  }
  editor.dispatchEvent(new view.KeyboardEvent('keyup', init));
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
export function submit(form, submitter) {
  const usable = submitter?.isConnected && isSubmitter(submitter) && formOf(submitter) === form;
  form.requestSubmit(usable ? submitter : null);
}
