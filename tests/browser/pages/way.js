// SPDX-License-Identifier: Apache-2.0
// A message box that sends on one single event, named in the address as `?by=`: what a press is made of differs from page to
// page. It sends each time that event comes, and guards against nothing.
// Tested by: tests/browser/specs/beds.test.js

import { element, exposeBed, find, send, showPosted } from './parts/page.js';

/**
 * @typedef {object} Way
 * @property {string} on              the event that sends
 * @property {() => HTMLElement} box   what a person writes in
 * @property {boolean} [button]       whether there is one; the event is then its
 */

const area = (/** @type {Record<string, string>} */ more = {}) =>
  element('textarea', { id: 'text', rows: '3', 'aria-label': 'Message', ...more });
const field = () => element('input', { id: 'text', type: 'text', placeholder: 'Your message' });
const rich = () =>
  element('div', {
    ...{ id: 'text', class: 'editor', contenteditable: 'true', role: 'textbox' },
    ...{ 'aria-label': 'Message', 'aria-describedby': 'hint', style: 'white-space: pre-wrap' },
  });

/** @type {Record<string, Way>} */
const WAYS = {
  pointerdown: { on: 'pointerdown', box: area, button: true },
  mousedown: { on: 'mousedown', box: area, button: true },
  pointerup: { on: 'pointerup', box: area, button: true },
  mouseup: { on: 'mouseup', box: area, button: true },
  'field-keydown': { on: 'keydown', box: field },
  'field-keypress': { on: 'keypress', box: field },
  'field-keyup': { on: 'keyup', box: field },
  'field-beside-button': { on: 'keydown', box: field, button: true },
  'area-keydown': { on: 'keydown', box: () => area({ placeholder: 'Press Enter to send' }) },
  'area-keyup': { on: 'keyup', box: () => area({ enterkeyhint: 'send' }) },
  'rich-keydown': { on: 'keydown', box: rich },
};

const way = WAYS[new URL(location.href).searchParams.get('by') ?? ''];
if (!way) throw new Error(`?by= is none of ${Object.keys(WAYS).join(', ')}`);
const box = way.box();
const isField = 'value' in box;
const { on } = way;

// A key that goes up has left its line break behind already.
const read = () => (isField ? String(box.value) : (box.textContent ?? '')).replace(/\n$/, '');
const clear = () => {
  if (isField) box.value = '';
  else box.replaceChildren();
};

async function sendMessage() {
  const text = read();
  if (text.trim() === '') return;
  await send('/posts', { text });
  showPosted(text);
  clear();
}

const button = element('button', { type: 'button', class: 'primary', id: 'send' }, 'Send');
const hint = element(
  'p',
  { id: 'hint' },
  'Enter sends your message, Shift+Enter begins a new line.',
);
find('#message').append(box, ...(way.button ? [button] : []), ...(isField ? [] : [hint]));
if (on.startsWith('key')) {
  box.addEventListener(on, (event) => {
    if (/** @type {KeyboardEvent} */ (event).key !== 'Enter') return;
    event.preventDefault();
    sendMessage();
  });
} else {
  button.addEventListener(on, sendMessage);
}
exposeBed({
  editor: () => box,
  text: () => (isField ? String(box.value) : (box.textContent ?? '')),
});
