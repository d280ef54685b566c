// SPDX-License-Identifier: Apache-2.0
// LinkedIn: the share box (Quill, in the page, in an open shadow root or in a same-origin frame), comments (tiptap or Quill)
// and articles. Data only. The site is localised and hashes class names: structure comes first, words last.
// Not here: private messages, invitations and InMail.
// Tested by: tests/node/sites.test.js, tests/browser/specs/

/** @import { SiteData } from './site-data.js' */

/** @type {SiteData} */
export const LINKEDIN = {
  id: 'linkedin',
  hosts: ['www.linkedin.com'],
  audience: 'external',
  surfaces: [
    {
      surface: 'comment',
      editors: [
        '[data-testid="ui-core-tiptap-text-editor-wrapper"] [contenteditable="true"]',
        '[componentkey*="commentBox" i] [contenteditable="true"]',
        '.comments-comment-box__form .ql-editor',
        '.comments-comment-box .ql-editor',
        '.comments-comment-texteditor [contenteditable="true"]',
      ],
      root: [
        'form.comments-comment-box__form',
        '.comments-comment-box',
        '[componentkey*="commentBox" i]',
      ],
      send: [
        'button[componentkey*="commentButtonSection" i]',
        '[componentkey*="commentButtonSection" i] button',
        'button[class*="comments-comment-box__submit-button"]',
      ],
      // The action that only opens the box.
      notSend: ['[aria-expanded]', '.feed-shared-social-action-bar button'],
      keys: ['mod+Enter'],
      replyWhen: { within: '[data-mention-reply]' },
    },
    {
      surface: 'article',
      editors: [
        '[aria-label="Article editor content"][contenteditable="true"]',
        '.article-editor-content [contenteditable="true"]',
        '.article-editor-content[contenteditable="true"]',
        'textarea.article-editor-headline__textarea',
      ],
      root: ['.article-editor', 'main'],
      send: ['button.article-editor-nav__publish'],
      notSend: [],
      keys: [],
    },
    {
      surface: 'post',
      editors: [
        '.share-creation-state__text-editor [contenteditable="true"]',
        '.share-box [contenteditable="true"]',
        '[role="dialog"] .ql-editor[contenteditable="true"]',
        'dialog .ql-editor[contenteditable="true"]',
        '.ql-editor[contenteditable="true"][role="textbox"]',
        '[role="dialog"] [contenteditable="true"][role="textbox"]',
        'dialog [contenteditable="true"][role="textbox"]',
      ],
      root: [
        '[role="dialog"]',
        'dialog',
        '.share-box',
        '.share-creation-state',
        '.share-box-v2__modal',
      ],
      send: ['button.share-actions__primary-action', '.share-actions__primary-action button'],
      // With a date set, the first button only leads on.
      notSend: ['[aria-label="Next"]'],
      keys: [],
      mediaWhen: '.share-creation-state__preview-container img, .share-creation-state video',
    },
  ],
  notWatched: ['[class~="msg-form"]', '.msg-form__contenteditable'],
  ignored: ['[role="search"]', '.search-global-typeahead', '[role="combobox"]'],
  notSend: [
    '.feed-shared-social-action-bar button',
    '.social-actions-button',
    '.comment-button',
    '.send-privately-button',
    '.msg-form__send-button',
    '.share-box-feed-entry__trigger',
  ],
  usesLastEditor: false,
  enterInField: false,
};
