// SPDX-License-Identifier: Apache-2.0
// Every page in every state, for everybody (WCAG 2.2 AA): axe-core in light and dark, wide, on a phone and at 320 px; no
// sideways scroll with text twice as large; nothing that has the focus is covered; targets; forced colours.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import {
  assertAccessible, assertNoSidewaysScroll, desktop, hook, lost, openCard, openWindow, phone, picture, rate, sayAndWait, startCase, unfoldNotes,
} from "./browser.mjs";
import { again, browser, data, serve, server } from "./serve.mjs";

serve({ content: withMadeCases });

const WIDTHS = [{ width: 1280, height: 800 }, { width: 390, height: 844 }, { width: 320, height: 640 }];
/** Text in per cent: as the settings make it, and as the browser does. */
const TEXTS = [["100", ""], ["150", ""], ["100", "200%"]];
const AXE = [
  { at: 0, text: 0, scheme: "light" },
  { at: 2, text: 1, scheme: "dark" },
];

/** WCAG 2.5.8: 24 px each way; links within a sentence are exempt. */
async function assertTargets(page, where) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".skip"))
      .filter((each) => !(each.matches("a") && getComputedStyle(each).display === "inline"))
      .map((each) => ({ each, box: (each.matches("input") ? (each.closest("label") ?? each) : each).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ each, box }) => `${each.outerHTML.slice(0, 90)}: ${box.width} x ${box.height}`),
  );
  assert.deepEqual(small, [], where);
}

/** The state as it stands, in every width and text size; a phone's own width in all colours is for access.test.mjs. */
async function look(page, where) {
  for (const [at, size] of WIDTHS.entries()) {
    await page.setViewportSize(size);
    for (const [text, [setting, font]] of TEXTS.entries()) {
      await page.evaluate(
        ([own, root]) => {
          document.documentElement.dataset.text = own;
          document.documentElement.style.fontSize = root;
        },
        [setting, font],
      );
      await assertNoSidewaysScroll(page, `${where}, ${size.width} px, text ${setting} ${font}`);
      const axe = AXE.find((each) => each.at === at && each.text === text);
      if (!axe) continue;
      await page.emulateMedia({ colorScheme: axe.scheme });
      await assertAccessible(page, `${where}, ${size.width} px, ${axe.scheme}, text ${setting} ${font}`);
      await assertTargets(page, where);
    }
  }
  await picture(page, `state-${where.replace(/\W+/g, "-")}-320-large`);
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDTHS[0]);
}

const visit = async (page, address, landmark) => {
  await page.goto(`${server.url}/#/${address}`);
  await landmark(page).first().waitFor();
};

test("pages", { timeout: 90000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await page.goto(server.url);
  await hook(page, "today").waitFor();
  await look(page, "home for the first time");
  await page.getByRole("button", { name: "I have read this" }).click();
  await page.locator("a[href*='case/first_steps']").first().click();
  await hook(page, "start").waitFor();
  await look(page, "the brief of the tutorial");
  await hook(page, "start").click();
  await hook(page, "say").waitFor();
  await sayAndWait(page, "What would you like to talk about?");
  await look(page, "tutorial");
  await visit(page, "contrast/two_hats", (own) => hook(own, "start-coaching"));
  await look(page, "contrast");
  await visit(page, "progress", (own) => hook(own, "no-progress"));
  await look(page, "progress without data");
  await visit(page, "settings", (own) => hook(own, "settings"));
  await look(page, "settings");
  await visit(page, "trainers", (own) => hook(own, "findings"));
  await look(page, "trainers");
  await visit(page, "nowhere", (own) => own.getByRole("heading", { level: 1 }));
  await look(page, "unknown address");
  await visit(page, "talk/00000000-0000-4000-8000-000000000000", (own) => own.getByRole("alert").filter({ hasText: /./ }));
  await look(page, "unknown conversation");
  await finish();
});

test("a conversation and what follows", { timeout: 120000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  await page.goto(server.url);
  await openCard(page, "contrast-two_hats");
  await hook(page, "start-coaching").click();
  await hook(page, "say").waitFor();
  for (const text of ["You should take a week off.", "What would a good year look like?", "It sounds hard.", "What else?", "bananas"]) await sayAndWait(page, text);
  await hook(page, "hint").click();
  await hook(page, "hint-card").waitFor();
  await look(page, "hint, first step");
  await hook(page, "hint-card").getByRole("button").click();
  await hook(page, "hint-card").getByRole("button").click();
  await hook(page, "own-note").first().locator("summary").click();
  await page.setViewportSize(WIDTHS[1]);
  await page.locator("button.note-head").first().waitFor();
  await unfoldNotes(page);
  await hook(page, "dispute").first().click();
  await hook(page, "dispute-note").fill("x".repeat(900));
  await look(page, "hint, third step, own note and dispute open");
  await hook(page, "dispute-send").click();
  await hook(page, "dispute-view").waitFor();
  await hook(page, "retake").nth(3).click();
  await page.locator("details.aside").waitFor();
  await sayAndWait(page, "What matters most?");
  await page.locator("details.aside summary").first().click();
  await hook(page, "beside").first().click();
  await look(page, "two tries side by side");
  await context.setOffline(true);
  await server.kill();
  await page.getByText("Connection lost.").waitFor();
  await hook(page, "say").fill("Said into the void?");
  await hook(page, "send").click();
  await page.getByText(/kept in this browser/i).first().waitFor();
  await look(page, "offline");
  await rm(data, { recursive: true });
  await again();
  await context.setOffline(false);
  await hook(page, "stranger").waitFor();
  await look(page, "somebody new");
  await finish();
});

