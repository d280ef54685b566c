// SPDX-License-Identifier: Apache-2.0
// Lexical with rich text; its root node is the oracle.
// Tested by: tests/browser/specs/beds.test.js

import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { $createParagraphNode, $getRoot, createEditor } from 'lexical';
import { element, exposeBed, find, send, showPosted } from './parts/page.js';

const root = element('div', {
  contenteditable: 'true',
  role: 'textbox',
  'aria-multiline': 'true',
  'aria-label': 'Your post',
});
find('#editor').append(root);

const editor = createEditor({
  namespace: 'share',
  onError: (failure) => {
    throw failure;
  },
});
editor.setRootElement(root);
registerRichText(editor);
registerHistory(editor, createEmptyHistoryState(), 300);

/** One line a block; Lexical's own joining would put a blank line between blocks. */
function text() {
  return editor.getEditorState().read(() =>
    $getRoot()
      .getChildren()
      .map((block) => block.getTextContent())
      .join('\n'),
  );
}

exposeBed({ editor: () => root, text });
find('#post').addEventListener('click', async () => {
  const draft = text();
  await send('/posts', { text: draft });
  showPosted(draft);
  editor.update(() => $getRoot().clear().append($createParagraphNode()));
});
