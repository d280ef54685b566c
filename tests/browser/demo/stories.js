// SPDX-License-Identifier: Apache-2.0
// What the demo plays on each of the three sites: the drafts, and their mended form. Only words; demo.js plays them.
// Tested by: scripts/demo, which stops at the first step that does not hold

/**
 * @typedef {object} Story
 * @property {string} key     starts the names of its screenshots
 * @property {string} title
 * @property {string} bed     name in ../beds.js
 * @property {string} risky
 * @property {string} mended
 * @property {string} anyway  a second risky draft, which is posted as it is
 */

/** @type {readonly Story[]} */
export const STORIES = [
  {
    key: 'linkedin',
    title: 'LinkedIn-like page: Quill in a share modal, strict policy, Trusted Types',
    bed: 'linkedin, Quill 1',
    risky: 'Such a proud day for the team!\nINTERNAL USE ONLY: see the slide below',
    mended: 'Such a proud day for the team!\nMore when it is public.',
    anyway: "Maria's private number is 555-201-7733, she will sort it out",
  },
  {
    key: 'x',
    title: 'X-like page: Draft.js, strict policy, no markup may be written at all',
    bed: 'x modal, Draft.js',
    risky: 'Whoever wrote this code is a brain-dead clown',
    mended: 'This code cost me an evening. Could we look at it together?',
    anyway: '@lena you are an absolute idiot, learn to read',
  },
  {
    key: 'intranet',
    title: 'Intranet page: a textarea in a form',
    bed: 'intranet, textarea in a form',
    risky: 'Refund to card 4111 1111 1111 1111 please',
    mended: 'A refund is due. I have the details, ask me in person.',
    anyway: 'The other card is 5500 0000 0000 0004, also a refund',
  },
];
