// SPDX-License-Identifier: Apache-2.0
// The X-like replica: Draft.js in React 17, an inline and a modal composer at once, threads whose parts are committed
// on blur, and a Post button that changes its test id while the page stays open.
// Tested by: tests/browser/specs/beds.test.js

import {
  CompositeDecorator,
  ContentState,
  Editor,
  EditorState,
  getDefaultKeyBinding,
  Modifier,
} from 'draft-js';
import React from 'react';
import ReactDOM from 'react-dom';
import { exposeBed, find, send } from './parts/page.js';

const h = React.createElement;
const { useCallback, useEffect, useState } = React;

/** @type {Map<string, any[]>} editor states by composer, in document order: the oracle */
const live = new Map();
let sending = false;

exposeBed({
  editor: () => find('[data-testid="tweetTextarea_0"]', topComposer()),
  text: () => (live.get(topName()) ?? []).map(plainText).join('\n'),
});
/** @type {any} */ (window).bed.parts = () => (live.get(topName()) ?? []).map(plainText);

function topName() {
  return live.has('modal') ? 'modal' : 'inline';
}

/** @returns {ParentNode} */
function topComposer() {
  return document.querySelector('[role="dialog"]') ?? document;
}

/**
 * @param {any} state
 * @returns {string}
 */
function plainText(state) {
  return state.getCurrentContent().getPlainText('\n');
}

/** @param {any} event */
function bindKey(event) {
  return event.keyCode === 13 && (event.ctrlKey || event.metaKey)
    ? 'post'
    : getDefaultKeyBinding(event);
}

