// SPDX-License-Identifier: Apache-2.0
// Everybody can use it: axe-core on every screen and state, light and dark, desktop and phone; the whole way by keyboard
// alone; large text; a narrow window.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, hook, openCard, openWindow, ownWords, phone, picture, rate, sayAndWait, startCase, waitForSaved,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

for (const device of [desktop, phone])
  test(`axe-core finds nothing on any screen, in light and dark: ${device.name}`, { timeout: 120000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    const look = async (where) => {
      for (const scheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme: scheme });
        await assertAccessible(page, `${where}, ${device.name}, ${scheme}`);
        await assertNoSidewaysScroll(page, where);
        await picture(page, `axe-${device.name}-${scheme}-${where.replace(/\W+/g, "-")}`);
      }
    };
    await page.goto(server.url);
    await hook(page, "case-career_plateau").waitFor();
    await look("cases");
    await openCard(page, "case-career_plateau");
    await hook(page, "start").waitFor();
    await look("brief");
    await hook(page, "start").click();
    await hook(page, "say").waitFor();
    await look("opening");
    for (const text of ["What brings you here?", "You should talk to HR. Or is it the money? And why now?", "It sounds hard.", "I want to kill myself.", "bananas"]) {
      const before = (await ownWords(page)).length;
      await hook(page, "say").fill(text);
      await hook(page, "send").click();
      await waitForSaved(page, before + 1);
    }
    await hook(page, "hint").click();
    await hook(page, "hint-card").waitFor();
    if (device === phone) for (const button of await hook(page, "note").locator(".note-head").all()) if ((await button.getAttribute("aria-expanded")) === "false") await button.click();
    for (const summary of await page.locator("summary").all()) await summary.click();
    await look("conversation with everything open");
    await hook(page, "retake").nth(1).click();
    await page.getByText(/set aside/i).first().waitFor();
    await hook(page, "say").fill("x".repeat(4001));
    await look("set aside and too long");
    await hook(page, "say").fill("");
    await hook(page, "end").click();
    await hook(page, "confirm-end").waitFor();
    await look("ending");
    await hook(page, "confirm-end").click();
    await hook(page, "estimate").waitFor();
    await hook(page, "rate").click();
    await page.getByRole("alert").waitFor();
    await look("estimate");
    await rate(page);
    await hook(page, "debrief").waitFor();
    for (const summary of await page.locator("summary").all()) await summary.click();
    await look("debrief with everything open");
    await page.goto(`${server.url}/#/trainers`);
    await hook(page, "findings").waitFor();
    await look("trainers");
    await page.goto(`${server.url}/#/settings`);
    await hook(page, "settings").waitFor();
    await look("settings");
    await page.goto(`${server.url}/#/no-such-place`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look("nowhere");
    await page.goto(`${server.url}/#/talk/00000000-0000-4000-8000-000000000000`);
    await page.getByRole("alert").waitFor();
    await look("no such conversation");
    await finish();
  });

/** Presses Tab until the element that has the focus fits; a focus that cannot be seen is a fault. */
async function tabTo(page, what, fits) {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const own = document.activeElement;
      const style = getComputedStyle(own);
      const box = own.getBoundingClientRect();
      return {
        testid: own.dataset.testid ?? own.closest("[data-testid]")?.dataset.testid ?? null,
        own: own.dataset.testid ?? null,
        tag: own.tagName,
        type: own.type ?? null,
        text: own.innerText ?? "",
        visible: own === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
        size: Math.min(box.width, box.height),
      };
    });
    assert.ok(found.visible, `the focus can be seen on ${found.tag} ${found.text}`);
    if (fits(found)) return found;
  }
  assert.fail(`${what} cannot be reached with Tab`);
}

