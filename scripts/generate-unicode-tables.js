#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Writes wasm/text/unicode_tables.cc from the Unicode data of the Node that runs it. Run it by hand when the
// Unicode version moves, look at the diff, commit the result; no build runs it, so a build never depends on
// the Node at hand. It holds no policy but the exceptions listed below.
// Tested by: tests/engine/text_test.cc
import { writeFileSync } from 'node:fs';

const LAST = 0x1ffff; // planes 2 and up fold to themselves, save for compatibility ideographs, which we leave
/** @param {number} cp */
const isSurrogate = (cp) => cp >= 0xd800 && cp <= 0xdfff;

/** Folds that NFKC does not know or does otherwise, each for a reason. @type {Map<number, string>} */
const CHOSEN = new Map();
for (const c of '\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u02b9\uff07') CHOSEN.set(cpOf(c), "'");
for (const c of '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02') CHOSEN.set(cpOf(c), '"');
for (const c of '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d')
  CHOSEN.set(cpOf(c), '-');
// Trade and service marks hang on a name: "Helix™" must still read as "helix".
// Superscript digits are footnotes: "Helix²" likewise.
const KEPT = new Set([0x2122, 0x2120, 0xb2, 0xb3, 0xb9]);
for (let cp = 0x2070; cp <= 0x208e; cp++)
  if (/\p{No}/u.test(String.fromCodePoint(cp))) KEPT.add(cp);

/** @param {string} c */
function cpOf(c) {
  return /** @type {number} */ (c.codePointAt(0));
}

