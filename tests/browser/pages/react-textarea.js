// SPDX-License-Identifier: Apache-2.0
// A textarea whose value React holds; only what went through React's own state is sent.
// Tested by: tests/browser/specs/beds.test.js

import React from 'react';
import ReactDOM from 'react-dom';
import { exposeBed, find, send, showPosted } from './parts/page.js';

const h = React.createElement;
let held = '';

exposeBed({ editor: () => find('textarea'), text: () => held });

function Question() {
  const [text, setText] = React.useState('');
  held = text;
  const post = async () => {
    await send('/posts', { text });
    showPosted(text);
    setText('');
  };
  return h(
    React.Fragment,
    {},
    h('label', { htmlFor: 'question' }, 'Your question'),
    h('textarea', {
      id: 'question',
      rows: 5,
      value: text,
      onChange: (/** @type {any} */ event) => setText(event.target.value),
    }),
    h(
      'div',
      { className: 'row' },
      h(
        'button',
        { type: 'button', className: 'primary', disabled: text.trim() === '', onClick: post },
        'Post',
      ),
    ),
  );
}

ReactDOM.render(h(Question), find('#root'));
