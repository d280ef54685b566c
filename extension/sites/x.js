// SPDX-License-Identifier: Apache-2.0
// X: posts, replies, quotes and threads (Draft.js), and the plain textarea of the mobile page. Data only.
// Not here: direct messages, articles, and what the site publishes without an event (scheduled posts going out).
// Tested by: tests/node/sites.test.js, tests/browser/specs/

/** @import { SiteData } from './site-data.js' */

/** @type {SiteData} */
export const X = {
  id: 'x',
  hosts: ['x.com', 'twitter.com', 'mobile.x.com', 'mobile.twitter.com'],
  audience: 'external',
  surfaces: [
    {
      surface: 'post',
      editors: [
        // The prefix also matches `…_label` and `…RichTextInputContainer`, which are not editors.
        '[data-testid^="tweetTextarea_"][contenteditable="true"]',
        '[data-testid^="tweetTextarea_"] [contenteditable="true"]',
        'textarea[data-testid^="tweetTextarea"]',
        '[data-testid^="tweetTextarea"] textarea',
        '.DraftEditor-root [contenteditable="true"][role="textbox"]',
      ],
      // The timeline's own composer stays mounted behind the dialog.
      root: ['[role="dialog"]'],
      // The site swaps one for the other while a page stays open.
      send: ['[data-testid="tweetButton"]', '[data-testid="tweetButtonInline"]'],
      notSend: [],
      keys: ['mod+Enter'],
      // Parts of a thread are committed when their editor loses focus.
      settleMs: 250,
      replyWhen: { within: 'article[data-testid="tweet"]', path: '^/[^/]+/status/\\d+' },
      mediaWhen: '[data-testid="attachments"]',
    },
  ],
  notWatched: [
    '[data-testid="dm-composer-form"]',
    '[data-testid="dm-composer-textarea"]',
    '[data-testid="dmComposerTextInput"]',
  ],
  ignored: ['[role="search"]', '[data-testid="SearchBox_Search_Input"]'],
  notSend: [
    // Opens a composer.
    '[data-testid="SideNav_NewTweet_Button"]',
    '[data-testid="FloatingActionButtons_Tweet_Button"]',
    '[data-testid="addButton"]',
    // The actions below every post.
    '[data-testid="reply"]',
    '[data-testid="retweet"]',
    '[data-testid="unretweet"]',
    '[data-testid="retweetConfirm"]',
    '[data-testid="like"]',
    '[data-testid="bookmark"]',
    '[data-testid="app-bar-close"]',
    '[data-testid^="dm-composer-"]',
    '[data-testid="dmComposerSendButton"]',
  ],
  usesLastEditor: false,
  enterInField: false,
};
