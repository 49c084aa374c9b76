// SPDX-License-Identifier: Apache-2.0
// tests/technique/fit.mjs on a pack and messages made here, in which it is plain what every cue speaks for; and
// `askwell classify --held`, which tells it what held.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { program } from "./trainee.mjs";
import "./tidy.mjs";

const script = fileURLToPath(new URL("../technique/fit.mjs", import.meta.url));
const fixture = fileURLToPath(new URL("../unit/fixtures/pack.json", import.meta.url));
let folder;
let messages;
let made;

const cue = (id, rest) => ({ id, points: {}, because: "x", ...rest });
/** The fixture with two rules that are sure, and a vote whose points say nothing yet. */
async function pack() {
  const whole = JSON.parse(await readFile(fixture, "utf8"));
  whole.rules = whole.rules.filter((rule) => ["robot", "should"].includes(rule.id));
  whole.defaults = [
    { id: "asked", technique: "closed_question", where: { mark: true }, patterns: ["\\w"], reason: "It asks.", confidence: 40, samples: ["Is it?"], near: ["It is."] },
    { id: "never", technique: "information", patterns: ["^zyzzyva"], reason: "A weevil.", confidence: 30, samples: [], near: ["Tea."], points: { information: 30 } },
  ];
  whole.cues = [
    cue("begins_what", { points: { open_question: 1 }, patterns: ["^what"], samples: ["What helps?"], near: ["Tea."] }),
    cue("tired", { points: { empathy: 5, summary: 7 }, phrases: ["tired", "worn out"], samples: ["You are tired."], near: ["Tea."] }),
    cue("bravely_done", { phrases: ["bravely done", "took courage"], samples: ["Bravely done."], near: ["Tea."] }),
    cue("no_mark", { where: { mark: false }, samples: ["Tea."], near: ["Tea?"] }),
    cue("nowhere", { phrases: ["weevil"], points: { small_talk: 12 }, samples: ["A weevil."], near: ["Tea."] }),
  ];
  whole.start = {};
  whole.limits = { ...whole.limits, vote_least: -1000, vote_lead: 0, vote_lead_spoiler: 5 };
  return whole;
}

/** Forty messages: ten of each of four kinds, some of them of two sentences. */
function forty() {
  const things = ["tea", "work", "the rota", "sleep", "the bus", "school", "the garden", "lunch", "the boss", "rain"];
  return things.flatMap((thing, i) => [
    { text: `What about ${thing}?`, primary: "open_question", labels: ["open_question"], form: "open" },
    { text: `Is it ${thing}?`, primary: "closed_question", labels: ["closed_question"], form: "closed" },
    { text: `${i % 2 ? "Worn out" : "Tired"} by ${thing}.${i < 3 ? " What helps?" : ""}`, primary: i < 3 ? "open_question" : "empathy", labels: i < 3 ? ["empathy", "open_question"] : ["empathy"], form: i < 3 ? "open" : "none" },
    { text: `${i % 2 ? "Bravely done" : "That took courage"}, ${thing}.`, coachee: `It was ${thing}.`, mode: i % 2 ? "mentoring" : "coaching", primary: "affirmation", labels: ["affirmation"], form: "none" },
  ]);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-fit-test-"));
  await mkdir(join(folder, "techniques"));
  messages = join(folder, "messages.jsonl");
  made = await pack();
  await writeFile(messages, forty().map((line) => JSON.stringify(line)).join("\n"));
});
after(() => rm(folder, { recursive: true, force: true }));

const lines = (...objects) => objects.map((one) => JSON.stringify(one)).join("\n");
/** A new file with the pack. */
async function packFile(name, text = JSON.stringify(made, null, 1)) {
  const file = join(folder, "techniques", name);
  await writeFile(file, text);
  return file;
}
function fit(...args) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    child.on("error", failed);
    child.on("close", (code) => done({ code, out, err }));
  });
}
const strongest = (points) => Object.entries(points).sort((a, b) => b[1] - a[1])[0];
/** The pack without what is fitted. */
const rest = ({ start, cues, defaults, ...whole }) => [whole, [...cues, ...defaults].map(({ points, ...entry }) => entry)];

describe("classify --held", () => {
  const held = (file, ...rows) => program(["classify", "--held", "--pack", file], { input: lines(...rows) });
  test("the sure rule, the first default and all cues, sentence by sentence", async () => {
    const file = await packFile("held.json");
    const { code, out, err } = await held(file, { id: 7, text: "\u00c9h, tired. What about tea?" }, { text: "You should rest.", coachee: "No." });
    assert.equal(code, 0, err);
    assert.deepEqual(out.trim().split("\n").map((line) => JSON.parse(line)), [
      {
        id: 7,
        sentences: [
          { start: 0, end: 10, rule: null, default: null, words: "eh tired", cues: ["tired", "no_mark"] },
          { start: 11, end: 26, rule: null, default: "asked", words: "what about tea", cues: ["begins_what"] },
        ],
      },
      { id: null, sentences: [{ start: 0, end: 16, rule: "should", default: null, words: "you should rest", cues: ["no_mark"] }] },
    ]);
  });
  test("nothing where a message needs a person; not together with --explain", async () => {
    const file = await packFile("held.json");
    assert.deepEqual(JSON.parse((await held(file, { id: "a", text: "I can't go on." })).out), { id: "a", sentences: [] });
    const { code, err } = await program(["classify", "--held", "--explain", "--pack", file]);
    assert.equal(code, 2);
    assert.match(err, /one at a time/);
    assert.match((await program(["classify", "--help"])).out, /--held .*what held on each sentence/);
  });
});

