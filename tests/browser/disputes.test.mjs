// SPDX-License-Identifier: Apache-2.0
// A trainee sees a label differently, in the margin: by keyboard and by touch, offline, in two windows, after a reload; and
// a trainer's ruling comes to stand beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { program } from "../wire/trainee.mjs";
import {
  assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, hook, lost, openWindow, phone, picture, sayAndWait, startCase, unfoldDebrief, unfoldNotes,
} from "./browser.mjs";
import { again, browser, data, serve, server } from "./serve.mjs";

const ADVICE = "You should talk to HR about it.";
serve({ each: true });

async function listed() {
  const { code, out, err } = await program(["disputes", "list", "--json", "--data", data]);
  assert.equal(code, 0, err);
  return out.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function rule(label, why) {
  const [{ id }] = await listed();
  const { code, err } = await program(["disputes", "rule", id, label, "--why", why, "--by", "Jo", "--data", data]);
  assert.equal(code, 0, err);
}

async function raise(page, technique, note) {
  await hook(page, "dispute").first().click();
  await hook(page, "dispute-technique").selectOption(technique);
  await hook(page, "dispute-note").fill(note);
  await hook(page, "dispute-send").click();
  await hook(page, "dispute-view").waitFor();
}

test("by keyboard: raised, changed, taken back, and the focus is never lost", async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, ADVICE);
  await hook(page, "dispute").focus();
  await page.keyboard.press("Enter");
  await hook(page, "dispute-form").waitFor();
  await assertFocus(page, "[data-testid=dispute-technique]");
  await page.keyboard.press("Escape");
  await assertFocus(page, "[data-testid=dispute]");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Inform");
  await page.keyboard.press("Tab");
  await assertFocus(page, "[data-testid=dispute-note]");
  await page.keyboard.type("HR knows the rules.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await hook(page, "dispute-view").getByText(/you saw this as.*A trainer can rule on it/i).waitFor();
  await assertFocus(page, "[data-testid=dispute-view]");
  assert.match(await hook(page, "dissent").getByRole("status").first().innerText(), /noted/i);
  assert.equal((await listed())[0].proposed, "information");
  await page.keyboard.press("Tab");
  await assertFocus(page, "[data-testid=dispute]");
  await page.keyboard.press("Enter");
  assert.equal(await hook(page, "dispute-note").inputValue(), "HR knows the rules.");
  await hook(page, "dispute-technique").selectOption("");
  await hook(page, "dispute-note").press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(/you saw this as something else/i).waitFor();
  await hook(page, "dispute-view").getByText(/A trainer can rule/i).waitFor();
  assert.equal((await listed())[0].proposed, null);
  await hook(page, "withdraw").focus();
  await page.keyboard.press("Enter");
  await hook(page, "dispute-view").waitFor({ state: "detached" });
  await assertFocus(page, "[data-testid=dispute]");
  await page.waitForTimeout(200);
  assert.deepEqual(await listed(), []);
  await finish();
});

for (const device of [desktop, phone])
  for (const scheme of ["light", "dark"])
    test(`form, view and ruling: ${device.name}, ${scheme}`, { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device, scheme });
      const session = await startCase(page, server, "career_plateau");
      const look = async (what) => {
        await assertAccessible(page, `${what}, ${device.name}, ${scheme}`);
        await assertNoSidewaysScroll(page, what);
        await picture(page, `dispute-${device.name}-${scheme}-${what}`);
      };
      await sayAndWait(page, ADVICE);
      await unfoldNotes(page);
      await hook(page, "dispute").click();
      await hook(page, "dispute-technique").selectOption("information");
      await hook(page, "dispute-note").fill("It is a plain fact that HR is there for this.");
      await look("form");
      await hook(page, "dispute-note").fill("x".repeat(1001));
      await page.getByText(/1001 of 1000/).waitFor();
      await look("form-too-long");
      await hook(page, "dispute-note").fill("It is a plain fact that HR is there for this.");
      await hook(page, "dispute-send").click();
      await hook(page, "dispute-view").getByText(/A trainer can rule on it/).waitFor();
      await look("view");
      await page.reload();
      await hook(page, "say").waitFor();
      await unfoldNotes(page);
      assert.match(await hook(page, "dispute-view").innerText(), /plain fact/);
      await rule("advice_direct", "Should tells her what to do, even when it is true.");
      await page.reload();
      await hook(page, "say").waitFor();
      await unfoldNotes(page);
      const ruling = await hook(page, "ruling").innerText();
      assert.match(ruling, /Trainer's view \(Jo\)[^]*leave it as it is[^]*Should tells her/);
      assert.equal(await hook(page, "withdraw").count(), 0);
      await look("ruling");
      await page.setViewportSize({ width: 320, height: 640 });
      await assertNoSidewaysScroll(page, "320 px");
      await page.goto(`${server.url}/#/debrief/${session}`);
      await unfoldDebrief(page);
      await hook(page, "ruling").waitFor({ state: "attached" });
      await assertNoSidewaysScroll(page, "debrief at 320 px");
      await finish();
    });

