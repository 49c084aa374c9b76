#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How quick the client feels, in Chromium: the first load of the conversation page on a slow phone (processor four times slower,
// 400 kbit/s), from the key press to one's own line on the screen, and frames while typing and scrolling in a
// conversation of 200 turns. Nothing depends on the figures.
//   node tests/bench/client.mjs
import { launch, openWindow, phone, startCase, waitForSaved } from "../browser/browser.mjs";
import { startServer } from "../wire/server.mjs";

const LOADS = 5;
const TURNS = 200;
const KEYS = 60;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (name, value) => console.log(`${name.padEnd(64)}${value}`);

async function slowed(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 });
  return cdp;
}

/** A new window each time: nothing is cached and no worker answers. */
async function firstLoads(browser, server, name, address, ready, cookies = []) {
  const times = [];
  const sizes = [];
  for (let load = 0; load < LOADS; load++) {
    const { page, context, finish } = await openWindow(browser, server, { device: phone });
    await context.addCookies(cookies);
    const cdp = await slowed(page);
    let bytes = 0;
    cdp.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(`${server.url}/${address}`, { waitUntil: "commit" });
    await page.getByTestId(ready).waitFor();
    times.push(await page.evaluate(() => performance.now()));
    sizes.push(bytes);
    await finish();
  }
  row(`${name}, 4x slower, 400 kbit/s`.padEnd(64), `${Math.round(median(times))} ms (${LOADS} loads, ${Math.round(median(sizes) / 1024)} KB of pages)`);
}

/** Somebody comes back to a conversation: the address of the talk, and who they are. */
async function begun(browser, server) {
  const { page, context, finish } = await openWindow(browser, server, { device: phone });
  const session = await startCase(page, server, "career_plateau");
  const cookies = await context.cookies();
  await finish();
  return { address: `#/talk/${session}`, cookies };
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
try {
  const { address, cookies } = await begun(browser, server);
  await firstLoads(browser, server, "first load of a conversation", address, "say", cookies);
  await firstLoads(browser, server, "first load of a brief, with the list of cases", "#/case/career_plateau", "start");
  await conversation(browser, server);
} finally {
  await browser.close();
  await server.stop();
}
