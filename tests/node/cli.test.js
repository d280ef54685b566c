// SPDX-License-Identifier: Apache-2.0
// The command line for people with a draft: usage, output, exit codes, bad input. Each test starts the program anew.
// Tested by: itself
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { breath, RISKY, scratch, top } from './cli-program.js';

const work = scratch();
const { folder, file } = work;
after(work.remove);

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

describe('a package without an engine', () => {
  it('could not check, says how to build, and ends with 3', async () => {
    const home = join(folder, 'bare');
    for (const part of ['scripts', 'extension', 'rules', 'package.json']) {
      cpSync(join(top, part), join(home, part), { recursive: true });
    }
    const { code, out, err } = await breath(['check', '-'], RISKY, { home });
    assert.equal(code, 3);
    assert.equal(out, '');
    assert.match(err, /engine\.missing: .*\.\/scripts\/build/);
  });
});
