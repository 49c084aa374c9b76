// SPDX-License-Identifier: Apache-2.0
// `askwell classify --explain`: why a message is labelled as it is, told to a person. The pack is a small one made here,
// so that points and rules are known.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { program } from "./trainee.mjs";
import "./tidy.mjs";

const fixture = fileURLToPath(new URL("../unit/fixtures/pack.json", import.meta.url));
let folder;
let pack;

/** The fixture with "should" and "so" as rules that are sure, and a vote for the rest. */
async function voting() {
  const made = JSON.parse(await readFile(fixture, "utf8"));
  made.rules = made.rules.filter((rule) => ["should", "so", "tried"].includes(rule.id));
  made.rules.push({ id: "should_later", technique: "reassurance", phrases: ["you should"], reason: "Later.", confidence: 60 });
  made.rules[1].where = { mark: true };
  made.rules[0].not = ["\\bnot\\b"];
  made.defaults = [{ id: "asked", technique: "closed_question", where: { mark: true }, patterns: ["\\w"], reason: "It asks.", confidence: 40 }];
  made.cues = [
    { id: "begins_what", patterns: ["^what"], points: { open_question: 60 }, because: "Begins with what." },
    { id: "names_want", phrases: ["want"], points: { open_question: -15, judgement: 30 }, because: "Names a wish." },
    { id: "names_bees", phrases: ["bees"], points: { small_talk: 8 }, because: "Names bees." },
  ];
  made.start = { closed_question: -7 };
  made.limits = { ...made.limits, vote_least: 20, vote_lead: 5, vote_lead_spoiler: 50 };
  return made;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-explain-"));
  pack = join(folder, "en.json");
  await writeFile(pack, JSON.stringify(await voting()));
});
after(() => rm(folder, { recursive: true, force: true }));
const explain = (args, options) => program(["classify", "--explain", "--pack", pack, ...args], options);
/** The output with runs of white space as one space each. */
const flat = (text) => text.replace(/\s+/g, " ");

