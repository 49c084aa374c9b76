// SPDX-License-Identifier: Apache-2.0
// A conversation that never seems to end: it can still be opened, looked back on and handed in, and there is a last turn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { http, startServer } from "./server.mjs";
import { begin, reconnect, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let server;
before(async () => {
  server = await startServer({ args: ["--messages-per-second", "100000", "--messages-burst", "100000"] });
});
after(() => server?.stop());

const sayings = [
  "What matters most to you here? Tell me a little more about that.",
  "So you are torn between the two. It sounds tiring. What else is there?",
  "How would you know that it had worked? What would be different?",
];

test("a thousand turns are read back, also when other answers wait on the same line", async () => {
  const client = await trainee(server);
  const { session } = await begin(client);
  for (let turn = 1; turn <= 1000; turn++) await say(client, session, turn, sayings[turn % sayings.length]);
  await client.close();

  const again = await reconnect(server, client.cookie);
  const calls = [
    again.call("library.list"),
    again.call("session.open", { session }),
    again.call("session.list"),
    again.call("session.debrief", { session }),
    again.call("session.open", { session }),
    again.call("library.list"),
  ];
  const [, view, , debrief] = await Promise.all(calls);
  assert.equal(view.turns.length, 1000);
  assert.ok(JSON.stringify(view).length > 1 << 20, "larger than what may wait on a line otherwise");
  assert.equal(debrief.session, session);
  for (const format of ["md", "html", "json"]) {
    const answer = await http(server, `/export/${session}.${format}`, { headers: { cookie: client.cookie } });
    assert.equal(answer.status, 200);
  }
  await again.close();
});

test("after 2,000 turns a conversation can only be ended", async () => {
  const client = await trainee(server);
  const { session } = await begin(client);
  for (let turn = 1; turn <= 2000; turn++) await client.call("turn.hint", { session, turn });
  const error = await refused(say(client, session, 2001, "What else?"), { key: "conversation_full", status: "limit" });
  assert.match(error.message, /End it/);
  await refused(client.call("turn.hint", { session, turn: 2001 }), { key: "conversation_full" });
  assert.ok((await client.call("turn.end", { session, turn: 2001 })).ended);
  assert.equal((await client.call("session.open", { session })).turns.length, 2001);
  await client.close();
});
