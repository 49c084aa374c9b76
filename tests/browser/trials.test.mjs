// SPDX-License-Identifier: Apache-2.0
// What stood in the way of people who met the practice room without having read about it: the order in which a conversation is
// read, buttons without a place, the way back to a moment, hints out of sight, a page that goes blank, words in two windows.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withMadeCases } from "../wire/made.mjs";
import {
  assertAccessible, assertFocus, assertNoSidewaysScroll, desktop, heardText, hook, openWindow, ownWords, phone, picture, rate, sayAndWait, startCase, unfoldNotes, waitForSaved,
} from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

const small = { ...phone, viewport: { width: 360, height: 740 } };
const TALK = ["What brings you here?", "You should talk to HR.", "It sounds as if something has gone flat.", "What else?"];
serve({ content: withMadeCases });

async function endAndRate(page) {
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await rate(page);
  await hook(page, "debrief").waitFor();
}

/** What can be pressed, as assistive technology names it. */
async function names(page, scope) {
  const client = await page.context().newCDPSession(page);
  await client.send("Accessibility.enable");
  const { result } = await client.send("Runtime.evaluate", { expression: `document.querySelector(${JSON.stringify(scope)})` });
  const { node } = await client.send("DOM.describeNode", { objectId: result.objectId });
  const { nodes } = await client.send("Accessibility.queryAXTree", { backendNodeId: node.backendNodeId });
  await client.detach();
  const pressed = ["button", "textbox", "combobox", "radio", "DisclosureTriangle", "note"];
  return nodes.filter(({ ignored, role }) => !ignored && pressed.includes(role?.value)).map(({ role, name }) => ({ role: role.value, name: name?.value ?? "" }));
}

