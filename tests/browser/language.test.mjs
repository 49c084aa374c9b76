// SPDX-License-Identifier: Apache-2.0
// The whole way in French, on a desktop and on a phone, asked for by the browser and chosen among the settings: no English is
// left where the page speaks, what the case says is marked with its own language, and changing the language loses nothing.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { withMadeCases } from "../wire/made.mjs";
import {
  assertAccessible, assertNoSidewaysScroll, desktop, hook, lost, openCard, openWindow, ownWords, phone, picture, rate, sayAndWait, sessionOf, startCase, unfoldDebrief,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

const offline = [...lost, /error occurred when fetching the script/];
async function oneRefused() {
  const folder = await withMadeCases();
  const text = await readFile(`${folder}/dialogues/coaching/career_plateau.json`, "utf8");
  await writeFile(`${folder}/dialogues/coaching/refused.json`, text.replace(/"id":\s*"career_plateau"/, '"id": "refused"').replace(/"minutes":\s*\d+/, '"minutes": "thirty"'));
  return folder;
}
serve({ content: oneRefused });

/** What the texts of a language say, in pieces between what is filled in and marked, in lower case. */
function piecesOf(language) {
  const written = fileURLToPath(new URL(`../../web/messages/${language}/`, import.meta.url));
  const texts = readdirSync(written).flatMap((name) => Object.values(JSON.parse(readFileSync(written + name, "utf8"))));
  return texts.flatMap((text) =>
    text
      .replace(/<\/?\w+>|\{\w+(, number[^}]*)?\}/g, "\n")
      .replace(/\{\w+, (plural|select),|(=\d+|\w+) \{/g, "\n")
      .split(/[\n{}#]/)
      .map((piece) => piece.trim().replace(/^[.,;:()·]+|[.,;:()·]+$/g, "").trim().toLowerCase()),
  );
}

// Most pieces are nowhere in it, which is told sooner without an expression.
const contains = (text, piece) => text.includes(piece) && new RegExp(`(?<![\\p{L}\\p{N}])${piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "u").test(text);

/**
 * What gives one language away where the other is spoken: pieces of its texts that the other does not use, and its small words.
 * Where a word may be in both, only what is a whole piece, or more than one word of it, does: a case says "part" in English, and
 * the title and the names for assistive technology hold words of the case that cannot be marked there, "Note : Open question".
 */
function givingAway(own, other, { smallWords, single }) {
  const others = piecesOf(other).join("\n");
  const pieces = [...new Set(piecesOf(own))].filter((piece) => piece.length >= 4 && !contains(others, piece));
  return ({ text, attribute }) => {
    const low = text.toLowerCase();
    const piece = pieces.find((each) => each === low || ((each.includes(" ") || (single && !attribute)) && contains(low, each)));
    return piece ?? (attribute ? null : (smallWords.exec(text)?.[0] ?? null));
  };
}
const english = givingAway("en", "fr", {
  smallWords: /(?<!\p{L})(the|and|of|you|your|with|what|this|that|they|their|from|when|how|not|is|are|it|to|for)(?!\p{L})/iu,
  single: true,
});
const french = givingAway("fr", "en", { smallWords: /(?<!\p{L})(vous|votre|vos|une|des|les|avec|dans|pour|est|sont|et)(?!\p{L})/iu, single: false });

/** Everything that is read or heard, by the language that it is said to be in. */
const spoken = (page) =>
  page.evaluate(() => {
    const said = [{ lang: document.documentElement.lang, text: document.title, attribute: true }];
    const say = (element, text, attribute) => {
      if (text.trim() !== "") said.push({ lang: element.closest("[lang]").getAttribute("lang"), text: text.trim(), attribute });
    };
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    // Identifiers in <code> are nobody's language.
    while (nodes.nextNode()) if (!nodes.currentNode.parentElement.closest("code, script, noscript")) say(nodes.currentNode.parentElement, nodes.currentNode.textContent, false);
    const names = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"];
    for (const element of document.body.querySelectorAll("*")) for (const name of names) if (element.hasAttribute(name)) say(element, element.getAttribute(name), true);
    return said;
  });

/** What of the page is in English, and what is marked as English and is the page's. */
async function strayed(page, where) {
  const said = await spoken(page);
  const told = (lang, gives, as) => said.filter((one) => one.lang === lang && gives(one)).map((one) => `${where}: ${as}: ${one.text} (${gives(one)})`);
  const unknown = [...new Set(said.map(({ lang }) => lang))].filter((lang) => !["en", "fr"].includes(lang)).map((lang) => `${where}: no language of ours: ${lang}`);
  return [...told("fr", english, "English, said to be French"), ...told("en", french, "French, said to be English"), ...unknown];
}

const assertFrench = async (page, where) => assert.deepEqual(await strayed(page, where), []);

/** What these elements say is there, and said to be in the language of the case; what only those hear who do not see belongs to the page. */
async function assertOfTheCase(page, selector) {
  const said = await page.evaluate(
    (wanted) =>
      [...document.querySelectorAll(wanted)].map((element) => {
        const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const languages = new Set();
        while (nodes.nextNode()) {
          const { parentElement: parent, textContent } = nodes.currentNode;
          if (textContent.trim() !== "" && !parent.closest(".unseen")) languages.add(parent.closest("[lang]").getAttribute("lang"));
        }
        return `${[...languages].join(" ")}: ${element.textContent.slice(0, 60)}`;
      }),
    selector,
  );
  assert.ok(said.length > 0, `there is something in ${selector}`);
  assert.deepEqual(said.filter((one) => !one.startsWith("en: ")), [], selector);
}

async function openEverything(page) {
  for (const closed of [hook(page, "note").locator("button.note-head[aria-expanded=false]"), page.locator("details:not([open]) > summary:visible")])
    while ((await closed.count()) > 0) await closed.first().click();
}

const goTo = async (page, address, id) => {
  await page.goto(`${server.url}/#/${address}`);
  await hook(page, id).waitFor();
};

for (const device of [desktop, phone])
  test(`the whole way in French, as the browser asks: ${device.name}`, { timeout: 300000 }, async () => {
    const { page, check, finish } = await openWindow(browser, server, { device, locale: "fr-FR" });
    const found = [];
    const look = async (where) => {
      assert.equal(await page.evaluate(() => document.documentElement.lang), "fr", where);
      found.push(...(await strayed(page, where)));
      for (const size of [device.viewport, { width: 320, height: 640 }]) {
        await page.setViewportSize(size);
        await assertNoSidewaysScroll(page, `${where}, ${size.width} px`);
        await assertAccessible(page, `${where}, ${size.width} px`, { colours: false });
        await picture(page, `french-${device.name}-${size.width}-${where.replace(/\W+/g, "-")}`);
      }
      await page.setViewportSize(device.viewport);
    };

    await page.goto(server.url);
    await hook(page, "case-career_plateau").waitFor();
    await look("cases");
    await page.getByRole("button", { name: "J’ai lu ce qui précède" }).click();
    await openCard(page, "case-career_plateau");
    await hook(page, "start").waitFor();
    await assertOfTheCase(page, "h1, .stages-told, .skills li");
    await look("brief");
    await hook(page, "start").click();
    await hook(page, "say").waitFor();
    await look("opening");

    const said = ["What brings you here?", "You should talk to HR. Or is it the money? And why now?", "It sounds hard.", "I want to kill myself.", "bananas"];
    for (const text of said) await sayAndWait(page, text);
    const session = sessionOf(page);
    await assertOfTheCase(page, ".bubble.own, .bubble.character, .bubble.guide");
    await hook(page, "hint").click();
    for (let step = 0; step < 2; step++) await hook(page, "hint-card").getByRole("button").click();
    await openEverything(page);
    await look("conversation with everything open");
    await hook(page, "dispute").first().click();
    await hook(page, "dispute-form").waitFor();
    await hook(page, "dispute-note").fill("Le service connaît les règles.");
    await look("a label seen differently");
    assert.equal(await hook(page, "dispute-note").inputValue(), "Le service connaît les règles.", "the window may turn");
    await hook(page, "dispute-send").click();
    await hook(page, "dispute-view").waitFor();
    await look("and kept");
    await hook(page, "retake").nth(1).click();
    await page.locator("details.aside").first().waitFor();
    await sayAndWait(page, "On paper it has all gone well, and you feel nothing.");
    await page.locator("details.aside summary").first().click();
    await hook(page, "beside").first().click();
    await hook(page, "compare").waitFor();
    await hook(page, "say").fill("x".repeat(4001));
    await look("two tries side by side, and a message that is too long");
    await hook(page, "say").fill("");
    await hook(page, "end").click();
    await hook(page, "confirm-end").waitFor();
    await look("ending");
    await hook(page, "confirm-end").click();
    await hook(page, "estimate").waitFor();
    await hook(page, "rate").click();
    await page.getByRole("alert").waitFor();
    await look("estimate");
    await rate(page);
    await unfoldDebrief(page);
    await openEverything(page);
    await assertOfTheCase(page, "[data-testid=transcript] .bubble");
    await look("debrief");
    await goTo(page, `talk/${session}`, "to-debrief");
    await look("after the end");

    await goTo(page, "case/three_things", "start");
    await look("brief of an exercise");
    await hook(page, "start").click();
    await hook(page, "say").waitFor();
    await sayAndWait(page, "What is it like?");
    await look("exercise");
    await sayAndWait(page, "Is it bad?");
    await hook(page, "say").fill("Is it good?");
    await hook(page, "send").click();
    await hook(page, "drill-ended").waitFor();
    await look("exercise done");

    await goTo(page, "contrast/two_hats", "start-coaching");
    await look("both ways");
    await hook(page, "start-coaching").click();
    await hook(page, "say").waitFor();
    await sayAndWait(page, "You should take a week off.");
    await look("question of the guide");
    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await rate(page);
    await hook(page, "start-other").waitFor();
    await look("between the two");
    await hook(page, "start-other").click();
    await hook(page, "say").waitFor();
    await sayAndWait(page, "What would you like to hear about?");
    await look("mentoring");
    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await rate(page);
    await hook(page, "to-compare").click();
    await hook(page, "compare-page").waitFor();
    await look("comparison");

    await startCase(page, server, "stuck_manager");
    await goTo(page, "", "case-career_plateau");
    await openEverything(page);
    await look("cases with conversations");
    await goTo(page, "progress", "progress");
    await openEverything(page);
    await look("progress");
    await goTo(page, "settings", "settings");
    await look("settings");
    await goTo(page, "trainers", "findings");
    await page.getByText("refused.json").waitFor();
    await look("trainers");
    for (const [address, where] of [["no-such-place", "nowhere"], ["case/none", "no such case"], ["contrast/none", "no such comparison"], ["talk/00000000-0000-4000-8000-000000000000", "no such conversation"], ["debrief/00000000-0000-4000-8000-000000000000", "no such debrief"]]) {
      await page.goto(`${server.url}/#/${address}`);
      await page.getByRole("alert").waitFor();
      await look(where);
    }
    assert.deepEqual(found, []);
    await check();
    await finish();
  });

const languages = (page) => hook(page, "language").getByRole("radio");

test("chosen among the settings by keyboard: at once, with the focus where it was, and kept", { timeout: 60000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server);
  await goTo(page, "settings", "settings");
  assert.equal(await page.locator("h1").innerText(), "Settings");
  assert.deepEqual(await hook(page, "language").locator("span[lang]").evaluateAll((names) => names.map((name) => [name.lang, name.textContent])), [["en", "English"], ["fr", "Français"]]);
  await languages(page).first().focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { level: 1, name: "Réglages" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "fr");
  assert.match(await page.title(), /^Réglages · /);
  await page.waitForFunction(() => document.activeElement?.value === "fr");
  assert.equal(await languages(page).nth(1).isChecked(), true);
  await assertFrench(page, "settings");
  await page.goto(server.url);
  await hook(page, "case-career_plateau").waitFor();
  await assertFrench(page, "cases");
  await page.reload();
  await hook(page, "case-career_plateau").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "fr", "after a reload");
  const second = await openWindow(browser, server, { context });
  await goTo(second.page, "settings", "settings");
  assert.equal(await second.page.locator("h1").innerText(), "Réglages", "and in another window");
  await second.finish();
  await goTo(page, "settings", "settings");
  await languages(page).first().check();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await finish();
});

test("what was chosen counts more than what the browser asks for; what is not there is English", { timeout: 60000 }, async () => {
  const chosen = await openWindow(browser, server, { locale: "fr-FR" });
  await goTo(chosen.page, "settings", "settings");
  await languages(chosen.page).first().check();
  await chosen.page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await chosen.page.reload();
  await hook(chosen.page, "settings").waitFor();
  assert.equal(await chosen.page.locator("h1").innerText(), "Settings");
  await chosen.finish();
  for (const [locale, lang] of [["fr-CA", "fr"], ["cy-GB", "en"]]) {
    const { page, finish } = await openWindow(browser, server, { locale });
    await goTo(page, "settings", "settings");
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang, locale);
    await finish();
  }
});

for (const device of [desktop, phone])
  test(`changed in the middle of a conversation, nothing typed is lost: ${device.name}`, { timeout: 60000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    const session = await startCase(page, server, "career_plateau");
    await sayAndWait(page, "What brings you here?");
    await hook(page, "say").fill("It sounds as if you");
    const before = await hook(page, "log").locator(".bubble.character").allInnerTexts();
    await goTo(page, "settings", "settings");
    await languages(page).nth(1).check();
    await page.getByRole("heading", { level: 1, name: "Réglages" }).waitFor();
    await page.goBack();
    await hook(page, "say").waitFor();
    assert.equal(sessionOf(page), session);
    await assertFrench(page, "conversation");
    assert.equal(await hook(page, "say").inputValue(), "It sounds as if you");
    assert.deepEqual(await ownWords(page), ["What brings you here?"]);
    assert.equal((await hook(page, "log").locator(".bubble.character").allInnerTexts()).length, before.length);
    await hook(page, "say").pressSequentially(" feel stuck.");
    await hook(page, "send").click();
    await page.waitForFunction(() => document.querySelectorAll("[data-testid=log] .mine .saved").length === 2);
    assert.deepEqual(await ownWords(page), ["What brings you here?", "It sounds as if you feel stuck."]);
    await finish();
  });

test("the texts are kept for when there is no connection, those of the other language too", { timeout: 60000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { locale: "fr-FR", expected: offline });
  await page.goto(server.url);
  await hook(page, "case-career_plateau").waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.setOffline(true);
  await page.goto(`${server.url}/#/settings`);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Réglages" }).waitFor();
  await languages(page).first().check();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await finish();
});

test("a language that cannot be fetched is said, and the page stays as it is", { timeout: 60000 }, async () => {
  const { page, context, finish } = await openWindow(browser, server, { expected: offline });
  await context.route(/\/(assets\/fr_[^/]*|sw\.js)$/, (route) => route.abort("internetdisconnected"));
  await goTo(page, "settings", "settings");
  await languages(page).nth(1).click();
  await page.getByRole("alert").waitFor();
  assert.equal(await page.locator("h1").innerText(), "Settings");
  assert.equal(await languages(page).first().isChecked(), true, "what is shown is what is chosen");
  await finish();
});
