// SPDX-License-Identifier: Apache-2.0
// Reads files of our own package. The only fetch in the extension; it is given package paths, never addresses.
// Tested by: tests/node/background.test.js
import { BreathError, ERROR } from '../shared/errors.js';

/**
 * @param {(path: string) => string} getUrl `runtime.getURL`
 * @param {typeof fetch} [fetchFile]
 * @returns {(path: string) => Promise<Uint8Array<ArrayBuffer>>} rejects with `package.file`
 */
export function createPackageReader(getUrl, fetchFile = (...args) => fetch(...args)) {
  return async (path) => {
    try {
      const response = await fetchFile(getUrl(path));
      if (!response.ok) throw new Error(`status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new BreathError(
        ERROR.PACKAGE_FILE,
        `${path} cannot be read (${why}); install the extension again.`,
      );
    }
  };
}
