// SPDX-License-Identifier: Apache-2.0
// The replicas themselves, in browsers without the extension: what a person types is what their model holds and what
// the server receives. If one of these fails, no other browser test means anything.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BEDS, FRAME_BEDS, MORE_BEDS, UNWATCHED_FRAME, WAY_BEDS } from '../beds.js';
import { BROWSERS, start } from '../browsers.js';
import { openDesk } from '../desk.js';
import { startSites } from '../server/server.js';

/** @import { BrowserName, Visitor } from '../browsers.js' */
/** @import { SiteServer } from '../server/server.js' */

const DRAFT = 'Two  spaces, "quotes" and #tags\n\nafter a blank line';
const ONE_LINE = 'Two  spaces, "quotes" and #tags';

describe('replica pages', { concurrency: BROWSERS.length }, () => {
  for (const browser of BROWSERS) replicasIn(browser);
});

/** @param {BrowserName} browser */
function replicasIn(browser) {
  describe(`replica pages in ${browser}`, { concurrency: 1 }, () => {
    /** @type {Visitor} */
    let visitor;
    /** @type {SiteServer} */
    let sites;
    before(async () => {
      [sites, visitor] = await Promise.all([startSites(), start(browser, { extension: null })]);
    });
    after(async () => {
      await visitor?.close();
      await sites?.close();
    });

    const beds = [...BEDS, ...MORE_BEDS, ...WAY_BEDS, ...FRAME_BEDS, UNWATCHED_FRAME];
    for (const bed of beds) {
      const draft = bed.oneLine ? ONE_LINE : DRAFT;
      it(`${bed.name}: what is typed is what the model holds and what is posted`, async () => {
        const desk = await openDesk(visitor, sites, bed);
        await desk.type(draft);
        assert.equal(await desk.text(), draft);
        assert.deepEqual(desk.posted(), []);
        await desk.send();
        assert.deepEqual(await desk.untilPosted(1), [draft]);
        await desk.close();
      });
    }
  });
}
