// SPDX-License-Identifier: Apache-2.0
// The replica sites as data: host, the security policy its pages are served with, and which path shows which page.
// The policies are as strict as the ones the real sites use, so that what works here works there.
// Tested by: tests/browser/specs/beds.test.js

/**
 * @typedef {object} Site
 * @property {string} host
 * @property {string} policy                    Content-Security-Policy of every page
 * @property {Record<string, string>} pages     path to page name, which is pages/<name>.html
 */

const BASE =
  "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'self'";
const FRAMED = `${BASE} https://intranet.northwind.example:*`;

/** Styles stay open: every editor here writes style elements or attributes, as it does on the real sites. */
const STYLE = "style-src 'self' 'unsafe-inline'";

/** @type {readonly Site[]} */
export const SITES = [
  {
    host: 'www.linkedin.com',
    // Trusted Types with a default policy, which the page makes first: Quill 1 writes markup.
    policy: `${BASE}; script-src 'self'; ${STYLE}; require-trusted-types-for 'script'; trusted-types default`,
    pages: { '/feed/': 'linkedin' },
  },
  {
    host: 'x.com',
    // No policy may be made at all: nobody, and so not we either, can write markup here.
    policy: `${BASE}; script-src 'self'; ${STYLE}; require-trusted-types-for 'script'; trusted-types 'none'`,
    pages: { '/home': 'x', '/compose/post': 'x' },
  },
  {
    host: 'intranet.northwind.example',
    policy: `${BASE}; script-src 'self'; ${STYLE}; form-action 'self'; frame-src 'self' https:`,
    pages: {
      '/': 'intranet',
      '/demo': 'demo',
      '/announce': 'announce',
      '/notice': 'notice',
      '/message': 'message',
      '/way': 'way',
      '/framed': 'framed',
      '/react': 'react-textarea',
      '/plain': 'plain',
      '/lexical': 'lexical',
      '/quill2': 'quill2',
      '/tiptap': 'tiptap',
    },
  },
  {
    // Another company's site, watched like the intranet, which shows it in a frame.
    host: 'partner.example',
    policy: `${FRAMED}; script-src 'self'; ${STYLE}; form-action 'self'`,
    pages: { '/announce': 'announce', '/message': 'message' },
  },
  {
    // The same pages on a host nobody watches: what a page looks like without us.
    host: 'unwatched.example',
    policy: `${FRAMED}; script-src 'self'; ${STYLE}; form-action 'self'`,
    pages: {
      '/feed/': 'linkedin',
      '/home': 'x',
      '/announce': 'announce',
      '/lexical': 'lexical',
      '/quill2': 'quill2',
      '/tiptap': 'tiptap',
    },
  },
];

export const HOSTS = SITES.map((site) => site.host);
