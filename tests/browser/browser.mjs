// SPDX-License-Identifier: Apache-2.0
// Chromium as a trainee uses it: a page that fails its test on any error, on any request to elsewhere and on anything
// that the Content-Security-Policy refused; the steps of a conversation; axe-core; pictures in tests/artefacts.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { chromium } from "playwright-core";

const artefacts = fileURLToPath(new URL("../artefacts/", import.meta.url));
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(artefacts, { recursive: true });

export const desktop = { name: "desktop", viewport: { width: 1280, height: 800 }, hasTouch: false, isMobile: false };
export const phone = { name: "phone", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Chromium without the windows around its pages, which take twice the time of what is in them; or else with them. */
const installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));

export const launchOptions = () => ({
  executablePath: process.env.ASKWELL_CHROMIUM ?? installed,
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

export const launch = () => chromium.launch(launchOptions());

/** Console errors of a page that a test takes the connection from. */
export const lost = [
  /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection|Failed to load resource/,
];

/**
 * A new trainee's window. `expected` lists patterns of console errors that the test provokes itself (a lost connection
 * is reported by Chromium). `finish()` fails on everything else and closes the window.
 */
export async function openWindow(browser, server, { device = desktop, scheme = "light", motion = "reduce", locale = "en-GB", expected = [], context } = {}) {
  const { viewport, hasTouch, isMobile } = device;
  const own = context ?? (await browser.newContext({
    viewport, hasTouch, isMobile, colorScheme: scheme, reducedMotion: motion, locale, acceptDownloads: true,
  }));
  own.setDefaultTimeout(15000);
  const page = await own.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.some((pattern) => pattern.test(message.text()))) faults.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${server.url}/`)) faults.push(`request to elsewhere: ${request.url()}`);
  });
  await page.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  const check = async () => {
    const violations = await page.evaluate(() => window.policyViolations ?? []).catch(() => []);
    assert.deepEqual([...faults, ...violations], []);
  };
  const finish = async () => {
    await check();
    if (context) await page.close();
    else await own.close();
  };
  return { page, context: own, check, finish };
}

export const hook = (page, id) => page.getByTestId(id);

/** Opens the notes that a narrow window folds under their messages. */
export async function unfoldNotes(page) {
  const folded = hook(page, "note").locator("button.note-head[aria-expanded=false]");
  while ((await folded.count()) > 0) await folded.first().click();
}

/**
 * Zero violations of axe-core's rules, best practices included. Half of its time goes into the contrast of colours: a test
 * that shows the same colours in other words need not ask for it.
 */
export async function assertAccessible(page, where, { colours = true } = {}) {
  // Through the debugging protocol, which the page's own policy does not concern; once for each document.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(`${axeSource}; undefined`);
  const violations = await page.evaluate(async (enabled) => {
    const found = await window.axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled } } });
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help}\n      ${nodes.map((node) => `${node.html.slice(0, 160)} (${node.failureSummary?.replace(/\s+/g, " ")})`).slice(0, 3).join("\n      ")}`);
  }, colours);
  assert.deepEqual(violations, [], where);
}

/** The keyboard is at what matches, or comes there, which it does after the picture. */
export const assertFocus = (page, selector) =>
  page
    .waitForFunction((wanted) => document.activeElement?.isConnected && document.activeElement.matches(wanted), selector, { timeout: 5000 })
    .catch(() => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)).then((html) => assert.fail(`the focus is not on ${selector} but on ${html}`)));

export async function assertNoSidewaysScroll(page, where) {
  const { over, widest } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const beyond = [...document.body.querySelectorAll("*")].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 0.5 && !each.closest(".unseen, .scroll") && each.checkVisibility(),
    );
    return { over: scrollWidth - clientWidth, widest: beyond.slice(0, 6).map((each) => each.outerHTML.slice(0, 120)) };
  });
  assert.ok(over <= 0, `${where}: ${over} px wider than the window: ${widest.join("\n")}`);
}

export const picture = (page, name) => page.screenshot({ path: `${artefacts}${name}.jpg`, quality: 75, fullPage: true });

/** From the list of cases to the opening of a conversation; returns the conversation's id. */
export async function startCase(page, server, script) {
  await page.goto(server.url);
  await openCard(page, `case-${script}`);
  await hook(page, "start").click();
  await hook(page, "say").waitFor();
  return sessionOf(page);
}

/** Follows the link of a card on the list of cases, unfolding the list that it is in. */
export async function openCard(page, id) {
  await unfoldCases(page);
  await hook(page, id).getByRole("link").click();
}

/** Shows all that the list of cases has. */
export async function unfoldCases(page) {
  await hook(page, "today").waitFor();
  const folded = page.locator("details.more:not([open])");
  while ((await folded.count()) > 0) await folded.first().locator("summary").click();
}

export const sessionOf = (page) => decodeURIComponent(new URL(page.url()).hash.split("/")[2]);

/** What the trainee has said so far, as the log shows it, set-aside attempts left out. */
export const ownWords = (page) =>
  hook(page, "log").evaluate((log) =>
    [...log.querySelectorAll(".bubble.own")]
      .filter((bubble) => !bubble.closest("details"))
      .map((bubble) => [...bubble.childNodes].filter((node) => !node.classList?.contains("unseen")).map((node) => node.textContent).join("")),
  );

export const savedCount = (page) => hook(page, "log").locator(".mine:not(details .mine) .saved").count();

/** Types and sends, then waits until it is saved and answered. */
export async function sayAndWait(page, text, { keyboard = false } = {}) {
  const before = await savedCount(page);
  const box = hook(page, "say");
  if (keyboard) {
    await page.keyboard.insertText(text);
    await page.keyboard.press("Enter");
  } else {
    await box.fill(text);
    await hook(page, "send").click();
  }
  await waitForSaved(page, before + 1);
}

export const waitForSaved = (page, count, timeout = 15000) =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll("[data-testid=log] .mine .saved")].filter((each) => !each.closest("details")).length >= wanted,
    count,
    { timeout },
  );

/** What the server sent, as text: long answers come compressed. */
export const heardText = (message) => (typeof message === "string" ? message : inflateSync(message).toString());

/** Says how it went, as the debrief asks first. */
export async function rate(page, went = 4) {
  await hook(page, "estimate").waitFor();
  await hook(page, "went").getByRole("radio").nth(went - 1).check();
  await hook(page, "rate").click();
}

/** Opens every part of the debrief. */
export async function unfoldDebrief(page) {
  await hook(page, "debrief").waitFor();
  await hook(page, "open-all").click();
  await page.waitForFunction(() => !document.querySelector("details.fold:not([open])"));
}

export const goodCoach = {
  career_plateau: [
    "Hello Marian, thanks for coming. How are you?",
    "What would you like to have by the end of our time today?",
    "What is going on for you at work at the moment?",
    "It sounds as if something has gone flat, although everything looks fine from outside.",
    "What matters most to you in all this?",
    "You keep climbing and you are not sure that you want the next step.",
    "Have you tried asking your manager for a sabbatical?",
    "What options can you see?",
    "What will you do first, and by when?",
  ],
  stuck_manager: [
    "Hello Kofi, good to see you. What is on your mind?",
    "What would make this hour worth your while?",
    "Tell me about the team just now.",
    "You sound worn out from doing everybody's work as well as your own.",
    "What have you tried so far?",
    "May I share something from when I first led a team?",
    "I learnt to hand over the outcome and not the task. What of that fits you?",
    "You should simply delegate more.",
    "What is one thing that you could try this week?",
  ],
};
