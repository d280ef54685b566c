// SPDX-License-Identifier: Apache-2.0
// A short way round JSON.parse for the lines most archives are made of: one flat object, ASCII, no backslash, no
// control characters, whole numbers. It says no to every other line, and what it says yes to it reads as JSON.parse does.
// Why: with JSON.parse alone a worker reads about half as many lines a second (tests/node/corpus-lines.test.js compares
// the two, it does not time them).
// Tested by: tests/node/corpus-lines.test.js

/**
 * The members of a line that mean something, in this order; `undefined` when it has none of that name.
 * @typedef {{ id: unknown, text: unknown, site: unknown, surface: unknown, audience: unknown, at: unknown,
 *   reply: unknown, media: unknown, lang: unknown }} Line
 */

const [LF, QUOTE, COMMA, COLON, SPACE, ZERO, NINE, OPEN, CLOSE] = /** @type {const} */ ([
  ...[0x0a, 0x22, 0x2c, 0x3a, 0x20, 0x30, 0x39, 0x7b, 0x7d],
]);
/** Digits of a number that a double surely holds. */
const MOST_DIGITS = 15;
const WORDS = /** @type {const} */ ([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** @returns {Line} */
export const emptyLine = () => ({
  id: undefined,
  text: undefined,
  site: undefined,
  surface: undefined,
  audience: undefined,
  at: undefined,
  reply: undefined,
  media: undefined,
  lang: undefined,
});

/** @param {Line} line @param {string} key @param {unknown} value */
function put(line, key, value) {
  switch (key) {
    case 'id':
      line.id = value;
      break;
    case 'text':
      line.text = value;
      break;
    case 'site':
      line.site = value;
      break;
    case 'surface':
      line.surface = value;
      break;
    case 'audience':
      line.audience = value;
      break;
    case 'at':
      line.at = value;
      break;
    case 'reply':
      line.reply = value;
      break;
    case 'media':
      line.media = value;
      break;
    case 'lang':
      line.lang = value;
      break;
    default: // means nothing to us
  }
}

/** @param {number} byte */
const isOdd = (byte) => byte >= 0x80 || (byte < 0x20 && byte !== LF);

/**
 * The first byte at or behind `from` that no plain line holds: a control character but LF, or no ASCII. Four at a time.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Int32Array<ArrayBuffer>} words the same memory
 * @param {number} from
 * @returns {number} the length of `bytes` when there is none
 */
function findOdd(bytes, words, from) {
  let at = from;
  for (; at % 4 !== 0 && at < bytes.length; at += 1) if (isOdd(bytes[at] ?? 0)) return at;
  for (let i = at / 4; i < words.length; i += 1) {
    const word = words[i] ?? 0;
    if ((((word - 0x20202020) | word) & 0x80808080) === 0) continue;
    for (at = i * 4; at < i * 4 + 4; at += 1) if (isOdd(bytes[at] ?? 0)) return at;
  }
  for (at = Math.max(at, words.length * 4); at < bytes.length; at += 1) {
    if (isOdd(bytes[at] ?? 0)) return at;
  }
  return bytes.length;
}

/** Reads the plain lines of one batch, from its beginning to its end. */
export class PlainReader {
  #at = 0;
  /** @type {unknown} */
  #value;
  /** The next backslash that is not behind us. */
  #backslash = -1;

  /** The next byte that no plain line holds and that is not behind us. */
  #odd = -1;
  #words;

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes that begin a buffer
   * @param {string} batch the same, each byte a character
   */
  constructor(bytes, batch) {
    this.bytes = bytes;
    this.batch = batch;
    this.#words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  }

  /**
   * @param {number} from
   * @param {number} end of the line
   * @returns {Line | null} null when the line is not plain, which says nothing about whether it is JSON
   */
  read(from, end) {
    const { batch } = this;
    if (batch.charCodeAt(from) !== OPEN || batch.charCodeAt(end - 1) !== CLOSE) return null;
    if (this.#odd < from) this.#odd = findOdd(this.bytes, this.#words, from);
    if (this.#odd < end) return null;
    if (this.#backslash < from) {
      const found = batch.indexOf('\\', from);
      this.#backslash = found < 0 ? batch.length : found;
    }
    if (this.#backslash < end) return null;
    const line = emptyLine();
    this.#at = from + 1;
    for (;;) {
      const keyStart = this.#at + 1;
      if (batch.charCodeAt(this.#at) !== QUOTE) return null;
      const keyEnd = batch.indexOf('"', keyStart);
      if (keyEnd < 0 || keyEnd >= end || batch.charCodeAt(keyEnd + 1) !== COLON) return null;
      this.#at = keyEnd + (batch.charCodeAt(keyEnd + 2) === SPACE ? 3 : 2);
      if (!this.#takeValue(end)) return null;
      put(line, batch.slice(keyStart, keyEnd), this.#value);
      const next = batch.charCodeAt(this.#at);
      if (next === CLOSE) return this.#at === end - 1 ? line : null;
      if (next !== COMMA) return null;
      this.#at += batch.charCodeAt(this.#at + 1) === SPACE ? 2 : 1;
    }
  }

  /** @param {number} end of the line */
  #takeValue(end) {
    const { batch } = this;
    const first = batch.charCodeAt(this.#at);
    if (first === QUOTE) {
      const close = batch.indexOf('"', this.#at + 1);
      if (close < 0 || close >= end) return false;
      this.#value = batch.slice(this.#at + 1, close);
      this.#at = close + 1;
      return true;
    }
    if (first >= ZERO && first <= NINE) return this.#takeDigits();
    for (const [word, value] of WORDS) {
      if (!batch.startsWith(word, this.#at)) continue;
      this.#value = value;
      this.#at += word.length;
      return true;
    }
    return false;
  }

  #takeDigits() {
    const { batch } = this;
    const start = this.#at;
    let number = 0;
    let at = start;
    for (let c = batch.charCodeAt(at); c >= ZERO && c <= NINE; c = batch.charCodeAt(at)) {
      number = number * 10 + (c - ZERO);
      at += 1;
    }
    const hasLeadingZero = batch.charCodeAt(start) === ZERO && at > start + 1;
    if (hasLeadingZero || at - start > MOST_DIGITS) return false;
    this.#value = number;
    this.#at = at;
    return true;
  }
}