/** NFKC case folding of one code point; '' when it is removed. @param {number} cp */
function fold(cp) {
  const chosen = CHOSEN.get(cp);
  if (chosen !== undefined) return chosen;
  const source = String.fromCodePoint(cp);
  if (KEPT.has(cp)) return source;
  if (/\p{White_Space}/u.test(source)) return ' ';
  if (/\p{Default_Ignorable_Code_Point}/u.test(source)) return '';
  let text = source;
  for (let before = ''; before !== text; ) {
    before = text;
    text = [...text.normalize('NFKC')]
      .map((c) => CHOSEN.get(cpOf(c)) ?? c.toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
      .join('')
      .normalize('NFKC');
  }
  // A lone spacing mark decomposes to space + mark, which would make a word boundary out of nothing.
  if (text.startsWith(' ') && text.length > 1) return source;
  // Compatibility ideographs and Arabic ligature words are left alone: rare in posts, and large.
  if (/\p{Script=Han}/u.test(source) || [...text].length > 4) return source;
  return text;
}

const PROPERTY = { word: 1, mark: 2, digit: 4, upper: 8, lower: 16, dense: 32, space: 64 };
/** @param {number} cp */
function properties(cp) {
  const c = String.fromCodePoint(cp);
  let bits = 0;
  if (/[\p{L}\p{M}\p{Nd}\p{Nl}_]/u.test(c)) bits |= PROPERTY.word;
  if (/\p{M}/u.test(c)) bits |= PROPERTY.mark;
  if (/\p{Nd}/u.test(c)) bits |= PROPERTY.digit;
  if (/[\p{Lu}\p{Lt}]/u.test(c)) bits |= PROPERTY.upper;
  if (/\p{Ll}/u.test(c)) bits |= PROPERTY.lower;
  if (
    /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(
      c,
    )
  ) {
    if (bits & PROPERTY.word) bits |= PROPERTY.dense;
  }
  if (/\p{White_Space}/u.test(c)) bits |= PROPERTY.space;
  return bits;
}

/** Two-stage table: equal blocks are stored once. @param {number[]} values @param {number} size */
function stages(values, size) {
  const blocks = new Map();
  /** @type {number[]} */
  const index = [];
  /** @type {number[]} */
  const data = [];
  for (let i = 0; i < values.length; i += size) {
    const block = values.slice(i, i + size);
    const key = block.join();
    if (!blocks.has(key)) {
      blocks.set(key, blocks.size);
      data.push(...block);
    }
    index.push(blocks.get(key));
  }
  return { index, data };
}

/** @param {string} type @param {string} name @param {number[]} values */
function array(type, name, values) {
  const lines = [];
  for (let i = 0; i < values.length; i += 20)
    lines.push(`    ${values.slice(i, i + 20).join(', ')},`);
  return `const ${type} ${name}[${values.length}] = {\n${lines.join('\n')}\n};\n`;
}

// Folding, as runs of code points: most of a script's capitals lie at one distance from their small letters.
// Four columns of numbers in LEB128, so that like stands beside like and compresses:
//   gaps    from the first code point of the last run to that of this one
//   shapes  (length - 1) * 4 + kind * 2 + (step - 1); step is 1 or 2
//   shifts  kind 0: what is added to a code point to fold it; odd = negative (zigzag)
//   texts   kind 1: bytes, then UTF-8 that each code point of the run folds to
const FOLD_BLOCK = 64; // code points in a block of the table that unicode.cc makes of the runs
/** @type {Map<number, string>} */
const folds = new Map();
const stable = new Set();
for (let cp = 0; cp <= LAST; cp++) {
  if (isSurrogate(cp)) continue;
  const text = fold(cp);
  if (text === String.fromCodePoint(cp)) stable.add(cp);
  else folds.set(cp, text);
}

/** What is added to a code point to fold it, when it folds to a single one. @param {number} cp */
function shiftOf(cp) {
  const text = folds.get(cp);
  return text !== undefined && [...text].length === 1 ? cpOf(text) - cp : undefined;
}

/** @type {{ first: number, length: number, step: number, shift: number | undefined, text: string }[]} */
const runs = [];
for (const [cp, text] of folds) {
  const run = runs.at(-1);
  const shift = shiftOf(cp);
  if (run !== undefined) {
    const last = run.first + (run.length - 1) * run.step;
    const step = cp - last;
    const fits = run.length === 1 ? step <= 2 : step === run.step;
    if (fits && shift !== undefined && shift === run.shift) {
      run.length++;
      run.step = step;
      continue;
    }
    const constant = run.shift === undefined || (run.length === 1 && run.text === text);
    if (constant && step === 1 && run.text === text) {
      run.shift = undefined;
      run.length++;
      continue;
    }
  }
  runs.push({ first: cp, length: 1, step: 1, shift, text });
}

/** @param {number} value */
function leb128(value) {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}
/** @type {Record<'gaps' | 'shapes' | 'shifts' | 'texts', number[]>} */
const columns = { gaps: [], shapes: [], shifts: [], texts: [] };
const blocks = new Set();
let poolSize = 0;
for (const [i, { first, length, step, shift, text }] of runs.entries()) {
  columns.gaps.push(...leb128(first - (runs[i - 1]?.first ?? 0)));
  columns.shapes.push(...leb128((length - 1) * 4 + (shift === undefined ? 2 : 0) + (step - 1)));
  if (shift !== undefined) columns.shifts.push(...leb128(shift < 0 ? -2 * shift - 1 : 2 * shift));
  else columns.texts.push(Buffer.byteLength(text), ...Buffer.from(text));
  for (let k = 0; k < length; k++) {
    const cp = first + k * step;
    const target = shift === undefined ? text : String.fromCodePoint(cp + shift);
    if (folds.get(cp) !== target) throw new Error(`the runs fold U+${cp.toString(16)} otherwise`);
    folds.delete(cp);
    blocks.add(Math.floor(cp / FOLD_BLOCK));
    if (shift !== undefined || k === 0) poolSize += 1 + Buffer.byteLength(target);
  }
}
if (folds.size > 0) throw new Error('the runs leave folds out');

// Composition of folded text: every (base, mark) whose NFC is one folded code point, in any order of marks.
const marks = new Set();
const bases = new Set();
for (let cp = 0xa0; cp <= LAST; cp++) {
  if (isSurrogate(cp)) continue;
  const parts = [...String.fromCodePoint(cp).normalize('NFD')];
  if (parts.length < 2 || (cp >= 0xac00 && cp <= 0xd7a3)) continue;
  for (const part of parts.slice(1)) marks.add(cpOf(part));
  bases.add(cp);
  bases.add(cpOf(/** @type {string} */ (parts[0])));
}
const pairs = [];
for (const base of bases) {
  if (!stable.has(base)) continue;
  for (const mark of marks) {
    const composed = [...String.fromCodePoint(base, mark).normalize('NFC')];
    if (composed.length === 1 && stable.has(cpOf(/** @type {string} */ (composed[0])))) {
      pairs.push([base, mark, cpOf(/** @type {string} */ (composed[0]))]);
    }
  }
}
pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);

