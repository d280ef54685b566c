// SPDX-License-Identifier: Apache-2.0
// Checkers of prose with rules of their own. They answer another question; their rows say what a person waits for such an answer.
// Tested by: tests/node/bench.test.js

/** @typedef {import('../bench-types.d.ts').Matcher} Matcher */

/** @returns {Promise<Matcher>} */
export async function harper() {
  const { LocalLinter } = await import('harper.js');
  const { binaryInlined } = await import('harper.js/binaryInlined');
  const linter = new LocalLinter({ binary: binaryInlined });
  await linter.setup();
  return {
    unit: 'utf16',
    count: async (text) => (await linter.lint(text)).length,
    hits: () => [],
  };
}

/** @returns {Promise<Matcher>} */
export async function alexRules() {
  const { text: judge } = await import('alex');
  return { unit: 'utf16', count: (text) => judge(text).messages.length, hits: () => [] };
}
