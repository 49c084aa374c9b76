// SPDX-License-Identifier: Apache-2.0
// The practice room: feedback that comes when it was asked for, one's own estimate first, notes and marks on a moment, and
// the settings that hold from then on.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { describe, test } from "node:test";
import { startServer } from "../wire/server.mjs";
import {
  assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, hook, openWindow, phone, picture, rate, sayAndWait, startCase, unfoldDebrief,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

const OPEN = ["What brings you here?", "What is going on for you at work?", "You should talk to HR.", "What matters to you in it?"];
const notes = (page) => hook(page, "log").getByTestId("note").count();

async function choose(page, group, index) {
  await page.goto(`${server.url}/#/settings`);
  await hook(page, group).getByRole("radio").nth(index).check();
}

async function finishTalk(page) {
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
}

describe("feedback comes when it was asked for", () => {
  const levels = [
    [1, [1, 2, 3, 4]],
    [2, [0, 1, 2, 3]],
    [3, [0, 0, 0, 0]],
    [4, [0, 0, 0, 0]],
  ];
  for (const [level, seen] of levels)
    test(`level ${level}`, { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server);
      await choose(page, "feedback", level - 1);
      const session = await startCase(page, server, "career_plateau");
      const counts = [];
      for (const text of OPEN) {
        await sayAndWait(page, text);
        counts.push(await notes(page));
        const marked = await hook(page, "log").locator(".bubble.own .showed").count();
        assert.equal(marked > 0, counts.at(-1) > 0, "nor are words marked before");
      }
      assert.deepEqual(counts, seen, "every second message and missteps at level 2, none before the end at 3 and 4");
      assert.equal(await hook(page, "feedback-strip").count(), level === 1 ? 0 : 1);
      await page.reload();
      await hook(page, "say").waitFor();
      assert.equal(await notes(page), seen.at(-1), "the same after a reload");
      await finishTalk(page);
      await hook(page, "estimate").waitFor();
      await page.goto(`${server.url}/#/talk/${session}`);
      await hook(page, "to-debrief").waitFor();
      assert.equal(await notes(page), level === 4 ? 0 : 4, "at level 4 not before the trainee has rated themselves");
      await hook(page, "to-debrief").click();
      await hook(page, "estimate").waitFor();
      assert.equal(await hook(page, "skip-estimate").count(), level === 4 ? 0 : 1, "at level 4 there is no way round it");
      await rate(page, 2);
      await hook(page, "own-view").waitFor();
      assert.match(await hook(page, "own-view").innerText(), /not very well/);
      assert.equal(await hook(page, "transcript").getByTestId("note").count(), 4);
      await page.goto(`${server.url}/#/talk/${session}`);
      await hook(page, "to-debrief").waitFor();
      assert.equal(await notes(page), 4);
      await finish();
    });

  test("more can be had on the way, and it holds for this conversation only", { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server);
    await choose(page, "feedback", 2);
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, OPEN[0]);
    assert.equal(await notes(page), 0);
    await hook(page, "feedback-strip").getByRole("button").click();
    await hook(page, "note").first().waitFor();
    await page.reload();
    await hook(page, "note").first().waitFor();
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, OPEN[0]);
    assert.equal(await notes(page), 0, "the next one begins as the settings say");
    await finish();
  });
});

