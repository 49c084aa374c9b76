// SPDX-License-Identifier: Apache-2.0
// Pictures: how a person's conversations went over the weeks, what kinds of moves there were from the first message to the
// last, and the way through the stages. Each says the same in words, stays readable on a narrow phone and follows the theme.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assertAccessible, assertNoSidewaysScroll, desktop, goodCoach, heardText, hook, openWindow, phone, picture, rate, sayAndWait, sessionOf, startCase, unfoldDebrief,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

const SHORT = ["What brings you here?", "What is going on for you at work?", "You should talk to HR.", "What matters to you in it?", "It sounds as if something has gone flat."];
const TEN = [...goodCoach.career_plateau, "What will that give you?"];
const narrow = { ...phone, name: "narrow", viewport: { width: 320, height: 700 } };

async function choose(page, group, index) {
  await page.goto(`${server.url}/#/settings`);
  await hook(page, group).getByRole("radio").nth(index).check();
}

async function talk(page, messages, went) {
  await startCase(page, server, "career_plateau");
  for (const text of messages) await sayAndWait(page, text);
  const session = sessionOf(page);
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page, went);
  await hook(page, "own-view").waitFor();
  return session;
}

/** How many pixels of a chart have the colour that a token has just now. */
const painted = (plot, token) =>
  plot.locator("canvas").evaluate((canvas, name) => {
    const brush = document.createElement("canvas").getContext("2d");
    brush.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255) count++;
    return count;
  }, token);

const WEEK_MS = 7 * 24 * 3600 * 1000;
const MONDAY = Date.parse("2026-01-05T18:00:00Z");
/** Without notes from the sixth on, but for one: it stays as low as it was. */
const HISTORY = Array.from({ length: 14 }, (_, index) => ({
  session: `00000000-0000-7000-8000-0000000000${String(index).padStart(2, "0")}`,
  started: new Date(MONDAY + index * WEEK_MS + (index % 3) * 26 * 3600 * 1000).toISOString(),
  feedback: index < 5 || index === 9 ? 1 : 3,
  telling: Math.max(1, 10 - index),
}));

/** The server's own answers, as they would be after a year's practice: its clock is not in the hands of a test. */
async function laterInLife(page, real, { path } = {}) {
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const beyond = socket.connectToServer();
    const asked = new Map();
    socket.onMessage((message) => {
      const request = JSON.parse(message);
      const past = HISTORY.find(({ session }) => session === request.params?.session);
      asked.set(request.id, { method: request.method, past });
      beyond.send(JSON.stringify(past ? { ...request, params: { ...request.params, session: real } } : request));
    });
    beyond.onMessage((message) => {
      const answer = JSON.parse(heardText(message));
      const { method, past } = asked.get(answer.id) ?? {};
      if (method === "session.list" && !path) {
        const one = answer.result.sessions.find(({ session }) => session === real);
        answer.result.sessions = HISTORY.map(({ session, started, feedback }) => ({ ...one, session, started, ended: started, feedback })).reverse();
      }
      if (method === "session.debrief" && past) {
        const { telling } = past;
        for (const measure of answer.result.measures) {
          if (measure.id === "telling_share") Object.assign(measure, { count: telling, of: 20 });
          if (measure.id === "reflection_to_question") Object.assign(measure, { count: 11 - telling, of: 6 });
        }
      }
      if (method === "session.debrief" && path) answer.result.path = path(answer.result);
      socket.send(JSON.stringify(answer));
    });
  });
}

