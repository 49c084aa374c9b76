// SPDX-License-Identifier: Apache-2.0
// The sign-in ends in mid-sentence: the cookie is gone, or the server no longer knows it. What is typed stays; whoever is let
// in again goes on, and each message arrives once; whoever is taken for somebody new is told so and sees their words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { withMadeCases } from "../wire/made.mjs";
import { sql } from "../wire/stored.mjs";
import { eventually } from "../wire/trainee.mjs";
import {
  assertAccessible, assertNoSidewaysScroll, desktop, hook, lost, openCard, openWindow, ownWords, phone, picture, rate, sayAndWait, startCase, unfoldNotes, waitForSaved,
} from "./browser.mjs";
import { again, browser, data, serve, server } from "./serve.mjs";

const REASON = "Please sign in to go on.";
serve({ each: true, content: withMadeCases });

/** The cookie is gone and nobody is let in without asking, until comeBack(). */
async function signOut(context) {
  const cookies = await context.cookies();
  await context.clearCookies();
  await context.route("**/api/sign-in", (route) => route.fulfill({ status: 401, json: { error: { key: "not_signed_in", message: REASON } } }));
  await server.kill();
  await again();
  return async () => {
    await context.unroute("**/api/sign-in");
    await context.addCookies(cookies);
  };
}

const refused = (page) => hook(page, "status").getByText(REASON).waitFor();
const cell = (page, id) => hook(page, `note-box-${id}`).locator("textarea");

for (const device of [desktop, phone])
  test(`out and in again while a message is typed and sent: ${device.name}`, { timeout: 90000 }, async () => {
    const { page, context, finish } = await openWindow(browser, server, { device, expected: lost });
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, "You should take a week off.");
    await hook(page, "say").fill("What would you");
    const comeBack = await signOut(context);
    await refused(page);
    assert.match(await hook(page, "status").innerText(), /kept in this browser/);
    await assertAccessible(page, "signed out");
    await assertNoSidewaysScroll(page, "signed out");
    await picture(page, `signed-out-${device.name}`);

    // The person goes on: the message, a note, a view of a label.
    assert.equal(await hook(page, "say").inputValue(), "What would you");
    await hook(page, "own-note").locator("summary").click();
    await hook(page, "own-note").getByRole("textbox").fill("Too quick of me");
    await unfoldNotes(page);
    await hook(page, "dispute").first().click();
    await hook(page, "dispute-note").fill("It was a joke");
    await hook(page, "dispute-send").click();
    await hook(page, "say").fill("What would you do with it?");
    await hook(page, "send").click();
    await page.getByText(/^Kept in this browser; sent as soon/).first().waitFor();
    await hook(page, "say").fill("And what else");

    // Nothing tries again on its own, and nothing says so.
    await page.waitForTimeout(1000);
    await refused(page);
    await comeBack();
    await hook(page, "sign-in-again").click();
    await waitForSaved(page, 2);
    assert.deepEqual(await ownWords(page), ["You should take a week off.", "What would you do with it?"]);
    assert.equal(await hook(page, "say").inputValue(), "And what else");
    await page.reload();
    await waitForSaved(page, 2);
    assert.deepEqual(await ownWords(page), ["You should take a week off.", "What would you do with it?"]);
    assert.equal(await hook(page, "say").inputValue(), "And what else");
    await unfoldNotes(page);
    await hook(page, "dispute-view").getByText("It was a joke").waitFor();
    await hook(page, "own-note").first().locator("summary", { hasText: "Your note" }).waitFor();
    await finish();
  });

