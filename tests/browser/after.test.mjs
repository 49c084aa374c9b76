// SPDX-License-Identifier: Apache-2.0
// After a conversation: a debrief that fits two screens of a phone and loses nothing, an end that stays when somebody tries again,
// and the page that leads on from there.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, goodCoach, hook, openCard, openWindow, phone, picture, rate, sayAndWait, startCase, unfoldCases,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

const small = { name: "small-phone", viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SAID = [...goodCoach.career_plateau.slice(0, 7), "You told me that it went flat. What lies under that?"];

serve();

async function end(page, session) {
  await page.goto(`${server.url}/#/talk/${session}`);
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await page.goto(`${server.url}/#/debrief/${session}`);
}

/** The conversation is shown as it was at that moment; the first message takes it from there. */
async function sayAgain(page, text) {
  await hook(page, "say").waitFor();
  await sayAndWait(page, text);
}

/** A conversation that is over, its debrief shown. */
async function debriefed(device, { went = 2, ...more } = {}) {
  const { page, finish } = await openWindow(browser, server, { device, ...more });
  const session = await startCase(page, server, "career_plateau");
  for (const text of SAID) await sayAndWait(page, text);
  await end(page, session);
  await rate(page, went);
  await hook(page, "debrief").waitFor();
  return { page, finish, session };
}

const isOpen = (page, part) => hook(page, `fold-${part}`).evaluate((details) => details.open);
const fold = (page, part) => hook(page, `fold-${part}`).locator("summary").first();
const parts = ["cues", "mix", "path", "measures", "transcript", "downloads"];

describe("the debrief", () => {
  for (const locale of ["en-GB", "fr-FR"])
    test(`two screens of a phone hold what comes first, and every part says what is in it: ${locale}`, { timeout: 120000 }, async () => {
      const { page, finish } = await debriefed(small, { locale });
      const top = await page.locator(".folds").evaluate((folds) => folds.getBoundingClientRect().top + scrollY);
      assert.ok(top <= 2 * small.viewport.height, `what is folded begins at ${top}`);
      assert.equal(await page.locator("details.fold[open]").count(), 0);
      assert.deepEqual(await page.locator("details.fold").evaluateAll((all) => all.map((each) => each.dataset.testid.slice(5))), parts);
      for (const part of parts) {
        const heading = fold(page, part).getByRole("heading", { level: 2 });
        assert.equal(await heading.count(), 1, `${part} is found by its heading`);
        assert.match(await fold(page, part).locator(".gist").innerText(), /\S{2}/);
      }
      if (locale === "en-GB") assert.match(await fold(page, "cues").innerText(), /\d picked up, (\d late, )?(\d followed by a reflection, )?\d passed by/);
      await assertAccessible(page, "debrief, folded");
      await assertNoSidewaysScroll(page, "debrief, folded");
      await picture(page, `after-folded-${locale.slice(0, 2)}`);
      await hook(page, "open-all").click();
      await page.waitForFunction(() => !document.querySelector("details.fold:not([open])"));
      await assertAccessible(page, "debrief, open");
      await assertNoSidewaysScroll(page, "debrief, open");
      await finish();
    });

  test("a part opens by keyboard, is remembered, and is forgotten when it is closed again", { timeout: 120000 }, async () => {
    const { page, finish } = await debriefed(desktop);
    await fold(page, "measures").focus();
    await page.keyboard.press("Enter");
    assert.ok(await isOpen(page, "measures"));
    await page.reload();
    await hook(page, "debrief").waitFor();
    assert.deepEqual(await Promise.all(parts.map((part) => isOpen(page, part))), parts.map((part) => part === "measures"));
    await fold(page, "measures").click();
    await page.reload();
    await hook(page, "debrief").waitFor();
    assert.equal(await isOpen(page, "measures"), false);
    await finish();
  });

  test("a link to something inside opens the part, again and again", { timeout: 120000 }, async () => {
    const { page, finish, session } = await debriefed(small);
    const best = page.locator(".best a");
    const here = () => page.evaluate(() => document.activeElement?.matches(".exchange.here") && document.activeElement.getBoundingClientRect().top);
    for (const time of ["the first time", "once it was folded again"]) {
      await best.click();
      await assertFocus(page, ".exchange.here");
      assert.ok(await isOpen(page, "transcript"), time);
      const top = await here();
      assert.ok(top > -small.viewport.height && top < small.viewport.height, `${time}: ${top}`);
      await fold(page, "transcript").click();
      assert.equal(await isOpen(page, "transcript"), false);
    }
    await page.goto(server.url);
    await page.goto(`${server.url}/#/debrief/${session}/2`);
    await page.locator(".exchange.here").waitFor();
    assert.match(await page.locator(".exchange.here .bubble.own").innerText(), /end of our time/, "also from elsewhere");
    await finish();
  });

  test("everything prints, and stays as it was afterwards", { timeout: 120000 }, async () => {
    const { page, finish } = await debriefed(desktop);
    await fold(page, "cues").click();
    await page.evaluate(() => {
      addEventListener("beforeprint", () => (window.closedOnPaper = document.querySelectorAll(".debrief .folds details:not([open])").length));
    });
    await page.pdf();
    await page.waitForFunction(() => window.closedOnPaper !== undefined);
    assert.equal(await page.evaluate(() => window.closedOnPaper), 0);
    assert.deepEqual(await Promise.all(parts.map((part) => isOpen(page, part))), parts.map((part) => part === "cues"));
    await page.reload();
    await hook(page, "debrief").waitFor();
    assert.deepEqual(await Promise.all(parts.map((part) => isOpen(page, part))), parts.map((part) => part === "cues"), "printing is not opening");
    await finish();
  });

  test("what is folded is on the page for a browser's own search", { timeout: 120000 }, async () => {
    const { page, finish } = await debriefed(desktop);
    const text = await page.locator("details.fold").evaluateAll((all) => all.map((each) => each.textContent).join(" "));
    for (const part of [SAID[3], "133 role plays", "Markdown"]) assert.ok(text.includes(part), part);
    await finish();
  });

  test("each opening says what became of it, and leads to the line where it was said", { timeout: 120000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device: small });
    const session = await startCase(page, server, "career_plateau");
    // The opening offers "I feel nothing"; it is come back to in the sixth message only.
    for (const text of ["Hello.", "What is a good day like?", "Who else knows about this?", "What does your week look like?", "And what else?", "You said that you feel nothing.", "What would you like?"])
      await sayAndWait(page, text);
    await end(page, session);
    await rate(page, 3);
    await fold(page, "cues").click();
    const late = hook(page, "cues-late").locator(".cue");
    assert.equal(await late.count(), 1);
    assert.match(await late.innerText(), /I feel nothing/);
    await late.getByRole("link", { name: "You came back to it in message 6" }).waitFor();
    assert.match(await fold(page, "cues").innerText(), /1 late/);
    await page.getByText("When does one count as picked up?").click();
    await page.getByText(/one of your next four messages/).waitFor();
    for (const cue of await page.locator(".cue").all()) assert.ok((await cue.getByRole("link", { name: /^See where Marian said it/ }).count()) === 1);
    await late.getByRole("link", { name: /in the opening/ }).click();
    await assertFocus(page, ".exchange.here");
    assert.match(await page.locator(".exchange.here").innerText(), /I feel nothing/);
    await finish();
  });

  test("it speaks plainly, and where a figure comes from is a tap away", { timeout: 120000 }, async () => {
    const { page, finish } = await debriefed(small);
    const headline = hook(page, "measure-telling_share");
    await headline.getByText("Telling").tap();
    await headline.getByText(/A study of 133 role plays/).waitFor();
    await headline.getByText("Telling").tap();
    await hook(page, "open-all").click();
    const seen = await hook(page, "debrief").innerText();
    assert.doesNotMatch(seen, /MITI|AnnoMI|ICF|PCC|This time: |\b\w+_\w+\b/);
    const listed = hook(page, "fold-measures");
    await listed.getByText("Where this comes from").first().click();
    await listed.getByText(/A study of 133 role plays/).first().waitFor();
    await finish();
  });
});

