// SPDX-License-Identifier: Apache-2.0
// The program that measures the typed set: its sums, that it fails when a figure has fallen, and that it keeps the held
// half to itself. The sets are made here.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fallen, figures, formOf, measure } from "../technique/measure.mjs";
import { binary } from "./server.mjs";

const program = fileURLToPath(new URL("../technique/measure.mjs", import.meta.url));
const pack = fileURLToPath(new URL("../unit/fixtures/pack.json", import.meta.url));
const label = (id, form = "none") => ({ id, form });
const answer = (primary, ...techniques) => ({ primary, techniques });

describe("sums", () => {
  const messages = [
    { primary: "open_question", labels: ["open_question"], form: "open" },
    { primary: "open_question", labels: ["open_question"], form: "open" },
    { primary: "closed_question", labels: ["simple_reflection", "closed_question"], form: "closed" },
    { primary: "advice_direct", labels: ["advice_direct", "open_question"], form: "open" },
  ];
  const answers = [
    answer("open_question", label("open_question", "open")),
    answer("closed_question", label("judgement"), label("closed_question", "closed")),
    answer("closed_question", label("simple_reflection"), label("closed_question", "closed")),
    answer("advice_direct", label("advice_direct"), label("open_question", "open")),
  ];
  const found = measure(messages, answers);
  test("precision, recall, F1 and their mean", () => {
    assert.deepEqual(found.each.open_question, { wanted: 2, got: 1, precision: 1, recall: 0.5, f1: 2 / 3 });
    assert.deepEqual(found.each.closed_question, { wanted: 1, got: 2, precision: 0.5, recall: 1, f1: 2 / 3 });
    assert.ok(Math.abs(found.macro - (2 / 3 + 2 / 3 + 1) / 3) < 1e-9);
    assert.equal(found.right, 0.75);
    assert.deepEqual(found.confused, [["open_question \u2192 closed_question", 1]]);
  });
  test("the form of a message is that of its main label, else of its last question", () => {
    assert.equal(formOf(answers[3]), "open");
    assert.equal(formOf(answer("open_question", label("open_question", "open"), label("closed_question", "closed"))), "open");
    assert.equal(formOf(answer("empathy", label("empathy"), label("open_question", "open"), label("closed_question", "closed"))), "closed");
    assert.equal(formOf(answer("empathy", label("empathy"))), "none");
  });
  test("a false accusation counts wherever it stands", () => {
    assert.deepEqual(found.any.judgement, { got: 1, precision: 0 });
    assert.equal(figures(found)["judgement anywhere precision"], 0);
    assert.equal(figures(found)["reassurance anywhere precision"], 1);
  });
  test("only what fell by more than the slack is a fall", () => {
    assert.deepEqual(fallen({ a: 0.9, b: 0.9, c: 0.9 }, { a: 0.895, b: 0.894, d: 0 }), ["b fell from 0.900 to 0.894", "c fell from 0.900 to 0.000"]);
    assert.deepEqual(fallen(undefined, { a: 0 }), []);
  });
});

describe("runs", () => {
  let folder;
  const secret = "marmalade";
  const write = (set, lines) => writeFile(join(folder, `${set}.jsonl`), lines.map((line) => JSON.stringify(line)).join("\n"));
  const run = (...args) => {
    const env = { ...process.env, ASKWELL_BIN: binary, ASKWELL_PACK: pack, ASKWELL_TYPED: folder, ASKWELL_RECORDED: join(folder, "recorded.json") };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: "utf8" });
    return { status, out: stdout + stderr };
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "askwell-typed-"));
    await write("practice", [
      { text: "what matters to you", coachee: "I am stuck.", mode: "coaching", labels: ["open_question"], primary: "open_question", form: "open" },
      { text: "When I was new I was tired.", mode: "mentoring", labels: ["self_disclosure"], primary: "self_disclosure", form: "none" },
      { text: "You should rest. What else?", mode: "coaching", labels: ["advice_direct", "open_question"], primary: "advice_direct", form: "open" },
    ]);
    await write("held", [{ text: `you should ${secret}`, mode: "coaching", labels: ["information"], primary: "information", form: "none" }]);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  test("nothing recorded: it says so and fails; --record keeps the figures", async () => {
    const first = run();
    assert.equal(first.status, 1, first.out);
    assert.match(first.out, /practice: 3 messages, main label right 1\.000, macro-F1 1\.000, form macro-F1 1\.000/);
    assert.match(first.out, /practice: nothing is recorded yet/);
    assert.equal(run("--record").status, 0);
    assert.equal(run().status, 0);
    const kept = JSON.parse(await readFile(join(folder, "recorded.json"), "utf8"));
    assert.equal(kept.practice.macro_f1, 1);
    assert.equal(kept.held.macro_f1, 0);
    assert.equal(kept.held["advice_direct anywhere precision"], 0);
  });
  test("the held half: figures, never a text", async () => {
    const { out } = run("--missed");
    assert.match(out, /held: 1 messages/);
    assert.match(out, /information \u2192 advice_direct/);
    assert.ok(!out.includes(secret), out);
    await writeFile(join(folder, "held.jsonl"), `{"text": "${secret}`);
    const broken = run("held");
    assert.equal(broken.status, 1);
    assert.match(broken.out, /held\.jsonl:1: cannot be used/);
    assert.ok(!broken.out.includes(secret), broken.out);
  });
  test("a figure that fell fails the run and is named; what was missed is shown", async () => {
    await write("practice", [{ text: "Do you like it?", mode: "coaching", labels: ["open_question"], primary: "open_question", form: "open" }]);
    const { status, out } = run("practice", "--missed");
    assert.equal(status, 1);
    assert.match(out, /practice: macro_f1 fell from 1\.000 to 0\.000/);
    assert.match(out, /open_question \u2192 closed_question: "Do you like it\?"/);
  });
});
