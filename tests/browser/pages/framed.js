// SPDX-License-Identifier: Apache-2.0
// Shows a page of its own or of another site in a frame, as the address says: `?of=` a host, or nothing for its own.
// It hands the session on and is no party to what happens in there.
// Tested by: tests/browser/specs/beds.test.js

import { find } from './parts/page.js';

const { host, port, searchParams } = new URL(location.href);
const of = searchParams.get('of');
const inner = new URL('/announce', `https://${of ? `${of}:${port}` : host}`);
inner.searchParams.set('session', searchParams.get('session') ?? '');
/** @type {HTMLIFrameElement} */ (find('iframe')).src = inner.href;
