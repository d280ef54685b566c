// SPDX-License-Identifier: Apache-2.0
// What the benchmark rests on: seeded rules and texts that are what they claim to be, statistics, and the talk with a contestant. No
// test here takes a time.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '../../extension/engine/engine.js';
import { bundleBytes, CONTEXT, loadableBundle } from '../bench/bundles.js';
import { contestantsFor, differentTask, OURS } from '../bench/contestants.js';
import { makeCorpus } from '../bench/corpus.js';
import { TRICKS } from '../bench/disguise.js';
import { patternRule } from '../bench/gitleaks.js';
import { hostileTexts } from '../bench/hostile-texts.js';
import { compareCounts, instructionsIn } from '../bench/instructions.js';
import { reference } from '../bench/peers/v8.js';
import { seeded } from '../bench/random.js';
import { figure, report } from '../bench/report.js';
import { mixedRules, phraseRules, secretRules } from '../bench/rule-sets.js';
import { SECRET_FAMILIES } from '../bench/secret-families.js';
import { sizeOf } from '../bench/sizes.js';
import { agreement, percentile, ratioOfMedians } from '../bench/statistics.js';
import { summarise } from '../bench/summary.js';
import { TextModel } from '../bench/text-model.js';
import { makePool, PhraseFinder, secretNearMiss } from '../bench/texts.js';
import { typedTexts } from '../bench/typing.js';
import { portionsFor, RULE_SETS } from '../bench/workloads.js';

/** @typedef {import('../bench/bench-types.d.ts').BenchRule} BenchRule */

const folder = mkdtempSync(join(tmpdir(), 'breath-bench-'));
after(() => rmSync(folder, { recursive: true }));
const wasm = readFileSync(new URL('../../build/wasm/engine.wasm', import.meta.url));
const model = new TextModel(seeded('words'), 6000);

/** @param {BenchRule[]} rules what the slow reference finds */
const referenceFor = (rules) =>
  reference({ contestant: '', rules, bundle: '', packed: 1, hitsBy: 'end', pools: {} });

describe('randomness', () => {
  it('is the same for the same seed and another for another', () => {
    /** @param {string} seed */
    const some = (seed) => {
      const random = seeded(seed);
      return Array.from({ length: 20 }, () => random.below(1000)).join();
    };
    assert.equal(some('a'), some('a'));
    assert.notEqual(some('a'), some('b'));
  });

  it('reaches both ends of a range and nothing beyond', () => {
    const random = seeded('range');
    const drawn = new Set(Array.from({ length: 1000 }, () => random.between(3, 6)));
    assert.deepEqual([...drawn].sort(), [3, 4, 5, 6]);
  });
});

describe('statistics', () => {
  const rows = [
    { name: 'a single value', values: [7], share: 0.99, want: 7 },
    { name: 'the median of an odd number', values: [9, 1, 5], share: 0.5, want: 5 },
    { name: 'the lower median of an even number', values: [4, 1, 3, 2], share: 0.5, want: 2 },
    {
      name: 'p99 of a hundred',
      values: Array.from({ length: 100 }, (_, i) => 100 - i),
      share: 0.99,
      want: 99,
    },
    { name: 'the maximum', values: [2, 10, 9], share: 1, want: 10 },
    { name: 'numbers, not their spelling', values: [100, 20, 3], share: 0.5, want: 20 },
  ];
  for (const { name, values, share, want } of rows) {
    it(`take as a percentile ${name}`, () => assert.equal(percentile(values, share), want));
  }

  it('have no percentile and no ratio of nothing', () => {
    assert.throws(() => percentile([], 0.5), RangeError);
    assert.throws(() => ratioOfMedians([], [1], seeded('x')), RangeError);
  });

  it('are sure of a ratio that every round shows', () => {
    const ours = [10, 11, 12, 13, 14];
    const both = ratioOfMedians(
      ours.map((value) => value * 3),
      ours,
      seeded('sure'),
    );
    assert.deepEqual(both, { ratio: 3, low: 3, high: 3 });
  });

  it('are unsure of a ratio that rests on a few rounds', () => {
    const random = seeded('noise');
    const theirs = Array.from({ length: 30 }, () => 50 + random.below(100));
    const ours = Array.from({ length: 30 }, () => 50 + random.below(100));
    const { ratio, low, high } = ratioOfMedians(theirs, ours, random);
    assert.ok(low < ratio && ratio < high, `${low} ${ratio} ${high}`);
    assert.ok(low < 1 && high > 1, 'two equal programs must not look different');
  });

  it('count hits that are missing and hits that are too many', () => {
    const wanted = new Set(['a', 'b', 'c', 'd']);
    assert.deepEqual(agreement(new Set(['a', 'b', 'x']), wanted), {
      recall: 0.5,
      precision: 2 / 3,
      wanted: 4,
      found: 3,
    });
    assert.equal(agreement(new Set(), new Set()).recall, 1);
  });
});

