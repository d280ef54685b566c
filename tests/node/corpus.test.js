// SPDX-License-Identifier: Apache-2.0
// Archives of drafts through both commands, as real programs: order, broken lines, exit codes, memory, the terminal,
// readers and people who leave. What single lines mean is in corpus-lines.test.js.
// Tested by: itself
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { scratch } from './cli-program.js';
import { COMMANDS, ended, oneRuleBundle, programOf, run, start } from './corpus-program.js';

const work = scratch();
const { file, folder } = work;
after(work.remove);
const bundle = file('one.bundle.json', oneRuleBundle());
const FOUND = 'at the zebra crossing';

/** @param {number} count @param {(i: number) => object} line */
const lines = (count, line) =>
  Array.from({ length: count }, (_, i) => `${JSON.stringify(line(i))}\n`).join('');

/** @param {string} out */
const idsOf = (out) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).id);

for (const { which, skip } of COMMANDS) {
  describe(`an archive through the ${which} command`, { skip, concurrency: 2 }, () => {
    /** Tests run side by side: each has files of its own. @param {string} name @param {string | Buffer} content */
    const ownFile = (name, content) => file(`${which}-${name}.jsonl`, content);

    it('keeps the order with many threads, long and short lines mixed', async () => {
      const count = 6000;
      const path = ownFile(
        'order',
        lines(count, (i) => ({
          id: i,
          text: `${'word '.repeat(i % 97 === 0 ? 3000 : i % 7)}${i % 5 === 0 ? FOUND : ''}`,
        })),
      );
      const { code, out, err } = await run(which, [path, '--bundle', bundle, '--jobs', '7']);
      assert.equal(err, '');
      assert.equal(code, 1);
      assert.deepEqual(
        idsOf(out),
        Array.from({ length: count }, (_, i) => i),
      );
      assert.equal(out.split('"outcome":"findings"').length - 1, count / 5);
    });

    /** @type {{ name: string, input: string | Buffer, code: number, ids: unknown[], says?: RegExp }[]} */
    const inputs = [
      { name: 'nothing', input: '', code: 0, ids: [] },
      { name: 'empty lines only', input: '\n\r\n \t\n', code: 0, ids: [] },
      { name: 'no line end at the end', input: '{"text":"a"}\n{"text":"b"}', code: 0, ids: [1, 2] },
      {
        name: 'CRLF and empty lines',
        input: '{"text":"a"}\r\n\r\n{"text":"b"}\r\n',
        code: 0,
        ids: [1, 3],
      },
      {
        name: 'a byte order mark before two lines',
        input: '\ufeff{"text":"a"}\n\ufeff{"text":"b"}',
        code: 0,
        ids: [1, 2],
      },
      { name: 'a finding', input: `{"text":"${FOUND}"}`, code: 1, ids: [1] },
      {
        name: 'broken lines, which outweigh findings',
        input: `{"text":"${FOUND}"}\nnull\n{"id":5}\n{"text":"a","at":1e300}\n{"text":"a"`,
        code: 2,
        ids: [1],
        says: /^-:2:\/: jsonl\.type: .*\n-:3:\/text: jsonl\.type: .*\n-:4:\/at: jsonl\.value: .*\n-:5:\/: jsonl\.json: .*\n$/,
      },
      {
        name: 'a draft that is too long to check, which outweighs findings',
        input: `{"text":"${FOUND}"}\n{"text":"${'a'.repeat(4 * 1024 * 1024 + 1)}"}`,
        code: 3,
        ids: [1, 2],
      },
      {
        name: 'a line of 5 MB between short ones',
        input: `{"text":"a"}\n{"pad":"${'p'.repeat(5e6)}","text":"${FOUND}"}\n{"text":"b"}\n`,
        code: 1,
        ids: [1, 2, 3],
      },
      {
        name: 'a line that is too long between short ones',
        input: Buffer.concat([
          Buffer.from(`{"text":"a"}\n{"text":"`),
          Buffer.alloc(33 * 1024 * 1024, 0x61),
          Buffer.from('"}\n{"text":"b"}\n'),
        ]),
        code: 2,
        ids: [1, 3],
        says: /^-:2:\/: jsonl\.too-long: this line is longer than 32 MiB\.\n$/,
      },
    ];
    for (const { name, input, code, ids, says = /^$/ } of inputs) {
      it(`takes ${name}, piped and from a file`, async () => {
        const piped = await run(which, ['-', '--bundle', bundle], input);
        assert.match(piped.err, says);
        assert.deepEqual(idsOf(piped.out), ids);
        assert.equal(piped.code, code);
        const path = ownFile(name.replaceAll(' ', '-'), input);
        const fromFile = await run(which, [path, '--bundle', bundle]);
        assert.equal(fromFile.err, piped.err.replaceAll(/^-:/gm, `${path}:`));
        assert.equal(fromFile.out, piped.out);
        assert.equal(fromFile.code, code);
      });
    }

    const words = { words: ['we'] };
    const unjudged = [
      {
        reason: 'text-too-long',
        rule: '*',
        when: words,
        text: 'a'.repeat(4 * 1024 * 1024 + 1),
      },
      { reason: 'too-many-matches', when: { pattern: '[qr]' }, text: 'q'.repeat(100000) },
      {
        // Every sentence is read again for every part.
        reason: 'too-much-work',
        when: {
          sentence: { of: [words, { all: [...Array(900).fill(words), { none: [words] }] }] },
        },
        text: 'we.\n'.repeat(60000),
      },
    ];
    for (const { reason, rule, when, text } of unjudged) {
      it(`says that a draft was not checked, and why: ${reason}`, async () => {
        const rules = file(`${which}-${reason}.bundle.json`, oneRuleBundle(when));
        const input = `{"text":"fine"}\n${JSON.stringify({ text })}\n`;
        const { code, out, err } = await run(which, ['-', '--bundle', rules], input);
        const named = rule ?? JSON.parse(readFileSync(rules, 'utf8')).rules[0].id;
        const why = JSON.stringify([{ rule: named, reason }]);
        assert.equal(err, '');
        assert.equal(
          out,
          `{"id":1,"outcome":"clean","severity":null,"findings":[]}\n{"id":2,"outcome":"unchecked","severity":null,"findings":[],"unchecked":${why}}\n`,
        );
        assert.equal(code, 3);
      });
    }

    const refused = [
      {
        name: 'a missing file',
        words: ['no-such.jsonl'],
        says: /^no-such\.jsonl: file\.unusable: there is no such file/,
      },
      { name: 'a folder', words: ['rules'], says: /^rules: file\.unusable: this is a folder/ },
      {
        name: 'no threads',
        words: ['-', '--jobs', '0'],
        says: /usage\.value: --jobs is a number from 1 to 256, not "0"/,
      },
      {
        name: 'threads by name',
        words: ['-', '--jobs', 'all'],
        says: /usage\.value: --jobs is a number/,
      },
      {
        name: 'a day that does not exist',
        words: ['-', '--at', '2026-02-30'],
        says: /"2026-02-30" is no time/,
      },
      {
        name: 'an unknown audience',
        words: ['-', '--audience', 'all'],
        says: /usage\.value: --audience is one of external, internal, not "all"/,
      },
      {
        name: 'an unknown option',
        words: ['-', '--fast'],
        says: /usage\.unknown-option: there is no option --fast/,
      },
      {
        name: 'a missing bundle',
        words: ['-', '--bundle', 'none.json'],
        says: /^none\.json: file\.unusable: /,
      },
      { name: 'two files', words: ['a', 'b'], says: /usage\.extra: one word too many: "b"/ },
    ];
    for (const { name, words, says } of refused) {
      it(`refuses ${name} with exit code 2`, async () => {
        const { code, out, err } = await run(which, words);
        assert.equal(code, 2);
        assert.equal(out, '');
        assert.match(err, says);
      });
    }

    it('answers lines as they come, without waiting for more', async () => {
      const child = start(which, ['-', '--bundle', bundle]);
      const end = ended(child);
      child.stdin?.write('{"id":"first","text":"a"}\n');
      assert.ok(child.stdout);
      assert.match(String((await once(child.stdout, 'data'))[0]), /^\{"id":"first"/);
      child.stdin?.end('{"id":"second","text":"a"}\n');
      assert.deepEqual(idsOf((await end).out), ['first', 'second']);
    });

    it('ends quietly when its reader leaves, with the code of the lines so far', async () => {
      const path = ownFile(
        'long',
        lines(40000, (i) => ({ id: i, text: FOUND })),
      );
      const child = start(which, [path, '--bundle', bundle]);
      const end = ended(child);
      assert.ok(child.stdout);
      await once(child.stdout, 'data');
      child.stdout.destroy();
      const { code, err } = await end;
      assert.equal(err, '');
      assert.equal(code, 1);
    });

    it('prints what it read when someone stops it, says how far it came, and ends with 130', async () => {
      const child = start(which, ['-', '--bundle', bundle]);
      const end = ended(child);
      child.stdin?.write('{"text":"a"}\n{"text":"b"}\n{"text":"not yet');
      assert.ok(child.stdout);
      await once(child.stdout, 'data');
      child.kill('SIGINT');
      const { code, out, err } = await end;
      assert.deepEqual(idsOf(out), [1, 2]);
      assert.match(err, /: stopped: - was checked up to line 2; what follows was not\.\n$/);
      assert.equal(code, 130);
    });

    it('says so when its output cannot be written, with exit code 3', async () => {
      const path = ownFile(
        'full',
        lines(10, (i) => ({ id: i, text: 'a' })),
      );
      const full = openSync('/dev/full', 'w');
      const child = start(which, [path, '--bundle', bundle], { stdio: ['ignore', full, 'pipe'] });
      const { code, err } = await ended(child);
      assert.match(err, /: output\.failed: the output cannot be written/);
      assert.doesNotMatch(err, /\n\s+at /);
      assert.equal(code, 3);
    });

    it('shows progress on a terminal and nowhere else', async (t) => {
      const path = ownFile(
        'progress',
        lines(2000, (i) => ({ id: i, text: 'a' })),
      );
      const [program, first] = programOf(which);
      const words = [program, ...first, path, '--bundle', bundle].map((word) => `'${word}'`);
      // script(1) runs a command with a terminal of its own; its standard output is then that terminal's.
      const seen = spawnSync(
        'script',
        ['-qec', `${words.join(' ')} > '${folder}/${which}.out'`, '/dev/null'],
        { encoding: 'utf8' },
      );
      if (seen.error) return t.skip('there is no script(1) to make a terminal with');
      assert.match(seen.stdout, /2,000 lines, [\d.]+ of [\d.]+ MB, [\d.]+ MB\/s\r\n$/);
      assert.equal(idsOf(readFileSync(`${folder}/${which}.out`, 'utf8')).length, 2000);
      assert.equal((await run(which, [path, '--bundle', bundle])).err, '');
    });

    // Measured on 2 cores: 131 MB in Node, most of it V8's own, and 8 MB natively.
    const most = which === 'node' ? 250e6 : 40e6;
    it(`streams 300 MB in less than ${most / 1e6} MB of memory`, async () => {
      // Long members that mean nothing: this is about what is held, not about how fast drafts are judged.
      const block = Buffer.from(lines(400, (i) => ({ pad: 'p'.repeat(2500), id: i, text: 'a' })));
      const blocks = Math.ceil(300e6 / block.length);
      const child = start(which, ['-', '--bundle', bundle, '--jobs', '2']);
      const end = once(child, 'close');
      assert.ok(child.stdin && child.stdout);
      let answered = 0;
      child.stdout.on('data', (chunk) => {
        answered += chunk.length;
      });
      let peak = 0;
      for (let i = 0; i < blocks; i += 1) {
        if (!child.stdin.write(block)) await once(child.stdin, 'drain');
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024);
      }
      child.stdin.end();
      assert.deepEqual(await end, [0, null]);
      assert.ok(answered > blocks * 400 * 50, `${answered} bytes`);
      assert.ok(peak > 1e6 && peak < most, `${(peak / 1e6).toFixed(0)} MB`);
    });

    it('waits for a slow reader instead of filling memory', async () => {
      const block = lines(300, (i) => ({ id: i, text: FOUND, pad: 'p'.repeat(900) }));
      const child = start(which, ['-', '--bundle', bundle]);
      const end = ended(child);
      assert.ok(child.stdin && child.stdout);
      child.stdout.pause();
      let sent = 0;
      const isTakenSoon = async () => {
        sent += 1;
        if (child.stdin?.write(block)) return true;
        const drained = once(/** @type {import('node:stream').Writable} */ (child.stdin), 'drain');
        return Promise.race([drained.then(() => true), pause(500, false)]);
      };
      // It takes what may be under way and no more: without a bound this would go on to 100 MB.
      while (sent * block.length < 100e6 && (await isTakenSoon()))
        assert.equal(child.exitCode, null);
      assert.ok(sent * block.length < 40e6, `${sent * block.length} bytes were taken`);
      child.stdout.resume();
      child.stdin.end();
      const { code, out } = await end;
      assert.equal(code, 1);
      assert.equal(idsOf(out).length, sent * 300);
    });
  });
}
