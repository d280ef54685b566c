// SPDX-License-Identifier: Apache-2.0
// The card as assistive technology and eyes get it: role, names, focus, contrast in light and dark, and narrow windows.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { walk } from '../accessible.js';
import { axeOnCard } from '../axe.js';
import { bedNamed } from '../beds.js';
import { ANYWAY, CARD_NAME, find, KEEP } from '../desk.js';
import { inBrowsers, RISKY } from '../rig.js';
import { until } from '../until.js';

const NAMES = ['linkedin, Quill 1', 'x modal, Draft.js', 'intranet, textarea in a form'];

inBrowsers('the card', (rig) => {
  for (const name of NAMES) {
    it(`${name}: has its role, its names and a description, and the harmless answer the focus`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY);
      await desk.pressPost();
      const card = await desk.cardOpens();
      for (const button of [KEEP, ANYWAY, "This isn't a problem"]) {
        assert.ok(find(card, 'button', button), `there is a button "${button}"`);
      }
      assert.notEqual(card.description.trim(), '', 'the card is described');
      await until('the harmless answer has the focus', async () => {
        return (await desk.focusOnCard()) === KEEP;
      });
      for (const node of walk(card)) {
        if (node.role === 'button' || node.role === 'link') {
          assert.notEqual(node.name.trim(), '', `every ${node.role} has a name`);
        }
      }
    });
  }

  it('the buttons are large enough to hit and wholly on screen in a narrow, low window', async () => {
    const desk = await rig.open(bedNamed('intranet, textarea in a form'));
    await desk.type(RISKY);
    await desk.page.setViewport({ width: 320, height: 480 });
    await desk.pressPost();
    const card = await desk.cardOpens();
    const box = await card.box();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 320, 'no sideways scrolling');
    assert.ok(box.y >= 0 && box.y + box.height <= 480, 'no card below the edge');
    for (const name of [KEEP, ANYWAY]) {
      const button = await find(card, 'button', name)?.box();
      assert.ok(button && button.height >= 24 && button.width >= 24, `${name} is large enough`);
      assert.ok(button.x >= 0 && button.x + button.width <= 320, `${name} is not cut off`);
      assert.ok(button.y >= 0 && button.y + button.height <= 480, `${name} is in sight`);
    }
    const title = await find(card, 'heading', CARD_NAME)?.box();
    assert.ok(title && title.y >= 0 && title.y < 100, 'the card begins with its beginning');
  });
});

inBrowsers(
  'axe on the card',
  (rig) => {
    for (const name of NAMES) {
      it(`${name}: finds nothing wrong in light and in dark`, async () => {
        const desk = await rig.open(bedNamed(name));
        await desk.type(RISKY);
        await desk.pressPost();
        await desk.cardOpens();
        const backgrounds = new Set();
        for (const scheme of ['light', 'dark']) {
          await desk.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
          const report = await axeOnCard(desk.page);
          assert.deepEqual(report.violations, [], scheme);
          assert.deepEqual(report.faint, [], scheme);
          assert.ok(report.looked > 8, `the contrast of ${report.looked} texts was measured`);
          for (const rule of ['button-name', 'aria-dialog-name', 'list', 'nested-interactive']) {
            assert.ok(report.passes.includes(rule), `axe could judge ${rule}`);
          }
          backgrounds.add(report.background);
        }
        assert.equal(backgrounds.size, 2, 'the card follows the colour scheme');
      });
    }
  },
  { browsers: ['chromium'] },
);
