// SPDX-License-Identifier: Apache-2.0
// The command line for people who write rules: build, test, lint, new, inspect, explain. Each test starts the program anew.
// Tested by: itself
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { breath, edit, scratch } from './cli-program.js';

const work = scratch();
const { folder, rulesCopy } = work;
after(work.remove);

describe('breath build', () => {
  it('gives the same bytes each time', async () => {
    const first = join(folder, 'first.json');
    const second = join(folder, 'second.json');
    const one = await breath(['build', '-o', first]);
    await breath(['build', 'rules', '--output', second]);
    assert.equal(one.code, 0);
    assert.match(one.out, /\d+ rules, \d+ guards, \d+ bytes, sha256 [0-9a-f]{64}/);
    assert.deepEqual(readFileSync(first), readFileSync(second));
  });

  it('refuses a rule without owner, purpose, guideline or examples, and names file and place', async () => {
    for (const member of ['owner', 'purpose', 'guideline', 'examples', 'reviewBy', 'say']) {
      const rules = rulesCopy(`without-${member}`);
      edit(join(rules, 'hr/heat.json'), (rule) => delete rule[member]);
      const { code, err } = await breath(['build', rules, '-o', join(folder, 'never.json')]);
      assert.equal(code, 2, member);
      assert.match(err, /hr\/heat\.json:\/\S*: bundle\.missing-member: /, member);
    }
    assert.throws(() => readFileSync(join(folder, 'never.json')));
  });

  it('names every file that is wrong in one run', async () => {
    const rules = rulesCopy('several');
    edit(join(rules, 'hr/heat.json'), (rule) => {
      rule.colour = 'red';
    });
    edit(join(rules, 'hr/insults.json'), (rule) => {
      rule.when = { wrods: ['x'] };
    });
    edit(join(rules, 'protected/unions.json'), (guard) => {
      guard.when = { list: 'nowhere' };
    });
    const { code, err } = await breath(['build', rules, '-o', join(folder, 'never.json')]);
    assert.equal(code, 2);
    assert.match(err, /hr\/heat\.json:\/colour: bundle\.unknown-member: /);
    assert.match(err, /hr\/insults\.json:\/when\S*: rule\.unknown-operator: /);
    assert.match(err, /protected\/unions\.json:\/when\/list: rule\.unknown-list: /);
  });

  const spoiled = [
    {
      name: 'text that is not JSON',
      content: '{ "title": ',
      says: /lists\/client\.json:\S*: bundle\.json: /,
    },
    {
      name: 'a key twice',
      content: '{ "title": "a", "title": "b", "owner": "c", "terms": [] }',
      says: /lists\/client\.json:\S*: bundle\.duplicate-key: /,
    },
    {
      name: 'a byte order mark',
      content: '\ufeff{}',
      says: /lists\/client\.json:\S*: bundle\.bom: /,
    },
    { name: 'an array', content: '[]', says: /lists\/client\.json:\/: bundle\.type: / },
  ];
  for (const { name, content, says } of spoiled) {
    it(`refuses a source file with ${name}`, async () => {
      const rules = rulesCopy(`spoiled-${name.replaceAll(' ', '-')}`);
      writeFileSync(join(rules, 'lists/client.json'), content);
      const { code, err } = await breath(['build', rules, '-o', join(folder, 'never.json')]);
      assert.equal(code, 2);
      assert.match(err, says);
    });
  }

  it('refuses a rule whose id is not its file name', async () => {
    const rules = rulesCopy('misnamed');
    edit(join(rules, 'hr/heat.json'), (rule) => {
      rule.id = 'hr.cold';
    });
    const { code, err } = await breath(['build', rules, '-o', join(folder, 'never.json')]);
    assert.equal(code, 2);
    assert.match(err, /hr\/heat\.json:\/id: file\.name: the id must be "hr\.heat"/);
  });
});

