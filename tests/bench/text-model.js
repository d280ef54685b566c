// SPDX-License-Identifier: Apache-2.0
// Makes posts that look like posts to a matcher: common words by rank, rare words made of syllables, sentences, line breaks,
// hashtags, mentions, links, numbers, and in one post of five signs beyond ASCII. The words mean nothing; no real text is used.
// Tested by: tests/node/bench.test.js

/** @typedef {import('./random.js').Random} Random */

// Most frequent first: the head of the frequency curve decides how often a literal filter is asked.
const COMMON =
  'the to and a of in is for on that with it you we this be are our have as was at i not my from your but all they has will an or ' +
  'so can what just about their more one who if out when up there new how time people do no me like get work now some team great ' +
  'today been would them than only into us her his he she year first over make good day also after other many had really back ' +
  'week see know think next need way even every because best last help here thank where most love well two these life want long ' +
  'project learn start share job world still again things thing change company right better meeting look customer office talk ' +
  'proud always hard lead home part idea event build product friend question answer book weekend coffee train morning evening ' +
  'lesson story young old small large city street school hand side number point place case word fact month night water room ' +
  'mother area money power business issue game line end member law car community name president minute kind head house service ' +
  'father hour market data value result plan price report rate account order level form field study paper group process piece ' +
  'season chance journey growth career skill mentor panel speaker launch design feature update release version tool stack code ' +
  'review test server browser screen page link post comment reply photo video camera sound music river mountain garden winter ' +
  'summer spring autumn rain sun snow wind light shadow colour green blue red black white yellow bread cheese apple orange lemon';
const ONSETS =
  'b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sk sl sm sn sp st str t th tr v w y z'.split(
    ' ',
  );
const VOWELS = 'a e i o u ai ea ee ie oa ou ue y'.split(' ');
const CODAS = ' b ck d ft g l ld lt m mp n nd ng nt p r rd rk rm rn s sk st t x'.split(' ');
const ENDINGS = ' er ing ed ly s ment tion al ist ous'.split(' ');
const BREAKS = ['. ', '. ', '. ', '! ', '? ', '.\n', '.\n\n', ' 🎉 ', ' … '];
const MANY_LETTERS = [
  'café',
  'naïve',
  'Zürich',
  'résumé',
  'don’t',
  'it’s',
  'we’re',
  'São',
  'jalapeño',
];
const HEX = '0123456789abcdef';

/** One language: its words by rank, and how to draw from them. */
export class TextModel {
  /** @type {string[]} most frequent first, all lower-case ASCII letters, no word twice */
  words;
  #cumulative;
  #random;

  /**
   * @param {Random} random
   * @param {number} [size] number of words
   */
  constructor(random, size = 20000) {
    this.#random = random;
    const words = new Set(COMMON.split(' '));
    while (words.size < size) words.add(madeUpWord(random));
    this.words = [...words];
    // Zipf's law with exponent 1, near enough to English.
    this.#cumulative = new Float64Array(this.words.length);
    let sum = 0;
    for (let i = 0; i < this.words.length; i++) this.#cumulative[i] = sum += 1 / (i + 2);
  }

  /** A word as often as its rank says. */
  word() {
    const total = /** @type {number} */ (this.#cumulative.at(-1));
    const wanted = this.#random.next() * total;
    let low = 0;
    let high = this.words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (this.#cumulative[middle]) < wanted) low = middle + 1;
      else high = middle;
    }
    return /** @type {string} */ (this.words[low]);
  }

  /** @param {number} first lowest rank @param {number} [end] any word of these ranks is as likely */
  wordOfRank(first, end = this.words.length) {
    return /** @type {string} */ (this.words[this.#random.between(first, end - 1)]);
  }

  /**
   * A post as its parts: words, and what stands before each. A phrase is planted or taken out at a word, never inside one.
   * @param {number} units length aimed at, in UTF-16 units; the text is up to 14 shorter
   * @returns {Post}
   */
  post(units) {
    const random = this.#random;
    const post = new Post();
    const isWide = random.chance(0.2);
    let begins = true;
    while (post.length < units) {
      let gap = begins ? '' : ' ';
      if (!begins && random.chance(0.09)) gap = random.chance(0.5) ? ', ' : ` (`;
      if (gap === ' (') gap = '; ';
      let isStart = begins;
      if (!begins && random.chance(0.075)) {
        gap = random.pick(isWide ? BREAKS : BREAKS.slice(0, 7));
        isStart = true;
      }
      let word = this.word();
      const kind = random.next();
      if (kind < 0.012) word = `#${word}`;
      else if (kind < 0.022) word = `@${word}${random.below(100)}`;
      else if (kind < 0.04) word = String(random.below(random.pick([10, 100, 3000, 1e6])));
      else if (kind < 0.043) word = `https://${word}.example/${random.string(7, HEX)}`;
      else if (kind < 0.06 && isWide) word = random.pick(MANY_LETTERS);
      else if (kind < 0.07) word = word.toUpperCase();
      else if (isStart || kind < 0.1) word = capital(word);
      if (post.length + gap.length + word.length > units) break;
      post.add(gap, word);
      begins = false;
    }
    return post;
  }
}

/** A text with its words kept apart. */
export class Post {
  /** @type {string[]} what stands before each word */
  gaps = [];
  /** @type {string[]} */
  words = [];
  length = 0;

  /** @param {string} gap @param {string} word */
  add(gap, word) {
    this.gaps.push(gap);
    this.words.push(word);
    this.length += gap.length + word.length;
  }

  toString() {
    let text = '';
    for (let i = 0; i < this.words.length; i++) text += `${this.gaps[i]}${this.words[i]}`;
    return text;
  }
}

/** @param {Random} random */
function madeUpWord(random) {
  let word = '';
  for (let n = random.pick([1, 2, 2, 2, 3, 3]); n > 0; n--) {
    word += random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS);
  }
  return word + random.pick(ENDINGS);
}

/** @param {string} word */
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
