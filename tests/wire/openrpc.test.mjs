// SPDX-License-Identifier: Apache-2.0
// server/net/openrpc.json: a document of its own kind, complete in itself, and what the running server does. The client's
// types are made from it; tests/unit/test_rpc.c holds it against the server's tables.
import assert from "node:assert/strict";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import metaSchema from "@open-rpc/meta-schema";
import Ajv from "ajv";
import { startServer } from "./server.mjs";
import { assertNotification, methods, openrpc, pointed, validator } from "./shapes.mjs";
import { eventually, trainee } from "./trainee.mjs";
import "./tidy.mjs";

/** Every object and list in the document, with where it stands: [pointer, value]. */
function* parts(value = openrpc, at = "#") {
  if (typeof value !== "object" || value === null) return;
  yield [at, value];
  for (const [key, part] of Object.entries(value)) yield* parts(part, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

const references = [...parts()].filter(([, value]) => "$ref" in value);

describe("the document", () => {
  test("is OpenRPC, by OpenRPC's own schema", () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    // What a schema is, OpenRPC leaves to JSON Schema, draft 7.
    const definitions = { JSONSchemaObject: { properties: { $ref: { type: "string" } } } };
    for (const $id of ["https://meta.json-schema.tools", "https://meta.json-schema.tools/"])
      ajv.addSchema({ $id, allOf: [{ $ref: "http://json-schema.org/draft-07/schema#" }], definitions });
    const validate = ajv.compile({ ...metaSchema.openrpcDocument, $schema: "http://json-schema.org/draft-07/schema#" });
    assert.ok(validate(openrpc), ajv.errorsText(validate.errors));
  });

  test("names nothing twice", () => {
    const all = [...openrpc.methods, ...openrpc["x-notifications"]];
    for (const names of [all.map((each) => each.name), ...all.map(({ params }) => params.map((param) => param.name))])
      assert.deepEqual(names, [...new Set(names)]);
    const codes = Object.values(openrpc.components.errors).map((error) => error.code);
    assert.deepEqual(codes, [...new Set(codes)]);
  });

  test("says of every method and notification what it does, and takes parameters by name", () => {
    for (const { name, summary, paramStructure } of [...openrpc.methods, ...openrpc["x-notifications"]]) {
      assert.ok(summary?.length > 10, name);
      assert.equal(paramStructure, "by-name", name);
    }
    for (const { name, result } of openrpc.methods) assert.ok(result?.schema, name);
  });

  test("has no reference that leads nowhere or has anything beside it, and no part that nothing refers to", () => {
    for (const [at, value] of references) {
      assert.deepEqual(Object.keys(value), ["$ref"], at);
      assert.ok(pointed(value.$ref), `${at}: ${value.$ref}`);
    }
    const targets = new Set(references.map(([, value]) => value.$ref));
    for (const [kind, named] of Object.entries(openrpc.components))
      for (const name of Object.keys(named)) assert.ok(targets.has(`#/components/${kind}/${name}`), `${kind}/${name}`);
  });

  test("every schema compiles strictly", () => {
    const schemas = [...parts()].map(([at]) => at).filter((at) => /^#\/(components\/schemas\/[^/]+|.*\/schema|x-error-data)$/.test(at));
    assert.ok(schemas.length > 50);
    for (const at of schemas) assert.equal(typeof validator(at), "function", at);
  });

  test("every object holds what is described and no more", () => {
    for (const [at, { properties, additionalProperties, required }] of parts(openrpc.components.schemas, "#/components/schemas")) {
      if (!properties || at.endsWith("/properties")) continue;
      assert.equal(additionalProperties, false, at);
      for (const name of required) assert.ok(properties[name], `${at} requires ${name}`);
    }
  });
});

const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";
const values = { session: uuid, turn: 1, to: 1, text: "x", script: "no_such_case", seed: 1, label: 0, technique: "summary", note: "x", pair: uuid, about: "x" };

describe("the running server", () => {
  let server;
  let client;
  before(async () => {
    server = await startServer({ args: ["--messages-per-second", "1000000", "--messages-burst", "1000000"] });
    client = await trainee(server);
  });
  after(async () => {
    await client?.close();
    await server?.stop();
  });

  for (const [method, params] of Object.entries(methods))
    test(`${method} takes exactly these parameters`, async () => {
      const key = (sent) => client.call(method, sent).then(() => "fine", (error) => error.key);
      const taken = async (sent, what) =>
        assert.ok(!["method_unknown", "parameter_missing", "parameter_unknown", "parameter_type"].includes(await key(sent)), what);
      const all = Object.fromEntries(Object.keys(params).map((name) => [name, values[name]]));
      await taken(all, "all of them");
      assert.equal(await key({ ...all, surplus: 1 }), "parameter_unknown");
      for (const [name, { required, schema }] of Object.entries(params)) {
        const { [name]: _left, ...rest } = all;
        if (required) assert.equal(await key(rest), "parameter_missing", `without ${name}`);
        else await taken(rest, `without ${name}`);
        assert.equal(await key({ ...all, [name]: true }), "parameter_type", `with a wrong ${name}`);
        if (schema.format === "uuid") assert.equal(await key({ ...all, [name]: "x" }), "parameter_type", name);
        if (schema.type !== "integer") continue;
        assert.equal(await key({ ...all, [name]: 1.5 }), "parameter_type", name);
        for (const [edge, beyond] of [[schema.minimum, schema.minimum - 1], [schema.maximum, schema.maximum + 2]]) {
          await taken({ ...all, [name]: edge }, `${name} ${edge}`);
          assert.match(await key({ ...all, [name]: beyond }), /^(parameter_type|number_too_large)$/, `${name} ${beyond}`);
        }
      }
    });
});

test("what the server sends of its own accord is described, and what is described is sent", async () => {
  const folder = await mkdtemp(join(tmpdir(), "askwell-openrpc-"));
  const dialogues = join(folder, "dialogues");
  await cp(fileURLToPath(new URL("../../dialogues", import.meta.url)), dialogues, { recursive: true });
  const server = await startServer({ dialogues });
  try {
    const client = await trainee(server);
    await appendFile(join(dialogues, "coaching/career_plateau.json"), "\n");
    await eventually(() => client.notifications.length > 0, { what: "library.changed" });
    await server.stop();
    await client.gone;
    client.notifications.forEach(assertNotification);
    assert.deepEqual(
      [...new Set(client.notifications.map((each) => each.method))].sort(),
      openrpc["x-notifications"].map((each) => each.name).sort(),
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
