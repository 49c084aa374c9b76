// SPDX-License-Identifier: Apache-2.0
// What WCAG 2.2 added, as far as no other file looks at it: 2.5.7 dragging movements, 3.2.6 consistent help, 3.3.7 redundant
// entry, 3.3.8 accessible authentication. 2.4.11 (focus not obscured) and 2.5.8 (target size) are for states.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, hook, lost, openCard, openWindow, phone, sayAndWait, startCase, unfoldDebrief } from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

const MESSAGES = ["What brings you here?", "It sounds hard.", "What will you do first?"];
const PLACES = ["", "case/career_plateau", "contrast/career_plateau", "progress", "trainers", "settings", "nowhere"];

const visit = async (page, place) => {
  await page.goto(`${server.url}/#/${place}`);
  await page.locator("main h1").first().waitFor();
  await page.waitForLoadState("networkidle");
};

/** From the list of cases to the debrief; `at` is told of every step of it. */
async function practise(page, at) {
  await page.goto(server.url);
  await hook(page, "today").waitFor();
  await at("cases");
  await openCard(page, "case-career_plateau");
  await hook(page, "start").waitFor();
  await at("brief");
  await hook(page, "start").click();
  await hook(page, "say").waitFor();
  await at("conversation");
  for (const text of MESSAGES) await sayAndWait(page, text);
  await hook(page, "end").click();
  await page.locator("#guess").fill("2");
  await at("ending");
  await hook(page, "confirm-end").click();
  await hook(page, "estimate").waitFor();
  await at("estimate");
  await hook(page, "went").getByRole("radio").nth(3).check();
  await hook(page, "rate").click();
  await unfoldDebrief(page);
  await at("debrief");
}

for (const device of [desktop, phone])
  test(`2.5.7: nothing needs a drag, for nothing listens to one: ${device.name}`, { timeout: 120000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    await page.addInitScript(() => {
      window.dragged = [];
      const { addEventListener: add } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        // What drives the page looks where its pointer is, at the window.
        if (this instanceof Node && /^(drag|drop)|^(pointer|mouse|touch)move$/.test(type)) window.dragged.push(`${type} on ${this.className ?? this.nodeName}`);
        return add.call(this, type, ...rest);
      };
    });
    const look = async (where) => {
      const found = await page.evaluate(() => [...window.dragged, ...[...document.querySelectorAll("[draggable=true], input[type=range]")].map((each) => each.outerHTML.slice(0, 90))]);
      assert.deepEqual(found, [], where);
    };
    await practise(page, look);
    for (const place of PLACES) {
      await visit(page, place);
      await look(place);
    }
    await finish();
  });

for (const device of [desktop, phone])
  test(`3.2.6: what leads on stands in one place on every page: ${device.name}`, { timeout: 90000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device });
    const session = await startCase(page, server, "career_plateau");
    const top = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("header.top :is(a, button)")]
          .filter((each) => each.checkVisibility())
          .map((each) => {
            const { left, top: from } = each.getBoundingClientRect();
            return `${each.textContent || each.ariaLabel} at ${Math.round(left)}, ${Math.round(from + scrollY)}`;
          }),
      );
    // Help is offered nowhere else: were it on some pages, it would have to be on all, in this one place.
    const elsewhere = () => page.getByRole("main").getByRole("link", { name: /\b(help|contact|support)\b/i }).count();
    await visit(page, "");
    const first = await top();
    assert.ok(first.length >= 5, first.join(", "));
    for (const place of [...PLACES, `talk/${session}`]) {
      await visit(page, place);
      assert.deepEqual(await top(), first, place);
      assert.equal(await elsewhere(), 0, place);
    }
    await finish();
  });

test("3.3.7: nothing is asked twice on the way from the list of cases to the debrief", { timeout: 90000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  const asked = new Map();
  await practise(page, async (where) => {
    const form = ["ending", "estimate"].includes(where) ? page.locator("dialog form, form.estimate") : page.locator("main");
    const questions = await form.evaluateAll((all) =>
      all.flatMap((each) =>
        [...each.querySelectorAll("input, select, textarea, fieldset")]
          .filter((field) => !field.matches("fieldset input, [data-testid=say]") && field.checkVisibility())
          .map((field) => field.querySelector("legend")?.textContent ?? field.ariaLabel ?? field.labels?.[0]?.textContent ?? field.id),
      ),
    );
    if (where === "ending") assert.equal(questions.length, 1);
    if (where === "estimate") assert.equal(questions.length, 3);
    for (const question of questions) {
      assert.equal(asked.get(question), undefined, `"${question}" is asked in the ${where}`);
      asked.set(question, where);
    }
  });
  // What was given is shown where it is needed again.
  assert.match(await hook(page, "own-view").innerText(), /well/i);
  assert.match(await hook(page, "debrief").innerText(), /You had guessed 2/);

  // Tried again, it is only asked how that went; what was chosen for the first end stays chosen.
  await hook(page, "try-again").click();
  await sayAndWait(page, "What matters most to you?");
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await hook(page, "estimate").waitFor();
  assert.equal(await hook(page, "estimate").locator("select").count(), 0);
  await finish();
});

test("3.3.8: nobody has to remember, copy or solve anything to come in, or to come in again", { timeout: 60000 }, async () => {
  // With the old cookie gone, the line is refused once.
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  const fields = () => page.locator("input[type=password], [autocomplete*=password], [autocomplete=one-time-code], img[alt*=aptcha], iframe").count();
  for (const again of [false, true]) {
    if (again) await context.clearCookies();
    await page.goto("about:blank");
    const [request] = await Promise.all([page.waitForRequest("**/api/sign-in"), page.goto(server.url)]);
    assert.equal(request.postData(), "{}", "the browser says nothing that anybody would have to know");
    assert.equal((await request.response()).status(), 200);
    await hook(page, "today").waitFor();
    assert.equal(await fields(), 0);
    await hook(page, "today").getByRole("link").click();
    await hook(page, "start").click();
    await hook(page, "say").waitFor();
    assert.equal(await fields(), 0);
  }
  await finish();
});
