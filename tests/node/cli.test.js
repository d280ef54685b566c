// SPDX-License-Identifier: Apache-2.0
// The command line as a person or a script runs it: output, exit codes, bad usage and bad input. Each test starts the
// program anew; nothing is written outside a temporary folder.
// Tested by: itself
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fillPlaceholders } from '../../extension/bundle/examples.js';

const top = fileURLToPath(new URL('../..', import.meta.url));
const program = join(top, 'scripts/breath.js');
const RISKY = fillPlaceholders('Staging login: admin / {{password}} have fun', 'cli');

/** @type {string} */
let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'breath-cli-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string[]} words
 * @param {string | Buffer} [input]
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<{ code: number | null, out: string, err: string }>}
 */
function breath(words, input = '', { cwd = top, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd,
      env: { ...process.env, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      err += chunk;
    });
    // A program that refuses its options reads no input.
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

/** @param {string} name @param {string | Buffer} content */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A copy of the rules to break. @param {string} name @returns {string} */
function rulesCopy(name) {
  const copy = join(folder, name);
  cpSync(join(top, 'rules'), copy, { recursive: true });
  return copy;
}

/** @param {string} path @param {(rule: Record<string, any>) => void} change */
function edit(path, change) {
  const rule = JSON.parse(readFileSync(path, 'utf8'));
  change(rule);
  writeFileSync(path, JSON.stringify(rule));
}

describe('breath', () => {
  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
    assert.deepEqual(await breath(['--version']), { code: 0, out: `breath ${version}\n`, err: '' });
  });

  it('helps, and helps with each verb', async () => {
    const { code, out } = await breath(['help']);
    assert.equal(code, 0);
    for (const verb of ['check', 'test', 'lint', 'build', 'explain', 'inspect', 'new']) {
      assert.match(out, new RegExp(`^ {2}${verb} `, 'm'));
      const one = await breath([verb, '--help']);
      assert.equal(one.code, 0, verb);
      assert.match(one.out, /^Usage: breath /);
    }
  });

  const misuse = [
    { name: 'no verb', words: [], says: /Usage: breath/ },
    { name: 'an unknown verb', words: ['chekc'], says: /no verb "chekc"\. Did you mean check\?/ },
    { name: 'an unknown option', words: ['check', '--jsno'], says: /Did you mean --json\?/ },
    {
      name: 'an unknown audience',
      words: ['check', '--audience', 'extern'],
      says: /one of external, internal/,
    },
    {
      name: 'an option without its value',
      words: ['check', '--site'],
      says: /--site needs a value/,
    },
    { name: 'a value for a switch', words: ['check', '--json=yes'], says: /takes no value/ },
    { name: 'a time that is none', words: ['check', '--at', 'tomorrow', '-'], says: /is no time/ },
    { name: 'two files', words: ['check', 'a', 'b'], says: /one word too many: "b"/ },
    {
      name: 'a missing file',
      words: ['check', 'no-such-draft.txt'],
      says: /^no-such-draft\.txt: file\.unusable: /,
    },
    { name: 'a folder as draft', words: ['check', 'rules'], says: /this is a folder/ },
    {
      name: 'a missing bundle',
      words: ['check', '-', '--bundle', 'none.json'],
      says: /none\.json: /,
    },
    {
      name: 'an unknown rule',
      words: ['test', '--rule', 'hr.insult'],
      says: /Did you mean hr\.insults\?/,
    },
  ];
  for (const { name, words, says } of misuse) {
    it(`answers ${name} with exit code 2 and no stack trace`, async () => {
      const { code, out, err } = await breath(words);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, says);
      assert.doesNotMatch(err, /\n\s+at /);
    });
  }
});

