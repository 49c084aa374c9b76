// SPDX-License-Identifier: Apache-2.0
// The labels that were shown stay: under other rules, when the rules that a conversation began with cannot be used any
// more, and when the dialogues are gone.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startServer } from "./server.mjs";
import { blob, conversation, otherRules, sql } from "./stored.mjs";
import { begin, program, reconnect, say } from "./trainee.mjs";
import "./tidy.mjs";

const other = await otherRules();
const shown = ({ labels, primary, flags, picked_up, recognised }) => ({ labels, primary, flags, picked_up, recognised });

test("every answer to something said holds what a replay needs", async () => {
  const { turns } = await conversation(join(other.folder, "needs"));
  for (const turn of turns) {
    if (turn.kind !== "say") {
      assert.equal(turn.recognised, null);
      continue;
    }
    const { label, questions, words: count, safety } = turn.recognised;
    assert.equal(label === null ? null : turn.labels[label].technique, turn.primary);
    assert.equal(safety === null, turn.labels.length > 0);
    assert.ok(questions <= turn.labels.length && count >= turn.text.split(/\s+/).length - 2, turn.text);
  }
  assert.equal(turns[1].primary, "advice_direct");
  assert.equal(turns[3].recognised.safety, "distress");
});

test("the rules a conversation began with can no longer be used: it keeps its labels and goes on under today's", async () => {
  const { data, cookie, session, turns } = await conversation(join(other.folder, "outgrown"));
  let server = await startServer({ data });
  let client = await reconnect(server, cookie);
  await begin(client, "stuck_manager", 3);
  await server.stop();
  sql(data, `UPDATE version SET body = ${blob('{"kind": "pack", "format": 0}')} WHERE kind = 'pack'`);
  server = await startServer({ data, dialogues: other.dialogues });
  try {
    client = await reconnect(server, cookie);
    const view = await client.call("session.open", { session });
    assert.deepEqual(view.turns.map(shown), turns.map(shown));
    const debrief = await client.call("session.debrief", { session });
    assert.equal(debrief.messages, 2);
    const next = turns.length + 1;
    await client.call("turn.retake", { session, turn: next, to: 7 });
    assert.equal((await say(client, session, next + 1, "You should talk to HR.")).primary, "information");
    assert.equal((await client.call("session.list")).sessions.filter((each) => each.character).length, 2);
  } finally {
    await server.stop();
  }
  const said = server.log.split("\n").filter((line) => line.includes("rules_replaced"));
  assert.equal(said.length, 1, server.log);
  assert.match(said[0], /language=en .*instead=/);
  const { code, out, err } = await program(["export", "--data", data, "--dialogues", other.dialogues, "--format", "json", session]);
  assert.equal(code, 0, err);
  const transcript = JSON.parse(out);
  assert.equal(transcript.turns[1].primary, "advice_direct");
  assert.deepEqual([[transcript.rules.version]], sql(data, `SELECT pack_hash FROM session WHERE script = 'career_plateau'`));
});

test("an answer that was damaged on the disk: that message alone is labelled anew", async () => {
  const { data, cookie, session, turns } = await conversation(join(other.folder, "damaged"));
  sql(data, `UPDATE turn SET answer = replace(answer, '"labels"', '"lables"') WHERE number = 1`);
  const server = await startServer({ data });
  try {
    const client = await reconnect(server, cookie);
    assert.equal((await say(client, session, turns.length + 1, "What else?")).turn, turns.length + 1);
  } finally {
    await server.stop();
  }
  const { code, out, err } = await program(["export", "--data", data, "--format", "json", session]);
  assert.equal(code, 0, err);
  assert.deepEqual(JSON.parse(out).turns[0].labels, turns[0].labels);
});

test("export needs no dialogues when the store has what the conversation began with", async () => {
  const { data, session, turns } = await conversation(join(other.folder, "alone"));
  const there = await program(["export", "--data", data, "--format", "json", session]);
  const gone = await program(["export", "--data", data, "--dialogues", join(other.folder, "gone"), "--format", "json", session]);
  assert.equal(gone.code, 0, gone.err);
  const still = (text) => ({ ...JSON.parse(text), exported: null });
  assert.deepEqual(still(gone.out), still(there.out));
  assert.deepEqual(JSON.parse(gone.out).turns.map((turn) => turn.primary), turns.map((turn) => turn.primary));
  sql(data, `UPDATE version SET body = ${blob("{}")} WHERE kind = 'pack'`);
  const lost = await program(["export", "--data", data, "--dialogues", join(other.folder, "gone"), session]);
  assert.equal(lost.code, 3);
  assert.match(lost.err, /version_unusable/);
});
