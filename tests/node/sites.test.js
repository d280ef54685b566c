// SPDX-License-Identifier: Apache-2.0
// The site adapters as data: complete, unambiguous, in step with the manifest; and the words of send buttons.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isEnterHint, isForMessages } from '../../extension/sites/box-words.js';
import { GENERIC } from '../../extension/sites/generic.js';
import { effectiveHost, SITES, siteOf } from '../../extension/sites/registry.js';
import { isOtherLabel, isSendLabel, isSendName } from '../../extension/sites/send-words.js';

/** @import { SiteData } from '../../extension/sites/site-data.js' */

/** @param {SiteData} site */
function selectorsOf({ surfaces, notWatched, ignored, notSend }) {
  const own = surfaces.flatMap(({ editors, root, send, notSend, replyWhen, mediaWhen }) => [
    ...editors,
    ...root,
    ...send,
    ...notSend,
    replyWhen?.within ?? 'p',
    mediaWhen ?? 'p',
  ]);
  return [...own, ...notWatched, ...ignored, ...notSend];
}

describe('the sites', () => {
  for (const site of [...SITES, GENERIC]) {
    it(`${site.id}: has an id a rule can name`, () => {
      assert.match(site.id, /^[a-z0-9-]{1,64}$/);
    });

    it(`${site.id}: has well-formed selectors, each once in its list`, () => {
      for (const selector of selectorsOf(site)) {
        assert.ok(selector.trim() === selector && selector !== '', JSON.stringify(selector));
        for (const [open, close] of ['[]', '()', '""']) {
          const count = (/** @type {string | undefined} */ mark) =>
            selector.split(mark ?? '').length - 1;
          if (open === close) assert.equal(count(open) % 2, 0, selector);
          else assert.equal(count(open), count(close), selector);
        }
      }
      for (const { editors, send, root } of site.surfaces) {
        for (const list of [editors, send, root]) assert.equal(new Set(list).size, list.length);
      }
    });
  }

  for (const site of SITES) {
    it(`${site.id}: names its hosts, an editor and a send control for every surface`, () => {
      assert.ok(site.hosts.length > 0);
      assert.ok(site.surfaces.length > 0);
      for (const { editors, send } of site.surfaces) {
        assert.ok(editors.length > 0 && send.length > 0);
      }
    });
  }

  it('are in step with the hosts of the manifest', () => {
    const manifest = JSON.parse(
      readFileSync(new URL('../../manifest.json', import.meta.url), 'utf8'),
    );
    const hosts = SITES.flatMap((site) => site.hosts.map((host) => `https://${host}/*`)).sort();
    assert.deepEqual([...manifest.host_permissions].sort(), hosts);
    assert.deepEqual([...manifest.content_scripts[0].matches].sort(), hosts);
  });

  it('claim each host once, and leave all others to the generic one', () => {
    const hosts = SITES.flatMap((site) => site.hosts);
    assert.equal(new Set(hosts).size, hosts.length);
    for (const host of hosts) assert.ok(siteOf(host).hosts.includes(host));
    for (const host of ['intranet.example', 'linkedin.com.example', 'notx.com', '']) {
      assert.equal(siteOf(host), GENERIC);
    }
  });

  it('know the host of frames that have no address of their own', () => {
    assert.equal(effectiveHost('https://x.com', ''), 'x.com');
    assert.equal(effectiveHost('https://x.com:8443', 'x.com'), 'x.com');
    assert.equal(effectiveHost('null', ''), '');
  });
});

