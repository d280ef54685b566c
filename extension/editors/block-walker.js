// SPDX-License-Identifier: Apache-2.0
// Reads the exact text of a rich editor and remembers which text node every piece came from.
// `innerText` will not do: it adds one to three line breaks for each blank line in every rich editor.
// A block without a block inside is a line; lines are joined by "\n"; an empty block is an empty line; a `<br>` breaks
// the line unless it is the last thing in its block, where it only holds the block open. Writes nothing.
// Tested by: tests/node/editors.test.js, tests/browser/specs/

/**
 * `text.slice(start, start + length)` came from `node`, from `offset` on. An atomic piece stands for a whole element (an
 * image); a piece of no length marks a place where a caret may stand: an empty line or a break.
 * @typedef {{ start: number, length: number, node: Node, offset: number, atomic: boolean }} Segment
 * @typedef {{ text: string, segments: Segment[] }} BlockText
 * @typedef {{ display: string, whiteSpace: string }} NodeStyle
 * @typedef {'keep' | 'collapse' | 'lines'} Spaces  what happens to runs of white space: pre-wrap, normal, pre-line
 * @typedef {{ value: string, node: Node, offset: number, kind: 'text' | 'atom' | 'break', loose: boolean }} Piece
 */

/** What editors place among the text that nobody typed. */
const NOT_TEXT = [
  '[data-slate-placeholder]',
  '[data-lexical-cursor]',
  '[class*="Placeholder"]:not(p):not([data-block])',
  '.ql-clipboard',
  '.ql-tooltip',
  '.ProseMirror-separator',
  '.ProseMirror-gapcursor',
  '[aria-hidden="true"]',
  'button',
  'select',
  'style',
  'script',
  'template',
  'svg',
].join(',');

/** Fillers of editors: zero-width space, no-break space of zero width, word joiner. */
const FILLERS = /[\u200B\uFEFF\u2060]/;
const WHITE = /[ \t\n\r\f]/;

/**
 * @param {Element} root                                  the editable element
 * @param {(element: Element) => NodeStyle} styleOf       computed style
 * @returns {BlockText}
 */
export function readBlocks(root, styleOf) {
  const reader = new BlockReader(styleOf);
  reader.readChildren(root, spacesOf(styleOf(root)));
  reader.endLine(root);
  return { text: reader.text.join(''), segments: reader.segments };
}

class BlockReader {
  /** @param {(element: Element) => NodeStyle} styleOf */
  constructor(styleOf) {
    this.styleOf = styleOf;
    /** @type {string[]} */
    this.text = [];
    this.length = 0;
    /** @type {Segment[]} */
    this.segments = [];
    this.lines = 0;
    /** @type {Piece[]} The line being read. */
    this.line = [];
  }

