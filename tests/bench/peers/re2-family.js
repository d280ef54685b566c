// SPDX-License-Identifier: Apache-2.0
// RE2 in its three shapes on npm: bound to Node (re2), compiled to WebAssembly (re2-wasm) and rewritten in JavaScript (re2js). A set
// answers with rule numbers alone; what it names is run again for the offsets, as a caller would have to.
// Tested by: tests/node/bench.test.js

/** @typedef {import('../bench-types.d.ts').BenchRule} BenchRule */
/** @typedef {import('../bench-types.d.ts').Matcher} Matcher */
/** @typedef {import('../bench-types.d.ts').Task} Task */
/** @typedef {(text: string, found: (rule: number, end: number) => void) => void} EachHit */

/** @param {EachHit} each @returns {Matcher} */
function matcherOf(each) {
  return {
    unit: 'utf16',
    count: (text) => {
      let count = 0;
      each(text, () => count++);
      return count;
    },
    hits: (text) => {
      /** @type {[number, number][]} */
      const hits = [];
      each(text, (rule, end) => hits.push([rule, end]));
      return hits;
    },
  };
}

/**
 * @param {{ lastIndex: number, exec: (text: string) => unknown }} regex with the flag g
 * @param {string} text
 * @param {(end: number) => void} found
 */
function eachEnd(regex, text, found) {
  regex.lastIndex = 0;
  while (regex.exec(text) !== null) found(regex.lastIndex);
}

/** @param {Task} task */
export async function re2Loop({ rules }) {
  const { default: RE2 } = await import('re2');
  const regexes = rules.map(({ regex, ignoreCase }) => new RE2(regex, ignoreCase ? 'gi' : 'g'));
  return matcherOf((text, found) => {
    for (let i = 0; i < regexes.length; i++)
      eachEnd(/** @type {any} */ (regexes[i]), text, (end) => found(i, end));
  });
}

/** @param {Task} task */
export async function re2Set({ rules }) {
  const { default: RE2 } = await import('re2');
  // A set has one case rule, so it is written into each expression.
  const set = new RE2.Set(
    rules.map(({ regex, ignoreCase }) => (ignoreCase ? `(?i:${regex})` : regex)),
  );
  /** @type {Record<number, any>} */
  const regexes = {};
  return matcherOf((text, found) => {
    for (const i of set.match(text)) {
      const { regex, ignoreCase } = /** @type {BenchRule} */ (rules[i]);
      const made = regexes[i] ?? new RE2(regex, ignoreCase ? 'gi' : 'g');
      regexes[i] = made;
      eachEnd(made, text, (end) => found(i, end));
    }
  });
}

/** @param {Task} task */
export async function re2WasmLoop({ rules }) {
  const { RE2 } = await import('re2-wasm');
  // It insists on the flag u.
  const regexes = rules.map(({ regex, ignoreCase }) => new RE2(regex, ignoreCase ? 'giu' : 'gu'));
  return matcherOf((text, found) => {
    for (let i = 0; i < regexes.length; i++)
      eachEnd(/** @type {any} */ (regexes[i]), text, (end) => found(i, end));
  });
}

/** @param {Task} task */
export async function re2jsLoop({ rules }) {
  const { RE2JS } = await import('re2js');
  const regexes = rules.map(({ regex, ignoreCase }) =>
    RE2JS.compile(regex, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0),
  );
  return matcherOf((text, found) => {
    for (let i = 0; i < regexes.length; i++) {
      const matcher = regexes[i].matcher(text);
      while (matcher.find()) found(i, matcher.end());
    }
  });
}
