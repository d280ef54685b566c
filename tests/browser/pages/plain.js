// SPDX-License-Identifier: Apache-2.0
// A bare contenteditable; the browser alone makes its lines, and the page reads them block by block.
// Tested by: tests/browser/specs/beds.test.js

import { exposeBed, find, send, showPosted } from './parts/page.js';

const editor = find('#editor');
editor.setAttribute('contenteditable', 'true');
editor.setAttribute('role', 'textbox');
editor.setAttribute('aria-multiline', 'true');
editor.setAttribute('aria-label', 'Your post');
document.execCommand('defaultParagraphSeparator', false, 'div');

/** Lines as this page understands them: text before the first block, then one line a block. */
function text() {
  return [...editor.childNodes]
    .map((node) => (node.nodeName === 'BR' ? '' : (node.textContent ?? '')))
    .join('\n');
}

exposeBed({ editor: () => editor, text });
find('#post').addEventListener('click', async () => {
  const draft = text();
  await send('/posts', { text: draft });
  showPosted(draft);
  editor.replaceChildren();
});
