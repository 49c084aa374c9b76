// SPDX-License-Identifier: Apache-2.0
// Life happens to a page: it is reloaded, left by Back, closed, opened twice. Whatever was being typed, in whichever box, is
// there afterwards, and nothing is said twice.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import {
  assertNoSidewaysScroll, desktop, hook, openCard, openWindow, ownWords, phone, picture, rate, sayAndWait, sessionOf, startCase, unfoldNotes, waitForSaved,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve({ content: withMadeCases });

/** Ways to leave a page and to come back to it; each resolves to the window to go on in. */
const WAYS = {
  reload: async (window) => {
    await window.page.reload();
    return window;
  },
  "Back and Forward": async (window) => {
    const { page } = window;
    const before = page.url();
    await page.goBack();
    await page.waitForFunction((url) => location.href !== url, before);
    await page.goForward();
    await page.waitForFunction((url) => location.href === url, before);
    return window;
  },
  "to another site and Back": async (window) => {
    await window.page.goto("about:blank");
    await window.page.goBack();
    return window;
  },
  "closed and opened again": async (window) => {
    const { page, context } = window;
    const address = page.url();
    await page.close();
    const again = await openWindow(browser, server, { context });
    await again.page.goto(address);
    return { ...again, finish: () => again.check() };
  },
};

const cell = (page, id) => hook(page, `note-box-${id}`).locator("textarea");

async function openOwnNote(page) {
  const own = hook(page, "own-note").first();
  if (!(await own.evaluate((details) => details.open))) await own.locator("summary").click();
  return own.getByRole("textbox");
}

for (const [way, leave] of Object.entries(WAYS))
  for (const device of way === "reload" || way === "closed and opened again" ? [desktop, phone] : [desktop])
    test(`${way}, with something half typed in every box: ${device.name}`, { timeout: 120000 }, async () => {
      let window = await openWindow(browser, server, { device });
      const { context } = window;
      const page = () => window.page;
      const away = async (landmark) => {
        window = await leave(window);
        await hook(page(), landmark).first().waitFor();
      };
      await page().goto(server.url);
      await openCard(page(), "contrast-two_hats");
      await hook(page(), "start-coaching").click();
      await hook(page(), "say").waitFor();
      await sayAndWait(page(), "You should take a week off.");

      // In the conversation: a note, a dispute, the answer to the guide, and the message itself; none of them sent.
      await (await openOwnNote(page())).fill("I was in a hurry");
      await unfoldNotes(page());
      await hook(page(), "dispute").first().click();
      await hook(page(), "dispute-technique").selectOption({ index: 2 });
      const technique = await hook(page(), "dispute-technique").inputValue();
      await hook(page(), "dispute-note").fill("I meant it as a");
      await hook(page(), "guide-answer").locator("summary").click();
      await cell(page(), "whose_idea").fill("Mine, and I");
      await hook(page(), "say").fill("What would a week off");
      await picture(page(), `life-${device.name}-${way.replace(/\W+/g, "-")}-half-typed`);
      await away("say");
      await waitForSaved(page(), 1);
      assert.equal(await hook(page(), "say").inputValue(), "What would a week off");
      assert.equal(await cell(page(), "whose_idea").inputValue(), "Mine, and I");
      assert.ok(await cell(page(), "whose_idea").isVisible(), "what was begun stands open");
      assert.equal(await (await openOwnNote(page())).inputValue(), "I was in a hurry");
      await unfoldNotes(page());
      assert.equal(await hook(page(), "dispute-note").inputValue(), "I meant it as a");
      assert.equal(await hook(page(), "dispute-technique").inputValue(), technique);
      await hook(page(), "dispute-send").click();
      await hook(page(), "dispute-view").getByText("I meant it as a").waitFor();
      await sayAndWait(page(), `${await hook(page(), "say").inputValue()} do to you?`);

      // With the question at the end open.
      await hook(page(), "end").click();
      await page().locator("#guess").fill("1");
      await away("say");
      assert.equal(await page().getByRole("dialog").count(), 0, "a dialog does not outlive its page");
      await hook(page(), "end").click();
      assert.equal(await page().locator("#guess").inputValue(), "1");
      await hook(page(), "confirm-end").click();

      // In the estimate.
      await hook(page(), "estimate").waitFor();
      await hook(page(), "went").getByRole("radio").nth(3).check();
      await hook(page(), "estimate").getByLabel("Which skill did you work on?").selectOption({ index: 1 });
      await hook(page(), "estimate").getByLabel("Which was your best moment?").selectOption({ index: 2 });
      await away("estimate");
      assert.ok(await hook(page(), "went").getByRole("radio").nth(3).isChecked());
      await hook(page(), "rate").click();
      await hook(page(), "own-view").waitFor();
      const view = await hook(page(), "own-view").innerText();
      assert.match(view, /You worked on/);
      assert.match(view, /best moment: message 2/);

      // Between the two sides, and in the table at the end.
      await cell(page(), "agenda").fill("She did, mostly");
      await away("debrief");
      assert.equal(await cell(page(), "agenda").inputValue(), "She did, mostly");
      await hook(page(), "start-other").click();
      await hook(page(), "say").waitFor();
      await sayAndWait(page(), "What would you like to hear about?");
      await hook(page(), "end").click();
      await hook(page(), "confirm-end").click();
      await hook(page(), "skip-estimate").click();
      await hook(page(), "to-compare").click();
      await hook(page(), "compare-page").waitFor();
      await cell(page(), "answers.coaching").fill("Hers, when I");
      await away("compare-page");
      assert.equal(await cell(page(), "answers.coaching").inputValue(), "Hers, when I");
      await assertNoSidewaysScroll(page(), "compare");
      await window.check();
      await context.close();
    });

