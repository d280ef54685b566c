// SPDX-License-Identifier: Apache-2.0
// Finds the id of a line as it was written, for ids that JSON.parse would change. It reads only what JSON.parse took.
// Tested by: tests/node/corpus.test.js

const SPACE = /[ \t\r\n]*/y;

/** @param {string} json @param {number} at @returns {number} the next place that is no space */
function skipSpace(json, at) {
  SPACE.lastIndex = at;
  SPACE.test(json);
  return SPACE.lastIndex;
}

/** @param {string} json @param {number} at of the opening quote @returns {number} behind the closing one */
function stringEnd(json, at) {
  let end = at + 1;
  while (json[end] !== '"') end += json[end] === '\\' ? 2 : 1;
  return end + 1;
}

/** @param {string} json @param {number} at where a value begins @returns {number} of the `,` or `}` behind it */
function valueEnd(json, at) {
  let depth = 0;
  let end = at;
  for (;;) {
    const c = json[end];
    if (c === '"') {
      end = stringEnd(json, end);
      continue;
    }
    if (c === '[' || c === '{') depth += 1;
    else if (depth > 0) depth -= c === ']' || c === '}' ? 1 : 0;
    else if (c === ',' || c === '}') return end;
    end += 1;
  }
}

/**
 * @param {string} json one object that JSON.parse took and that has an id
 * @returns {string} the last `id` of it, as written
 */
export function rawId(json) {
  let found = '';
  let at = skipSpace(json, json.indexOf('{') + 1);
  while (json[at] !== '}') {
    const keyEnd = stringEnd(json, at);
    const key = JSON.parse(json.slice(at, keyEnd));
    const from = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = valueEnd(json, from);
    if (key === 'id') found = json.slice(from, end).trimEnd();
    at = json[end] === ',' ? skipSpace(json, end + 1) : end;
  }
  return found;
}
