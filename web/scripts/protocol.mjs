// SPDX-License-Identifier: Apache-2.0
// The types of the wire, from the description that the server is tested against.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript-lite";

const description = new URL("../../server/net/openrpc.json", import.meta.url);
const made = new URL("../src/made/", import.meta.url);

const BANNER = `// SPDX-License-Identifier: Apache-2.0
// Made from server/net/openrpc.json by scripts/protocol.mjs: change that, not this.`;

const closed = (properties, required = Object.keys(properties)) => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});

function paramsOf({ params }) {
  // An interface without members would take any object.
  if (params.length === 0) return { tsType: "Record<string, never>" };
  // Nothing may stand beside a $ref.
  const described = ({ description, schema }) => ({ description, ...(schema.$ref ? { allOf: [schema] } : schema) });
  return closed(
    Object.fromEntries(params.map((param) => [param.name, described(param)])),
    params.filter((param) => param.required).map((param) => param.name),
  );
}

/** What the compiler passes over without a word: a form that it does not know, and one name for two types. */
function assertExact(types, names) {
  const code = types.replace(/\/\*[\s\S]*?\*\//g, "");
  const vague = code.split("\n").find((line) => /\b(unknown|any)\b/.test(line));
  if (vague) throw new Error(`openrpc.json: a schema says too little to be a type: ${vague.trim()}`);
  const made = [...code.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  const differing = [...made.filter((name) => !names.includes(name)), ...names.filter((name) => !made.includes(name))];
  if (differing.length > 0) throw new Error(`openrpc.json: schemas and types differ in ${differing.join(", ")}`);
}

/** The TypeScript text of everything that an OpenRPC document describes. */
export async function protocolTypes(document) {
  const schemas = {
    ...document.components.schemas,
    Methods: {
      description: "What the client may call: params and result.",
      ...closed(
        Object.fromEntries(
          document.methods.map((method) => [
            method.name,
            { description: method.summary, ...closed({ params: paramsOf(method), result: method.result.schema }) },
          ]),
        ),
      ),
    },
    Notifications: {
      description: "What the server sends of its own accord: params.",
      ...closed(
        Object.fromEntries(
          document["x-notifications"].map((each) => [each.name, { description: each.summary, ...paramsOf(each) }]),
        ),
      ),
    },
  };
  const root = {
    description: document.info.description,
    ...closed({
      methods: { $ref: "#/components/schemas/Methods" },
      notifications: { $ref: "#/components/schemas/Notifications" },
      error: document["x-error-data"],
    }),
    definitions: schemas,
  };
  const plain = JSON.parse(JSON.stringify(root).replaceAll("#/components/schemas/", "#/definitions/"));
  const types = await compile(plain, "Wire");
  assertExact(types, ["Wire", ...Object.keys(schemas)]);
  return `${BANNER}\n${types}`;
}

export async function makeProtocol() {
  const types = await protocolTypes(JSON.parse(readFileSync(description, "utf8")));
  mkdirSync(made, { recursive: true });
  writeFileSync(new URL("protocol.ts", made), types);
}
