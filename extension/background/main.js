// SPDX-License-Identifier: Apache-2.0
// Where the background begins: puts the parts together and connects them to the browser's events, all of them at
// once, so that a worker woken by any event hears it. No decision is made here.
// Tested by: tests/browser (a killed worker still holds the next post)
import { loadEngine } from '../engine/engine.js';
import { ERROR } from '../shared/errors.js';
import { browser } from './browser.js';
import { createChecker } from './checker.js';
import { createImageStore } from './image-store.js';
import { createPackageReader } from './package-files.js';
import { createPageStatus } from './page-status.js';
import { createRouter } from './router.js';
import { createSettings } from './settings.js';
import { createToolbar } from './toolbar.js';
import { createWatchedOrigins } from './watched-origins.js';

const manifest = browser.runtime.getManifest();
const builtIn = (manifest.content_scripts ?? []).flatMap(({ matches = [] }) => matches);
const uiLanguage = browser.i18n.getUILanguage();

const settings = createSettings(browser.storage.local);
const watchedOrigins = createWatchedOrigins({
  permissions: browser.permissions,
  scripting: browser.scripting,
  builtIn,
});
const toolbar = createToolbar({
  action: browser.action,
  alarms: browser.alarms,
  getMessage: (key, substitutions) => browser.i18n.getMessage(key, substitutions),
  formatTime: (moment) => new Date(moment).toLocaleTimeString(uiLanguage, { timeStyle: 'short' }),
});
const route = createRouter({
  checker: createChecker({
    readPackageFile: createPackageReader((path) => browser.runtime.getURL(path)),
    loadEngine,
    bundleFiles: ['default.bundle.json'],
    images: createImageStore(indexedDB),
    digest: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)),
    languages: [...new Set([uiLanguage, uiLanguage.replace(/-.*/, ''), 'en'])],
  }),
  settings,
  watchedOrigins,
  toolbar,
  pageStatus: createPageStatus({
    tabs: browser.tabs,
    permissions: browser.permissions,
    watchedOrigins,
    builtIn,
  }),
  self: {
    id: browser.runtime.id,
    root: browser.runtime.getURL(''),
    version: manifest.version,
  },
});

browser.runtime.onMessage.addListener((message, sender, respond) => {
  route(message, sender).then(respond, () => respond({ kind: 'error', id: ERROR.INTERNAL }));
  return true;
});

// A page holds a silent port while someone writes: nothing travels on it, its end tells the page that we were stopped, so
// that the next check may take the time of a start.
browser.runtime.onConnect.addListener((port) =>
  port.onMessage.addListener(() => port.disconnect()),
);

/** Brings what the browser shows and registers in line with what is stored and granted. */
async function restore() {
  await Promise.allSettled([
    settings.restrictAccess(),
    watchedOrigins.restore(),
    settings.pausedUntil().then(toolbar.show),
  ]);
}
browser.runtime.onInstalled.addListener(restore);
browser.runtime.onStartup.addListener(restore);
browser.alarms.onAlarm.addListener(restore);
browser.permissions.onAdded.addListener(restore);
browser.permissions.onRemoved.addListener(restore);
