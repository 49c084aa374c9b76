// SPDX-License-Identifier: Apache-2.0
// Reload, no network, a server that is restarted or killed, two windows: the conversation goes on where it was, nothing
// lost and nothing twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, hook, lost, openWindow, ownWords, phone, sayAndWait, startCase, waitForSaved } from "./browser.mjs";
import { again, browser, serve, server } from "./serve.mjs";

serve({ each: true });

/** What the page shows is what the server has. */
async function assertKept(page, words) {
  assert.deepEqual(await ownWords(page), words);
  await page.reload();
  await hook(page, "say").waitFor();
  await waitForSaved(page, words.length);
  assert.deepEqual(await ownWords(page), words);
}

for (const device of [desktop, phone])
  test(`reload in mid-conversation on a ${device.name}: the words, the notes and the draft are there`, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await startCase(page, server, "career_plateau");
    const words = ["What brings you here?", "It sounds as if it has been a long year.", "What else?"];
    for (const text of words) await sayAndWait(page, text);
    const log = await hook(page, "log").innerText();
    await hook(page, "say").fill("Half a thought that I have not yet");
    await page.reload();
    await hook(page, "say").waitFor();
    assert.equal(await hook(page, "say").inputValue(), "Half a thought that I have not yet");
    await waitForSaved(page, 3);
    assert.equal(await hook(page, "log").innerText(), log);
    await sayAndWait(page, "And now, what matters most?");
    await assertKept(page, [...words, "And now, what matters most?"]);
    await finish();
  });

for (const how of ["stop", "kill"])
  test(`the server is ${how === "stop" ? "restarted" : "killed"} in mid-conversation`, async () => {
    const { page, finish } = await openWindow(browser, server, { expected: lost });
    await startCase(page, server, "stuck_manager");
    const words = [];
    for (let round = 0; round < 3; round++) {
      words.push(`What is going on, round ${round}?`);
      await sayAndWait(page, words.at(-1));
      await server[how]();
      words.push(`It sounds hard, round ${round}.`);
      await hook(page, "say").fill(words.at(-1));
      await hook(page, "send").click();
      await page.waitForTimeout(900);
      assert.match(await hook(page, "status").innerText(), /connection lost/i);
      await again();
      await waitForSaved(page, words.length);
    }
    await assertKept(page, words);
    await finish();
  });

test("the server dies while a message is on its way, ten times", { timeout: 120000 }, async () => {
  const { page, finish } = await openWindow(browser, server, { expected: lost });
  await startCase(page, server, "career_plateau");
  const words = [];
  for (let round = 0; round < 10; round++) {
    words.push(`What would help you, take ${round}?`);
    await hook(page, "say").fill(words.at(-1));
    await Promise.all([hook(page, "send").click(), page.waitForTimeout(round * 2).then(() => server.kill())]);
    await again();
    await waitForSaved(page, words.length, 20000);
  }
  await assertKept(page, words);
  await finish();
});

test("the window is closed while the server is away: what was sent waits, and arrives once", async () => {
  const first = await openWindow(browser, server, { expected: lost });
  const session = await startCase(first.page, server, "career_plateau");
  await sayAndWait(first.page, "What brings you here?");
  await server.kill();
  await hook(first.page, "say").fill("Said into the void, what comes back?");
  await hook(first.page, "send").click();
  await first.page.waitForTimeout(300);
  await first.page.close();
  await again();
  const second = await openWindow(browser, server, { context: first.context });
  await second.page.goto(server.url);
  await hook(second.page, `continue-${session}`).click();
  await waitForSaved(second.page, 2);
  await assertKept(second.page, ["What brings you here?", "Said into the void, what comes back?"]);
  await second.finish();
  await first.context.close();
});

test("offline: what was said is kept and sent when the network is back", async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  await startCase(page, server, "career_plateau");
  await sayAndWait(page, "What brings you here?");
  await context.setOffline(true);
  await server.kill();
  await hook(page, "say").fill("Am I still heard, and by whom?");
  await hook(page, "send").click();
  await page.getByText(/kept in this browser/i).waitFor();
  await page.getByText(/connection lost/i).waitFor();
  await again();
  await context.setOffline(false);
  await waitForSaved(page, 2);
  await assertKept(page, ["What brings you here?", "Am I still heard, and by whom?"]);
  await finish();
});

test("two windows on one conversation: no word is lost or doubled, and both end up the same", async () => {
  const left = await openWindow(browser, server);
  const session = await startCase(left.page, server, "career_plateau");
  const right = await openWindow(browser, server, { context: left.context });
  await right.page.goto(`${server.url}/#/talk/${session}`);
  await hook(right.page, "say").waitFor();
  await sayAndWait(left.page, "Left speaks first, what else?");
  await waitForSaved(right.page, 1);
  await hook(left.page, "say").fill("Left again, at the same moment?");
  await hook(right.page, "say").fill("Right now, at the same moment?");
  await Promise.all([hook(left.page, "send").click(), hook(right.page, "send").click()]);
  await waitForSaved(left.page, 2);
  await waitForSaved(right.page, 2);
  await left.page.waitForTimeout(500);
  const drafts = [await hook(left.page, "say").inputValue(), await hook(right.page, "say").inputValue()];
  const said = await ownWords(left.page);
  const all = [...said, ...drafts.filter(Boolean)];
  for (const text of ["Left again, at the same moment?", "Right now, at the same moment?"]) assert.equal(all.filter((each) => each === text).length, 1, JSON.stringify(all));
  await right.page.reload();
  await waitForSaved(right.page, said.length);
  assert.deepEqual(await ownWords(right.page), said);
  await right.finish();
  await left.finish();
});

test("an impatient trainee: double click and Enter at once say it once", async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  await hook(page, "say").fill("Once and only once?");
  await hook(page, "send").evaluate((button) => {
    button.click();
    button.click();
    document.querySelector("[data-testid=say]").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  });
  await waitForSaved(page, 1);
  await page.waitForTimeout(300);
  await assertKept(page, ["Once and only once?"]);
  await finish();
});
