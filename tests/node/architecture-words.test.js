// SPDX-License-Identifier: Apache-2.0
// Holds the words a person reads to _locales: each key that is asked for exists, each that exists is used, and no
// sentence stands in a script or a page. Whether a sentence is good is for people to judge.
import { describe, it } from 'node:test';
import { assertNone, filesBelow, ofKind, read, withoutComments } from './source-files.js';

const extensionFiles = filesBelow('extension');
const extensionScripts = extensionFiles.filter(ofKind('.js'));

describe('the words a person reads', () => {
  const locales = filesBelow('extension/_locales').filter((path) =>
    path.endsWith('/messages.json'),
  );
  /** @type {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} */
  const english = JSON.parse(read('extension/_locales/en/messages.json'));
  const users = ['manifest.json', ...extensionFiles.filter(ofKind('.js', '.html'))];

  /** @param {string} path @returns {string[]} */
  function keysUsedIn(path) {
    const text = ofKind('.js')(path) ? withoutComments(read(path)) : read(path);
    const patterns = [
      /__MSG_(\w+)__/g,
      /data-message="(\w+)"/g,
      /\b(?:message|getMessage|words?|say|text|i18n|t)\(\s*['"](\w+)['"]/g,
    ];
    return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, key = '']) => key));
  }

  it('exist in English wherever they are asked for', () => {
    const isOurs = /^(?:popup|card|chip|toolbar|extension)[A-Z]/;
    const offences = users.flatMap((path) =>
      keysUsedIn(path)
        .filter((key) => isOurs.test(key) && !(key in english))
        .map((key) => `${path} asks for ${key}`),
    );
    assertNone(offences, 'Add the message to extension/_locales/en/messages.json.');
  });

  it('are all used', () => {
    const everything = users.map(read).join('\n');
    const offences = Object.keys(english).filter(
      (key) => !new RegExp(`(?:['"\`]|__MSG_)${key}(?:['"\`]|__)`).test(everything),
    );
    assertNone(offences, 'Remove the message, or use it by its whole name.');
  });

  it('exist in every language, with the same placeholders', () => {
    const offences = locales.flatMap((path) => {
      const other = JSON.parse(read(path));
      return Object.entries(english).flatMap(([key, { placeholders = {} }]) => {
        if (!(key in other)) return [`${path} lacks ${key}`];
        const theirs = Object.keys(other[key].placeholders ?? {})
          .sort()
          .join();
        return theirs === Object.keys(placeholders).sort().join()
          ? []
          : [`${path}: placeholders of ${key}`];
      });
    });
    assertNone(offences, 'Translate the message; a missing one shows as nothing.');
  });

  it('declare every placeholder they mention', () => {
    const offences = Object.entries(english).flatMap(([key, { message, placeholders = {} }]) =>
      [...message.matchAll(/\$(\w+)\$/g)]
        .filter(
          ([, name = '']) =>
            !Object.keys(placeholders).some((each) => each.toLowerCase() === name.toLowerCase()),
        )
        .map(([whole]) => `${key}: ${whole}`),
    );
    assertNone(offences, 'Declare it under placeholders.');
  });

  it('are in no page of ours itself', () => {
    const offences = extensionFiles.filter(ofKind('.html')).flatMap((path) => {
      const text = read(path)
        .replace(/<!--[\s\S]*?-->/g, '')
        .replace(/<[^>]*>/g, '');
      return /[A-Za-z]{2,}/.test(text) ? [`${path}: ${text.trim().slice(0, 60)}`] : [];
    });
    assertNone(offences, 'Give the element a data-message and put the words into _locales.');
  });

  it('are in no script: no text, label or title is set to a sentence', () => {
    const pattern =
      /(?:textContent|innerText|ariaLabel|title|placeholder|alt)\s*=\s*['"`][^'"`]*[A-Za-z]{3,}\s|setAttribute\(\s*['"](?:aria-label|title|alt|placeholder)['"]\s*,\s*['"`][^'"`]*[A-Za-z]{3,}/;
    const offences = extensionScripts.flatMap((path) =>
      withoutComments(read(path))
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
    assertNone(offences, 'Put the words into _locales and ask for them by their key.');
  });
});
