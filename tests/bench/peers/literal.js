// SPDX-License-Identifier: Apache-2.0
// Matchers of many literals: an Aho-Corasick automaton, YARA-X, and a word filter that sees through disguises. Each is given the
// spellings of a phrase that it would not find by itself.
// Tested by: tests/node/bench.test.js
import { readFileSync } from 'node:fs';

/** @typedef {import('../bench-types.d.ts').Matcher} Matcher */
/** @typedef {import('../bench-types.d.ts').Task} Task */

/** What the benchmark's texts put between the words of a phrase. */
const GAPS = [' ', '-', '  ', '\n'];

/** @param {Task} task @returns {Promise<Matcher>} */
export async function ahoCorasick({ rules }) {
  const { default: FastAhoCorasick } = await import('modern-ahocorasick/fast');
  const patterns = rules.flatMap(({ literals = [] }, rule) =>
    literals.flatMap((phrase) =>
      (phrase.includes(' ') ? GAPS : [' ']).map((gap) => ({
        pattern: phrase.replaceAll(' ', gap),
        data: rule,
      })),
    ),
  );
  const automaton = new FastAhoCorasick(patterns, { boundary: 'unicode' });
  return {
    unit: 'utf16',
    // No letter of the benchmark's texts changes its length in lower case.
    count: (text) => automaton.count(text.toLowerCase()),
    hits: (text) =>
      automaton
        .search(text.toLowerCase())
        .map((/** @type {{ data: number, end: number }} */ { data, end }) => [data, end]),
  };
}

/** @param {Task} task @returns {Promise<Matcher>} */
export async function yara({ rules }) {
  const { Compiler, initSync } = await import('@virustotal/yara-x');
  const module = new URL(import.meta.resolve('@virustotal/yara-x'));
  const { memory } = initSync({ module: readFileSync(new URL('yara_x_js_bg.wasm', module)) });
  const compiler = new Compiler();
  const source = rules.map(({ regex, ignoreCase, literals }, i) => {
    const strings =
      literals?.length === 1
        ? spellings(literals[0] ?? '').map(
            (each, n) => `$s${n} = ${JSON.stringify(each)} fullword nocase`,
          )
        : [`$s = /${regex.replaceAll('/', '\\/')}/${ignoreCase ? 'i' : ''}`];
    return `rule r${i} { strings: ${strings.join(' ')} condition: any of them }`;
  });
  compiler.addSource(source.join('\n'));
  const scanner = compiler.build().scanner();
  const encoder = new TextEncoder();
  /** @typedef {{ identifier: string, patterns: { matches: { offset: number, length: number }[] }[] }} Found */
  /** @param {string} text @returns {Found[]} */
  const scan = (text) => scanner.scan(encoder.encode(text)).matches;
  return {
    unit: 'utf8',
    count: (text) => scan(text).length,
    hits: (text) =>
      scan(text).flatMap(({ identifier, patterns }) =>
        patterns.flatMap(({ matches }) =>
          matches.map(
            ({ offset, length }) =>
              /** @type {[number, number]} */ ([Number(identifier.slice(1)), offset + length]),
          ),
        ),
      ),
    wasmBytes: () => memory.buffer.byteLength,
  };
}

/** @param {string} phrase */
const spellings = (phrase) =>
  phrase.includes(' ') ? GAPS.map((gap) => phrase.replaceAll(' ', gap)) : [phrase];

/** @param {Task} task @returns {Promise<Matcher>} */
export async function obscenity({ rules }) {
  const { RegExpMatcher, englishRecommendedBlacklistMatcherTransformers, parseRawPattern } =
    await import('obscenity');
  /** @type {{ id: number, pattern: unknown }[]} */
  const blacklistedTerms = [];
  /** @type {number[]} */
  const owners = [];
  for (const [rule, { literals = [], isActive }] of rules.entries()) {
    if (!isActive) continue;
    for (const phrase of literals) {
      blacklistedTerms.push({ id: owners.length, pattern: parseRawPattern(`|${phrase}|`) });
      owners.push(rule);
    }
  }
  const matcher = new RegExpMatcher({
    blacklistedTerms,
    blacklistMatcherTransformers: englishRecommendedBlacklistMatcherTransformers,
  });
  /** @param {string} text @returns {{ termId: number, endIndex: number }[]} */
  const all = (text) => matcher.getAllMatches(text);
  return {
    unit: 'utf16',
    count: (text) => all(text).length,
    hits: (text) => all(text).map(({ termId, endIndex }) => [owners[termId] ?? -1, endIndex + 1]),
  };
}