for (const device of [desktop, small])
  describe(`on a ${device.name}`, () => {
    test("the answer is read right after the message, the note after both, and it reads the same in the debrief", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      for (const text of TALK.slice(0, 2)) await sayAndWait(page, text);
      await unfoldNotes(page);
      const order = (where) =>
        hook(page, where).evaluate((log) =>
          [...log.querySelectorAll(".bubble, [data-testid=note], [data-testid=retake], [data-testid=own-note]")].map((each) =>
            each.matches(".own") ? "message" : each.matches(".character") ? "answer" : "attached",
          ),
        );
      for (const where of ["log", "transcript"]) {
        if (where === "transcript") await endAndRate(page);
        const told = (await order(where)).join(" ").replace(/answer( answer)+/g, "answer").replace(/attached( attached)+/g, "attached");
        // After the end there is a last word.
        assert.equal(told.replace(/(attached) answer$/, "$1"), "answer message answer attached message answer attached", where);
      }
      await page.goBack();
      await hook(page, "to-debrief").waitFor();
      // What is heard first is also above, or beside.
      const places = await page.locator(".log > .exchange").nth(1).evaluate((exchange) =>
        [".bubble.own", ".bubble.character", ".attached"].map((part) => {
          const { top, left, right } = exchange.querySelector(part).getBoundingClientRect();
          return { top, left, right };
        }),
      );
      const [message, answer, attached] = places;
      assert.ok(message.top < answer.top);
      if (device === desktop) assert.ok(attached.left > message.right && attached.top <= message.top + 1, "the note stands in the margin, beside its message");
      else assert.ok(attached.top > answer.top, "the note comes after the answer");
      await finish();
    });

    test("whatever can be pressed about a message says which message that is", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      for (const text of TALK.slice(0, 3)) await sayAndWait(page, text);
      await unfoldNotes(page);
      for (const summary of await page.locator(".attached summary").all()) await summary.click();
      for (const [index, button] of (await hook(page, "dispute").all()).reverse().entries()) if (index < 2) await button.click();
      for (const [index, attached] of (await page.locator(".log > .exchange > .attached").all()).entries()) {
        await attached.evaluate((each, id) => each.setAttribute("data-nth", id), index + 1);
        const found = await names(page, `[data-nth="${index + 1}"]`);
        assert.ok(found.length > 7, JSON.stringify(found));
        // What is chosen or filled in within a group or form that has the name is found in it.
        const bare = found.filter(({ role, name }) => !name.includes(`message ${index + 1}`) && role !== "radio" && role !== "combobox" && !(role === "textbox" && name.startsWith("Why")));
        assert.deepEqual(bare, [], `message ${index + 1}`);
      }
      await hook(page, "retake").nth(1).click();
      await page.locator("details.aside").waitFor();
      await page.locator("details.aside summary").first().click();
      await page.locator("details.aside").evaluate((each) => each.setAttribute("data-nth", "aside"));
      const aside = (await names(page, '[data-nth="aside"] .attached')).filter(({ name }) => !name.includes("message 2, first try"));
      assert.deepEqual(aside, []);
      await finish();
    });

    test("the moment again: one tap, and what one types is said there; or nothing is changed", { timeout: 120000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      const session = await startCase(page, server, "career_plateau");
      for (const text of TALK) await sayAndWait(page, text);
      await endAndRate(page);
      const link = hook(page, "try-again");
      const advised = await page.locator(".next-what").innerText();
      const number = Number(/message (\d+)/.exec(await page.getByRole("listitem").filter({ has: link }).innerText())[1]);
      const there = async () => {
        await hook(page, "again").waitFor();
        await assertFocus(page, "[data-testid=say]");
        assert.match(await hook(page, "again").innerText(), new RegExp(`back at message ${number}`));
        assert.deepEqual(await ownWords(page), TALK.slice(0, number - 1));
        const box = await hook(page, "say").boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= device.viewport.height, "the box is in sight");
        const line = await page.locator(".went-back").last().boundingBox();
        assert.ok(line.y >= 0 && line.y + line.height <= box.y, "and so is where the conversation stands");
        // What there is to try stands between the two, and covers neither.
        await hook(page, "advice").waitFor();
        await page.waitForFunction(() => document.querySelector("[data-testid=advice]").getBoundingClientRect().bottom <= document.querySelector(".composer").getBoundingClientRect().top + 1);
        const [advice, back] = [await hook(page, "advice").boundingBox(), await page.locator(".went-back").last().boundingBox()];
        assert.ok(back.y >= 0 && back.y + back.height <= advice.y, "in sight under where the conversation stands");
      };
      await link.click();
      await there();
      assert.ok((await hook(page, "advice").innerText()).includes(advised), "the advice of the debrief");
      assert.equal(await hook(page, "advice").evaluate((advice) => advice.parentElement.role), "status");
      assert.equal(await hook(page, "advice").locator(".quote").isVisible(), false, "an example only for whoever asks");
      await hook(page, "advice").getByText("Show an example").click();
      await hook(page, "advice").locator(".quote").waitFor();
      assert.match(await hook(page, "say").evaluate((box) => box.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)?.textContent).join(" ")), /You are back at message/);
      await assertAccessible(page, "a moment again");
      await assertNoSidewaysScroll(page, "a moment again");
      await picture(page, `trials-${device.name}-again`);

      // Left alone, all is as it was.
      await hook(page, "again").getByRole("button").click();
      await hook(page, "debrief").waitFor();
      await page.goto(`${server.url}/#/talk/${session}/${number === 1 ? 2 : 1}`);
      await hook(page, "again").waitFor();
      await page.waitForLoadState("networkidle");
      assert.equal(await hook(page, "advice").count(), 0, "it is about the one moment");
      await page.goto(`${server.url}/#/debrief/${session}`);
      await hook(page, "debrief").waitFor();
      assert.equal(await hook(page, "transcript").locator(".bubble.own").count(), TALK.length);
      assert.equal(await hook(page, "transcript").locator("details.aside").count(), 0);

      await hook(page, "try-again").click();
      await there();
      await page.reload();
      await there();
      await page.keyboard.insertText("What have you tried?");
      await page.reload();
      await there();
      assert.equal(await hook(page, "say").inputValue(), "What have you tried?", "what is half typed outlasts a reload");
      await page.keyboard.press("Enter");
      await waitForSaved(page, number);
      assert.deepEqual(await ownWords(page), [...TALK.slice(0, number - 1), "What have you tried?"]);
      assert.equal(await hook(page, "again").count(), 0);
      assert.equal(await hook(page, "advice").count(), 0);
      assert.equal(await hook(page, "say").inputValue(), "");
      await page.reload();
      await waitForSaved(page, number);
      assert.equal(await hook(page, "again").count(), 0, "the moment has been said differently");
      const exported = await page.evaluate(async (id) => (await fetch(`/export/${id}.md`)).text(), session);
      for (const text of [...TALK, "What have you tried?"]) assert.ok(exported.includes(text), text);
      await finish();
    });

    test("trying again from a message: one looks back first, and nothing changes until one sends", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      const session = await startCase(page, server, "career_plateau");
      for (const text of TALK) await sayAndWait(page, text);
      const exported = async () => (await page.evaluate(async (id) => (await fetch(`/export/${id}.md`)).text(), session)).split("\n## ").find((part) => part.startsWith("Conversation"));
      const before = await exported();
      const back = async () => {
        await hook(page, "retake").nth(1).click();
        await hook(page, "again").waitFor();
        await assertFocus(page, "[data-testid=say]");
        assert.match(await hook(page, "again").innerText(), /back at message 2\. Nothing changes until you send/);
        assert.deepEqual(await ownWords(page), TALK.slice(0, 1));
      };
      await back();
      await assertAccessible(page, "looking back");
      await picture(page, `trials-${device.name}-looking-back`);
      await hook(page, "again").getByRole("button").click();
      await hook(page, "again").waitFor({ state: "detached" });
      assert.deepEqual(await ownWords(page), TALK);
      assert.equal(await exported(), before, "nothing was changed");

      // The way back of the browser leaves it as well.
      await back();
      await page.goBack();
      await hook(page, "again").waitFor({ state: "detached" });
      assert.deepEqual(await ownWords(page), TALK);

      // From a conversation that has ended one comes back to it.
      await endAndRate(page);
      await page.goto(`${server.url}/#/talk/${session}`);
      await back();
      await hook(page, "again").getByRole("button").click();
      await hook(page, "to-debrief").waitFor();
      assert.deepEqual(await ownWords(page), TALK);

      await back();
      await hook(page, "say").fill("What have you tried?");
      await hook(page, "send").click();
      await waitForSaved(page, 2);
      assert.deepEqual(await ownWords(page), [TALK[0], "What have you tried?"]);
      assert.equal(await hook(page, "again").count(), 0);
      assert.equal(await page.locator("details.aside").count(), 1);
      await finish();
    });

    test("a hint asked for again goes on to its next step, in sight, and the focus stays", { timeout: 90000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      for (const text of TALK) await sayAndWait(page, text);
      const seen = async (where) => {
        await page.waitForTimeout(150);
        const { top, bottom, from, to } = await page.evaluate(() => {
          const card = [...document.querySelectorAll("[data-testid=hint-card]")].pop().getBoundingClientRect();
          return { top: card.top, bottom: card.bottom, from: document.querySelector(".stage-strip").getBoundingClientRect().bottom, to: document.querySelector(".composer").getBoundingClientRect().top };
        });
        assert.ok(top >= from && bottom <= to, `${where}: ${top} to ${bottom}, room from ${from} to ${to}`);
      };
      const ask = async () => {
        const { x, y, width, height } = await hook(page, "hint").boundingBox();
        await page.mouse.click(x + width / 2, y + height / 2);
      };
      const card = hook(page, "hint-card");
      for (const [back, steps] of [[0, 1], [60, 2], [400, 3], [100000, 3]]) {
        await page.evaluate((by) => scrollTo(0, document.documentElement.scrollHeight - innerHeight - by), back);
        await ask();
        await page.waitForFunction((wanted) => document.querySelectorAll("[data-testid=hint-card] dt").length === wanted, steps);
        await seen(`${back} px from the end`);
        await assertFocus(page, "[data-testid=hint]");
        assert.equal(await card.count(), 1, "the same place has one hint");
      }
      assert.match(await card.innerText(), /That is the whole hint/);
      // With much in the box there is less room.
      await hook(page, "say").fill("One\ntwo\nthree\nfour");
      await page.evaluate(() => scrollTo(0, 0));
      await ask();
      await seen("with a long draft");
      await assertAccessible(page, "the whole hint");
      await assertNoSidewaysScroll(page, "the whole hint");
      await picture(page, `trials-${device.name}-hint`);

      // Somewhere else it is another one, and its own button does the same.
      await hook(page, "say").fill("");
      await sayAndWait(page, "What else?");
      await ask();
      await page.waitForFunction(() => document.querySelectorAll("[data-testid=hint-card]").length === 2);
      assert.equal(await card.last().locator("dt").count(), 1);
      await card.last().getByRole("button").click();
      await ask();
      await page.waitForFunction(() => document.querySelectorAll("[data-testid=hint-card] dt").length === 6);
      assert.equal(await card.count(), 2);
      await finish();
    });

    test("a note of one's own opens in sight, however far down it stands", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      for (const text of TALK.slice(0, 2)) await sayAndWait(page, text);
      await hook(page, "own-note").last().locator("summary").click();
      await page.waitForTimeout(200);
      const note = await hook(page, "own-note").last().boundingBox();
      const composer = await page.locator(".composer").boundingBox();
      assert.ok(note.y >= 0 && note.y + note.height <= composer.y, `${note.y} to ${note.y + note.height}, above ${composer.y}`);
      await finish();
    });

    test("one's own message and its answer are in sight from wherever it was sent", { timeout: 60000 }, async () => {
      const { page, finish } = await openWindow(browser, server, { device });
      await startCase(page, server, "career_plateau");
      for (const text of TALK) await sayAndWait(page, text);
      await page.evaluate(() => scrollTo(0, 0));
      await hook(page, "say").evaluate((box) => box.focus({ preventScroll: true }));
      await page.evaluate(() => scrollTo(0, 0));
      await page.keyboard.insertText("What matters most?");
      await page.evaluate(() => scrollTo(0, 0));
      await hook(page, "say").evaluate((box) => box.form.requestSubmit());
      await waitForSaved(page, TALK.length + 1);
      await page.waitForTimeout(300);
      const { answer, composer } = await page.evaluate(() => ({
        answer: [...document.querySelectorAll(".log > .exchange .bubble.character")].pop().getBoundingClientRect().bottom,
        composer: document.querySelector(".composer").getBoundingClientRect().top,
      }));
      assert.ok(answer > 0 && answer <= composer, `${answer} above ${composer}`);
      await finish();
    });
  });