for (const device of [desktop, phone])
  test(`progress: pictures and tables of one's own conversations: ${device.name}`, { timeout: 180000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await page.goto(`${server.url}/#/progress`);
    await hook(page, "no-progress").waitFor();
    await choose(page, "feedback", 0);
    await talk(page, TEN, 3);
    await choose(page, "feedback", 2);
    await talk(page, TEN, 5);
    await talk(page, SHORT, 3);
    await page.goto(server.url);
    await hook(page, "today").waitFor();
    assert.equal(await hook(page, "less-feedback").count(), 0, "one went so-so");
    await page.goto(`${server.url}/#/progress`);
    const telling = hook(page, "skill-telling_share");
    const plot = telling.getByTestId("plot-skill");
    await plot.locator("canvas").waitFor();
    assert.ok((await painted(plot, "--accent")) > 20, "one without notes");
    assert.ok((await painted(plot, "--guide")) > 10, "one with notes");
    assert.match(await telling.locator("figcaption").innerText(), /^Without notes while you talked: one conversation, \d+%\. With notes: one conversation, \d+%\.$/);
    assert.match(await telling.innerText(), /1 conversation of fewer than ten messages/);
    await telling.locator("summary").click();
    const rows = await telling.locator("tbody tr").allInnerTexts();
    assert.deepEqual(rows.map((row) => /yes|no/.exec(row)[0]), ["yes", "no", "no"]);
    assert.deepEqual(rows.map((row) => /\d+ of (\d+)( \(\d+%\))?/.exec(row).slice(1)).map(([of, share]) => [of, Boolean(share)]), [["10", true], ["10", true], ["5", false]], "shares from ten messages on");
    assert.match(await hook(page, "progress").innerText(), /very well/);
    await assertAccessible(page, "progress");
    await assertNoSidewaysScroll(page, "progress");
    await picture(page, `progress-${device.name}`);
    await finish();
  });

describe("pictures of much practice", () => {
  for (const device of [desktop, phone, narrow])
    test(device.name, { timeout: 180000 }, async () => {
      const { page, context, check, finish } = await openWindow(browser, server, { device });
      const session = await talk(page, TEN, 4);
      await check();
      const second = await openWindow(browser, server, { context });
      await laterInLife(second.page, session);
      const { page: later } = second;
      await later.goto(`${server.url}/#/progress`);
      const telling = hook(later, "skill-telling_share");
      const plot = telling.getByTestId("plot-skill");
      await plot.locator("canvas").waitFor();
      assert.equal(await telling.locator("figcaption").innerText(), "Without notes while you talked: 8 conversations between 5% and 25%, the latest 5%. With notes: 6 conversations between 5% and 50%, the latest 5%.");
      assert.match(await hook(later, "skill-reflection_to_question").innerText(), /1\.7 to 1/);
      assert.ok((await painted(plot, "--strength-paper")) > 1000, "the steady band");
      const light = await painted(plot, "--accent");
      assert.ok(light > 200);
      await assertAccessible(later, "weeks of progress");
      await assertNoSidewaysScroll(later, "weeks of progress");
      await picture(telling, `progress-weeks-${device.name}`);
      await later.emulateMedia({ colorScheme: "dark" });
      await later.waitForFunction(() => document.documentElement.dataset.theme === "dark");
      await later.waitForTimeout(300);
      assert.ok((await painted(plot, "--accent")) > light / 2, "drawn anew in the colours of the dark");
      await assertAccessible(later, "weeks of progress, dark");
      await picture(telling, `progress-weeks-${device.name}-dark`);

      // Nothing in a picture takes the keyboard, and it keeps to its place when the window changes.
      assert.equal(await later.locator("figure :is(a, button, [tabindex])").count(), 0);
      const { width, height } = later.viewportSize();
      await later.setViewportSize({ width: width - 40, height });
      await later.waitForFunction((most) => [...document.querySelectorAll("canvas")].every((canvas) => canvas.getBoundingClientRect().width < most), width - 40);
      await assertNoSidewaysScroll(later, "a narrower window");
      await second.finish();
      await finish();
    });
});

test("what a picture needs cannot be loaded: the table is there", { timeout: 90000 }, async () => {
  // A kept shell would have it.
  const context = await browser.newContext({ serviceWorkers: "block", reducedMotion: "reduce", locale: "en-GB" });
  const { page, finish } = await openWindow(browser, server, { context });
  const session = await talk(page, TEN, 4);
  const cut = await openWindow(browser, server, { context, expected: [/Failed to load resource/] });
  await context.route(/\/assets\/Plot-/, (route) => route.abort());
  await laterInLife(cut.page, session);
  await cut.page.goto(`${server.url}/#/progress`);
  const telling = hook(cut.page, "skill-telling_share");
  await telling.getByText("The picture could not be loaded.").waitFor();
  await telling.locator("summary").click();
  assert.equal(await telling.locator("tbody tr").count(), HISTORY.length);
  await cut.finish();
  await finish();
  await context.close();
});

