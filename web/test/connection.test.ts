// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, Refused, RpcError } from "../src/connection";
import { FakeWorld, settle } from "./fakes";

async function connected(): Promise<{ world: FakeWorld; connection: Connection }> {
  const world = new FakeWorld();
  const connection = new Connection(world);
  connection.start();
  await settle();
  world.last.open();
  return { world, connection };
}

test("a call made before the line is open is sent when it opens", async () => {
  const world = new FakeWorld();
  const connection = new Connection(world);
  const answer = connection.call("library.list", {});
  connection.start();
  await settle();
  assert.equal(world.last.sent.length, 0);
  world.last.open();
  assert.equal(world.last.sent[0]?.method, "library.list");
  world.last.answer(0, { cases: [] });
  assert.deepEqual(await answer, { cases: [] });
});

test("what was not answered is asked again, once, on the next connection", async () => {
  const { world, connection } = await connected();
  const first = connection.call("session.open", { session: "a" });
  const second = connection.call("session.open", { session: "b" });
  world.last.answer(0, { session: "a" });
  await first;
  world.last.drop();
  await world.pass(500);
  assert.equal(world.sockets.length, 2);
  world.last.open();
  assert.deepEqual(
    world.last.sent.map(({ params }) => params["session"]),
    ["b"],
  );
  world.last.answer(0, { session: "b" });
  assert.deepEqual(await second, { session: "b" });
});

test("an error of the server reaches the caller with its key", async () => {
  const { world, connection } = await connected();
  const answer = connection.call("turn.hint", { session: "a", turn: 9 });
  world.last.refuse(0, "turn_out_of_order", "conflict");
  await assert.rejects(answer, (error: unknown) => error instanceof RpcError && error.key === "turn_out_of_order");
});

test("attempts grow further apart, up to a limit", async () => {
  const { world } = await connected();
  const waits: number[] = [];
  world.last.drop();
  for (let attempt = 0; attempt < 8; attempt++) {
    const before = world.sockets.length;
    let waited = 0;
    while (world.sockets.length === before) {
      await world.pass(100);
      waited += 100;
    }
    waits.push(waited);
    world.last.drop();
    await settle();
  }
  assert.deepEqual(waits, [400, 800, 1600, 3200, 6400, 12800, 15000, 15000]);
});

test("coming back online does not wait for the next attempt", async () => {
  const { world, connection } = await connected();
  world.last.drop();
  for (let attempt = 0; attempt < 6; attempt++) {
    await world.pass(15_000);
    world.last.drop();
  }
  const before = world.sockets.length;
  connection.nudge();
  await settle();
  assert.equal(world.sockets.length, before + 1);
});

test("two nudges while connecting open one socket", async () => {
  const { world, connection } = await connected();
  world.last.drop();
  connection.nudge();
  connection.nudge();
  await settle();
  connection.nudge();
  await settle();
  assert.equal(world.sockets.length, 2);
});

test("a line that does not answer is given up, and the call goes on over the next one", async () => {
  const { world, connection } = await connected();
  const answer = connection.call("turn.say", { session: "a", turn: 1, text: "hello" });
  await world.pass(15_000);
  await world.pass(400);
  assert.equal(world.sockets.length, 2);
  world.last.open();
  assert.equal(world.last.sent[0]?.params["text"], "hello");
  world.last.answer(0, { turn: 1 });
  assert.deepEqual(await answer, { turn: 1 });
});

test("a short loss is not reported, a longer one is, and the way back is", async () => {
  const { world, connection } = await connected();
  world.last.drop();
  await world.pass(400);
  world.last.open();
  await world.pass(2_000);
  assert.deepEqual(connection.link.value, { state: "open", again: true });
  world.last.drop();
  await world.pass(400);
  world.last.drop();
  await world.pass(400);
  assert.equal(connection.link.value.state, "lost");
});

test("a server that says that it leaves gets a longer silence", async () => {
  const { world, connection } = await connected();
  world.last.hear({ jsonrpc: "2.0", method: "server.leaving", params: {} });
  world.last.drop();
  await world.pass(2_000);
  assert.equal(connection.link.value.state, "open");
  await world.pass(3_000);
  assert.equal(connection.link.value.state, "lost");
});

test("unless somebody is waiting for an answer", async () => {
  const { world, connection } = await connected();
  world.last.hear({ jsonrpc: "2.0", method: "server.leaving", params: {} });
  world.last.drop();
  void connection.call("turn.hint", { session: "a", turn: 1 });
  await world.pass(600);
  assert.equal(connection.link.value.state, "lost");
});

test("a refused sign-in is said and not repeated", async () => {
  const world = new FakeWorld();
  world.signInError = new Refused("an account is needed", "sign_in_needed");
  const connection = new Connection(world);
  connection.start();
  await settle();
  await world.pass(60_000);
  assert.deepEqual(connection.link.value, { state: "refused", key: "sign_in_needed", reason: "an account is needed" });
  assert.equal(world.signIns, 1);
});

