// SPDX-License-Identifier: Apache-2.0
// The patterns of a secret scanner, where they lie beside the checkout, as rules of ours: read when the benchmark runs, never kept.
// Our format does not take \b: one at an end of a pattern is dropped for every program.
// Tested by: tests/node/bench.test.js
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusals } from './bundles.js';

/** @typedef {import('./bench-types.d.ts').BenchRule} BenchRule */

/**
 * @param {string} line of the patterns file
 * @param {boolean} asGiven
 * @returns {BenchRule & { id: string }}
 */
export function patternRule(line, asGiven) {
  /** @type {{ id: string, regex: string, keywords: string[] }} */
  const { id, regex, keywords } = JSON.parse(line);
  const ignoreCase = regex.startsWith('(?i)');
  const bare = ignoreCase ? regex.slice(4) : regex;
  const body = asGiven ? bare : bare.replace(/^\\b/, '').replace(/(?<!\\)((?:\\\\)*)\\b$/, '$1');
  return {
    id,
    when: { pattern: ignoreCase ? `(?i)${body}` : body, view: 'raw' },
    regex: body,
    ignoreCase,
    keywords,
    isActive: true,
    example: '',
  };
}

/**
 * @param {string} data folder with the patterns and the test strings
 * @param {Uint8Array<ArrayBuffer>} wasm engine.wasm, which judges the patterns
 * @returns {Promise<{ title: string, rules: BenchRule[], hits: string[], refused: string[], refusedAsGiven: number } | null>} null when
 *   the folder has no such files
 */
export async function gitleaksRules(data, wasm) {
  const patterns = join(data, 'gitleaks-patterns.jsonl');
  const secrets = join(data, 'secrets-dev.jsonl');
  if (!existsSync(patterns) || !existsSync(secrets)) return null;
  const lines = readFileSync(patterns, 'utf8').trim().split('\n');
  const asGiven = await refusals(
    wasm,
    lines.map((line) => patternRule(line, true)),
  );
  const rules = lines.map((line) => patternRule(line, false));
  const reasons = await refusals(wasm, rules);
  const kept = rules.filter((_, i) => reasons[i] === '');
  return {
    title: `${kept.length} patterns of a secret scanner`,
    rules: kept,
    hits: readFileSync(secrets, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ source, label }) => source === 'gitleaks' && label === 'positive')
      .map((row) => Buffer.from(row.text_b64, 'base64').toString('utf8'))
      .filter((text) => text.length < 250),
    refused: rules.flatMap(({ id }, i) => (reasons[i] === '' ? [] : [`${id} (${reasons[i]})`])),
    refusedAsGiven: asGiven.filter((reason) => reason !== '').length,
  };
}
