// SPDX-License-Identifier: Apache-2.0
// Tests of what the background keeps and derives, over a browser in memory: patterns of sites, the pause, the internal sites that
// are watched, the status of a page, the icon.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPageStatus } from '../../extension/background/page-status.js';
import { createSettings } from '../../extension/background/settings.js';
import { createToolbar } from '../../extension/background/toolbar.js';
import { createWatchedOrigins } from '../../extension/background/watched-origins.js';
import { ERROR } from '../../extension/shared/errors.js';
import { isHostPattern, originPattern, patternCovers } from '../../extension/shared/protocol.js';

describe('addresses and patterns', () => {
  for (const [address, pattern] of /** @type {const} */ ([
    ['https://intranet.example/wall?id=1#top', 'https://intranet.example/*'],
    ['https://intranet.example:8443/', 'https://intranet.example/*'],
    ['http://wiki/', 'http://wiki/*'],
    ['http://localhost:8080/a', 'http://localhost/*'],
    ['http://10.0.0.7/a', 'http://10.0.0.7/*'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/*'],
    ['about:blank', ''],
    ['file:///etc/hosts', ''],
    ['ftp://a.example/', ''],
    ['not an address', ''],
    ['', ''],
  ])) {
    it(`asks for '${pattern}' on ${address || 'an empty address'}`, () => {
      assert.equal(originPattern(address), pattern);
    });
  }

  for (const [pattern, address, expected] of /** @type {const} */ ([
    ['https://x.com/*', 'https://x.com/home', true],
    ['https://x.com/*', 'https://x.com:8443/home', true],
    ['https://x.com/*', 'https://www.x.com/', false],
    ['https://x.com/*', 'http://x.com/', false],
    ['https://x.com/*', 'https://x.com.evil.example/', false],
    ['https://x.com/*', 'https://evil.example/https://x.com/', false],
    ['https://*.corp.example/*', 'https://wiki.corp.example/', true],
    ['https://*.corp.example/*', 'https://corp.example/', true],
    ['https://*.corp.example/*', 'https://evilcorp.example/', false],
    ['*://*/*', 'http://a.example/', true],
    ['https://x.com/*', 'about:blank', false],
    ['nonsense', 'https://x.com/', false],
  ])) {
    it(`says that ${pattern} ${expected ? 'covers' : 'does not cover'} ${address}`, () => {
      assert.equal(patternCovers(pattern, address), expected);
    });
  }

  for (const pattern of [
    '*://*/*',
    'https://*/*',
    '<all_urls>',
    'https://a.example/path/*',
    'https://a.*/*',
  ]) {
    it(`does not take ${pattern} for one site`, () => assert.equal(isHostPattern(pattern), false));
  }
});

/** A storage area in memory. @param {Record<string, unknown>} items */
function storageWith(items) {
  return {
    items,
    reads: 0,
    /** @param {string} key */
    async get(key) {
      this.reads += 1;
      return key in items ? { [key]: items[key] } : {};
    },
    /** @param {Record<string, unknown>} added */
    async set(added) {
      Object.assign(items, added);
    },
    /** @param {string} key */
    async remove(key) {
      delete items[key];
    },
  };
}

describe('the settings', () => {
  const now = 1_000_000_000;

  it('keep a pause over the death of the worker, and store nothing else', async () => {
    const storage = storageWith({});
    await createSettings(storage, () => now).pause(now + 1000);
    assert.deepEqual(storage.items, { pausedUntil: now + 1000 });
    assert.equal(await createSettings(storage, () => now).pausedUntil(), now + 1000);
    assert.equal(await createSettings(storage, () => now + 1000).pausedUntil(), 0);
  });

  it('leave nothing behind after resuming', async () => {
    const storage = storageWith({ pausedUntil: now + 1000 });
    const settings = createSettings(storage, () => now);
    await settings.pause(0);
    assert.deepEqual(storage.items, {});
    assert.equal(await settings.pausedUntil(), 0);
  });

  it('read storage once in a worker’s life', async () => {
    const storage = storageWith({ pausedUntil: now + 1000 });
    const settings = createSettings(storage, () => now);
    await settings.pausedUntil();
    await settings.pausedUntil();
    assert.equal(storage.reads, 1);
  });

  for (const damaged of ['tomorrow', null, Number.NaN, {}, now * 9, -1]) {
    it(`watch when the stored pause is ${JSON.stringify(damaged)}`, async () => {
      const settings = createSettings(storageWith({ pausedUntil: damaged }), () => now);
      assert.equal(await settings.pausedUntil(), 0);
    });
  }

  it('watch when storage cannot be read, and look again the next time', async () => {
    const storage = storageWith({ pausedUntil: now + 1000 });
    const { get } = storage;
    storage.get = async () => {
      throw new Error('storage is corrupt');
    };
    const settings = createSettings(storage, () => now);
    assert.equal(await settings.pausedUntil(), 0);
    storage.get = get;
    assert.equal(await settings.pausedUntil(), now + 1000);
  });

  it('refuse a pause of more than two days', async () => {
    const settings = createSettings(storageWith({}), () => now);
    await assert.rejects(settings.pause(now + 49 * 3_600_000), { id: ERROR.BAD_REQUEST });
  });
});

/**
 * The browser's permissions and registered scripts, in memory.
 * @param {string[]} origins
 */
function browserWith(origins) {
  const state = { origins, scripts: /** @type {any[]} */ ([]), isFailing: false };
  return {
    state,
    permissions: {
      getAll: async () => ({ origins: [...state.origins] }),
      /** @param {{ origins: string[] }} asked */
      contains: async (asked) => asked.origins.every((origin) => state.origins.includes(origin)),
      /** @param {{ origins: string[] }} asked */
      remove: async (asked) => {
        state.origins = state.origins.filter((origin) => !asked.origins.includes(origin));
        return true;
      },
    },
    scripting: {
      getRegisteredContentScripts: async () => {
        if (state.isFailing) throw new Error('try later');
        return [...state.scripts];
      },
      /** @param {any[]} scripts */
      registerContentScripts: async (scripts) => {
        if (state.scripts.length > 0) throw new Error('Duplicate script ID');
        state.scripts.push(...scripts);
      },
      /** @param {any[]} scripts */
      updateContentScripts: async (scripts) => {
        state.scripts = scripts;
      },
      unregisterContentScripts: async () => {
        state.scripts = [];
      },
    },
  };
}

describe('the watched internal sites', () => {
  const builtIn = ['https://x.com/*'];
  const intranet = 'https://intranet.example/*';

  it('are what the person granted, but neither built-in sites nor a grant for every site', async () => {
    const { state, ...browser } = browserWith([
      'https://*/*',
      '*://*/*',
      'https://x.com/*',
      intranet,
    ]);
    await createWatchedOrigins({ ...browser, builtIn }).restore();
    assert.deepEqual(state.scripts, [
      {
        id: 'granted-origins',
        matches: [intranet],
        js: ['content.js'],
        runAt: 'document_start',
        allFrames: true,
        matchOriginAsFallback: true,
        persistAcrossSessions: true,
      },
    ]);
  });

  it('follow a removed permission', async () => {
    const { state, ...browser } = browserWith([intranet]);
    const watched = createWatchedOrigins({ ...browser, builtIn });
    await watched.restore();
    state.origins = [];
    await watched.restore();
    assert.deepEqual(state.scripts, []);
  });

  it('are registered one after the other when several events ask at once', async () => {
    const { state, ...browser } = browserWith([intranet]);
    const watched = createWatchedOrigins({ ...browser, builtIn });
    await Promise.all([watched.restore(), watched.watch(intranet), watched.restore()]);
    assert.equal(state.scripts.length, 1);
  });

  it('can be registered after an attempt that failed', async () => {
    const { state, ...browser } = browserWith([intranet]);
    const watched = createWatchedOrigins({ ...browser, builtIn });
    state.isFailing = true;
    await assert.rejects(watched.restore());
    state.isFailing = false;
    await watched.restore();
    assert.equal(state.scripts.length, 1);
  });

  it('are not watched without the browser’s grant', async () => {
    const { state, ...browser } = browserWith([]);
    const watched = createWatchedOrigins({ ...browser, builtIn });
    await assert.rejects(watched.watch(intranet), { id: ERROR.ORIGIN_REFUSED });
    assert.deepEqual(state.scripts, []);
  });

  it('give their permission back when no longer watched', async () => {
    const { state, ...browser } = browserWith([intranet]);
    const watched = createWatchedOrigins({ ...browser, builtIn });
    await watched.restore();
    await watched.unwatch(intranet);
    assert.deepEqual(state.origins, []);
    assert.deepEqual(state.scripts, []);
    await assert.rejects(watched.unwatch('https://x.com/*'), { id: ERROR.ORIGIN_REFUSED });
  });
});

describe('the status of a page', () => {
  for (const { name, url, origins = ['https://x.com/*'], isThere = true, expected } of [
    {
      name: 'a site of the package',
      url: 'https://x.com/home',
      expected: {
        host: 'x.com',
        origins: ['https://x.com/*'],
        coverage: 'built-in',
        needsReload: false,
      },
    },
    {
      name: 'a page that was open before us',
      url: 'https://www.linkedin.com/feed',
      origins: ['https://www.linkedin.com/*'],
      isThere: false,
      expected: {
        host: 'linkedin.com',
        origins: ['https://www.linkedin.com/*'],
        coverage: 'built-in',
        needsReload: true,
      },
    },
    {
      name: 'a site of the package the browser keeps us from',
      url: 'https://x.com/home',
      origins: [],
      expected: {
        host: 'x.com',
        origins: ['https://x.com/*'],
        coverage: 'withheld',
        needsReload: false,
      },
    },
    {
      name: 'an internal site that was added',
      url: 'https://wall.example:8443/a',
      origins: ['https://wall.example/*'],
      expected: {
        host: 'wall.example',
        origins: ['https://wall.example/*'],
        coverage: 'granted',
        needsReload: false,
      },
    },
    {
      name: 'a site that can be added',
      url: 'https://wall.example/a',
      expected: {
        host: 'wall.example',
        origins: ['https://wall.example/*'],
        coverage: 'possible',
        needsReload: false,
      },
    },
    {
      name: 'a page of the browser',
      url: 'about:config',
      expected: { host: '', origins: [], coverage: 'never', needsReload: false },
    },
    {
      name: 'a page the browser keeps to itself',
      url: undefined,
      expected: { host: '', origins: [], coverage: 'unknown', needsReload: false },
    },
  ]) {
    it(`names ${name}`, async () => {
      const builtIn = ['https://x.com/*', 'https://www.linkedin.com/*'];
      const { permissions, scripting } = browserWith(origins);
      const pageStatus = createPageStatus({
        tabs: {
          get: async () => ({ url }),
          sendMessage: async () => {
            if (!isThere) throw new Error('Receiving end does not exist');
          },
        },
        permissions,
        watchedOrigins: createWatchedOrigins({ permissions, scripting, builtIn }),
        builtIn,
      });
      assert.deepEqual(await pageStatus(4), expected);
    });
  }

  it('is unknown for a tab that was closed meanwhile', async () => {
    const { permissions } = browserWith([]);
    const pageStatus = createPageStatus({
      tabs: {
        get: async () => {
          throw new Error('No tab with id: 4');
        },
        sendMessage: async () => undefined,
      },
      permissions,
      watchedOrigins: { granted: async () => [] },
      builtIn: [],
    });
    assert.equal((await pageStatus(4)).coverage, 'unknown');
  });
});

describe('the toolbar icon', () => {
  it('shows a pause, wakes us at its end, and is plain otherwise', async () => {
    /** @type {unknown[]} */
    const calls = [];
    const toolbar = createToolbar({
      action: /** @type {any} */ ({
        setBadgeText: async (/** @type {{ text: string }} */ { text }) =>
          calls.push(['badge', text]),
        setBadgeBackgroundColor: async () => {},
        setTitle: async (/** @type {{ title: string }} */ { title }) =>
          calls.push(['title', title]),
      }),
      alarms: {
        create: async (_name, { when }) => calls.push(['alarm', when]),
        clear: async () => Boolean(calls.push(['no alarm'])),
      },
      getMessage: (key, [time = ''] = []) => `${key} ${time}`.trim(),
      formatTime: (moment) => `at ${moment}`,
    });
    await toolbar.show(7);
    await toolbar.show(0);
    assert.deepEqual(calls, [
      ['alarm', 7],
      ['badge', 'II'],
      ['title', 'toolbarPaused at 7'],
      ['no alarm'],
      ['badge', ''],
      ['title', 'extensionName'],
    ]);
  });
});
