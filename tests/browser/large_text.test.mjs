// SPDX-License-Identifier: Apache-2.0
// Text twice as large, as the browser makes it: in a window of 320 px nothing runs out of it on any page, in either language,
// and what stands fast leaves room to read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import { assertAccessible, assertNoSidewaysScroll, desktop, hook, lost, openWindow, phone, picture, rate, sayAndWait, sessionOf, startCase } from "./browser.mjs";
import { again, browser, serve, server } from "./serve.mjs";

const small = { ...phone, viewport: { width: 360, height: 740 } };
serve({ content: withMadeCases });

/** WCAG 1.4.4 and 1.4.10 at once: a window of 320 px, and text twice as large, from the first page to the last. */
for (const locale of ["en-GB", "fr-FR"])
  test(`320 px and twice as large text: ${locale}`, { timeout: 240000 }, async () => {
    const device = { ...phone, viewport: { width: 320, height: 640 } };
    const scheme = locale === "en-GB" ? "dark" : "light";
    const { page, context, finish } = await openWindow(browser, server, { device, locale, scheme, expected: lost });
    await page.addInitScript(() => {
      const enlarge = () => document.documentElement?.style.setProperty("font-size", "200%");
      enlarge();
      document.addEventListener("DOMContentLoaded", enlarge);
    });
    const wrong = [];
    const look = async (where) => {
      await page.locator("details:not([open])").evaluateAll((all) => all.forEach((each) => (each.open = true)));
      await page.locator("button.note-head[aria-expanded=false]").evaluateAll((all) => all.forEach((head) => head.click()));
      await page.waitForTimeout(150);
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
      const before = wrong.length;
      await assertNoSidewaysScroll(page, where).catch((error) => wrong.push(error.message));
      await assertAccessible(page, `large text, ${where}`).catch((error) => wrong.push(error.message));
      // What is cut off at the edge of its box does not make the page wider, and cannot be read either.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("button, a, label, legend, summary, p, h1, h2, h3, li, dt, dd, span, textarea, select")]
          .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".unseen, .scroll, .brand") && each.matches(":not(.unseen)"))
          .filter((each) => getComputedStyle(each).overflowX !== "visible" && !each.matches("select, textarea") && each.scrollWidth > each.clientWidth + 1)
          .map((each) => each.outerHTML.slice(0, 100)),
      );
      if (cut.length > 0) wrong.push(`${where}: cut off: ${cut.join("\n")}`);
      // Pages of 60 000 px take longer to picture than all the rest; states.test.mjs has pictures of what is well.
      if (wrong.length > before) await picture(page, `large-text-${locale}-${where.replace(/\W+/g, "-")}`);
    };
    const visit = async (address, id) => {
      await page.goto(`${server.url}/#/${address}`);
      await (id ? hook(page, id) : page.getByRole("heading", { level: 1 })).first().waitFor();
    };

    await page.goto(server.url);
    await hook(page, "today").waitFor();
    await look("library");
    await visit("case/career_plateau", "start");
    await look("brief");
    await visit("contrast/two_hats", "start-coaching");
    await look("contrast");
    await hook(page, "start-coaching").click();
    await hook(page, "say").waitFor();
    await look("opening");
    for (const text of ["You should take a week off.", "What would a good year look like?", "It sounds hard.", "bananas"]) await sayAndWait(page, text);
    await hook(page, "hint").click();
    await hook(page, "hint-card").waitFor();
    await look("talk");
    await hook(page, "dispute").first().click();
    await look("talk, a view of a label");
    await hook(page, "retake").nth(2).click();
    await page.locator("details.aside").waitFor();
    await sayAndWait(page, "What matters most?");
    await look("talk, set aside");
    await hook(page, "beside").first().click();
    await hook(page, "say").fill("Something half typed, and in the wayofeverythingelsebecauseitislong");
    await look("talk, two tries");
    const session = sessionOf(page);
    const other = await openWindow(browser, server, { context });
    await other.page.goto(`${server.url}/#/talk/${session}`);
    await hook(other.page, "say").fill("Typed elsewhere");
    await other.finish();
    await page.reload();
    await hook(page, "also-typed").waitFor();
    await look("talk, typed elsewhere");
    await server.kill();
    await page.locator('[data-testid=status][data-state="lost"]').waitFor();
    await look("talk, no connection");
    await again();
    await page.locator('[data-testid=status][data-state="open"]').waitFor({ state: "attached" });
    await context.route("**/api/sign-in", (route) => route.fulfill({ status: 401, json: { error: { key: "not_signed_in", message: "Please sign in." } } }));
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.reload();
    await hook(page, "sign-in-again").waitFor();
    await look("signed out");
    await context.unroute("**/api/sign-in");
    await context.addCookies(cookies);
    await page.reload();
    await hook(page, "end").click();
    await hook(page, "confirm-end").waitFor();
    await look("ending");
    await hook(page, "confirm-end").click();
    await hook(page, "estimate").waitFor();
    await look("estimate");
    await rate(page, 5);
    await hook(page, "debrief").waitFor();
    await look("debrief");
    await visit(`talk/${session}`, "to-debrief");
    await look("ended");
    await visit(`debrief/${session}`, "try-again");
    await hook(page, "try-again").click();
    await hook(page, "again").waitFor();
    await look("a moment again");
    await visit(`talk/${session}`, "start-other");
    await hook(page, "start-other").click();
    await hook(page, "say").waitFor();
    for (const text of ["What would you like to hear about?", "You should take a week off.", "It sounds hard.", "What else?", "And what now?"]) await sayAndWait(page, text);
    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await rate(page, 5);
    await hook(page, "to-compare").click();
    await hook(page, "compare-page").waitFor();
    await look("compare");
    await visit("case/three_things", "start");
    await hook(page, "start").click();
    await hook(page, "say").waitFor();
    await sayAndWait(page, "What is it like?");
    await look("exercise");
    await visit("progress", "skill-telling_share");
    await look("progress");
    await visit("", "today");
    await look("library, with conversations");
    await visit("settings", "settings");
    await look("settings");
    await visit("trainers", "findings");
    await look("trainers");
    await visit("nowhere", null);
    await look("nowhere");
    await visit("talk/00000000-0000-4000-8000-000000000000", null);
    await look("no such conversation");
    assert.deepEqual(wrong, []);
    await finish();
  });

for (const device of [desktop, small])
  test(`large text leaves room to read beside what stands fast: ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await startCase(page, server, "career_plateau");
    await sayAndWait(page, "What brings you here?");
    for (const [size, text] of [[device.viewport, ""], [device.viewport, "150%"], [device.viewport, "200%"], [{ width: 320, height: 640 }, "200%"], [{ width: 640, height: 400 }, "100%"]]) {
      await page.setViewportSize(size);
      await page.evaluate((large) => document.documentElement.style.setProperty("font-size", large), text);
      await page.waitForTimeout(200);
      const covered = await page.evaluate(() =>
        [".stage-strip", ".composer"].map((each) => document.querySelector(each)).filter((each) => getComputedStyle(each).position === "sticky").reduce((sum, each) => sum + each.offsetHeight, 0),
      );
      assert.ok(covered <= size.height * 0.75, `${size.width} px, ${text}: ${covered} of ${size.height} covered`);
    }
    await finish();
  });
