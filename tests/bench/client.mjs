#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How quick the client feels, in Chromium: loads on a slow phone (processor four times slower, 400 kbit/s) and what they wait
// for, from sending to one's own line on the screen, and frames while typing and scrolling in a conversation of 200 turns.
// Nothing depends on the figures.
//   node tests/bench/client.mjs
import { setTimeout as pause } from "node:timers/promises";
import { bareWindow, launchBare } from "../browser/bare.mjs";
import { goodCoach, launch, openWindow, phone, sayAndWait, startCase, waitForSaved } from "../browser/browser.mjs";
import { startServer } from "../wire/server.mjs";

const LOADS = 9;
const TURNS = 200;
const KEYS = 60;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (name, value) => console.log(`${name.padEnd(64)}${value}`);

async function slow({ send }) {
  await send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await send("Network.enable");
  await send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 });
}

/** When each part of a load was there, in ms from its beginning, and the bytes of it all. */
function watchLoad({ hear }) {
  const load = { bytes: 0, heard: 0, there: {} };
  const names = new Map();
  let begin = null;
  const at = (timestamp) => (timestamp - (begin ??= timestamp)) * 1000;
  const events = {
    "Network.requestWillBeSent"({ requestId, request, timestamp }) {
      at(timestamp);
      names.set(requestId, /\/assets\/(\w+)-\w+(\.\w+)$/.exec(request.url)?.slice(1).join("") ?? (new URL(request.url).pathname === "/" ? "page" : ""));
    },
    "Network.loadingFinished"({ requestId, encodedDataLength, timestamp }) {
      load.bytes += encodedDataLength;
      if (names.get(requestId)) load.there[names.get(requestId)] ??= at(timestamp);
    },
    "Network.webSocketHandshakeResponseReceived"({ timestamp }) {
      load.there.line ??= at(timestamp);
    },
    "Network.webSocketFrameReceived"({ timestamp, response }) {
      // Binary messages are handed over in Base64.
      load.heard += response.opcode === 2 ? (response.payloadData.length * 3) / 4 : response.payloadData.length;
      load.there.answer ??= at(timestamp);
    },
  };
  hear(({ method, params }) => events[method]?.(params));
  return load;
}

/** The page itself notes when it has drawn what is waited for: whoever asks from outside asks a slow page. */
function noteReady(wanted) {
  const look = new MutationObserver(() => {
    if (!document.querySelector(`[data-testid=${wanted}]`)) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => performance.mark("ready")));
  });
  look.observe(document, { childList: true, subtree: true });
}

const READY = `new Promise((done) => {
  const look = () => performance.getEntriesByName("ready").length > 0 ? done(performance.getEntriesByName("ready")[0].startTime) : setTimeout(look, 200);
  look();
})`;

/**
 * A new window each time, in which nothing is kept but `storageState`: who the trainee is. `again`: the visit after one that
 * the worker kept.
 */
async function loads(browser, server, name, address, ready, { storageState, again = false } = {}) {
  const all = [];
  for (let turn = 0; turn < LOADS; turn++) {
    const page = await bareWindow(browser, server, { viewport: phone.viewport, storageState });
    if (again) {
      await page.go(`${server.url}/${address}`);
      await page.read("navigator.serviceWorker.ready.then(() => null)");
      await page.go("about:blank");
    }
    await slow(page);
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${noteReady})(${JSON.stringify(ready)})` });
    const load = watchLoad(page);
    await page.send("Page.navigate", { url: `${server.url}/${address}` });
    // Asking costs the page time: not before it is likely to be there.
    await pause(1200);
    const time = await page.read(READY);
    // What came later was not waited for.
    const there = Object.fromEntries(Object.entries(load.there).filter(([, at]) => at <= time));
    all.push({ ...load, there, ready: time });
    await page.close();
  }
  const middle = (pick) => Math.round(median(all.map(pick)));
  const times = all.map(({ ready: time }) => Math.round(time)).sort((one, other) => one - other);
  row(`${name}, 4x slower, 400 kbit/s`, `${middle(({ ready: time }) => time)} ms (${times[0]} to ${times.at(-1)}; ${(middle(({ bytes }) => bytes) / 1024).toFixed(1)} KB of files, ${(middle(({ heard }) => heard) / 1024).toFixed(1)} KB of messages)`);
  const there = Object.keys(all[0].there).filter((part) => all.every((load) => part in load.there)).map((part) => [part, middle((load) => load.there[part])]);
  row("  there after", there.sort(([, one], [, other]) => one - other).map(([part, time]) => `${part} ${time}`).join(", "));
}

/** Somebody comes back to a conversation: the address of the talk, and what their browser knows of them. */
async function begun(browser, server, messages) {
  const { page, context, finish } = await openWindow(browser, server, { device: phone });
  const session = await startCase(page, server, "career_plateau");
  for (const text of goodCoach.career_plateau.slice(0, messages)) await sayAndWait(page, text);
  const storageState = await context.storageState();
  await finish();
  return { address: `#/talk/${session}`, storageState };
}

