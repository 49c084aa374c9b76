// SPDX-License-Identifier: Apache-2.0

/** Asks the server for what needs nothing but who asks. */
export const post = (path: string): Promise<Response> =>
  fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    body: "{}",
  });
