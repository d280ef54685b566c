// SPDX-License-Identifier: Apache-2.0
// The exact text of rich editors, where each piece of it came from, and the person's own words as the card quotes them.
// The nodes are stand-ins; real editors in real browsers are in tests/browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quoteOf } from '../../extension/card/quote.js';
import { rangeOf, readBlocks } from '../../extension/editors/block-walker.js';

/** @typedef {{ [name: string]: string }} Attributes */

const INLINE = new Set(['span', 'a', 'b', 'strong', 'em', 'br', 'img', 'code']);

class Text {
  nodeType = 3;
  /** @type {any} */ nextSibling = null;
  /** @type {any} */ parentNode = null;
  /** @param {string} data */
  constructor(data) {
    this.data = data;
  }
}

class Element {
  nodeType = 1;
  /** @type {any} */ nextSibling = null;
  /** @type {any} */ parentNode = null;
  /**
   * @param {string} localName
   * @param {Attributes} attributes
   * @param {(Text | Element)[]} childNodes
   */
  constructor(localName, attributes, childNodes) {
    this.localName = localName;
    this.attributes = attributes;
    this.childNodes = childNodes;
    for (const [index, child] of childNodes.entries()) {
      child.nextSibling = childNodes[index + 1] ?? null;
      child.parentNode = this;
    }
  }
  /** @returns {any} */
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  /** @param {string} name */
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
  /** Only what these tests need of the one selector list there is. */
  matches() {
    return this.localName === 'button' || this.attributes['aria-hidden'] === 'true';
  }
}

/**
 * @param {string} name   `p`, or `p.pre` for white space kept
 * @param {...(string | Element | Attributes)} content
 */
function h(name, ...content) {
  const attributes = /** @type {Attributes} */ (
    Object.assign(
      {},
      ...content.filter((each) => !(each instanceof Element) && typeof each === 'object'),
    )
  );
  const children = content
    .filter((each) => typeof each === 'string' || each instanceof Element)
    .map((each) => (typeof each === 'string' ? new Text(each) : each));
  return new Element(name, attributes, children);
}

/** @param {Element} root @param {string} [whiteSpace] */
function read(root, whiteSpace = 'pre-wrap') {
  return readBlocks(/** @type {any} */ (root), (element) => ({
    display:
      element.getAttribute('display') ?? (INLINE.has(element.localName) ? 'inline' : 'block'),
    whiteSpace: element.getAttribute('white') ?? whiteSpace,
  }));
}