/** Longest frame while `act` runs, in ms. */
async function longestFrame(page, act) {
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const frame = (now) => {
      window.frames_.push(now - last);
      last = now;
      window.frame_ = requestAnimationFrame(frame);
    };
    window.frame_ = requestAnimationFrame(frame);
  });
  await act();
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(window.frame_);
    return window.frames_.slice(1);
  });
  return { longest: Math.max(...frames), over: frames.filter((length) => length > 50).length, count: frames.length };
}

async function conversation(browser, server) {
  const { page, finish } = await openWindow(browser, server, { device: phone });
  await startCase(page, server, "career_plateau");
  const own = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    const box = page.getByTestId("say");
    if (!(await box.count())) break;
    await box.fill(`What else is there to say about it, number ${turn}?`);
    own.push(await page.evaluate(() => {
      const before = document.querySelectorAll(".bubble.own").length;
      return new Promise((done) => {
        const from = performance.now();
        document.querySelector("[data-testid=send]").click();
        const look = () => (document.querySelectorAll(".bubble.own").length > before ? requestAnimationFrame(() => done(performance.now() - from)) : requestAnimationFrame(look));
        look();
      });
    }));
    await waitForSaved(page, turn);
  }
  row("from sending to one's own line on the screen", `${median(own).toFixed(1)} ms median, ${Math.max(...own).toFixed(1)} ms at most (${own.length} messages)`);
  const typing = await longestFrame(page, async () => {
    await page.getByTestId("say").click();
    for (let key = 0; key < KEYS; key++) await page.keyboard.type("a");
  });
  row(`typing after ${own.length} turns: longest frame`, `${typing.longest.toFixed(1)} ms (${typing.over} of ${typing.count} over 50 ms)`);
  const scrolling = await longestFrame(page, () =>
    page.evaluate(async () => {
      for (let y = document.documentElement.scrollHeight; y > 0; y -= 400) {
        scrollTo(0, y);
        await new Promise((done) => requestAnimationFrame(done));
      }
    }),
  );
  row(`scrolling through ${own.length} turns: longest frame`, `${scrolling.longest.toFixed(1)} ms (${scrolling.over} of ${scrolling.count} over 50 ms)`);
  await finish();
}

const server = await startServer({ args: ["--messages-per-second", "1000", "--messages-burst", "1000"] });
const browser = await launch();
const bare = await launchBare();
try {
  const fresh = await begun(browser, server, 0);
  const long = await begun(browser, server, 8);
  await loads(bare, server, "first load of a conversation", fresh.address, "say", fresh);
  await loads(bare, server, "first load of a conversation of 8 messages", long.address, "say", long);
  await loads(bare, server, "the next visit to it", long.address, "say", { ...long, again: true });
  await loads(bare, server, "first load of a brief", "#/case/career_plateau", "start");
  await loads(bare, server, "first load of the list of cases", "", "today");
  await conversation(browser, server);
} finally {
  await bare.close();
  await browser.close();
  await server.stop();
}