test("out in the estimate and in the table: what was chosen and written arrives when they are in again", { timeout: 90000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  await page.goto(server.url);
  await openCard(page, "contrast-two_hats");
  await hook(page, "start-coaching").click();
  await hook(page, "say").waitFor();
  await sayAndWait(page, "What brings you here?");
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await hook(page, "estimate").waitFor();
  let comeBack = await signOut(context);
  await refused(page);
  await hook(page, "went").getByRole("radio").nth(1).check();
  await hook(page, "rate").click();
  await page.getByText(/without a connection it waits/).waitFor();
  // Back in another window, the way accounts work; this one notices when it is looked at.
  await comeBack();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await hook(page, "own-view").waitFor();
  assert.match(await hook(page, "own-view").innerText(), /not very well/);

  await hook(page, "start-other").click();
  await hook(page, "say").waitFor();
  await sayAndWait(page, "What would you like to hear about?");
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page);
  await hook(page, "to-compare").click();
  await hook(page, "compare-page").waitFor();
  comeBack = await signOut(context);
  await refused(page);
  await cell(page, "answers.coaching").fill("Hers, in the end");
  await cell(page, "answers.mentoring").fill("Mine");
  await comeBack();
  await page.reload();
  await hook(page, "compare-page").waitFor();
  await hook(page, "note-box-answers.coaching").getByText("Saved").waitFor();
  assert.equal(await cell(page, "answers.coaching").inputValue(), "Hers, in the end");
  assert.equal(await cell(page, "answers.mentoring").inputValue(), "Mine");
  await finish();
});

for (const device of [desktop, phone])
  test(`the server no longer knows who this is: it is said, and every word is still to be seen: ${device.name}`, { timeout: 90000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device, expected: lost });
    const session = await startCase(page, server, "career_plateau");
    await sayAndWait(page, "You should take a week off.");
    await unfoldNotes(page);
    await hook(page, "dispute").first().click();
    await hook(page, "dispute-note").fill("It was a joke");
    await server.stop();
    sql(data, "UPDATE sign_in SET expires_ms = 1");
    await hook(page, "say").fill("What would you do with it?");
    await hook(page, "send").click();
    await hook(page, "own-note").locator("summary").click();
    await hook(page, "own-note").getByRole("textbox").fill("Too quick of me");
    await again();
    await hook(page, "stranger").waitFor();
    await page.locator("#say-problem").waitFor();
    assert.equal(await hook(page, "say").inputValue(), "What would you do with it?", "back in the box");
    await assertAccessible(page, "taken for somebody new");
    await assertNoSidewaysScroll(page, "taken for somebody new");
    await picture(page, `stranger-${device.name}`);
    await page.reload();
    await hook(page, "kept-words").waitFor();
    const kept = await hook(page, "kept-words").innerText();
    for (const words of ["What would you do with it?", "It was a joke", "Too quick of me"]) assert.ok(kept.includes(words), `${words} in ${kept}`);
    await assertAccessible(page, "kept words");
    await picture(page, `kept-words-${device.name}`);
    await hook(page, "stranger").getByRole("button").click();
    await hook(page, "stranger").waitFor({ state: "detached" });
    await page.goto(`${server.url}/#/debrief/${session}`);
    await hook(page, "kept-words").waitFor();
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, "A new beginning, what brings you here?");
    await finish();
  });

test("two windows that sign in at once stay one person", { timeout: 60000 }, async () => {
  const first = await openWindow(browser, server, { expected: lost });
  // On a slow line the one asks before the other has its answer.
  await first.context.route("**/api/sign-in", async (route) => {
    await pause(500);
    await route.continue();
  });
  const others = await Promise.all([1, 2, 3].map(() => openWindow(browser, server, { context: first.context, expected: lost })));
  const pages = [first.page, ...others.map(({ page }) => page)];
  await Promise.all(pages.map((page) => page.goto(server.url)));
  await Promise.all(pages.map((page) => hook(page, "today").waitFor()));
  const sessions = [];
  for (const page of pages) sessions.push(await startCase(page, server, "career_plateau"));
  await first.page.goto(server.url);
  await first.page.reload();
  for (const session of sessions) await hook(first.page, `continue-${session}`).waitFor();
  for (const other of others) await other.finish();
  await first.finish();
});

test("a browser that keeps coming is renewed, not forgotten", { timeout: 60000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  const session = await startCase(page, server, "career_plateau");
  await sayAndWait(page, "What brings you here?");
  const [before] = await context.cookies();
  await server.stop();
  sql(data, `UPDATE sign_in SET expires_ms = ${Date.now() + 3_600_000}`);
  await again();
  await page.goto(`${server.url}/#/`);
  await page.reload();
  await hook(page, `continue-${session}`).waitFor();
  // After what was asked for is there.
  await eventually(async () => (await context.cookies())[0].value !== before.value, { what: "another cookie" });
  assert.equal(await hook(page, "stranger").count(), 0);
  await finish();
});