describe("a message on the command line", () => {
  test("a sure rule: label, words in brackets, reason, and who lost", async () => {
    const { code, out, err } = await explain(["you", "should", "rest."]);
    assert.equal(code, 0, err);
    assert.match(out, /^ {2}Message +you should rest\.\n {2}Mode +coaching\n/);
    assert.match(out, /\n {2}1 {2}\[you should\] rest\.\n/);
    assert.match(out, /\n {2}label +\S.* \(advice_direct\), no question, sure \(90 in 100\)\n/);
    assert.match(out, /\n {2}because +Because of its words\.\n/);
    assert.match(out, /\n {2}decided by +rule should, which is sure by itself\n/);
    assert.match(out, /\n {2}lost +rule should_later \(reassurance\), "you should", to should\n/);
    assert.match(out, /\n {2}Answered +The coachee reacts to .* \(advice_direct\)\.\n$/);
  });
  test("out of place names the condition, silenced names the words", async () => {
    const { out } = await explain(["have you tried to rest. you should not rest."]);
    assert.match(flat(out), /out of place rule tried \(advice_in_question\), "have you tried": only with a question mark/);
    assert.match(flat(out), /silenced rule should \(advice_direct\), "you should", by "not"/);
    assert.match(flat(out), /decided by rule should_later, which is sure by itself/);
  });
  test("a vote: the points of the best three, for and against, add up", async () => {
    const { out } = await explain(["What do you want?"]);
    assert.match(out, /\n {2}1 {2}\[What\] do you want\?\n/);
    assert.match(out, /\(open_question\), open form, focus goal, likely \(62 in 100\)/);
    assert.match(out, /\n {2}next +\S.* \(closed_question\)\n/);
    assert.match(out, /\n {2}points +open_question +closed_question +judgement\n/);
    assert.match(out, /\n +start +\. +-7 +\.\n/);
    assert.match(out, /\n +begins_what +\+60 +\. +\.\n +"What": Begins with what\.\n/);
    assert.match(out, /\n +names_want +-15 +\. +\+30\n +"want": Names a wish\.\n/);
    assert.match(out, /\n +asked +\. +\+40 +\.\n/);
    assert.match(out, /\n +total +45 +33 +30\n/);
    assert.match(flat(out), /needed 20 points, and 5 before the next \(50 where/);
  });
  test("unclassified: what came nearest and why it was not enough", async () => {
    const few = await explain(["The bees."]);
    assert.match(flat(few.out), /label \S+ \(unclassified\) decided by a vote that nothing won not enough small_talk came nearest, with 8 of the 20 points needed\./);
    const spoiler = await explain(["I want it."]);
    assert.match(flat(spoiler.out), /held back judgement has the most points, 30, but not 50 more than the next\./);
  });
  test("what the coachee said, the mode and safety", async () => {
    const { out } = await explain(["--mode", "mentoring", "--coachee", "I am tired.\u001b[31m", "So you are tired."]);
    assert.match(out, /\n {2}Coachee +I am tired\.\ufffd\[31m\n {2}Mode +mentoring\n/);
    assert.ok(!out.includes("\u001b"), "nothing that steers a terminal, and no colours in a pipe");
    assert.match((await explain(["I can't go on."])).out, /\n {2}Safety +distress: nothing is labelled/);
  });
  test("letters of several bytes, and lines that are not too long", async () => {
    const { out } = await explain([`Caf\u00e9 \u{1f642} you should ${"r\u00e9st ".repeat(60)}`]);
    assert.match(out, /Caf\u00e9 \u{1f642} \[you should\] r\u00e9st/u);
    assert.ok(!out.includes("\ufffd"));
    for (const line of out.split("\n").filter((line) => /^ {2}(Message| {14} )/.test(line))) assert.ok([...line].length <= 96, line);
  });
  test("flags with their words and reasons", async () => {
    const { out } = await explain(["What is it? What else is it?"]);
    assert.match(flat(out), /Flags Stacked \(stacked\), "What is it\? What else is it\?": The message is stacked\. $/);
  });
});

describe("lines of JSON", () => {
  test("each is explained; bad ones are named", async () => {
    const input = [{ id: 1, text: "You should go." }, { id: 2 }, { id: 3, text: "Have you tried?", coachee: "No.", mode: "mentoring" }, { text: "x", mode: "lecturing" }];
    const { code, out, err } = await explain([], { input: input.map((line) => JSON.stringify(line)).join("\n") });
    assert.equal(code, 1);
    assert.deepEqual(out.match(/^ {2}Message .*$/gm).map((line) => line.slice(16)), ["You should go.", "Have you tried?"]);
    assert.match(out, /Coachee +No\.\n {2}Mode +mentoring/);
    assert.match(err, /line 2: "text"[\s\S]*line 4: "mode" is coaching or mentoring/);
  });
  test("without --explain: runner_up and confidence beside the rest, and the mode of each line", async () => {
    const input = [{ id: 1, text: "What do you want?" }, { id: 2, text: "I want it." }];
    const { out } = await program(["classify", "--pack", pack], { input: input.map((line) => JSON.stringify(line)).join("\n") });
    const [vote, none] = out.trim().split("\n").map((line) => JSON.parse(line).techniques[0]);
    assert.deepEqual(vote, { id: "open_question", family: "question", form: "open", start: 0, end: 17, cue: "What", rule: "begins_what", confidence: 62, runner_up: "closed_question" });
    assert.deepEqual([none.id, none.runner_up], ["unclassified", "judgement"]);
  });
});

describe("wrong usage", () => {
  for (const args of [["classify", "hello"], ["classify", "--explain", "--mode", "x", "hello"]])
    test(args.join(" "), async () => assert.equal((await program(args)).code, 2));
  test("a message that says nothing", async () => assert.equal((await explain([" "])).code, 1));
});
