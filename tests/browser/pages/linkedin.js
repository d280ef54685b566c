// SPDX-License-Identifier: Apache-2.0
// The LinkedIn-like replica: a feed, and a share modal with Quill 1 that traps focus and closes on a click outside.
// `?stack=shadow` puts the modal into an open shadow root, as the newer pages do.
// Tested by: tests/browser/specs/beds.test.js

import Quill from 'quill1/dist/quill.core.js';
import { element, exposeBed, find, send, showPosted } from './parts/page.js';

/** The real site has such a policy; Quill 1 could not clear its container without one. */
const factory = /** @type {any} */ (window).trustedTypes;
if (factory) {
  const same = (/** @type {string} */ text) => text;
  factory.createPolicy('default', { createHTML: same, createScriptURL: same });
}

const isShadow = new URL(location.href).searchParams.get('stack') === 'shadow';
/** @type {any} */
let quill = null;

find('.share-box-feed-entry__trigger').addEventListener('click', openShareBox);
exposeBed({
  editor: () => quill.root,
  text: () => quill.getText().replace(/\n$/, ''),
});

/** @returns {ParentNode & Node} */
function outlet() {
  if (!isShadow) return find('#artdeco-modal-outlet');
  const host = find('#interop-outlet');
  if (host.shadowRoot) return host.shadowRoot;
  const root = host.attachShadow({ mode: 'open' });
  root.append(element('link', { rel: 'stylesheet', href: '/assets/linkedin.css' }));
  return root;
}

function openShareBox() {
  const place = outlet();
  const post = /** @type {HTMLButtonElement} */ (
    element(
      'button',
      {
        id: 'ember88',
        class:
          'share-actions__primary-action artdeco-button artdeco-button--2 artdeco-button--primary',
        type: 'button',
      },
      element('span', { class: 'artdeco-button__text' }, 'Post'),
    )
  );
  const dismiss = element(
    'button',
    { class: 'artdeco-modal__dismiss', type: 'button', 'aria-label': 'Dismiss' },
    '×',
  );
  const holder = element('div', { class: 'editor-content ql-holder' });
  const overlay = element(
    'div',
    { class: 'artdeco-modal-overlay' },
    element(
      'div',
      {
        class: 'artdeco-modal share-box-v2__modal share-box',
        role: 'dialog',
        'aria-labelledby': 'share-to-linkedin-modal__header',
        tabindex: '-1',
      },
      element(
        'div',
        { class: 'share-box__header' },
        element('div', { class: 'avatar', 'aria-hidden': 'true' }, 'R'),
        element(
          'div',
          {},
          element('h2', { id: 'share-to-linkedin-modal__header' }, 'Robin Hale'),
          element('p', {}, 'Post to anyone'),
        ),
        dismiss,
      ),
      element('div', { class: 'share-creation-state__text-editor' }, holder),
      element(
        'div',
        { class: 'share-box-footer' },
        element('button', { type: 'button', class: 'artdeco-button' }, 'Add media'),
        post,
      ),
    ),
  );
  place.append(overlay);

  quill = new Quill(holder, {
    formats: [],
    placeholder: 'What do you want to talk about?',
    // Tab moves on to the buttons, as the real box lets it.
    modules: { keyboard: { bindings: { tab: { key: 9, handler: () => true } } } },
  });
  const editor = /** @type {HTMLElement} */ (quill.root);
  editor.setAttribute('role', 'textbox');
  editor.setAttribute('aria-multiline', 'true');
  editor.setAttribute('aria-label', 'Text editor for creating content');
  editor.setAttribute('data-placeholder', 'What do you want to talk about?');

  const isEmpty = () => quill.getText().trim() === '';
  post.disabled = true;
  quill.on('text-change', () => {
    post.disabled = isEmpty();
  });
  const close = () => {
    document.removeEventListener('focusin', trap, true);
    document.removeEventListener('click', outside);
    overlay.remove();
  };
  /** Brings focus back whenever it lands outside, as the real modal does. @param {FocusEvent} event */
  const trap = (event) => {
    if (!event.composedPath().includes(overlay)) editor.focus();
  };
  document.addEventListener('focusin', trap, true);
  /** A click that lands anywhere else dismisses the box. @param {MouseEvent} event */
  const outside = (event) => {
    if (!event.composedPath().includes(overlay.firstElementChild ?? overlay)) close();
  };
  setTimeout(() => document.addEventListener('click', outside));
  dismiss.addEventListener('click', close);
  post.addEventListener('click', async () => {
    const text = quill.getText().replace(/\n$/, '');
    if (text.trim() === '') return;
    close();
    await send('/voyager/api/contentcreation/normShares', { commentaryV2: { text } });
    showPosted(text);
  });
  editor.focus();
}