describe('texts', () => {
  it('are drawn from words that are all different', () => {
    assert.equal(new Set(model.words).size, 6000);
    assert.ok(model.words.every((word) => /^[a-z]+$/.test(word)));
  });

  it('keep to the length asked for', () => {
    for (let i = 0; i < 200; i++) {
      const { length } = model.post(280).toString();
      assert.ok(length <= 280 && length > 200, String(length));
    }
  });

  it('are beyond ASCII in about one post of five', () => {
    const posts = Array.from({ length: 500 }, () => model.post(500).toString());
    const wide = posts.filter((post) => /\P{ASCII}/u.test(post)).length;
    assert.ok(wide > 50 && wide < 150, String(wide));
  });

  it('let the slow finder see phrases as whole words only', () => {
    const post = model.post(10);
    post.words.splice(
      0,
      Number.POSITIVE_INFINITY,
      'Red',
      'carpet',
      'scarred',
      'carpeting',
      '#red',
      'carpet',
    );
    post.gaps = post.words.map(() => ' ');
    assert.deepEqual(new PhraseFinder(['red carpet', 'car']).find(post), [1, 5]);
  });

  const rules = phraseRules(model, seeded('rules'), 150);
  const slow = referenceFor(rules);
  for (const [kind, hits] of /** @type {const} */ ([
    ['clean', 0],
    ['hit', 1],
  ])) {
    it(`that are to be ${kind} hold ${hits} matches by the slow reference`, () => {
      const pool = makePool({ model, random: seeded(kind), rules, units: 280, kind, count: 150 });
      const counts = pool.texts.map((text) => slow.count(text));
      assert.deepEqual(
        counts,
        counts.map(() => hits),
      );
      assert.equal(new Set(pool.texts).size, 150, 'no text may be seen twice');
    });
  }

  it('of secrets hold the one that was planted', () => {
    const secrets = secretRules(seeded('secrets'));
    const all = referenceFor(secrets);
    /** @param {'clean' | 'hit'} kind */
    const counts = (kind) =>
      makePool({
        model,
        random: seeded('s'),
        rules: secrets,
        units: 400,
        kind,
        count: 60,
        nearMiss: secretNearMiss,
      }).texts.map((text) => all.count(text));
    assert.ok(counts('clean').every((count) => count === 0));
    assert.ok(counts('hit').every((count) => Number(count) >= 1));
  });

  it('that are typed end whole and change with every keystroke', () => {
    const text = model.post(600).toString();
    const states = typedTexts(text, seeded('typing'));
    assert.equal(states.at(-1), text);
    assert.ok(states.every((state, i) => i === 0 || state !== states[i - 1]));
    assert.ok(
      states.some((state, i) => i > 0 && state.length < (states[i - 1] ?? '').length),
      'slips',
    );
  });

  it('that are hostile are 64 Ki units long, three of each kind', () => {
    for (const { name, texts } of hostileTexts(rules, seeded('hostile'))) {
      assert.deepEqual(
        texts.map(({ length }) => length <= 65536 && length > 10000),
        [true, true, true],
        name,
      );
    }
  });

  it('that are disguised hide the phrase from a plain search', () => {
    for (const [name, trick] of Object.entries(TRICKS)) {
      assert.ok(!trick('golden mountain').includes('golden mountain'), name);
    }
  });

  it('make a corpus of JSON lines of the size asked for', () => {
    const path = makeCorpus({ model, rules, megabytes: 0.1, folder });
    const lines = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.ok(lines.every(({ id, text }, i) => id === i && typeof text === 'string'));
    assert.ok(readFileSync(path).length >= 100000);
  });
});

