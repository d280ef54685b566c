// SPDX-License-Identifier: Apache-2.0
// engine.wasm against the oracle of tests/oracle: the same random bundles and drafts the native engine is held to, with the
// verdicts build/native/print_cases says. BREATH_ORACLE_CASES and BREATH_ORACLE_SEED ask for more or other ones.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '../../extension/engine/engine.js';

/** @typedef {import('../../extension/shared/types.d.ts').DraftContext} DraftContext */
/**
 * @typedef {object} OracleCase
 * @property {number} seed
 * @property {object} bundle
 * @property {string} draft
 * @property {DraftContext} context
 * @property {{ rule: string, severity: number, spans: [number, number][] }[]} findings
 */

const root = new URL('../../', import.meta.url);
const printer = fileURLToPath(new URL('build/native/print_cases', root));
const SEVERITIES = ['note', 'pause', 'strong'];
const cases = Number(process.env['BREATH_ORACLE_CASES'] ?? 3000);
const seed = Number(process.env['BREATH_ORACLE_SEED'] ?? 100_000);

/** The printed cases one after the other: together they are too long for one string.
 * @returns {AsyncGenerator<OracleCase>}
 */
async function* printedCases() {
  const child = spawn(printer, [String(cases), String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let rest = '';
  // Not readline: it also breaks lines at U+2028, which JSON leaves as it is.
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
  assert.equal(await ended, 0, 'the printer of cases failed');
}

test('engine.wasm and the oracle agree on random rules and drafts', {
  skip: existsSync(printer)
    ? false
    : 'build/native/print_cases is not built: scripts/test --only native',
}, async (t) => {
  const engine = await loadEngine(readFileSync(new URL('build/wasm/engine.wasm', root)));
  const encoder = new TextEncoder();
  let count = 0;
  let spoke = 0;
  for await (const one of printedCases()) {
    const ruleSet = engine.load(encoder.encode(JSON.stringify(one.bundle)));
    const verdict = ruleSet.check(one.draft, one.context);
    ruleSet.unload();
    const findings = verdict.findings.map((finding) => ({
      rule: finding.rule,
      severity: SEVERITIES.indexOf(finding.severity),
      spans: finding.spans,
    }));
    const name = `seed ${one.seed}: ${JSON.stringify({ bundle: one.bundle, draft: one.draft, context: one.context })}`;
    assert.deepEqual(findings, one.findings, name);
    assert.deepEqual(verdict.unchecked, [], name);
    assert.equal(verdict.outcome, one.findings.length > 0 ? 'findings' : 'clean', name);
    count++;
    spoke += findings.length;
  }
  t.diagnostic(`${count} cases from seed ${seed}, ${spoke} rules spoke`);
  assert.equal(count, cases);
  assert.ok(spoke > cases / 10, `only ${spoke} rules spoke`);
});
