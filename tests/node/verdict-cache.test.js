// SPDX-License-Identifier: Apache-2.0
// What a page remembers of the drafts it had checked: exact texts in exact places, few and for a short time.
// Tested by: itself
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRESH_MS, VerdictCache } from '../../extension/content/verdict-cache.js';
import { CLEAN, notChecked } from './sample-verdicts.js';

/** @import { DraftContext } from '../../extension/shared/types.js' */

describe('the memory of verdicts', () => {
  /** @type {DraftContext} */
  const context = { site: 'x', surface: 'post', audience: 'external' };
  /** @type {DraftContext} */
  const elsewhere = { ...context, surface: 'reply' };

  it('answers for the exact text in the exact place', () => {
    const cache = new VerdictCache(() => 0);
    cache.put('hello', context, CLEAN);
    assert.equal(cache.get('hello', context), CLEAN);
    assert.equal(cache.get('hello ', context), null);
    assert.equal(cache.get('hello', elsewhere), null);
  });

  it('keeps nothing that was not checked, and forgets what was known before', () => {
    const cache = new VerdictCache(() => 0);
    cache.put('hello', context, CLEAN);
    cache.put('hello', context, notChecked('paused'));
    assert.equal(cache.get('hello', context), null);
  });

  it('forgets with time, also when the clock was set back', () => {
    let time = 1000;
    const cache = new VerdictCache(() => time);
    cache.put('hello', context, CLEAN);
    time += FRESH_MS;
    assert.equal(cache.get('hello', context), null);
    time = 0;
    assert.equal(cache.get('hello', context), null);
  });

  it('holds no text for longer than its answer is good', () => {
    let time = 0;
    /** @type {{ callback: () => void, at: number }[]} */
    const timers = [];
    const cache = new VerdictCache(
      () => time,
      (callback, ms) => timers.push({ callback, at: time + ms }),
    );
    cache.put('first', context, CLEAN);
    time = 1000;
    cache.put('second', context, CLEAN);
    assert.equal(timers.length, 1, 'one timer at a time');
    while (timers.length > 0) {
      const timer = timers.shift();
      time = timer?.at ?? 0;
      timer?.callback();
      assert.equal(cache.entries.size, timers.length, `${time} ms`);
    }
    assert.deepEqual([time, cache.entries.size, cache.characters], [1000 + FRESH_MS, 0, 0]);
  });

  it('forgets a draft that was posted in every context, and no other', () => {
    const cache = new VerdictCache(() => 0);
    const others = ['hello\nworld', 'world hello', 'wor\nld', ''];
    for (const text of ['world', ...others]) cache.put(text, context, CLEAN);
    cache.put('world', elsewhere, CLEAN);
    cache.forgetDraft('world');
    assert.equal(cache.get('world', context), null);
    assert.equal(cache.get('world', elsewhere), null);
    for (const text of others) assert.equal(cache.get(text, context), CLEAN, text);
    for (const text of others) cache.forgetDraft(text);
    assert.deepEqual([cache.entries.size, cache.characters], [0, 0]);
  });

  it('forgets everything when the page is left', () => {
    const cache = new VerdictCache(() => 0);
    cache.put('hello', context, CLEAN);
    cache.put('', context, CLEAN);
    cache.forgetAll();
    assert.deepEqual([cache.entries.size, cache.characters], [0, 0]);
    assert.equal(cache.get('hello', context), null);
  });

  it('holds few drafts and few characters', () => {
    const cache = new VerdictCache(() => 0);
    for (let index = 0; index < 100; index++) cache.put(`draft ${index}`, context, CLEAN);
    assert.ok(cache.entries.size <= 40);
    assert.equal(cache.get('draft 99', context), CLEAN);
    for (const letter of 'abcdef') cache.put(letter.repeat(1_000_000), context, CLEAN);
    assert.ok(cache.characters <= 4_000_000);
    cache.put('x'.repeat(5_000_000), context, CLEAN);
    assert.equal(cache.get('x'.repeat(5_000_000), context), null);
  });
});