test("signing in again happens only after a handshake that failed", async () => {
  const { world } = await connected();
  world.last.drop();
  await world.pass(400);
  assert.equal(world.signIns, 1);
  world.last.drop();
  await world.pass(2_000);
  assert.equal(world.signIns, 2);
});

async function returning(): Promise<{ world: FakeWorld; connection: Connection }> {
  const world = new FakeWorld();
  world.wasHere = true;
  const connection = new Connection(world);
  connection.start();
  await settle();
  return { world, connection };
}

test("who was here before signs in once, when what they asked for has come", async () => {
  const { world, connection } = await returning();
  const answer = connection.call("session.list", {});
  void connection.call("drill.list", {});
  world.last.open();
  assert.equal(connection.link.value.state, "open");
  await settle();
  assert.equal(world.signIns, 0);
  world.last.answer(0, { sessions: [] });
  await answer;
  world.last.answer(1, { drills: [] });
  await settle();
  assert.equal(world.signIns, 0);
  await world.pass(1000);
  assert.equal(world.signIns, 1);
  world.last.drop();
  await world.pass(400);
  assert.deepEqual([world.sockets.length, world.signIns], [2, 1]);
});

test("a line that is lost before the first answer leaves the sign-in for the next one", async () => {
  const { world, connection } = await returning();
  void connection.call("session.list", {});
  world.last.open();
  world.last.drop();
  await world.pass(400);
  world.last.open();
  world.last.answer(0, { sessions: [] });
  await world.pass(1000);
  assert.equal(world.signIns, 1);
});

test("a cookie that does not hold any more costs one attempt", async () => {
  const { world, connection } = await returning();
  const answer = connection.call("session.list", {});
  world.last.drop();
  await settle();
  assert.equal(world.sockets.length, 2, "at once");
  assert.equal(world.signIns, 1);
  world.last.open();
  world.last.answer(0, { sessions: [] });
  assert.deepEqual(await answer, { sessions: [] });
});

test("a server that does not let in who was here before is not asked again and again", async () => {
  const world = new FakeWorld();
  world.wasHere = true;
  world.signInError = new Refused("an account is needed");
  const connection = new Connection(world);
  connection.start();
  await settle();
  world.last.drop();
  await settle();
  await world.pass(60_000);
  assert.equal(connection.link.value.state, "refused");
  assert.equal(world.sockets.length, 1);
});

test("what was asked ahead answers the call for it, once", async () => {
  const { world, connection } = await connected();
  connection.askAhead("session.open", { session: "a" });
  const answer = connection.call("session.open", { session: "a" });
  void connection.call("session.open", { session: "a" });
  assert.equal(world.last.sent.length, 2);
  world.last.answer(0, { session: "a" });
  assert.deepEqual(await answer, { session: "a" });
  connection.askAhead("session.list", {});
  connection.forgetAhead();
  void connection.call("session.list", {});
  assert.equal(world.last.sent.length, 4);
});

test("it is known when nothing waits for an answer any more", async () => {
  const { world, connection } = await connected();
  await connection.answered();
  void connection.call("session.list", {});
  void connection.call("drill.list", {});
  let quiet = false;
  void connection.answered().then(() => (quiet = true));
  world.last.answer(0, {});
  await settle();
  assert.equal(quiet, false);
  world.last.answer(1, {});
  await settle();
  assert.equal(quiet, true);
});

test("an answer that nobody has taken yet is waited for, unless it is no longer wanted", async () => {
  const { world, connection } = await connected();
  for (const leave of [() => void connection.call("session.list", {}), () => connection.forgetAhead()]) {
    connection.askAhead("session.list", {});
    let quiet = false;
    void connection.answered().then(() => (quiet = true));
    world.last.answer(world.last.sent.length - 1, {});
    await settle();
    assert.equal(quiet, false);
    leave();
    await settle();
    assert.equal(quiet, true);
  }
});

test("messages that make no sense are ignored", async () => {
  const { world, connection } = await connected();
  const answer = connection.call("library.list", {});
  for (const nonsense of ["", "{", "null", "[]", '{"id":77,"result":1}', '{"id":"x"}', '{"method":5}']) world.last.hear(nonsense);
  world.last.answer(0, { cases: [] });
  assert.deepEqual(await answer, { cases: [] });
});

test("refused stays refused, whatever is asked meanwhile, until somebody comes back", async () => {
  const { world, connection } = await connected();
  world.last.drop();
  await world.pass(500);
  world.last.drop();
  world.signInError = new Refused("Sign in first.");
  await world.pass(1_000);
  assert.equal(connection.link.value.state, "refused");
  const answer = connection.call("session.open", { session: "a" });
  await world.pass(60_000);
  assert.equal(connection.link.value.state, "refused");
  world.signInError = null;
  connection.nudge();
  await settle();
  world.last.open();
  world.last.answer(0, { session: "a" });
  assert.deepEqual(await answer, { session: "a" });
});
