// SPDX-License-Identifier: Apache-2.0
// What a first visit has to fetch before a person can type, as bytes and structure, which do not depend on the machine;
// bench/client.mjs has the times. And what becomes of a page whose files do not come, or are of another version by now.
import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../wire/server.mjs";
import { eventually } from "../wire/trainee.mjs";
import { assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, hook, launch, openWindow, phone, picture, sayAndWait, startCase } from "./browser.mjs";
import "../wire/tidy.mjs";

const KB = 1024;
/** The project promises 90 KB of JavaScript; these keep it near what it is, in English. */
const MOST = { promised: 90 * KB, script: 45 * KB, page: 26 * KB, style: 4 * KB, toType: 29 * KB, requests: 4, opening: 2 * KB, list: 6 * KB, shift: 0.02 };
const built = fileURLToPath(new URL("../../web/dist/", import.meta.url));
/** What the idle fetch of a sheet that the renewed server no longer has is answered with is no style. */
const GONE = /Refused to apply style/;
const lost = [/ERR_|WebSocket|Failed to (load|fetch)|dynamically imported/];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

describe("the first load", () => {
  let server;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.stop());

  /** Opens the address with nothing in store but who the trainee is; everything that comes over the line. */
  async function cold(address, ready, storageState) {
    const context = await browser.newContext({ viewport: phone.viewport, hasTouch: true, isMobile: true, reducedMotion: "reduce", locale: "en-GB", storageState });
    const { page, finish } = await openWindow(browser, server, { context });
    const cdp = await context.newCDPSession(page);
    const files = new Map();
    const heard = [];
    cdp.on("Network.requestWillBeSent", ({ requestId, request }) => files.set(requestId, { path: new URL(request.url).pathname }));
    cdp.on("Network.responseReceived", ({ requestId, type, response }) => Object.assign(files.get(requestId) ?? {}, { type, headers: response.headers }));
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => Object.assign(files.get(requestId) ?? {}, { bytes: encodedDataLength }));
    cdp.on("Network.webSocketFrameReceived", ({ response: { opcode, payloadData } }) => heard.push(opcode === 2 ? (payloadData.length * 3) / 4 : payloadData.length));
    await cdp.send("Network.enable");
    await page.addInitScript((wanted) => {
      // As if the server answered at once, however busy this machine is: after a while the page fetches more without waiting for it.
      const { setTimeout } = window;
      window.setTimeout = (act, after, ...rest) => setTimeout(act, after === 150 ? 5_000 : after, ...rest);
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value))).observe({ type: "layout-shift", buffered: true });
      const look = new MutationObserver(() => {
        if (!document.querySelector(`[data-testid=${wanted}]`)) return;
        performance.mark("ready");
        look.disconnect();
      });
      look.observe(document, { childList: true, subtree: true });
    }, ready);
    await page.goto(`${server.url}/${address}`);
    await hook(page, ready).waitFor();
    const { shift, scripts, early } = await page.evaluate(async () => {
      await new Promise((done) => requestIdleCallback(done));
      const [{ startTime: at }] = performance.getEntriesByName("ready");
      return {
        shift: window.shift,
        scripts: [...document.scripts].map(({ src }) => src),
        early: performance.getEntriesByType("resource").filter(({ startTime }) => startTime <= at).map(({ name, renderBlockingStatus }) => ({ path: new URL(name).pathname, renderBlockingStatus })),
      };
    });
    // What is fetched for later is over when the worker has kept it all.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await finish();
    await context.close();
    const soon = new Set(["/", ...early.map(({ path }) => path)]);
    const all = [...files.values()].filter(({ bytes }) => bytes > 0);
    return { all, first: all.filter(({ path }) => soon.has(path)), early, scripts, shift, heard };
  }

  const sum = (files, suffix = "") => files.filter(({ path }) => path.endsWith(suffix)).reduce((bytes, file) => bytes + file.bytes, 0);

  let talk;
  before(async () => {
    const { page, context } = await openWindow(browser, server, { device: phone });
    const session = await startCase(page, server, "career_plateau");
    const storageState = await context.storageState();
    await context.close();
    talk = await cold(`#/talk/${session}`, "say", storageState);
  });

  test("of a conversation is small", (t) => {
    const conversation = talk.all.filter(({ path }) => path === "/" || /^\/assets\/(said|choices|en_rest)-[^/]+\.js$/.test(path));
    assert.equal(conversation.length, 4, "all that a conversation needs; the page's own styles are counted with its scripts");
    const figures = {
      script: sum(conversation),
      page: sum(conversation.filter(({ path }) => path === "/")),
      style: sum(talk.all.filter(({ path }) => /\/(common|said)-/.test(path)), ".css"),
      toType: sum(talk.first) + (talk.heard[0] ?? 0),
      requests: talk.first.length,
      opening: talk.heard[0],
    };
    t.diagnostic(JSON.stringify(figures));
    assert.ok(figures.script <= MOST.promised);
    for (const [what, figure] of Object.entries(figures)) assert.ok(figure > 0 && figure <= MOST[what], `${what}: ${figure}, at most ${MOST[what]}`);
  });

  test("fetches what one can type with before anything else, and nothing twice", () => {
    assert.deepEqual(talk.first.map(({ path }) => path).filter((path) => path.startsWith("/assets/")), []);
    const paths = talk.all.filter(({ path }) => path.startsWith("/assets/")).map(({ path }) => path);
    assert.deepEqual(paths, [...new Set(paths)]);
  });

  for (const script of ["career_plateau", "advice_in_disguise"])
    test(`has the texts that ${script} begins with`, async () => {
      const context = await browser.newContext({ serviceWorkers: "block", viewport: phone.viewport, reducedMotion: "reduce", locale: "en-GB" });
      const { page, finish } = await openWindow(browser, server, { context, expected: lost });
      await page.goto(`${server.url}/#/settings`);
      await hook(page, "feedback").getByRole("radio").nth(2).check();
      const session = await startCase(page, server, script);
      await page.goto("about:blank");
      await page.route("**/assets/{en_rest,said}-*", (route) => route.abort());
      await page.goto(`${server.url}/#/talk/${session}`);
      await hook(page, "say").waitFor();
      const shown = await page.evaluate(() => [document.title, document.getElementById("app").textContent, ...[...document.querySelectorAll("[aria-label], [placeholder]")].map((each) => each.ariaLabel ?? each.placeholder)].join("\n"));
      assert.doesNotMatch(shown, /\b(app|contrast|debrief|home|link|parts|practice|progress|served|settings|talk|trainers|words)\.[a-z]/);
      await finish();
      await context.close();
    });

  for (const { width, height } of [desktop.viewport, { width: 360, height: 740 }])
    test(`looks from the first picture as it does with all its styles, ${width} px wide`, async () => {
      const context = await browser.newContext({ serviceWorkers: "block", viewport: { width, height }, reducedMotion: "reduce", locale: "en-GB" });
      const { page, finish } = await openWindow(browser, server, { context, expected: lost });
      for (const script of ["career_plateau", "advice_in_disguise"]) {
        const session = await startCase(page, server, script);
        const pictures = [];
        for (const without of ["**/assets/{common,said}-*", "**/nothing"]) {
          await page.goto("about:blank");
          await page.route(without, (route) => route.abort());
          await page.goto(`${server.url}/#/talk/${session}`);
          await hook(page, "say").waitFor();
          await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
          if (without === "**/nothing") await page.waitForFunction(() => [...document.styleSheets].some(({ href }) => href?.includes("/said-")));
          pictures.push(await page.screenshot({ fullPage: true }));
          await page.unroute(without);
        }
        assert.ok(pictures[0].equals(pictures[1]), script);
      }
      await finish();
      await context.close();
    });

  test("waits for no file, and nothing moves when one comes", () => {
    assert.deepEqual(talk.scripts.filter((src) => src !== ""), []);
    for (const { path, renderBlockingStatus } of talk.early) assert.equal(renderBlockingStatus, "non-blocking", path);
    assert.ok(talk.shift < MOST.shift, `shifted by ${talk.shift}`);
  });

  test("every text comes compressed, and what is named by its content is kept for good", () => {
    for (const { path, type, headers } of talk.all) {
      if (!["Document", "Script", "Stylesheet"].includes(type)) continue;
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      if (Number(lower["content-length"]) > 512) assert.equal(lower["content-encoding"], "br", path);
      if (path.startsWith("/assets/")) assert.match(lower["cache-control"], /max-age=31536000, immutable/, path);
      else assert.equal(lower["cache-control"], "no-cache", path);
      assert.equal(lower["x-content-type-options"], "nosniff", path);
    }
  });

  test("of the list of cases is small", async (t) => {
    const home = await cold("", "today");
    const script = sum(home.first.filter(({ path }) => path === "/" || path.endsWith(".js")));
    t.diagnostic(JSON.stringify({ heard: home.heard, script }));
    assert.ok(Math.max(...home.heard) <= MOST.list);
    assert.ok(script <= MOST.script);
    assert.ok(home.shift < MOST.shift, `shifted by ${home.shift}`);
  });
});