test("the whole way by keyboard alone", { timeout: 120000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await page.goto(server.url);
  await hook(page, "today").waitFor();
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.innerText), /skip/i, "the first stop is the skip link");
  await tabTo(page, "show all", (found) => found.tag === "SUMMARY" && found.testid === "more-cases");
  await page.keyboard.press("Enter");
  await tabTo(page, "the case", (found) => found.tag === "A" && found.testid === "case-stuck_manager");
  await page.keyboard.press("Enter");
  await hook(page, "start").waitFor();
  // A new screen is read from its heading.
  await assertFocus(page, "h1");
  await tabTo(page, "start", (found) => found.own === "start");
  await page.keyboard.press("Enter");
  await hook(page, "say").waitFor();
  if ((await page.evaluate(() => document.activeElement.dataset.testid)) !== "say") await tabTo(page, "the box", (found) => found.own === "say");
  for (const text of ["What is on your mind, Kofi?", "You sound tired.", "What else?"]) await sayAndWait(page, text, { keyboard: true });
  await assertFocus(page, "[data-testid=say]");
  await page.keyboard.insertText("One line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.insertText("and another?");
  await page.keyboard.press("Enter");
  await waitForSaved(page, 4);
  assert.equal((await ownWords(page)).at(-1), "One line\nand another?");
  await tabTo(page, "hint", (found) => found.own === "hint");
  await page.keyboard.press("Enter");
  await hook(page, "hint-card").waitFor();
  await page.evaluate(() => document.querySelector("h1").focus());
  await tabTo(page, "try again", (found) => found.own === "retake");
  await page.keyboard.press("Enter");
  await page.getByText(/set aside/i).first().waitFor();
  await page.evaluate(() => document.querySelector("h1").focus());
  await tabTo(page, "end", (found) => found.own === "end");
  await page.keyboard.press("Enter");
  await hook(page, "confirm-end").waitFor();
  await page.keyboard.press("Escape");
  await hook(page, "confirm-end").waitFor({ state: "detached" });
  await assertFocus(page, "[data-testid=end]");
  await page.keyboard.press("Enter");
  await hook(page, "confirm-end").waitFor();
  if ((await page.evaluate(() => document.activeElement.dataset.testid)) !== "confirm-end") await tabTo(page, "confirm", (found) => found.own === "confirm-end");
  await page.keyboard.press("Enter");
  await hook(page, "estimate").waitFor();
  await tabTo(page, "how it went", (found) => found.type === "radio");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "rate", (found) => found.own === "rate");
  await page.keyboard.press("Enter");
  await hook(page, "debrief").waitFor();
  assert.match(await hook(page, "own-view").innerText(), /not very well/i);
  await tabTo(page, "the way to open everything", (found) => found.own === "open-all");
  await page.keyboard.press("Enter");
  await tabTo(page, "the Markdown download", (found) => found.own === "download-md");
  await finish();
});

test("screen readers: the log is live, every new line is in it once", async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  const log = hook(page, "log");
  assert.equal(await log.getAttribute("role"), "log");
  assert.equal(await log.getAttribute("aria-live"), "polite");
  await sayAndWait(page, "What would a good year look like?");
  const lines = await log.locator(".bubble.character").allInnerTexts();
  assert.equal(new Set(lines).size, lines.length);
  assert.equal(await page.evaluate(() => document.title.length > 0 && document.documentElement.lang), "en");
  await finish();
});

describe("reflow", () => {
  for (const [name, size] of [["320 px", { width: 320, height: 640 }], ["a phone on its side", { width: 844, height: 390 }], ["1920 px", { width: 1920, height: 1080 }]])
    test(name, async () => {
      const { page, finish } = await openWindow(browser, server);
      await page.setViewportSize(size);
      await startCase(page, server, "career_plateau");
      await sayAndWait(page, "What matters to you, and howlongcanawordbewithoutasinglespaceinitbeforethepagebreaksapart?");
      await assertNoSidewaysScroll(page, name);
      const box = await hook(page, "say").boundingBox();
      assert.ok(box.width > 150 && box.height >= 40, JSON.stringify(box));
      await finish();
    });
  test("text at 200 %", async () => {
    const { page, finish } = await openWindow(browser, server);
    await page.goto(server.url);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    await hook(page, "case-career_plateau").waitFor();
    await assertNoSidewaysScroll(page, "cases at 200 %");
    await finish();
  });
  test("targets on a phone are at least 24 px", async () => {
    const { page, finish } = await openWindow(browser, server, { device: phone });
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, "What brings you here?");
    for (const button of await page.getByRole("button").all()) {
      if (!(await button.isVisible())) continue;
      const box = await button.boundingBox();
      assert.ok(box.height >= 24 && box.width >= 24, `${await button.innerText()}: ${box.width} x ${box.height}`);
    }
    await finish();
  });
});

for (const [device, wanted] of [[desktop, "TEXTAREA"], [phone, "H1"]])
  test(`whoever begins a conversation has the focus in it: ${device.name}`, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    for (const script of ["career_plateau", "advice_in_disguise"]) {
      await startCase(page, server, script);
      await assertFocus(page, wanted);
    }
    // By the keyboard, which comes from the heading of the screen before.
    await page.goto(`${server.url}/#/case/career_plateau`);
    await hook(page, "start").waitFor();
    await hook(page, "start").press("Enter");
    await hook(page, "say").waitFor();
    await assertFocus(page, wanted);
    await finish();
  });
