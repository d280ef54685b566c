// SPDX-License-Identifier: Apache-2.0
// The icon in the toolbar: shows that we are paused, and stops showing it when the pause is over. Nothing else is
// put there; no count of findings follows a person around.
// Tested by: tests/node/background-state.test.js

const RESUME_ALARM = 'resume';
const PAUSED_BADGE = 'II';
const BADGE_COLOUR = '#5f6b6d';

/**
 * @param {object} needs
 * @param {Pick<typeof chrome.action, 'setBadgeText' | 'setBadgeBackgroundColor' | 'setTitle'>} needs.action
 * @param {{ create: (name: string, info: { when: number }) => unknown, clear: (name: string) => Promise<boolean> }} needs.alarms
 * @param {(key: string, substitutions?: string[]) => string} needs.getMessage
 * @param {(moment: number) => string} needs.formatTime
 */
export function createToolbar({ action, alarms, getMessage, formatTime }) {
  return {
    /** @param {number} pausedUntil 0 when not paused */
    async show(pausedUntil) {
      const isPaused = pausedUntil > 0;
      if (isPaused) await alarms.create(RESUME_ALARM, { when: pausedUntil });
      else await alarms.clear(RESUME_ALARM);
      await action.setBadgeBackgroundColor({ color: BADGE_COLOUR });
      await action.setBadgeText({ text: isPaused ? PAUSED_BADGE : '' });
      const title = isPaused
        ? getMessage('toolbarPaused', [formatTime(pausedUntil)])
        : getMessage('extensionName');
      await action.setTitle({ title });
    },
  };
}

/** @typedef {ReturnType<typeof createToolbar>} Toolbar */
