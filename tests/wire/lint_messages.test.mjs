// SPDX-License-Identifier: Apache-2.0
// `askwell lint` on language packs: what never wins, what a pack could do without, and what counts on real messages.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { program } from "./trainee.mjs";
import "./tidy.mjs";

const fixture = fileURLToPath(new URL("../unit/fixtures/pack.json", import.meta.url));
let folder;
let pack;
let messages;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-lint-"));
  await mkdir(join(folder, "techniques"));
  pack = join(folder, "techniques", "en.json");
  messages = join(folder, "messages.jsonl");
  const made = JSON.parse(await readFile(fixture, "utf8"));
  made.cues = [
    { id: "rest", phrases: ["rest"], points: { empathy: 60 }, because: "x", samples: ["You should rest."], near: ["Jam."] },
    { id: "asks_long", where: { mark: true, words_at_least: 90 }, points: { empathy: 5 }, because: "x" },
    { id: "tea", phrases: ["tea"], points: { empathy: 60 }, because: "x", samples: ["Some tea."], near: ["Jam."] },
    { id: "mentor_tea", phrases: ["tea"], where: { mode: "mentoring" }, points: { small_talk: 99 }, because: "x", samples: [{ text: "Tea.", mode: "mentoring" }], near: ["Jam."] },
  ];
  made.rules.find((rule) => rule.id === "should").patterns = ["you ought"];
  await writeFile(pack, JSON.stringify(made, null, 1));
  const lines = [
    { text: "You should rest. Some tea." },
    { text: "Some tea.", mode: "mentoring", coachee: "I am tired." },
    { text: "Tea." },
    { text: "What else?" },
  ];
  await writeFile(messages, lines.map((line) => JSON.stringify(line)).join("\n"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("every code is in the table for authors", async () => {
  const read = (path) => readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
  const codes = (await read("server/technique/pack_findings.c")).match(/"P\d{3}"/g).map((code) => code.slice(1, -1));
  const table = (await read("dialogues/README.md")).match(/^\| P\d{3} /gm).map((cell) => cell.slice(2, 6));
  assert.deepEqual(table, codes);
});

describe("what a pack could do without", () => {
  test("a cue that holds on no sample is a warning", async () => {
    const { code, out } = await program(["lint", pack]);
    assert.equal(code, 0, out);
    assert.match(out, /en\.json:\d+:\d+: warning P020 \/cues\/1: .*"asks_long"/);
    assert.doesNotMatch(out, /P021|P022/);
  });
  test("--strict adds cues that change nothing and patterns that no sample needs", async () => {
    const { code, out } = await program(["lint", "--strict", pack]);
    assert.equal(code, 1);
    assert.match(out, /warning P021 \/cues\/0: .*"rest"/);
    assert.match(out, /warning P022 \/rules\/2\/patterns\/0: /);
    assert.doesNotMatch(out, /P021 \/cues\/[23]/);
    const json = JSON.parse((await program(["lint", "--strict", "--json", pack])).out);
    for (const finding of json.filter((one) => ["P021", "P022"].includes(one.code))) assert.ok(finding.line > 1 && finding.remedy.length > 10, JSON.stringify(finding));
  });
});

describe("--messages", () => {
  test("how often everything held, won and decided, what never won first", async () => {
    const { code, out, err } = await program(["lint", "--messages", messages, pack]);
    assert.equal(code, 0, err);
    const rows = out.split("\n").slice(1).map((line) => line.trim().split(/\s+/)).filter((row) => row.length === 5 && /^\d+$/.test(row[0]));
    const of = (id) => rows.find((row) => row[4] === id);
    assert.deepEqual(of("should"), ["1", "1", "1", "rule", "should"]);
    assert.deepEqual(of("rest"), ["1", "0", "0", "cue", "rest"]);
    assert.deepEqual(of("tea"), ["3", "2", "2", "cue", "tea"]);
    assert.deepEqual(of("mentor_tea"), ["1", "1", "1", "cue", "mentor_tea"]);
    const won = rows.map((row) => Number(row[1]));
    assert.deepEqual(won, won.toSorted((a, b) => a - b));
    assert.match(out, /\n4 messages read; \d+ of 21 entries never won\./);
  });
  test("for a program: one object a line", async () => {
    const { out } = await program(["lint", "--json", "--messages", messages, pack]);
    const rows = out.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(rows.length, 21);
    assert.deepEqual(rows.at(-1), { part: "cue", id: "tea", held: 3, won: 2, decided: 2 });
  });
  test("lines that cannot be used are named, the others count", async () => {
    await writeFile(join(folder, "bad.jsonl"), '{"text": "Tea."}\nno json\n{"text": ""}\n');
    const { code, out, err } = await program(["lint", "--messages", join(folder, "bad.jsonl"), pack]);
    assert.equal(code, 1);
    assert.match(out, /\n1 message read;/);
    assert.match(err, /line 2: [\s\S]*line 3: /);
  });
  test("a file that is not there, a pack that is none, two packs", async () => {
    assert.equal((await program(["lint", "--messages", join(folder, "none.jsonl"), pack])).code, 3);
    assert.equal((await program(["lint", "--messages", messages, messages])).code, 3);
    assert.equal((await program(["lint", "--messages", messages, pack, pack])).code, 2);
    assert.equal((await program(["lint"])).code, 2);
  });
});
