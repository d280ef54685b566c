// SPDX-License-Identifier: Apache-2.0
// What all replica pages share: the session in the address, sending a post, and showing what was posted.
// `window.bed` is for tests: the editor's own model is the oracle for what the person wrote.
// Tested by: tests/browser/specs/beds.test.js

/**
 * @typedef {object} Bed
 * @property {() => string} text        what the editor's own model holds
 * @property {() => HTMLElement} editor the element a person types in
 */

const SESSION = new URL(location.href).searchParams.get('session') ?? '';

/** @param {Bed} bed */
export function exposeBed(bed) {
  Object.assign(/** @type {any} */ (window).bed, bed, {
    html: () => bed.editor().innerHTML,
    ready: true,
  });
}

/**
 * @param {string} path
 * @param {object} content
 */
export async function send(path, content) {
  const answer = await fetch(`${path}?session=${encodeURIComponent(SESSION)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  });
  if (!answer.ok) throw new Error(`the server said ${answer.status}`);
}

/**
 * Keeps the session when a form is sent without script.
 * @param {HTMLFormElement} form
 */
export function keepSession(form) {
  form.action = `${form.getAttribute('action')}?session=${encodeURIComponent(SESSION)}`;
}

/**
 * A small element builder, so that no page here needs markup in strings.
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 */
export function find(selector, root = document) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * Puts a posted text on top of the feed.
 * @param {string} text
 * @param {string} who
 */
export function showPosted(text, who = 'Robin Hale') {
  find('[data-feed]').prepend(
    element(
      'article',
      { class: 'entry' },
      element('div', { class: 'avatar', 'aria-hidden': 'true' }, who.slice(0, 1)),
      element(
        'div',
        { class: 'entry-body' },
        element('p', { class: 'entry-who' }, element('b', {}, who), ' · now'),
        element('p', { class: 'entry-text' }, text),
      ),
    ),
  );
}
