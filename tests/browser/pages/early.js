// SPDX-License-Identifier: Apache-2.0
// The first script of every replica page: notes what the page itself gets to see of a person's actions, as early as a
// page can listen. It only watches; what a page does with an event is the page's own business.
// Tested by: tests/browser/specs/beds.test.js

const TYPES = [
  ...['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'auxclick'],
  ...['touchstart', 'touchend', 'keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'submit'],
  ...['focusin', 'focusout'],
];

/** @type {Event[]} */
const events = [];
/** @type {string[]} */
const violations = [];
let lastInputAt = 0;

for (const type of TYPES) addEventListener(type, (event) => events.push(event), true);
addEventListener(
  'input',
  () => {
    lastInputAt = performance.now();
  },
  true,
);
addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});

/** @type {any} */ (window).bed = {
  violations,
  /** Milliseconds since the person last changed anything. */
  quietFor: () => performance.now() - lastInputAt,
  forget() {
    events.length = 0;
  },
  /**
   * `prevented` is read now, so it tells what became of the event in the end.
   * @param {string[]} types
   */
  seen(...types) {
    return events
      .filter((event) => types.length === 0 || types.includes(event.type))
      .map((event) => ({
        type: event.type,
        trusted: event.isTrusted,
        prevented: event.defaultPrevented,
        key: event instanceof KeyboardEvent ? event.key : '',
        target: event.target instanceof Element ? describe(event.target) : String(event.target),
      }));
  },
};

/**
 * @param {Element} element
 * @returns {string}
 */
function describe(element) {
  const id = element.getAttribute('data-testid') ?? element.id;
  const name = element.closest('button')?.textContent?.trim() ?? '';
  return [element.localName, id, name].filter((part) => part !== '').join(' ');
}
