// SPDX-License-Identifier: Apache-2.0
// libwebsockets is only safe under a few rules. One test for each, failing without it, and the server must still be
// well at the end of every one.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { connect as dial } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from "node:zlib";
import { connect, http, signIn, startServer } from "./server.mjs";
import "./tidy.mjs";

const unlimited = ["--messages-per-second", "1000000", "--messages-burst", "1000000"];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A raw TCP (or Unix) connection that collects what comes. */
function raw(server, target = { host: "127.0.0.1", port: server.port }) {
  const socket = dial(target);
  const peer = { socket, bytes: Buffer.alloc(0), ended: false };
  socket.on("data", (part) => (peer.bytes = Buffer.concat([peer.bytes, part])));
  peer.gone = new Promise((done) => {
    socket.on("error", () => {});
    socket.on("close", () => {
      peer.ended = true;
      done(peer);
    });
  });
  peer.open = new Promise((done, failed) => {
    socket.once("connect", () => done(peer));
    socket.once("error", failed);
  });
  peer.text = () => peer.bytes.toString("latin1");
  peer.status = () => Number(/^HTTP\/1\.[01] (\d{3})/.exec(peer.text())?.[1] ?? 0);
  peer.until = async (reached, ms = 3000) => {
    const end = Date.now() + ms;
    while (!reached(peer) && !peer.ended && Date.now() < end) await pause(5);
    return reached(peer);
  };
  return peer;
}

/** Sends bytes and resolves to the peer once the server has closed, at the latest after `ms`. */
async function exchange(server, bytes, ms = 4000) {
  const peer = raw(server);
  await peer.open;
  peer.socket.write(bytes);
  await Promise.race([peer.gone, pause(ms)]);
  peer.socket.destroy();
  return peer;
}

const head = (server, line, headers = {}) =>
  `${line}\r\n` +
  Object.entries({ Host: `127.0.0.1:${server.port}`, ...headers })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("") +
  "\r\n";

const upgradeHeaders = (server, cookie) => ({
  Upgrade: "websocket",
  Connection: "Upgrade",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Protocol": "askwell.v1",
  Origin: server.url,
  Cookie: cookie,
});

/** A masked client frame. `announced` lies about the length. */
function frame(payload, { opcode = 1, final = true, announced } = {}) {
  const data = Buffer.from(payload);
  const length = announced ?? BigInt(data.length);
  const mask = randomBytes(4);
  let start;
  if (length < 126n) start = Buffer.from([0, 0x80 | Number(length)]);
  else if (length < 65536n) {
    start = Buffer.from([0, 0x80 | 126, 0, 0]);
    start.writeUInt16BE(Number(length), 2);
  } else {
    start = Buffer.alloc(10);
    start[1] = 0x80 | 127;
    start.writeBigUInt64BE(length, 2);
  }
  start[0] = (final ? 0x80 : 0) | opcode;
  return Buffer.concat([start, mask, data.map((byte, i) => byte ^ mask[i % 4])]);
}

/** An upgraded raw socket; frames() gives what came since, as { opcode, payload }. */
async function rawSocket(server, cookie) {
  const peer = raw(server);
  await peer.open;
  peer.socket.write(head(server, "GET /ws HTTP/1.1", upgradeHeaders(server, cookie)));
  assert.ok(await peer.until(() => peer.text().includes("\r\n\r\n")), "no answer to the handshake");
  assert.match(peer.text(), /^HTTP\/1\.1 101 /);
  peer.bytes = peer.bytes.subarray(peer.bytes.indexOf("\r\n\r\n") + 4);
  peer.frames = () => {
    const found = [];
    let at = 0;
    while (at + 2 <= peer.bytes.length) {
      let length = peer.bytes[at + 1] & 127, start = at + 2;
      if (length === 126) (length = peer.bytes.readUInt16BE(at + 2)), (start = at + 4);
      else if (length === 127) (length = Number(peer.bytes.readBigUInt64BE(at + 2))), (start = at + 10);
      if (start + length > peer.bytes.length) break;
      found.push({ opcode: peer.bytes[at] & 15, payload: peer.bytes.subarray(start, start + length) });
      at = start + length;
    }
    return found;
  };
  peer.closeCode = () => {
    const close = peer.frames().find((one) => one.opcode === 8);
    return close ? (close.payload.length >= 2 ? close.payload.readUInt16BE(0) : 1005) : null;
  };
  peer.messages = () => peer.frames().filter((one) => one.opcode === 1).map((one) => JSON.parse(one.payload.toString()));
  return peer;
}

const call = (id, method = "library.list", params = {}) => JSON.stringify({ jsonrpc: "2.0", id, method, params });

/** CPU milliseconds used so far by the server. */
function cpu(server) {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "latin1").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
const resident = (server) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "latin1"))[1]) / 1024;

async function well(server) {
  const answer = await http(server, "/healthz");
  assert.equal(answer.status, 200);
  assert.equal(JSON.parse(answer.body).status, "ok");
}

