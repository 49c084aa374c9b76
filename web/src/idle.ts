// SPDX-License-Identifier: Apache-2.0
/** Resolves when nothing else is to be done. */
export const idle = (): Promise<void> =>
  new Promise((done) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => done(), { timeout: 5_000 });
    else setTimeout(done, 500);
  });
