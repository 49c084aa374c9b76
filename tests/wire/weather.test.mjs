// SPDX-License-Identifier: Apache-2.0
// Lines that break at any byte, that deliver one byte at a time, or late: every turn arrives once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startProxy } from "./proxy.mjs";
import { connect, startServer } from "./server.mjs";
import { begin, reconnect, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let server;
before(async () => {
  server = await startServer({ args: ["--messages-per-second", "10000", "--messages-burst", "10000", "--connections-per-address", "0"] });
});
after(() => server?.stop());

const through = (proxy, cookie) =>
  connect({ ...server, port: proxy.port }, cookie, { headers: { host: `127.0.0.1:${server.port}` } });

async function throughProxy(weather, work) {
  const direct = await trainee(server);
  const { session } = await begin(direct);
  const proxy = await startProxy(server.port, weather);
  try {
    await work({ session, join: () => through(proxy, direct.cookie) });
    const view = await direct.call("session.open", { session });
    assert.deepEqual(view.turns.map((turn) => turn.turn), view.turns.map((_, index) => index + 1));
    return view;
  } finally {
    await proxy.stop();
    await direct.close();
  }
}

test("a line that breaks after a random number of bytes, every turn four times over", { timeout: 120000 }, async () => {
  const words = Array.from({ length: 60 }, (_, index) => `What else, number ${index + 1}?`);
  let breaks = 0;
  const view = await throughProxy({ cut: () => 100 + Math.floor(Math.random() * 6000) }, async ({ session, join }) => {
    let client = null;
    const broken = () => {
      breaks++;
      client?.socket.terminate();
      client = null;
    };
    for (const [index, text] of words.entries())
      for (let times = 0; times < 4; ) {
        assert.ok(breaks < 2000, "it gets through in the end");
        client ??= await join().catch(() => (breaks++, null));
        if (!client) continue;
        const answer = await say(client, session, index + 1, text).catch((error) => error);
        if (answer instanceof Error) {
          assert.equal(answer.key, undefined, `only the line may fail: ${answer.message}`);
          broken();
          continue;
        }
        assert.deepEqual([answer.turn, answer.text], [index + 1, text]);
        times++;
        broken();
      }
    client?.socket.terminate();
  });
  assert.ok(breaks >= 200, `${breaks} breaks`);
  assert.deepEqual(view.turns.map((turn) => turn.text), words);
});

for (const [name, weather] of [
  ["one byte at a time", { pieces: 1 }],
  ["seven bytes at a time", { pieces: 7 }],
  ["late", { pieces: 500, delay: 20 }],
])
  test(`${name}: the conversation is the same`, { timeout: 60000 }, async () => {
    const view = await throughProxy(weather, async ({ session, join }) => {
      const client = await join();
      for (let turn = 1; turn <= 5; turn++) assert.equal((await say(client, session, turn, "What matters to you, \u{1f642} and why?")).turn, turn);
      await client.close();
    });
    assert.equal(view.turns.length, 5);
  });

test("a window that stops reading gets no more than its share, and others do not wait", async () => {
  const slow = await trainee(server);
  const { session } = await begin(slow);
  for (let turn = 1; turn <= 5; turn++) await say(slow, session, turn, "What else? ".repeat(300).trim());
  slow.socket._socket.pause();
  for (let count = 0; count < 3000 && slow.socket.readyState === 1; count++) slow.call("session.open", { session }).catch(() => {});
  const quick = await trainee(server);
  const own = await begin(quick);
  const began = Date.now();
  for (let turn = 1; turn <= 20; turn++) await say(quick, own.session, turn, "And what else?");
  assert.ok(Date.now() - began < 20000, `${Date.now() - began} ms for twenty turns`);
  slow.socket.terminate();
  const back = await reconnect(server, slow.cookie);
  assert.equal((await back.call("session.open", { session })).turns.length, 5);
  await back.close();
  await quick.close();
});
