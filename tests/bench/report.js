// SPDX-License-Identifier: Apache-2.0
// Writes RESULTS.md from what bench.js measured: tables and the remarks that a fair reader needs. It computes no figure.
// Tested by: tests/node/bench.test.js
import { OURS } from './contestants.js';

/** @typedef {import('./summary.js').Cell} Cell */
/** @typedef {import('./summary.js').Contest} Contest */
/** @typedef {import('./summary.js').Row} Row */

/** @param {number} value @returns {string} three figures, no exponent */
export function figure(value) {
  if (!Number.isFinite(value)) return '-';
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', {
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  });
}

/** @param {number} bytes */
const megabytes = (bytes) => (bytes === 0 ? '-' : `${figure(bytes / 1e6)} MB`);

/** @param {string[]} header @param {string[][]} rows */
function table(header, rows) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(header.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ].join('\n');
}

/** @param {any} result what bench.js writes to build/bench.json @returns {string} Markdown */
export function report(result) {
  const parts = [
    '# Benchmark results',
    'Written by `npm run bench`; do not edit. What is measured, how, and how to read it: [README.md](README.md).',
    [
      `- Machine: ${result.machine}`,
      `- Load average before and after: ${figure(result.load.before)}, ${figure(result.load.after)} (this run itself is about 1; more means that others were at work and the figures are too high)`,
      `- engine.wasm: SHA-256 ${result.engine}`,
      `- Date: ${result.date.slice(0, 10)}; ${result.rounds} rounds; the whole run took ${result.seconds} s${result.isQuick ? '; **quick run: no claims**' : ''}`,
      `- Versions: ${Object.entries(result.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
      '- Again: `npm run bench` (all), `npm run bench -- --only W1-1000` (one workload), `npm run bench -- --quick` (does it work at all)',
    ].join('\n'),
    'Times are microseconds a call on text the program has not seen before. A ratio is their time over ours (engine.js), so above 1 ours ' +
      'took less; in brackets the 95 % interval. Rows marked ° do a different or a smaller task; the reason stands in the last column.',
    ratiosAtAGlance(result.contests),
    ...result.contests.map(contestPart),
    coldPart(result.cold),
    typingPart(result.typing),
    corpusPart(result.corpus),
    hostilePart(result.hostile),
    sizesPart(result.sizes, result.missing),
    instructionsPart(result.instructions),
    remarksPart(result.remarks),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** @param {Row} row @param {string} pool @returns {Cell | null} */
function cellOf(row, pool) {
  const cell = row.pools[pool];
  return cell === undefined || 'skipped' in cell ? null : cell;
}

/** @param {Contest[]} contests */
function ratiosAtAGlance(contests) {
  if (contests.length === 0) return '';
  const names = [...new Set(contests.flatMap(({ rows }) => rows.map(({ name }) => name)))].filter(
    (name) => name !== OURS,
  );
  const rows = names.map((name) => [
    name,
    ...contests.map((contest) => {
      const row = contest.rows.find((each) => each.name === name);
      if (row === undefined) return '';
      const ratios = ['280-clean', '3000-clean'].map((pool) =>
        figure(cellOf(row, pool)?.ratio.ratio ?? NaN),
      );
      return `${ratios.join(' / ')}${row.different === '' ? '' : '°'}`;
    }),
  ]);
  return `## Ratios at a glance\n\nTheir time over ours on clean text of 280 / 3,000 characters.\n\n${table(['', ...contests.map(({ name }) => name)], rows)}`;
}

/** @param {Contest} contest */
function contestPart(contest) {
  const rows = contest.rows.map((row) => {
    const small = cellOf(row, '280-clean');
    const large = cellOf(row, '3000-clean');
    const { recall, precision, wanted } = row.agreement;
    const judged = row.name === OURS || row.different === '' || row.agreement.found > 0;
    return [
      `${row.name}${row.different === '' ? '' : '°'}`,
      pair(small),
      figure(cellOf(row, '280-hit')?.p50 ?? NaN),
      pair(large),
      figure(cellOf(row, '3000-hit')?.p50 ?? NaN),
      figure(large?.megabytesPerSecond ?? NaN),
      ratio(small),
      ratio(large),
      judged && wanted > 0 && row.failure === ''
        ? `${percent(recall)} / ${percent(precision)}`
        : '-',
      row.setupMs > 0 ? figure(row.setupMs) : '-',
      row.wasm > 0 ? `${megabytes(row.rss)} (${megabytes(row.wasm)})` : megabytes(row.rss),
      [row.different, row.note, row.failure, ...skipped(row)]
        .filter((text) => text !== '')
        .join('; '),
    ];
  });
  const head = [
    '',
    '280 clean p50 / p99',
    '280 hit p50',
    '3,000 clean p50 / p99',
    '3,000 hit p50',
    'MB/s',
    'ratio 280',
    'ratio 3,000',
    'recall / precision',
    'set-up ms',
    'RSS (wasm)',
    '',
  ];
  const disguise =
    contest.noticed === null
      ? ''
      : `\n\nDisguised phrases noticed: ${percent(contest.noticed)} of the sampled texts; clean texts with a finding: ${percent(contest.falseAlarms ?? 0)}.`;
  const note = contest.note === '' ? '' : ` Note: ${contest.note}.`;
  return `## ${contest.name}: ${contest.title}\n\n${contest.rules} rules, bundle ${megabytes(contest.bundleSize)}.${note}${disguise}\n\n${table(head, rows)}`;
}

/** @param {Cell | null} cell */
function pair(cell) {
  if (cell === null) return '-';
  return `${figure(cell.p50)} / ${figure(cell.p99)}${cell.batch > 1 ? ` (×${cell.batch})` : ''}`;
}

/** @param {Cell | null} cell */
function ratio(cell) {
  if (cell === null) return '-';
  const { ratio: middle, low, high } = cell.ratio;
  return low === high ? figure(middle) : `${figure(middle)} [${figure(low)}, ${figure(high)}]`;
}

/** @param {number} share */
const percent = (share) => `${figure(share * 100)} %`;

/** @param {Row} row @returns {string[]} */
const skipped = (row) =>
  Object.entries(row.pools).flatMap(([pool, cell]) =>
    'skipped' in cell && row.failure === '' ? [`${pool} not run: ${cell.skipped}`] : [],
  );

/** @param {any[]} rows */
function coldPart(rows) {
  if (rows.length === 0) return '';
  const head = [
    '',
    'rules',
    'size',
    'instantiate',
    'load',
    'first check',
    'bytes to first verdict',
    'first check that needs a pattern',
    'wasm memory',
    'processes',
  ];
  return `## Cold start\n\nA fresh Node process each time, both files in memory; milliseconds, medians.\n\n${table(
    head,
    rows.map((row) => [
      row.name,
      figure(row.rules),
      megabytes(row.size),
      ...['instantiateMs', 'loadMs', 'firstCheckMs', 'firstVerdictMs', 'firstPatternMs'].map(
        (member) => figure(row[member]),
      ),
      megabytes(row.wasm),
      `${row.runs}${row.problem === '' ? '' : ` (${row.problem})`}`,
    ]),
  )}`;
}

/** @param {any[]} rows */
function typingPart(rows) {
  if (rows.length === 0) return '';
  return `## W5: typing a post of 3,000 characters\n\nMicroseconds a keystroke. Shuffled: the same drafts in another order, so that nothing of the last check helps. Kept: by checkNext, which reads again only what differs.\n\n${table(
    [
      '',
      'rules',
      'keystrokes',
      'p50',
      'p99',
      'max',
      'shuffled p50',
      'shuffled p99',
      'kept p50',
      'kept p99',
    ],
    rows.map((row) => [
      row.name,
      figure(row.rules),
      ...(row.problem === ''
        ? [
            row.keystrokes.count,
            row.inOrder.p50,
            row.inOrder.p99,
            row.inOrder.max,
            row.shuffled.p50,
            row.shuffled.p99,
            row.kept.p50,
            row.kept.p99,
          ].map(figure)
        : [row.problem, '', '', '', '', '', '', '']),
    ]),
  )}`;
}

/** @param {import('./corpus.js').CorpusRow[]} rows */
function corpusPart(rows) {
  if (rows.length === 0) return '';
  return `## W6: a corpus\n\nJSONL from one file in the page cache, wall clock of the whole program. Line searchers say which lines match, not where, nor by which rule.\n\n${table(
    ['', 'rules', 'MB', 'seconds', 'MB/s', 'texts or lines found', ''],
    rows.map(({ name, rules, megabytes: size, seconds, found, note }) => [
      name,
      rules,
      figure(size),
      seconds > 0 ? figure(seconds) : '-',
      seconds > 0 ? figure(size / seconds) : '-',
      seconds > 0 ? figure(found) : '-',
      note,
    ]),
  )}`;
}

/** @param {any[]} groups */
function hostilePart(groups) {
  if (groups.length === 0) return '';
  const kinds = [
    ...new Set(groups.flatMap((group) => group.kinds.map((/** @type {any} */ kind) => kind.name))),
  ];
  const rows = kinds.map((name) => [
    name,
    ...groups.map((group) => {
      const kind = group.kinds.find((/** @type {any} */ each) => each.name === name);
      return kind === undefined
        ? group.problem || '-'
        : `${figure(kind.ratio)} (${figure(kind.nsPerByte)} ns, ${kind.outcome})`;
    }),
  ]);
  return (
    `## W7: hostile texts of 64 KiB\n\nCost of a byte over the cost of a byte of ordinary text for the same rules (W1, W2, W3 at 3,000 characters, clean); in brackets ` +
    `nanoseconds a byte and the outcome. Ordinary: ${groups.map((group) => `${group.name} ${figure(group.baseNsPerByte)} ns`).join(', ')}.\n\n${table(['', ...groups.map(({ name }) => name)], rows)}`
  );
}

/** @param {import('./sizes.js').Size[]} sizes @param {string[]} missing */
function sizesPart(sizes, missing) {
  const rows = sizes.map(({ name, raw, gzip, brotli, brotliQuality }) => [
    name,
    figure(raw / 1000),
    figure(gzip / 1000),
    `${figure(brotli / 1000)}${brotliQuality < 11 ? ` (quality ${brotliQuality})` : ''}`,
  ]);
  const note =
    missing.length === 0 ? '' : `\n\nNot built or not installed here: ${missing.join(', ')}.`;
  return `## Sizes\n\n${table(['kB', 'raw', 'gzip', 'brotli'], rows)}${note}`;
}

/** @param {import('./instructions.js').Counts | null} counts */
function instructionsPart(counts) {
  if (counts === null) return '';
  const rows = Object.entries(counts.perByte).map(([name, perByte]) => [name, figure(perByte)]);
  const loads = Object.entries(counts.load).map(([name, count]) => [
    `${name}, loading`,
    `${figure(count / 1e6)} million in all`,
  ]);
  return `## Instructions\n\nOf the native engine for each byte of draft, under callgrind (${counts.compiler}); committed in instructions.json.\n\n${table(['', 'instructions'], [...rows, ...loads])}`;
}

/** @param {string[]} remarks */
const remarksPart = (remarks) =>
  remarks.length === 0
    ? ''
    : `## What did not run, and what the engine refused\n\n${remarks.map((remark) => `- ${remark}`).join('\n')}`;