describe('rules', () => {
  it('of secrets match their own examples, and no two are the same family', () => {
    assert.ok(SECRET_FAMILIES.length >= 200);
    assert.equal(new Set(SECRET_FAMILIES.map(({ id }) => id)).size, SECRET_FAMILIES.length);
    for (const { regex, ignoreCase, example, keywords } of secretRules(seeded('own'))) {
      assert.match(example, new RegExp(regex, ignoreCase ? 'i' : ''));
      assert.ok(
        keywords.some((keyword) => example.toLowerCase().includes(keyword)),
        regex,
      );
    }
  });

  it('that are mixed have the shares they claim', () => {
    const kinds = mixedRules(model, seeded('mixed'), 400).map(({ literals, when }) =>
      literals === undefined
        ? /"(pattern|number|secret)"/.exec(JSON.stringify(when))?.[1]
        : literals.length > 1
          ? 'names'
          : 'phrase',
    );
    /** @param {string} kind */
    const share = (kind) => kinds.filter((each) => each === kind).length / 400;
    assert.deepEqual(
      ['phrase', 'names', 'pattern', 'number', 'secret'].map(share),
      [0.6, 0.2, 0.1, 0.05, 0.05],
    );
  });

  it('are taken by the engine, which finds what was planted and nothing else', async () => {
    const rules = mixedRules(model, seeded('engine'), 100);
    const { bytes, note } = await loadableBundle(wasm, rules);
    assert.equal(note, '');
    const set = (await loadEngine(wasm)).load(bytes);
    for (const kind of /** @type {const} */ (['clean', 'hit'])) {
      const { texts } = makePool({
        model,
        random: seeded(kind),
        rules,
        units: 280,
        kind,
        count: 100,
      });
      const outcomes = new Set(texts.map((text) => set.check(text, CONTEXT).outcome));
      assert.deepEqual([...outcomes], [kind === 'clean' ? 'clean' : 'findings']);
    }
  });

  it('that stand packed hold the same phrases', () => {
    const rules = phraseRules(model, seeded('packed'), 12);
    const packed = JSON.parse(new TextDecoder().decode(bundleBytes(rules, 5)));
    assert.deepEqual(
      packed.rules.map((/** @type {any} */ rule) => rule.when.words.length),
      [5, 5, 2],
    );
    assert.deepEqual(
      packed.rules.flatMap((/** @type {any} */ rule) => rule.when.words),
      rules.flatMap(({ literals }) => literals),
    );
  });

  it('of a scanner lose the anchors our format does not take, and nothing else', () => {
    const line = JSON.stringify({
      id: 'x',
      regex: '(?i)\\bkey-([a-f]{4})(?:[\'"]|$)',
      keywords: ['key-'],
    });
    assert.equal(patternRule(line, true).when.pattern, '(?i)\\bkey-([a-f]{4})(?:[\'"]|$)');
    const { when, regex, ignoreCase } = patternRule(line, false);
    assert.deepEqual(
      [when.pattern, regex, ignoreCase],
      ['(?i)key-([a-f]{4})(?:[\'"]|$)', 'key-([a-f]{4})(?:[\'"]|$)', true],
    );
    const escaped = JSON.stringify({ id: 'x', regex: 'a\\\\b', keywords: [] });
    assert.equal(
      patternRule(escaped, false).regex,
      'a\\\\b',
      'a backslash and a b are no boundary',
    );
  });
});

