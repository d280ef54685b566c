// SPDX-License-Identifier: Apache-2.0
// Holds the project to its own map: who may import whom, what no source may contain, how files are named.
// It reads the sources as they lie in the file system; each failure says what to do about it.
import { basename, dirname, posix } from 'node:path';
import { describe, it } from 'node:test';
import { assertNone, filesBelow, ofKind, read, withoutComments } from './source-files.js';

const wasmSources = filesBelow('wasm').filter(ofKind('.h', '.cc'));
const cppSources = [...wasmSources, ...filesBelow('tests').filter(ofKind('.h', '.cc'))];
const extensionFiles = filesBelow('extension');
const extensionScripts = extensionFiles.filter(ofKind('.js'));
const nodeScripts = filesBelow('scripts').filter(ofKind('.js'));
const testScripts = filesBelow('tests').filter(ofKind('.js'));

/**
 * @param {string} path
 * @returns {string[]} what a module imports at run time: a path relative to the repository, or a bare specifier
 */
function importsOf(path) {
  const code = withoutComments(read(path));
  const found = [
    ...code.matchAll(/^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g),
  ];
  return found.map(([, to = '']) =>
    to.startsWith('.') ? posix.normalize(posix.join(dirname(path), to)) : to,
  );
}

/**
 * @param {string} path such as extension/card/card.js
 * @returns {string} the part of the map it belongs to, such as extension/card
 */
function partOf(path) {
  const [first = '', second = ''] = path.split('/');
  return first === 'extension' ? `${first}/${second}` : first;
}

describe('the import directions', () => {
  const layers = ['text', 'match', 'rules', 'bundle', 'abi', 'cli'];

  it('of the engine run {abi, cli} -> bundle -> rules -> match -> text', () => {
    const offences = wasmSources.flatMap((path) => {
      const own = layers.indexOf(path.split('/')[1] ?? '');
      return [...withoutComments(read(path)).matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)]
        .map(([, header = '']) => header)
        .filter((header) => {
          const layer = header.split('/').find((part) => layers.includes(part));
          return layer !== undefined && layers.indexOf(layer) > own;
        })
        .map((header) => `${path} includes ${header}`);
    });
    assertNone(
      offences,
      'A lower layer knows no higher one: pass what it needs as an argument, or move it down.',
    );
  });

  it('let only wasm/bundle see nlohmann/json', () => {
    const offences = wasmSources.filter(
      (path) => !path.startsWith('wasm/bundle/') && /#\s*include\s+[<"]nlohmann\b/.test(read(path)),
    );
    assertNone(offences, 'JSON ends in wasm/bundle: read it there and pass on plain structures.');
  });

  /** Which other parts each part of the extension may import. */
  const allowed = /** @type {Record<string, string[]>} */ ({
    'extension/shared': [],
    'extension/engine': ['extension/shared'],
    'extension/bundle': ['extension/shared', 'extension/engine'],
    'extension/background': ['extension/shared', 'extension/engine', 'extension/bundle'],
    'extension/editors': ['extension/shared'],
    'extension/sites': ['extension/shared', 'extension/editors'],
    'extension/card': ['extension/shared'],
    'extension/content': [
      'extension/shared',
      'extension/editors',
      'extension/sites',
      'extension/card',
    ],
    'extension/pages': ['extension/shared'],
  });

  for (const [part, targets] of Object.entries(allowed)) {
    const names = targets.map((target) => basename(target)).join(', ') || 'nothing';
    it(`let ${part} import ${names}`, () => {
      const offences = extensionScripts
        .filter((path) => partOf(path) === part)
        .flatMap((path) =>
          importsOf(path)
            .filter((to) => partOf(to) !== part && !targets.includes(partOf(to)))
            .map((to) => `${path} imports ${to}`),
        );
      assertNone(
        offences,
        part === 'extension/card' || part === 'extension/sites'
          ? 'Cards and sites meet in content/session only: give them what they need as arguments.'
          : `Move the code to where both may see it, or let ${part} be given what it needs.`,
      );
    });
  }

  it('know every folder of the extension', () => {
    const known = new Set([...Object.keys(allowed), 'extension/icons', 'extension/_locales']);
    assertNone(
      [...new Set(extensionFiles.map(partOf))].filter((part) => !known.has(part)),
      'Say in this test what the new folder may import.',
    );
  });

  it('let scripts see of the extension only what runs anywhere', () => {
    const offences = nodeScripts.flatMap((path) =>
      importsOf(path)
        .filter((to) => to.startsWith('extension/') || to.startsWith('tests/'))
        .filter((to) => !/^extension\/(engine|bundle|shared)\//.test(to))
        .map((to) => `${path} imports ${to}`),
    );
    assertNone(
      offences,
      'Scripts use extension/{engine,bundle,shared}; move what they need there.',
    );
  });

  it('point at files that exist', () => {
    const present = new Set([...extensionFiles, ...nodeScripts, ...testScripts]);
    const offences = [...extensionScripts, ...nodeScripts].flatMap((path) =>
      importsOf(path)
        .filter((to) => partOf(to) === 'scripts' || to.startsWith('extension/'))
        .filter((to) => !present.has(to))
        .map((to) => `${path} imports ${to}`),
    );
    assertNone(offences, 'Mend the path; a missing module stops the whole extension.');
  });
});