/** The client as a later version would be: the page names other files. */
async function nextVersion(folder) {
  await cp(built, folder, { recursive: true, filter: (path) => !path.endsWith(".br") });
  const names = (await readdir(join(folder, "assets"))).filter((name) => /^(said|SettingsPage)-.*\.js$/.test(name));
  const renewed = (text) => names.reduce((changed, name) => changed.replaceAll(name, name.replace(/-.*/, "-renewed1.js")), text);
  for (const path of ["index.html", "sw.js", ...(await readdir(join(folder, "assets"))).map((name) => join("assets", name))]) {
    const text = await readFile(join(folder, path), "utf8");
    await rm(join(folder, path));
    await writeFile(join(folder, renewed(path)), renewed(text).replace(/"version":"\w+"/, '"version":"000000000000"'));
  }
}

describe("files that do not come", () => {
  let folder;
  let server;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "askwell-load-"));
    await nextVersion(join(folder, "next"));
    server = await startServer({ data: join(folder, "data") });
  });
  after(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const renew = async (web) => {
    await server.stop();
    server = await startServer({ data: join(folder, "data"), args: ["--port", String(server.port)], web });
  };

  test("a screen that cannot be fetched says so, and loses nothing that was typed", { timeout: 60000 }, async () => {
    const context = await browser.newContext({ serviceWorkers: "block", viewport: phone.viewport, reducedMotion: "reduce" });
    const { page, finish } = await openWindow(browser, server, { context, expected: lost });
    await page.route("**/assets/SettingsPage-*", (route) => route.abort());
    const session = await startCase(page, server, "career_plateau");
    await hook(page, "say").fill("Half a thought that is not");
    await page.getByRole("link", { name: "Settings" }).click();
    await hook(page, "unfetched").waitFor();
    await assertFocus(page, "h1");
    await assertAccessible(page, "a screen that did not come");
    await assertNoSidewaysScroll(page, "a screen that did not come");
    await picture(page, "unfetched");
    await page.route("**/*", (route) => route.abort());
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.getByText("The server cannot be reached").waitFor();
    await page.unroute("**/*");
    await page.unroute("**/assets/SettingsPage-*");
    await page.getByRole("button", { name: "Load it again" }).click();
    await hook(page, "settings").waitFor();
    await page.goBack();
    await hook(page, "say").waitFor();
    assert.equal(await hook(page, "say").inputValue(), "Half a thought that is not");
    assert.ok(page.url().includes(session));
    await finish();
    await context.close();
  });

  test("a page that breaks off says so, and is whole when it is loaded again", { timeout: 60000 }, async () => {
    const context = await browser.newContext({ serviceWorkers: "block", viewport: phone.viewport, reducedMotion: "reduce" });
    const { page, finish } = await openWindow(browser, server, { context, expected: lost });
    // Within what every screen is drawn with, and within its texts.
    for (const share of [0.4, 0.8]) {
      await page.route(`${server.url}/`, async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        await route.fulfill({ response, body: text.slice(0, share * text.length) });
      });
      await page.goto("about:blank");
      await page.goto(`${server.url}/#/settings`);
      await page.getByText("could not be fetched").waitFor();
      await page.unroute(`${server.url}/`);
      await page.getByRole("button", { name: "Load it again" }).click();
      await hook(page, "settings").waitFor();
    }
    await finish();
    await context.close();
  });

  test("messages whose display did not come are sent and kept, and there after loading again", { timeout: 60000 }, async () => {
    const context = await browser.newContext({ serviceWorkers: "block", viewport: phone.viewport, reducedMotion: "reduce" });
    const { page, finish } = await openWindow(browser, server, { context, expected: lost });
    await page.route("**/assets/said-*", (route) => route.abort());
    await startCase(page, server, "career_plateau");
    await hook(page, "say").fill("What brings you here?");
    await hook(page, "send").click();
    await hook(page, "unfetched").waitFor();
    await page.unroute("**/assets/said-*");
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.locator(".bubble.own").getByText("What brings you here?").waitFor();
    await sayAndWait(page, "What else?");
    await finish();
    await context.close();
  });

  test("a server that was renewed meanwhile: loading again leads on", { timeout: 60000 }, async () => {
    const context = await browser.newContext({ serviceWorkers: "block", viewport: phone.viewport, reducedMotion: "reduce" });
    const { page, finish } = await openWindow(browser, server, { context, expected: [...lost, GONE] });
    // The connection is slow enough for the server to be renewed before anything was fetched for later.
    await page.route("**/assets/{SettingsPage,Debrief}-*", (route) => (route.request().url().includes("renewed") ? route.continue() : route.abort()));
    await page.goto(server.url);
    await hook(page, "today").waitFor();
    await renew(join(folder, "next"));
    await page.getByRole("link", { name: "Settings" }).click();
    // By the button, or by itself if the line to the server came back only then.
    await hook(page, "unfetched").or(hook(page, "settings")).first().waitFor();
    await page.getByRole("button", { name: "Load it again" }).click({ timeout: 3000 }).catch(() => undefined);
    await hook(page, "settings").waitFor();
    assert.ok(await page.evaluate(() => [...document.scripts].some(({ text }) => text.includes("-renewed1.js"))));
    await renew();
    await finish();
    await context.close();
  });

  test("the worker keeps one version whole, and the next one takes over with the next visit", { timeout: 90000 }, async () => {
    const context = await browser.newContext({ viewport: phone.viewport, reducedMotion: "reduce" });
    const kept = (page) => page.evaluate(() => caches.keys());
    const { page, check } = await openWindow(browser, server, { context, expected: lost });
    await page.goto(server.url);
    await hook(page, "today").waitFor();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const [first] = await kept(page);
    await renew(join(folder, "next"));
    await page.reload();
    await hook(page, "today").waitFor();
    await eventually(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null), { what: "the next worker" });
    assert.ok(await page.evaluate(() => [...document.scripts].some(({ text }) => text.includes("-renewed1.js"))), "the page is the server's");
    assert.deepEqual((await kept(page)).sort(), ["askwell-shell-000000000000", first].sort());
    await check();
    await page.close();
    const { page: later, finish } = await openWindow(browser, server, { context, expected: lost });
    await later.goto(server.url);
    await hook(later, "today").waitFor();
    await eventually(async () => (await kept(later)).length === 1, { what: "the version before goes" });
    assert.deepEqual(await kept(later), ["askwell-shell-000000000000"]);
    await context.setOffline(true);
    await later.goto(`${server.url}/#/settings`);
    await later.reload();
    await hook(later, "settings").waitFor();
    await finish();
    await context.close();
  });
});