  /**
   * @param {Element} element
   * @param {Spaces} spaces
   */
  readChildren(element, spaces) {
    for (let node = element.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === 3) this.addText(/** @type {Text} */ (node), spaces);
      else if (node.nodeType === 1) this.readElement(/** @type {Element} */ (node));
    }
  }

  /** @param {Element} element */
  readElement(element) {
    const name = element.localName;
    if (name === 'br') {
      this.line.push({ value: '\n', node: element, offset: 0, kind: 'break', loose: false });
      return;
    }
    if (element.matches(NOT_TEXT)) return;
    const style = this.styleOf(element);
    if (style.display === 'none') return;
    if (name === 'img') {
      const value =
        element.getAttribute('data-stringify-text') ?? element.getAttribute('alt') ?? '';
      if (value) this.line.push({ value, node: element, offset: 0, kind: 'atom', loose: false });
      return;
    }
    if (!isBlock(style.display)) {
      this.readChildren(element, spacesOf(style));
      return;
    }
    this.endLine(element);
    const before = this.lines;
    this.readChildren(element, spacesOf(style));
    this.endLine(element);
    if (this.lines === before) this.writeLine([], element);
  }

  /**
   * @param {Text} node
   * @param {Spaces} spaces
   */
  addText(node, spaces) {
    const data = node.data;
    if (spaces === 'keep' && !FILLERS.test(data)) {
      if (data) this.line.push({ value: data, node, offset: 0, kind: 'text', loose: false });
      return;
    }
    let from = 0;
    for (let at = 0; at < data.length; at++) {
      const character = data.charAt(at);
      if (FILLERS.test(character)) {
        this.addPiece(node, data, from, at);
        from = at + 1;
      } else if (spaces !== 'keep' && WHITE.test(character)) {
        this.addPiece(node, data, from, at);
        if (spaces === 'lines' && character === '\n') {
          this.dropLooseSpace();
          this.line.push({ value: '\n', node, offset: at, kind: 'text', loose: false });
        } else if (!this.endsInSpace()) {
          this.line.push({ value: ' ', node, offset: at, kind: 'text', loose: true });
        }
        from = at + 1;
      }
    }
    this.addPiece(node, data, from, data.length);
  }

  /**
   * @param {Text} node
   * @param {string} data
   * @param {number} from
   * @param {number} to
   */
  addPiece(node, data, from, to) {
    if (to <= from) return;
    const value = data.slice(from, to);
    this.line.push({ value, node, offset: from, kind: 'text', loose: false });
  }

  /** Whether a further collapsible space would not be seen. */
  endsInSpace() {
    const last = this.line.at(-1);
    return !last || last.loose || last.kind === 'break' || last.value.endsWith('\n');
  }

  dropLooseSpace() {
    if (this.line.at(-1)?.loose) this.line.pop();
  }

  /**
   * Closes the line being read, if there is one.
   * @param {Element} place  where it stood
   */
  endLine(place) {
    const pieces = this.line;
    this.line = [];
    while (pieces.at(-1)?.loose) pieces.pop();
    if (pieces.length === 0 || isLayoutOnly(pieces)) return;
    const last = pieces[pieces.length - 1];
    if (last?.kind === 'break') {
      pieces.pop();
    } else if (last?.kind === 'text' && last.value.endsWith('\n')) {
      last.value = last.value.slice(0, -1);
    }
    this.writeLine(pieces, last?.kind === 'break' && pieces.length === 0 ? last.node : place);
  }

  /**
   * @param {Piece[]} pieces
   * @param {Node} place  where a caret stands when the line is empty
   */
  writeLine(pieces, place) {
    if (this.lines > 0) this.write('\n');
    this.lines++;
    if (pieces.length === 0) {
      this.segments.push({ start: this.length, length: 0, node: place, offset: 0, atomic: false });
    }
    for (let index = 0; index < pieces.length; index++) {
      const piece = /** @type {Piece} */ (pieces[index]);
      const next = pieces[index + 1];
      // A collapsible space before a break is not shown.
      if (piece.loose && next?.kind === 'break') continue;
      this.segments.push({
        start: this.length,
        length: piece.kind === 'break' ? 0 : piece.value.length,
        node: piece.node,
        offset: piece.offset,
        atomic: piece.kind === 'atom',
      });
      this.write(piece.value);
    }
  }

  /** @param {string} value */
  write(value) {
    this.text.push(value);
    this.length += value.length;
  }
}

/**
 * White space with a line break in it that stands between blocks is indentation of the page's source.
 * @param {Piece[]} pieces
 */
function isLayoutOnly(pieces) {
  return (
    pieces.every((piece) => piece.kind === 'text' && piece.value.trim() === '') &&
    pieces.some((piece) => piece.value.includes('\n'))
  );
}

/** @param {string} display */
function isBlock(display) {
  return display !== '' && !/^(inline|contents|ruby)/.test(display);
}

/**
 * @param {NodeStyle} style
 * @returns {Spaces}
 */
function spacesOf({ whiteSpace }) {
  if (whiteSpace === 'normal' || whiteSpace === 'nowrap') return 'collapse';
  return whiteSpace === 'pre-line' ? 'lines' : 'keep';
}

/**
 * Where `[start, end)` of the text lies in the page.
 * @param {BlockText} read
 * @param {number} start
 * @param {number} end
 * @param {Document} page
 * @returns {Range | null} null when the text in between came from no node (line breaks only)
 */
export function rangeOf(read, start, end, page) {
  const first = read.segments[segmentAt(read.segments, start)];
  const last = lastBefore(read.segments, end);
  if (!first || !last || last.start < first.start) return null;
  const range = page.createRange();
  const from = Math.max(0, start - first.start);
  if (first.atomic) range.setStartBefore(first.node);
  else range.setStart(first.node, first.offset + from);
  if (last.atomic) range.setEndAfter(last.node);
  else range.setEnd(last.node, last.offset + Math.min(last.length, end - last.start));
  return range;
}

/**
 * Index of the first piece with text that ends after `at`.
 * @param {Segment[]} segments
 * @param {number} at
 */
function segmentAt(segments, at) {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = /** @type {Segment} */ (segments[middle]);
    if (segment.start + segment.length > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * @param {Segment[]} segments
 * @param {number} end
 */
function lastBefore(segments, end) {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {Segment} */ (segments[middle]).start < end) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && segments[low - 1]?.length === 0) low--;
  return segments[low - 1];
}
