// SPDX-License-Identifier: Apache-2.0
// A description of the wire that changes under the client is a client that does not compile.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { protocolTypes } from "../scripts/protocol.mjs";

const compiler = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
const description = readFileSync(new URL("../../server/net/openrpc.json", import.meta.url), "utf8");

const CLIENT = `import type { ErrorData, Methods, Notifications, Turn } from "./protocol";
export const said = (turn: Turn): number => turn.labels.length + (turn.recognised?.words ?? 0);
export const params: Methods["turn.say"]["params"] = { session: "x", turn: 1, text: "What else?" };
export const result = (turn: Turn): Methods["turn.say"]["result"] => turn;
export const kind: Turn["kind"] = "retake";
export const sent: keyof Notifications = "server.leaving";
export const unavailable = (data: ErrorData): boolean => data.status === "unavailable";
`;

/** What the compiler says of CLIENT beside the types of a description that `change` was done to. */
async function complaints(change) {
  const document = JSON.parse(description);
  change(document, document.components.schemas);
  const folder = mkdtempSync(join(tmpdir(), "askwell-protocol-"));
  try {
    writeFileSync(join(folder, "protocol.ts"), await protocolTypes(document));
    writeFileSync(join(folder, "client.ts"), CLIENT);
    const options = ["--noEmit", "--strict", "--target", "es2021", "--lib", "es2021", "--module", "esnext", "--moduleResolution", "bundler"];
    return spawnSync(process.execPath, [compiler, ...options, "client.ts"], { cwd: folder, encoding: "utf8" }).stdout.trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the client compiles against the description as it is", async () => {
  assert.equal(await complaints(() => {}), "");
});

test("every kind of change shows where it is used", async () => {
  const found = await complaints((document, { Turn, ErrorData }) => {
    Turn.properties.marks = Turn.properties.labels;
    delete Turn.properties.labels;
    Turn.required = Turn.required.map((name) => (name === "labels" ? "marks" : name));
    Turn.properties.kind.enum = ["say", "hint", "end"];
    Turn.properties.recognised.required = [];
    ErrorData.properties.status.enum = ["invalid"];
    document.methods.find(({ name }) => name === "turn.say").params.push({ name: "aloud", required: true, schema: { type: "boolean" } });
    document["x-notifications"] = document["x-notifications"].filter(({ name }) => name !== "server.leaving");
  });
  const lines = [...new Set([...found.matchAll(/^client\.ts\((\d+),/gm)].map(([, line]) => Number(line)))];
  assert.deepEqual(lines, [2, 3, 5, 6, 7], found);
  for (const name of ["labels", "aloud", "retake", "server.leaving", "unavailable"]) assert.match(found, new RegExp(`['"]${name}['"]`));
});

test("a schema that says too little, or a type twice, is refused and not made into something vague", async () => {
  await assert.rejects(complaints((_, { Turn }) => void (Turn.properties.text = {})), /too little.*text/);
  await assert.rejects(complaints((_, { Feedback }) => void delete Feedback.additionalProperties), /too little/);
  await assert.rejects(
    complaints((_, { SessionView }) => void (SessionView.properties.stage.description = "Where it is.")),
    /differ in StageRef1/,
  );
});
