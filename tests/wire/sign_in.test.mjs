// SPDX-License-Identifier: Apache-2.0
// Being let in, and for how long.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { binary, http, signIn, startServer } from "./server.mjs";
import { begin, reconnect, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

/** As if the sign-ins in a stopped server's folder had been made so long ago that they end in `ms`. */
function expireIn(folder, ms) {
  const script = "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\ndb.execute('UPDATE sign_in SET expires_ms = ?', (int(sys.argv[2]),))\ndb.commit()";
  execFileSync("python3", ["-c", script, join(folder, "askwell.db"), String(Date.now() + ms)]);
}

describe("a sign-in that ends", () => {
  let folder, server;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "askwell-"));
    server = await startServer({ data: folder });
  });
  after(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("also ends for a socket that is open", async () => {
    const first = await trainee(server);
    const { session } = await begin(first);
    await say(first, session, 1, "What brings you here?");
    await server.stop();
    expireIn(folder, 10000);
    server = await startServer({ data: folder });
    const client = await reconnect(server, first.cookie);
    await say(client, session, 2, "What else?");
    await pause(10100);
    await assert.rejects(say(client, session, 3, "And then?"));
    assert.equal((await client.gone).code, 1008);
    await assert.rejects(reconnect(server, first.cookie), (error) => error.status === 401 || /401/.test(error.message));
    const answer = await http(server, `/export/${session}.md`, { headers: { cookie: first.cookie } });
    assert.equal(answer.status, 401);
  });
});

test("who keeps coming stays the same person: a sign-in with less than eleven months left is renewed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "askwell-"));
  let server = await startServer({ data: folder });
  const ask = (cookie) =>
    http(server, "/api/sign-in", {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, "content-length": "2", ...(cookie ? { cookie } : {}) },
      body: "{}",
    });
  try {
    assert.equal(JSON.parse((await ask()).body).new, true);
    const first = await trainee(server);
    const { session } = await begin(first);
    const early = await ask(first.cookie);
    assert.equal(early.headers["set-cookie"], undefined, "a fresh one is left alone");
    assert.equal(JSON.parse(early.body).new, false);
    await first.close();
    await server.stop();
    expireIn(folder, 20000);
    server = await startServer({ data: folder });
    const renewed = await ask(first.cookie);
    assert.equal(JSON.parse(renewed.body).new, false);
    const cookie = renewed.headers["set-cookie"][0].split(";")[0];
    assert.notEqual(cookie, first.cookie);
    assert.match(renewed.headers["set-cookie"][0], /HttpOnly; SameSite=Strict; Path=\/; Max-Age=31536000/);
    assert.equal((await ask(cookie)).headers["set-cookie"], undefined, "the new one lasts");
    const client = await reconnect(server, cookie);
    assert.equal((await say(client, session, 1, "What brings you here?")).turn, 1);
    await client.close();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test("who leaves is signed in no more: the cookie is taken away, no token of theirs is good, and what they said stays", async () => {
  const folder = await mkdtemp(join(tmpdir(), "askwell-"));
  let server = await startServer({ data: folder });
  const leave = (cookie, body = "{}", origin = server.url) =>
    http(server, "/api/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json", origin, "content-length": String(body.length), ...(cookie ? { cookie } : {}) },
      body,
    });
  const refused = (error) => error.status === 401 || /401/.test(error.message);
  try {
    const [gone, other] = [await trainee(server), await trainee(server)];
    const { session } = await begin(gone);
    await say(gone, session, 1, "What brings you here?");
    assert.equal((await leave(gone.cookie, '{"all":true}')).status, 400);
    assert.equal((await leave(gone.cookie, "{}", "http://elsewhere.example")).status, 403, "no other site signs anybody out");
    assert.equal((await http(server, "/api/sign-out", { headers: { cookie: gone.cookie } })).status, 405);
    const second = await reconnect(server, gone.cookie);

    const left = await leave(gone.cookie);
    assert.deepEqual([left.status, JSON.parse(left.body)], [200, { ok: true }]);
    assert.match(left.headers["set-cookie"][0], /^askwell=; HttpOnly; SameSite=Strict; Path=\/; Max-Age=0$/);
    assert.equal(left.headers["cache-control"], "no-store");
    assert.deepEqual([(await gone.gone).code, (await second.gone).code], [1008, 1008], "their open sockets end");
    await assert.rejects(reconnect(server, gone.cookie), refused);
    assert.equal((await http(server, `/export/${session}.md`, { headers: { cookie: gone.cookie } })).status, 401);
    await begin(other);

    assert.equal((await leave(gone.cookie)).status, 200, "once more does no harm");
    assert.equal((await leave()).status, 200);
    await other.close();
    await server.stop();
    server = await startServer({ data: folder });
    await assert.rejects(reconnect(server, gone.cookie), refused, "nor after a restart");
    await (await reconnect(server, other.cookie)).close();
    assert.match(execFileSync(binary, ["export", session, "--format", "markdown", "--data", folder], { encoding: "utf8" }), /What brings you here/);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test("from one address only so many new people are let in; who is in stays in", async () => {
  const server = await startServer({ args: ["--connections-per-address", "20"] });
  try {
    const client = await trainee(server);
    for (let more = 1; more < 20; more++) await signIn(server);
    const headers = { "content-type": "application/json", origin: server.url, "content-length": "2" };
    const refused = await http(server, "/api/sign-in", { method: "POST", headers, body: "{}" });
    assert.equal(refused.status, 429);
    assert.equal(JSON.parse(refused.body).error.key, "too_many_sign_ins");
    const known = await http(server, "/api/sign-in", { method: "POST", headers: { ...headers, cookie: client.cookie }, body: "{}" });
    assert.equal(known.status, 200);
    const { session } = await begin(client);
    assert.equal((await say(client, session, 1, "What brings you here?")).turn, 1);
    await client.close();
  } finally {
    await server.stop();
  }
});
