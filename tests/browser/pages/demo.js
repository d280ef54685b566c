// SPDX-License-Identifier: Apache-2.0
// The demo's first page: its links need the port of this run.
// Tested by: scripts/demo

for (const link of document.querySelectorAll('a[data-site]')) {
  const path = link.getAttribute('href') ?? '/';
  const host = link.getAttribute('data-site') ?? '';
  link.setAttribute('href', `https://${host}:${location.port}${path}${location.search}`);
}
