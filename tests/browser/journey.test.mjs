// SPDX-License-Identifier: Apache-2.0
// The whole way of a trainee, with both cases, on a desktop and on a phone: choose, read the brief, coach, look at the
// notes, take a hint, try again, end, read the debrief, take the files home.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import {
  assertAccessible, assertNoSidewaysScroll, desktop, goodCoach, hook, openCard, openWindow, ownWords, phone, picture, rate, savedCount, sayAndWait, startCase, unfoldDebrief,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

async function download(page, id) {
  const [file] = await Promise.all([page.waitForEvent("download"), hook(page, id).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

async function readNotes(page, device, said) {
  const notes = hook(page, "note");
  assert.equal(await notes.count(), said);
  const last = notes.last();
  if (device === phone) await last.getByRole("button").first().click();
  const text = await last.innerText();
  assert.ok(text.length > 40, text);
  await last.getByText("How was this recognised?").click();
  assert.match(await last.innerText(), /rule/i);
  assert.match(await last.innerText(), /sure|likely|a guess/);
  assert.ok((await hook(page, "log").locator(".showed").count()) > 0, "the words that showed it are marked");
}

for (const device of [desktop, phone])
  for (const [script, words] of Object.entries(goodCoach))
    describe(`${script} on a ${device.name}`, () => {
      test("from the case to the downloads", { timeout: 120000 }, async () => {
        const { page, finish, check } = await openWindow(browser, server, { device });
        const shot = (name) => picture(page, `${script}-${device.name}-${name}`);
        await page.goto(server.url);
        await hook(page, `case-${script}`).waitFor({ state: "attached" });
        await shot("1-cases");
        await openCard(page, `case-${script}`);
        await hook(page, "start").waitFor();
        const brief = await page.locator("main").innerText();
        assert.match(brief, /your role/i);
        assert.match(brief, /simulated practice/i);
        await assertNoSidewaysScroll(page, "brief");
        await shot("2-brief");
        await hook(page, "start").click();
        await hook(page, "say").waitFor();
        for (const text of words) await sayAndWait(page, text);
        assert.deepEqual(await ownWords(page), words);
        assert.ok((await hook(page, "stage").innerText()).length > 0);
        await readNotes(page, device, words.length);
        await assertNoSidewaysScroll(page, "conversation");
        await shot("3-conversation");

        await hook(page, "hint").click();
        await hook(page, "hint-card").waitFor();
        const steps = () => hook(page, "hint-card").locator("dt").count();
        assert.equal(await steps(), 1, "one step at a time");
        await hook(page, "hint-card").getByRole("button").click();
        await hook(page, "hint-card").getByRole("button").click();
        assert.equal(await steps(), 3);

        const retakes = hook(page, "retake");
        await retakes.nth(words.length - 2).click();
        await page.waitForFunction((count) => [...document.querySelectorAll("[data-testid=log] .mine")].filter((each) => !each.closest("details")).length === count, words.length - 2);
        assert.deepEqual(await ownWords(page), words.slice(0, -2));
        await sayAndWait(page, "What else comes to mind, now that you hear yourself say it?");
        assert.equal(await savedCount(page), words.length - 1);
        assert.match(await hook(page, "log").innerText(), /set aside/i);
        await shot("4-tried-again");

        await hook(page, "end").click();
        await hook(page, "confirm-end").click();
        await rate(page);
        await unfoldDebrief(page);
        const debrief = await hook(page, "debrief").innerText();
        for (const part of [/simulated practice/i, /telling/i, /reflection/i, /one thing to try next/i, /what worked best/i, /picked up/i]) assert.match(debrief, part);
        assert.doesNotMatch(debrief, /undefined|NaN|null|\[object/);
        await assertNoSidewaysScroll(page, "debrief");
        await shot("5-debrief");
        for (const [id, start] of [["download-md", /^# /], ["download-html", /^<!doctype html>/i], ["download-json", /^\{/]]) {
          const { name, text } = await download(page, id);
          assert.match(name, new RegExp(`\\.${id.slice(9)}$`));
          assert.match(text, start);
          assert.match(text, /Simulated practice with a scripted character/);
          const unmarked = text.replace(/<\/?mark>|\*\*/g, "");
          assert.ok(unmarked.includes("now that you hear yourself say it"), unmarked);
        }
        await check();
        await page.goto(server.url);
        await page.getByRole("heading", { name: /finished/i }).waitFor();
        await finish();
      });
    });

for (const device of [desktop, phone])
  test(`a note tells what a label rests on when asked, on a ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, "Maybe the timetable");
    await sayAndWait(page, "I went through that at my last school. Have you tried HR?");
    const notes = hook(page, "note");
    assert.equal(await hook(page, "observed").isVisible(), false, "nothing is told unasked");
    for (const note of await notes.all()) {
      if (device === phone) await note.getByRole("button").first().click();
      await note.getByText("How was this recognised?").click();
    }
    assert.match(await notes.first().innerText(), /Nearest: \w/);
    assert.equal(await notes.first().getByText("sure").count(), 0, "what has no name is not sure");
    const told = hook(page, "observed").getByRole("listitem");
    assert.ok((await told.count()) >= 2 && (await told.count()) <= 3, "the weightiest few");
    assert.match(await told.first().innerText(), /I went.*: .*yourself/s);
    assert.match(await notes.last().innerText(), /Have you tried HR.*rule have_you_tried/s, "one sure rule speaks for itself");
    await assertAccessible(page, "a note that tells why");
    await assertNoSidewaysScroll(page, "a note that tells why");
    await picture(page, `why-${device.name}`);
    await finish();
  });

test("an open conversation is offered on the first page and goes on", async () => {
  const { page, finish } = await openWindow(browser, server);
  const session = await startCase(page, server, "career_plateau");
  await sayAndWait(page, "What brings you here today?");
  await page.goto(server.url);
  await hook(page, `continue-${session}`).click();
  await hook(page, "say").waitFor();
  assert.deepEqual(await ownWords(page), ["What brings you here today?"]);
  await finish();
});

test("the exported HTML prints by itself, without a script or a request", async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "stuck_manager");
  await sayAndWait(page, "What is on your mind?");
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page);
  await unfoldDebrief(page);
  const { text } = await download(page, "download-html");
  await finish();
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  const own = await context.newPage();
  await own.setContent(text);
  assert.match(await own.locator("body").innerText(), /What is on your mind\?/);
  await own.emulateMedia({ media: "print" });
  await picture(own, "export-print");
  assert.ok((await own.pdf({ format: "A4" })).length > 5000);
  await context.close();
});

test("without reduced motion the coachee's lines come at a person's pace, and Escape shows them at once", async () => {
  const { page, finish } = await openWindow(browser, server, { motion: "no-preference" });
  await startCase(page, server, "career_plateau");
  await hook(page, "say").fill("What would you like to talk about?");
  await page.keyboard.press("Enter");
  await page.locator(".typing").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".typing").waitFor({ state: "detached", timeout: 1000 });
  await finish();
});