for (const device of [desktop, phone])
  describe(`on a ${device.name}`, () => {
    test("a note and a mark on a moment, an estimate, and both beside the figures", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      const session = await startCase(page, server, "career_plateau");
      for (const text of OPEN.slice(0, 2)) await sayAndWait(page, text);
      const own = hook(page, "own-note").nth(1);
      await own.locator("summary").click();
      await own.getByRole("textbox").fill("I wanted to \u201chelp\u201d here \u{1f642}");
      await own.getByRole("radio").nth(2).check();
      await own.getByText("Saved").waitFor();
      await assertAccessible(page, "note and mark");
      await assertNoSidewaysScroll(page, "note and mark");
      await picture(page, `own-note-${device.name}`);
      await page.reload();
      await hook(page, "own-note").nth(1).getByText("For supervision \u00b7 Your note").waitFor();
      await finishTalk(page);
      await hook(page, "estimate").waitFor();
      await hook(page, "estimate").getByLabel("Which skill did you work on?").selectOption({ index: 1 });
      await hook(page, "estimate").getByLabel("Which was your best moment?").selectOption({ index: 2 });
      await picture(page, `estimate-${device.name}`);
      await rate(page, 5);
      await hook(page, "own-view").waitFor();
      const text = await hook(page, "own-view").innerText();
      for (const part of [/very well/, /You worked on/, /best moment: message 2/]) assert.match(text, part);
      await unfoldDebrief(page);
      await hook(page, "fold-marks").getByText("Message 2, marked for supervision").waitFor();
      await assertNoSidewaysScroll(page, "debrief");
      await picture(page, `own-view-${device.name}`);
      const markdown = await page.evaluate(async (id) => (await fetch(`/export/${id}.md`)).text(), session);
      assert.match(markdown, /On message 2/);
      assert.match(markdown, /help/);
      await finish();
    });

    test("without an estimate, and the other settings", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device, motion: "no-preference" });
      await choose(page, "pace", 1);
      await choose(page, "text", 3);
      await choose(page, "theme", 2);
      await picture(page, `settings-${device.name}`);
      await assertAccessible(page, "settings, dark, large");
      await assertNoSidewaysScroll(page, "settings");
      await page.reload();
      await hook(page, "settings").waitFor();
      const root = await page.evaluate(() => ({ ...document.documentElement.dataset }));
      assert.deepEqual([root.theme, root.text], ["dark", "150"]);
      await startCase(page, server, "career_plateau");
      await sayAndWait(page, OPEN[0]);
      assert.equal(await page.getByTestId("typing").count(), 0, "nothing is paced");
      await assertNoSidewaysScroll(page, "conversation in large text");
      await picture(page, `large-text-${device.name}`);
      await finishTalk(page);
      await hook(page, "rate").click();
      await page.getByRole("alert").waitFor();
      await hook(page, "skip-estimate").click();
      await hook(page, "debrief").waitFor();
      assert.equal(await hook(page, "own-view").count(), 0);
      await page.reload();
      await hook(page, "debrief").waitFor();
      await finish();
    });
  });

test("a note typed while the line is down is not lost", { timeout: 60000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: [/ERR_INTERNET_DISCONNECTED|WebSocket|Failed to load/] });
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, OPEN[0]);
  await hook(page, "own-note").locator("summary").click();
  await context.setOffline(true);
  await hook(page, "own-note").getByRole("textbox").fill("Typed in a tunnel.");
  await page.evaluate(() => document.activeElement.blur());
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(server.url);
  await again.getByRole("heading", { level: 1 }).waitFor();
  await again.locator("a[href*='#/talk/']").first().click();
  await hook(again, "own-note").locator("summary", { hasText: "Your note" }).waitFor();
  await again.close();
  await finish();
});