describe('what no source may contain', () => {
  /** @type {{ what: string, where: (path: string) => boolean, pattern: RegExp, remedy: string }[]} */
  const rules = [
    {
      what: 'the DOM in modules that run anywhere',
      where: (path) => /^extension\/(engine|bundle|shared)\//.test(path),
      pattern:
        /\b(?:document|window|navigator|location|localStorage|HTMLElement)\s*[.[]|\b(?:chrome|browser)\s*\.|['"]node:/,
      remedy:
        'engine, bundle and shared run in the browser and in Node: take what is needed as an argument.',
    },
    {
      what: 'storage, alarms or the network outside the background',
      where: (path) => !path.startsWith('extension/background/'),
      pattern:
        /\.(?:storage|alarms)\.|\b(?:localStorage|sessionStorage|indexedDB|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b|(?<![.\w])fetch\s*\(|\bglobalThis\.fetch\b/,
      remedy: 'Ask the background by a message; only it touches storage, alarms and fetch.',
    },
    {
      what: 'more than one place that fetches',
      where: (path) => path !== 'extension/background/package-files.js',
      pattern:
        /(?<![.\w])fetch\s*\(|\b(?:XMLHttpRequest|WebSocket|EventSource|sendBeacon|WebTransport|RTCPeerConnection)\b/,
      remedy: 'Use createPackageReader of background/package-files.js.',
    },
    {
      what: 'markup from strings',
      where: () => true,
      pattern:
        /\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseFromString)\b|document\.write\b/,
      remedy: 'Build nodes with createElement and textContent.',
    },
    {
      what: 'code from strings',
      where: () => true,
      pattern: /(?<![.\w])eval\s*\(|\bnew\s+Function\b|(?<![.\w])Function\s*\(/,
      remedy: 'The store and our own policy forbid it; write the function.',
    },
    {
      what: 'a log that could hold a draft',
      where: () => true,
      pattern: /\bconsole\s*\.\s*(?:log|debug|info|dir|table|warn|error|trace)\b/,
      remedy: 'Show it to the person or drop it; nothing of ours goes to a console.',
    },
    {
      what: 'an address of the extension in a page',
      where: () => true,
      pattern: /(?:chrome|moz)-extension:/,
      remedy: 'Pages look for such addresses; use runtime.getURL inside our own pages only.',
    },
    {
      what: 'runtime.getURL in what runs in a page',
      where: (path) => !/^extension\/(background|pages)\//.test(path),
      pattern: /\bgetURL\b/,
      remedy: 'Nothing of ours may be loaded by a page: bundle it with the content script.',
    },
    {
      what: 'modules loaded by name at run time',
      where: () => true,
      pattern: /\bimport\s*\(/,
      remedy: 'Import it at the top; workers refuse import() and pages would see our address.',
    },
    {
      what: 'a swallowed error',
      where: () => true,
      pattern: /\bcatch\s*(?:\([^)]*\))?\s*\{\s*\}/,
      remedy: 'Say in the block what an error means here, or let it go on.',
    },
  ];

  for (const { what, where, pattern, remedy } of rules) {
    it(`is ${what}`, () => {
      const offences = extensionScripts.filter(where).flatMap((path) =>
        // An empty block with a reason inside is not empty, so this one rule reads comments too.
        (what === 'a swallowed error' ? read(path) : withoutComments(read(path)))
          .split('\n')
          .flatMap((line, index) =>
            pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
          ),
      );
      assertNone(offences, remedy);
    });
  }

  it('is a way for pages into the extension', () => {
    const manifest = JSON.parse(read('manifest.json'));
    assertNone(
      ['web_accessible_resources', 'externally_connectable'].filter((member) => member in manifest),
      'LinkedIn and others look for extensions they can reach; remove it from manifest.json.',
    );
  });

  it('is a style or a script inside a page of ours', () => {
    const offences = extensionFiles
      .filter(ofKind('.html'))
      .filter((path) => /<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=/i.test(read(path)));
    assertNone(offences, 'Our content security policy stops it: put it in a file of its own.');
  });
});

describe('names and headers', () => {
  const isSource = ofKind('.js', '.h', '.cc', '.css', '.html', '.svg', '.sh', '.ts');
  const sources = [
    ...extensionFiles,
    ...filesBelow('wasm'),
    ...filesBelow('scripts'),
    ...filesBelow('tests'),
  ].filter((path) => isSource(path) && !path.includes('/fixtures/'));

  it('open every source with its licence', () => {
    const offences = [...sources, 'CMakeLists.txt']
      .concat(['setup', 'build', 'test', 'demo'].map((name) => `scripts/${name}`))
      .filter((path) => {
        // A doctype or #! line must come first where there is one.
        const lines = read(path).split('\n', 2);
        const first = /^(?:#!|<!doctype)/i.test(lines[0] ?? '') ? lines[1] : lines[0];
        return !first?.includes('SPDX-License-Identifier: Apache-2.0');
      });
    assertNone(offences, 'Begin the file with a comment: SPDX-License-Identifier: Apache-2.0');
  });

  it('write JavaScript file names in kebab-case', () => {
    const names = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|spec|d|config))?\.(?:js|ts)$/;
    const files = [...extensionScripts, ...nodeScripts, ...testScripts];
    assertNone(
      files.filter((path) => !names.test(basename(path))),
      'Rename it: words in lower case joined by -.',
    );
  });

  it('write C++ file names in snake_case', () => {
    assertNone(
      cppSources.filter((path) => !/^[a-z0-9]+(?:_[a-z0-9]+)*\.(?:h|cc)$/.test(basename(path))),
      'Rename it: words in lower case joined by _, ending in .h or .cc.',
    );
  });

  it('name no file after nothing in particular', () => {
    assertNone(
      [...sources].filter((path) => /(?:^|[/_-])(?:utils?|helpers?|manager)(?:[._-]|$)/.test(path)),
      'Name the file after the one thing it holds.',
    );
  });

  it('point from "Tested by:" at tests that exist', () => {
    const offences = [...extensionScripts, ...nodeScripts, ...wasmSources].flatMap((path) => {
      const [, list = ''] = /Tested by:([^\n]*)/.exec(read(path)) ?? [];
      const named = list.match(/tests\/[\w./-]*\w\.(?:js|cc)/g) ?? [];
      return named.filter((test) => !testExists(test)).map((test) => `${path} names ${test}`);
    });
    assertNone(offences, 'Name the test that fails when this file breaks.');
  });

  /** @param {string} test */
  function testExists(test) {
    return testScripts.includes(test) || cppSources.includes(test);
  }
});
