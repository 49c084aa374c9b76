// SPDX-License-Identifier: Apache-2.0
// A conversation that never seems to end: it can still be opened, looked back on and handed in, and there is a last turn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { http, startServer } from "./server.mjs";
import { begin, reconnect, say, trainee } from "./trainee.mjs";
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