for (const device of [desktop, phone])
  test(`home says what to practise today, and the cases can be narrowed: ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await page.goto(server.url);
    await hook(page, "today").waitFor();
    assert.match(await hook(page, "today").innerText(), /Five minutes that show you the screen/);
    const cards = () => page.locator("li.case").count();
    await hook(page, "more-filters").click();
    const all = await cards();
    await hook(page, "filter-mode").selectOption("mentoring");
    const mentoring = await cards();
    assert.ok(mentoring > 0 && mentoring < all, `${mentoring} of ${all}`);
    await page.getByText(`${mentoring} of ${all} fit.`).waitFor();
    await assertAccessible(page, "home, narrowed");
    await assertNoSidewaysScroll(page, "home");
    await picture(page, `home-${device.name}`);
    await page.getByRole("button", { name: "Show all" }).click();
    assert.equal(await cards(), all);
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, OPEN[0]);
    await page.goto(server.url);
    await page.getByText("You are in the middle of it.").waitFor();
    await hook(page, "today").getByRole("link").click();
    await hook(page, "say").waitFor();
    await finish();
  });

test("home is short at first sight: the rest is folded, opened by whoever wants it, and stays as it was left", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server, { device: phone });
  await page.goto(server.url);
  await hook(page, "today").waitFor();
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok((await height()) < 7.5 * phone.viewport.height, `${await height()} px`);
  await picture(page, "home-phone-folded");
  const list = page.locator("[aria-labelledby=cases-title]");
  const seen = () => list.locator("li.case").filter({ visible: true }).count();
  const all = await list.locator("li.case").count();
  const few = await seen();
  assert.ok(few >= 4 && few < all - 1, `${few} of ${all}`);
  const fold = hook(page, "more-cases").locator("summary");
  assert.equal(await fold.innerText(), `Show all ${all}`);
  await fold.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("[data-testid=more-cases]").open);
  assert.equal(await seen(), all);
  assert.equal(await fold.innerText(), "Show fewer");
  await page.keyboard.press("Tab");
  await assertFocus(page, "[data-testid=more-cases] li:first-child a");
  await assertAccessible(page, "home, unfolded");
  await page.reload();
  await hook(page, "today").waitFor();
  assert.equal(await seen(), all, "as it was left");
  await fold.click();
  await page.waitForFunction(() => !document.querySelector("[data-testid=more-cases]").open);
  await page.reload();
  await hook(page, "today").waitFor();
  assert.equal(await seen(), few);
  // Whoever narrows them down sees all that are left.
  await hook(page, "filter-minutes").selectOption({ index: 2 });
  await page.waitForFunction(() => !document.querySelector("details.more"));
  await finish();
});

describe("answers read aloud", () => {
  test("where the device has no voice, the settings say so", { timeout: 30000 }, async () => {
    const { page, finish } = await openWindow(browser, server);
    await page.goto(`${server.url}/#/settings`);
    await hook(page, "no-voice").waitFor();
    await finish();
  });

  // A headless browser has no voices, so two stand in: one that would send the words elsewhere and one that would not.
  test("by the device's own voice only, each line once", { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server);
    await page.addInitScript(() => {
      window.spoken = [];
      const voices = [
        { name: "Far away", lang: "en-GB", localService: false },
        { name: "Near by", lang: "en-GB", localService: true },
      ];
      const synthesis = new EventTarget();
      Object.assign(synthesis, { getVoices: () => voices, speak: (words) => window.spoken.push([words.voice.name, words.text]), cancel: () => {} });
      Object.defineProperty(window, "speechSynthesis", { value: synthesis });
      window.SpeechSynthesisUtterance = class {
        constructor(text) {
          this.text = text;
        }
      };
    });
    await choose(page, "aloud", 1);
    await startCase(page, server, "career_plateau");
    for (const text of OPEN.slice(0, 2)) await sayAndWait(page, text);
    const spoken = await page.evaluate(() => window.spoken);
    const lines = await hook(page, "log").locator(".theirs .bubble").allInnerTexts();
    assert.ok(spoken.length > 0 && spoken.every(([name]) => name === "Near by"));
    for (const [, text] of spoken) assert.ok(lines.some((line) => line.includes(text)), text);
    assert.equal(new Set(spoken.map(([, text]) => text)).size, spoken.length, "each line once");
    await finish();
  });
});

/** Every screen that needs no conversation, by what shows that it is there. */
const SCREENS = { "": "Practise", "case/career_plateau": "Every box ticked", progress: "Progress", trainers: "For trainers", settings: "Settings", nowhere: "nothing" };

test("every screen opens without a connection, from one version kept whole", { timeout: 90000 }, async () => {
  const own = await startServer();
  const { page, context, finish } = await openWindow(browser, own, { expected: [/ERR_|WebSocket|Failed to load|Failed to fetch/] });
  try {
    await page.goto(own.url);
    await hook(page, "today").waitFor();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const [version, ...others] = await page.evaluate(() => caches.keys());
    assert.match(version, /^askwell-shell-[0-9a-f]+$/);
    assert.deepEqual(others, []);
    const kept = await page.evaluate(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname), version);
    const built = await readdir(new URL("../../web/dist/assets", import.meta.url));
    assert.deepEqual(kept.sort(), ["/", ...built.filter((name) => !name.endsWith(".br")).map((name) => `/assets/${name}`)].sort());
    await context.setOffline(true);
    for (const address of Object.keys(SCREENS)) {
      const cold = await context.newPage();
      await cold.goto(`${own.url}/#/${address}`);
      await cold.getByText("Connection lost.").waitFor();
      if (address !== "case/career_plateau") assert.ok((await cold.getByRole("heading", { level: 1 }).innerText()).includes(SCREENS[address]), address);
      assert.equal(await hook(cold, "unfetched").count(), 0, address);
      await cold.close();
    }
    await page.reload();
    await page.getByText("Connection lost.").waitFor();
    await picture(page, "without-a-connection");
    await context.setOffline(false);
    await hook(page, "today").waitFor();
    await finish();
  } finally {
    await own.stop();
  }
});

test("after two that went well, less feedback is offered", { timeout: 90000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  for (let turn = 0; turn < 2; turn++) {
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, OPEN[0]);
    await finishTalk(page);
    await rate(page, 5);
    await hook(page, "own-view").waitFor();
  }
  await page.goto(server.url);
  await hook(page, "less-feedback").getByRole("button").click();
  await hook(page, "less-feedback").waitFor({ state: "detached" });
  await page.goto(`${server.url}/#/settings`);
  assert.ok(await hook(page, "feedback").getByRole("radio").nth(1).isChecked());
  await finish();
});
