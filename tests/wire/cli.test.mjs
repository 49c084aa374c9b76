// SPDX-License-Identifier: Apache-2.0
// The terminal: the same conversation, the checker, the classifier, exports, and help that explains itself. Exit status
// 0 done, 1 found problems, 2 wrong usage, 3 could not run.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "./server.mjs";
import { begin, program, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-cli-"));
});
after(() => rm(folder, { recursive: true, force: true }));

describe("help and usage", () => {
  test("askwell --help names every verb", async () => {
    const { code, out } = await program(["--help"]);
    assert.equal(code, 0);
    for (const verb of ["serve", "play", "lint", "test", "stats", "classify", "reanalyse", "export", "fmt", "graph", "import-twee", "lines"]) assert.match(out, new RegExp(`\\b${verb}\\b`));
  });
  for (const verb of ["serve", "play", "lint", "test", "stats", "classify", "reanalyse", "export", "fmt", "graph", "import-twee", "lines"]) {
    test(`askwell ${verb} --help explains itself`, async () => {
      const { code, out, err } = await program([verb, "--help"]);
      assert.equal(code, 0, err);
      assert.match(out, new RegExp(`askwell ${verb}`));
      assert.ok(out.length > 150, out);
      for (const line of out.split("\n")) assert.ok(line.length <= 110, line);
    });
    test(`askwell ${verb} --no-such-option is wrong usage`, async () => {
      const { code, err } = await program([verb, "--no-such-option"]);
      assert.equal(code, 2);
      assert.match(err, /no-such-option|usage|help/i);
    });
  }
  for (const args of [[], ["sing"], ["lint"], ["export"], ["serve", "surplus"]])
    test(`askwell ${args.join(" ")}: wrong usage`, async () => {
      const { code, err, out } = await program(args, { timeout: 30000 });
      assert.equal(code, 2);
      assert.ok((err + out).length > 20);
    });
  for (const [option, value] of [["--port", "x"], ["--port", "70000"], ["--port", "-1"], ["--port", ""], ["--message-bytes", "lots"], ["--connections", "-5"]])
    test(`askwell serve ${option} ${JSON.stringify(value)}: wrong usage`, async () => {
      const { code, err } = await program(["serve", "--data", join(folder, "never"), option, value], { timeout: 30000 });
      assert.equal(code, 2, err);
      assert.match(err, new RegExp(option.slice(2)));
    });
});