/** Twice back, and one stage never reached. */
function wanderings({ stages }, turns) {
  const [goal, reality, options] = stages;
  const stays = [[goal, 2], [reality, 2], [goal, 1], [reality, 2], [options, 1], [reality, 1], [options, 1]];
  let at = 0;
  return stays.map(([stage, count]) => {
    const from = turns[at];
    at += count;
    return { ...stage, from_turn: from, to_turn: turns[at - 1] };
  });
}

async function pictures(page, name) {
  await picture(page.locator("section", { has: hook(page, "stage-graph") }), `stage-path-${name}`);
  await picture(hook(page, "mix-over-time"), `mix-over-time-${name}`);
}

describe("the way through the stages and the mix over time", () => {
  for (const device of [desktop, phone, narrow])
    test(device.name, { timeout: 180000 }, async () => {
      const { page, context, finish } = await openWindow(browser, server, { device });
      const session = await talk(page, TEN, 4);
      await unfoldDebrief(page);
      const mix = hook(page, "mix-over-time");
      await mix.locator("canvas").waitFor();
      assert.match(await mix.locator("figcaption").innerText(), /^First half: asking \d+, listening .*\. Second half: asking/);
      for (const family of ["question", "reflection"]) assert.ok((await painted(mix, `--family-${family}`)) > 50, family);
      await mix.locator("summary").click();
      assert.equal(await mix.locator("tbody tr").count(), TEN.length);
      const sums = await mix.locator("tbody").evaluate((body) => [1, 2, 3, 4].map((column) => [...body.rows].reduce((sum, row) => sum + Number(row.cells[column].textContent), 0)));
      const whole = await page.locator(".mix-count").allInnerTexts();
      assert.equal(sums.reduce((a, b) => a + b), whole.map(Number).reduce((a, b) => a + b), "as many moves as in the mix above");
      const stages = hook(page, "stage-graph");
      await stages.locator("svg").waitFor();
      const stays = await page.locator(".path-list li").count();
      assert.equal(await stages.locator("path.way").count(), stays, "an arrow into each stay");
      await assertAccessible(page, "debrief with pictures");
      await assertNoSidewaysScroll(page, "debrief with pictures");

      const second = await openWindow(browser, server, { context });
      await laterInLife(second.page, session, { path: (debrief) => wanderings(debrief, Array.from(TEN, (_, index) => index + 1)) });
      const { page: later } = second;
      await later.goto(`${server.url}/#/debrief/${session}`);
      await hook(later, "debrief").waitFor();
      if ((await later.locator("details.fold[open]").count()) === 0) await unfoldDebrief(later);
      const graph = hook(later, "stage-graph");
      await graph.locator("svg").waitFor();
      assert.deepEqual(await graph.locator(".stage").allTextContents(), ["Goal3 messages", "Reality5 messages", "Options2 messages", "Willnot reached"]);
      assert.deepEqual(await graph.locator(".stage.unvisited").allTextContents(), ["Willnot reached"]);
      assert.deepEqual((await graph.locator(".way-label").allTextContents()).sort(), ["1", "2, 4", "3", "5, 7", "6"]);
      assert.equal(await graph.locator("path.back").count(), 2, "to the goal, and to how it is, again");
      const boxes = await graph.locator(".stage rect").evaluateAll((all) => all.map((rect) => rect.getBoundingClientRect()).map(({ x, y }) => ({ x, y })));
      const along = device === desktop ? "x" : "y";
      assert.deepEqual(boxes.map((box) => box[along]), boxes.map((box) => box[along]).sort((one, other) => one - other), "in the order of the model");
      const letters = await graph.locator("svg").evaluate((svg) => (Number.parseFloat(getComputedStyle(svg).fontSize) * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width);
      assert.ok(letters >= 12, `letters of ${letters} px`);
      await assertAccessible(later, "a path with ways back");
      await assertNoSidewaysScroll(later, "a path with ways back");
      await pictures(later, `${device.name}`);
      await later.emulateMedia({ colorScheme: "dark" });
      await later.waitForFunction(() => document.documentElement.dataset.theme === "dark");
      await later.waitForTimeout(300);
      assert.ok((await painted(hook(later, "mix-over-time"), "--family-question")) > 50, "drawn anew in the colours of the dark");
      await assertAccessible(later, "a path with ways back, dark");
      await pictures(later, `${device.name}-dark`);
      await second.finish();
      await finish();
    });
});