const all = Array.from({ length: LAST + 1 }, (_, cp) => (isSurrogate(cp) ? 0 : properties(cp)));
const propertyTable = stages(all, 128);
const out = `// SPDX-License-Identifier: Apache-2.0
// Generated by scripts/generate-unicode-tables.js from Unicode ${process.versions.unicode}; do not edit.
// What the tables mean is in unicode.h.
#include "wasm/text/unicode_tables.h"

namespace breath::tables {
// clang-format off
const uint32_t kFoldRunCount = ${runs.length};
${array('uint8_t', 'kFoldGaps', columns.gaps)}
${array('uint8_t', 'kFoldShapes', columns.shapes)}
${array('uint8_t', 'kFoldShifts', columns.shifts)}
${array('uint8_t', 'kFoldTexts', columns.texts)}
${array('uint8_t', 'kPropertyIndex', propertyTable.index)}
${array('uint8_t', 'kPropertyData', propertyTable.data)}
${array('uint32_t', 'kCompositions', pairs.flat())}
const uint32_t kCompositionCount = ${pairs.length};
// clang-format on
}  // namespace breath::tables
`;
const header = `// SPDX-License-Identifier: Apache-2.0
// Generated by scripts/generate-unicode-tables.js; do not edit. What the tables mean is in
// unicode.h.
#ifndef BREATH_TEXT_UNICODE_TABLES_H_
#define BREATH_TEXT_UNICODE_TABLES_H_

#include <stdint.h>

namespace breath::tables {

inline constexpr uint32_t kLastCodePoint = 0x${LAST.toString(16)};
// Folding in runs, as the generator describes; unicode.cc makes a table of them.
extern const uint32_t kFoldRunCount;
extern const uint8_t kFoldGaps[${columns.gaps.length}];
extern const uint8_t kFoldShapes[${columns.shapes.length}];
extern const uint8_t kFoldShifts[${columns.shifts.length}];
extern const uint8_t kFoldTexts[${columns.texts.length}];
// Of that table: code points in a block, blocks that fold anything, bytes of the texts.
inline constexpr uint32_t kFoldBlock = ${FOLD_BLOCK};
inline constexpr uint32_t kFoldBlockCount = ${blocks.size};
inline constexpr uint32_t kFoldPoolSize = ${poolSize};
extern const uint8_t kPropertyIndex[${propertyTable.index.length}];
extern const uint8_t kPropertyData[${propertyTable.data.length}];
extern const uint32_t kCompositions[${pairs.length * 3}];
extern const uint32_t kCompositionCount;

}  // namespace breath::tables

#endif  // BREATH_TEXT_UNICODE_TABLES_H_
`;
writeFileSync(new URL('../wasm/text/unicode_tables.cc', import.meta.url), out);
writeFileSync(new URL('../wasm/text/unicode_tables.h', import.meta.url), header);
process.stdout.write(
  `Unicode ${process.versions.unicode}: fold ${Object.values(columns).flat().length} B, ` +
    `properties ${propertyTable.data.length + propertyTable.index.length} B, compositions ${pairs.length}\n`,
);