/** A loop that runs in circles never rests; a server that was just started checks its library for a while. */
async function quiet(server, ms = 600) {
  const until = Date.now() + 30000;
  for (;;) {
    const from = cpu(server);
    await pause(ms);
    const used = cpu(server) - from;
    if (used < ms / 3) return;
    assert.ok(Date.now() < until, `the server never rests: ${used} ms of CPU in ${ms} ms of silence`);
  }
}

/** Another program writes to the server's database, so that everything which must be committed has to wait. */
async function holdDatabase(server) {
  const file = readdirSync(server.data).find((name) => /\.(db|sqlite3?)$/.test(name));
  const script =
    "import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], isolation_level=None)\n" +
    "db.execute('BEGIN IMMEDIATE')\nprint('held', flush=True)\nsys.stdin.read()";
  const child = spawn("python3", ["-c", script, join(server.data, file)], { stdio: ["pipe", "pipe", "inherit"] });
  const held = await new Promise((done) => {
    child.on("error", () => done(false));
    child.stdout.on("data", () => done(true));
    child.on("close", () => done(false));
  });
  return held && { release: () => child.stdin.end() };
}

async function webFolder() {
  const folder = await mkdtemp(join(tmpdir(), "askwell-web-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>client</title>");
  const script = randomBytes(6_000_000).toString("base64");
  await writeFile(join(folder, "assets/index-3f2a9c1b.js"), script);
  await writeFile(join(folder, "assets/index-3f2a9c1b.js.br"), brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
  await writeFile(join(folder, "secret"), "not linked from anywhere");
  return folder;
}

describe("rules", () => {
  let server, cookie, web;
  before(async () => {
    web = await webFolder();
    server = await startServer({
      web,
      args: [
        ...unlimited, "--head-seconds", "2", "--body-seconds", "2", "--idle-seconds", "5",
        "--connections-per-address", "0",
      ],
    });
    cookie = await signIn(server);
  });
  after(async () => {
    const how = await server?.stop();
    await rm(web, { recursive: true, force: true });
    assert.deepEqual(how, { code: 0, signal: null }, server.log);
  });

  test("1: idle connections cost nothing (our own libuv loop)", async () => {
    const big = await startServer({
      web,
      args: [...unlimited, "--head-seconds", "60", "--connections-per-address", "0"],
    });
    try {
      const client = await connect(big, await signIn(big));
      const ask = async () => {
        const from = cpu(big);
        for (let i = 0; i < 1000; i++) await client.call("no.such.method").catch(() => {});
        return cpu(big) - from;
      };
      const alone = await ask();
      const idle = [];
      for (let i = 0; i < 3000; i += 100) {
        const some = Array.from({ length: 100 }, () => raw(big));
        await Promise.all(some.map((one) => one.open));
        idle.push(...some);
      }
      const crowded = await ask();
      for (const one of idle) one.socket.destroy();
      assert.ok(crowded < alone * 2 + 150, `1,000 calls took ${alone} ms of CPU alone, ${crowded} ms among 3,000 idle`);
      await client.close();
    } finally {
      await big.stop();
    }
  });

  test("2: one request a connection, even when the next one comes in the same segment", async () => {
    const first = head(server, "GET /healthz HTTP/1.1", { Connection: "keep-alive" });
    const second = head(server, "POST /api/sign-in HTTP/1.1", { "Content-Length": "5", "Content-Type": "application/json" });
    for (const bytes of [first + second + "hello", first + first, second + "hello" + first, first + "hello"]) {
      const peer = await exchange(server, bytes);
      assert.ok(peer.ended, "the server kept the connection open");
      // Later releases of the library drop the connection on the second request, before the first is answered.
      const answers = peer.text().match(/HTTP\/1\.1 \d{3}/g) ?? [];
      assert.ok(answers.length <= 1, peer.text());
      if (answers.length) assert.match(peer.text(), /connection: close/i);
    }
    await well(server);
    await quiet(server);
  });

  const upgrades = [
    ["h2c", { Upgrade: "h2c", "HTTP2-Settings": "AAMAAABkAAQAAP__", Connection: "Upgrade, HTTP2-Settings" }, 400],
    ["an unknown upgrade", { Upgrade: "gopher" }, 403],
    ["another path", {}, 404, "GET /other HTTP/1.1"],
    ["POST", { "Content-Length": "0" }, [403, 405, 415], "POST /ws HTTP/1.1"],
    ["HTTP/1.0", {}, 505, "GET /ws HTTP/1.0"],
    ["version 8", { "Sec-WebSocket-Version": "8" }, 426],
    ["no version", { "Sec-WebSocket-Version": null }, 426],
    ["no subprotocol", { "Sec-WebSocket-Protocol": null }, 400],
    ["the internal protocol", { "Sec-WebSocket-Protocol": "http" }, 400],
    ["two subprotocols", { "Sec-WebSocket-Protocol": "http, askwell.v1" }, 400],
    ["two of ours", { "Sec-WebSocket-Protocol": "askwell.v1.deflate, askwell.v1" }, 400],
    ["no Connection: upgrade", { Connection: "keep-alive" }, 400],
    ["a short key", { "Sec-WebSocket-Key": "abc" }, 400],
    ["no origin", { Origin: null }, 403],
    ["origin null", { Origin: "null" }, 403],
    ["a foreign origin", { Origin: "https://elsewhere.example" }, 403],
    ["a look-alike origin", (server) => ({ Origin: `${server.url}.elsewhere.example` }), 403],
    ["another port", { Origin: "http://127.0.0.1:1" }, 403],
    ["another scheme", (server) => ({ Origin: server.url.replace("http", "https") }), 403],
    ["no cookie", { Cookie: null }, 401],
    ["somebody's guess", { Cookie: `askwell=${"A".repeat(43)}` }, 401],
    ["a cookie with a longer name", (_server, cookie) => ({ Cookie: `x${cookie}` }), 401],
  ];
  for (const [name, changes, expected, line = "GET /ws HTTP/1.1"] of upgrades) {
    test(`3: no WebSocket for ${name}`, async () => {
      const change = typeof changes === "function" ? changes(server, cookie) : changes;
      const peer = await exchange(server, head(server, line, { ...upgradeHeaders(server, cookie), ...change }));
      assert.ok(peer.ended);
      assert.ok([expected].flat().includes(peer.status()), peer.text());
      await well(server);
    });
  }

  test("3: the right handshake is let in, and only with its subprotocol", async () => {
    const peer = raw(server);
    await peer.open;
    peer.socket.write(head(server, "GET /ws HTTP/1.1", upgradeHeaders(server, cookie)));
    await peer.until(() => peer.text().includes("\r\n\r\n"));
    assert.match(peer.text(), /^HTTP\/1\.1 101 /);
    assert.match(peer.text(), /Sec-WebSocket-Protocol: askwell\.v1/i);
    const accept = createHash("sha1").update("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
    assert.ok(peer.text().includes(accept));
    peer.socket.destroy();
  });

  const json = { "Content-Type": "application/json" };
  const heads = [
    ["a chunked body", "POST /api/sign-in HTTP/1.1", { ...json, "Transfer-Encoding": "chunked" }, 501],
    ["a length with a list", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "5, 6" }, 400],
    ["a signed length", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "+5" }, 400],
    ["a negative length", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "-1" }, 400],
    ["a length with a unit", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "5x" }, 400],
    ["a length of 20 digits", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "18446744073709551617" }, 400],
    ["a large length", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "1000000" }, 413],
    ["no length", "POST /api/sign-in HTTP/1.1", json, 411],
    ["a length with a space before the colon", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length ": "2" }, 411],
    ["GET with a body", "GET / HTTP/1.1", { "Content-Length": "5" }, 400],
    ["an expectation", "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "2", Expect: "200-maybe" }, 417],
    ["PUT", "PUT / HTTP/1.1", { "Content-Length": "0" }, 405],
    ["DELETE", "DELETE / HTTP/1.1", {}, 405],
    ["OPTIONS", "OPTIONS / HTTP/1.1", {}, 405],
    ["POST to a page", "POST /index.html HTTP/1.1", { ...json, "Content-Length": "2", "Sec-Fetch-Site": "same-origin" }, 405],
    ["HTTP/9.9", "GET / HTTP/9.9", {}, 505],
    ["no host", "GET / HTTP/1.1", { Host: null }, 400],
    ["two hosts", "GET / HTTP/1.1", { host: "elsewhere.example" }, 400],
    ["a rebound name", "GET / HTTP/1.1", { Host: "elsewhere.example" }, 421],
    ["another port", "GET / HTTP/1.1", { Host: "127.0.0.1:1" }, 421],
  ];
  for (const [name, line, headers, expected] of heads) {
    test(`4: refuses ${name}`, async () => {
      const peer = await exchange(server, head(server, line, headers));
      assert.ok(peer.ended);
      assert.equal(peer.status(), expected, peer.text());
      assert.match(peer.text(), /"key":"[a-z_]+"/);
      await well(server);
    });
  }

  const hostile = [
    ["CONNECT", () => "CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: x\r\n\r\n", 1000],
    ["TRACE", (server) => head(server, "TRACE / HTTP/1.1")],
    ["bytes that are not HTTP", () => randomBytes(2000)],
    ["a TLS hello", () => Buffer.from("160301020001000", "hex")],
    ["the HTTP/2 preface", () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\x04\0\0\0\0\0"],
    ["300 headers", (server) => head(server, "GET / HTTP/1.1", Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`X-${i}`, "y"])))],
    ["a head of 60 KB", (server) => head(server, "GET / HTTP/1.1", { "X-Long": "y".repeat(60000) })],
    ["a path without a slash", (server) => head(server, "GET foo HTTP/1.1")],
  ];
  for (const [name, bytes, within] of hostile) {
    test(`4: survives ${name}`, async () => {
      const peer = await exchange(server, bytes(server), within);
      assert.ok(peer.ended, "the server kept the connection");
      if (name !== "300 headers") assert.notEqual(peer.status(), 200);
      await well(server);
      await quiet(server, 300);
    });
  }

  test("5: no compression is agreed", async () => {
    const peer = raw(server);
    await peer.open;
    peer.socket.write(
      head(server, "GET /ws HTTP/1.1", {
        ...upgradeHeaders(server, cookie),
        "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
      }),
    );
    await peer.until(() => peer.text().includes("\r\n\r\n"));
    assert.match(peer.text(), /^HTTP\/1\.1 101 /);
    assert.doesNotMatch(peer.text(), /extensions/i);
    peer.socket.destroy();
  });

  test("5: the client comes from memory: nothing outside of it can be named", async () => {
    await writeFile(join(web, "later.txt"), "written after the start");
    for (const path of ["/later.txt", "/../secret", "/%2e%2e/etc/passwd", "//etc/passwd", "/assets/", "/assets/..%2fsecret%00.js", "/error.css"]) {
      const answer = await exchange(server, head(server, `GET ${path} HTTP/1.1`));
      assert.ok([400, 403, 404].includes(answer.status()) || !answer.text().includes("passwd"), `${path}: ${answer.text()}`);
      assert.ok(!/written after|root:/.test(answer.text()), path);
    }
    const index = await http(server, "/");
    assert.equal(index.status, 200);
    assert.equal(index.headers["cache-control"], "no-cache");
    const script = await http(server, "/assets/index-3f2a9c1b.js", { headers: { "accept-encoding": "gzip" } });
    assert.equal(script.headers["cache-control"], "public, max-age=31536000, immutable");
    assert.equal(script.headers["content-encoding"], "gzip");
    const plain = await http(server, "/assets/index-3f2a9c1b.js");
    assert.ok(gunzipSync(script.body).equals(plain.body));
    assert.ok(plain.body.equals(readFileSync(join(web, "assets/index-3f2a9c1b.js"))));
    const tighter = await http(server, "/assets/index-3f2a9c1b.js", { headers: { "accept-encoding": "gzip, deflate, br" } });
    assert.equal(tighter.headers["content-encoding"], "br");
    assert.ok(brotliDecompressSync(tighter.body).equals(plain.body));
    for (const { headers } of [script, plain, tighter]) {
      assert.equal(headers.vary, "accept-encoding");
      assert.equal(headers.etag, script.headers.etag);
      assert.equal(headers["x-content-type-options"], "nosniff");
    }
    assert.equal((await http(server, "/assets/index-3f2a9c1b.js.br")).status, 404);
    const again = await http(server, "/", { headers: { "if-none-match": index.headers.etag } });
    assert.equal(again.status, 304);
    assert.equal(again.body.length, 0);
    const headOnly = await http(server, "/", { method: "HEAD" });
    assert.equal(headOnly.status, 200);
    assert.equal(Number(headOnly.headers["content-length"]), index.body.length);
  });

  test("6: a message in many pieces arrives whole", async () => {
    const peer = await rawSocket(server, cookie);
    const text = call(7, "no.such.method", { padding: "ä".repeat(3000) });
    const bytes = Buffer.from(text);
    for (let i = 0; i < bytes.length; i += 97)
      peer.socket.write(frame(bytes.subarray(i, i + 97), { opcode: i ? 0 : 1, final: i + 97 >= bytes.length }));
    const whole = frame(call(8, "no.such.method"));
    for (const byte of whole) peer.socket.write(Buffer.from([byte]));
    assert.ok(await peer.until(() => peer.messages().length === 2));
    assert.deepEqual(peer.messages().map((one) => [one.id, one.error.data.key]), [[7, "method_unknown"], [8, "method_unknown"]]);
    peer.socket.destroy();
  });

  const oversized = [
    ["an announced 2^62 bytes", () => [frame("{", { announced: 1n << 62n })]],
    ["65,537 bytes", () => [frame("x".repeat(65537))]],
    ["pieces without end", () => Array.from({ length: 40 }, (_, i) => frame("y".repeat(2000), { opcode: i ? 0 : 1, final: false }))],
  ];
  for (const [name, frames] of oversized) {
    test(`6: ${name}: 1009, and nothing is collected`, async () => {
      const peer = await rawSocket(server, cookie);
      for (const one of frames()) peer.socket.write(one);
      assert.ok(await peer.until(() => peer.closeCode() !== null));
      assert.equal(peer.closeCode(), 1009);
      peer.socket.destroy();
      await well(server);
    });
  }

  test("6: exactly 65,536 bytes are taken", async () => {
    const peer = await rawSocket(server, cookie);
    const empty = call(1, "no.such.method", { p: "" });
    peer.socket.write(frame(call(1, "no.such.method", { p: "x".repeat(65536 - empty.length) })));
    assert.ok(await peer.until(() => peer.messages().length === 1));
    assert.equal(peer.messages()[0].error.data.key, "method_unknown");
    peer.socket.destroy();
  });

  test("6: text that is not UTF-8: 1007; binary: 1003", async () => {
    for (const [bytes, options, code] of [
      [Buffer.from([0x22, 0xff, 0xfe, 0x22]), {}, 1007],
      [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), {}, 1007],
      [Buffer.from("{}"), { opcode: 2 }, 1003],
    ]) {
      const peer = await rawSocket(server, cookie);
      peer.socket.write(frame(bytes, options));
      assert.ok(await peer.until(() => peer.closeCode() !== null));
      assert.equal(peer.closeCode(), code);
      peer.socket.destroy();
    }
  });

  test("6: a cut character hidden by an empty last piece is still refused", async () => {
    const peer = await rawSocket(server, cookie);
    peer.socket.write(Buffer.concat([frame(Buffer.from([0x22, 0xc3]), { final: false }), frame("", { opcode: 0 })]));
    await peer.until(() => peer.messages().length > 0 || peer.closeCode() !== null);
    assert.ok(peer.closeCode() === 1007 || peer.messages()[0]?.error.data.key === "not_json", peer.text());
    peer.socket.destroy();
  });

  test("7: a peer that does not read is dropped, and memory stays bounded", async () => {
    const peer = await rawSocket(server, cookie);
    const before = resident(server);
    peer.socket.pause();
    const text = frame(call("x".repeat(64), "no.such.method"));
    const batch = Buffer.concat(Array.from({ length: 500 }, () => text));
    let sent = 0;
    peer.socket.on("drain", () => {});
    while (!peer.socket.destroyed && sent < 400) {
      if (peer.socket.writableLength < 1 << 20) {
        peer.socket.write(batch);
        sent++;
      } else await pause(2);
      if (sent % 20 === 0) await pause(1);
      if (server.log.includes("peer_does_not_read")) break;
    }
    for (let i = 0; i < 600 && !server.log.includes("peer_does_not_read"); i++) await pause(10);
    assert.match(server.log, /peer_does_not_read/);
    assert.ok(resident(server) - before < 40, `grew by ${resident(server) - before} MB`);
    peer.socket.destroy();
    await well(server);
  });

  test("7: answers keep their order of completion and come whole under load", async () => {
    const client = await connect(server, cookie);
    const asked = [];
    for (let i = 0; i < 60; i++) asked.push(client.call(i % 10 === 0 ? "library.list" : "session.list", {}));
    const sizes = (await Promise.all(asked)).map((answer) => JSON.stringify(answer).length);
    for (let i = 0; i < 60; i++) assert.equal(sizes[i], sizes[i % 10], "whole");
    await client.close();
  });

  const deadlines = [
    ["half a head", (server) => [`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`], "X-A: b\r\n"],
    ["nothing at all", () => [], null],
    ["a body that drips", (server) => [head(server, "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "4000", Origin: server.url })], " "],
  ];
  for (const [name, first, drip] of deadlines) {
    test(`8: ${name} does not hold a connection for ever`, async () => {
      const peer = raw(server);
      await peer.open;
      const from = Date.now();
      for (const bytes of first(server)) peer.socket.write(bytes);
      const dripping = setInterval(() => drip && !peer.ended && peer.socket.write(drip), 300);
      await Promise.race([peer.gone, pause(9000)]);
      clearInterval(dripping);
      assert.ok(peer.ended, "still open after 9 s");
      assert.ok(Date.now() - from > 900, "closed too soon");
      peer.socket.destroy();
    });
  }

  test("8: a half-sent message is cut off, whatever else the peer says", async () => {
    const peer = await rawSocket(server, cookie);
    peer.socket.write(frame('{"json', { final: false }));
    const pinging = setInterval(() => !peer.ended && peer.socket.write(frame("", { opcode: 9 })), 300);
    await peer.until(() => peer.closeCode() !== null, 9000);
    clearInterval(pinging);
    assert.equal(peer.closeCode(), 1008);
    peer.socket.destroy();
  });

  test("8: a silent peer is pinged, then dropped; one that answers stays", async () => {
    const silent = await rawSocket(server, cookie);
    const halfFrame = await rawSocket(server, cookie);
    halfFrame.socket.write(Buffer.from([0x81]));
    const living = await connect(server, cookie);
    await Promise.race([Promise.all([silent.gone, halfFrame.gone]), pause(16000)]);
    assert.ok(silent.frames().some((one) => one.opcode === 9), "no ping came");
    assert.ok(silent.ended || silent.closeCode() !== null, "the silent one is still there");
    assert.ok(halfFrame.ended || halfFrame.closeCode() !== null, "the half frame is still there");
    assert.equal(living.closed, null);
    await assert.rejects(living.call("no.such.method"), { key: "method_unknown" });
    await living.close();
    silent.socket.destroy();
    halfFrame.socket.destroy();
  });

  test("8: a slow answer waits without spinning, also when the client says more or leaves", async (t) => {
    const holder = await holdDatabase(server);
    if (!holder) return t.skip("python3 is needed to hold the database");
    const request =
      head(server, "POST /api/sign-in HTTP/1.1", { ...json, "Content-Length": "2", Origin: server.url }) + "{}";
    const talker = raw(server);
    const leaver = raw(server);
    await Promise.all([talker.open, leaver.open]);
    talker.socket.write(request + request);
    leaver.socket.write(request);
    await pause(100);
    leaver.socket.destroy();
    await quiet(server, 800);
    assert.equal(talker.status(), 0, "the answer did not wait for the disk");
    await well(server);
    holder.release();
    await Promise.race([talker.gone, pause(6000)]);
    assert.equal(talker.status(), 200);
    assert.equal(talker.text().match(/HTTP\/1\.1 \d{3}/g).length, 1);
    await well(server);
    await quiet(server);
  });

  test("8: a stalled download with more bytes sent does not spin for long", async () => {
    const peer = raw(server);
    await peer.open;
    peer.socket.pause();
    peer.socket.write(head(server, "GET /assets/index-3f2a9c1b.js HTTP/1.1"));
    await pause(300);
    peer.socket.write("and more");
    await pause(2500);
    await quiet(server);
    peer.socket.destroy();
  });

  test("9: the log stays one line an event, and few of them", async () => {
    const from = server.log.length;
    for (let i = 0; i < 20; i++)
      await exchange(
        server,
        `GET /\x1b[31m\x0b HTTP/1.1\r\nHost: \x1b[2J\r\nConnection: ,,\x07;\r\nUpgrade: websocket\r\nCookie: ${cookie}\r\n\r\n`,
        500,
      );
    for (let i = 0; i < 200; i += 20)
      await Promise.all(
        Array.from({ length: 20 }, () => exchange(server, head(server, "GET / HTTP/1.1", { "X-Long": "y".repeat(20000) }), 500)),
      );
    const log = server.log.slice(from);
    for (const line of log.split("\n").filter(Boolean)) assert.match(line, /^\d{4}-\d\d-\d\dT\S+ \w+ \w+/);
    assert.doesNotMatch(log, /[\x00-\x09\x0b-\x1f\x7f]/);
    assert.ok(log.split("\n").length < 60, `${log.split("\n").length} lines`);
    assert.ok(!server.log.includes(cookie.split("=")[1]), "the cookie is in the log");
  });

  test("10: behind a proxy, over a Unix socket", async () => {
    const path = join(web, "askwell.sock");
    await writeFile(join(web, "not-a-socket"), "");
    const behind = await startServer({ web, listen: `unix:${path}`, args: ["--origin", "https://practice.example"] });
    try {
      const peer = raw(behind, { path });
      await peer.open;
      peer.socket.write(
        "POST /api/sign-in HTTP/1.1\r\nHost: practice.example\r\nOrigin: https://practice.example\r\n" +
          "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
      );
      await Promise.race([peer.gone, pause(4000)]);
      assert.equal(peer.status(), 200);
      assert.match(peer.text(), /set-cookie: __Host-askwell=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=31536000; Secure\r\n/);
      const stranger = raw(behind, { path });
      await stranger.open;
      stranger.socket.write("GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n");
      await Promise.race([stranger.gone, pause(4000)]);
      assert.equal(stranger.status(), 421);
    } finally {
      assert.deepEqual(await behind.stop(), { code: 0, signal: null });
    }
    await assert.rejects(raw(behind, { path }).open, "the socket file stayed behind");
  });

  test("what stands in a page runs by its hash, and nothing else does", async () => {
    const folder = await mkdtemp(join(tmpdir(), "askwell-page-"));
    const [script, next, style] = ["document.title = 'ä'", "0 < 1", "main { margin: 0 }"];
    await writeFile(join(folder, "index.html"), `<!doctype html><style>${style}</style><script src="/a.js"></script><script>${script}</script><script>${next}</script><script>never ended`);
    await writeFile(join(folder, "other.html"), "<!doctype html><title>other</title>");
    const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const own = await startServer({ web: folder });
    try {
      const { headers } = await http(own, "/");
      const parts = headers["content-security-policy"].split("; ");
      assert.ok(parts.includes(`script-src 'self' ${hash(script)} ${hash(next)}`));
      assert.ok(parts.includes(`style-src 'self' ${hash(style)}`));
      const again = await http(own, "/", { headers: { "if-none-match": headers.etag } });
      assert.equal(again.status, 304);
      assert.equal(again.headers["content-security-policy"], headers["content-security-policy"]);
      assert.match((await http(own, "/other.html")).headers["content-security-policy"], /script-src 'self'; style-src 'self';/);
    } finally {
      await own.stop();
      await rm(folder, { recursive: true });
    }
  });

  test("every answer carries the security headers", async () => {
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    for (const path of ["/", "/healthz", "/nothing", "/ws", "/export/nothing", "/api/sign-in"]) {
      const { headers } = await http(server, path);
      assert.equal(headers["content-security-policy"], policy, path);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.equal(headers["cross-origin-opener-policy"], "same-origin");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.equal(headers.server, undefined);
    }
  });

  test("sign-in: ours only, an empty object only, and no second person for who has a cookie", async () => {
    const post = (headers, body = "{}") =>
      http(server, "/api/sign-in", { method: "POST", headers: { "content-length": Buffer.byteLength(body), ...headers }, body });
    const ok = { "content-type": "application/json", origin: server.url };
    assert.equal((await post({ "content-type": "application/json" })).status, 403);
    assert.equal((await post({ ...ok, origin: "https://elsewhere.example" })).status, 403);
    assert.equal((await post({ ...ok, "sec-fetch-site": "cross-site" })).status, 403);
    assert.equal((await post({ ...ok, "content-type": "text/plain" })).status, 415);
    assert.equal((await post(ok, "[]")).status, 400);
    assert.equal((await post(ok, '{"id":"1"}')).status, 400);
    assert.equal((await post({ "content-type": "application/json", "sec-fetch-site": "same-origin" })).status, 200);
    const first = await post(ok);
    assert.match(first.headers["set-cookie"][0], /^askwell=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=31536000$/);
    const again = await post({ ...ok, cookie: `other=1; ${first.headers["set-cookie"][0].split(";")[0]}` });
    assert.deepEqual(JSON.parse(again.body), { ok: true, new: false });
    assert.equal(again.headers["set-cookie"], undefined);
    const planted = await post({ ...ok, cookie: `askwell=${"p".repeat(43)}` });
    assert.ok(planted.headers["set-cookie"], "a planted cookie was adopted");
  });

  const messages = [
    ["not JSON", "{", null, -32700, "not_json"],
    ["nothing", "", null, -32700, "not_json"],
    ["an array", "[]", null, -32600, "batch_not_supported"],
    ["a text", '"hello"', null, -32700, "not_json"],
    ["no id", '{"jsonrpc":"2.0","method":"library.list"}', null, -32600, "id_missing"],
    ["a fractional id", '{"jsonrpc":"2.0","id":1.5,"method":"library.list"}', null, -32600, "id_invalid"],
    ["no version", '{"id":1,"method":"library.list"}', 1, -32600, "not_a_request"],
    ["an unknown member", '{"jsonrpc":"2.0","id":1,"method":"library.list","extra":1}', 1, -32600, "not_a_request"],
    ["a key twice", '{"jsonrpc":"2.0","id":1,"id":2,"method":"library.list"}', null, -32700, "not_json"],
    ["an unknown method", call("a", "turn.shout"), "a", -32601, "method_unknown"],
    ["a missing parameter", call(1, "session.open"), 1, -32602, "parameter_missing"],
    ["an unknown parameter", call(1, "library.list", { x: 1 }), 1, -32602, "parameter_unknown"],
    ["a wrong type", call(1, "session.open", { session: 5 }), 1, -32602, "parameter_type"],
    ["parameters by position", '{"jsonrpc":"2.0","id":1,"method":"session.open","params":[1]}', 1, -32602, "parameters_by_name"],
    ["a huge number", '{"jsonrpc":"2.0","id":1,"method":"library.list","params":{"x":9007199254740993}}', 1, -32600, "number_too_large"],
    ["deep nesting", '{"jsonrpc":"2.0","id":1,"params":' + "[".repeat(1000) + "]".repeat(1000) + "}", null, -32600, "too_deep"],
    ["a zero byte", '{"jsonrpc":"2.0","id":"\\u0000","method":"library.list"}', null, -32700, "not_json"],
    ["half a surrogate pair", '{"jsonrpc":"2.0","id":"\\ud800","method":"library.list"}', null, -32700, "not_json"],
  ];
  test("bad messages: each a clear error, and the connection goes on", async () => {
    const client = await connect(server, cookie);
    for (const [name, text, id, code, key] of messages) {
      const answer = await client.raw(text);
      assert.equal(answer.jsonrpc, "2.0", name);
      assert.equal(answer.id, id, name);
      assert.equal(answer.error.code, code, name);
      assert.equal(answer.error.data.key, key, name);
      assert.ok(answer.error.message.length > 10, name);
    }
    assert.ok(Array.isArray((await client.call("library.list")).cases));
    await client.close();
  });

  test("requests under way when the connection dies answer nobody and hurt nobody", async () => {
    for (let i = 0; i < 20; i++) {
      const peer = await rawSocket(server, cookie);
      peer.socket.write(Buffer.concat(Array.from({ length: 30 }, (_, n) => frame(call(n, "session.list")))));
      await pause(i % 4);
      peer.socket.destroy();
    }
    await well(server);
    await quiet(server);
  });
});

describe("limits", () => {
  test("too fast: an error first, the end of patience later", async () => {
    const server = await startServer({ args: ["--messages-per-second", "10", "--messages-burst", "5"] });
    try {
      const client = await connect(server, await signIn(server));
      const answers = await Promise.allSettled(Array.from({ length: 12 }, () => client.call("library.list")));
      const fast = answers.filter((one) => one.reason?.key === "too_fast");
      const taken = answers.filter((one) => one.status === "fulfilled").length;
      assert.ok(taken >= 5 && taken <= 8, `${taken} of 12 taken at once; on a slow machine a few more have their turn`);
      assert.equal(fast.length, 12 - taken);
      await pause(250);
      await client.call("library.list");
      for (let i = 0; i < 100; i++) client.call("library.list").catch(() => {});
      assert.equal((await client.gone).code, 1008);
      await well(server);
    } finally {
      assert.deepEqual(await server.stop(), { code: 0, signal: null });
    }
  });

  test("connections: capped for each address, and in all", async () => {
    for (const [args, status] of [
      [["--connections-per-address", "5"], 429],
      [["--connections", "5", "--connections-per-address", "0"], 503],
    ]) {
      const server = await startServer({ args });
      try {
        const held = Array.from({ length: 5 }, () => raw(server));
        await Promise.all(held.map((one) => one.open));
        await pause(100);
        const late = await exchange(server, head(server, "GET /healthz HTTP/1.1"));
        assert.equal(late.status(), status, late.text());
        assert.match(late.text(), /retry-after/);
        for (const one of held) one.socket.destroy();
        await pause(200);
        await well(server);
      } finally {
        assert.deepEqual(await server.stop(), { code: 0, signal: null });
      }
    }
  });

  test("out of descriptors: newcomers are refused, nobody hangs, the log does not flood", async () => {
    const server = await startServer({
      args: ["--connections-per-address", "0", "--head-seconds", "30"],
      shell: "ulimit -n 300",
    });
    try {
      const held = Array.from({ length: 320 }, () => raw(server));
      await Promise.allSettled(held.map((one) => one.open));
      await pause(500);
      assert.ok(held.some((one) => one.status() === 503));
      assert.ok(server.log.split("\n").length < 20, server.log);
      await quiet(server);
      for (const one of held) one.socket.destroy();
      await pause(300);
      await well(server);
    } finally {
      assert.deepEqual(await server.stop(), { code: 0, signal: null });
    }
  });
});

describe("start and stop", () => {
  test("a taken port: a sentence that says what to do", async () => {
    const server = await startServer();
    try {
      await assert.rejects(startServer({ args: ["--port", String(server.port)] }), /Port \d+ is taken.*--port/s);
    } finally {
      await server.stop();
    }
  });

  test("open to the network only when asked for", async () => {
    await assert.rejects(startServer({ listen: "0.0.0.0" }), /--anonymous/);
    const server = await startServer({ listen: "0.0.0.0", args: ["--anonymous"] });
    await well(server);
    await server.stop();
  });

  test("without a built client there is a page that says how to build one", async () => {
    const server = await startServer({ web: "/nowhere" });
    const page = await http(server, "/");
    assert.equal(page.status, 200);
    assert.match(page.body.toString(), /npm run build/);
    assert.match(server.log, /web_client_missing/);
    await server.stop();
  });

  test("SIGTERM: what was received is answered, everyone is told, 1001, exit 0", async () => {
    const server = await startServer({ args: unlimited });
    const cookie = await signIn(server);
    const client = await connect(server, cookie);
    const half = raw(server);
    await half.open;
    half.socket.write("GET / HTTP/1.1\r\n");
    const stalled = raw(server);
    await stalled.open;
    stalled.socket.pause();
    stalled.socket.write(head(server, "GET / HTTP/1.1"));
    const partial = await rawSocket(server, cookie);
    partial.socket.write(frame('{"js', { final: false }));
    const waiting = Array.from({ length: 30 }, () => client.call("session.list"));
    await Promise.all(waiting.slice(0, 1));
    const from = Date.now();
    const stopping = server.stop();
    const answers = await Promise.allSettled(waiting);
    for (const one of answers) assert.ok(one.status === "fulfilled" || one.reason.key === "server_leaving", String(one.reason));
    const { code } = await client.gone;
    assert.equal(code, 1001);
    assert.ok(client.notifications.some((one) => one.method === "server.leaving"));
    partial.socket.destroy();
    const how = await stopping;
    assert.deepEqual(how, { code: 0, signal: null }, server.log);
    assert.ok(Date.now() - from < 20000, `took ${Date.now() - from} ms`);
    half.socket.destroy();
    stalled.socket.destroy();
  });

  test("SIGTERM with a peer that never acknowledges: out within the time", async () => {
    const server = await startServer({ args: ["--drain-seconds", "2"] });
    const silent = await rawSocket(server, await signIn(server));
    silent.socket.pause();
    const from = Date.now();
    assert.deepEqual(await server.stop(), { code: 0, signal: null }, server.log);
    assert.ok(Date.now() - from < 15000, `took ${Date.now() - from} ms`);
    silent.socket.destroy();
  });
});
