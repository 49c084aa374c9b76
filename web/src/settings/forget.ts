// SPDX-License-Identifier: Apache-2.0
// What this browser holds of whoever practises here, and how all of it goes: the sign-in is a cookie that only the server can
// take away; the rest lies under our names in the browser's stores.
import type { Connection } from "../connection";
import { post } from "../post";
import { memory, PREFIX } from "../stored";

const CACHES = "askwell-";

async function signOut(): Promise<void> {
  const response = await post("/api/sign-out");
  if (!response.ok) throw new Error(`sign-out answered ${response.status}`);
}

function clear(storage: Storage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
}

function clearStored(): void {
  memory.clear();
  try {
    clear(localStorage);
    clear(sessionStorage);
    // What leaves the page last writes down which window it was.
    addEventListener("pagehide", () => clear(sessionStorage));
  } catch {
    // Storage is refused; nothing was kept in it.
  }
}

/** Over plain HTTP from elsewhere there are none. */
async function clearPages(): Promise<void> {
  if ("serviceWorker" in navigator) {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  }
  if ("caches" in window) {
    for (const name of await caches.keys()) if (name.startsWith(CACHES)) await caches.delete(name);
  }
}

/** Rejects with everything as it was when the server does not take the sign-in away. The line to it stays shut after that. */
export async function forget(connection: Connection): Promise<void> {
  // It would sign in anew as soon as the server ends it.
  connection.stop();
  try {
    await signOut();
  } catch (error) {
    connection.start();
    throw error;
  }
  clearStored();
  await clearPages().catch(() => undefined);
}
