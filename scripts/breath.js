#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The command line of Deep Breath: picks the verb, turns every failure into one calm line and an exit code.
// It judges nothing itself; the verbs are in commands/, the rules are judged by engine.wasm.
// Exit codes: 0 clean or done, 1 findings or failed tests, 2 bad usage or bad input, 3 could not check.
// Tested by: tests/node/cli.test.js
import { runVerb } from './commands/verbs.js';

process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  // The reader went away, as in `breath check --jsonl - | head`: there is no one left to tell. A verb that prints as it
  // goes has set the exit code of what it said so far.
  if (error.code === 'EPIPE') process.exit();
  const reason = error.code ?? error.message;
  process.stderr.write(
    `breath: output.failed: the output cannot be written (${reason}). It is not whole.\n`,
  );
  process.exit(3);
});

process.exitCode = await runVerb(process.argv.slice(2));
