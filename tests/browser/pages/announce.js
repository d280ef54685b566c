// SPDX-License-Identifier: Apache-2.0
// A textarea in a form; the page sends each submit by fetch and guards against nothing.
// Tested by: tests/browser/specs/beds.test.js

import { exposeBed, find, send, showPosted } from './parts/page.js';

const form = /** @type {HTMLFormElement} */ (find('#announce'));
const area = /** @type {HTMLTextAreaElement} */ (find('#text'));

exposeBed({ editor: () => area, text: () => area.value });
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = area.value;
  await send('/posts', { text });
  showPosted(text);
  form.reset();
});