describe('a contest', () => {
  it('has us in every workload, first, and marks only others as different', () => {
    for (const name of [...Object.keys(RULE_SETS), 'gitleaks']) {
      const [first] = contestantsFor(name);
      assert.equal(first?.name, OURS);
      assert.equal(first && differentTask(first, name), '');
    }
    assert.ok(!contestantsFor('W1-1000').some(({ name }) => name === 're2js loop'));
  });

  it('gives every round texts of its own', () => {
    for (const [isQuick, rounds] of /** @type {const} */ ([
      [true, 5],
      [false, 30],
    ])) {
      for (const { perRound } of portionsFor(isQuick, rounds)) {
        assert.equal(perRound % rounds, 0);
        // A batch of 64 calls must fit, or the clock's own cost shows.
        assert.ok(perRound / rounds >= (isQuick ? 16 : 64));
      }
    }
  });

  it('gets from a contestant the hits of the reference', () => {
    const rules = phraseRules(model, seeded('talk'), 40);
    const { texts } = makePool({
      model,
      random: seeded('talk'),
      rules,
      units: 280,
      kind: 'hit',
      count: 12,
    });
    const pool = join(folder, 'pool.json');
    const task = join(folder, 'task.json');
    writeFileSync(pool, JSON.stringify(texts));
    writeFileSync(
      task,
      JSON.stringify({
        contestant: 'V8 loop',
        rules,
        bundle: '',
        packed: 1,
        hitsBy: 'end',
        pools: { some: pool },
      }),
    );
    const requests = [
      { do: 'warm', pool: 'some', first: 0, count: 4, milliseconds: 60_000 },
      { do: 'round', pool: 'some', first: 0, count: 12, batch: 4 },
      { do: 'sample', pool: 'some', first: 2, count: 10 },
    ];
    const script = fileURLToPath(new URL('../bench/contestant.js', import.meta.url));
    const { stdout } = spawnSync(process.execPath, [script, task], {
      encoding: 'utf8',
      input: requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
    });
    const [ready, warm, round, sample] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(ready.ready, true);
    assert.equal(warm.used, 4);
    assert.equal(round.nanoseconds.length, 3);
    assert.equal(round.found, 12);
    const slow = referenceFor(rules);
    const wanted = texts
      .slice(2)
      .flatMap((text, i) =>
        /** @type {[number, number][]} */ (slow.hits(text)).map(([rule, end]) => [i, rule, end]),
      );
    assert.deepEqual(sample.hits, wanted);
  });

  it('is summed up as ratios to us, and says what did not run', () => {
    const file = join(folder, 'texts.json');
    writeFileSync(file, JSON.stringify(['x'.repeat(300)]));
    const rounds = [1000, 1100, 1200];
    const base = {
      setupMs: 1,
      note: '',
      failure: '',
      hits: new Set(['280-clean 0 1 5']),
      rss: 1,
      wasm: 0,
    };
    const measured = { rounds, calls: rounds, batch: 1, found: 0, again: 5 };
    const slower = { ...measured, rounds: rounds.map((value) => value * 4) };
    const contest = summarise(
      {
        name: 'W1-100',
        title: 'T',
        note: '',
        bundleSize: 10,
        task: { rules: [], bundle: '', packed: 1, hitsBy: 'end', pools: { '280-clean': file } },
        portions: {},
      },
      [
        { ...base, name: OURS, pools: { '280-clean': measured } },
        { ...base, name: 'V8 loop', pools: { '280-clean': slower } },
        {
          ...base,
          name: 'npm re2 Set',
          pools: { '280-clean': { ...measured, rounds: [], calls: [], skipped: '900 ms a call' } },
        },
      ],
      { ...base, name: 'reference', pools: {} },
    );
    const [ours, v8, set] = contest.rows.map(({ pools }) => pools['280-clean']);
    assert.ok(ours && v8 && set && !('skipped' in ours) && !('skipped' in v8) && 'skipped' in set);
    assert.equal(v8.ratio.ratio, 4);
    assert.equal(Math.round(ours.megabytesPerSecond), 273);
    assert.equal(set.skipped, '900 ms a call');
    const nothing = {
      cold: [],
      typing: [],
      hostile: [],
      corpus: [],
      sizes: [],
      missing: [],
      instructions: null,
    };
    const text = report({
      ...nothing,
      contests: [contest],
      remarks: ['a remark'],
      machine: 'm',
      load: { before: 0, after: 1 },
      engine: 'hash',
      date: '2026-11-21T00:00:00Z',
      rounds: 3,
      seconds: 1,
      isQuick: true,
      versions: {},
    });
    assert.match(text, /quick run: no claims/);
    assert.match(text, /280-clean not run: 900 ms a call/);
    assert.match(text, /- a remark/);
  });
});

describe('instruction counts', () => {
  it('are read from the end of a finished file only', () => {
    assert.equal(instructionsIn('version: 1\nfn=(1)\n1 2\n\ntotals: 12345\n'), 12345);
    assert.throws(() => instructionsIn('version: 1\nfn=(1)\n'), /no total/);
  });

  it('are compared with a tolerance, slower ones first', () => {
    const committed = {
      compiler: 'c',
      perByte: { a: 100, b: 100, c: 100, gone: 1 },
      load: { a: 1000 },
    };
    const now = {
      compiler: 'c',
      perByte: { a: 102.9, b: 90, c: 130, fresh: 1 },
      load: { a: 1100 },
    };
    assert.deepEqual(
      compareCounts(now, committed).map(({ name }) => name),
      ['c', 'a load', 'b'],
    );
  });
});

describe('the report', () => {
  const rows = /** @type {[number, string][]} */ ([
    [0, '0'],
    [0.01234, '0.0123'],
    [1.239, '1.24'],
    [56.78, '56.8'],
    [1234.5, '1,230'],
    [Number.NaN, '-'],
  ]);
  for (const [value, want] of rows) {
    it(`writes ${value} as ${want}`, () => assert.equal(figure(value), want));
  }

  it('measures bytes as they are and as they travel', () => {
    const { raw, gzip, brotli } = sizeOf('a', new Uint8Array(10000));
    assert.equal(raw, 10000);
    assert.ok(gzip < 100 && brotli < 100);
  });
});
