// SPDX-License-Identifier: Apache-2.0
// Clocks that are wrong, other time zones, midnight and the night when the clocks change: what is due, what is suggested and
// what is shown come from the server's time, told in the time of the place.
import assert from "node:assert/strict";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import { sql } from "../wire/stored.mjs";
import { desktop, hook, openCard, openWindow, ownWords, phone, picture, rate, sayAndWait, startCase, waitForSaved } from "./browser.mjs";
import { again, browser, data, serve, server } from "./serve.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** One case and one drill: everybody has been met after one conversation. */
async function oneOfEach() {
  const folder = await withMadeCases();
  for (const part of ["coaching", "mentoring", "contrast", "drills"])
    for (const file of await readdir(join(folder, "dialogues", part)))
      if (!["career_plateau.json", "three_things.json"].includes(file) || part === "contrast") await unlink(join(folder, "dialogues", part, file));
  return folder;
}
serve({ each: true, content: oneOfEach });

/** As if the sessions had begun at these times, in the order in which they were begun. */
async function begunAt(times) {
  await server.stop();
  const rows = sql(data, "SELECT rowid FROM session ORDER BY started_ms, rowid").flat();
  for (const [index, time] of times.entries()) sql(data, `UPDATE session SET started_ms = ${Date.parse(time)} WHERE rowid = ${rows[index]}`);
  await again();
}

/** The device's clock is wrong by so much; its timers run as always. */
const wrongBy = (page, skew) =>
  page.addInitScript((ms) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        super(...(given.length > 0 ? given : [Real.now() + ms]));
      }
      static now() {
        return Real.now() + ms;
      }
    };
  }, skew);

const shownAs = (time, timeZone) => new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(time));
const squeezed = (text) => text.replace(/\s+/g, " ");

for (const [name, skew, device] of [["ten days ahead", 10 * DAY, desktop], ["three years behind", -1095 * DAY, phone], ["five hours behind", -5 * HOUR, desktop]])
  test(`a clock ${name}: a conversation, drafts, what is due and what is suggested: ${device.name}`, { timeout: 90000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device, motion: "no-preference" });
    await wrongBy(page, skew);
    const began = Date.now();
    await startCase(page, server, "career_plateau");
    assert.ok(Math.abs((await page.evaluate(() => Date.now())) - began - skew) < 60_000, "the clock is wrong indeed");
    await hook(page, "say").fill("What brings you here?");
    await hook(page, "send").click();
    await page.locator(".typing").waitFor();
    await page.locator(".typing").waitFor({ state: "detached", timeout: 10000 });
    await waitForSaved(page, 1);
    await hook(page, "say").fill("Half a thought");
    await page.reload();
    await hook(page, "say").waitFor();
    assert.equal(await hook(page, "say").inputValue(), "Half a thought");
    for (const text of ["What matters to you?", "You should rest.", "What else?", "It sounds hard."]) await sayAndWait(page, text);
    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await rate(page, 5);
    await hook(page, "debrief").waitFor();
    await page.goto(server.url);
    await openCard(page, "case-three_things");
    await hook(page, "start").click();
    await hook(page, "say").waitFor();
    await sayAndWait(page, "What is it like?");
    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await page.goto(server.url);
    await hook(page, "today").waitFor();
    assert.match(await hook(page, "today").innerText(), /within a week/, "whatever the device's clock says");
    assert.doesNotMatch(await hook(page, "standing-three_things").innerText(), /due again/, "what was done well today is due tomorrow");
    const listed = squeezed(await page.locator("[aria-labelledby=finished-title]").innerText());
    const [today, later] = [began, began + 60_000].map((time) => squeezed(shownAs(time, undefined)));
    assert.ok(listed.includes(today) || listed.includes(later), `${today} in ${listed}`);
    await page.goto(`${server.url}/#/progress`);
    await hook(page, "skill-telling_share").waitFor();
    await finish();
  });

for (const [timezoneId, device] of [["Asia/Kolkata", desktop], ["America/St_Johns", phone], ["Pacific/Kiritimati", desktop]])
  test(`times are told in the time of the place, on both sides of the change of clocks: ${timezoneId}`, { timeout: 60000 }, async () => {
    const context = await browser.newContext({ viewport: device.viewport, timezoneId, locale: "en-GB", reducedMotion: "reduce" });
    const { page, finish } = await openWindow(browser, server, { context });
    for (let time = 0; time < 3; time++) {
      await startCase(page, server, "career_plateau");
      await sayAndWait(page, "What brings you here?");
    }
    await page.goto("about:blank");
    const times = ["2026-03-08T05:29:00Z", "2026-03-08T05:31:00Z", "2026-07-31T23:59:00Z"];
    await begunAt(times);
    await page.goto(server.url);
    await page.locator("[aria-labelledby=open-title] li").first().waitFor();
    const text = squeezed(await page.locator("[aria-labelledby=open-title]").innerText());
    for (const time of times) assert.ok(text.includes(squeezed(shownAs(time, timezoneId))), `${shownAs(time, timezoneId)} in ${text}`);
    await picture(page, `clock-${timezoneId.replace("/", "-")}`);
    await finish();
    await context.close();
  });

for (const [name, timezoneId, before, after] of [
  ["midnight", "Europe/London", "2026-12-31T23:59:40Z", "2027-01-01T00:00:20Z"],
  ["the clocks going forward", "Europe/London", "2027-03-28T00:59:40Z", "2027-03-28T01:00:20Z"],
  ["the clocks going back", "Europe/London", "2026-10-25T00:59:40Z", "2026-10-25T01:00:20Z"],
])
  test(`a conversation over ${name}`, { timeout: 60000 }, async () => {
    const context = await browser.newContext({ viewport: desktop.viewport, timezoneId, locale: "en-GB", reducedMotion: "reduce" });
    const { page, finish } = await openWindow(browser, server, { context });
    await page.clock.install({ time: new Date(before) });
    const session = await startCase(page, server, "career_plateau");
    const words = ["What brings you here?", "What else?", "And what now?"];
    await sayAndWait(page, words[0]);
    await hook(page, "say").fill("Typed before and");
    await page.clock.fastForward(Date.parse(after) - Date.parse(before));
    assert.equal(await hook(page, "say").inputValue(), "Typed before and");
    await sayAndWait(page, words[1]);
    // A night with the lid closed.
    await hook(page, "say").fill("Typed before the night");
    await page.clock.fastForward(9 * HOUR);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    assert.equal(await hook(page, "say").inputValue(), "Typed before the night");
    await sayAndWait(page, words[2]);
    assert.deepEqual(await ownWords(page), words);
    await page.reload();
    await waitForSaved(page, 3);
    assert.deepEqual(await ownWords(page), words);
    await page.goto(server.url);
    await hook(page, `continue-${session}`).waitFor();
    await finish();
    await context.close();
  });