test("what is left on the way elsewhere is saved without coming back to it", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  const session = await startCase(page, server, "career_plateau");
  await sayAndWait(page, "What brings you here?");
  await (await openOwnNote(page)).fill("A thought on the way out");
  await page.goBack();
  await hook(page, "start").waitFor();
  await page.waitForFunction(
    async (id) => (await (await fetch(`/export/${id}.md`)).text()).includes("A thought on the way out"),
    session,
    { timeout: 5000, polling: 200 },
  );
  await finish();
});

test("Escape folds a dispute and keeps its words; Cancel lets them go", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, "You should take a week off.");
  await hook(page, "dispute").first().click();
  await hook(page, "dispute-note").fill("Half a reason");
  await page.keyboard.press("Escape");
  await hook(page, "dispute").first().click();
  assert.equal(await hook(page, "dispute-note").inputValue(), "Half a reason");
  await hook(page, "dispute-form").getByRole("button", { name: "Cancel" }).click();
  await hook(page, "dispute").first().click();
  assert.equal(await hook(page, "dispute-note").inputValue(), "");
  await finish();
});

for (const device of [desktop, phone])
  test(`Back while a message is on its way: it is there once: ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, "What brings you here?");
    process.kill(server.pid, "SIGSTOP");
    try {
      await hook(page, "say").fill("What else, while nobody answers?");
      await hook(page, "send").click();
      await page.locator(".log.sending").waitFor();
      await page.goBack();
      await hook(page, "start").waitFor();
      await page.goForward();
      await page.waitForTimeout(300);
    } finally {
      process.kill(server.pid, "SIGCONT");
    }
    await waitForSaved(page, 2);
    await page.waitForTimeout(300);
    assert.deepEqual(await ownWords(page), ["What brings you here?", "What else, while nobody answers?"]);
    await page.reload();
    await waitForSaved(page, 2);
    assert.deepEqual(await ownWords(page), ["What brings you here?", "What else, while nobody answers?"]);
    assert.equal(await hook(page, "say").inputValue(), "");
    await finish();
  });

for (const device of [desktop, phone])
  test(`Back from the debrief to the conversation, and on to a moment: ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await startCase(page, server, "career_plateau");
    const words = ["What brings you here?", "It sounds as if it has been a long year."];
    for (const text of words) await sayAndWait(page, text);
    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await rate(page);
    await hook(page, "debrief").waitFor();
    await page.goBack();
    await hook(page, "to-debrief").waitFor();
    assert.deepEqual(await ownWords(page), words);
    await picture(page, `life-${device.name}-back-from-debrief`);
    await page.goForward();
    await hook(page, "debrief").waitFor();
    await page.reload();
    await hook(page, "debrief").waitFor();
    await finish();
  });

