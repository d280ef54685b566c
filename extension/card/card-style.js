// SPDX-License-Identifier: Apache-2.0
// The look of the card and the chip: one sheet for the one shadow root. No page style reaches in, nothing leaks out.
// Logical properties only, so that it mirrors itself; colours by role; every state has a shape besides its colour.
// Tested by: tests/browser/specs/

export const STYLE = `
:host {
  --surface: light-dark(#fffdf9, #1b2423); --raised: light-dark(#f5f2ea, #24302f);
  --text: light-dark(#22302f, #eaf0ee); --soft: light-dark(#566462, #a9b8b5); --line: light-dark(#ddd8cb, #3a4947);
  --accent: light-dark(#17635e, #8fd3c8); --hover: light-dark(#0f4f4b, #aee2d9); --on-accent: light-dark(#fff, #0d2623);
  --focus: light-dark(#0b6bcb, #8ec5ff); --mark-line: light-dark(#b7791f, #e0a93b);
  --mark: light-dark(#ffe7a8, #5a4515); --mark-text: light-dark(#3b2c00, #ffeebf);
  --breath: light-dark(#8cc9bf, #4b9a8f); --air: light-dark(#d5ece6, #264a46);
  --veil: light-dark(rgb(31 44 43 / 0.45), rgb(4 9 9 / 0.65)); --shade: light-dark(rgb(23 40 38 / 0.28), rgb(0 0 0 / 0.6));
}
@media (prefers-contrast: more) {
  :host { --soft: var(--text); --line: var(--text); --mark-line: var(--text); }
}
*, *::before, *::after { box-sizing: border-box; }
/* Not on :host, whose inline style sets all properties back. */
dialog, .chip {
  color-scheme: light dark; font: medium/1.5 system-ui, sans-serif; color: var(--text);
}
dialog {
  inline-size: min(36em, calc(100vw - 2em)); max-inline-size: none; max-block-size: calc(100dvh - 2em);
  font-size: 0.9375em; margin: auto; padding: 0; border: 1px solid light-dark(transparent, var(--line)); border-radius: 20px; background: var(--surface);
  box-shadow: 0 24px 64px var(--shade); overflow: hidden;
}
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: var(--veil); backdrop-filter: blur(2px); }
h2, h3, p, ul, blockquote { margin: 0; padding: 0; }
.top { display: flex; gap: 1em; align-items: center; padding: 1.5em 1.5em 1em; }
h2 { font-size: 1.375em; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 1em; font-weight: 650; }
.lead { color: var(--soft); margin-block-start: 0.2em; }
.breath { position: relative; flex: none; inline-size: 3.25em; block-size: 3.25em; border-radius: 50%; background: var(--air); }
.breath::after {
  content: ''; position: absolute; inset: 0.7em; border-radius: 50%; background: var(--breath);
  animation: breathe 8s ease-in-out infinite;
}
@keyframes breathe { 0%, 100% { transform: scale(0.78); } 50% { transform: scale(1.42); } }
.body { overflow: auto; overscroll-behavior: contain; padding: 0.25em 1.5em 1em; }
ul { list-style: none; display: grid; gap: 0.875em; }
li { padding: 1em 1.125em; border: 1px solid var(--line); border-radius: 14px; background: var(--raised); overflow-wrap: anywhere; }
.title { display: flex; flex-wrap: wrap; gap: 0.25em 0.6em; align-items: baseline; margin-block-end: 0.35em; }
.badge {
  font-size: 0.8125em; font-weight: 600; line-height: 1.4; padding: 0.05em 0.65em; border: 1px solid currentColor;
  border-radius: 99px; color: var(--soft);
}
blockquote {
  margin-block: 0.5em 0.75em; padding: 0.5em 0.8em; border-inline-start: 3px solid var(--mark-line);
  border-start-end-radius: 8px; border-end-end-radius: 8px; background: var(--surface); white-space: pre-wrap;
}
mark {
  background: var(--mark); color: var(--mark-text); border-radius: 3px; padding-inline: 0.1em;
  text-decoration: underline dotted 2px var(--mark-line); text-underline-offset: 3px;
}
.advice { display: grid; gap: 0.35em; margin-block-start: 0.5em; }
.advice .key { font-weight: 600; }
.why { color: var(--soft); }
.source { display: flex; flex-wrap: wrap; gap: 0.25em 1em; align-items: baseline; justify-content: space-between; margin-block-start: 0.7em; font-size: 0.9em; color: var(--soft); }
a { color: var(--accent); text-underline-offset: 2px; display: inline-block; min-block-size: 24px; }
a:hover { color: var(--hover); }
.more { color: var(--soft); margin-block-start: 0.75em; }
.aside { margin-block-start: 0.6em; color: var(--soft); font-size: 0.9em; }
li > :last-child { margin-block-end: 0; }
li.quiet > :not(.title, .aside, .source) { display: none; }
li.quiet { background: transparent; border-style: dashed; }
.bottom { padding: 1em 1.5em 1.25em; border-block-start: 1px solid var(--line); background: var(--surface); }
.actions { display: flex; flex-wrap: wrap; gap: 0.75em; }
button {
  font: inherit; color: inherit; cursor: pointer; border-radius: 99px; border: 1.5px solid var(--accent);
  background: transparent; min-block-size: 44px; padding: 0.4em 1.4em; font-weight: 600;
}
.actions button { flex: 1 1 11em; }
button.main { background: var(--accent); color: var(--on-accent); }
button.main:hover { background: var(--hover); border-color: var(--hover); }
button.other { color: var(--accent); }
button.other:hover { background: var(--raised); }
button.small { border: none; min-block-size: 28px; padding: 0.1em 0.3em; margin-inline: -0.3em; font-weight: 500; color: var(--soft); text-decoration: underline; text-underline-offset: 2px; border-radius: 6px; }
button.small:hover { color: var(--text); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.body:focus-visible { outline-offset: -3px; }
.promise { margin-block-start: 0.9em; font-size: 0.8125em; color: var(--soft); text-align: center; }
.chip {
  position: fixed; inset: auto; inset-block-end: 1.25em; inset-inline-end: 1.25em; margin: 0; max-inline-size: min(24em, calc(100vw - 2.5em));
  display: flex; gap: 0.6em; align-items: center; padding: 0.5em 1em; border: 1px solid var(--line); border-radius: 99px;
  background: var(--surface); box-shadow: 0 6px 24px var(--shade); font-size: 0.9375em; pointer-events: none; user-select: none;
}
.chip:not(:popover-open) { display: none; }
.chip:empty { visibility: hidden; }
.chip::before { content: ''; flex: none; inline-size: 0.7em; block-size: 0.7em; border-radius: 50%; border: 2px solid var(--mark-line); background: var(--mark); }
.chip.grey { color: var(--soft); background: var(--raised); border-radius: 14px; }
.chip.grey::before { border-color: var(--soft); background: transparent; border-radius: 2px; }
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: settle 180ms ease-out; }
  dialog[open]::backdrop { animation: veil 180ms ease-out; }
  .chip:popover-open { animation: settle 180ms ease-out; }
  @keyframes settle { from { opacity: 0; transform: translateY(6px); } }
  @keyframes veil { from { opacity: 0; } }
}
@media (prefers-reduced-motion: reduce) { .breath::after { animation: none; } }
@media (max-width: 30em), (max-height: 30em) {
  dialog { inline-size: calc(100vw - 1em); max-block-size: calc(100dvh - 1em); border-radius: 16px; }
  .top { padding: 1em 1em 0.6em; gap: 0.75em; }
  .breath { inline-size: 2.25em; block-size: 2.25em; }
  .breath::after { inset: 0.5em; }
  .body { padding: 0.25em 1em 0.75em; }
  li { padding: 0.8em 0.9em; }
  .bottom { padding: 0.75em 1em 1em; }
  .actions { gap: 0.5em; }
}
/* Lower than this, head and buttons would leave no room for what is between them. */
@media (max-height: 24em) {
  dialog[open] { display: block; overflow: auto; }
  .body { overflow: visible; }
}
@media (forced-colors: active) {
  dialog, li, .chip, blockquote { border-color: CanvasText; }
  button, button.small { border: 1px solid ButtonText; }
  button.main { forced-color-adjust: none; background: Highlight; color: HighlightText; border-color: Highlight; }
  mark { forced-color-adjust: none; background: Mark; color: MarkText; text-decoration-color: MarkText; }
  .breath, .breath::after { border: 2px solid CanvasText; }
  .chip::before { border-color: CanvasText; }
}
`;