describe('the words of boxes', () => {
  for (const hint of [
    'Press Enter to send',
    'Enter sends your message, Shift+Enter begins a new line.',
    'Message (press ENTER to post)',
    'Hit return to send',
    'Shift + Enter for a new line; Enter to submit',
    'Send with Enter',
    'Enter posts your reply',
    'Post by pressing Enter',
    '⏎ to send',
    'Mit Enter senden',
    'Enter zum Senden, Umschalt+Enter für eine neue Zeile',
    'Enter drücken, um zu antworten',
    'Eingabetaste sendet',
    'Entrée pour envoyer',
    'Appuyez sur Entrée pour publier',
    'Pulsa Intro para enviar',
    'اضغط Enter للإرسال',
  ]) {
    it(`take "${hint}" for Enter that sends`, () => assert.ok(isEnterHint(hint)));
  }

  for (const hint of [
    '',
    'Message',
    'Ctrl+Enter sends',
    'Ctrl + Enter to send',
    'Ctrl/Cmd-Enter to send',
    '⌘ Enter to send',
    'Strg+Enter zum Senden',
    'Maj+Entrée pour envoyer',
    'Press Enter for a new line',
    'Enter your message to send it to all',
    'Enter a post code',
    'Enter comment',
    'Enter comments here',
    'Enter posts',
    'Enter message',
    'Send when you enter the building',
    'Press Enter to search',
  ]) {
    it(`take "${hint}" for nothing about Enter alone`, () => assert.ok(!isEnterHint(hint)));
  }

  for (const label of [
    'Your message',
    'Message #general',
    'Write a comment…',
    'Reply to Ana',
    'Post something nice',
    'Nachricht an alle',
    'Écrire un commentaire',
    'Escribe un mensaje',
    'اكتب رسالة',
  ]) {
    it(`take "${label}" for a box to say something in`, () => assert.ok(isForMessages([label])));
  }

  for (const labels of [
    [],
    ['Search'],
    ['Search messages'],
    ['Message', 'Filter by text'],
    ['Message subject'],
    ['Post code'],
    ['Your name'],
    ['New task'],
    ['Nachrichten suchen'],
    ['Rechercher une publication'],
    ['Buscar mensaje'],
    ['Compost'],
  ]) {
    it(`take "${labels.join(', ')}" for a box with another purpose`, () => {
      assert.ok(!isForMessages(labels));
    });
  }
});

describe('the words of buttons', () => {
  for (const label of [
    'Post',
    'POST',
    ' Post ',
    'Post all',
    'Post reply',
    'Reply',
    'Publish now',
    'Send',
    'Send message',
    'Share',
    'Submit',
    'Comment',
    'Add comment',
    'Tweet',
    'Post (Ctrl+Enter)',
    'Send ➤',
    'Post to Intranet',
    'Reply to Anna Berg',
    'Share with team',
    'Veröffentlichen',
    'Beitrag veröffentlichen',
    'Antworten',
    'Kommentieren',
    'Publier',
    'Envoyer',
    'Répondre',
    'Publier le commentaire',
    'Publicar',
    'Enviar mensaje',
    'Responder',
    'نشر',
    'إرسال',
    'الرد',
    'ＰＯＳＴ',
  ]) {
    it(`take "${label}" for sending`, () => assert.ok(isSendLabel(label)));
  }

  for (const label of [
    '',
    'Post options',
    'Start a post',
    'Share settings',
    'Comments',
    'Cancel',
    'Save',
    'Preview post',
    'Posts',
    'Reply all day',
    'Send feedback form link',
    'Publisher',
    'Abbrechen',
    'Postfach',
    'Publicité',
    'Delete comment',
    'Bold',
    'Compost',
    'نشرة',
  ]) {
    it(`do not take "${label}" for sending`, () => assert.ok(!isSendLabel(label)));
  }

  for (const label of [
    'Cancel',
    'Discard draft',
    'Abbrechen',
    'Annuler',
    'Cancelar',
    'إلغاء',
    'Bold',
    'Attach file',
  ]) {
    it(`know that "${label}" does something else`, () => assert.ok(isOtherLabel(label)));
  }
  for (const label of ['Post', 'Save', 'OK', 'Senden', '']) {
    it(`do not claim that "${label}" does something else`, () => assert.ok(!isOtherLabel(label)));
  }

  for (const names of ['btn-send', 'composer__submit', 'sendButton', 'publish icon']) {
    it(`take an icon named "${names}" for sending`, () => assert.ok(isSendName(names)));
  }
  for (const names of [
    '',
    'btn',
    'post-menu',
    'sendLater',
    'emoji send',
    'postal',
    'attach',
    'post-id-4',
  ]) {
    it(`do not take an icon named "${names}" for sending`, () => assert.ok(!isSendName(names)));
  }
});