describe("the fit", () => {
  test("finds what every cue speaks for, and on messages left out too", async () => {
    const file = await packFile("found.json");
    const { code, out, err } = await fit("--pack", file, "--messages", messages, "--write");
    assert.equal(code, 0, err);
    assert.match(out, /^40 messages, 5\d labelled sentences, 0 of known family, 5 cues, 2 defaults, 4 techniques\n/);
    assert.match(out, /macro-F1 1\.000, form macro-F1 1\.000, main label right 1\.000/);
    assert.match(out, /of all, 1\.000 would be right/);
    const { cues, defaults, start } = JSON.parse(await readFile(file, "utf8"));
    const named = Object.fromEntries(cues.map((one) => [one.id, strongest(one.points)]));
    assert.equal(named.begins_what[0], "open_question");
    assert.equal(named.bravely_done[0], "affirmation");
    assert.equal(named.tired[0], "empathy", "fitted, whatever stood there");
    for (const id of ["begins_what", "bravely_done", "tired"]) assert.ok(named[id][1] >= 10, `${id} ${named[id][1]}`);
    assert.equal(strongest(defaults[0].points)[0], "closed_question");
    for (const id of ["affirmation", "closed_question", "empathy", "open_question"]) assert.ok(Number.isInteger(start[id]), id);
    assert.ok(Object.entries(start).every(([id, value]) => value === 0 || id in { affirmation: 1, closed_question: 1, empathy: 1, open_question: 1 }));
  });
  test("keeps the points of what holds nowhere, and of techniques that nothing is labelled with", async () => {
    const file = await packFile("kept.json");
    await fit("--pack", file, "--messages", messages, "--write");
    const { cues, defaults } = JSON.parse(await readFile(file, "utf8"));
    assert.deepEqual(cues.find((one) => one.id === "nowhere").points, { small_talk: 12 });
    assert.deepEqual(defaults[1].points, { information: 30 });
    assert.equal(cues.find((one) => one.id === "tired").points.summary, 7);
  });
  test("--write changes only points, and lint has nothing against them", async () => {
    // A text that nobody's formatter would leave: what is not points has to stay byte for byte.
    const odd = JSON.stringify(made, null, 1).replace('"because": "x"', '"because":\t"x\\u0021 \\"points\\": {}"');
    const file = await packFile("en.json", odd);
    await fit("--pack", file, "--messages", messages, "--write");
    const text = await readFile(file, "utf8");
    assert.notEqual(text, odd);
    assert.ok(text.includes('"because":\t"x\\u0021 \\"points\\": {}"'));
    assert.deepEqual(rest(JSON.parse(text)), rest(JSON.parse(odd)));
    const { code, out } = await program(["lint", file]);
    assert.equal(code, 0, out);
    // The default without points has got a member; where points stood, only their lines differ.
    const kept = (whole) => whole.replace(/,?\s*"(points|start)": \{[^}]*\}/g, "").replace(/\s+/g, " ");
    assert.equal(kept(text), kept(odd));
  });
  test("--check: disagrees before, agrees after, and a second fit changes nothing", async () => {
    const file = await packFile("check.json");
    const first = await fit("--pack", file, "--messages", messages, "--check");
    assert.equal(first.code, 1, first.err);
    assert.match(first.out, /\d+ points of the pack are not those that the messages give/);
    assert.deepEqual(JSON.parse(await readFile(file, "utf8")), made, "--check writes nothing");
    await fit("--pack", file, "--messages", messages, "--write");
    const written = await readFile(file, "utf8");
    const second = await fit("--pack", file, "--messages", messages, "--check");
    assert.equal(second.code, 0, second.out);
    assert.match(second.out, /\n0 of \d+ points change\.\n0 of 40 messages would be named otherwise/);
    await fit("--pack", file, "--messages", messages, "--write");
    assert.equal(await readFile(file, "utf8"), written);
  });
  test("messages of known family pull too", async () => {
    const families = join(folder, "families.jsonl");
    await writeFile(families, lines(...Array.from({ length: 30 }, (_, i) => ({ text: `A weevil, number ${i}.`, previous: "", family: "reflection" }))));
    const file = await packFile("families.json");
    const { code, out, err } = await fit("--pack", file, "--messages", messages, "--families", families, "--write");
    assert.equal(code, 0, err);
    assert.match(out, /, 30 of known family,/);
    const pointsOf = async (one) => JSON.parse(await readFile(one, "utf8")).cues.find((found) => found.id === "nowhere").points;
    const points = await pointsOf(file);
    assert.ok(points.affirmation > 0 || points.empathy > 0, JSON.stringify(points));
    const heavy = await packFile("heavy.json");
    assert.equal((await fit("--pack", heavy, "--messages", messages, "--families", families, "--weight", "30", "--write")).code, 0);
    const most = (one) => Math.max(one.affirmation ?? 0, one.empathy ?? 0);
    assert.ok(most(await pointsOf(heavy)) > most(points));
  });
  test("what cannot be used is said", async () => {
    const none = await packFile("none.json", await readFile(fixture, "utf8"));
    const unlabelled = join(folder, "unlabelled.jsonl");
    await writeFile(unlabelled, lines({ text: "What?" }));
    const file = await packFile("wrong.json");
    for (const [args, wanted] of [
      [["--pack", none], /has no cues/],
      [["--pack", file, "--messages", unlabelled], /message 1: "text" and "primary" are needed/],
      [["--pack", file, "--messages", messages, "--families", unlabelled], /"family" \(question/],
      [["--pack", join(folder, "missing.json")], /ENOENT/],
      [["--weight", "none"], /--weight is not understood/],
      [["--held"], /--held is not understood/],
    ]) {
      const { code, err } = await fit(...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, wanted);
    }
  });
});
