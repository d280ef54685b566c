// SPDX-License-Identifier: Apache-2.0
// Editors and frameworks of the replica pages that bring no types of their own.

declare module 'draft-js';
declare module 'quill1/dist/quill.core.js';
declare module 'react';
declare module 'react-dom';
