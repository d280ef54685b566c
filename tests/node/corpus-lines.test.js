// SPDX-License-Identifier: Apache-2.0
// What a single line of an archive means: the short way round JSON.parse against JSON.parse, and the native command
// against the one of Node, on thousands of seeded lines, whole and damaged.
// Tested by: itself
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { LineChecker, worstCode } from '../../scripts/commands/corpus/lines.js';
import { emptyLine, PlainReader } from '../../scripts/commands/corpus/plain-lines.js';
import { CheckPool } from '../../scripts/commands/corpus/pool.js';
import { rawId } from '../../scripts/commands/corpus/raw-id.js';
import { scratch, top } from './cli-program.js';
import { NO_NATIVE, oneRuleBundle, run } from './corpus-program.js';

const work = scratch();
after(work.remove);
const bundle = work.file('one.bundle.json', oneRuleBundle());
const SUITE = join(top, '../shared/data/json-test-suite');

/** A seeded generator, mulberry32. @param {number} seed @returns {(below: number) => number} */
function generator(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below) | 0;
  };
}

const PIECES = [
  ...[
    'zebra crossing',
    'a',
    ' ',
    'Grüße ',
    '日本語',
    '😀',
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\u0041',
    '\\u00e9',
    '\\u0000',
  ],
  ...[
    '\\ud83d\\ude00',
    '\\ud800',
    '\\udc00',
    '\\ud83d\\ud83d\\ude00',
    '\\uDBFF x',
    '\u2028',
    '\u007f',
    '힘',
    '\ufffd',
    '\ufeff',
  ],
];
const IDS = [
  ...[
    '1',
    '0',
    '-0',
    '-7',
    '1.0',
    '1.5',
    '1e3',
    '1E400',
    '-1e-400',
    '9007199254740991',
    '9007199254740992',
  ],
  ...[
    '12345678901234567890',
    '"x"',
    '"\\ud800"',
    '"a\\u0062\\"\\n"',
    'null',
    'true',
    '[1, {"a":2}]',
    '{"id":9}',
    '""',
  ],
];
const CONTEXTS = [
  ...[
    '"site":"x"',
    '"site":"LinkedIn.com"',
    '"site":""',
    '"site":null',
    '"site":5',
    '"site":"\\u0078"',
    '"surface":"reply"',
  ],
  ...[
    '"surface":"tweet"',
    '"surface":"post\\u0000"',
    '"audience":"unknown"',
    '"audience":["internal"]',
    '"reply":true',
  ],
  ...[
    '"reply":"true"',
    '"media":false',
    '"media":0',
    '"lang":"pt-BR"',
    '"lang":"en\\n"',
    '"lang":null',
    '"at":0',
    '"at":-1.5',
  ],
  ...[
    '"at":8.64e15',
    '"at":8640000000000001',
    '"at":1e400',
    '"at":"2026-11-21"',
    '"at":"2026-02-29"',
    '"at":"2024-02-29"',
  ],
  ...[
    '"at":"2026-11-21T09:00:00Z"',
    '"at":"2026-11-21T09:00+23:59"',
    '"at":"2026-11-21T24:00:00Z"',
    '"at":"0000-01-01"',
  ],
  ...[
    '"at":"2026-11-21T09:00:00.123Z"',
    '"at":"2026-11-21T09:00:60Z"',
    '"at":"2026-13-01"',
    '"at":true',
    '"at":"2026-11-21t09:00Z"',
  ],
  ...[
    '"x":[]',
    '"x":{"text":"no"}',
    '"x":[[1,2],{"y":[]}]',
    '"t\\u0065xt":"zebra crossing"',
    '"x":-0.5e-7',
    '"":1',
    '"text":7',
  ],
  ...[
    '"__proto__":{"text":"no"}',
    '"x":"\\u12"',
    '"x":01',
    '"x":.5',
    '"x":1.',
    '"x":+1',
    '"x":tru',
    '"x":nulll',
    '"x":[1,]',
    '"x":{,}',
  ],
];

/** @param {(below: number) => number} below */
function line(below) {
  const pick = (/** @type {string[]} */ list) => list[below(list.length)] ?? '';
  const pieces = below(3) ? PIECES : ['zebra crossing', 'a ', '{', '/'];
  const text = Array.from({ length: below(8) }, () => pick(pieces)).join('');
  const members = [`"text":"${text}"`];
  if (below(4) > 0) members.push(`"id":${pick(IDS)}`);
  for (let n = below(3); n > 0; n -= 1) members.push(pick(CONTEXTS));
  if (below(2)) members.reverse();
  const [open, comma, colon] = below(3) ? ['{', ',', ':'] : ['{ ', ' , ', '\t: '];
  const spaced = members.map((member) => member.replace(/^("(?:[^"\\]|\\.)*"):/, `$1${colon}`));
  const bytes = Buffer.from(
    `${below(40) ? '' : '\ufeff'}${open}${spaced.join(comma)}}${below(9) ? '' : ' \r'}`,
  );
  // Some are damaged: a byte more, less or other than it was, which may be no UTF-8.
  const at = below(bytes.length);
  const odd = Buffer.from([
    [0x80, 0xff, 0xed, 0xc3, 0x22, 0x5c, 0x00, 0x7b, 0x2c, 0x31][below(10)] ?? 0,
  ]);
  const kind = below(12);
  if (kind === 0) return Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at)]);
  if (kind === 1) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  if (kind === 2) return Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at + 1)]);
  return bytes;
}

/** @param {number} seed @param {number} count */
function archive(seed, count) {
  const below = generator(seed);
  const newline = Buffer.from('\n');
  return Buffer.concat(Array.from({ length: count }, () => [line(below), newline]).flat());
}

