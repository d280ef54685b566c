// SPDX-License-Identifier: Apache-2.0
// tiptap (ProseMirror) with its starter kit; the document is the oracle.
// Tested by: tests/browser/specs/beds.test.js

import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { exposeBed, find, send, showPosted } from './parts/page.js';

const editor = new Editor({
  element: find('#editor'),
  extensions: [StarterKit],
  editorProps: { attributes: { role: 'textbox', 'aria-label': 'Your post' } },
});

function text() {
  const { doc } = editor.state;
  return doc.textBetween(0, doc.content.size, '\n', '\n');
}

exposeBed({ editor: () => editor.view.dom, text });
find('#post').addEventListener('click', async () => {
  const draft = text();
  await send('/posts', { text: draft });
  showPosted(draft);
  editor.commands.clearContent(true);
});
