// SPDX-License-Identifier: Apache-2.0
// One finding as a person reads it: their words, what was noticed, why, what to write instead, whom to ask.
// Texts come from rules and are set as text, never as markup.
// Tested by: tests/browser/specs/

import { quoteOf } from './quote.js';

/**
 * @import { Finding } from '../shared/types.js'
 * @import { Host } from './host.js'
 * @typedef {(key: string, ...values: string[]) => string} Words
 */

/**
 * @param {Host} host
 * @param {Words} words
 * @param {string} text      the draft
 * @param {Finding} finding
 * @param {string} id        unique in the shadow root
 * @param {boolean} isBrief  only the words and the title
 */
export function buildFinding(host, words, text, finding, id, isBrief) {
  const title = host.build('h3', '', [finding.title]);
  title.id = id;
  const heading = host.build('div', 'title', [title]);
  if (finding.severity === 'strong') {
    heading.append(host.build('span', 'badge', [words('cardLookTwice')]));
  }
  const item = host.build('li', '', [heading]);
  const quote = quoteOf(text, finding.spans);
  if (quote.length > 0) {
    const parts = quote.map((part) =>
      part.marked ? host.build('mark', '', [part.text]) : part.text,
    );
    const block = host.build('blockquote', '', parts);
    block.dir = 'auto';
    item.append(block);
  }
  if (isBrief) return { item, setAside: null };

  const advice = host.build('div', 'advice');
  item.append(advice);
  if (finding.notice) advice.append(host.build('p', '', [finding.notice]));
  if (finding.why) advice.append(host.build('p', 'why', [finding.why]));
  for (const [key, value] of [
    ['cardInstead', finding.instead],
    ['cardAsk', finding.ask],
  ]) {
    if (!key || !value) continue;
    advice.append(host.build('p', '', [host.build('span', 'key', [words(key)]), ' ', value]));
  }
  for (const text of advice.children) /** @type {HTMLElement} */ (text).dir = 'auto';

  const source = host.build('div', 'source');
  const origin = host.build('span');
  if (finding.owner) origin.append(words('cardOwner', finding.owner), ' ');
  const link = guidelineLink(host, words, finding);
  if (link) origin.append(link);
  const setAside = host.build('button', 'small', [words('cardNotAProblem')]);
  setAside.type = 'button';
  setAside.setAttribute('aria-describedby', id);
  source.append(origin, setAside);
  item.append(source);
  return { item, setAside };
}

/**
 * @param {Host} host
 * @param {Words} words
 * @param {Finding} finding
 */
function guidelineLink(host, words, { guideline }) {
  if (!URL.canParse(guideline.url) || new URL(guideline.url).protocol !== 'https:') {
    return guideline.title ? host.build('span', '', [guideline.title]) : null;
  }
  const link = host.build('a', '', [guideline.title || guideline.url]);
  link.href = guideline.url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.referrerPolicy = 'no-referrer';
  link.setAttribute('aria-description', words('cardNewTab'));
  return link;
}