describe('the short way round JSON.parse', () => {
  it('reads what JSON.parse reads, or says no', () => {
    const bytes = new Uint8Array(archive(7, 20000));
    const batch = Buffer.from(bytes).toString('latin1');
    const reader = new PlainReader(bytes, batch);
    let plain = 0;
    for (let from = 0; from < batch.length; ) {
      const end = batch.indexOf('\n', from);
      const read = reader.read(from, end);
      if (read !== null) {
        plain += 1;
        const parsed = JSON.parse(batch.slice(from, end));
        const expected = Object.keys(emptyLine()).map((name) => parsed[name]);
        assert.deepEqual(Object.values(read), expected, batch.slice(from, end));
      }
      from = end + 1;
    }
    assert.ok(plain > 500, `only ${plain} lines were plain`);
  });
});

describe('an id that JSON.parse would change', () => {
  const ids = [
    { json: '{"id":12345678901234567890}', id: '12345678901234567890' },
    { json: '{"text":"\\"id\\":1","id" : 1e400 , "x":2}', id: '1e400' },
    { json: '{"id":1,"x":{"id":2},"\\u0069d":[3, "}"]}', id: '[3, "}"]' },
    { json: ' { "a":[[],{}],"id":{"b":"\\\\"} } ', id: '{"b":"\\\\"}' },
  ];
  for (const { json, id } of ids) {
    it(`is found as it was written in ${json}`, () => assert.equal(rawId(json), id));
  }
});

describe('an engine that fails in the middle of an archive', () => {
  const base = /** @type {const} */ ({ site: 'other', surface: 'post', audience: 'external' });
  const bytes = () => new Uint8Array(Buffer.from('{"text":"a"}\n{"text":"trap"}\n{"text":"b"}\n'));

  it('leaves the draft it failed on unchecked, never clean, and goes on with the next', async () => {
    const unchecked = [{ rule: '*', reason: /** @type {const} */ ('engine-failed') }];
    const judge = {
      checkNow: (/** @type {string} */ text) =>
        text === 'trap'
          ? null
          : { outcome: /** @type {const} */ ('clean'), findings: [], unchecked: [] },
      restartedAfterTrap: async () => ({
        outcome: /** @type {const} */ ('unchecked'),
        findings: [],
        unchecked,
      }),
    };
    const { out, codes } = await new LineChecker(judge, base, '-').check(bytes(), 7);
    const answers = new TextDecoder()
      .decode(out)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      answers.map(({ id, outcome }) => [id, outcome]),
      [
        [7, 'clean'],
        [8, 'unchecked'],
        [9, 'clean'],
      ],
    );
    assert.deepEqual(answers[1].unchecked, unchecked);
    assert.equal(worstCode(codes), 3);
  });

  it('names the lines of a thread that ended, with exit code 3', async () => {
    const broken = new Uint8Array(8);
    const pool = new CheckPool(1, { bundle: broken, image: broken, base, name: '-' });
    const batch = { bytes: bytes(), firstLine: 7, lines: 3, readBytes: 1 };
    await assert.rejects(pool.check(batch), {
      exitCode: 3,
      message: /engine-failed: .* lines 7 to 9 stopped/,
    });
    await pool.end();
  });
});

describe('the native command', { skip: NO_NATIVE }, () => {
  /** @param {Uint8Array} input @param {string[]} words */
  async function assertSame(input, words) {
    const [node, native] = await Promise.all([
      run('node', ['-', '--at', '2026-11-21', ...words], input),
      run('native', ['-', '--at', '2026-11-21', ...words], input),
    ]);
    // Line by line first: a difference in thousands of lines is hard to see.
    const nativeLines = native.out.split('\n');
    for (const [i, own] of node.out.split('\n').entries()) assert.equal(nativeLines[i], own);
    assert.deepEqual(native, node);
    return node;
  }

  it('answers 12,000 lines, whole and damaged, with the bytes of the Node command', async () => {
    const { code, out, err } = await assertSame(archive(1, 12000), ['--bundle', bundle]);
    assert.equal(code, 2);
    const counts = [out.split('"clean"'), out.split('"findings",'), err.split('\n')];
    for (const { length } of counts) assert.ok(length > 500, `${length} of a kind is too few`);
  });

  it('finds the same in them by the default rules', async () => {
    const risky = archive(2, 400)
      .toString('latin1')
      .replaceAll('zebra crossing', 'INTERNAL USE ONLY');
    await assertSame(Buffer.from(risky, 'latin1'), ['--audience', 'internal', '--jobs', '2']);
  });

  it('takes nesting as deep as the Node command does', async () => {
    const nested = (/** @type {number} */ depth) =>
      `{"text":"a","x":${'['.repeat(depth)}${']'.repeat(depth)}}\n`;
    const { out } = await assertSame(Buffer.from(nested(9999) + nested(10000)), [
      '--bundle',
      bundle,
    ]);
    assert.equal(out.split('\n').length - 1, 1);
  });

  it('takes and refuses the values of the JSON test suite as the Node command does', async (t) => {
    if (!existsSync(SUITE)) return t.skip('the JSON test suite is not beside the checkout');
    const files = readdirSync(SUITE, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.json'),
    );
    const values = files
      .map((name) => readFileSync(join(SUITE, name)))
      .filter((bytes) => bytes.length < 200000)
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0x0a ? 0x20 : byte))));
    const input = values.flatMap((value) => [
      ...[Buffer.from('{"text":"a","x":'), value, Buffer.from('}\n{"text":"a","id":'), value],
      ...[Buffer.from('}\n'), value, Buffer.from('\n')],
    ]);
    assert.ok(values.length > 200);
    await assertSame(Buffer.concat(input), ['--bundle', bundle]);
  });
});