describe('the text of a rich editor', () => {
  const br = () => h('br');
  for (const { name, root, text, whiteSpace } of [
    { name: 'nothing', root: h('div'), text: '' },
    { name: 'an empty paragraph', root: h('div', h('p', br())), text: '' },
    { name: 'one paragraph', root: h('div', h('p', 'one')), text: 'one' },
    {
      name: 'an empty line between paragraphs',
      root: h('div', h('p', 'one'), h('p', br()), h('p', 'two')),
      text: 'one\n\ntwo',
    },
    {
      name: 'two empty lines at the end',
      root: h('div', h('p', 'one'), h('p', br()), h('p', br())),
      text: 'one\n\n',
    },
    { name: 'a soft break', root: h('div', h('p', 'one', br(), 'two')), text: 'one\ntwo' },
    { name: 'a filler after text', root: h('div', h('p', 'one', br())), text: 'one' },
    { name: 'a break and a filler', root: h('div', h('p', 'one', br(), br())), text: 'one\n' },
    {
      name: 'nested blocks (Draft.js)',
      root: h(
        'div',
        h(
          'div',
          h('div', h('div', h('span', h('span', 'one')))),
          h('div', h('div', h('span', br()))),
        ),
      ),
      text: 'one\n',
    },
    {
      name: 'text beside blocks (plain contenteditable)',
      root: h('div', 'one', h('div', 'two'), h('div', br()), h('div', 'three')),
      text: 'one\ntwo\n\nthree',
    },
    {
      name: 'a list',
      root: h('div', h('ul', h('li', 'one'), h('li', h('p', 'two')))),
      text: 'one\ntwo',
    },
    { name: 'kept spaces', root: h('div', h('p', 'a  b ')), text: 'a  b ' },
    {
      name: 'collapsed spaces',
      root: h('div', '\n  ', h('p', ' a \n b  ', h('b', ' c'), ' '), '\n'),
      text: 'a b c',
      whiteSpace: 'normal',
    },
    {
      name: 'no-break spaces in collapsed text',
      root: h('div', h('p', 'a \u00A0b')),
      text: 'a \u00A0b',
      whiteSpace: 'normal',
    },
    {
      name: 'lines kept, spaces collapsed',
      root: h('div', h('p', 'a  b \n c')),
      text: 'a b\nc',
      whiteSpace: 'pre-line',
    },
    {
      name: 'the last break of kept text, which shows as nothing',
      root: h('div', 'one\ntwo\n'),
      text: 'one\ntwo',
    },
    {
      name: "the source's own line breaks between blocks",
      root: h('div', '\n', h('p', 'one'), '\n', h('p', 'two'), '\n'),
      text: 'one\ntwo',
    },
    { name: 'fillers of editors', root: h('div', h('p', '\uFEFFa\u200Bb\u2060')), text: 'ab' },
    { name: 'joined emoji', root: h('div', h('p', '👩‍👧 ok')), text: '👩‍👧 ok' },
    {
      name: 'images with words',
      root: h(
        'div',
        h('p', 'hi ', h('img', { alt: '🙂' }), h('img', { 'data-stringify-text': ':x:' })),
      ),
      text: 'hi 🙂:x:',
    },
    {
      name: 'what is hidden or not text',
      root: h(
        'div',
        h('p', 'a', h('span', { 'aria-hidden': 'true' }, 'no'), h('button', 'no')),
        h('p', { display: 'none' }, 'no'),
      ),
      text: 'a',
    },
    {
      name: 'a block inside an inline element',
      root: h('div', h('span', 'one', h('div', 'two'), 'three')),
      text: 'one\ntwo\nthree',
    },
  ]) {
    it(`reads ${name}`, () => assert.equal(read(root, whiteSpace).text, text));
  }

  it('reads ten thousand lines', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => h('p', `line ${index}`));
    assert.equal(read(h('div', ...lines)).text.split('\n').length, 10_000);
  });

  it('says where every unit of the text came from', () => {
    const root = h(
      'div',
      h('p', 'one ', h('b', 'two')),
      h('p', h('br')),
      h('p', 'a\uFEFFb', h('img', { alt: ':)' }), 'c'),
    );
    const { text, segments } = read(root);
    assert.equal(text, 'one two\n\nab:)c');
    for (const { start, length, node, offset, atomic } of segments) {
      if (length === 0) continue;
      const part = text.slice(start, start + length);
      const from = /** @type {any} */ (node);
      assert.equal(
        part,
        atomic ? from.getAttribute('alt') : from.data.slice(offset, offset + length),
      );
    }
    const covered = segments.reduce((sum, { length }) => sum + length, 0);
    assert.equal(covered, text.replaceAll('\n', '').length);
  });

  it('finds the place of a span again', () => {
    const root = h('div', h('p', 'one two'), h('p', 'three', h('img', { alt: '!!' }), 'four'));
    const { text, segments } = read(root);
    const page = /** @type {any} */ ({
      createRange: () => ({
        from: /** @type {unknown[]} */ ([]),
        to: /** @type {unknown[]} */ ([]),
        setStart(/** @type {any} */ node, /** @type {number} */ offset) {
          this.from = [node.data, offset];
        },
        setEnd(/** @type {any} */ node, /** @type {number} */ offset) {
          this.to = [node.data, offset];
        },
        setStartBefore(/** @type {any} */ node) {
          this.from = [node.localName, 'before'];
        },
        setEndAfter(/** @type {any} */ node) {
          this.to = [node.localName, 'after'];
        },
      }),
    });
    const place = (/** @type {string} */ words) => {
      const start = text.indexOf(words);
      const range = /** @type {any} */ (
        rangeOf({ text, segments }, start, start + words.length, page)
      );
      return range && { from: range.from, to: range.to };
    };
    assert.deepEqual(place('two'), { from: ['one two', 4], to: ['one two', 7] });
    assert.deepEqual(place('two\nthree'), { from: ['one two', 4], to: ['three', 5] });
    assert.deepEqual(place('!'), { from: ['img', 'before'], to: ['img', 'after'] });
    assert.deepEqual(place('four'), { from: ['four', 0], to: ['four', 4] });
    assert.equal(place('\n'), null);
  });
});

describe('the quote on the card', () => {
  /** @param {string} text @param {string[]} words */
  const quoted = (text, words) =>
    quoteOf(
      text,
      words.map((word) => [text.indexOf(word), text.indexOf(word) + word.length]),
    )
      .map(({ text: part, marked }) => (marked ? `[${part}]` : part))
      .join('');

  for (const { name, text, words, quote } of [
    { name: 'a short draft whole', text: 'a bad day', words: ['bad'], quote: 'a [bad] day' },
    { name: 'only the line', text: 'one\ntwo bad\nthree', words: ['bad'], quote: 'two [bad]' },
    {
      name: 'every mark near the first',
      text: 'bad and worse',
      words: ['bad', 'worse'],
      quote: '[bad] and [worse]',
    },
    { name: 'a mark over lines', text: 'x a\nb y', words: ['a\nb'], quote: 'x [a\nb] y' },
  ]) {
    it(`shows ${name}`, () => assert.equal(quoted(text, words), quote));
  }

  it('cuts a long line at words and says so', () => {
    const text = `${'before '.repeat(30)}BAD ${'after '.repeat(30)}`;
    const quote = quoted(text, ['BAD']);
    assert.match(quote, /^… before .*\[BAD\] after .* …$/);
    assert.ok(quote.length < 130);
  });

  it('never cuts a character of two units', () => {
    const text = `${'😀'.repeat(60)}BAD${'😀'.repeat(60)}`;
    for (const part of quoteOf(text, [[120, 123]])) {
      assert.ok(!part.text.includes('\uFFFD') && encodeURIComponent(part.text));
    }
  });

  it('shortens a mark of a thousand words', () => {
    const text = 'bad '.repeat(1000);
    const length = quoteOf(text, [[0, text.length]]).reduce(
      (sum, part) => sum + part.text.length,
      0,
    );
    assert.ok(length < 300);
  });

  it('shows nothing when nothing is marked', () => assert.deepEqual(quoteOf('text', []), []));
});
