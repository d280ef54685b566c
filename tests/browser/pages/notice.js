// SPDX-License-Identifier: Apache-2.0
// A textarea in a form which the browser sends itself; the page has no say in it.
// Tested by: tests/browser/specs/beds.test.js

import { exposeBed, find, keepSession } from './parts/page.js';

const area = /** @type {HTMLTextAreaElement} */ (find('#text'));

keepSession(/** @type {HTMLFormElement} */ (find('#notice')));
exposeBed({ editor: () => area, text: () => area.value });
