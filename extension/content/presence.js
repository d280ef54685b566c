// SPDX-License-Identifier: Apache-2.0
// Lets the popup know that this page is watched: answers the background's "are you there?" and nothing else.
// A script that an update left behind hears no more, so silence means "reload the page".
// Tested by: tests/browser

/** @param {Pick<typeof chrome.runtime, 'onMessage'>} runtime */
export function announcePresence(runtime) {
  runtime.onMessage.addListener((message, _sender, respond) => {
    if (message?.kind === 'present') respond(true);
  });
}