describe('breath test', () => {
  it('passes with the rules of this package and ends with the totals', async () => {
    const { code, out } = await breath(['test']);
    assert.equal(code, 0, out);
    assert.match(out, /\n\d+ passed, 0 failed\n$/);
  });

  it('says which example fails and why', async () => {
    const rules = rulesCopy('failing');
    edit(join(rules, 'hr/heat.json'), (rule) => {
      rule.examples.warn.push('quiet words', 'GIVE US OUR OVERTIME PAY NOW!!!');
      rule.examples.fine.push('THIS IS VERY LOUD!!!');
    });
    edit(join(rules, 'protected/unions.json'), (guard) => {
      guard.examples.loud.push('The union meets at noon');
    });
    const { code, out } = await breath(['test', rules]);
    assert.equal(code, 1);
    assert.match(out, /FAIL \S*hr\/heat\.json: warn example 9 \(external\): quiet words/);
    assert.match(out, /silent: nothing\s+in\s+the\s+text\s+matches\s+its\s+"when"/);
    assert.match(out, /yields to the guard\s+protected\./);
    assert.match(out, /should be silent but speaks, on "THIS IS VERY LOUD/);
    assert.match(out, /unions\.json: loud example 9/);
    const json = JSON.parse((await breath(['test', rules, '--json'])).out);
    assert.equal(json.failed, json.failures.length);
    assert.ok(json.failures.some((/** @type {any} */ f) => f.why === 'yielded' && f.guard));
  });

  it('tries a bundle file and a single rule', async () => {
    const bundle = join(folder, 'tested.json');
    await breath(['build', '-o', bundle]);
    const { code, out } = await breath(['test', '--bundle', bundle, '--rule', 'hr.heat']);
    assert.equal(code, 0, out);
    assert.match(out, /^1 rules, 0 guards/m);
  });
});

describe('breath lint', () => {
  it('has nothing to say about the rules of this package', async () => {
    const { code, out } = await breath(['lint', '--strict', '--at', '2026-11-21']);
    assert.equal(code, 0, out);
  });

  it('finds blame, length, a common word, a protected topic and an overdue review', async () => {
    const rules = rulesCopy('linted');
    edit(join(rules, 'hr/heat.json'), (rule) => {
      rule.say.en.notice = 'You are in violation of the rules!';
      rule.say.en.why = 'word '.repeat(58).trim();
      rule.when = { any: [{ words: ['confidential'] }, { words: ['union dues', 'salary'] }] };
      rule.reviewBy = '2026-01-31';
      delete rule.yieldsTo;
      delete rule.unless;
    });
    const { code, out } = await breath(['lint', rules, '--at', '2026-11-21']);
    assert.equal(code, 1);
    for (const id of [
      'wording.too-long',
      'wording.unkind',
      'reach.one-common-word',
      'reach.never-warn',
      'reach.no-guard',
      'review.overdue',
    ]) {
      assert.match(
        out,
        new RegExp(`hr/heat\\.json:\\S+: (error|warning) ${id.replace('.', '\\.')}: `),
      );
    }
  });
});

describe('breath lint on what a rule costs', () => {
  const rows = [
    {
      name: 'a pattern of any word',
      when: { pattern: '[a-z]+ [a-z]+', wholeWord: true },
      id: 'cost.often',
    },
    { name: 'a pattern of two common letters', when: { pattern: 'th' }, id: 'cost.often' },
    {
      name: 'a pattern near the highest price',
      when: { pattern: 'kestrel(?:[a-z]{1,32} ){1,31}' },
      id: 'cost.pattern',
    },
    { name: 'a pattern with a word in it', when: { pattern: 'kestrel [a-z]+ly' }, id: '' },
    {
      name: 'any pattern beside a rare word',
      when: { all: [{ words: ['kestrel'] }, { pattern: '[a-z]+ [a-z]+' }] },
      id: '',
    },
  ];
  for (const { name, when, id } of rows) {
    it(`says ${id || 'nothing'} of ${name}`, async () => {
      const rules = rulesCopy('costly');
      edit(join(rules, 'hr/heat.json'), (rule) => {
        rule.when = when;
        delete rule.unless;
      });
      const { out } = await breath(['lint', rules, '--at', '2026-11-21']);
      const costs = out.split('\n').filter((line) => line.includes(' cost.'));
      assert.deepEqual(
        costs.map((line) => /hr\/heat\.json:\/when: warning (cost\.\w+): /.exec(line)?.[1]),
        id ? [id] : [],
        out,
      );
    });
  }
});

describe('breath new, inspect and explain', () => {
  it('writes a rule and a guard that build and pass, and overwrites nothing', async () => {
    const rules = rulesCopy('grown');
    for (const id of ['facilities.door-codes', 'protected.parking']) {
      assert.equal((await breath(['new', id, '--rules', rules])).code, 0);
      const tested = await breath(['test', rules, '--rule', id]);
      assert.equal(tested.code, 0, tested.out + tested.err);
      const again = await breath(['new', id, '--rules', rules]);
      assert.equal(again.code, 2);
      assert.match(again.err, /file\.exists/);
    }
    const bad = await breath(['new', 'Facilities/Door', '--rules', rules]);
    assert.equal(bad.code, 2);
  });

  it('inspects a bundle without printing the terms of a list', async () => {
    const { code, out } = await breath(['inspect', 'rules']);
    assert.equal(code, 0);
    assert.match(out, /hr\.insults/);
    assert.match(out, /protected\.unions/);
    assert.doesNotMatch(out, /Kestrel/);
    assert.equal(JSON.parse((await breath(['inspect', 'rules', '--json'])).out).version, 1);
  });

  it('explains why a rule is silent', async () => {
    const draft = 'STOP CUTTING OUR OVERTIME PAY!!!';
    const { code, out } = await breath(['explain', '-', '--json'], draft);
    assert.equal(code, 0);
    const { rules, guards } = JSON.parse(out);
    const heat = rules.find((/** @type {any} */ rule) => rule.id === 'hr.heat');
    assert.equal(heat.verdict, 'yielded');
    assert.ok(guards.includes(heat.guard) && guards.includes('protected.pay-and-benefits'));
    assert.match((await breath(['explain', '-'], draft)).out, /hr\.heat: matches, but yields/);
  });
});