test("the end, the debrief, the comparison, exercises, progress", { timeout: 120000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await page.goto(`${server.url}/#/settings`);
  await hook(page, "feedback").getByRole("radio").nth(2).check();
  await page.goto(`${server.url}/#/contrast/two_hats`);
  await hook(page, "start-coaching").click();
  await hook(page, "say").waitFor();
  const words = ["You should take a week off.", "What would a good year look like?", "It sounds hard.", "What else?", "And what now?"];
  for (const text of words) await sayAndWait(page, text);
  await look(page, "a conversation without notes");
  const session = decodeURIComponent(new URL(page.url()).hash.split("/")[2]);
  await hook(page, "end").click();
  await hook(page, "confirm-end").waitFor();
  await look(page, "ending");
  await hook(page, "confirm-end").click();
  await hook(page, "estimate").waitFor();
  await look(page, "estimate");
  await rate(page, 5);
  await hook(page, "debrief").waitFor();
  for (const summary of await page.locator("summary").all()) await summary.click();
  await look(page, "debrief with everything open");
  await visit(page, `talk/${session}`, (own) => hook(own, "to-debrief"));
  await look(page, "ended");
  await hook(page, "start-other").click();
  await hook(page, "say").waitFor();
  for (const text of words) await sayAndWait(page, text);
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page, 5);
  await hook(page, "to-compare").click();
  await hook(page, "compare-page").waitFor();
  await look(page, "compare");
  await startCase(page, server, "three_things");
  await sayAndWait(page, "What is it like?");
  await look(page, "exercise");
  await sayAndWait(page, "Is it bad?");
  await hook(page, "say").fill("Is it good?");
  await hook(page, "send").click();
  await hook(page, "drill-ended").waitFor();
  await look(page, "exercises done");
  await startCase(page, server, "career_plateau");
  await page.goto(server.url);
  await hook(page, "today").waitFor();
  await look(page, "home with conversations");
  await visit(page, "progress", (own) => hook(own, "skill-telling_share"));
  for (const summary of await page.locator("summary").all()) await summary.click();
  await look(page, "progress with data");
  await finish();
});

for (const device of [desktop, phone])
  test(`what has the focus is never covered: ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await startCase(page, server, "career_plateau");
    for (const text of ["You should talk to HR.", "What would a good year look like?", "It sounds hard.", "What else?"]) await sayAndWait(page, text);
    const walk = async (key, steps) => {
      for (let step = 0; step < steps; step++) {
        await page.keyboard.press(key);
        const look = () => page.evaluate(() => {
          const own = document.activeElement;
          if (own === document.body || own === document.documentElement || own.matches(".skip")) return null;
          const box = own.getBoundingClientRect();
          const points = [0.1, 0.5, 0.9].flatMap((x) => [0.15, 0.5, 0.85].map((y) => [box.x + box.width * x, box.y + box.height * y]));
          const seen = points.filter(([x, y]) => {
            const top = document.elementFromPoint(x, y);
            return top && (own.contains(top) || top.contains(own));
          });
          return seen.length >= 5 ? null : `${own.outerHTML.slice(0, 120)} ${seen.length} of 9 at ${Math.round(box.y)}`;
        });
        // The page may still be on its way to what has the focus.
        let covered = await look();
        for (let tries = 0; covered !== null && tries < 10; tries++) {
          await page.waitForTimeout(50);
          covered = await look();
        }
        assert.equal(covered, null, `${key} ${step}`);
      }
    };
    await page.evaluate(() => document.querySelector("h1").focus());
    await walk("Tab", 30);
    await walk("Shift+Tab", 30);
    await finish();
  });

test("forced colours: what tells by colour also tells by line or word", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await page.emulateMedia({ forcedColors: "active" });
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, "You should talk to HR.");
  await sayAndWait(page, "What would a good year look like?");
  const seen = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return {
      forced: matchMedia("(forced-colors: active)").matches,
      bubble: style(".bubble.own").borderTopStyle,
      guide: style(".stage.here").borderTopStyle,
      box: style("textarea").borderTopStyle,
      mark: style(".showed").borderBottomStyle,
      button: style("[data-testid=send]").borderTopStyle,
    };
  });
  assert.deepEqual(seen, { forced: true, bubble: "solid", guide: "solid", box: "solid", mark: "solid", button: "solid" });
  await picture(page, "forced-colours-conversation");
  await assertAccessible(page, "forced colours");
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page);
  await hook(page, "debrief").waitFor();
  await picture(page, "forced-colours-debrief");
  await finish();
});
