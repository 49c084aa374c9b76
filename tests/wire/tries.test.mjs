// SPDX-License-Identifier: Apache-2.0
// Going back behind an end: what was shown there stays, with what the trainee thought of it, beside what came out in the end.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { http, startServer } from "./server.mjs";
import { assertResult } from "./shapes.mjs";
import { begin, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
ajv.addFormat("uuid", /^[0-9a-f-]{36}$/);
const fits = ajv.compile(JSON.parse(readFileSync(new URL("../../dialogues/schema/transcript.schema.json", import.meta.url), "utf8")));

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

const estimate = (client, session, about, text) => client.call("note.write", { session, about, text });

/** Ends badly in turn 3, goes back to turn 2, and ends otherwise in turn 7. */
async function twice(client) {
  const { session } = await begin(client);
  await say(client, session, 1, "What brings you here?");
  await say(client, session, 2, "You should simply resign. Have you tried a holiday?");
  await client.call("turn.end", { session, turn: 3 });
  const first = await client.call("session.debrief", { session });
  await estimate(client, session, "self.went.3", "2");
  await estimate(client, session, "self.best.3", "2");
  await client.call("turn.retake", { session, turn: 4, to: 2 });
  await say(client, session, 5, "You sound tired of it.");
  await say(client, session, 6, "What matters most to you in all this?");
  return { session, first };
}

const stands = async (client) => (await client.call("session.list")).sessions[0].went;
const told = ({ measures }, id) => measures.find((measure) => measure.id === id).count;

test("the debrief of an end stays as it was, before and after the next one", async () => {
  const client = await trainee(server);
  const { session, first } = await twice(client);
  assertResult("session.debrief", first);
  assert.equal(first.ended_turn, 3);
  assert.equal(told(first, "advice"), 2);
  assert.deepEqual(await client.call("session.debrief", { session, ended_turn: 3 }), first, "while it is open again");
  const open = await client.call("session.debrief", { session });
  assert.deepEqual([open.ended_turn, open.ending, told(open, "advice")], [null, null, 0]);
  await client.call("turn.end", { session, turn: 7 });
  const second = await client.call("session.debrief", { session });
  assert.deepEqual([second.ended_turn, second.messages, told(second, "advice")], [7, 3, 0]);
  assert.deepEqual([first.earlier_ends, open.earlier_ends, second.earlier_ends], [[], [3], [3]]);
  assert.deepEqual(await client.call("session.debrief", { session, ended_turn: 7 }), second);
  assert.deepEqual(await client.call("session.debrief", { session, ended_turn: 3 }), first, "after another end");
  await client.close();
});

test("where nothing ended there is no debrief of an end, and nobody else's", async () => {
  const client = await trainee(server);
  const { session } = await twice(client);
  for (const ended_turn of [1, 2, 4, 5, 6, 7, 4294967295]) await refused(client.call("session.debrief", { session, ended_turn }), { key: "end_not_found", status: "not_found" });
  for (const ended_turn of [0, -1, "3", null]) await refused(client.call("session.debrief", { session, ended_turn }), { key: "parameter_type" });
  await refused((await trainee(server)).call("session.debrief", { session, ended_turn: 3 }), { key: "session_not_found" });
  await client.close();
});

test("an estimate belongs to the end that it was made at", async () => {
  const client = await trainee(server);
  const { session } = await twice(client);
  assert.equal(await stands(client), null, "what was said of the first end is not said of what is open again");
  await client.call("turn.end", { session, turn: 7 });
  assert.equal(await stands(client), null, "nor of another end");
  await estimate(client, session, "self.went.7", "5");
  assert.equal(await stands(client), 5);
  const { notes } = await client.call("session.open", { session });
  assert.deepEqual(Object.fromEntries(notes.map(({ about, text }) => [about, text])), { "self.went.3": "2", "self.best.3": "2", "self.went.7": "5" });
  for (const about of ["self.went.8", "self.went.0", "self.went.", "self.wents", "self.went.3.1", "self.skill.x"]) await refused(estimate(client, session, about, "2"), { key: "question_not_found" });
  await refused(estimate(client, session, "self.went.3", "6"), { key: "note_not_a_choice" });
  await client.close();
});

test("an estimate from before there could be two is of what ended first", async () => {
  const client = await trainee(server);
  const { session } = await begin(client);
  await say(client, session, 1, "What brings you here?");
  await client.call("turn.end", { session, turn: 2 });
  await estimate(client, session, "self.went", "4");
  assert.equal(await stands(client), 4);
  await client.close();
});

test("every export has both ends and both estimates", async () => {
  const client = await trainee(server);
  const { session, first } = await twice(client);
  await client.call("turn.end", { session, turn: 7 });
  await estimate(client, session, "self.went.7", "5");
  const second = await client.call("session.debrief", { session });
  const file = async (format) =>
    (await http(server, `/export/${session}.${format}`, { headers: { host: `127.0.0.1:${server.port}`, cookie: client.cookie } })).body.toString();
  const json = JSON.parse(await file("json"));
  assert.ok(fits(json), ajv.errorsText(fits.errors));
  assert.deepEqual([json.debrief, json.earlier], [second, [first]]);
  for (const format of ["md", "html"]) {
    const text = await file(format);
    for (const part of ["Before and after trying again", "Before the first debrief: how it went, in the trainee", "not very well", "a message that was set aside later", "Before the debrief after trying again: how it went", "very well"])
      assert.ok(text.includes(part), `${format}: ${part}`);
  }
  const row = (await file("md")).split("\n").find((line) => line.startsWith("| Advice unasked | 2 |"));
  assert.match(row ?? "", /^\| Advice unasked \| 2 \| 0 \|$/);
  await client.close();
});
