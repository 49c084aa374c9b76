// SPDX-License-Identifier: Apache-2.0
// Chromium by its debugging protocol alone, for what is timed: a tool that drives pages puts scripts of its own into each, and
// on a processor slowed four times those take longer than the page's.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import { launchOptions } from "./browser.mjs";

/** Starts a browser; `send(method, params, session)` asks it, `hear(listener)` gets its events as {method, params, sessionId}. */
export async function launchBare() {
  const { executablePath, args } = launchOptions();
  const folder = await mkdtemp(join(tmpdir(), "askwell-chromium-"));
  const child = spawn(executablePath, [...args, "--remote-debugging-port=0", `--user-data-dir=${folder}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((done, lost) => {
    let said = "";
    child.stderr.on("data", (data) => {
      said += data;
      const found = /ws:\/\/\S+/.exec(said);
      if (found) done(found[0]);
    });
    child.on("exit", () => lost(new Error(`the browser did not start: ${said}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((done, lost) => socket.on("open", done).on("error", lost));
  const waiting = new Map();
  const listeners = new Set();
  let last = 0;
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    const asked = waiting.get(message.id);
    if (!asked) return void listeners.forEach((listener) => listener(message));
    waiting.delete(message.id);
    if (message.error) asked.lost(new Error(message.error.message));
    else asked.done(message.result);
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((done, lost) => {
        waiting.set(++last, { done, lost });
        socket.send(JSON.stringify({ id: last, method, params, sessionId }));
      }),
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      const gone = new Promise((done) => child.on("exit", done));
      socket.close();
      child.kill();
      await gone;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * A phone's page in a store of its own, in which nothing is kept but `storageState` as the other browser gives it: who the
 * trainee is. `send` and `hear` concern this page alone.
 */
export async function bareWindow(browser, server, { viewport, storageState }) {
  const { browserContextId } = await browser.send("Target.createBrowserContext");
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  const hear = (listener) => browser.hear((message) => message.sessionId === sessionId && listener(message));
  const go = async (url) => {
    const loaded = new Promise((done) => {
      const stop = hear(({ method }) => method === "Page.loadEventFired" && (stop(), done()));
    });
    await send("Page.navigate", { url });
    await loaded;
  };
  const read = async (expression) => (await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true })).result.value;
  await send("Page.enable");
  await send("Emulation.setDeviceMetricsOverride", { ...viewport, deviceScaleFactor: 1, mobile: true });
  await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-reduced-motion", value: "reduce" }] });
  if (storageState) {
    const cookies = storageState.cookies.map(({ name, value, domain, path, httpOnly, secure, sameSite }) => ({ name, value, domain, path, httpOnly, secure, sameSite }));
    await browser.send("Storage.setCookies", { cookies, browserContextId });
    // From an address that has nothing of the client.
    await go(`${server.url}/nothing`);
    for (const { name, value } of storageState.origins[0]?.localStorage ?? []) await read(`localStorage.setItem(${JSON.stringify(name)}, ${JSON.stringify(value)})`);
    await go("about:blank");
  }
  return { send, hear, go, read, close: () => browser.send("Target.disposeBrowserContext", { browserContextId }) };
}
