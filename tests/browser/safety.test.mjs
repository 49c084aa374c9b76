// SPDX-License-Identifier: Apache-2.0
// Whatever is typed is text, on every screen and in every file; the server's headers leave nothing else a chance. The
// trainers' page shows what was refused.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import {
  assertAccessible, desktop, hook, openWindow, ownWords, phone, picture, rate, sayAndWait, startCase, unfoldDebrief, waitForSaved,
} from "./browser.mjs";
import { browser, dialogues, serve, server } from "./serve.mjs";

serve({ content: withMadeCases });

const payloads = [
  "<script>window.owned = 1</script>",
  "<img src=x onerror='window.owned=1'>",
  "<svg/onload=window.owned=1>",
  "\"><iframe srcdoc='<script>parent.owned=1</script>'></iframe>",
  "javascript:window.owned=1",
  "{{constructor.constructor('window.owned=1')()}}",
  "</textarea><style>body{display:none}</style>",
  "&lt;b&gt;not bold&lt;/b&gt; &amp; \u202eright to left\u202c",
];

test("what is typed stays text: in the conversation, after a reload, in the debrief, in the HTML file", async () => {
  const { page, context, check, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  for (const text of payloads) await sayAndWait(page, text);
  assert.deepEqual(await ownWords(page), payloads);
  await check();
  await page.reload();
  await waitForSaved(page, payloads.length);
  assert.deepEqual(await ownWords(page), payloads);
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page);
  await unfoldDebrief(page);
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.ok((await hook(page, "debrief").innerText()).includes(payloads[0]));
  const [file] = await Promise.all([page.waitForEvent("download"), hook(page, "download-html").click()]);
  const html = await readFile(await file.path(), "utf8");
  await check();
  const plain = await context.newPage();
  await plain.setContent(html);
  assert.equal(await plain.evaluate(() => window.owned), undefined);
  assert.equal(await plain.locator("script, iframe, svg[onload], img[onerror]").count(), 0);
  const shown = await plain.locator("body").innerText();
  assert.ok(shown.includes(payloads[0]) && shown.includes(payloads[3]));
  await plain.close();
  await finish();
});

test("an address cannot put anything on the page", async () => {
  const { page, finish } = await openWindow(browser, server);
  for (const hash of ["#/talk/<img src=x onerror=alert(1)>", "#/case/<script>alert(1)</script>", "#/%E0%A4%A", "#/debrief/%00", `#/${"x".repeat(5000)}`]) {
    await page.goto(`${server.url}/${hash}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
  await finish();
});

test("the policy is strict and nothing on any page is refused by it", async () => {
  const { page, finish } = await openWindow(browser, server, { expected: [/inline script/i] });
  const answer = await page.goto(server.url);
  const policy = answer.headers()["content-security-policy"];
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) assert.ok(policy.includes(part), part);
  assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/);
  assert.deepEqual(await page.evaluate(() => document.cookie), "", "the cookie cannot be read by scripts");
  await page.evaluate(() => {
    const own = document.createElement("script");
    own.textContent = "window.inline = 1";
    document.head.append(own);
  });
  await page.waitForFunction(() => window.policyViolations.length === 1, undefined, { timeout: 2000 });
  assert.equal(await page.evaluate(() => window.inline), undefined, "refused, and the listener of these tests has heard it");
  await page.reload();
  await hook(page, "case-career_plateau").waitFor();
  await finish();
});

for (const device of [desktop, phone])
  test(`the trainers' page shows every finding of a refused script, and clears it: ${device.name}`, async (t) => {
    const { page, finish } = await openWindow(browser, server, { device });
    await page.goto(`${server.url}/#/trainers`);
    await hook(page, "findings").waitFor();
    const file = join(dialogues, "coaching/career_plateau.json");
    const text = await readFile(file, "utf8");
    t.after(() => writeFile(file, text));
    await writeFile(file, text.replace(/"minutes":\s*\d+/, '"minutes": "thirty", "<img src=x onerror=alert(1)>": 1').replace(/"start":\s*"[a-z_.]+"/, '"start": 7'));
    // The server may have seen the file half written first; a second later it sees the whole.
    await page.getByText("/minutes").first().waitFor({ state: "attached", timeout: 10000 });
    const shown = await hook(page, "findings").innerText();
    assert.match(shown, /version before it is still in service/i);
    for (const place of ["/minutes", "/start"]) assert.ok(shown.includes(place), place);
    assert.match(shown, /<img src=x onerror=alert\(1\)>/);
    assert.match(shown, /line \d+:\d+/);
    assert.match(shown, /[A-Z]\d{3}/);
    await assertAccessible(page, "findings");
    await picture(page, `findings-${device.name}`);
    await writeFile(file, text);
    await page.getByText(/career_plateau\.json/).waitFor({ state: "detached", timeout: 10000 });
    await finish();
  });

test("a case that is dropped in appears on an open page by itself", async () => {
  const { page, finish } = await openWindow(browser, server);
  await page.goto(server.url);
  await hook(page, "case-career_plateau").waitFor();
  const text = await readFile(join(dialogues, "coaching/career_plateau.json"), "utf8");
  await writeFile(join(dialogues, "coaching/second.json"), text.replace(/"id":\s*"career_plateau"/, '"id": "second_marian"'));
  await hook(page, "case-second_marian").waitFor({ state: "attached", timeout: 10000 });
  await finish();
});
