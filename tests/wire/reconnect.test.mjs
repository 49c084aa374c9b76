// SPDX-License-Identifier: Apache-2.0
// The network goes away at any moment, or a second window is open: nothing lost, nothing twice.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { http, startServer } from "./server.mjs";
import { begin, reconnect, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let server;
before(async () => {
  server = await startServer({ args: ["--messages-per-second", "10000", "--messages-burst", "10000", "--connections-per-address", "0"] });
});
after(() => server?.stop());

test("sockets that die before the answer: the turn is sent again and kept once", async () => {
  let client = await trainee(server);
  const { session } = await begin(client);
  for (let turn = 1; turn <= 25; turn++) {
    const text = `What would help you most just now, take ${turn}?`;
    say(client, session, turn, text).catch(() => {});
    await pause(turn % 5);
    client.socket.terminate();
    client = await reconnect(server, client.cookie);
    const view = await client.call("session.open", { session });
    assert.ok(view.turns.length === turn || view.turns.length === turn - 1);
    const answer = await say(client, session, turn, text);
    assert.equal(answer.text, text);
    if (view.turns.length === turn) assert.deepEqual(answer.reply, view.turns.at(-1).reply);
  }
  const { turns } = await client.call("session.open", { session });
  assert.deepEqual(turns.map((turn) => turn.turn), Array.from({ length: 25 }, (_, index) => index + 1));
  await client.close();
});

test("what a view shows is what was acknowledged", async () => {
  const client = await trainee(server);
  const { session, view } = await begin(client, "stuck_manager");
  const said = [];
  for (const text of ["Hello, how are you?", "What is going on with your team?", "You should delegate more.", "It sounds lonely."])
    said.push(await say(client, session, said.length + 1, text));
  const other = await reconnect(server, client.cookie);
  const opened = await other.call("session.open", { session });
  assert.deepEqual(opened.opening, view.opening);
  assert.deepEqual(opened.turns.map(({ set_aside: _, ...turn }) => turn), said);
  assert.deepEqual(opened.stage, { id: said.at(-1).stage.id, name: said.at(-1).stage.name });
  await client.close();
  await other.close();
});

test("two windows on one conversation: one turn wins, the other is told", async () => {
  const left = await trainee(server);
  const right = await reconnect(server, left.cookie);
  const { session } = await begin(left);
  for (let turn = 1; turn <= 15; turn++) {
    const answers = await Promise.allSettled([say(left, session, turn, `Left asks, what else ${turn}?`), say(right, session, turn, `Right asks, what else ${turn}?`)]);
    assert.deepEqual(answers.map((each) => each.status).sort(), ["fulfilled", "rejected"]);
    assert.equal(answers.find((each) => each.status === "rejected").reason.status, "conflict");
  }
  const { turns, next } = await right.call("session.open", { session });
  assert.deepEqual([turns.length, next], [15, 16]);
  await refused(say(right, session, 18, "Too early?"), { key: "turn_out_of_order" });
  await left.close();
  await right.close();
});

test("signing in again with a valid cookie keeps the person", async () => {
  const client = await trainee(server);
  const { session } = await begin(client);
  const answer = await http(server, "/api/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url, cookie: client.cookie, "content-length": "2" },
    body: "{}",
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["set-cookie"], undefined);
  const again = await reconnect(server, client.cookie);
  assert.equal((await again.call("session.list")).sessions[0].session, session);
  await client.close();
  await again.close();
});

test("two hundred trainees who vanish in mid-turn leave the server in order", async () => {
  const clients = await Promise.all(Array.from({ length: 200 }, () => trainee(server)));
  await Promise.all(
    clients.map(async (client) => {
      const { session } = await begin(client);
      say(client, session, 1, "What brings you here?").catch(() => {});
      client.socket.terminate();
    }),
  );
  const client = await trainee(server);
  const { session } = await begin(client);
  assert.equal((await say(client, session, 1, "What brings you here?")).turn, 1);
  const health = JSON.parse((await http(server, "/healthz", { headers: { host: `127.0.0.1:${server.port}` } })).body);
  assert.equal(health.status, "ok");
  await client.close();
});