describe("two windows on one conversation", () => {
  const both = async (device, words = ["What brings you here?"]) => {
    const left = await openWindow(browser, server, { device });
    const session = await startCase(left.page, server, "career_plateau");
    const right = await openWindow(browser, server, { context: left.context });
    await right.page.goto(`${server.url}/#/talk/${session}`);
    await hook(right.page, "say").waitFor();
    for (const text of words) await sayAndWait(left.page, text);
    await waitForSaved(right.page, words.length);
    return { left, right, session };
  };

  for (const device of [desktop, phone])
    test(`it is ended in one while the other types: the words stay in sight: ${device.name}`, { timeout: 60000 }, async () => {
      const { left, right } = await both(device);
      await hook(right.page, "say").fill("And what would you tell a");
      await hook(left.page, "end").click();
      await hook(left.page, "confirm-end").click();
      await hook(right.page, "to-debrief").waitFor();
      await right.page.getByText("And what would you tell a").waitFor();
      await picture(right.page, `life-${device.name}-ended-elsewhere`);
      await assertNoSidewaysScroll(right.page, "ended elsewhere");
      await right.page.reload();
      await right.page.getByText("And what would you tell a").waitFor();
      await hook(right.page, "retake").first().click();
      await hook(right.page, "say").waitFor();
      assert.equal(await hook(right.page, "say").inputValue(), "And what would you tell a");
      await right.finish();
      await left.finish();
    });

  test("one goes back to a moment while the other types", { timeout: 60000 }, async () => {
    const { left, right } = await both(desktop, ["What brings you here?", "What else?"]);
    await hook(right.page, "say").fill("So what is it that");
    await hook(left.page, "retake").nth(1).click();
    await hook(left.page, "again").waitFor();
    await sayAndWait(left.page, "What is missing?");
    await right.page.locator("details.aside").waitFor();
    assert.equal(await hook(right.page, "say").inputValue(), "So what is it that");
    await sayAndWait(right.page, "So what is it that you miss?");
    await waitForSaved(left.page, 3);
    for (const { page } of [left, right]) assert.deepEqual(await ownWords(page), ["What brings you here?", "What is missing?", "So what is it that you miss?"]);
    await right.finish();
    await left.finish();
  });

  test("each window keeps what it was typing itself", { timeout: 60000 }, async () => {
    const { left, right } = await both(desktop);
    await hook(left.page, "say").fill("The left one wonders");
    await hook(right.page, "say").fill("The right one asks");
    await left.page.reload();
    await right.page.reload();
    await hook(left.page, "say").waitFor();
    await hook(right.page, "say").waitFor();
    assert.equal(await hook(left.page, "say").inputValue(), "The left one wonders");
    assert.equal(await hook(right.page, "say").inputValue(), "The right one asks");
    await sayAndWait(left.page, "The left one wonders what matters?");
    await right.page.reload();
    await hook(right.page, "say").waitFor();
    assert.equal(await hook(right.page, "say").inputValue(), "The right one asks", "what one sends takes nothing from the other");
    await right.finish();
    await left.finish();
  });

  test("a draft that another window has sent is not offered again", { timeout: 60000 }, async () => {
    const left = await openWindow(browser, server);
    const session = await startCase(left.page, server, "career_plateau");
    await hook(left.page, "say").fill("What brings you here?");
    await left.page.goto(server.url);
    await hook(left.page, `continue-${session}`).waitFor();
    const right = await openWindow(browser, server, { context: left.context });
    await right.page.goto(`${server.url}/#/talk/${session}`);
    await hook(right.page, "say").waitFor();
    assert.equal(await hook(right.page, "say").inputValue(), "What brings you here?", "it goes on in another window");
    await hook(right.page, "send").click();
    await waitForSaved(right.page, 1);
    await hook(left.page, `continue-${session}`).click();
    await waitForSaved(left.page, 1);
    assert.equal(await hook(left.page, "say").inputValue(), "");
    assert.equal(sessionOf(left.page), session);
    await right.finish();
    await left.finish();
  });
});
