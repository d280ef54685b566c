// SPDX-License-Identifier: Apache-2.0
// Finds composers on a page: which editors and which send control belong together.
// Found anew each time; pages replace their nodes at will. Reads only.
// Tested by: tests/browser/specs/

import {
  composedClosest,
  composedContains,
  composedParent,
  deepQueryAll,
  isVisible,
  lineage,
  outermostWindow,
} from '../editors/composed-tree.js';
import { editorAround, isEditable, isField } from '../editors/editor-text.js';
import { CONTROL, formOf, isEnabled, labelsOf, saysSend } from './controls.js';
import { saysMessage } from './editor-words.js';
import { ANY_SURFACE } from './generic.js';
import { isSendLabel } from './send-words.js';

/** @import { Composer, SiteData, SurfaceData } from './site-data.js' */

const DIALOG = 'dialog, [role="dialog"], [role="alertdialog"]';
const PAGE_LEVEL = 'html, body, main, [role="main"]';
const BOUNDARY = `${DIALOG}, form, article, section, ${PAGE_LEVEL}`;
const ANY_EDITOR = [
  'textarea',
  '[contenteditable]:not([contenteditable="false"])',
  'input:not([type])',
  'input[type="text"]',
  'body',
].join(', ');
/** Fields about a person or an address, not things to say. */
const PRIVATE_FIELD =
  /^(?:username|current-password|new-password|one-time-code|email|tel|url|name|cc-|street-|postal-)/;
/** How far from a lone editor its send control may be. */
const FAR = 12;

/**
 * Editors of a surface at or below an element, outermost first, each once.
 * @param {SurfaceData} surface
 * @param {SiteData} site
 * @param {Element} root
 * @returns {Element[]}
 */
