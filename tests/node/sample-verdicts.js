// SPDX-License-Identifier: Apache-2.0
// Verdicts as an engine gives them, for tests of those that act on one. It judges nothing.
// Tested by: the tests that import it
/** @import { Severity, UncheckedReason, Verdict } from '../../extension/shared/types.js' */

/** @type {Verdict} */
export const CLEAN = { outcome: 'clean', findings: [], unchecked: [] };

/** @param {Severity} severity @returns {Verdict} */
export function found(severity) {
  const finding = { rule: 'legal.results', severity, spans: [], title: '', owner: 'Legal' };
  const say = { notice: '', why: '', instead: '', ask: '', guideline: { title: '', url: '' } };
  return { outcome: 'findings', findings: [{ ...finding, ...say }], unchecked: [] };
}

/** @param {UncheckedReason} reason @returns {Verdict} */
export function notChecked(reason) {
  return { outcome: 'unchecked', findings: [], unchecked: [{ rule: '*', reason }] };
}
