// SPDX-License-Identifier: Apache-2.0
// What somebody hears who does not see the page: each new line once, the character's name before it, never one's own words or
// notes unasked, and never the whole conversation again. Held against Chromium's accessibility tree and against every change
// of the page, by the rules of live regions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, hook, openWindow, phone, rate, sayAndWait, startCase, waitForSaved } from "./browser.mjs";
import { browser, serve, server } from "./serve.mjs";

serve();

/**
 * Notes what a screen reader would say: text that is added within a live region that was there before, unless a nearer
 * element turns that off. An alert speaks also when it is new itself. Removed text is not spoken (aria-relevant's default).
 */
const listen = (page) =>
  page.addInitScript(() => {
    window.heard = [];
    const LIVE = { log: "polite", status: "polite", alert: "assertive" };
    const liveness = (element) => element.getAttribute("aria-live") ?? LIVE[element.getAttribute("role")] ?? null;
    const regionOf = (node) => {
      for (let at = node.nodeType === 1 ? node : node.parentElement; at; at = at.parentElement) if (liveness(at) !== null) return at;
      return null;
    };
    const hidden = (element) =>
      element.closest("[aria-hidden=true], [hidden]") !== null || !element.checkVisibility({ visibilityProperty: true });
    const textsIn = (node) => {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const texts = [];
      for (let at = node.nodeType === 3 ? node : walker.nextNode(); at; at = walker.nextNode()) texts.push(at);
      return texts;
    };
    new MutationObserver((changes) => {
      const added = new Set();
      const fresh = new Set();
      for (const change of changes) {
        if (change.type === "characterData") added.add(change.target);
        for (const node of change.addedNodes) {
          if (node.nodeType === 1) for (const element of [node, ...node.querySelectorAll("*")]) fresh.add(element);
          for (const text of textsIn(node)) added.add(text);
        }
      }
      const spoken = new Map();
      for (const text of added) {
        if (!text.isConnected || hidden(text.parentElement)) continue;
        const region = regionOf(text);
        if (!region || liveness(region) === "off") continue;
        if (fresh.has(region) && liveness(region) !== "assertive") continue;
        // Words of one paragraph are one utterance.
        const block = text.parentElement.closest("p, li, dt, dd, h2, h3, summary, label, [role=status], [role=alert]") ?? region;
        spoken.set(block, `${spoken.get(block) ?? ""}${text.data}`);
        if (region.getAttribute("aria-atomic") === "true") spoken.set(block, region.textContent);
      }
      for (const [block, said] of spoken) {
        const text = said.replace(/\s+/g, " ").trim();
        if (text !== "") window.heard.push({ in: regionOf(block)?.getAttribute("role") ?? "live", text });
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });

/** What was said since the last time, by region. */
async function heard(page) {
  await page.waitForTimeout(150);
  const all = await page.evaluate(() => window.heard.splice(0));
  return { log: all.filter((each) => each.in === "log").map(({ text }) => text), rest: all.filter((each) => each.in !== "log").map(({ text }) => text) };
}

/** Chromium cuts the blanks at the ends of its texts. */
const packed = (text) => text.replace(/\s+/g, "");

/** The accessibility tree below the log, as Chromium gives it to assistive technology. */
async function logInTree(page) {
  const client = await page.context().newCDPSession(page);
  await client.send("Accessibility.enable");
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const logs = nodes.filter((node) => !node.ignored && node.role?.value === "log");
  assert.equal(logs.length, 1, "one log");
  const property = (node, name) => node.properties?.find((each) => each.name === name)?.value.value;
  const words = (node) =>
    node.role?.value === "StaticText" ? [node.name.value] : (node.childIds ?? []).flatMap((id) => (byId.has(id) ? words(byId.get(id)) : []));
  return {
    name: logs[0].name.value,
    live: property(logs[0], "live"),
    atomic: property(logs[0], "atomic"),
    relevant: property(logs[0], "relevant"),
    text: packed(words(logs[0]).join("")),
  };
}

/** The lines of the character and the guide in the order in which they stand. */
const linesOf = (page) =>
  hook(page, "log").evaluate((log) =>
    [...log.querySelectorAll(".theirs .bubble.character:not(.dots), .theirs .guide:not(.hint-card)")]
      .filter((line) => !line.closest("details"))
      .map((line) => line.textContent.replace(/\s+/g, " ").trim()),
  );

for (const [device, motion] of [[desktop, "reduce"], [phone, "no-preference"]])
  test(`each line is announced once, in order, and nothing is read again: ${device.name}, motion ${motion}`, { timeout: 120000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device, motion });
    await listen(page);
    await startCase(page, server, "career_plateau");
    const name = await page.getByRole("heading", { level: 1 }).innerText();
    // How it begins is told once the page has come to rest.
    await page.waitForFunction(() => window.heard.length > 0);
    const opening = await heard(page);
    assert.equal(opening.rest.length, 1, JSON.stringify(opening.rest));
    assert.deepEqual(opening.log, [], "what stands there at the beginning is read by the reader, not announced");

    const said = [];
    const words = ["What would you like?", "What do you enjoy?", "You should talk to HR.", "It sounds as if something has gone flat.", "bananas", "oranges", "I want to kill myself."];
    for (const [index, text] of words.entries()) {
      const before = (await linesOf(page)).length;
      await hook(page, "say").fill(text);
      await hook(page, "send").click();
      await waitForSaved(page, index + 1);
      if (motion !== "reduce") await page.locator(".typing").waitFor({ state: "detached", timeout: 20000 });
      const lines = (await linesOf(page)).slice(before);
      assert.ok(lines.length > 0);
      const { log, rest } = await heard(page);
      const spoken = log.filter((line) => !/^The conversation has moved to /.test(line));
      assert.deepEqual(spoken, lines, "every new line, once, and nothing else of the log");
      for (const line of lines) assert.match(line, new RegExp(`^(${name}|Guide): `), "who speaks comes before what is said");
      // What sounds like real danger is answered, not labelled.
      const notes = /kill/.test(text) ? 0 : 1;
      assert.ok(rest.length === notes && rest.every((each) => /^Note: /.test(each)), `the note on "${text}" in one breath: ${JSON.stringify(rest)}`);
      said.push(...log);
    }

    // The tree has it all, in order, each once, for whoever goes back to read.
    const tree = await logInTree(page);
    assert.equal(tree.name, `Conversation with ${name}`);
    assert.equal(tree.live, "polite");
    assert.ok(!tree.atomic, "never the whole");
    assert.ok(!/all|removals|text/.test(tree.relevant ?? "") || tree.relevant === "additions text", String(tree.relevant));
    let at = 0;
    for (const line of await linesOf(page)) {
      const found = tree.text.indexOf(packed(line), at);
      assert.ok(found >= at, `${line} after the one before it, in ${tree.text}`);
      at = found + packed(line).length;
    }
    for (const [index, text] of words.entries()) assert.ok(tree.text.includes(packed(`You (message ${index + 1}): ${text}`)), text);

    // Typing, notes, hints: nothing of the conversation is said again.
    await hook(page, "say").fill("half a thought");
    await hook(page, "hint").click();
    await hook(page, "hint-card").waitFor();
    const hint = await heard(page);
    assert.ok(hint.log.join(" ").includes("Listen for"), `a hint that was asked for is read: ${hint.log}`);
    assert.ok(hint.log.every((line) => !said.includes(line)));

    // A moment again: what is folded away is not read out.
    await hook(page, "retake").nth(2).click();
    await page.locator("details.aside").waitFor();
    const back = await heard(page);
    assert.deepEqual(back.log, ["Back at this moment, to say it differently."]);
    await hook(page, "say").fill("");
    await sayAndWait(page, "What matters most to you?");
    if (motion !== "reduce") await page.locator(".typing").waitFor({ state: "detached", timeout: 20000 });
    const again = await heard(page);
    assert.ok(again.log.length > 0 && again.log.every((line) => !said.includes(line) || /^The conversation has moved/.test(line)), `${again.log}`);

    await page.reload();
    await hook(page, "say").waitFor();
    await waitForSaved(page, 3);
    assert.deepEqual((await heard(page)).log, [], "a reload announces nothing of what was said");
    assert.equal((await logInTree(page)).text.includes(packed("What matters most to you?")), true);

    await hook(page, "end").click();
    await hook(page, "confirm-end").click();
    await rate(page);
    await hook(page, "debrief").waitFor();
    const debrief = await heard(page);
    assert.deepEqual(debrief.log.filter((line) => said.includes(line)), [], "nor does the debrief, which shows it all once more");
    await finish();
  });

for (const [device, motion] of [[desktop, "reduce"], [phone, "no-preference"]])
  test(`in an exercise the note on the last answer is heard before the next task: ${device.name}, motion ${motion}`, { timeout: 90000 }, async () => {
    const { page, finish } = await openWindow(browser, server, { device, motion });
    await listen(page);
    await startCase(page, server, "coaching_or_mentoring");
    assert.ok(await page.getByRole("textbox", { name: "Your answer", exact: true }).isVisible(), "one may be asked to judge as well as to say something");
    await page.waitForFunction(() => window.heard.length > 0);
    await heard(page);
    for (const [index, text] of ["Mentoring, because she tells what she did herself.", "What would help you most?", "Coaching"].entries()) {
      const before = (await linesOf(page)).length;
      await hook(page, "say").fill(text);
      await hook(page, "send").click();
      await waitForSaved(page, index + 1);
      if (motion !== "reduce") await page.locator(".typing").waitFor({ state: "detached", timeout: 20000 });
      await page.waitForTimeout(150);
      const all = await page.evaluate(() => window.heard.splice(0).map(({ text }) => text));
      const lines = (await linesOf(page)).slice(before);
      assert.ok(lines.length > 0);
      assert.match(all[0], /^Note: /, `the note comes first: ${JSON.stringify(all)}`);
      assert.deepEqual(all.slice(1), lines, "and then the task, each once");
    }
    await finish();
  });

test("what another window said is announced once, a lost and found connection in one sentence, and a note not before its time", { timeout: 90000 }, async () => {
  const lost = [/ERR_|WebSocket|Failed to load/];
  const { page, context, finish } = await openWindow(browser, server, { expected: lost });
  await listen(page);
  await page.goto(`${server.url}/#/settings`);
  await hook(page, "feedback").getByRole("radio").nth(2).check();
  const session = await startCase(page, server, "career_plateau");
  await sayAndWait(page, "What brings you here?");
  const first = await heard(page);
  assert.ok(!first.rest.some((each) => /^Note: /.test(each)), "no note is read at level 3");
  const other = await openWindow(browser, server, { context, expected: lost });
  await other.page.goto(`${server.url}/#/talk/${session}`);
  await hook(other.page, "say").waitFor();
  await sayAndWait(other.page, "What else?");
  await waitForSaved(page, 2);
  const lines = await linesOf(page);
  const { log } = await heard(page);
  assert.deepEqual(log.filter((line) => !/^The conversation has moved/.test(line)), lines.slice(-log.filter((line) => !/^The conversation has moved/.test(line)).length));
  assert.ok(log.length > 0 && !log.some((line) => first.log.includes(line)));
  await other.finish();

  process.kill(server.pid, "SIGSTOP");
  await hook(page, "say").fill("Said while nobody answers?");
  await hook(page, "send").click();
  await page.locator(".log.sending").waitFor();
  process.kill(server.pid, "SIGCONT");
  await waitForSaved(page, 3);
  const slow = await heard(page);
  assert.ok(!slow.log.some((line) => line.includes("Said while nobody answers?")), "one's own words are not read back when they are confirmed");
  assert.equal(new Set(slow.log).size, slow.log.length);

  // The end shows all notes at once; they are there to be read, not read out.
  await hook(page, "end").click();
  await hook(page, "confirm-end").click();
  await hook(page, "estimate").waitFor();
  await heard(page);
  await page.goto(`${server.url}/#/talk/${session}`);
  await hook(page, "to-debrief").waitFor();
  const over = await heard(page);
  assert.deepEqual(over.log, []);
  await finish();
});
