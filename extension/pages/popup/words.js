// SPDX-License-Identifier: Apache-2.0
// What the popup says for a status: chooses among the messages of _locales. It looks at no element and asks no one.
// Tested by: tests/node/background-popup.test.js

/**
 * @import { PageStatus, Status } from '../../shared/types.js'
 * @typedef {(key: string, substitutions?: string[]) => string} GetMessage
 */

/**
 * @param {PageStatus | null} page
 * @param {boolean} isPaused
 * @param {GetMessage} message
 * @returns {{ state: string, note: string, look: 'watching' | 'attention' | 'idle' }}
 */
export function pageWords(page, isPaused, message) {
  const host = page?.host ?? '';
  switch (page?.coverage) {
    case 'built-in':
    case 'granted':
      if (page.needsReload) {
        return {
          state: message('popupStateReload', [host]),
          note: message('popupNoteReload'),
          look: 'attention',
        };
      }
      if (isPaused) {
        return {
          state: message('popupStatePaused', [host]),
          note: message('popupNotePaused'),
          look: 'idle',
        };
      }
      return {
        state: message('popupStateWatching', [host]),
        note: message('popupNoteWatching'),
        look: 'watching',
      };
    case 'withheld':
      return {
        state: message('popupStateWithheld', [host]),
        note: message('popupNoteWithheld'),
        look: 'attention',
      };
    case 'possible':
      return {
        state: message('popupStatePossible', [host]),
        note: message('popupNotePossible'),
        look: 'idle',
      };
    case 'never':
      return { state: message('popupStateNever'), note: message('popupNoteNever'), look: 'idle' };
    default:
      return {
        state: message('popupStateUnknown'),
        note: message('popupNoteUnknown'),
        look: 'idle',
      };
  }
}

/**
 * @param {Pick<Status, 'bundle' | 'problem'>} status
 * @param {GetMessage} message
 * @returns {string} '' when all is well
 */
export function problemWords({ bundle, problem }, message) {
  if (problem === '') return '';
  if (bundle) return message('popupProblemFallback', [problem]);
  const isBundle = /^(bundle|rule)\./.test(problem);
  return message(isBundle ? 'popupProblemBundle' : 'popupProblemEngine', [problem]);
}

/**
 * @param {NonNullable<Status['bundle']>} bundle
 * @param {string} language
 * @param {GetMessage} message
 */
export function rulesWords({ version, rules }, language, message) {
  const isOne = new Intl.PluralRules(language).select(rules) === 'one';
  const count = rules.toLocaleString(language);
  return message(isOne ? 'popupRulesDetailOne' : 'popupRulesDetail', [String(version), count]);
}

/**
 * A moment as a person says it: the time alone today, with the weekday otherwise.
 * @param {number} moment
 * @param {number} now
 * @param {string} language
 */
export function momentWords(moment, now, language) {
  const isToday = new Date(moment).toDateString() === new Date(now).toDateString();
  return new Date(moment).toLocaleString(language, {
    hour: 'numeric',
    minute: '2-digit',
    ...(isToday ? {} : { weekday: 'long' }),
  });
}

/** Tomorrow begins when people wake up; a pause taken at night should not end at midnight. */
const MORNING_HOUR = 6;

/**
 * @param {string | undefined} choice the data-pause of a button
 * @param {number} now
 * @returns {number} milliseconds since 1970
 */
export function pauseEnd(choice, now) {
  if (choice === '15-minutes') return now + 15 * 60_000;
  if (choice === '1-hour') return now + 60 * 60_000;
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning.getTime();
}
