// SPDX-License-Identifier: Apache-2.0
// Keeps the compiled image of the rules in use in IndexedDB, so that a worker woken from nothing starts with a copy instead
// of a compilation. Holds rules only, never a draft, and one image at a time. Losing it costs a fraction of a second: every
// failure here reads as "there is none".
// Tested by: tests/browser/specs/faults.test.js

const DATABASE = 'images';
const STORE = 'images';
const SLOT = 'current';

/**
 * @typedef {object} ImageStore
 * @property {(key: string) => Promise<Uint8Array | null>} read  null when there is none under this key
 * @property {(key: string, image: Uint8Array) => Promise<void>} write  replaces the image there was; never rejects
 * @property {() => Promise<void>} forget  never rejects
 */

/**
 * @param {IDBFactory} factory `indexedDB`
 * @returns {ImageStore}
 */
export function createImageStore(factory) {
  /** @returns {Promise<IDBDatabase>} */
  const open = () =>
    new Promise((resolve, reject) => {
      const request = factory.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('blocked'));
    });

  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
   * @returns {Promise<T>}
   */
  async function inStore(mode, ask) {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const request = ask(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  /** @param {(store: IDBObjectStore) => IDBRequest} ask */
  async function change(ask) {
    try {
      await inStore('readwrite', ask);
    } catch {
      // A full or forbidden database: the next start compiles again.
    }
  }

  return {
    async read(key) {
      try {
        const kept = await inStore('readonly', (store) => store.get(SLOT));
        return kept?.key === key && kept.image instanceof Uint8Array ? kept.image : null;
      } catch {
        // No database in this profile, or a damaged one: the bundle is compiled instead.
        return null;
      }
    },
    write: (key, image) => change((store) => store.put({ key, image }, SLOT)),
    forget: () => change((store) => store.delete(SLOT)),
  };
}
