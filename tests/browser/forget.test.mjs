// SPDX-License-Identifier: Apache-2.0
// On a shared computer: what this browser holds of a trainee goes, all of it, and the server lets nobody in as them again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../wire/server.mjs";
import { eventually } from "../wire/trainee.mjs";
import { assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, hook, lost, openCard, openWindow, phone, picture, sayAndWait, startCase } from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

/** Everything that a browser can keep for a page, by where it is. */
const keptIn = (page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookie: document.cookie,
  }));
const NOTHING = { local: [], session: [], databases: [], caches: [], workers: 0, cookie: "" };

for (const device of [desktop, phone])
  test(`nothing is left of whoever practised here, and the next one is somebody new: ${device.name}`, { timeout: 90000 }, async () => {
    // Of a sign-in that is good no more the browser says that the handshake was refused.
    const { page, context, finish } = await openWindow(browser, server, { device, expected: lost });
    const session = await startCase(page, server, "career_plateau");
    await sayAndWait(page, "What brings you here?");
    await hook(page, "say").fill("Half a thought about Marian");
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.goto(`${server.url}/#/settings`);
    await page.reload();
    await hook(page, "pace").getByRole("radio").nth(1).check();
    const [before] = await context.cookies();
    const kept = await keptIn(page);
    assert.ok(kept.local.some((key) => key.startsWith(`askwell.draft.${session}`)) && kept.caches.length > 0 && kept.workers === 1, JSON.stringify(kept));

    // Asking changes nothing, and says what there is to be lost.
    const ask = hook(page, "forget");
    await ask.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Forget you on this computer?" });
    await dialog.waitFor();
    await assertFocus(page, "h2");
    await dialog.getByText(/^Your conversation, with your notes on it\./).waitFor();
    await assertAccessible(page, "before forgetting");
    await assertNoSidewaysScroll(page, "before forgetting");
    await picture(page, `forget-${device.name}`);
    await hook(page, "take-along").locator("summary").click();
    const [download] = await Promise.all([page.waitForEvent("download"), hook(page, "take-along").getByRole("link").click()]);
    assert.match(download.suggestedFilename(), /\.html$/);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await assertFocus(page, "[data-testid=forget]");
    assert.deepEqual(await keptIn(page), kept);

    // What the server does not take is not half done.
    await ask.click();
    await context.route("**/api/sign-out", (route) => route.abort());
    await hook(page, "confirm-forget").click();
    await dialog.getByRole("alert").waitFor();
    assert.deepEqual([await keptIn(page), (await context.cookies()).length], [kept, 1]);
    await context.unroute("**/api/sign-out");

    await hook(page, "confirm-forget").click();
    await hook(page, "forgotten").waitFor();
    await assertFocus(page, "h2");
    await assertAccessible(page, "forgotten");
    await picture(page, `forgotten-${device.name}`);
    assert.deepEqual([await keptIn(page), await context.cookies()], [NOTHING, []]);
    await assert.rejects(connect(server, `${before.name}=${before.value}`), (error) => error.status === 401 || /401/.test(error.message));

    await hook(page, "start-afresh").click();
    await page.getByRole("heading", { name: "Before you start" }).waitFor();
    await hook(page, "today").waitFor();
    assert.equal(await page.locator("a[href*='#/talk/']").count(), 0);
    assert.equal(await hook(page, "stranger").count(), 0, "who left on purpose is not told that a sign-in had ended");
    const afterwards = await keptIn(page);
    assert.deepEqual(afterwards.local, ["askwell.choice.signed_in"]);
    assert.deepEqual(afterwards.session, []);
    assert.notEqual((await context.cookies())[0].value, before.value);
    await page.goto(`${server.url}/#/talk/${session}`);
    await page.getByRole("link", { name: "Back to the cases" }).waitFor();
    assert.ok(!(await page.locator("body").innerText()).includes("Half a thought"));
    await finish();
  });

test("another window of this browser does not go on showing what was theirs", { timeout: 60000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  const session = await startCase(page, server, "career_plateau");
  await sayAndWait(page, "What brings you here?");
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const other = await openWindow(browser, server, { context, expected: lost });
  await other.page.goto(`${server.url}/#/settings`);
  await hook(other.page, "forget").click();
  await hook(other.page, "confirm-forget").click();
  await hook(other.page, "forgotten").waitFor();
  await hook(page, "today").waitFor();
  assert.equal(new URL(page.url()).hash, "");
  await hook(other.page, "start-afresh").click();
  await hook(other.page, "today").waitFor();
  await eventually(async () => (await context.cookies()).length === 1, { what: "one sign-in" });
  await openCard(other.page, "case-career_plateau");
  await hook(other.page, "start").waitFor();
  assert.equal(await page.locator(`a[href*='${session}']`).count(), 0);
  await other.finish();
  await finish();
});
