// SPDX-License-Identifier: Apache-2.0
// Exercises, the same person met both ways, a silence, and two tries side by side, on a desktop and on a phone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import { assertAccessible, assertNoSidewaysScroll, desktop, hook, openCard, openWindow, phone, picture, rate, sayAndWait, startCase, unfoldCases } from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve({ content: withMadeCases });

async function endAndDebrief(page) {
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page);
  await hook(page, "debrief").waitFor();
}

for (const device of [desktop, phone])
  describe(`on a ${device.name}`, () => {
    test("an exercise is done, shown, and due again", { timeout: 90000 }, async () => {
      const { page, finish, check } = await openWindow(browser, server, { device });
      await page.goto(server.url);
      await unfoldCases(page);
      await hook(page, "standing-three_things").waitFor();
      assert.match(await hook(page, "standing-three_things").innerText(), /3 exercises, all new to you/);
      await assertNoSidewaysScroll(page, "home");
      await openCard(page, "case-three_things");
      await hook(page, "start").click();
      await hook(page, "say").waitFor();
      assert.match(await hook(page, "drill-progress").innerText(), /Exercise 1 of 2/);
      assert.equal(await hook(page, "silence").count(), 1, "silence is a move in exercises too");
      await sayAndWait(page, "What is it like?");
      assert.match(await hook(page, "drill-progress").innerText(), /Exercise 2 of 2 · 1 done well/);
      await sayAndWait(page, "Is it bad?");
      await hook(page, "say").fill("Is it good?");
      await hook(page, "send").click();
      await hook(page, "drill-ended").waitFor();
      assert.match(await hook(page, "log").innerText(), /One way: What is it about/);
      await assertNoSidewaysScroll(page, "drill");
      await assertAccessible(page, "drill");
      await picture(page, `drill-${device.name}`);
      await hook(page, "drill-ended").getByRole("link").click();
      await unfoldCases(page);
      await hook(page, "standing-three_things").waitFor();
      await page.waitForFunction(() => /1 exercise due again/.test(document.querySelector("[data-testid=standing-three_things]")?.textContent ?? ""));
      await check();
      await finish();
    });

    test("both ways, with what is written on the way and at the end", { timeout: 120000 }, async () => {
      const { page, finish, check } = await openWindow(browser, server, { device });
      await page.goto(server.url);
      await openCard(page, "contrast-two_hats");
      await hook(page, "start-coaching").waitFor();
      await assertNoSidewaysScroll(page, "contrast");
      await assertAccessible(page, "contrast");
      await hook(page, "start-coaching").click();
      await hook(page, "say").waitFor();
      await sayAndWait(page, "You should take a week off.");
      // The guide's question has a box of its own, closed until it is wanted and told apart from the one for the coachee.
      const guide = hook(page, "guide-answer");
      const answer = hook(page, "note-box-whose_idea").locator("textarea");
      assert.equal(await answer.isVisible(), false);
      assert.equal(await page.getByRole("textbox").count(), 1, "one box stands open");
      await guide.locator("summary").focus();
      await page.keyboard.press("Enter");
      const name = await page.locator(".talk-who h1").innerText();
      assert.ok(await page.getByRole("textbox", { name: `Your answer to the guide: ${name} does not hear it.` }).isVisible());
      await assertAccessible(page, "an answer to the guide");
      await assertNoSidewaysScroll(page, "an answer to the guide");
      await answer.fill("Mine, I am afraid.");
      await answer.blur();
      await hook(page, "note-box-whose_idea").getByText(`Kept for you, and in your transcript. ${name} did not hear it.`).waitFor();
      await answer.fill("Mine, I am afraid");
      await answer.press("End");
      await page.keyboard.type(".");
      await guide.getByRole("button", { name: "Keep my answer" }).click();
      await hook(page, "note-box-whose_idea").getByText("Kept for you").waitFor();
      await picture(page, `guide-answer-${device.name}`);
      await page.reload();
      await guide.waitFor();
      assert.equal(await answer.inputValue(), "Mine, I am afraid.", "open where something was answered");
      assert.ok(await answer.isVisible());
      await endAndDebrief(page);
      await hook(page, "note-box-agenda").locator("textarea").fill("She did.");
      await hook(page, "start-other").click();
      await hook(page, "say").waitFor();
      await sayAndWait(page, "What would you like to hear about?");
      await endAndDebrief(page);
      await hook(page, "to-compare").click();
      await hook(page, "compare-page").waitFor();
      await hook(page, "note-box-answers.coaching").locator("textarea").fill("Hers");
      await hook(page, "note-box-answers.mentoring").locator("textarea").fill("Mine, and then hers");
      await hook(page, "note-box-hat").locator("textarea").fill("The mentor's");
      await hook(page, "note-box-hat").locator("textarea").blur();
      await hook(page, "note-box-hat").getByText("Saved").waitFor();
      await assertNoSidewaysScroll(page, "compare");
      await assertAccessible(page, "compare");
      await picture(page, `compare-${device.name}`);
      await page.reload();
      await hook(page, "compare-page").waitFor();
      assert.equal(await hook(page, "note-box-answers.mentoring").locator("textarea").inputValue(), "Mine, and then hers");
      // Both conversations with the one person are told apart by the names of their links.
      await page.goto(`${server.url}/#/`);
      await page.locator(".session a").nth(1).waitFor({ state: "attached" });
      const links = await page.locator(".session a").evaluateAll((all) => all.map((link) => link.textContent));
      assert.ok(links.some((name) => /Coaching/.test(name)) && links.some((name) => /Mentoring/.test(name)), JSON.stringify(links));
      assert.deepEqual(links, [...new Set(links)]);
      await check();
      await finish();
    });

    test("a silence is left, and two tries stand side by side", { timeout: 90000 }, async () => {
      const { page, finish, check } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      const silence = page.getByRole("button", { name: /^Silence ?: say nothing$/ });
      assert.equal(await silence.count(), 1);
      assert.match(await silence.getAttribute("title"), /hears the silence.*not a break/);
      await sayAndWait(page, "You should retire.");
      await sayAndWait(page, "What is an ordinary week like?");
      await hook(page, "silence").click();
      await page.waitForFunction(() => document.querySelectorAll("[data-testid=log] .mine .saved").length === 3);
      await hook(page, "retake").first().click();
      await page.waitForFunction(() => document.querySelector("details.aside"));
      await sayAndWait(page, "On paper it has all gone well, and you feel nothing.");
      await page.locator("details.aside summary").first().click();
      await hook(page, "beside").first().click();
      const both = await hook(page, "compare").innerText();
      assert.match(both, /You should retire\./);
      assert.match(both, /Trust down/);
      assert.match(both, /On paper it has all gone well/);
      await assertNoSidewaysScroll(page, "side by side");
      await assertAccessible(page, "side by side");
      await check();
      await finish();
    });
  });