test("waiting takes nothing from what is half typed", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  await hook(page, "say").fill("Half a thou");
  await hook(page, "silence").click();
  await waitForSaved(page, 1);
  assert.equal(await hook(page, "say").inputValue(), "Half a thou");
  await finish();
});

test("a note without anything to add says what was heard, in a sentence", { timeout: 60000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  for (const text of ["What brings you here?", "What else is there?", "What do you make of it?", "What is it like?"]) await sayAndWait(page, text);
  const notes = await hook(page, "note").locator(".note-body").evaluateAll((all) => all.map((body) => body.querySelector("p")?.textContent ?? ""));
  assert.equal(notes.length, 4);
  for (const words of notes) assert.match(words, /\p{L}.*\.$/u);
  assert.ok(notes.some((words) => /This was heard as: .+\.( It helped, as the change below shows\.)?$/.test(words)), JSON.stringify(notes));
  await finish();
});

test("the map of stages stays where it is and as high as it is", { timeout: 120000 }, async () => {
  const { page, finish } = await openWindow(browser, server);
  await startCase(page, server, "career_plateau");
  for (const [size, text] of [[{ width: 1280, height: 800 }, ""], [{ width: 700, height: 900 }, ""], [{ width: 360, height: 740 }, ""], [{ width: 800, height: 900 }, "150"]]) {
    await page.setViewportSize(size);
    await page.evaluate((own) => (document.documentElement.dataset.text = own), text);
    // Each stage in turn is the one that the conversation is at.
    const shapes = await page.evaluate(() => {
      const strip = document.querySelector(".stage-strip");
      const stages = [...strip.querySelectorAll(".stage")];
      const purposes = [...strip.querySelectorAll(".stage-purpose")];
      const shape = () => JSON.stringify([strip.offsetHeight, ...stages.map((stage) => [stage.offsetLeft, stage.offsetTop, stage.offsetWidth])]);
      return stages.map((_, at) => {
        for (const [index, stage] of stages.entries()) stage.className = `stage ${index === at ? "here" : index < at ? "visited" : "ahead"}`;
        for (const [index, purpose] of purposes.entries()) purpose.classList.toggle("here", index === at);
        return shape();
      });
    });
    assert.ok(shapes.length > 2);
    assert.deepEqual([...new Set(shapes)].length, 1, `${size.width} px, text ${text}: ${shapes.join("\n")}`);
  }
  await page.reload();
  await hook(page, "say").waitFor();
  const height = () => page.locator(".stage-strip").evaluate((strip) => strip.offsetHeight);
  const before = await height();
  const stage = () => hook(page, "stage").getAttribute("data-stage");
  const first = await stage();
  for (const text of ["What would you like to have by the end of our time today?", "What is going on for you at work at the moment?", "What options can you see?"]) {
    await sayAndWait(page, text);
    assert.equal(await height(), before);
  }
  assert.notEqual(await stage(), first);
  assert.equal(await page.locator(".stage-purpose:visible").count(), 1, "one purpose is read, not all of them");
  await finish();
});

