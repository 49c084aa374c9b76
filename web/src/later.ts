// SPDX-License-Identifier: Apache-2.0
// What nobody waits for: the other screens, so that they are here when somebody goes there, and the worker, which keeps them.
import { idle } from "./idle";
import { fetchScreen, isHere, partsOf, SCREENS } from "./screens";
import { PREFIX } from "./stored";

/** Another window had this browser forget who practised here; what this one shows was theirs. */
function leaveWhenForgotten(): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === `${PREFIX}choice.signed_in` && newValue === null) location.replace("/");
  });
}

/** The worker comes last and finds most of it in the browser's own store. */
export async function fetchLater(): Promise<void> {
  leaveWhenForgotten();
  await fetchOthers().catch(() => undefined);
  keepShell();
}

/** The others, one after the other, whenever nothing else is to be done; stops at the first that does not come. */
async function fetchOthers(): Promise<void> {
  await idle();
  if (isHere("talk")) await partsOf("talk").fetchParts();
  for (const screen of SCREENS) {
    if (isHere(screen)) continue;
    await idle();
    await fetchScreen(screen);
  }
}

/** Only where the page may have a worker, over HTTPS or on this machine, and not while the client is being worked on. */
function keepShell(): void {
  if ("serviceWorker" in navigator && !document.querySelector("script[src]")) {
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
}