describe('breath check', () => {
  it('says nothing is wrong with a clean draft', async () => {
    assert.deepEqual(await breath(['check', '-'], 'A good day at the fair.'), {
      code: 0,
      out: 'Nothing found.\n',
      err: '',
    });
  });

  it('shows the place and the words, without colour when nobody can see it', async () => {
    const path = file('draft.txt', `first line\r\nsecond: ${RISKY}`);
    const { code, out } = await breath(['check', path]);
    assert.equal(code, 1);
    assert.match(out, /draft\.txt:2:32 /);
    assert.match(out, /\[[^\]]+\] have fun/);
    assert.ok(!out.includes('\u001b'));
  });

  it('prints one object with --json', async () => {
    const { code, out } = await breath(['check', '--json'], RISKY);
    const verdict = JSON.parse(out);
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(verdict), ['outcome', 'severity', 'findings', 'unchecked']);
    assert.equal(verdict.outcome, 'findings');
    assert.equal(verdict.severity, 'strong');
    const [finding] = verdict.findings;
    assert.deepEqual(Object.keys(finding), [
      ...['rule', 'severity', 'spans', 'text', 'title', 'owner', 'guideline'],
      ...['notice', 'why', 'instead', 'ask'],
    ]);
    assert.equal(RISKY.slice(...finding.spans[0]), finding.text);
  });

  it('judges by audience, external unless told', async () => {
    const draft = 'INTERNAL USE ONLY: see the slide below';
    const severity = async (/** @type {string[]} */ ...words) =>
      JSON.parse((await breath(['check', '--json', ...words], draft)).out).severity;
    assert.equal(await severity(), 'pause');
    assert.equal(await severity('--audience', 'internal'), 'note');
    assert.equal(await severity('--audience=external'), 'pause');
  });

  it('takes one object a line and gives one a line, in the same order', async () => {
    const lines = [
      { id: 'a', text: RISKY },
      { id: 2, text: 'Good morning' },
      { text: 'INTERNAL USE ONLY: see the slide', audience: 'internal', site: 'intranet' },
      { id: null, text: '' },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\r\n\n')}\n`;
    const { code, out, err } = await breath(['check', '--jsonl', '-'], input);
    assert.equal(code, 1);
    assert.equal(err, '');
    const verdicts = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      verdicts.map(({ id, outcome, severity }) => [id, outcome, severity]),
      [
        ['a', 'findings', 'strong'],
        [2, 'clean', null],
        [5, 'findings', 'note'],
        [7, 'clean', null],
      ],
    );
    assert.deepEqual(Object.keys(verdicts[0]), ['id', 'outcome', 'severity', 'findings']);
    assert.deepEqual(Object.keys(verdicts[0].findings[0]), ['rule', 'severity', 'spans', 'text']);
  });

  it('names broken lines, checks the others and ends with 2', async () => {
    const path = file(
      'broken.jsonl',
      '{"id":1,"text":"fine"}\n{"text"\n[1]\n{"text":5}\n{"text":"x","audience":"all"}\n{"id":9,"text":"fine"}',
    );
    const { code, out, err } = await breath(['check', '--jsonl', path]);
    assert.equal(code, 2);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
      [1, 9],
    );
    assert.match(err, /broken\.jsonl:2:\/: jsonl\.json: /);
    assert.match(err, /broken\.jsonl:3:\/: jsonl\.type: /);
    assert.match(err, /broken\.jsonl:4:\/text: jsonl\.type: /);
    assert.match(err, /broken\.jsonl:5:\/audience: jsonl\.value: /);
  });

  const odd = [
    { name: 'NUL bytes', bytes: Buffer.from('a\0b\0c') },
    { name: 'bytes that are no UTF-8', bytes: Buffer.from([0xff, 0xfe, 0x41, 0xc3, 0x28]) },
    { name: '1 MB', bytes: Buffer.from('An ordinary sentence about robots. '.repeat(30000)) },
    { name: 'CRLF', bytes: Buffer.from('one\r\ntwo\r\n') },
    { name: 'nothing', bytes: Buffer.alloc(0) },
    { name: '10,000 line breaks', bytes: Buffer.from('\n'.repeat(10000)) },
  ];
  for (const { name, bytes } of odd) {
    it(`takes a draft of ${name}`, async () => {
      const { code, out, err } = await breath(['check', '-', '--json'], bytes);
      assert.equal(err, '');
      assert.equal(JSON.parse(out).outcome, 'clean');
      assert.equal(code, 0);
    });
  }

  it('counts offsets in UTF-16 code units, also behind a lone surrogate', async () => {
    const text = `\ud83d \u{1f600}\u{1f469}\u200d\u{1f52c} ${RISKY}`;
    const { out } = await breath(['check', '--jsonl', '-'], JSON.stringify({ text }));
    const [finding] = JSON.parse(out).findings;
    assert.equal(text.slice(...finding.spans[0]), finding.text);
  });

  it('says that a draft beyond 4 MiB was not checked, with exit code 3', async () => {
    const { code, out } = await breath(['check', '-'], 'word '.repeat(1024 * 1024));
    assert.equal(code, 3);
    assert.match(out, /was not checked: the draft is longer than 4 MiB/);
  });

  it('sends no control characters of a draft to the terminal', async () => {
    const { out } = await breath(['check', '-'], `\u001b]0;owned\u0007 ${RISKY}`);
    assert.doesNotMatch(out.replaceAll('\n', ''), /\p{Cc}/u);
  });

  it('checks with a rules folder or a bundle file alike', async () => {
    const bundle = join(folder, 'same.json');
    assert.equal((await breath(['build', 'rules', '-o', bundle])).code, 0);
    const byFile = await breath(['check', '--json', '--bundle', bundle], RISKY);
    assert.deepEqual(await breath(['check', '--json', '--bundle', 'rules'], RISKY), byFile);
    assert.equal(byFile.code, 1);
  });
});

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