test("at 320 px the form fits", async () => {
  const { page, finish } = await openWindow(browser, server, { device: phone });
  await page.setViewportSize({ width: 320, height: 640 });
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, "qwerty asdf");
  await unfoldNotes(page);
  assert.match(await hook(page, "dispute").innerText(), /what would you call it\?/i);
  await hook(page, "dispute").click();
  await assertNoSidewaysScroll(page, "form at 320 px");
  const box = await hook(page, "dispute-technique").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.height >= 24, JSON.stringify(box));
  await picture(page, "dispute-320-form");
  await finish();
});

test("offline it is kept, and sent when the connection is back; also by the next visit", async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, ADVICE);
  await server.kill();
  await raise(page, "information", "Said while away.");
  await page.getByText(/kept in this browser/i).waitFor();
  await again();
  await hook(page, "dispute-view").getByText(/A trainer can rule on it/).waitFor({ timeout: 20000 });
  assert.equal((await listed())[0].note, "Said while away.");
  await server.kill();
  await hook(page, "withdraw").click();
  await page.waitForTimeout(300);
  const address = page.url();
  await page.close();
  await again();
  const next = await openWindow(browser, server, { context });
  await next.page.goto(address);
  await hook(next.page, "say").waitFor();
  await next.page.waitForTimeout(500);
  assert.deepEqual(await listed(), []);
  assert.equal(await hook(next.page, "dispute-view").count(), 0);
  await next.finish();
  await context.close();
});

test("another window sees it at once; what a trainer ruled meanwhile is shown in place of the change", async () => {
  const left = await openWindow(browser, server);
  const session = await startCase(left.page, server, "career_plateau");
  await sayAndWait(left.page, ADVICE);
  const right = await openWindow(browser, server, { context: left.context });
  await right.page.goto(`${server.url}/#/talk/${session}`);
  await hook(right.page, "dispute").waitFor();
  await raise(left.page, "information", "");
  await right.page.getByText(/you saw this as/i).waitFor();
  await rule("information", "Yes: it names a fact.");
  await hook(right.page, "withdraw").click();
  await hook(right.page, "ruling").waitFor();
  assert.match(await hook(right.page, "ruling").innerText(), /as you do[^]*names a fact/);
  await right.page.getByRole("alert").waitFor();
  await right.finish();
  await left.finish();
});

test("each label of a message has its own", async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, "You should talk to HR. What matters most to you in this?");
  await page.locator(".recognition summary").click();
  assert.ok((await hook(page, "dispute").count()) >= 2);
  await hook(page, "dispute").nth(1).click();
  await hook(page, "dispute-technique").selectOption("future_question");
  await hook(page, "dispute-send").click();
  await hook(page, "dispute-view").getByText(/A trainer can rule on it/).waitFor();
  assert.equal((await listed())[0].technique, "open_question");
  await page.reload();
  await hook(page, "say").waitFor();
  assert.equal(await page.locator(".recognition").evaluate((details) => details.open), true, "what stands there is not hidden");
  await finish();
});
