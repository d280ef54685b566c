// SPDX-License-Identifier: Apache-2.0
// The peers are installed by the benchmark alone, so a type check must do without them.
declare module 're2';
declare module 're2-wasm';
declare module 're2js';
declare module 'modern-ahocorasick/fast';
declare module '@virustotal/yara-x';
declare module 'obscenity';
declare module 'harper.js';
declare module 'harper.js/binaryInlined';
declare module 'alex';
