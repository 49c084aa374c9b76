// SPDX-License-Identifier: Apache-2.0
// Exercises that come back when they are due, the same person met both ways, and what trainees write beside it all.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { request } from "node:http";
import { after, before, describe, test } from "node:test";
import { withMadeCases } from "./made.mjs";
import { startServer } from "./server.mjs";
import { assertResult } from "./shapes.mjs";
import { begin, reconnect, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let folder;
let server;
before(async () => {
  folder = await withMadeCases();
  server = await startServer({ dialogues: `${folder}/dialogues`, args: ["--messages-per-second", "1000", "--messages-burst", "1000"] });
});
after(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const standing = async (client) => {
  const list = await client.call("drill.list");
  assertResult("drill.list", list);
  return list.drills.find(({ script }) => script === "three_things");
};

/** Does a drill to its end; `answer` says what is typed for each exercise. Returns the exercises in the order asked. */
async function practise(client, answer) {
  const session = randomUUID();
  const view = await client.call("session.start", { session, script: "three_things" });
  assertResult("session.start", view);
  assert.equal(view.case.mode, "drill");
  assert.deepEqual(view.drill, { right: 0, done: 0, of: 2 });
  const asked = [];
  for (let turn = 1; turn < 20; turn++) {
    const said = await say(client, session, turn, answer(asked.length));
    assertResult("turn.say", said);
    if (asked.at(-1) !== said.exercise.id) asked.push(said.exercise.id);
    if (said.ended) return { session, asked, ended: said.ended.id, turns: turn };
  }
  return assert.fail("the drill did not end");
}

describe("drills", () => {
  test("what is new is asked first, what was shown comes back at once, what sits waits", async () => {
    const client = await trainee(server);
    assert.deepEqual(await standing(client), { script: "three_things", exercises: 3, due: 0, new: 3, firm: 0, next: null });
    const first = await practise(client, (index) => (index < 1 ? "What is it like?" : "Is it bad?"));
    assert.equal(first.ended, "coming");
    assert.equal(first.turns, 3, "one that is right at once, one with two tries");
    const then = await standing(client);
    assert.equal(then.new, 1);
    assert.equal(then.due, 1, "the one that was shown");
    const second = await practise(client, () => "How is it?");
    assert.equal(second.ended, "sits");
    assert.ok(!second.asked.includes(first.asked[0]), "what was right at the first try waits for tomorrow");
    assert.ok(second.asked.includes(first.asked[1]), "what was shown comes back");
    assert.equal((await standing(client)).due, 0);
    await client.close();
  });

  test("another person starts afresh, and a conversation taken up again is the same", async () => {
    const client = await trainee(server);
    assert.equal((await standing(client)).new, 3);
    const { session } = await practise(client, () => "What is it like?");
    const again = await reconnect(server, client.cookie);
    const view = await again.call("session.open", { session });
    assertResult("session.open", view);
    assert.deepEqual(view.drill, { right: 2, done: 2, of: 2 });
    assert.ok(view.ended);
    await client.close();
    await again.close();
  });
});

function download(cookie, session, extension) {
  return new Promise((done, failed) =>
    request(`${server.url}/export/${session}.${extension}`, { headers: { cookie } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => done(text));
    }).on("error", failed).end(),
  );
}

describe("both ways", () => {
  test("two conversations, the questions on the way and the comparison, down to the transcript", async () => {
    const client = await trainee(server);
    const { cases } = await client.call("library.list");
    const sides = cases.filter((each) => each.contrast?.id === "two_hats");
    assert.deepEqual(sides.map(({ id, mode }) => [id, mode]), [["two_hats.coaching", "coaching"], ["two_hats.mentoring", "mentoring"]]);
    const briefs = await Promise.all(sides.map(({ id }) => client.call("library.case", { script: id })));
    assert.deepEqual(briefs.map(({ contrast }) => contrast.other), [sides[1].id, sides[0].id]);
    const { session: first } = await begin(client, "two_hats.coaching");
    const advised = await say(client, first, 1, "You should take a week off.");
    assert.equal(advised.prompt, "whose_idea");
    assert.equal(advised.reply.at(-1).voice, "guide");
    await client.call("turn.end", { session: first, turn: 2 });
    const note = (session, about, text) => client.call("note.write", { session, about, text });
    const written = await note(first, "whose_idea", "Mine. My number is 07700 900123.");
    assertResult("note.write", written);
    assert.ok(!written.text.includes("900123"), "masked before it is kept");
    await note(first, "agenda", "She did.");
    const second = randomUUID();
    const view = await client.call("session.start", { session: second, script: "two_hats.mentoring", pair: first });
    assert.equal(view.pair, first);
    await say(client, second, 1, "What would you like to hear about?");
    await client.call("turn.end", { session: second, turn: 2 });
    await note(second, "answers.coaching", "Hers <b>only</b>");
    await note(second, "answers.mentoring", "Mine | and hers\nafter asking");
    await note(second, "hat", "A draft");
    await note(second, "hat", "The mentor's");
    const open = await client.call("session.open", { session: second });
    assertResult("session.open", open);
    assert.deepEqual(open.notes.map(({ about, text }) => [about, text]), [["answers.coaching", "Hers <b>only</b>"], ["answers.mentoring", "Mine | and hers\nafter asking"], ["hat", "The mentor's"]]);
    const markdown = await download(client.cookie, second, "md");
    assert.match(markdown, /Coaching and mentoring compared/);
    assert.match(markdown, /\| Whose answers \| Hers \\<b\\>only\\<\/b\\> \| Mine \\\| and hers after asking \|/);
    assert.match(markdown, /Which hat\?/);
    const html = await download(client.cookie, second, "html");
    assert.match(html, /Hers &lt;b&gt;only/);
    const json = JSON.parse(await download(client.cookie, first, "json"));
    assert.equal(json.contrast, "two_hats");
    assert.deepEqual(json.notes.map(({ about }) => about), ["whose_idea", "agenda"]);
    const { sessions } = await client.call("session.list");
    assert.deepEqual(sessions.map(({ contrast: of, pair }) => [of, pair]), [["two_hats", first], ["two_hats", null]]);
    await client.close();
  });

  test("what belongs to somebody else, or to nothing, is refused", async () => {
    const client = await trainee(server);
    const other = await trainee(server);
    const { session } = await begin(client, "two_hats.coaching");
    const start = (params) => other.call("session.start", { session: randomUUID(), script: "two_hats.mentoring", ...params });
    await refused(start({ pair: session }), { key: "pair_not_found" });
    await refused(start({ pair: randomUUID() }), { key: "pair_not_found" });
    await refused(client.call("session.start", { session: randomUUID(), script: "career_plateau", pair: session }), { key: "pair_not_found" });
    const write = (who, about, text) => who.call("note.write", { session, about, text });
    await refused(write(other, "agenda", "Not mine"), { key: "session_not_found" });
    for (const about of ["", "nothing", "answers", "answers.teaching", "learning.coaching.x", "a".repeat(500)]) await refused(write(client, about, "x"), { key: "question_not_found" });
    await refused(write(client, "agenda", "x".repeat(2001)), { key: "note_too_long" });
    await refused(write(client, "agenda", "x\u0007"), { key: "text_has_control" });
    assert.equal((await write(client, "agenda", "  \n")).text, "");
    await client.close();
    await other.close();
  });
});

describe("of one's own accord", () => {
  test("notes on a turn, marks, the estimate before the debrief and the level of feedback, down to the transcript", async () => {
    const client = await trainee(server);
    const { session } = await begin(client, "career_plateau");
    const note = (about, text) => client.call("note.write", { session, about, text });
    await refused(note("line.1", "Nothing is there yet."), { key: "question_not_found" });
    await say(client, session, 1, "What is going on for you?");
    await say(client, session, 2, "You should rest.");
    assertResult("note.write", await note("line.2", "I wanted to help.\nSo I told her."));
    await note("mark.1", "reflection");
    await note("mark.2", "supervision");
    await note("self.skill", "open_question");
    await note("self.went", "4");
    await note("self.best", "1");
    await note("self.feedback", "3");
    for (const [about, text] of [["mark.1", "later"], ["self.skill", "charm"], ["self.went", "6"], ["self.went", "4.5"], ["self.best", "99"], ["self.feedback", ""], ["self.feedback", "5"]])
      await refused(note(about, text), { key: "note_not_a_choice" });
    for (const about of ["line.0", "line.3", "line.01", "line.", "mark.-1", "line.99999999999", "self.", "self.name"]) await refused(note(about, "x"), { key: "question_not_found" });
    const { notes } = await client.call("session.open", { session });
    assert.deepEqual(Object.fromEntries(notes.map(({ about, text }) => [about, text])), {
      "line.2": "I wanted to help.\nSo I told her.", "mark.1": "reflection", "mark.2": "supervision", "self.skill": "open_question", "self.went": "4", "self.best": "1", "self.feedback": "3",
    });
    const listed = await client.call("session.list");
    assertResult("session.list", listed);
    assert.deepEqual(listed.sessions.map(({ feedback, went }) => [feedback, went]), [[3, 4]]);
    await client.call("turn.end", { session, turn: 3 });
    assert.equal((await note("mark.1", "")).text, "", "still after the end, and taken back");
    const markdown = await download(client.cookie, session, "md");
    for (const part of [/Notes on messages \| at the end/, /the skill that the trainee worked on/, /Open question/, /in the trainee's view/, /message 1/, /On message 2/, /I wanted to help/, /Marked for supervision/]) assert.match(markdown, part);
    assert.doesNotMatch(markdown, /Marked for the reflection/);
    const html = await download(client.cookie, session, "html");
    for (const part of [/On message 2/, /I wanted to help/, /at the end/]) assert.match(html, part);
    await client.close();
  });
});