describe("a screen that cannot be drawn", () => {
  /** Lets the page have answers in which something is not as it must be. */
  const bend = async (page, change) => {
    const wire = { bent: true };
    await page.routeWebSocket(/\/ws$/, (socket) => {
      const upstream = socket.connectToServer();
      upstream.onMessage((message) => socket.send(wire.bent ? change(heardText(message)) : message));
    });
    return wire;
  };

  for (const device of [desktop, small])
    test(`says so, keeps what was typed, and goes on: ${device.name}`, { timeout: 60000 }, async () => {
      const { page, context, finish } = await openWindow(browser, server, { device });
      const session = await startCase(page, server, "career_plateau");
      await sayAndWait(page, TALK[0]);
      await hook(page, "say").fill("A question half ty");
      await page.close();

      const again = await openWindow(browser, server, { device, context, expected: [/TypeError|Cannot read/] });
      const wire = await bend(again.page, (message) => message.replace(/"labels":\[.*?\],"primary"/s, '"labels":null,"primary"'));
      await again.page.goto(`${server.url}/#/talk/${session}`);
      await hook(again.page, "fault").waitFor();
      await assertFocus(again.page, "h1");
      assert.match(await again.page.title(), /could not be shown/);
      await hook(again.page, "kept-words").getByText("A question half ty").waitFor();
      await assertAccessible(again.page, "fault");
      await assertNoSidewaysScroll(again.page, "fault");
      await picture(again.page, `trials-${device.name}-fault`);
      await hook(again.page, "fault").locator("summary").click();
      assert.match(await hook(again.page, "fault-text").innerText(), /TypeError.*\n.*at /s);

      // The rest of the page works, and home is one tap away.
      await hook(again.page, "fault").getByRole("link").click();
      await hook(again.page, "today").waitFor();
      assert.equal(await hook(again.page, "fault").count(), 0);
      await again.page.goBack();
      await hook(again.page, "fault").waitFor();
      wire.bent = false;
      await hook(again.page, "fault").getByRole("button", { name: "Load again" }).click();
      await waitForSaved(again.page, 1);
      assert.equal(await hook(again.page, "say").inputValue(), "A question half ty");
      await again.finish();
      await finish();
    });
});

