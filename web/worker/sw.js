// SPDX-License-Identifier: Apache-2.0
// Keeps the pages of the client, and nothing that anybody typed, so that every screen opens without a connection. One version
// is kept whole or not at all: a new worker takes over once no page of the version before is open, and clears up after it.
// The page itself comes from the server whenever that answers in time; what is named by its content never changes and comes
// from here.
const { version: VERSION, assets: ASSETS } = THIS_VERSION;
const FAMILY = "askwell-shell-";
const KEPT = FAMILY + VERSION;
const PATIENCE_MS = 4_000;

async function keepVersion() {
  const page = await fetch("/", { cache: "no-cache" });
  const text = await page.clone().text();
  const named = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  // The server may have been renewed since it gave out this worker; its next one then keeps the next version.
  if (!page.ok || named.some((path) => !ASSETS.includes(path))) throw new Error("the page is of another version");
  const kept = await caches.open(KEPT);
  try {
    await kept.addAll(ASSETS);
    await kept.put("/", page);
  } catch (error) {
    await caches.delete(KEPT);
    throw error;
  }
}

async function clearUp() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== KEPT).map((name) => caches.delete(name)));
  await clients.claim();
}

async function find(path) {
  try {
    return (await (await caches.open(KEPT)).match(path)) ?? null;
  } catch {
    return null;
  }
}

async function serverFirst(event) {
  const coming = fetch(event.request);
  const late = new Promise((done) => setTimeout(() => done(null), PATIENCE_MS));
  const page = await Promise.race([coming, late]).catch(() => null);
  if (page && page.status < 500) return page;
  return (await find("/")) ?? page ?? coming;
}

addEventListener("install", (event) => event.waitUntil(keepVersion()));
addEventListener("activate", (event) => event.waitUntil(clearUp()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname === "/") event.respondWith(serverFirst(event));
  else if (ASSETS.includes(pathname)) event.respondWith(find(pathname).then((kept) => kept ?? fetch(request)));
});
