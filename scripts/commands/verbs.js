// SPDX-License-Identifier: Apache-2.0
// The table of verbs, the help made from it, and the one place where an error becomes a line and an exit code.
// Tested by: tests/node/cli.test.js
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BreathError } from '../../extension/shared/errors.js';
import { suggestion } from './arguments.js';
import * as build from './build.js';
import * as check from './check.js';
import { Complaint, EXIT } from './complaint.js';
import * as explain from './explain.js';
import * as inspect from './inspect.js';
import * as lint from './lint.js';
import { HOME } from './loading.js';
import * as scaffold from './new.js';
import * as test from './test.js';

/**
 * @typedef {{ SUMMARY: string, USAGE: string, DETAILS: string, OPTIONS: import('./arguments.js').OptionTable,
 *   run: (words: string[]) => Promise<number> }} Verb
 */

/** @type {Record<string, Verb>} */
const VERBS = { check, test, lint, build, explain, inspect, new: scaffold };

/** @param {string} text */
const print = (text) => process.stdout.write(`${text}\n`);

/** @param {import('./arguments.js').OptionTable} options */
function optionLines(options) {
  return Object.entries(options).map(([name, { value, short, oneOf, what }]) => {
    const head = `${short ? `${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
    const choices = oneOf ? ` (${oneOf.join(', ')})` : '';
    return `  ${head.padEnd(24)} ${what}${choices}`;
  });
}

function help() {
  const verbs = Object.entries(VERBS).map(([name, verb]) => `  ${name.padEnd(8)} ${verb.SUMMARY}`);
  return [
    'breath: checks a draft against your guidelines, on this machine.',
    '',
    'Usage: breath VERB [OPTIONS]     breath VERB --help tells more',
    '',
    ...verbs,
    '  help     this text, or that of a verb',
    '',
    'Exit codes: 0 clean or done, 1 findings or failed tests, 2 bad usage or bad input, 3 could not check.',
  ].join('\n');
}

/** @param {Verb} verb */
function verbHelp(verb) {
  const options = { ...verb.OPTIONS, help: { what: 'this text' } };
  return [`Usage: ${verb.USAGE}`, '', verb.DETAILS, '', 'Options:', ...optionLines(options)].join(
    '\n',
  );
}

/** @param {string} name @returns {Verb} */
function verbNamed(name) {
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb) return verb;
  throw new Complaint(
    `breath: usage.unknown-verb: there is no verb "${name}".${suggestion(name, [...Object.keys(VERBS), 'help'])} Try: breath help`,
  );
}

/** @param {string[]} words @returns {Promise<number>} */
async function dispatch(words) {
  const [name, ...rest] = words;
  if (name === '--version' || name === '-V') {
    const { version } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'));
    print(`breath ${version}`);
    return EXIT.OK;
  }
  if (name === undefined) throw new Complaint(help());
  if (name === 'help' || name === '--help' || name === '-h') {
    print(rest[0] === undefined ? help() : verbHelp(verbNamed(rest[0])));
    return EXIT.OK;
  }
  if (name.startsWith('-')) {
    throw new Complaint(
      `breath: usage.unknown-option: there is no option ${name}.${suggestion(name, ['--help', '--version'])} Try: breath help`,
    );
  }
  const verb = verbNamed(name);
  const end = rest.indexOf('--');
  if ((end < 0 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h')) {
    print(verbHelp(verb));
    return EXIT.OK;
  }
  return verb.run(rest);
}

/**
 * @param {string[]} words after `breath`
 * @returns {Promise<number>} the exit code
 */
export async function runVerb(words) {
  try {
    return await dispatch(words);
  } catch (error) {
    if (error instanceof Complaint) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    if (error instanceof BreathError) {
      process.stderr.write(`breath: ${error.id}: ${error.message} Nothing was checked.\n`);
      return EXIT.UNCHECKED;
    }
    const detail = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `breath: internal: ${detail}. This is a fault of the program; please report it.\n`,
    );
    if (process.env.BREATH_DEBUG && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    return EXIT.UNCHECKED;
  }
}
