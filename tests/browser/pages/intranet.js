// SPDX-License-Identifier: Apache-2.0
// The intranet's front page: links to the other pages, keeping the session.
// Tested by: tests/browser/specs/beds.test.js

for (const link of document.querySelectorAll('main a')) {
  link.setAttribute('href', `${link.getAttribute('href')}${location.search}`);
}
