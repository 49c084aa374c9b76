// SPDX-License-Identifier: Apache-2.0
// Broken and hostile bytes at the running server, from a seed: requests, handshakes and frames that are cut, doubled,
// joined and altered, sent in odd pieces and often abandoned. A crash is one failure; an answer that no longer comes, or
// a loop that runs in circles, is another.
//   ASKWELL_HOSTILE_SECONDS  how long (6)
//   ASKWELL_HOSTILE_SEED     which bytes (drawn and printed)
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect as dial } from "node:net";
import { test } from "node:test";
import { connect, http, signIn, startServer } from "./server.mjs";
import "./tidy.mjs";

const seconds = Number(process.env.ASKWELL_HOSTILE_SECONDS ?? 6);
const seed = Number(process.env.ASKWELL_HOSTILE_SEED ?? randomInt(2 ** 31));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Mulberry32: small, seeded, good enough to choose bytes. */
function chooser(state) {
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { below: (bound) => next() % bound, of: (list) => list[next() % list.length] };
}

function samples(server, cookie) {
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  const upgrade =
    `GET /ws HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
    `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: askwell.v1\r\nOrigin: ${server.url}\r\n` +
    `Cookie: ${cookie}\r\n\r\n`;
  return {
    requests: [
      `GET / HTTP/1.1\r\n${host}\r\n`,
      `HEAD /healthz HTTP/1.1\r\n${host}Connection: keep-alive\r\n\r\n`,
      `POST /api/sign-in HTTP/1.1\r\n${host}Content-Type: application/json\r\nOrigin: ${server.url}\r\nContent-Length: 2\r\n\r\n{}`,
      `POST /api/sign-in HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      `GET /export/01890a5d-ac96-774b-bcce-b302099a8057.html HTTP/1.1\r\n${host}Cookie: ${cookie}\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`,
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      `CONNECT x:1 HTTP/1.1\r\n${host}\r\n`,
      upgrade,
    ],
    upgrade,
  };
}

function frameOf(choose) {
  const texts = [
    '{"jsonrpc":"2.0","id":1,"method":"library.list"}',
    '{"jsonrpc":"2.0","id":"x","method":"session.open","params":{"session":"01890a5d-ac96-774b-bcce-b302099a8057"}}',
    "[".repeat(200),
    "\xff\xfe",
    "",
  ];
  const payload = Buffer.from(choose.of(texts), "latin1");
  const announced = choose.below(8) === 0 ? choose.below(70000) : payload.length;
  const start =
    announced < 126
      ? Buffer.from([0, 0x80 | announced])
      : Buffer.from([0, 0x80 | 126, (announced >> 8) & 255, announced & 255]);
  start[0] = choose.of([0x81, 0x81, 0x81, 0x01, 0x80, 0x00, 0x82, 0x88, 0x89, 0x8a, 0xc1, 0x83, 0x09]);
  const mask = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([start, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

function mutate(bytes, choose) {
  let out = Buffer.from(bytes);
  for (let i = choose.below(4); i > 0 && out.length > 0; i--) {
    const at = choose.below(out.length);
    const kinds = [
      () => (out[at] = choose.below(256)),
      () => (out = out.subarray(0, at)),
      () => (out = Buffer.concat([out.subarray(0, at), out])),
      () => (out = Buffer.concat([out.subarray(0, at), Buffer.from(choose.of(["\r\n", "\n", "\0", ":", ",", "%00", "é"])), out.subarray(at)])),
      () => (out = Buffer.concat([out.subarray(0, at), Buffer.alloc(choose.below(9000), 65), out.subarray(at)])),
    ];
    choose.of(kinds)();
  }
  return out;
}

async function attack(server, cookie, choose) {
  const { requests, upgrade } = samples(server, cookie);
  const socket = dial({ host: "127.0.0.1", port: server.port });
  socket.on("error", () => {});
  socket.on("data", () => {});
  const gone = new Promise((done) => socket.on("close", done));
  await Promise.race([new Promise((done) => socket.once("connect", done)), gone]);
  const framing = choose.below(2) === 0;
  let bytes;
  if (framing) {
    socket.write(upgrade);
    await Promise.race([new Promise((done) => socket.once("data", done)), gone, pause(1000)]);
    bytes = Buffer.concat(Array.from({ length: 1 + choose.below(6) }, () => frameOf(choose)));
    if (choose.below(3) === 0) bytes = mutate(bytes, choose);
  } else {
    bytes = mutate(choose.of(requests), choose);
    if (choose.below(3) === 0) bytes = Buffer.concat([bytes, mutate(choose.of(requests), choose)]);
  }
  for (let at = 0; at < bytes.length && !socket.destroyed; ) {
    const size = choose.below(4) === 0 ? 1 + choose.below(40) : bytes.length;
    socket.write(bytes.subarray(at, at + size));
    at += size;
    if (at < bytes.length && at < 400) await pause(0);
  }
  const ending = choose.below(4);
  if (ending === 0) socket.resetAndDestroy();
  else if (ending === 1) socket.end();
  await Promise.race([gone, pause(ending === 2 ? 60 : 5)]);
  socket.destroy();
}

test(`hostile bytes for ${seconds} s, seed ${seed}`, { timeout: (seconds + 60) * 1000 }, async () => {
  const server = await startServer({
    args: ["--connections-per-address", "0", "--head-seconds", "2", "--body-seconds", "2", "--messages-per-second", "1000"],
  });
  const choose = chooser(seed);
  let attacks = 0;
  try {
    const cookie = await signIn(server);
    const bystander = await connect(server, cookie);
    const until = Date.now() + seconds * 1000;
    while (Date.now() < until) {
      await Promise.all(Array.from({ length: 16 }, () => attack(server, cookie, choose)));
      attacks += 16;
      if (attacks % 320 === 0) {
        const health = await Promise.race([http(server, "/healthz"), pause(3000)]);
        assert.equal(health?.status, 200, `no answer after ${attacks} attacks\n${server.log}`);
        assert.ok(Array.isArray((await bystander.call("library.list")).cases));
      }
    }
    await pause(3500);
    const used = () => {
      const fields = readFileSync(`/proc/${server.pid}/stat`, "latin1").split(") ")[1].split(" ");
      return (Number(fields[11]) + Number(fields[12])) * 10;
    };
    let spent = 600;
    for (let tries = 0; tries < 20 && spent >= 200; tries++) {
      const from = used();
      await pause(600);
      spent = used() - from;
    }
    assert.ok(spent < 200, `the loop runs in circles after ${attacks} attacks: ${spent} ms in 600`);
    const { connections } = JSON.parse((await http(server, "/healthz")).body);
    assert.equal(connections, 2, "connections were left behind");
    await bystander.close();
  } finally {
    assert.deepEqual(await server.stop(), { code: 0, signal: null }, server.log);
  }
  assert.ok(attacks >= seconds * 50, `only ${attacks} attacks`);
});