describe("lint", () => {
  test("what is shipped is clean", async () => {
    const { code, out, err } = await program(["lint", "dialogues"], { timeout: 120000 });
    assert.equal(code, 0, out + err);
    assert.doesNotMatch(out, /: error /);
  });
  test("a broken script: every finding with its place, exit 1", async () => {
    await cp(join(root, "dialogues"), join(folder, "dialogues"), { recursive: true });
    const file = join(folder, "dialogues/coaching/career_plateau.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/"minutes":\s*\d+/, '"minutes": "thirty"').replace(/"start":\s*"[a-z_.]+"/, '"start": 7'));
    const { code, out } = await program(["lint", file], { timeout: 60000 });
    assert.equal(code, 1);
    const errors = out.split("\n").filter((line) => /: error /.test(line));
    assert.ok(errors.length >= 2, out);
    for (const line of errors) assert.match(line, /career_plateau\.json:\d+:\d+: error [A-Z]\d{3} /);
  });
  test("no JSON, and a file that is not there", async () => {
    await writeFile(join(folder, "nothing.json"), "{");
    assert.equal((await program(["lint", join(folder, "nothing.json")])).code, 1);
    const missing = await program(["lint", join(folder, "missing.json")]);
    assert.ok([1, 3].includes(missing.code));
    assert.match(missing.err + missing.out, /missing\.json/);
  });
});

describe("classify", () => {
  const lines = (values) => values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join("\n");
  const parse = (out) => out.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  test("one line of JSON for each line, in order, in the agreed shape", async () => {
    const input = [
      { id: "a", text: "What would you like to change?", previous: "I am stuck." },
      { id: "b", text: "You should talk to HR.", previous: null },
      { id: "c", text: "\u{1f642} It sounds hard. \u{1f642} What else?" },
      { id: 7, text: "Did you ask her?" },
    ];
    const { code, out, err } = await program(["classify"], { input: lines(input) });
    assert.equal(code, 0, err);
    const answers = parse(out);
    assert.deepEqual(answers.map((answer) => answer.id), ["a", "b", "c", 7]);
    for (const [index, answer] of answers.entries()) {
      assert.deepEqual(Object.keys(answer), ["id", "primary", "techniques", "flags"]);
      for (const technique of answer.techniques) {
        assert.deepEqual(Object.keys(technique).filter((name) => name !== "runner_up").sort(), ["confidence", "cue", "end", "family", "form", "id", "rule", "start"]);
        const letters = [...input[index].text];
        assert.ok(letters.slice(technique.start, technique.end).join("").includes(technique.cue), JSON.stringify(technique));
      }
    }
    assert.deepEqual(answers.map((answer) => answer.primary).slice(0, 2), ["open_question", "advice_direct"]);
    assert.equal(answers[3].techniques[0].form, "closed");
  });
  test("bad lines are named by number, the others go on, exit 1", async () => {
    const { code, out, err } = await program(["classify"], { input: lines([{ id: 1, text: "What else?" }, "no json", { id: 3 }, { id: 4, text: 5 }, { id: 5, text: "Tell me more." }]) });
    assert.equal(code, 1);
    assert.deepEqual(parse(out).map((answer) => answer.id), [1, 5]);
    for (const number of [2, 3, 4]) assert.match(err, new RegExp(`\\b${number}\\b`));
  });
  test("nothing in, nothing out", async () => {
    assert.deepEqual(await program(["classify"]), { code: 0, signal: null, out: "", err: "" });
  });
  test("ten thousand lines in one go", async () => {
    const many = Array.from({ length: 10000 }, (_, id) => ({ id, text: `What would help you with part ${id}, and why not now?`, previous: "I do not know." }));
    const { code, out } = await program(["classify"], { input: lines(many) });
    assert.equal(code, 0);
    assert.equal(parse(out).length, 10000);
  });
});

describe("play", () => {
  test("the same conversation as in the browser", async () => {
    const words = ["What brings you here?", "It sounds as if you are tired of it.", "What else?"];
    const { code, out, err } = await program(["play", "career_plateau", "--seed", "7"], { input: `${words.join("\n")}\n` });
    assert.equal(code, 0, err);
    const server = await startServer();
    try {
      const client = await trainee(server);
      const { session, view } = await begin(client, "career_plateau", 7);
      const flat = (text) => text.replace(/\s+/g, " ");
      for (const line of view.opening) assert.ok(flat(out).includes(flat(line.text)), line.text);
      for (const [index, text] of words.entries())
        for (const line of (await say(client, session, index + 1, text)).reply) assert.ok(flat(out).includes(flat(line.text)), line.text);
    } finally {
      await server.stop();
    }
  });
  test("without a case it lists them", async () => {
    const { code, out } = await program(["play"]);
    assert.equal(code, 0);
    assert.match(out, /career_plateau[^]*stuck_manager/);
  });
  test("an unknown case says where to look", async () => {
    const { code, err } = await program(["play", "no_such_case"]);
    assert.ok([1, 2, 3].includes(code));
    assert.match(err, /no_such_case/);
  });
  test("whatever is asked for after the end, the transcript is written", async () => {
    const folder = await mkdtemp(join(tmpdir(), "askwell-play-"));
    try {
      const file = join(folder, "talk.md");
      const input = "What brings you here?\n/end\n/hint\n/end\nWhat else?\n/retake 9\n";
      const { code, out, err } = await program(["play", "career_plateau", "--transcript", file], { input });
      assert.equal(code, 0, err);
      assert.match(out, /has ended/);
      assert.match(await readFile(file, "utf8"), /What brings you here/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  for (const file of ["talk.docx", "/nowhere/at/all/talk.md"])
    test(`a transcript that could not be written to ${file} is refused before anything is said`, async () => {
      const { code, out, err } = await program(["play", "career_plateau", "--transcript", file], { input: "Hello?\n" });
      assert.notEqual(code, 0);
      assert.match(err, /transcript|write/i);
      assert.equal(out, "");
    });
  test("strange input is survived", async () => {
    const { code, signal } = await program(["play", "stuck_manager"], { input: `\n\n   \n${"x".repeat(70000)}\n\u0007\nWhat else?\n` });
    assert.equal(signal, null);
    assert.equal(code, 0);
  });
});

describe("export", () => {
  test("an unknown conversation, an unknown format, no store", async () => {
    const server = await startServer();
    try {
      const { session } = await begin(await trainee(server));
      const unknown = await program(["export", "--data", server.data, "0190a0a0-0000-7000-8000-00000000000f"]);
      assert.ok(unknown.code === 1 || unknown.code === 3);
      assert.ok(unknown.err.length > 20);
      assert.equal((await program(["export", "--data", server.data, "--format", "docx", session])).code, 2);
      for (const [format, start] of [["markdown", /^# /], ["html", /^<!doctype html>/i], ["json", /^\{/]]) {
        const { code, out, err } = await program(["export", "--data", server.data, "--format", format, session]);
        assert.equal(code, 0, err);
        assert.match(out, start);
      }
    } finally {
      await server.stop();
    }
    const none = await program(["export", "--data", join(folder, "no-store"), "0190a0a0-0000-7000-8000-00000000000f"]);
    assert.equal(none.code, 3);
    assert.match(none.err, /no-store/);
  });
});
