// SPDX-License-Identifier: Apache-2.0
// JSON-RPC 2.0 as spoken at /ws: every method answers as openrpc.json describes, and whatever else arrives gets a clear
// error while the connection and everybody else go on.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { assertResult, assertShape, methods } from "./shapes.mjs";
import { connect, signIn, startServer } from "./server.mjs";
import { begin, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let server;
before(async () => {
  server = await startServer({ args: ["--messages-per-second", "10000", "--messages-burst", "10000"] });
});
after(() => server?.stop());

describe("every method answers in its shape", () => {
  for (const script of ["career_plateau", "stuck_manager"])
    test(script, async () => {
      const client = await trainee(server);
      const call = async (method, params) => {
        const result = await client.call(method, params);
        assertResult(method, result);
        return result;
      };
      const library = await call("library.list", {});
      assert.ok(library.cases.some((each) => each.id === script), "the case is listed");
      await call("library.findings", {});
      const session = randomUUID();
      const started = await call("session.start", { session, script, seed: 11 });
      assert.equal(started.next, 1);
      assert.ok(started.opening.length > 0, "the coachee opens");
      assert.match(started.notice, /simulated practice/i);
      const texts = [
        "Hello, how are you today?",
        "What would you like from our time together?",
        "You sound tired of carrying it alone.",
        "You should just tell them no.",
        "What else? And who? And why did you never say so?",
      ];
      for (const [index, text] of texts.entries()) {
        const turn = await call("turn.say", { session, turn: index + 1, text });
        assert.equal(turn.turn, index + 1);
        assert.equal(turn.text, text);
        assert.ok(turn.reply.length > 0, "the coachee answers");
        for (const label of turn.labels) {
          assert.ok(label.start < label.end && label.end <= [...text].length, "span inside the text");
          assert.equal([...text].slice(label.cue.start, label.cue.end).join(""), label.cue.text);
        }
      }
      const hint = await call("turn.hint", { session, turn: 6 });
      assert.equal(hint.kind, "hint");
      assert.ok(hint.hint.listen_for && hint.hint.move && hint.hint.example);
      const retake = await call("turn.retake", { session, turn: 7, to: 4 });
      assert.equal(retake.kind, "retake");
      assert.equal(retake.to, 4);
      await call("turn.say", { session, turn: 8, text: "What have you thought of so far?" });
      const open = await call("session.open", { session });
      const aside = new Set(open.turns.filter((turn) => turn.set_aside).map((turn) => turn.turn));
      for (const turn of [4, 5]) assert.ok(aside.has(turn), `turn ${turn} is set aside`);
      for (const turn of [1, 2, 3, 7, 8]) assert.ok(!aside.has(turn), `turn ${turn} stands`);
      assert.equal(open.next, 9);
      await call("session.debrief", { session });
      const ended = await call("turn.end", { session, turn: 9 });
      assert.ok(ended.ended?.debrief, "an ending with its debrief");
      const debrief = await call("session.debrief", { session });
      assert.equal(debrief.ending.id, ended.ended.id);
      assert.equal(debrief.enough_for_shares, false, "counts below ten messages");
      const list = await call("session.list", {});
      assert.equal(list.sessions[0].session, session);
      assert.notEqual(list.sessions[0].ended, null);
      await refused(say(client, session, 10, "One more thing?"), { status: "ended" });
      await client.close();
    });
});

const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
const request = (rest) => `{"jsonrpc":"2.0","id":901,${rest}}`;
const strange = [
  ["nothing at all", "", -32700],
  ["not JSON", "hello there", -32700],
  ["half of JSON", '{"jsonrpc":"2.0","id":1,"method":"library.list"', -32700],
  ["two values", "{} {}", -32700],
  ["a byte order mark", '\ufeff{"jsonrpc":"2.0","id":1,"method":"library.list","params":{}}', -32700],
  ["a comment", '{"jsonrpc":"2.0", /* hm */ "id":1}', -32700],
  ["a number", "42", -32600, -32700],
  ["null", "null", -32600, -32700],
  ["a string", '"library.list"', -32600, -32700],
  ["an empty object", "{}", -32600],
  ["a batch", '[{"jsonrpc":"2.0","id":1,"method":"library.list"}]', -32600],
  ["an empty batch", "[]", -32600],
  ["no version", '{"id":901,"method":"library.list","params":{}}', -32600],
  ["another version", '{"jsonrpc":"1.0","id":901,"method":"library.list","params":{}}', -32600],
  ["a version that is a number", '{"jsonrpc":2.0,"id":901,"method":"library.list","params":{}}', -32600],
  ["no method", request('"params":{}'), -32600],
  ["a method that is no text", request('"method":7,"params":{}'), -32600],
  ["an id that is an object", '{"jsonrpc":"2.0","id":{},"method":"library.list","params":{}}', -32600],
  ["an id that is a fraction", '{"jsonrpc":"2.0","id":1.5,"method":"library.list","params":{}}', -32600],
  ["a very long id", `{"jsonrpc":"2.0","id":"${"x".repeat(500)}","method":"library.list","params":{}}`, -32600],
  ["an unknown method", request('"method":"library.burn","params":{}'), -32601],
  ["a method in other case", request('"method":"Library.List","params":{}'), -32601],
  ["a method with NUL", request('"method":"library.list\\u0000","params":{}'), -32700, -32601],
  ["params as a list", request('"method":"session.open","params":["x"]'), -32602, -32600],
  ["params as text", request('"method":"session.open","params":"x"'), -32602, -32600],
  ["an unknown param", request('"method":"library.list","params":{"colour":"red"}'), -32602],
  ["the same member twice", request('"method":"library.list","method":"session.list","params":{}'), -32700, -32600],
  ["the same param twice", request('"method":"session.open","params":{"session":"a","session":"b"}'), -32700, -32600],
  ["33 levels", request(`"method":"library.list","params":{"x":${deep(33)}}`), -32700, -32600],
  ["10,000 levels", request(`"method":"library.list","params":{"x":${deep(10000)}}`), -32700, -32600],
  ["10,000 open brackets", "[".repeat(10000), -32700, -32600],
  ["a number over 64 bits", request('"method":"turn.hint","params":{"session":"x","turn":99999999999999999999}'), -32700, -32602],
  ["a number over 2^53", request('"method":"turn.hint","params":{"session":"x","turn":9007199254740993}'), -32600, -32602],
  ["a real number out of range", request('"method":"turn.hint","params":{"session":"x","turn":1e400}'), -32700, -32602],
  ["half a surrogate pair", request('"method":"turn.say","params":{"session":"x","turn":1,"text":"\\ud83d"}'), -32700],
  ["NUL in a text", request('"method":"turn.say","params":{"session":"x","turn":1,"text":"a\\u0000b"}'), -32700, -32602],
];

describe("strange messages get a clear error and the connection goes on", () => {
  for (const [name, text, ...codes] of strange)
    test(name, async () => {
      const client = await trainee(server);
      const { error, jsonrpc } = await client.raw(text);
      assert.equal(jsonrpc, "2.0");
      assert.ok(codes.includes(error.code), `${error.code} ${error.message}`);
      assertShape("ErrorData", error.data);
      assert.ok(error.message.length > 10 && !/undefined|NULL/.test(error.message), error.message);
      assert.ok((await client.call("library.list")).cases.length > 0, "the connection goes on");
      await client.close();
    });
});

describe("an answer carries the id of its request", () => {
  for (const id of [0, -7, 9007199254740991, "a", "ünï \u{1f642}", 'quote " and \\ backslash'])
    test(JSON.stringify(id), async () => {
      const client = await trainee(server);
      const answer = await client.raw(JSON.stringify({ jsonrpc: "2.0", id, method: "session.list", params: {} }));
      assert.deepEqual(answer.id, id);
      assert.deepEqual(answer.result.sessions, []);
      await client.close();
    });
  test("an error that cannot know it carries null", async () => {
    const client = await trainee(server);
    assert.equal((await client.raw("[]")).id, null);
    await client.close();
  });
});

describe("wrong types of every param of every method", () => {
  const right = { session: randomUUID(), script: "career_plateau", seed: 3, turn: 1, to: 1, text: "What else?" };
  const wrong = {
    string: [null, true, 7, {}, [], [right.session]],
    integer: [null, true, "1", {}, [1], 1.5, -1],
  };
  for (const [method, params] of Object.entries(methods)) {
    const complete = Object.fromEntries(Object.keys(params).map((name) => [name, right[name]]));
    for (const [name, { required, schema: { type } }] of Object.entries(params))
      test(`${method}: ${name}`, async () => {
        const client = await trainee(server);
        for (const value of wrong[type]) await refused(client.call(method, { ...complete, [name]: value }), { code: -32602 });
        if (type === "integer") for (const value of [2 ** 53 + 2, -(2 ** 60), 1e300]) await refused(client.call(method, { ...complete, [name]: value }), { key: "number_too_large" });
        const { [name]: _, ...without } = complete;
        if (required) await refused(client.call(method, without), { code: -32602 });
        await client.close();
      });
  }
});

describe("texts for ids", () => {
  for (const session of ["", "x", "00000000-0000-0000-0000-00000000000g", `${randomUUID()}0`, "../../etc/passwd", "\u{1f642}".repeat(9)])
    test(JSON.stringify(session), async () => {
      const client = await trainee(server);
      await refused(client.call("session.open", { session }), { code: -32602 });
      await client.close();
    });
  for (const script of ["", "no_such_case", "../coaching/career_plateau", "x".repeat(5000)])
    test(`script ${JSON.stringify(script.slice(0, 40))}`, async () => {
      const client = await trainee(server);
      await refused(client.call("session.start", { session: randomUUID(), script }));
      assert.deepEqual((await client.call("session.list")).sessions, []);
      await client.close();
    });
});

describe("frames that are not messages for us", () => {
  test("a binary message is refused with 1003", async () => {
    const client = await trainee(server);
    client.socket.send(Buffer.from('{"jsonrpc":"2.0","id":1,"method":"library.list"}'), { binary: true });
    assert.equal((await client.gone).code, 1003);
  });
  test("invalid UTF-8 is refused with 1007", async () => {
    const client = await trainee(server);
    client.socket.send(Buffer.from([0x22, 0xc3, 0x28, 0x22]), { binary: false });
    assert.equal((await client.gone).code, 1007);
  });
  test("64 KiB exactly are read, one byte more is refused with 1009", async () => {
    const client = await trainee(server);
    const head = '{"jsonrpc":"2.0","id":5,"method":"library.burn","params":{"x":"';
    const fitting = `${head}${"y".repeat(65536 - head.length - 3)}"}}`;
    assert.equal(fitting.length, 65536);
    assert.equal((await client.raw(fitting)).error.code, -32601);
    client.socket.send(`${fitting} `);
    assert.equal((await client.gone).code, 1009);
  });
  test("fragments without end are refused with 1009 as soon as they are too many", async () => {
    const client = await trainee(server);
    let sent = 0;
    const timer = setInterval(() => {
      if (client.socket.readyState === 1) client.socket.send("z".repeat(1000), { fin: false });
      sent += 1000;
    }, 1);
    const { code } = await client.gone;
    clearInterval(timer);
    assert.equal(code, 1009);
    assert.ok(sent < 1000000, `${sent} bytes were sent before`);
  });
  test("empty fragments without end keep nobody else waiting", async () => {
    const client = await trainee(server);
    const other = await trainee(server);
    client.socket.send('{"jsonrpc"', { fin: false });
    for (let count = 0; count < 20000 && client.socket.readyState === 1; count++) client.socket.send("", { fin: false });
    assert.ok((await other.call("library.list")).cases.length > 0);
    client.socket.terminate();
    await other.close();
  });
  test("a message in many fragments is one message", async () => {
    const client = await trainee(server);
    const text = JSON.stringify({ jsonrpc: "2.0", id: 77, method: "session.list", params: {} });
    const answer = new Promise((done) => client.unmatched.push(done));
    for (const [index, letter] of [...text].entries()) client.socket.send(letter, { fin: index === text.length - 1 });
    assert.deepEqual((await answer).result.sessions, []);
    await client.close();
  });
});

describe("long answers come compressed to those who ask for the subprotocol that says so, and to nobody else", () => {
  let packing;
  before(async () => {
    const cookie = await signIn(server);
    packing = await connect(server, cookie, { protocol: "askwell.v1.deflate" });
  });
  after(() => packing.close());

  test("the same answer, by itself", async () => {
    const plain = await trainee(server);
    const texts = await plain.call("library.list");
    assert.equal(plain.packed, 0);
    await plain.close();
    for (const _ of [1, 2]) assert.deepEqual(await packing.call("library.list"), texts);
    assert.equal(packing.packed, 2);
  });

  test("what is short stays text, errors too", async () => {
    const before = packing.packed;
    await packing.call("session.list");
    await refused(packing.call("session.open", { session: randomUUID() }), { key: "session_not_found" });
    assert.equal(packing.packed, before);
  });

  test("many at once, long and short, each with its own id", async () => {
    const calls = ["library.list", "session.list", "drill.list"].flatMap((method) => [1, 2, 3].map(() => packing.call(method)));
    const [list, , , sessions] = await Promise.all(calls);
    assert.ok(list.cases.length > 0);
    assert.deepEqual(sessions.sessions, []);
  });

  test("what the client sends stays text", async () => {
    const other = await connect(server, await signIn(server), { protocol: "askwell.v1.deflate" });
    other.socket.send(Buffer.from("{}"));
    assert.equal((await other.gone).code, 1003);
  });
});

test("many requests at once are all answered, each with its own id", async () => {
  const client = await trainee(server);
  const { session } = await begin(client);
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => client.call(index % 2 ? "session.list" : "session.open", index % 2 ? {} : { session })));
  answers.forEach((answer, index) => assert.ok(index % 2 ? answer.sessions : answer.session === session));
  await client.close();
});

test("more messages a second than allowed get an error, not silence", async () => {
  const strict = await startServer({ args: ["--messages-per-second", "5", "--messages-burst", "5"] });
  try {
    const client = await trainee(strict);
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => client.call("session.list")));
    const refusals = answers.filter((each) => each.status === "rejected").map((each) => each.reason);
    assert.ok(refusals.length >= 3 && refusals.length <= 8, `${refusals.length} of 12 refused`);
    assert.deepEqual([...new Set(refusals.map((error) => error.key))], ["too_fast"]);
    await new Promise((done) => setTimeout(done, 1200));
    assert.ok(await client.call("session.list"), "and a moment later it goes on");
    await client.close();
  } finally {
    await strict.stop();
  }
});