export function editorsIn(surface, site, root) {
  if (surface.editors.length === 0) return anyEditorsIn(site, root);
  for (const selector of surface.editors) {
    const found = writable(deepQueryAll(root, selector));
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * @param {SurfaceData} surface
 * @param {SiteData} site
 * @param {Document} page
 */
function everyEditorIn(surface, site, page) {
  const { documentElement } = page;
  if (surface.editors.length === 0) return anyEditorsIn(site, documentElement);
  return writable(deepQueryAll(documentElement, surface.editors.join(', ')));
}

/** @param {Element[]} elements */
function writable(elements) {
  /** @type {Set<Element>} */
  const editors = new Set();
  for (const element of elements) {
    if (!isVisible(element)) continue;
    const editor = editorAround(element);
    if (editor && isEditable(editor)) editors.add(editor);
  }
  return [...editors];
}

/**
 * @param {SiteData} site
 * @param {Element} root
 */
function anyEditorsIn(site, root) {
  const found = deepQueryAll(root, ANY_EDITOR);
  const form = root.localName === 'form' ? /** @type {HTMLFormElement} */ (root) : null;
  // A field may belong to a form it does not stand in.
  for (const each of form?.elements ?? []) {
    if (each.matches(ANY_EDITOR) && !found.includes(each)) found.push(each);
  }
  return writable(found).filter((editor) => isForWriting(site, editor));
}

/**
 * Whether people write to each other in this box at all.
 * @param {SiteData} site
 * @param {Element} editor
 */
export function isForWriting(site, editor) {
  const ignored = [...site.ignored, ...site.notWatched].join(', ');
  if (ignored && composedClosest(editor, ignored)) return false;
  if (editor.getAttribute('role') === 'searchbox') return false;
  if (!isField(editor)) return true;
  if (PRIVATE_FIELD.test(editor.autocomplete)) return false;
  if (editor.localName === 'input') {
    if (editor.getAttribute('role') === 'combobox') return false;
    if (/^(?:q|query|search|filter)$/i.test(editor.name)) return false;
  }
  const form = editor.form;
  return !form?.querySelector('input[type="password"]');
}

/** @param {Element} editor */
export function isOneLine(editor) {
  return editor.localName === 'input';
}

/**
 * The surface whose editor this is; `ANY_SURFACE` when no selector of the site knows it.
 * @param {SiteData} site
 * @param {Element} editor
 * @returns {SurfaceData}
 */
export function surfaceOfEditor(site, editor) {
  const known = site.surfaces.find(({ editors }) =>
    editors.some((selector) => editor.matches(selector)),
  );
  return known ?? ANY_SURFACE;
}

/**
 * Whether a control publishes on this surface, by structure alone or by its words.
 * @param {SiteData} site
 * @param {SurfaceData} surface
 * @param {Element} control
 */
export function isSendControl(site, surface, control) {
  if (isExcluded(site, surface, control)) return false;
  if (surface.send.some((selector) => control.matches(selector))) return true;
  return control.matches(CONTROL) && saysSend(control);
}

/**
 * @param {SiteData} site
 * @param {SurfaceData} surface
 * @param {Element} control
 */
export function isExcluded(site, surface, control) {
  return [...site.notSend, ...surface.notSend].some((selector) => control.matches(selector));
}

/**
 * Send controls at or below an element that a person could press.
 * @param {SiteData} site
 * @param {SurfaceData} surface
 * @param {Element} root
 * @returns {Element[]}
 */
export function sendControlsIn(site, surface, root) {
  const shown = (/** @type {Element} */ each) =>
    isVisible(each) && !isExcluded(site, surface, each);
  for (const selector of surface.send) {
    const known = deepQueryAll(root, selector).filter(shown);
    if (known.length > 0) return known;
  }
  const said = deepQueryAll(root, CONTROL).filter((each) => shown(each) && saysSend(each));
  // Words on a control are surer than names in its markup.
  const spoken = said.filter((each) => labelsOf(each).some(isSendLabel));
  return spoken.length > 0 ? spoken : said;
}

/**
 * The composer a send control belongs to.
 * @param {SiteData} site
 * @param {SurfaceData} surface
 * @param {Element} control
 * @returns {Composer | null}
 */
export function composerOfControl(site, surface, control) {
  for (const selector of surface.root) {
    const root = composedClosest(control, selector);
    const editors = root ? editorsIn(surface, site, root) : [];
    if (root && editors.length > 0) return { site, surface, root, editors };
  }
  const form = formOf(control);
  if (form) {
    const editors = editorsIn(surface, site, form);
    if (editors.length > 0) return { site, surface, root: form, editors };
  }
  return nearestComposer(site, surface, control);
}

/**
 * Walks outwards to the first ancestor with editors, then on as long as more editors come and no other send control.
 * @param {SiteData} site
 * @param {SurfaceData} surface
 * @param {Element} control
 * @returns {Composer | null}
 */
function nearestComposer(site, surface, control) {
  const page = outermostWindow(control.ownerDocument.defaultView ?? window).document;
  const all = everyEditorIn(surface, site, page).filter((each) => sharesForm(each, control));
  if (all.length === 0) return null;
  /** @type {Element | null} */
  let root = null;
  let count = 0;
  for (const outer of lineage(composedParent(control))) {
    const inside = all.filter((each) => composedContains(outer, each)).length;
    if (inside > count) {
      if (root) {
        if (outer.matches(PAGE_LEVEL)) break;
        const nearest = root;
        const controls = sendControlsIn(site, surface, outer);
        if (controls.some((each) => !composedContains(nearest, each))) break;
      }
      root = outer;
      count = inside;
    }
    if (outer.matches(root ? BOUNDARY : DIALOG)) break;
  }
  if (!root) return null;
  const editors = editorsIn(surface, site, root).filter((each) => sharesForm(each, control));
  return editors.length > 0 ? { site, surface, root, editors } : null;
}

/**
 * A field of another form is another composer.
 * @param {Element} editor
 * @param {Element} control
 */
function sharesForm(editor, control) {
  const form = composedClosest(editor, 'form');
  return !form || form === formOf(control) || composedContains(form, control);
}

/**
 * The composer an editor belongs to.
 * @param {SiteData} site
 * @param {Element} editor
 * @returns {Composer | null} null for search, login and other boxes nobody publishes from
 */
export function composerOfEditor(site, editor) {
  const surface = surfaceOfEditor(site, editor);
  if (surface === ANY_SURFACE && !isForWriting(site, editor)) return null;
  for (const selector of surface.root) {
    const root = composedClosest(editor, selector);
    const editors = root ? editorsIn(surface, site, root) : [];
    if (root && editors.includes(editor)) return { site, surface, root, editors };
  }
  const form = isField(editor) ? editor.form : composedClosest(editor, 'form');
  if (form) {
    const editors = editorsIn(surface, site, form);
    if (editors.includes(editor)) return { site, surface, root: form, editors };
  }
  let steps = 0;
  for (const root of lineage(composedParent(editor))) {
    const [control] = sendControlsIn(site, surface, root);
    const composer = control ? composerOfControl(site, surface, control) : null;
    if (composer?.editors.includes(editor)) return composer;
    if (control || root.matches(DIALOG) || ++steps === FAR) break;
  }
  const isAlone = !isOneLine(editor) || (site.enterInField && saysMessage(editor));
  return isAlone ? { site, surface, root: editor, editors: [editor] } : null;
}

/**
 * The send control of a composer as it is now, for the moment of release.
 * @param {Composer} composer
 * @returns {Element | null}
 */
export function sendControlOf({ site, surface, root, editors }) {
  const controls = sendControlsIn(site, surface, root);
  if (controls.length === 0 && editors[0]) {
    for (const wider of lineage(composedParent(root))) {
      controls.push(...sendControlsIn(site, surface, wider));
      if (controls.length > 0 || wider.matches(BOUNDARY)) break;
    }
  }
  return controls.find(isEnabled) ?? controls[0] ?? null;
}

/**
 * The composer on the page as it is now; pages replace their nodes while a person thinks.
 * @param {Composer} composer
 * @returns {Composer | null} null when it is gone
 */
export function findAgain(composer) {
  const { site, surface, root, editors } = composer;
  const still = editors.find((each) => each.isConnected && isVisible(each));
  if (still) {
    const now = composerOfEditor(site, still);
    if (now) return now;
  }
  if (root.isConnected) {
    const inside = editorsIn(surface, site, root);
    if (inside.length > 0) return { site, surface, root, editors: inside };
    if (!still) return null;
  }
  const page = outermostWindow(root.ownerDocument.defaultView ?? window).document;
  const [other] = everyEditorIn(surface, site, page);
  return surface.editors.length > 0 && other ? composerOfEditor(site, other) : null;
}

/**
 * Whether two findings of a composer are the same box.
 * @param {Composer} a
 * @param {Composer} b
 */
export function isSameComposer(a, b) {
  if (a.root === b.root) return true;
  return a.editors.some((each) => b.editors.includes(each));
}
