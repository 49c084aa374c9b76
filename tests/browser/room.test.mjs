// SPDX-License-Identifier: Apache-2.0
// The ways of the practice room that no other file walks, on a desktop and on a phone: the first run, dictation, reading
// aloud, a name for what was not recognised, the map of stages, feedback that fades.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assertNoSidewaysScroll, desktop, hook, openWindow, ownWords, phone, picture, rate, sayAndWait, savedCount, startCase, unfoldNotes, waitForSaved,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

for (const device of [desktop, phone])
  describe(`on a ${device.name}`, () => {
    test("the first run: what is kept, the tutorial, an open conversation", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await page.goto(server.url);
      await hook(page, "today").waitFor();
      await page.getByRole("button", { name: "I have read this" }).click();
      await picture(page, `room-${device.name}-first-run`);
      await hook(page, "today").getByRole("link").click();
      await hook(page, "start").click();
      await hook(page, "say").waitFor();
      assert.ok((await hook(page, "log").locator(".guide").count()) > 0, "the guide speaks");
      assert.ok((await hook(page, "log").locator(".guide .guide-who").first().innerText()).startsWith("Guide"), "and says that it is the guide");
      await sayAndWait(page, "What would you like to talk about?");
      await assertNoSidewaysScroll(page, "tutorial");
      await picture(page, `room-${device.name}-tutorial`);
      await page.goto(server.url);
      await page.getByText("You are in the middle of it.").waitFor();
      await finish();
    });

    test("dictated by the keyboard: input without keys, composed words, and Enter that chooses a word", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      const box = hook(page, "say");
      await box.focus();
      // Dictation puts whole phrases in, without a key.
      for (const phrase of ["What would ", "you like ", "to be different?"]) await page.keyboard.insertText(phrase);
      assert.equal(await box.inputValue(), "What would you like to be different?");
      await hook(page, "send").click();
      await waitForSaved(page, 1);
      const client = await page.context().newCDPSession(page);
      await box.focus();
      await client.send("Input.imeSetComposition", { text: "Was bewegt", selectionStart: 10, selectionEnd: 10 });
      assert.equal(await box.inputValue(), "Was bewegt");
      await box.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true });
      await page.waitForTimeout(200);
      assert.equal(await savedCount(page), 1, "Enter chose a word and sent nothing");
      await client.send("Input.insertText", { text: "Was bewegt dich 你好?" });
      assert.equal(await box.inputValue(), "Was bewegt dich 你好?");
      await page.reload();
      await hook(page, "say").waitFor();
      assert.equal(await box.inputValue(), "Was bewegt dich 你好?", "a dictated draft is kept like a typed one");
      await box.focus();
      await page.keyboard.press("Enter");
      await waitForSaved(page, 2);
      assert.deepEqual(await ownWords(page), ["What would you like to be different?", "Was bewegt dich 你好?"]);
      await picture(page, `room-${device.name}-dictated`);
      await finish();
    });

    test("a message that was not recognised gets a name from the trainee", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      await sayAndWait(page, "Maybe the timetable");
      await unfoldNotes(page);
      const name = hook(page, "dispute").first();
      assert.match(await name.innerText(), /What would you call it\?/);
      await name.click();
      await hook(page, "dispute-technique").selectOption({ index: 3 });
      const chosen = await hook(page, "dispute-technique").locator("option:checked").innerText();
      await hook(page, "dispute-send").click();
      await hook(page, "dispute-view").getByText("A trainer can rule on it").waitFor();
      assert.match(await hook(page, "dispute-view").innerText(), new RegExp(`You called this ${chosen}`));
      await assertNoSidewaysScroll(page, "named");
      await picture(page, `room-${device.name}-named`);
      await page.reload();
      await hook(page, "note").first().waitFor();
      await unfoldNotes(page);
      await hook(page, "dispute-view").getByText(chosen).waitFor();
      await finish();
    });

    test("the map of stages follows the conversation, there and back", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      const here = () => hook(page, "stage").getAttribute("data-stage");
      const first = await here();
      const words = ["What would you like to have by the end of our time today?", "What is going on for you at work at the moment?", "What options can you see?"];
      for (const text of words) await sayAndWait(page, text);
      const later = await here();
      assert.notEqual(later, first);
      assert.equal(await page.locator("[aria-current=step]").count(), 1);
      assert.match(await page.locator(`[data-stage=${first}]`).innerText(), /visited/);
      assert.match(await hook(page, "log").innerText(), /The conversation has moved to /);
      await picture(page, `room-${device.name}-stages`);
      await hook(page, "retake").first().click();
      await page.locator("details.aside").waitFor();
      assert.equal(await here(), first, "back with the moment");
      await finish();
    });

    test("answers are read aloud, those of the character alone", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await page.addInitScript(() => {
        window.spoken = [];
        const synthesis = new EventTarget();
        Object.assign(synthesis, { getVoices: () => [{ name: "Near by", lang: "en-GB", localService: true }], speak: (words) => window.spoken.push(words.text), cancel: () => {} });
        Object.defineProperty(window, "speechSynthesis", { value: synthesis });
        window.SpeechSynthesisUtterance = class {
          constructor(text) {
            this.text = text;
          }
        };
      });
      await page.goto(`${server.url}/#/settings`);
      await hook(page, "aloud").getByRole("radio").nth(1).check();
      await startCase(page, server, "career_plateau");
      await sayAndWait(page, "What brings you here?");
      await sayAndWait(page, "bananas");
      const spoken = await page.evaluate(() => window.spoken);
      assert.ok(spoken.length > 0);
      const guide = (await hook(page, "log").locator(".guide").allInnerTexts()).join(" ");
      assert.ok(guide.length > 0 && spoken.every((text) => !guide.includes(text)));
      await finish();
    });

    test("feedback fades: two that went well, then notes at missteps only, then at the end", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      const talk = async (went) => {
        await startCase(page, server, "career_plateau");
        await sayAndWait(page, "What brings you here?");
        const notes = await hook(page, "log").getByTestId("note").count();
        await hook(page, "end").click();
        await hook(page, "confirm-end").click();
        await rate(page, went);
        await hook(page, "own-view").waitFor();
        return notes;
      };
      assert.equal(await talk(5), 1);
      assert.equal(await talk(4), 1);
      await page.goto(server.url);
      await picture(page, `room-${device.name}-less-feedback`);
      await hook(page, "less-feedback").getByRole("button").click();
      assert.equal(await talk(5), 0, "the first message is none at level 2");
      await finish();
    });
  });
