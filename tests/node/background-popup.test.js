// SPDX-License-Identifier: Apache-2.0
// Tests of what the popup says for each status, and of when a pause ends. The popup itself is tested in a browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  momentWords,
  pageWords,
  pauseEnd,
  problemWords,
  rulesWords,
} from '../../extension/pages/popup/words.js';
import { ERROR } from '../../extension/shared/errors.js';

describe('the words of the popup', () => {
  /** @type {import('../../extension/pages/popup/words.js').GetMessage} */
  const message = (key, substitutions = []) => [key, ...substitutions].join(' ');
  /** @type {import('../../extension/shared/types.js').PageStatus} */
  const page = { host: 'a.example', origins: [], coverage: 'granted', needsReload: false };

  for (const {
    coverage,
    needsReload = false,
    isPaused = false,
    state,
    look,
  } of /** @type {const} */ ([
    { coverage: 'granted', state: 'popupStateWatching a.example', look: 'watching' },
    { coverage: 'built-in', isPaused: true, state: 'popupStatePaused a.example', look: 'idle' },
    {
      coverage: 'built-in',
      needsReload: true,
      state: 'popupStateReload a.example',
      look: 'attention',
    },
    { coverage: 'withheld', state: 'popupStateWithheld a.example', look: 'attention' },
    { coverage: 'possible', state: 'popupStatePossible a.example', look: 'idle' },
    { coverage: 'never', state: 'popupStateNever', look: 'idle' },
    { coverage: 'unknown', state: 'popupStateUnknown', look: 'idle' },
  ])) {
    it(`say '${state}'`, () => {
      const words = pageWords({ ...page, coverage, needsReload }, isPaused, message);
      assert.deepEqual({ state: words.state, look: words.look }, { state, look });
    });
  }

  for (const { problem, isRunning, words } of [
    { problem: '', isRunning: true, words: '' },
    { problem: 'bundle.json', isRunning: true, words: 'popupProblemFallback bundle.json' },
    { problem: 'rule.bad-pattern', isRunning: false, words: 'popupProblemBundle rule.bad-pattern' },
    { problem: ERROR.ENGINE_LOAD, isRunning: false, words: 'popupProblemEngine engine.load' },
  ]) {
    it(`say '${words}' for the problem '${problem}'`, () => {
      const bundle = isRunning ? { name: 'a', version: 1, rules: 1 } : null;
      assert.equal(problemWords({ bundle, problem }, message), words);
    });
  }

  it('count rules in the language of the browser', () => {
    const bundle = { name: 'a', version: 2, rules: 1 };
    assert.equal(rulesWords(bundle, 'en', message), 'popupRulesDetailOne 2 1');
    assert.equal(rulesWords({ ...bundle, rules: 1200 }, 'en', message), 'popupRulesDetail 2 1,200');
  });

  it('name the weekday of a moment on another day only', () => {
    const noon = new Date(2026, 10, 21, 12, 0).getTime();
    assert.match(momentWords(noon + 3_600_000, noon, 'en-GB'), /^13:00$/);
    assert.match(momentWords(noon + 86_400_000, noon, 'en-GB'), /Sunday/);
  });

  it('let a pause until tomorrow end in the morning, whenever it was taken', () => {
    for (const [hour, day] of /** @type {const} */ ([
      [9, 22],
      [23, 22],
      [0, 22],
    ])) {
      const end = new Date(pauseEnd('tomorrow', new Date(2026, 10, 21, hour, 30).getTime()));
      assert.deepEqual([end.getDate(), end.getHours(), end.getMinutes()], [day, 6, 0]);
    }
    assert.equal(pauseEnd('15-minutes', 5), 900_005);
    assert.equal(pauseEnd('1-hour', 5), 3_600_005);
  });
});