describe("two windows with different words, both closed", () => {
  for (const device of [desktop, small])
    test(`both are there afterwards: ${device.name}`, { timeout: 90000 }, async () => {
      const left = await openWindow(browser, server, { device });
      const { context } = left;
      const session = await startCase(left.page, server, "career_plateau");
      const right = await openWindow(browser, server, { context });
      await right.page.goto(`${server.url}/#/talk/${session}`);
      await hook(right.page, "say").waitFor();
      await hook(left.page, "say").fill("The left one wonders");
      await hook(right.page, "say").fill("The right one asks");
      await left.page.close();
      await right.page.close();

      const { page, check } = await openWindow(browser, server, { context });
      await page.goto(`${server.url}/#/talk/${session}`);
      await hook(page, "also-typed").waitFor();
      assert.equal(await hook(page, "say").inputValue(), "The right one asks");
      assert.match(await hook(page, "also-typed").innerText(), /The left one wonders/);
      await assertAccessible(page, "typed elsewhere");
      await assertNoSidewaysScroll(page, "typed elsewhere");
      await picture(page, `trials-${device.name}-also-typed`);
      await hook(page, "also-typed").getByRole("button", { name: "Use it" }).click();
      assert.equal(await hook(page, "say").inputValue(), "The left one wonders");
      await assertFocus(page, "[data-testid=say]");
      assert.match(await hook(page, "also-typed").innerText(), /The right one asks/, "the other one waits instead");
      await page.reload();
      await hook(page, "also-typed").waitFor();
      assert.equal(await hook(page, "say").inputValue(), "The left one wonders");
      await hook(page, "send").click();
      await waitForSaved(page, 1);
      await hook(page, "also-typed").getByRole("button", { name: "Use it" }).click();
      assert.equal(await hook(page, "say").inputValue(), "The right one asks");
      assert.equal(await hook(page, "also-typed").count(), 0);
      await hook(page, "send").click();
      await waitForSaved(page, 2);
      await page.reload();
      await waitForSaved(page, 2);
      assert.equal(await hook(page, "say").inputValue(), "");
      assert.equal(await hook(page, "also-typed").count(), 0);
      assert.deepEqual(await ownWords(page), ["The left one wonders", "The right one asks"]);
      await check();
      await context.close();
    });

  test("what a second window began with and put aside is not lost with the first, and not offered once it was said", { timeout: 90000 }, async () => {
    const left = await openWindow(browser, server);
    const { context } = left;
    const session = await startCase(left.page, server, "career_plateau");
    await hook(left.page, "say").fill("Begun on the left");
    const open = async () => {
      const window = await openWindow(browser, server, { context });
      await window.page.goto(`${server.url}/#/talk/${session}`);
      await hook(window.page, "say").waitFor();
      return window.page;
    };
    const right = await open();
    assert.equal(await hook(right, "say").inputValue(), "Begun on the left", "it goes on in another window");
    assert.equal(await hook(right, "also-typed").count(), 0);
    await hook(right, "say").fill("");
    await right.reload();
    await hook(right, "also-typed").waitFor();
    assert.equal(await hook(right, "say").inputValue(), "", "what was cleared stays cleared");
    await hook(right, "say").fill("Something else");
    await left.page.close();
    await right.close();

    const third = await open();
    assert.equal(await hook(third, "say").inputValue(), "Something else");
    assert.match(await hook(third, "also-typed").innerText(), /Begun on the left/);
    await hook(third, "say").fill("Something else, then?");
    await hook(third, "send").click();
    await waitForSaved(third, 1);
    await third.close();

    const fourth = await open();
    await waitForSaved(fourth, 1);
    assert.equal(await hook(fourth, "say").inputValue(), "Begun on the left", "what was said is done with, the other is not");
    assert.equal(await hook(fourth, "also-typed").count(), 0);
    await context.close();
  });

  test("one of them is let go", { timeout: 60000 }, async () => {
    const left = await openWindow(browser, server);
    const session = await startCase(left.page, server, "career_plateau");
    const right = await openWindow(browser, server, { context: left.context });
    await right.page.goto(`${server.url}/#/talk/${session}`);
    await hook(right.page, "say").waitFor();
    await hook(left.page, "say").fill("Let go of this");
    await hook(right.page, "say").fill("Keep this");
    await left.page.close();
    await right.page.reload();
    await hook(right.page, "also-typed").getByRole("button", { name: "Let it go" }).click();
    await hook(right.page, "also-typed").waitFor({ state: "detached" });
    await right.page.reload();
    await hook(right.page, "say").waitFor();
    assert.equal(await hook(right.page, "say").inputValue(), "Keep this");
    assert.equal(await hook(right.page, "also-typed").count(), 0);
    await right.check();
    await left.context.close();
  });
});
