// SPDX-License-Identifier: Apache-2.0
// A hasty person and a page that works against the card: neither gets a risky draft out without a real answer to the
// card, and no draft goes out twice.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BEDS, bedNamed } from '../beds.js';
import { ANYWAY, KEEP } from '../desk.js';
import { inBrowsers, RISKY } from '../rig.js';

/** What a page's script can do to a button. Each runs in the page. @type {Record<string, (button: any) => void>} */
const TRICKS = {
  'button.click()': (button) => button.click(),
  'a made-up click': (button) => {
    button.dispatchEvent(
      new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }),
    );
  },
  'a made-up press, down and up': (button) => {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      const Kind = type.startsWith('pointer') ? PointerEvent : MouseEvent;
      button.dispatchEvent(new Kind(type, { bubbles: true, cancelable: true, composed: true }));
    }
  },
  'requestSubmit()': (button) => {
    const form = button.closest('form');
    if (form) form.requestSubmit();
    /** @type {HTMLElement} */ else button.click();
  },
};

inBrowsers('haste and abuse', (rig) => {
  for (const bed of BEDS) {
    if (!/inline|Quill 2|tiptap/.test(bed.name))
      it(`${bed.name}: a double click on Post opens one card and posts nothing`, async () => {
        const desk = await rig.open(bed);
        await desk.type(RISKY);
        const button = await desk.button();
        await button.click({ count: 2 });
        await desk.cardOpens();
        await desk.settle();
        assert.deepEqual(desk.posted(), []);
        await desk.cardOpens();

        // As hasty on the card: however often it is pressed, one post comes of it.
        await desk.postAnyway((name) => desk.pressOnCard(name, { count: 2 }));
        assert.deepEqual(await desk.untilPosted(1), [RISKY]);
      });

    it(`${bed.name}: no click made by the page posts a risky draft`, async () => {
      const desk = await rig.open(bed);
      await desk.type(RISKY);
      await desk.lookUp();
      for (const [name, trick] of Object.entries(TRICKS)) {
        const button = await desk.button();
        await button.evaluate(trick);
        await desk.settle();
        assert.deepEqual(desk.posted(), [], name);
      }
      assert.equal(await desk.text(), RISKY);
    });
  }

  for (const name of ['linkedin, Quill 1', 'x inline, Draft.js', 'intranet, textarea in a form']) {
    it(`${name}: clicks made by the page do not count as an answer to the card`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY);
      await desk.pressPost();
      await desk.cardOpens();
      const { x, y } = await desk.middleOf(ANYWAY);
      await desk.page.evaluate(
        (left, top) => {
          const hosts = [...document.documentElement.children].filter(
            (each) => !['HEAD', 'BODY'].includes(each.nodeName),
          );
          const targets = [...hosts, document.activeElement, document.elementFromPoint(left, top)];
          for (const target of targets) {
            for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
              target?.dispatchEvent(
                new MouseEvent(type, {
                  ...{ bubbles: true, cancelable: true, composed: true },
                  ...{ clientX: left, clientY: top, detail: 1 },
                }),
              );
            }
            for (const type of ['keydown', 'keypress', 'keyup']) {
              target?.dispatchEvent(
                new KeyboardEvent(type, { key: 'Enter', bubbles: true, cancelable: true }),
              );
            }
            if (target instanceof HTMLElement) target.click();
          }
        },
        x,
        y,
      );
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      await desk.pressOnCard(KEEP);
      await desk.cardCloses();
      assert.deepEqual(desk.posted(), []);
      assert.equal(await desk.text(), RISKY);
    });

    it(`${name}: consent to one text is no consent to the next`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY);
      await desk.pressPost();
      await desk.postAnyway();
      await desk.untilPosted(1);

      await desk.compose();
      const again = 'Here is my other card, 5500 0000 0000 0004, for the refund';
      await desk.type(again);
      await desk.pressPost();
      await desk.cardOpens();
      await desk.settle();
      assert.deepEqual(desk.posted(), [RISKY]);
      await desk.postAnyway();
      assert.deepEqual(await desk.untilPosted(2), [RISKY, again]);
    });

    it(`${name}: a page that takes the card away gets no post for it`, async () => {
      const desk = await rig.open(bedNamed(name));
      await desk.type(RISKY);
      await desk.pressPost();
      await desk.cardOpens();
      await desk.page.evaluate(() => {
        for (const each of [...document.documentElement.children]) {
          if (!['HEAD', 'BODY'].includes(each.nodeName)) each.remove();
        }
      });
      await desk.settle();
      assert.deepEqual(desk.posted(), []);
      // Whether the card is still there or the press must be made again: it takes an answer.
      if (!(await desk.card())) await desk.pressPost();
      await desk.postAnyway();
      assert.deepEqual(await desk.untilPosted(1), [RISKY]);
    });
  }
});
