// SPDX-License-Identifier: Apache-2.0
// A trainee sees a label differently, a trainer rules on it from the terminal, and neither changes what was kept: not the
// labels, not the run, not the figures.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { http, startServer } from "./server.mjs";
import { assertResult } from "./shapes.mjs";
import { begin, program, reconnect, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const ADVICE = "You should talk to HR about it.";

let server;
let client;
before(async () => {
  server = await startServer({ args: ["--messages-per-second", "10000", "--messages-burst", "10000"] });
  client = await trainee(server);
});
after(async () => {
  await client?.close();
  await server?.stop();
});

const raise = (session, turn, label, more = {}, by = client) => by.call("dispute.raise", { session, turn, label, ...more });
const withdraw = (session, turn, label) => client.call("dispute.withdraw", { session, turn, label });
const open = (session, by = client) => by.call("session.open", { session });
const cli = (...args) => program(["disputes", ...args, "--data", server.data]);
const listed = async (...args) => {
  const { code, out, err } = await cli("list", "--json", ...args);
  assert.equal(code, 0, err);
  return out.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
};
const of = async (session, ...args) => (await listed(...args)).filter((each) => each.session === session);

/** A conversation of two messages; the second is advice. */
async function talk(script = "career_plateau") {
  const { session } = await begin(client, script);
  await say(client, session, 1, "What brings you here?");
  const turn = await say(client, session, 2, ADVICE);
  return { session, turn };
}

describe("a dispute", () => {
  test("is kept, shown again, and changes nothing else", async () => {
    const { session, turn } = await talk();
    const debrief = await client.call("session.debrief", { session });
    const view = await open(session);
    assert.deepEqual(view.disputes, []);
    const told = await client.call("session.techniques", { session });
    assertResult("session.techniques", told);
    const { techniques } = told;
    assert.ok(techniques.some(({ id, name, family }) => id === "open_question" && name && family === "question"));
    assert.ok(techniques.every(({ id }) => id !== "unclassified" && id !== "multiple_questions"));
    const dispute = await raise(session, 2, 0, { technique: "information", note: "HR knows the rules.\r\nNothing more. \u{1f642}" });
    assertResult("dispute.raise", dispute);
    assert.deepEqual(
      [dispute.turn, dispute.label, dispute.technique, dispute.state, dispute.note, dispute.ruling],
      [2, 0, "information", "open", "HR knows the rules.\nNothing more. \u{1f642}", null],
    );
    assert.equal(dispute.name, techniques.find(({ id }) => id === "information").name);
    const again = await open(session, await reconnect(server, client.cookie));
    assertResult("session.open", again);
    assert.deepEqual(again.disputes, [dispute]);
    assert.deepEqual(again.turns, view.turns);
    assert.deepEqual(again.turns[1].labels, turn.labels);
    assert.deepEqual(await client.call("session.debrief", { session }), debrief);
    assert.equal((await say(client, session, 3, "What else?")).turn, 3);
  });
  test("said again replaces what was said; taken back and said again it stands", async () => {
    const { session } = await talk();
    await raise(session, 2, 0, { technique: "information" });
    const unsure = await raise(session, 2, 0);
    assert.deepEqual([unsure.technique, unsure.name, unsure.note], [null, null, ""]);
    assert.equal((await open(session)).disputes.length, 1);
    assert.equal((await of(session)).length, 1);
    const back = await withdraw(session, 2, 0);
    assertResult("dispute.withdraw", back);
    assert.equal(back.state, "withdrawn");
    assert.equal((await withdraw(session, 2, 0)).state, "withdrawn", "twice is once");
    assert.equal((await open(session)).disputes[0].state, "withdrawn");
    assert.deepEqual(await of(session, "--all"), []);
    assert.equal((await raise(session, 2, 0, { technique: "challenge" })).state, "open");
    assert.equal((await of(session)).length, 1);
  });
  test("of what was not recognised gives it a name", async () => {
    const { session } = await begin(client);
    const turn = await say(client, session, 1, "qwerty asdf");
    assert.equal(turn.primary, "unclassified");
    assert.equal((await raise(session, 1, 0, { technique: "small_talk" })).technique, "small_talk");
  });
  test("of an attempt that was set aside, and after the end", async () => {
    const { session } = await talk();
    await client.call("turn.retake", { session, turn: 3, to: 2 });
    assert.equal((await raise(session, 2, 0)).state, "open");
    await client.call("turn.end", { session, turn: 4 });
    assert.equal((await raise(session, 1, 0, { technique: "clarifying_question" })).state, "open");
  });
  test("what looks like a real person's data is hidden before it is kept", async () => {
    const { session } = await talk();
    const { note } = await raise(session, 2, 0, { note: "Ask jo.bloggs@example.com or 07700 900123." });
    assert.doesNotMatch(note, /bloggs|900123/);
    assert.ok(!(await readFile(join(server.data, "askwell.db-wal"), "latin1")).includes("jo.bloggs@example.com"));
    assert.equal((await open(session)).disputes[0].note, note);
  });
  test("a thousand characters, whatever their bytes", async () => {
    const { session } = await talk();
    const note = "\u{1f642}".repeat(1000);
    assert.equal((await raise(session, 2, 0, { note })).note, note);
    await refused(raise(session, 2, 0, { note: `${note}x` }), { key: "note_too_long", status: "too_large" });
    assert.equal((await raise(session, 2, 0, { note: " \n " })).note, "");
  });
  test("in a burst: the order in which they were sent is what counts", async () => {
    const { session } = await talk();
    const answers = await Promise.all([
      raise(session, 2, 0, { technique: "information" }),
      withdraw(session, 2, 0),
      raise(session, 2, 0, { technique: "challenge" }),
      open(session),
      say(client, session, 3, "What else?"),
    ]);
    assert.deepEqual(answers.slice(0, 3).map(({ state }) => state), ["open", "withdrawn", "open"]);
    assert.equal(answers[3].disputes[0].technique, "challenge");
  });
});

describe("refused", () => {
  const cases = [
    ["a turn that is not there", { turn: 9 }, { key: "turn_not_found", status: "not_found" }],
    ["a label that is not there", { label: 40 }, { key: "label_not_found", status: "invalid" }],
    ["a technique that is not known", { technique: "telepathy" }, { key: "technique_unknown", status: "invalid" }],
    ["a modifier", { technique: "multiple_questions" }, { key: "technique_unknown", status: "invalid" }],
    ["what the label says already", { technique: "advice_direct" }, { key: "same_label", status: "invalid" }],
    ["control characters", { note: "a\u0007b" }, { key: "text_has_control", status: "invalid" }],
    ["a label that is no number", { label: -1 }, { code: -32602 }],
    ["half a label", { label: 0.5 }, { code: -32602 }],
  ];
  for (const [name, change, wanted] of cases)
    test(name, async () => {
      const { session } = await talk();
      await refused(client.call("dispute.raise", { session, turn: 2, label: 0, ...change }), wanted);
      assert.deepEqual((await open(session)).disputes, []);
    });
  test("a hint, a retake and words about somebody's safety have no label", async () => {
    const { session } = await begin(client);
    await client.call("turn.hint", { session, turn: 1 });
    await say(client, session, 2, "I want to kill myself.");
    for (const turn of [1, 2]) await refused(raise(session, turn, 0), { key: "label_none", status: "invalid" });
  });
  test("somebody else's conversation, and one that does not exist, alike", async () => {
    const { session } = await talk();
    await raise(session, 2, 0);
    const other = await trainee(server);
    const texts = [];
    for (const id of [session, randomUUID()])
      for (const method of ["dispute.raise", "dispute.withdraw"])
        texts.push((await refused(other.call(method, { session: id, turn: 2, label: 0 }), { status: "not_found" })).message);
    assert.equal(new Set(texts).size, 1);
    assert.equal((await open(session)).disputes[0].state, "open");
  });
  test("taking back what was never said", async () => {
    const { session } = await talk();
    await refused(withdraw(session, 2, 0), { key: "dispute_not_found", status: "not_found" });
  });
});

describe("a ruling", () => {
  test("from listing to the margin, beside the running server", async () => {
    const { session, turn } = await talk();
    await raise(session, 2, 0, { technique: "information", note: "It is a fact." });
    const [waiting] = await of(session);
    assert.equal(waiting.text, ADVICE);
    assert.equal(waiting.before, "What brings you here?");
    assert.ok(waiting.coachee.length > 5);
    assert.equal(waiting.technique, "advice_direct");
    assert.ok(waiting.rule && waiting.reason && ADVICE.includes(waiting.words));
    const plain = await cli("list");
    assert.equal(plain.code, 0, plain.err);
    for (const part of [waiting.id, `[${waiting.words}]`, waiting.reason, "It is a fact.", waiting.coachee]) assert.ok(plain.out.includes(part), part);

    const ruled = await cli("rule", waiting.id.slice(-12), "information", "--why", "Fair: no one was told what to do.", "--by", "Jo");
    assert.equal(ruled.code, 0, ruled.err);
    assert.match(ruled.out, new RegExp(waiting.id));
    const view = await open(session);
    assertResult("session.open", view);
    const { state, ruling } = view.disputes[0];
    assert.equal(state, "ruled");
    assert.deepEqual([ruling.technique, ruling.form, ruling.why, ruling.by], ["information", "none", "Fair: no one was told what to do.", "Jo"]);
    assert.deepEqual(view.turns[1].labels, turn.labels, "the label stays as it was shown");
    assert.deepEqual(await of(session), []);
    assert.equal((await of(session, "--all"))[0].ruling.by, "Jo");
    await refused(raise(session, 2, 0), { key: "dispute_ruled", status: "conflict" });
    await refused(withdraw(session, 2, 0), { key: "dispute_ruled", status: "conflict" });
    const twice = await cli("rule", waiting.id, "summary", "--why", "No.");
    assert.equal(twice.code, 3);
    assert.match(twice.err, /dispute_ruled/);
  });
  test("by name, with a form", async () => {
    const { session } = await talk();
    await raise(session, 2, 0);
    const { techniques } = await client.call("session.techniques", { session });
    const { name } = techniques.find(({ id }) => id === "advice_in_question");
    const [{ id }] = await of(session);
    const { code, err } = await cli("rule", id, name.toUpperCase(), "--form", "closed", "--why", "Advice all the same.");
    assert.equal(code, 0, err);
    const { ruling } = (await open(session)).disputes[0];
    assert.deepEqual([ruling.technique, ruling.form, ruling.by], ["advice_in_question", "closed", null]);
  });
  test("wrong ones say what to do", async () => {
    const { session } = await talk();
    await raise(session, 2, 0);
    const [{ id }] = await of(session);
    const cases = [
      [[id, "telepathy", "--why", "w"], 2, /technique_unknown/],
      [[id, "multiple_questions", "--why", "w"], 2, /technique_unknown/],
      [[id, "summary"], 2, /--why/],
      [[id, "summary", "--why", " "], 2, /--why/],
      [[id, "summary", "--why", "w", "--form", "shut"], 2, /form/],
      [[randomUUID(), "summary", "--why", "w"], 3, /dispute_not_found/],
      [[id], 2, /usage/],
    ];
    for (const [args, code, text] of cases) {
      const answer = await cli("rule", ...args);
      assert.equal(answer.code, code, answer.err);
      assert.match(answer.err, text);
    }
    assert.equal((await open(session)).disputes[0].state, "open");
    const { session: second } = await talk();
    await raise(second, 2, 0);
    const [first, ...rest] = await listed();
    assert.ok(rest.length > 0);
    const ambiguous = await cli("rule", first.id.slice(0, 2), "summary", "--why", "w");
    assert.equal(ambiguous.code, 2);
    assert.match(ambiguous.err, /dispute_ambiguous/);
  });
  test("--help of each, and a folder without conversations", async () => {
    for (const part of ["list", "rule", "export"]) {
      const { code, out } = await program(["disputes", part, "--help"]);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`usage: askwell disputes ${part}`));
    }
    assert.equal((await program(["disputes", "--help"])).code, 0);
    assert.equal((await program(["disputes"])).code, 2);
    assert.equal((await program(["disputes", "judge"])).code, 2);
    const { code, err } = await program(["disputes", "list", "--data", "/nowhere/at/all"]);
    assert.equal(code, 3);
    assert.match(err, /nowhere/);
  });
});

