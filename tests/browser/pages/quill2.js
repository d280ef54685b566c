// SPDX-License-Identifier: Apache-2.0
// Quill 2 without a toolbar; getText() is the oracle.
// Tested by: tests/browser/specs/beds.test.js

import Quill from 'quill/core';
import { exposeBed, find, send, showPosted } from './parts/page.js';

const quill = new Quill(find('#editor'), { formats: [] });
quill.root.setAttribute('role', 'textbox');
quill.root.setAttribute('aria-multiline', 'true');
quill.root.setAttribute('aria-label', 'Your post');

const text = () => quill.getText().replace(/\n$/, '');

exposeBed({ editor: () => quill.root, text });
find('#post').addEventListener('click', async () => {
  const draft = text();
  await send('/posts', { text: draft });
  showPosted(draft);
  quill.setText('');
});
