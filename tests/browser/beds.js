// SPDX-License-Identifier: Apache-2.0
// The replica pages as data: where each is, how its composer is opened, what a person types in and presses.
// One row a bed; a spec runs over rows and never names a site itself.
// Tested by: tests/browser/specs/beds.test.js

/**
 * @typedef {object} Bed
 * @property {string} name
 * @property {string} host
 * @property {string} path
 * @property {string} open      control that opens the composer, '' when it is on the page
 * @property {string} editor    what a person clicks to write
 * @property {string} post      what a person clicks to post
 * @property {boolean} richText whether the editor is a contenteditable
 * @property {string[]} keys    the keys that send, empty when none do
 * @property {boolean} [leaves] posting loads another page
 * @property {string} [frame]   the frame it is all in
 * @property {boolean} [oneLine] Enter sends, so that a draft has one line
 * @property {boolean} [shadow] the editor is in a shadow root, where Firefox's Quill 1 loses a selection across lines
 */

const LINKEDIN = 'www.linkedin.com';
const INTRANET = 'intranet.northwind.example';

/** @type {readonly Bed[]} */
export const BEDS = [
  {
    name: 'linkedin, Quill 1',
    host: LINKEDIN,
    path: '/feed/',
    open: '.share-box-feed-entry__trigger',
    editor: '.share-box .ql-editor',
    post: 'button.share-actions__primary-action',
    richText: true,
    keys: [],
  },
  {
    name: 'x inline, Draft.js',
    host: 'x.com',
    path: '/home',
    open: '',
    editor: '[data-testid="tweetTextarea_0"]',
    post: '[data-testid="tweetButtonInline"]',
    richText: true,
    keys: ['Control', 'Enter'],
  },
  {
    name: 'x modal, Draft.js',
    host: 'x.com',
    path: '/home',
    open: '[data-testid="SideNav_NewTweet_Button"]',
    editor: '[role="dialog"] [data-testid="tweetTextarea_0"]',
    post: '[data-testid="tweetButton"]',
    richText: true,
    keys: ['Control', 'Enter'],
  },
  {
    name: 'intranet, textarea in a form',
    host: INTRANET,
    path: '/announce',
    open: '',
    editor: '#text',
    post: '#announce .primary',
    richText: false,
    keys: [],
  },
  {
    name: 'intranet, Lexical',
    host: INTRANET,
    path: '/lexical',
    open: '',
    editor: '#editor [contenteditable]',
    post: '#post',
    richText: true,
    keys: [],
  },
  {
    name: 'intranet, Quill 2',
    host: INTRANET,
    path: '/quill2',
    open: '',
    editor: '#editor .ql-editor',
    post: '#post',
    richText: true,
    keys: [],
  },
  {
    name: 'intranet, tiptap',
    host: INTRANET,
    path: '/tiptap',
    open: '',
    editor: '#editor .ProseMirror',
    post: '#post',
    richText: true,
    keys: [],
  },
];

/** Beds that only some specs run on: variants of the ones above. @type {readonly Bed[]} */
export const MORE_BEDS = [
  {
    name: 'linkedin in a shadow root, Quill 1',
    host: LINKEDIN,
    path: '/feed/?stack=shadow',
    open: '.share-box-feed-entry__trigger',
    editor: '#interop-outlet >>> .ql-editor',
    post: '#interop-outlet >>> button.share-actions__primary-action',
    richText: true,
    keys: [],
    shadow: true,
  },
  {
    name: 'intranet, form the browser sends',
    host: INTRANET,
    path: '/notice',
    open: '',
    editor: '#text',
    post: '#notice .primary',
    richText: false,
    keys: [],
    leaves: true,
  },
  {
    name: 'intranet, message box',
    host: INTRANET,
    path: '/message',
    open: '',
    editor: '#text',
    post: '#send',
    richText: false,
    keys: ['Control', 'Enter'],
  },
  {
    name: 'intranet, React textarea',
    host: INTRANET,
    path: '/react',
    open: '',
    editor: '#question',
    post: '#root .primary',
    richText: false,
    keys: [],
  },
  {
    name: 'intranet, plain contenteditable',
    host: INTRANET,
    path: '/plain',
    open: '',
    editor: '#editor',
    post: '#post',
    richText: true,
    keys: [],
  },
];

/** Pages that send on one event alone, or in a frame. @type {readonly Bed[]} */
export const WAY_BEDS = [
  ...['pointerdown', 'mousedown', 'pointerup', 'mouseup'].map((by) => ({
    ...way(by, `${by} alone`),
    post: '#send',
  })),
  ...[
    way('field-keydown', 'keydown of Enter in a field without a button'),
    way('field-keypress', 'keypress of Enter in a field without a button'),
    way('field-keyup', 'keyup of Enter in a field without a button'),
    way('field-beside-button', 'keydown of Enter in a field beside a button'),
    way('area-keydown', 'keydown of Enter in a box that says so'),
    way('area-keyup', 'keyup of Enter in a box that says so to keyboards'),
    way('rich-keydown', 'keydown of Enter in a rich box described so'),
  ].map((bed) => ({ ...bed, keys: ['Enter'], oneLine: true })),
];

/** @type {readonly Bed[]} */
export const FRAME_BEDS = [
  { ...framed('/framed'), name: 'intranet, in a frame of its own' },
  { ...framed('/framed?of=partner.example'), name: 'intranet, in a frame of a watched site' },
];

/** A frame of a site nobody asked us to watch. @type {Bed} */
export const UNWATCHED_FRAME = {
  ...framed('/framed?of=unwatched.example'),
  name: 'intranet, in a frame of an unwatched site',
};

/**
 * @param {string} by
 * @param {string} name
 * @returns {Bed}
 */
function way(by, name) {
  return {
    ...{ name: `intranet, ${name}`, host: INTRANET, path: `/way?by=${by}`, open: '' },
    ...{ editor: '#text', post: '', richText: by.startsWith('rich'), keys: [] },
  };
}

/**
 * @param {string} path
 * @returns {Bed} without a name
 */
function framed(path) {
  return {
    ...{ name: '', host: INTRANET, path, open: '', frame: 'iframe' },
    ...{ editor: '#text', post: '#announce .primary', richText: false, keys: [] },
  };
}

/**
 * @param {string} name
 * @returns {Bed}
 */
export function bedNamed(name) {
  const bed = [...BEDS, ...MORE_BEDS].find((each) => each.name === name);
  if (!bed) throw new Error(`no bed is called ${name}`);
  return bed;
}
