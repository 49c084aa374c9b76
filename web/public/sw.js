// SPDX-License-Identifier: Apache-2.0
// Keeps the pages of the client, and nothing that anybody typed, so that it opens without a connection. What is named by its
// content never changes and comes from here; the page itself comes from the server whenever that answers in time.
const KEPT = "askwell-shell-1";
const PATIENCE_MS = 4_000;

const namedByContent = (address) => address.pathname.startsWith("/assets/");

async function keep(request, answer) {
  if (answer.ok && answer.type === "basic") await (await caches.open(KEPT)).put(request, answer.clone());
  return answer;
}

async function keptFirst(request) {
  return (await caches.match(request)) ?? keep(request, await fetch(request));
}

/** Old assets go once the page that named them is replaced. */
async function forgetOld(page) {
  const text = await page.clone().text();
  const shell = await caches.open(KEPT);
  for (const request of await shell.keys()) {
    const address = new URL(request.url);
    if (namedByContent(address) && !text.includes(address.pathname)) await shell.delete(request);
  }
}

async function serverFirst(request) {
  const shell = await caches.open(KEPT);
  const late = new Promise((_, give) => setTimeout(() => give(new Error("late")), PATIENCE_MS));
  try {
    const page = await Promise.race([fetch(request), late]);
    if (page.ok) {
      await shell.put("/", page.clone());
      await forgetOld(page);
    }
    return page;
  } catch (error) {
    const kept = await shell.match("/");
    if (kept) return kept;
    throw error;
  }
}

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === "/") event.respondWith(serverFirst(request));
  else if (namedByContent(address) || address.pathname === "/favicon.svg") event.respondWith(keptFirst(request));
});
