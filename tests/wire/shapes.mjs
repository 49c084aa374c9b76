// SPDX-License-Identifier: Apache-2.0
// server/net/openrpc.json as validators: what the server says is held against the very description that the client's types
// are made from.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";

export const openrpc = JSON.parse(readFileSync(new URL("../../server/net/openrpc.json", import.meta.url), "utf8"));

const ajv = new Ajv({ allErrors: true, strict: true });
// As the server writes them, which is narrower than the formats allow.
ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
// The document around the schemas is none itself.
ajv.addVocabulary(Object.keys(openrpc));
ajv.addSchema(openrpc, "openrpc.json");

/** What "#/a/b" stands for; undefined when it stands for nothing. */
export const pointed = (ref) =>
  ref
    .split("/")
    .slice(1)
    .reduce((value, key) => value?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], openrpc);

/** The compiled schema that stands there; undefined when none does. */
export const validator = (ref) => ajv.getSchema(`openrpc.json${ref}`);

function assertValid(ref, what, value) {
  const validate = validator(ref);
  assert.ok(validate, `openrpc.json describes no ${what}`);
  assert.ok(validate(value), `not a ${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 2000)}`);
}

/** Fails with the places where `value` is not what components.schemas.NAME describes. */
export const assertShape = (name, value) => assertValid(`#/components/schemas/${name}`, name, value);

export const assertResult = (method, value) =>
  assertValid(
    `#/methods/${openrpc.methods.findIndex((each) => each.name === method)}/result/schema`,
    `result of ${method}`,
    value,
  );

/** `message` is one that the server sent of its own accord. */
export function assertNotification(message) {
  const described = openrpc["x-notifications"].find((each) => each.name === message.method);
  assert.ok(described, `${message.method} is not described`);
  assert.deepEqual(Object.keys(message.params ?? {}), described.params.map((param) => param.name));
}

/** Every method: name → its parameters: name → { required, schema }. */
export const methods = Object.fromEntries(
  openrpc.methods.map(({ name, params }) => [
    name,
    Object.fromEntries(
      params.map((param) => [
        param.name,
        { required: param.required, schema: param.schema.$ref ? pointed(param.schema.$ref) : param.schema },
      ]),
    ),
  ]),
);