describe("test lines", () => {
  test("one for each message that was ruled on, with the ruled label put in", async () => {
    const folder = await mkdtemp(join(tmpdir(), "askwell-lines-"));
    try {
      const { session } = await begin(client, "stuck_manager");
      const text = "You must be worn out. You should delegate more. What have you tried so far?";
      const turn = await say(client, session, 1, text);
      const at = turn.labels.findIndex(({ technique }) => technique === turn.primary);
      await raise(session, 1, at);
      await raise(session, 1, turn.labels.length - 1);
      const waiting = await of(session);
      const ids = turn.labels.length > 1 ? 2 : 1;
      assert.equal(waiting.length, ids);
      for (const { id } of waiting) assert.equal((await cli("rule", id, "challenge", "--why", "It invites.")).code, 0);
      const file = join(folder, "lines.jsonl");
      const { code, err } = await cli("export", "--out", file);
      assert.equal(code, 0, err);
      const lines = (await readFile(file, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
      const mine = lines.filter((line) => line.text === text);
      assert.equal(mine.length, 1);
      const [line] = mine;
      assert.deepEqual(Object.keys(line), ["text", "coachee", "mode", "labels", "primary", "form", "why"]);
      assert.equal(line.mode, "mentoring");
      assert.equal(line.primary, "challenge");
      assert.equal(line.form, "none");
      const changed = turn.labels.map(({ technique }, index) => (index === at || index === turn.labels.length - 1 ? "challenge" : technique));
      assert.deepEqual(line.labels, [...new Set(changed)]);
      assert.match(line.why, /It invites\./);
      const stdout = await cli("export");
      assert.equal(stdout.out, await readFile(file, "utf8"));
      assert.ok(lines.some(({ text: other, before }) => other === ADVICE && before === "What brings you here?"));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("what is handed in", () => {
  let session;
  const download = async (format) =>
    (await http(server, `/export/${session}.${format}`, { headers: { host: `127.0.0.1:${server.port}`, cookie: client.cookie } })).body.toString();
  before(async () => {
    ({ session } = await talk());
    await raise(session, 1, 0, { technique: "clarifying_question", note: "<b>I was # checking</b>" });
    await raise(session, 2, 0, { technique: "information" });
    const waiting = await of(session);
    await cli("rule", waiting.find(({ turn }) => turn === 2).id, "advice_direct", "--why", "It tells <i>them</i> what to do.", "--by", "Jo");
  });
  test("Markdown and HTML show it beside the label, and nothing in it is markup", async () => {
    for (const format of ["md", "html"]) {
      const text = await download(format);
      assert.match(text, /trainee saw this as/i);
      assert.match(text, /No trainer has ruled/);
      assert.match(text, /Trainer's view/);
      assert.match(text, /Jo/);
      assert.doesNotMatch(text, /(^|[^\\])<[bi]>/m);
    }
  });
  test("JSON follows its schema", async () => {
    const value = JSON.parse(await download("json"));
    const schema = JSON.parse(readFileSync(new URL("../../dialogues/schema/transcript.schema.json", import.meta.url), "utf8"));
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
    assert.ok(validate(value), JSON.stringify(validate.errors));
    assert.equal(value.turns[0].disputes[0].note, "<b>I was # checking</b>");
    assert.equal(value.turns[0].disputes[0].ruling, null);
    assert.equal(value.turns[1].disputes[0].ruling.technique, "advice_direct");
  });
  test("what was taken back is not in it", async () => {
    await withdraw(session, 1, 0);
    assert.deepEqual(JSON.parse(await download("json")).turns[0].disputes, []);
    assert.doesNotMatch(await download("md"), /I was/);
  });
});

test("it survives a restart and a kill", async () => {
  const data = await mkdtemp(join(tmpdir(), "askwell-disputes-"));
  try {
    let own = await startServer({ data });
    const first = await trainee(own);
    const { session } = await begin(first);
    await say(first, session, 1, ADVICE);
    const said = await first.call("dispute.raise", { session, turn: 1, label: 0, note: "Kept?" });
    await own.kill();
    const line = (await program(["disputes", "list", "--json", "--data", data])).out;
    const { code, err } = await program(["disputes", "rule", JSON.parse(line).id, "advice_direct", "--why", "While the server was away.", "--data", data]);
    assert.equal(code, 0, err);
    own = await startServer({ data });
    const view = await (await reconnect(own, first.cookie)).call("session.open", { session });
    assert.equal(view.disputes[0].note, said.note);
    assert.equal(view.disputes[0].ruling.why, "While the server was away.");
    await own.stop();
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
