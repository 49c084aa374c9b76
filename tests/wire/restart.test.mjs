// SPDX-License-Identifier: Apache-2.0
// Stopping and dying: everything received before SIGTERM is committed and answered, everything acknowledged survives
// kill -9. ASKWELL_KILLS sets how many kills (10; tests/run has a step of its own with 50).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startServer } from "./server.mjs";
import { begin, reconnect, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const limits = ["--messages-per-second", "10000", "--messages-burst", "10000"];

async function withFolder(work) {
  const data = await mkdtemp(join(tmpdir(), "askwell-restart-"));
  try {
    await work(data);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

for (const wait of [0, 1, 3, 10, 30])
  test(`SIGTERM ${wait} ms after thirty people spoke: each was answered or can safely say it again`, () =>
    withFolder(async (data) => {
      let server = await startServer({ data, args: limits });
      const people = [];
      for (let count = 0; count < 30; count++) {
        const client = await trainee(server);
        const { session } = await begin(client);
        await say(client, session, 1, "What brings you here?");
        people.push({ client, session, text: `Tell me more about that, part ${count}.` });
      }
      for (const person of people) person.answer = say(person.client, person.session, 2, person.text).catch((error) => error);
      await pause(wait);
      const stopped = await server.stop();
      assert.deepEqual(stopped, { code: 0, signal: null });
      for (const person of people) {
        const closed = await person.client.gone;
        assert.equal(closed.code, 1001);
        assert.deepEqual(person.client.notifications.map((each) => each.method), ["server.leaving"]);
      }
      server = await startServer({ data, args: limits });
      let answered = 0;
      for (const person of people) {
        const answer = await person.answer;
        const client = await reconnect(server, person.client.cookie);
        const again = await say(client, person.session, 2, person.text);
        if (!(answer instanceof Error)) {
          assert.deepEqual(again, answer);
          answered++;
        }
        assert.equal((await client.call("session.open", { session: person.session })).turns.length, 2);
        await client.close();
      }
      assert.ok(wait < 10 || answered > 0, "the drain answers what was received");
      await server.stop();
    }));

test("a server with nobody there stops at once, with many quiet people quickly", async () => {
  const empty = await startServer();
  let began = Date.now();
  assert.deepEqual(await empty.stop(), { code: 0, signal: null });
  // Far less than the ten seconds that a stop may take when somebody keeps it waiting.
  assert.ok(Date.now() - began < 8000, `${Date.now() - began} ms`);
  const busy = await startServer({ args: ["--connections-per-address", "0"] });
  const clients = await Promise.all(Array.from({ length: 150 }, () => trainee(busy)));
  began = Date.now();
  assert.deepEqual(await busy.stop(), { code: 0, signal: null });
  assert.ok(Date.now() - began < 8000, `${Date.now() - began} ms`);
  for (const client of clients) assert.equal((await client.gone).code, 1001);
});

test("people who do not read do not hold up the stop", async () => {
  const server = await startServer({ args: [...limits, "--drain-seconds", "2"] });
  const client = await trainee(server);
  const { session } = await begin(client);
  client.socket._socket.pause();
  for (let count = 0; count < 400; count++) client.call("session.open", { session }).catch(() => {});
  await pause(200);
  const began = Date.now();
  const stopped = await server.stop();
  client.socket.terminate();
  assert.deepEqual(stopped, { code: 0, signal: null });
  assert.ok(Date.now() - began < 20000, `${Date.now() - began} ms`);
});

test("SIGINT and a second SIGTERM stop it as well", async () => {
  const server = await startServer();
  process.kill(server.pid, "SIGINT");
  await pause(5);
  if (server.exit === null) process.kill(server.pid, "SIGTERM");
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

test("after a restart a conversation goes on as if nothing had happened", () =>
  withFolder(async (data) => {
    const words = ["What brings you here?", "You sound tired of it.", "You should quit.", "What else?", "What would you like instead?", "What will you do?"];
    const talk = async (restarts) => {
      let server = await startServer({ data, args: limits });
      let client = await trainee(server);
      const { session } = await begin(client, "career_plateau", 4242);
      const turns = [];
      for (const [index, text] of words.entries()) {
        turns.push(await say(client, session, index + 1, text));
        if (!restarts) continue;
        await (index % 2 ? server.stop() : server.kill());
        server = await startServer({ data, args: limits });
        client = await reconnect(server, client.cookie);
      }
      await server.stop();
      return turns.map(({ session: _, at: __, ...rest }) => rest);
    };
    assert.deepEqual(await talk(true), await talk(false));
  }));

test("kill -9 under load, again and again", { timeout: 600000 }, async () => {
  const kills = process.env.ASKWELL_KILLS ?? "10";
  const child = spawn(process.execPath, [fileURLToPath(new URL("../bench/kill9.mjs", import.meta.url)), kills], { stdio: ["ignore", "pipe", "inherit"] });
  let report = "";
  child.stdout.on("data", (bytes) => (report += bytes));
  const code = await new Promise((done) => child.on("close", done));
  assert.equal(code, 0, report);
  assert.match(report, /lost 0, doubled 0, out of order 0/);
});
