// SPDX-License-Identifier: Apache-2.0
// web/src/protocol.ts as JSON Schemas, so that what the server says is held against the very types that the client is
// compiled with. Reads the few forms of type that the file uses and throws on any other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const source = readFileSync(new URL("../../web/src/protocol.ts", import.meta.url), "utf8");
const plain = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/[^\n]*/g, "");
const tokens = plain.match(/[A-Za-z_][A-Za-z_0-9]*|"[^"]*"|[{}()<>[\]|&:;,?]/g) ?? [];
let at = 0;

const peek = () => tokens[at];
function take(wanted) {
  const token = tokens[at++];
  if (wanted !== undefined && token !== wanted) throw new Error(`protocol.ts: ${wanted} expected, ${token} found`);
  return token;
}

const words = { string: { type: "string" }, number: { type: "number" }, boolean: { type: "boolean" }, null: { type: "null" } };

function primary() {
  const token = take();
  if (token === "{") return members();
  if (token === "(") {
    const inner = union();
    take(")");
    return inner;
  }
  if (token.startsWith('"')) return { const: JSON.parse(token) };
  if (token === "Record") {
    for (const part of ["<", "string", ",", "never", ">"]) take(part);
    return { type: "object", properties: {}, required: [], additionalProperties: false };
  }
  return words[token] ?? { reference: token };
}

function postfix() {
  let type = primary();
  while (peek() === "[") {
    take("[");
    take("]");
    type = { type: "array", items: type };
  }
  return type;
}

function intersection() {
  const parts = [postfix()];
  while (peek() === "&") {
    take("&");
    parts.push(postfix());
  }
  return parts.length === 1 ? parts[0] : { merge: parts };
}

function union() {
  const parts = [intersection()];
  while (peek() === "|") {
    take("|");
    parts.push(intersection());
  }
  return parts.length === 1 ? parts[0] : { anyOf: parts };
}

function members() {
  const type = { type: "object", properties: {}, required: [], additionalProperties: false };
  while (peek() !== "}") {
    const name = take().replace(/"/g, "");
    const optional = peek() === "?" && take("?");
    take(":");
    type.properties[name] = union();
    if (!optional) type.required.push(name);
    if (peek() === ";") take(";");
  }
  take("}");
  return type;
}

const interfaces = {};
while (at < tokens.length) {
  if (take() !== "interface") continue;
  const name = take();
  take("{");
  interfaces[name] = members();
}

/** The type with every reference written out. */
function resolved(type) {
  if (type.reference) {
    if (!interfaces[type.reference]) throw new Error(`protocol.ts: unknown type ${type.reference}`);
    return resolved(interfaces[type.reference]);
  }
  if (type.merge) {
    const parts = type.merge.map(resolved);
    return {
      type: "object",
      properties: Object.assign({}, ...parts.map((part) => part.properties)),
      required: parts.flatMap((part) => part.required),
      additionalProperties: false,
    };
  }
  if (type.anyOf) return { anyOf: type.anyOf.map(resolved) };
  if (type.items) return { ...type, items: resolved(type.items) };
  if (!type.properties) return type;
  return { ...type, properties: Object.fromEntries(Object.entries(type.properties).map(([key, value]) => [key, resolved(value)])) };
}

const ajv = new Ajv({ allErrors: true });
const compiled = new Map();

/** Fails with the places where `value` is not the type `name` of protocol.ts. */
export function assertShape(name, value) {
  if (!compiled.has(name)) compiled.set(name, ajv.compile(resolved(interfaces[name])));
  const validate = compiled.get(name);
  assert.ok(validate(value), `not a ${name}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 2000)}`);
}

/** Every method: name → { params, result } as JSON Schemas. */
export const methods = Object.fromEntries(
  Object.entries(interfaces.Methods.properties).map(([name, type]) => [
    name,
    { params: resolved(type.properties.params), result: resolved(type.properties.result) },
  ]),
);
export const notifications = Object.keys(interfaces.Notifications.properties);

export function assertResult(method, value) {
  const key = `result of ${method}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile(methods[method].result));
  const validate = compiled.get(key);
  assert.ok(validate(value), `${key}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 2000)}`);
}
