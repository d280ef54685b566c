// SPDX-License-Identifier: Apache-2.0
// The compiled rules the background keeps in IndexedDB, read and changed from outside as a disk fault would. It goes to the
// real database of the running extension; it knows the place and shape of the record and nothing of what the bytes mean.
// Tested by: tests/browser/specs/faults.test.js

/** @import { Visitor } from './browsers.js' */

/**
 * @typedef {object} Stored
 * @property {string} key       of the bundle the rules were made from
 * @property {Buffer} image
 */

/**
 * @param {Visitor} visitor
 * @returns {Promise<Stored | null>} null when nothing is stored
 */
export async function readStored(visitor) {
  const kept = JSON.parse(await visitor.inDatabases(`(${inSlot})`, null));
  return kept && { key: kept.key, image: Buffer.from(kept.image, 'base64') };
}

/**
 * @param {Visitor} visitor
 * @param {Stored} wanted
 */
export async function writeStored(visitor, { key, image }) {
  const record = { key, image: image.toString('base64') };
  await visitor.inDatabases(`(${inSlot})`, { put: record });
}

/** @param {Visitor} visitor */
export async function forgetStored(visitor) {
  await visitor.inDatabases(`(${inSlot})`, { put: null });
}

/**
 * Runs where the extension's databases can be opened. Bytes travel as base64.
 * @param {(name: string, version: number) => IDBOpenDBRequest} open
 * @param {{ put: { key: string, image: string } | null } | null} change  null only reads
 * @returns {Promise<string>} the record after the change, as JSON
 */
async function inSlot(open, change) {
  /** @param {IDBRequest} request @returns {Promise<any>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const opening = open('images', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('images');
  /** @type {IDBDatabase} */
  const database = await done(opening);
  try {
    const store = database.transaction('images', 'readwrite').objectStore('images');
    const Bytes = /** @type {any} */ (Uint8Array);
    if (change?.put) {
      const { key, image } = change.put;
      await done(store.put({ key, image: Bytes.fromBase64(image) }, 'current'));
    } else if (change) {
      await done(store.delete('current'));
    }
    const kept = await done(store.get('current'));
    return JSON.stringify(kept ? { key: kept.key, image: kept.image.toBase64() } : null);
  } finally {
    database.close();
  }
}