describe("trying again after the end", () => {
  for (const device of [small, desktop])
    test(`the first try stays, with what was thought of it, beside the second: ${device.name}`, { timeout: 180000 }, async () => {
      const { page, finish, session } = await debriefed(device);
      assert.equal(await hook(page, "tries").count(), 0, "there is one");
      await hook(page, "try-again").click();
      await sayAgain(page, "You sound torn between the two.");
      await page.goto(`${server.url}/#/debrief/${session}`);
      await hook(page, "tries-compared").waitFor();
      assert.equal(await hook(page, "own-view").count(), 0, "nothing was said of what is open again");
      const row = (name) => hook(page, "tries-compared").getByRole("row", { name }).getByRole("cell").allInnerTexts();
      assert.deepEqual(await row("In your own view"), ["Not very well", "not said"]);
      assert.equal((await row("How it ended"))[1], "not ended yet");

      await end(page, session);
      await hook(page, "estimate").waitFor();
      assert.equal(await page.locator("[data-testid=estimate] select").count(), 0, "asked anew, and only the one thing");
      assert.equal(await hook(page, "went").getByRole("radio", { checked: true }).count(), 0);
      await rate(page, 5);
      await hook(page, "tries-compared").waitFor();
      assert.match(await hook(page, "own-view").innerText(), /very well/);
      assert.deepEqual(await row("In your own view"), ["Not very well", "Very well"]);
      const [before, now] = await row("Advice unasked");
      assert.ok(Number(before) > Number(now), `${before}, then ${now}`);
      // What one came back for comes first, and is not said again in what followed.
      const moment = hook(page, "that-moment");
      assert.ok(await moment.evaluate((card) => card.previousElementSibling.matches("header")), "before all else");
      const tries = moment.locator(".try");
      assert.match(await tries.nth(0).innerText(), /Your first try[^]*sabbatical[^]*Advice[^]*down[^]*Marian:/i);
      assert.match(await tries.nth(1).innerText(), /This time[^]*You sound torn[^]*Reflection[^]*Marian:/i);
      await hook(page, "tries-compared").getByText("the first 6 are the same in both").waitFor();
      await hook(page, "tries-compared").getByText("What followed, message by message").click();
      const followed = await hook(page, "compare").innerText();
      assert.ok(!/sabbatical|You sound torn/.test(followed) && followed.includes(SAID.at(-1)), followed);
      await assertAccessible(page, "two tries");
      await assertNoSidewaysScroll(page, "two tries");
      await picture(page, `after-two-tries-${device.name}`);

      await hook(page, "tries").getByRole("link", { name: "Your first try" }).click();
      await page.locator("[data-testid=tries] a[aria-current]", { hasText: "Your first try" }).waitFor();
      assert.match(await hook(page, "own-view").innerText(), /not very well/);
      assert.match(await hook(page, "measure-telling_share").innerText(), /[1-9]\d* of 8/);
      assert.equal(await hook(page, "try-again").count(), 0, "what was set aside cannot be tried again");
      await fold(page, "transcript").click();
      assert.match(await hook(page, "transcript").innerText(), /sabbatical/);
      assert.doesNotMatch(await hook(page, "transcript").innerText(), /torn between the two/);
      await page.locator(".best a").click();
      await assertFocus(page, ".exchange.here");
      assert.match(await hook(page, "own-view").innerText(), /not very well/, "still the first try");
      await page.reload();
      await hook(page, "own-view").waitFor();
      assert.match(await hook(page, "own-view").innerText(), /not very well/);
      await hook(page, "tries").getByRole("link", { name: "After trying again" }).click();
      await hook(page, "tries-compared").waitFor();
      await finish();
    });

  test("a try that breaks off early is about its moment, and not about its end", { timeout: 120000 }, async () => {
    const { page, finish, session } = await debriefed(desktop);
    await page.goto(`${server.url}/#/talk/${session}/2`);
    assert.ok((await hook(page, "again").innerText()).includes(SAID[1]), "what was said first stands there");
    await sayAgain(page, "You sound torn between the two.");
    await hook(page, "tried-again").waitFor();
    await end(page, session);
    await hook(page, "last-words").waitFor();
    await rate(page, 4);
    await page.getByRole("heading", { name: "You stopped after message 2" }).waitFor();
    assert.equal(await page.locator(".ending details[open]").count(), 0, "how such a short one counts is there for who wants it");
    assert.deepEqual(await hook(page, "tries-compared").getByRole("rowheader").allInnerTexts(), ["In your own view"]);
    await assertAccessible(page, "a short try");
    await finish();
  });

  test("the guess made before an end stays with that end", { timeout: 120000 }, async () => {
    const { page, finish } = await openWindow(browser, server);
    const session = await startCase(page, server, "career_plateau");
    await sayAndWait(page, "What brings you here?");
    await sayAndWait(page, "You should rest.");
    await hook(page, "end").click();
    await page.locator("#guess").fill("2");
    await hook(page, "confirm-end").click();
    await page.goto(`${server.url}/#/debrief/${session}`);
    await rate(page, 3);
    await page.getByText("You had guessed 2.").waitFor();
    await page.goto(`${server.url}/#/talk/${session}/2`);
    await sayAgain(page, "It sounds heavy.");
    await hook(page, "end").click();
    assert.equal(await page.locator("#guess").inputValue(), "", "a new guess");
    await page.locator("#guess").fill("0");
    await hook(page, "confirm-end").click();
    await page.goto(`${server.url}/#/debrief/${session}`);
    await rate(page, 4);
    await page.getByText("You had guessed 0.").waitFor();
    await hook(page, "tries").getByRole("link", { name: "Your first try" }).click();
    await page.getByText("You had guessed 2.").waitFor();
    await finish();
  });
});