/** Tags are coloured while typing, which splits a block into several leaves. */
const tags = new CompositeDecorator([
  {
    strategy: (/** @type {any} */ block, /** @type {any} */ mark) => {
      for (const found of block.getText().matchAll(/[#@]\w+/g)) {
        mark(found.index, found.index + found[0].length);
      }
    },
    component: (/** @type {any} */ props) => h('span', { className: 'tag' }, props.children),
  },
]);

/** @param {{ id: string, state: any, change: (state: any) => void, commit: () => void, post: () => void, label: string, innerRef?: any }} props */
function Part({ id, state, change, commit, post, label, innerRef }) {
  return h(
    'div',
    { className: 'part' },
    h('div', { className: 'avatar', 'aria-hidden': true }, 'R'),
    h(
      'div',
      { className: 'box', 'data-testid': `${id}_label` },
      h(
        'div',
        { 'data-testid': `${id}RichTextInputContainer` },
        h(Editor, {
          ref: innerRef,
          editorState: state,
          onChange: change,
          onBlur: commit,
          keyBindingFn: bindKey,
          handleKeyCommand: (/** @type {string} */ command) => {
            if (command !== 'post') return 'not-handled';
            post();
            return 'handled';
          },
          handlePastedText: (/** @type {string} */ text) => {
            const content = Modifier.replaceWithFragment(
              state.getCurrentContent(),
              state.getSelection(),
              ContentState.createFromText(text).getBlockMap(),
            );
            change(EditorState.push(state, content, 'insert-fragment'));
            return 'handled';
          },
          placeholder: label,
          ariaLabel: 'Post text',
          webDriverTestID: id,
          role: 'textbox',
          ariaMultiline: true,
        }),
      ),
    ),
  );
}

/** @param {{ name: string, button: string, isFocused?: boolean, sent: (texts: string[]) => void }} props */
function Composer({ name, button, isFocused = false, sent }) {
  const [states, setStates] = useState(() => [EditorState.createEmpty(tags)]);
  const [committed, setCommitted] = useState(() => ['']);
  live.set(name, states);
  useEffect(() => () => void live.delete(name), [name]);
  const focus = useCallback(
    (/** @type {any} */ editor) => {
      if (isFocused) editor?.focus();
    },
    [isFocused],
  );

  const isEmpty = states.some((/** @type {any} */ state) => !state.getCurrentContent().hasText());
  const post = async () => {
    if (isEmpty || sending) return;
    // One part is read as it is; of a thread only what was committed on blur goes out.
    const texts = states.length === 1 ? [plainText(states[0])] : committed;
    sending = true;
    try {
      for (const text of texts) {
        await send('/i/api/graphql/f1Kq7Zt0/CreateTweet', {
          variables: { tweet_text: text, dark_request: false },
          queryId: 'f1Kq7Zt0',
        });
      }
    } finally {
      sending = false;
    }
    setStates([EditorState.push(states[0], ContentState.createFromText(''), 'remove-range')]);
    setCommitted(['']);
    sent(texts);
  };

  return h(
    'div',
    { className: 'composer' },
    states.map((/** @type {any} */ state, /** @type {number} */ index) =>
      h(Part, {
        key: index,
        // The real site has numbered its parts and has repeated the first number.
        id: `tweetTextarea_${name === 'modal' ? 0 : index}`,
        state,
        label: index === 0 ? "What's happening?" : 'Add another post',
        innerRef: index === 0 ? focus : undefined,
        change: (/** @type {any} */ next) =>
          setStates((/** @type {any[]} */ old) =>
            old.map((each, i) => (i === index ? next : each)),
          ),
        commit: () =>
          setCommitted((/** @type {string[]} */ old) =>
            states.map((/** @type {any} */ each, /** @type {number} */ i) =>
              i === index ? plainText(each) : (old[i] ?? ''),
            ),
          ),
        post,
      }),
    ),
    h(
      'div',
      { className: 'toolbar', 'data-testid': 'toolBar' },
      h(
        'button',
        {
          type: 'button',
          className: 'add',
          'data-testid': 'addButton',
          'aria-label': 'Add post',
          onClick: () =>
            setStates((/** @type {any[]} */ old) => [...old, EditorState.createEmpty(tags)]),
        },
        '+',
      ),
      h(
        'button',
        {
          type: 'button',
          role: 'button',
          className: 'pill',
          'data-testid': button,
          'aria-disabled': isEmpty ? 'true' : undefined,
          tabIndex: isEmpty ? -1 : 0,
          onClick: isEmpty ? undefined : post,
        },
        h('div', {}, h('span', {}, h('span', {}, states.length > 1 ? 'Post all' : 'Post'))),
      ),
    ),
  );
}

function App() {
  const [isOpen, setOpen] = useState(location.pathname === '/compose/post');
  const [posts, setPosts] = useState(/** @type {string[]} */ ([]));
  const sent = (/** @type {string[]} */ texts) => {
    setPosts((/** @type {string[]} */ old) => [...texts, ...old]);
    if (location.pathname === '/compose/post') {
      history.pushState({}, '', `/home${location.search}`);
      setOpen(false);
    }
  };
  const open = () => {
    history.pushState({}, '', `/compose/post${location.search}`);
    setOpen(true);
  };
  const entry = (
    /** @type {string} */ who,
    /** @type {string} */ text,
    /** @type {string} */ key,
  ) =>
    h(
      'article',
      { className: 'entry', key, 'data-testid': 'tweet' },
      h('div', { className: 'avatar', 'aria-hidden': true }, who.slice(0, 1)),
      h(
        'div',
        { className: 'entry-body' },
        h('p', { className: 'entry-who' }, h('b', {}, who), ' · now'),
        h('p', { className: 'entry-text', 'data-testid': 'tweetText' }, text),
      ),
    );
  return h(
    'div',
    { className: 'app' },
    h(
      'header',
      { className: 'side' },
      h('span', { className: 'mark' }, 'X-like'),
      h('a', { href: '#home' }, 'Home'),
      h('a', { href: '#explore' }, 'Explore'),
      h('a', { href: '#profile' }, 'Profile'),
      h(
        'button',
        {
          type: 'button',
          className: 'pill post-wide',
          'data-testid': 'SideNav_NewTweet_Button',
          onClick: open,
        },
        'Post',
      ),
    ),
    h(
      'main',
      {},
      h('h1', {}, 'For you'),
      h(Composer, { name: 'inline', button: 'tweetButtonInline', sent }),
      h(
        'div',
        { className: 'timeline' },
        posts.map((/** @type {string} */ text, /** @type {number} */ index) =>
          entry('Robin Hale', text, `${posts.length - index}`),
        ),
        entry('Ada Lindqvist', 'Night shift at the test bench. The arm waved back.', 'a'),
        entry('Plant Tours', 'Open day on Saturday. Bring the children, wear closed shoes.', 'b'),
      ),
    ),
    isOpen &&
      h(
        'div',
        { className: 'layer', id: 'layers' },
        h(
          'div',
          { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Compose' },
          h(
            'div',
            { className: 'top' },
            h(
              'button',
              {
                type: 'button',
                'aria-label': 'Close',
                'data-testid': 'app-bar-close',
                onClick: () => {
                  history.back();
                  setOpen(false);
                },
              },
              '×',
            ),
          ),
          h(Composer, { name: 'modal', button: 'tweetButton', isFocused: true, sent }),
        ),
      ),
  );
}

ReactDOM.render(h(App), document.getElementById('react-root'));
