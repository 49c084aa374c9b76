// SPDX-License-Identifier: Apache-2.0
// Keeps the pages of the client, and nothing that anybody typed, so that it opens without a connection. What is named by its
// content never changes and comes from here; the page itself comes from the server whenever that answers in time. Keeping
// may fail, for want of room or leave; what was asked for is answered all the same.
const KEPT = "askwell-shell-1";
const PATIENCE_MS = 4_000;

const namedByContent = (address) => address.pathname.startsWith("/assets/");

async function find(request) {
  try {
    return (await caches.match(request)) ?? null;
  } catch {
    return null;
  }
}

async function keep(request, answer) {
  if (answer.ok && answer.type === "basic") await (await caches.open(KEPT)).put(request, answer);
}

/** Keeps what a page names, and what its scripts name in turn: the texts of each language come by a script of their own. */
async function keepNamed(shell, text, named = new Set()) {
  const paths = [...text.matchAll(/"(?:\/?assets\/|\.\/)([^"/]+\.\w+)"/g)].map(([, name]) => `/assets/${name}`);
  const fresh = paths.filter((path) => !named.has(path));
  for (const path of fresh) named.add(path);
  await Promise.all(
    fresh.map(async (path) => {
      if (!(await shell.match(path))) await shell.add(path);
      const kept = path.endsWith(".js") ? await shell.match(path) : null;
      if (kept) await keepNamed(shell, await kept.text(), named);
    }),
  );
  return [...named];
}

/** A new page replaces the kept one once everything that it names is here; what only the old one named goes then. */
async function keepPage(page) {
  if (!page.ok) return;
  const shell = await caches.open(KEPT);
  const named = await keepNamed(shell, await page.clone().text());
  await shell.put("/", page);
  for (const request of await shell.keys()) {
    const address = new URL(request.url);
    if (namedByContent(address) && !named.includes(address.pathname)) await shell.delete(request);
  }
}

async function keptFirst(event) {
  const kept = await find(event.request);
  if (kept) return kept;
  const answer = await fetch(event.request);
  event.waitUntil(keep(event.request, answer.clone()).catch(() => undefined));
  return answer;
}

async function serverFirst(event) {
  const coming = fetch(event.request);
  const late = new Promise((done) => setTimeout(() => done(null), PATIENCE_MS));
  const page = await Promise.race([coming, late]).catch(() => null);
  if (page && page.status < 500) {
    event.waitUntil(keepPage(page.clone()).catch(() => undefined));
    return page;
  }
  return (await find("/")) ?? page ?? coming;
}

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === "/") event.respondWith(serverFirst(event));
  else if (namedByContent(address)) event.respondWith(keptFirst(event));
});
