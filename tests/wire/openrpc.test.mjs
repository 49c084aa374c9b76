// SPDX-License-Identifier: Apache-2.0
// Three descriptions of one wire: server/net/openrpc.json, web/src/protocol.ts and what the running server does.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { startServer } from "./server.mjs";
import { methods } from "./shapes.mjs";
import { trainee } from "./trainee.mjs";
import "./tidy.mjs";

const document = JSON.parse(readFileSync(new URL("../../server/net/openrpc.json", import.meta.url), "utf8"));
const described = new Map(document.methods.map((method) => [method.name, method]));

let server;
let client;
before(async () => {
  server = await startServer();
  client = await trainee(server);
});
after(async () => {
  await client?.close();
  await server?.stop();
});

test("the document is OpenRPC 1 with a title and a version", () => {
  assert.match(document.openrpc, /^1\.\d+\.\d+$/);
  assert.ok(document.info.title && document.info.version);
  assert.equal(described.size, document.methods.length, "no method twice");
});

test("it names the methods of protocol.ts and no others", () => {
  assert.deepEqual([...described.keys()].sort(), Object.keys(methods).sort());
});

const resolve = (schema) =>
  schema?.$ref ? schema.$ref.slice(2).split("/").reduce((value, key) => value[key.replace(/~1/g, "/").replace(/~0/g, "~")], document) : schema;

describe("params agree", () => {
  for (const [name, { params }] of Object.entries(methods))
    test(name, () => {
      const written = (described.get(name)?.params ?? []).map(resolve);
      assert.deepEqual(written.map((param) => param.name).sort(), Object.keys(params.properties).sort());
      for (const param of written) {
        const type = resolve(param.schema).type;
        assert.equal(type === "integer" ? "number" : type, params.properties[param.name].type, param.name);
        assert.equal(param.required === true, params.required.includes(param.name), param.name);
      }
      assert.equal(described.get(name).paramStructure, "by-name");
      assert.ok(described.get(name).result, "a result");
      assert.ok((described.get(name).summary ?? described.get(name).description ?? "").length > 10, "a summary");
    });
});

describe("the running server knows them", () => {
  for (const name of Object.keys(methods))
    test(name, async () => {
      const right = { session: randomUUID(), script: "no_such_case", seed: 1, turn: 1, to: 1, text: "What else?", label: 0, technique: "summary", note: "It was one.", about: "agenda", pair: randomUUID() };
      const params = Object.fromEntries(Object.keys(methods[name].params.properties).map((key) => [key, right[key]]));
      const answer = await client.call(name, params).catch((error) => error);
      assert.notEqual(answer.code, -32601);
      assert.notEqual(answer.code, -32602);
    });
});
