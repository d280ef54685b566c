// SPDX-License-Identifier: Apache-2.0
// `breath new`: writes a rule or guard that already builds and passes, or an empty list, ready to be filled in.
// It never overwrites a file.
// Tested by: tests/node/cli.test.js, tests/node/cli-authoring.test.js
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readArguments } from './arguments.js';
import { Complaint, EXIT, fileComplaint } from './complaint.js';
import { HOME } from './loading.js';
import { shown } from './rule-files.js';
import { newSalt } from './sealing.js';

export const SUMMARY = 'write the skeleton of a rule or a list';
export const USAGE = 'breath new DEPARTMENT.SLUG | list NAME [--sealed] [--rules DIR]';
export const DETAILS = [
  'Writes DIR/DEPARTMENT/SLUG.json with two examples that must warn and two that must not. It builds',
  'and passes as it is; change it step by step and run breath test after each step.',
  'With the department "protected" it writes a guard.',
  'breath new list NAME writes DIR/lists/NAME.json; with --sealed its terms go into the bundle as hashes only.',
].join('\n');
export const OPTIONS = {
  sealed: { what: 'for a list: give it a salt, so that the bundle does not spell out its terms' },
  rules: { value: 'DIR', what: 'the rules folder (default: rules)' },
};

/** @param {string} slug */
const titleOf = (slug) => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');

/** @param {string} id @param {string} slug */
function guardSkeleton(id, slug) {
  return {
    $schema: '../schema/guard.schema.json',
    id,
    title: titleOf(slug),
    owner: 'Legal and HR',
    purpose: 'People may talk about this topic, and no rule that yields may warn about it.',
    when: { words: ['words of the topic'] },
    examples: {
      silent: ['A draft with words of the topic', 'More words of the topic'],
      loud: ['A draft about something else', 'One more draft about the weather'],
    },
  };
}

/** @param {string} id @param {string} slug */
function ruleSkeleton(id, slug) {
  const nextYear = new Date().getUTCFullYear() + 1;
  return {
    $schema: '../schema/rule.schema.json',
    id,
    title: titleOf(slug),
    owner: 'Compliance',
    purpose: 'Protects whom, and from what? One sentence.',
    guideline: { title: 'Code of Conduct 1.1', url: 'https://conduct.northwind.example/1-1' },
    audience: ['external'],
    severity: 'note',
    yieldsTo: ['protected'],
    reviewBy: `${nextYear}-12-31`,
    when: {
      sentence: { of: [{ words: ['first cue'] }, { words: ['second cue', 'another cue*'] }] },
    },
    say: {
      en: {
        notice: 'Say what the words look like.',
        why: 'Say whom it may hurt, in one line.',
        instead: 'Name one thing to write or do in its place.',
        ask: 'A person or team who can help',
      },
    },
    examples: {
      warn: ['A draft with the first cue and the second cue', 'First cue here, then another cue'],
      fine: ['A draft with the first cue only', 'Nothing to see here'],
    },
  };
}

/** @param {string} name @param {boolean} sealed */
function listSkeleton(name, sealed) {
  return {
    $schema: '../schema/list.schema.json',
    title: titleOf(name),
    owner: 'Compliance',
    ...(sealed ? { seal: { salt: newSalt() } } : {}),
    terms: [],
  };
}

/**
 * What to write and where, by the words of the person.
 * @param {string[]} rest
 * @param {boolean} sealed
 * @param {string} folder
 * @returns {{ file: string, skeleton: object, id: string | null }}
 * @throws {Complaint}
 */
function plan(rest, sealed, folder) {
  const [first = '', name = ''] = rest;
  if (first === 'list') {
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
      throw new Complaint(
        'breath new: usage.value: name the list, such as: breath new list code-names, in lower case letters, digits and "-".',
      );
    }
    return {
      file: join(folder, 'lists', `${name}.json`),
      skeleton: listSkeleton(name, sealed),
      id: null,
    };
  }
  const parts = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(first);
  const [, department = '', slug = ''] = parts ?? [];
  if (!parts || ['lists', 'definitions', 'schema'].includes(department)) {
    throw new Complaint(
      'breath new: usage.value: name the rule as department.slug, such as hr.parking, in lower case letters, digits and "-".',
    );
  }
  if (name !== '' || sealed) {
    throw new Complaint(
      'breath new: usage.extra: only a list can be sealed: breath new list NAME --sealed.',
    );
  }
  return {
    file: join(folder, department, `${slug}.json`),
    skeleton: department === 'protected' ? guardSkeleton(first, slug) : ruleSkeleton(first, slug),
    id: first,
  };
}

/** @param {string[]} words @returns {Promise<number>} */
export async function run(words) {
  const { values, switches, rest } = readArguments(words, OPTIONS, { verb: 'new', most: 2 });
  const folder = values.rules ?? join(HOME, 'rules');
  const { file, skeleton, id } = plan(rest, switches.has('sealed'), folder);
  if (!existsSync(join(folder, 'bundle.json'))) {
    throw new Complaint(
      `${shown(folder)}: file.unusable: there is no bundle.json here, so this is no rules folder.`,
    );
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(skeleton, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') {
      throw new Complaint(
        `${shown(file)}: file.exists: this ${id === null ? 'list' : 'rule'} exists already. Choose another name.`,
      );
    }
    throw fileComplaint(error, shown(file));
  }
  const rules = relative(process.cwd(), folder) || '.';
  const where = rules.startsWith('..') ? folder : rules;
  process.stdout.write(
    id === null
      ? `${shown(file)} is ready. Add its terms, then run: breath lint ${where}\n`
      : `${shown(file)} is ready. Change it, then run: breath test ${where} --rule ${id}\n`,
  );
  return EXIT.OK;
}
