// SPDX-License-Identifier: Apache-2.0
// Going on without losing one's place: typing after a button was pressed, the way back from a brief, an answer that is longer than
// the window, and the end of an exercise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFocus, desktop, hook, openWindow, phone, picture, sayAndWait, startCase } from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

test("whoever goes on typing after Silence or Hint writes the message", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server, { device: desktop });
  await startCase(page, server, "career_plateau");
  await hook(page, "silence").click();
  await page.locator(".bubble.own").waitFor();
  await assertFocus(page, "#say");
  await hook(page, "hint").click();
  await hook(page, "hint-card").waitFor();
  await page.keyboard.type("What is it like");
  await assertFocus(page, "#say");
  assert.equal(await hook(page, "say").inputValue(), "What is it like");
  // A shortcut of the browser's is none of ours, and a space presses what has the focus.
  await hook(page, "hint").focus();
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Space");
  await assertFocus(page, "[data-testid=hint]");
  assert.equal(await hook(page, "say").inputValue(), "What is it like");
  await finish();
});

for (const [script, name] of [["career_plateau", "Marian"], ["first_steps", "in the middle of this."]])
  test(`the brief of what is not finished leads back to it: ${script}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device: phone });
    const session = await startCase(page, server, script);
    await sayAndWait(page, "What would you like to talk about?");
    await page.goto(`${server.url}/#/case/${script}`);
    await hook(page, "begun").waitFor();
    assert.ok((await hook(page, "begun").innerText()).includes(name));
    await assertAccessible(page, `the brief of ${script}, begun`);
    await picture(page, `begun-${script}`);
    await hook(page, "begun").getByRole("link").click();
    await hook(page, "say").waitFor();
    assert.ok(page.url().includes(session));
    await finish();
  });

test("an answer that is longer than the window is shown from its beginning", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server, { device: { ...phone, viewport: { width: 320, height: 480 } } });
  await startCase(page, server, "first_steps");
  for (const text of ["Hello, how are you?", "What would you like to be different?"]) {
    await sayAndWait(page, text);
    const own = page.locator(".bubble.own").last();
    await own.evaluate((bubble) => new Promise((done) => {
      const look = (was) => requestAnimationFrame(() => {
        const { top } = bubble.getBoundingClientRect();
        if (top === was) done();
        else look(top);
      });
      look(null);
    }));
    const { top, tall } = await own.evaluate((bubble) => ({ top: bubble.getBoundingClientRect().top, tall: bubble.closest(".exchange").offsetHeight }));
    assert.ok(tall > 300, `only ${tall} high: nothing is proved`);
    assert.ok(top >= 0 && top < 240, `what was said begins at ${top}`);
  }
  await finish();
});

test("at the end of an exercise reading goes on at how it ended", { timeout: 120000 }, async () => {
  const { page, finish } = await openWindow(browser, server, { device: desktop });
  await startCase(page, server, "silence");
  for (let turn = 0; turn < 40 && (await hook(page, "say").count()) > 0; turn++) await sayAndWait(page, "You went quiet. What is there?");
  await hook(page, "drill-ended").waitFor();
  await assertFocus(page, "#ended-title");
  await finish();
});
