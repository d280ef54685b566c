// SPDX-License-Identifier: Apache-2.0
// The default rules judged by the engine: their own examples, the texts nobody may be warned about, how often ordinary
// writing is interrupted, and the values that fill placeholders. Sets outside the repository are skipped when absent.
// Tested by: itself
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  fillPlaceholders,
  PLACEHOLDER_NAMES,
  runExamples,
} from '../../extension/bundle/examples.js';
import { loadRules } from '../../scripts/commands/loading.js';

/** @typedef {import('../../extension/bundle/examples.js').SourceRules} SourceRules */
/** @typedef {{ suite: string, group: string | null, label: string, text: string, audience: string }} Draft */

const top = fileURLToPath(new URL('../..', import.meta.url));
const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const BOTH = /** @type {const} */ (['external', 'internal']);
const GROUPS = ['G01', 'G02', 'G04', 'G05', 'G13', 'G14', 'G15'];

/** @param {string} name @returns {{ skip: string | false }} */
const needs = (name) => ({
  skip: existsSync(join(data, name)) ? false : `no ../shared/data/${name} beside the repository`,
});
/** @param {string} name */
const linesOf = (name) =>
  readFileSync(join(data, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** @type {import('../../scripts/commands/loading.js').Loaded} */
let loaded;
/** @type {SourceRules} */
let source;
before(async () => {
  loaded = await loadRules(join(top, 'rules'));
  source = /** @type {SourceRules} */ (/** @type {unknown} */ (loaded.bundle));
});

/** @param {string} text @param {'external' | 'internal'} audience */
const findings = (text, audience) =>
  loaded.ruleSet.check(text, { site: 'linkedin', surface: 'post', audience, at: 0 }).findings;

/** @param {Draft} draft */
const filled = (draft) =>
  fillPlaceholders(draft.text.replaceAll('<slur>', '{{list:slurs}}'), 'drafts', source.lists);

/** @param {Draft} draft */
const audiencesOf = (draft) =>
  BOTH.filter((each) => draft.audience === 'both' || draft.audience === each);

describe('every rule and guard', () => {
  it('passes its own examples', () => {
    const { results, failed } = runExamples(loaded.ruleSet, source);
    const failures = results.filter((result) => !result.passed);
    assert.equal(failed, 0, failures.map((f) => `${f.id} ${f.label}: ${f.why}`).join('\n'));
  });

  it('leaves the texts that guards protect without any finding', () => {
    for (const guard of source.guards ?? []) {
      for (const example of guard.examples.silent) {
        const text = typeof example === 'string' ? example : example.text;
        for (const audience of BOTH) {
          const rules = findings(text, audience).map((finding) => finding.rule);
          assert.deepEqual(rules, [], `${guard.id}: ${text}`);
        }
      }
    }
  });

  it('carries at least eight warn and eight fine examples', () => {
    for (const { id, examples } of source.rules) {
      assert.ok(examples.warn.length >= 8, `${id} has ${examples.warn.length} warn examples`);
      assert.ok(examples.fine.length >= 8, `${id} has ${examples.fine.length} fine examples`);
    }
  });

  it('has a schema for its kind beside it', () => {
    const schemas = readdirSync(join(top, 'rules/schema')).sort();
    for (const kind of ['bundle', 'condition', 'definition', 'guard', 'list', 'rule']) {
      assert.ok(schemas.includes(`${kind}.schema.json`), kind);
      JSON.parse(readFileSync(join(top, `rules/schema/${kind}.schema.json`), 'utf8'));
    }
  });

  it('speaks in the groups this release promises', () => {
    const groups = new Set(loaded.ruleSet.description.rules.map((rule) => rule.group));
    for (const group of GROUPS) assert.ok(groups.has(group), group);
  });

  it('covers the caught words with its spans', () => {
    const text = 'The staging password is kR9vTq2!Lm today';
    const spans = findings(text, 'external')[0]?.spans ?? [];
    assert.deepEqual(
      spans.map(([start, end]) => text.slice(start, end)),
      ['kR9vTq2!Lm'],
    );
  });
});

describe('development drafts', () => {
  it('leaves all 44 protected drafts silent for both audiences', needs('drafts-dev.jsonl'), () => {
    const drafts = draftsOf('protected');
    assert.equal(drafts.length, 44);
    const loud = drafts.flatMap((draft) =>
      BOTH.flatMap((audience) =>
        findings(filled(draft), audience).map((finding) => `${finding.rule}: ${draft.text}`),
      ),
    );
    assert.deepEqual(loud, []);
  });

  it(
    'warns about the four drafts beyond the limits of the guard',
    needs('drafts-dev.jsonl'),
    () => {
      const drafts = draftsOf('guard-limit');
      assert.equal(drafts.length, 4);
      for (const draft of drafts) assertCaught(draft);
    },
  );

  for (const group of GROUPS) {
    it(
      `catches the ${group} drafts and leaves their look-alikes alone`,
      needs('drafts-dev.jsonl'),
      () => {
        const drafts = draftsOf('group').filter((draft) => draft.group === group);
        assert.ok(drafts.length >= 12);
        for (const draft of drafts) {
          if (draft.label === 'warn') assertCaught(draft);
          else assertSilent(draft);
        }
      },
    );
  }
});

describe('ordinary writing', () => {
  const sets = [
    { name: 'workplace-background-dev.txt', cards: 0.003, notes: 0.02 },
    { name: 'tweets-background-dev.txt', cards: 0.015, notes: 0.05 },
  ];
  for (const { name, cards, notes } of sets) {
    it(`is rarely interrupted: ${name}`, needs(name), () => {
      const texts = linesOf(name);
      let interrupted = 0;
      let marked = 0;
      for (const text of texts) {
        const severity = findings(text, 'external')[0]?.severity;
        if (severity === 'note') marked += 1;
        else if (severity !== undefined) interrupted += 1;
      }
      assert.ok(interrupted / texts.length <= cards, `${interrupted} of ${texts.length} cards`);
      assert.ok(marked / texts.length <= notes, `${marked} of ${texts.length} notes`);
    });
  }

  it('never warns because a group of people is named', needs('identity-dev.jsonl'), () => {
    const phrases = linesOf('identity-dev.jsonl').map((line) => JSON.parse(line).phrase);
    const loud = phrases.filter((phrase) => findings(phrase, 'external').length > 0);
    assert.ok(loud.length / phrases.length <= 0.005, `${loud.length} of ${phrases.length}`);
  });
});

describe('placeholders', () => {
  it('are filled with the same value each time, and with another for another seed', () => {
    for (const name of PLACEHOLDER_NAMES) {
      const text = `a {{${name}}} b`;
      assert.equal(fillPlaceholders(text, 1), fillPlaceholders(text, 1), name);
      assert.notEqual(fillPlaceholders(text, 1), fillPlaceholders(text, 2), name);
      assert.doesNotMatch(fillPlaceholders(text, 1), /\{\{/, name);
    }
  });

  it('stay as they are when the name is unknown', () => {
    assert.equal(fillPlaceholders('{{nothing}} {{constructor}}', 1), '{{nothing}} {{constructor}}');
  });

  it('take the first term of a list, without its star', () => {
    const lists = { fruit: { terms: ['pear*', 'apple'] } };
    assert.equal(
      fillPlaceholders('a {{list:fruit}}s {{list:none}}', 1, lists),
      'a pears {{list:none}}',
    );
  });

  it('give values the engine takes for real ones, whatever the seed', () => {
    const secrets = PLACEHOLDER_NAMES.filter((name) => /key|token|pat$|jwt/.test(name));
    const prefixed = secrets.filter(
      (name) => !['token', 'azure_key', 'private_key'].includes(name),
    );
    for (let seed = 0; seed < 25; seed += 1) {
      for (const name of prefixed) {
        const text = fillPlaceholders(`see {{${name}}} there`, seed);
        assert.ok(findings(text, 'external').length > 0, `${name} with seed ${seed}`);
      }
      for (const name of ['card', 'iban', 'ssn']) {
        const text = fillPlaceholders(`see {{${name}}} there`, seed);
        assert.ok(findings(text, 'external').length > 0, `${name} with seed ${seed}`);
      }
      const password = fillPlaceholders('the password is {{password}} now', seed);
      assert.ok(findings(password, 'external').length > 0, `password with seed ${seed}`);
    }
  });
});

/** @param {string} suite @returns {Draft[]} */
function draftsOf(suite) {
  return linesOf('drafts-dev.jsonl')
    .map((line) => /** @type {Draft} */ (JSON.parse(line)))
    .filter((draft) => draft.suite === suite);
}

/** @param {Draft} draft */
function assertCaught(draft) {
  const groupOf = new Map(loaded.ruleSet.description.rules.map((rule) => [rule.id, rule.group]));
  for (const audience of audiencesOf(draft)) {
    const groups = findings(filled(draft), audience).map((finding) => groupOf.get(finding.rule));
    assert.ok(groups.includes(draft.group ?? ''), `${audience}, silent: ${draft.text}`);
  }
}

/** @param {Draft} draft */
function assertSilent(draft) {
  for (const audience of audiencesOf(draft)) {
    const rules = findings(filled(draft), audience).map((finding) => finding.rule);
    assert.deepEqual(rules, [], `${audience}: ${draft.text}`);
  }
}