describe("the first page", () => {
  test("a phone shows cases early, each with what it is about; ten minutes find something", { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device: small });
    await page.goto(server.url);
    await hook(page, "today").waitFor();
    await page.getByRole("button", { name: "I have read this" }).click();
    const top = await page.locator("#cases-title").evaluate((heading) => heading.getBoundingClientRect().top + scrollY);
    assert.ok(top < 1.5 * small.viewport.height, `cases begin at ${top}`);
    await unfoldCases(page);
    for (const card of await page.locator("[aria-labelledby=cases-title] li.case").all()) assert.match(await card.locator(".about").innerText(), /^.{15,100}$/);
    await page.getByText("stop at any time, everything is saved").waitFor();
    const links = await page.locator("li.case h3 a").evaluateAll((all) => all.map((link) => link.textContent));
    assert.deepEqual(links, [...new Set(links)], "no two links of one name");
    for (const name of links) assert.match(name, /, (Coaching|Mentoring|Exercise|Both ways)$/);
    await hook(page, "filter-minutes").selectOption("10");
    await page.waitForFunction(() => !document.querySelector("#cases-title"));
    assert.ok((await page.locator("[aria-labelledby=drills-title] li.case").count()) >= 5, "exercises are short enough");
    // Why there is no case is said, with what would show some.
    assert.match(await hook(page, "none-fit").innerText(), /^No case takes 10 minutes or less; the shortest takes (\d+)\.\s+Show \d+ cases: \1 minutes or less$/);
    assert.equal(await hook(page, "none-fit").evaluate((said) => said.parentElement.role), "status");
    await assertAccessible(page, "home, no case that short");
    await assertNoSidewaysScroll(page, "home, no case that short");
    await picture(page, "home-none-fit");
    await hook(page, "none-fit").getByRole("button").click();
    await page.locator("#cases-title").waitFor();
    assert.notEqual(await hook(page, "filter-minutes").inputValue(), "10");
    await assertFocus(page, "[role=group]");
    await hook(page, "filter-minutes").selectOption("10");
    await hook(page, "none-fit").waitFor();
    await openCard(page, "case-open_it_up");
    await hook(page, "start").waitFor();
    await page.goBack();
    await hook(page, "filter-minutes").waitFor();
    assert.equal(await hook(page, "filter-minutes").inputValue(), "10", "still chosen");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("button", { name: /^Exercises \(\d+\)$/ }).click();
    await assertFocus(page, "#drills-title");
    await assertAccessible(page, "home");
    await assertNoSidewaysScroll(page, "home");
    await finish();
  });

  test("what was done is marked, how often and when last, and what is begun", { timeout: 120000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device: phone });
    await page.goto(server.url);
    assert.equal(await hook(page, "done").count(), 0);
    const talkOnce = async (ended, marked) => {
      const session = await startCase(page, server, "career_plateau");
      await sayAndWait(page, "What brings you here?");
      if (ended) await end(page, session);
      await page.goto(server.url);
      await unfoldCases(page);
      await hook(page, "case-career_plateau").getByTestId("done").filter({ hasText: marked }).waitFor();
    };
    await talkOnce(false, /^Begun, and waiting for you$/);
    await talkOnce(true, /Done once, on \d{1,2} \p{L}+ \d{4}/u);
    await talkOnce(true, /Done 2 times, last on/);
    assert.equal(await hook(page, "done").count(), 1, "and nothing else is");
    await openCard(page, "case-career_plateau");
    await page.getByText("You can stop at any time").waitFor();
    await finish();
  });
});
