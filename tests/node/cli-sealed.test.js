// SPDX-License-Identifier: Apache-2.0
// Sealed lists on the command line: new, lint, build, inspect, test and check; nothing that is built holds a term.
// Tested by: itself
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { breath, edit, scratch } from './cli-program.js';

const work = scratch();
const { folder, rulesCopy } = work;
after(work.remove);

const TERMS = ['Copper Osprey', 'Project X-15', 'Tulip'];

/** A rules folder with the sealed list `code-names` and a rule that looks for it. @param {string} name */
async function sealedRules(name) {
  const rules = rulesCopy(name);
  const made = await breath(['new', 'list', 'code-names', '--sealed', '--rules', rules]);
  assert.equal(made.code, 0, made.err);
  edit(join(rules, 'lists/code-names.json'), (list) => {
    assert.match(list.seal.salt, /^[0-9a-f]{32}$/);
    list.terms = TERMS;
  });
  edit(join(rules, 'hr/heat.json'), (rule) => {
    rule.when = { list: 'code-names' };
    delete rule.unless;
    delete rule.yieldsTo;
    rule.examples = { warn: ['On {{list:code-names}} today'], fine: ['On the roof today'] };
  });
  return rules;
}

describe('a sealed list', () => {
  it('is built without its terms and finds what they find', async () => {
    const rules = await sealedRules('sealed');
    const bundle = join(folder, 'sealed.json');
    const built = await breath(['build', rules, '-o', bundle]);
    assert.equal(built.code, 0, built.err);
    const text = readFileSync(bundle, 'utf8').toLowerCase();
    for (const word of ['osprey', 'copper', 'x-15', 'tulip']) assert.ok(!text.includes(word), word);
    const list = JSON.parse(readFileSync(bundle, 'utf8')).lists['code-names'];
    assert.deepEqual(Object.keys(list).sort(), ['owner', 'sealed', 'title']);
    assert.deepEqual(list.sealed.words, [1, 2, 3]);
    assert.equal(list.sealed.hashes.length, TERMS.length + 1);
    const drafts = join(folder, 'sealed.jsonl');
    const rows = [
      { id: 'a', text: 'with copper-osprey, you know', found: ['copper-osprey'] },
      { id: 'b', text: 'PROJECT  x-15!', found: ['PROJECT  x-15'] },
      { id: 'c', text: 'project x 15 and two-lips', found: [] },
      { id: 'd', text: 'a tulip’s bed, tulips', found: ['tulip'] },
    ];
    writeFileSync(drafts, rows.map(({ id, text }) => JSON.stringify({ id, text })).join('\n'));
    const checked = await breath(['check', '--jsonl', drafts, '--bundle', bundle]);
    const found = checked.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const [index, { text, found: wanted }] of rows.entries()) {
      const finding = found[index].findings.find(
        (/** @type {{ rule: string }} */ one) => one.rule === 'hr.heat',
      );
      const spans = /** @type {[number, number][]} */ (finding?.spans ?? []);
      assert.deepEqual(
        spans.map(([start, end]) => text.slice(start, end)),
        wanted,
        text,
      );
    }
  });

  it('passes its examples from source and from the bundle, and is counted', async () => {
    const rules = await sealedRules('sealed-examples');
    const bundle = join(folder, 'sealed-examples.json');
    await breath(['build', rules, '-o', bundle]);
    for (const what of [rules, bundle]) {
      const { code, out } = await breath(['test', what, '--rule', 'hr.heat']);
      assert.equal(code, 0, out);
    }
    const inspected = await breath(['inspect', bundle]);
    assert.match(inspected.out, /code-names +4, sealed/);
  });

  it('gives the same bytes each time, whatever the order of its terms', async () => {
    const rules = await sealedRules('sealed-order');
    const [one, two] = ['one', 'two'].map((name) => join(folder, `order-${name}.json`));
    await breath(['build', rules, '-o', one ?? '']);
    edit(join(rules, 'lists/code-names.json'), (list) => list.terms.reverse());
    await breath(['build', rules, '-o', two ?? '']);
    assert.deepEqual(readFileSync(one ?? ''), readFileSync(two ?? ''));
  });

  it('is warned of where a term is soon guessed, without naming it', async () => {
    const rules = await sealedRules('sealed-guess');
    const { out } = await breath(['lint', rules]);
    assert.match(out, /code-names\.json:\/terms\/2: warning seal\.guessable: /);
    assert.doesNotMatch(out, /code-names\.json:\/terms\/[01]:/);
    assert.doesNotMatch(out, /tulip/i);
  });

  const refusals = [
    {
      name: 'a star',
      change: (/** @type {any} */ list) => list.terms.push('tulip*'),
      says: /code-names\.json:\/terms\/3: bundle\.value: .*star/,
    },
    {
      name: 'a salt that is none',
      change: (/** @type {any} */ list) => {
        list.seal.salt = 'pepper';
      },
      says: /code-names\.json:\/seal: bundle\.value: /,
    },
    {
      name: 'no terms',
      change: (/** @type {any} */ list) => delete list.terms,
      says: /code-names\.json:\/terms: bundle\.type: /,
    },
  ];
  for (const [index, { name, change, says }] of refusals.entries()) {
    it(`is refused with ${name}`, async () => {
      const rules = await sealedRules(`sealed-refused-${index}`);
      edit(join(rules, 'lists/code-names.json'), change);
      const { code, err } = await breath(['build', rules, '-o', join(folder, 'never.json')]);
      assert.equal(code, 2);
      assert.match(err, says);
    });
  }

  it('is refused in a link and with seeThrough', async () => {
    const rules = await sealedRules('sealed-link');
    edit(join(rules, 'hr/heat.json'), (rule) => {
      rule.when = { link: { list: 'code-names' } };
    });
    edit(join(rules, 'hr/insults.json'), (rule) => {
      rule.when = { list: 'code-names', seeThrough: true };
    });
    const { code, err } = await breath(['build', rules, '-o', join(folder, 'never.json')]);
    assert.equal(code, 2);
    assert.match(err, /hr\/heat\.json:\/when\/link\/list: bundle\.value: .*sealed/);
    assert.match(err, /hr\/insults\.json:\/when\/seeThrough: bundle\.value: .*sealed/);
  });
});

describe('breath new list', () => {
  it('writes an open list, and never over another', async () => {
    const rules = rulesCopy('open-list');
    const { code } = await breath(['new', 'list', 'paint-colours', '--rules', rules]);
    assert.equal(code, 0);
    const list = JSON.parse(readFileSync(join(rules, 'lists/paint-colours.json'), 'utf8'));
    assert.deepEqual(list.terms, []);
    assert.equal(list.seal, undefined);
    const again = await breath(['new', 'list', 'paint-colours', '--rules', rules]);
    assert.equal(again.code, 2);
    assert.match(again.err, /file\.exists/);
    assert.equal((await breath(['new', 'list', '--rules', rules])).code, 2);
    assert.equal((await breath(['new', 'hr.parking', '--sealed', '--rules', rules])).code, 2);
  });
});
