// SPDX-License-Identifier: Apache-2.0
// A message box outside any form: Ctrl+Enter or the button without words sends, Enter alone makes a new line.
// Tested by: tests/browser/specs/beds.test.js

import { exposeBed, find, send, showPosted } from './parts/page.js';

const area = /** @type {HTMLTextAreaElement} */ (find('#text'));

exposeBed({ editor: () => area, text: () => area.value });

async function sendMessage() {
  const text = area.value;
  if (text.trim() === '') return;
  await send('/posts', { text });
  showPosted(text);
  area.value = '';
}
find('#send').addEventListener('click', sendMessage);
area.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  sendMessage();
});
