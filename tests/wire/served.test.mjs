// SPDX-License-Identifier: Apache-2.0
// Sentences that the server words itself, in English, against the translations of them: every id that can reach the browser has one,
// and no translation stands for an id that is gone.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { startServer } from "./server.mjs";
import { trainee } from "./trainee.mjs";
import "./tidy.mjs";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const sources = (folder) => readdirSync(new URL(folder, root)).filter((name) => name.endsWith(".c")).map((name) => `${folder}/${name}`);
const found = (path, pattern) => [...read(path).matchAll(pattern)].map(([, id]) => id);

/** What speaks to those who start the server or type commands, and to nobody in a browser. */
const NOT_SHOWN = [
  "server/net/accept.c", "server/net/server.c",
  "server/practice/history.c", "server/practice/library.c", "server/practice/rulings.c",
  "server/store/data_folder.c", "server/store/migration.c", "server/store/ruling.c", "server/store/store.c",
];

/** Of the refusals of HTTP, those that the sign-in can meet and the page shows. */
const REFUSED = /\b(?:401|403|429), "([a-z_0-9]+)"/g;
const ERROR = /\b(?:STATUS_[A-Z_]+|status),\s*"([a-z_0-9]+)"/g;

function errorKeys() {
  const shown = [...["server/net", "server/practice", "server/store", "server/people"].flatMap(sources), "server/dialogue/replay.c"].filter((path) => !NOT_SHOWN.includes(path));
  const keys = new Set(shown.flatMap((path) => [...found(path, ERROR), ...found(path, REFUSED)]));
  // Where nothing is known but the status, its name is the key.
  for (const name of found("server/base/status.c", /\[STATUS_[A-Z_]+\] = "([a-z_]+)"/g)) if (name !== "ok") keys.add(name);
  return [...keys].sort();
}

function nextIds() {
  return found("server/portfolio/evidence_next.c", /^\t\{"([a-z_]+)", \w+,/gm);
}

const document = JSON.parse(read("server/net/openrpc.json"));
const reasons = document.components.schemas.Debrief.properties.best.properties.because.properties.did.enum;

let server;
let measures;
before(async () => {
  server = await startServer();
  const client = await trainee(server);
  const session = randomUUID();
  await client.call("session.start", { session, script: "career_plateau", seed: 1 });
  ({ measures } = await client.call("session.debrief", { session }));
  await client.close();
});
after(() => server?.stop());

/** Every id that a translation has to have. */
function wanted() {
  return [
    "notice", "measure.permitted", "measure.band", "best.recognised", "best.deepest", "best.taken_up", "best.moved",
    ...measures.flatMap(({ id }) => ["name", "meaning", "source"].map((part) => `measure.${id}.${part}`)),
    ...nextIds().flatMap((id) => [`next.${id}.what`, `next.${id}.why`]),
    ...reasons.map((id) => `best.${id}`),
    ...errorKeys().map((key) => `error.${key}`),
  ];
}

/** Only some have an example of the server's own. */
const MAY_BE = /^next\.[a-z_]+\.example$/;

const languages = readdirSync(new URL("web/messages", root), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "en").map(({ name }) => name);

test("the sources are read as they are written", () => {
  assert.ok(measures.length >= 8, "measures");
  assert.ok(nextIds().length >= 10, "next");
  assert.deepEqual(nextIds().length, read("server/portfolio/evidence_next.c").match(/^\t\{"/gm).length, "every entry of the table");
  for (const key of ["text_too_long", "text_not_utf8", "disk_full", "too_fast", "parameter_missing", "too_many_sign_ins", "session_not_found", "turns_corrupt", "internal"])
    assert.ok(errorKeys().includes(key), key);
  for (const path of NOT_SHOWN) read(path);
});

for (const language of languages)
  describe(language, () => {
    const path = `web/messages/${language}/served.json`;
    const served = JSON.parse(read(path));
    test("everything that can reach the browser is translated", () => {
      const missing = wanted().filter((id) => !served[`served.${id}`]?.trim());
      assert.deepEqual(missing, [], path);
    });
    test("nothing is translated that the server does not say", () => {
      const ids = new Set(wanted());
      const strange = Object.keys(served).map((key) => key.replace(/^served\./, "")).filter((id) => !ids.has(id) && !(MAY_BE.test(id) && nextIds().includes(id.split(".")[1])));
      assert.deepEqual(strange, [], path);
    });
    test("each example of the server's own is translated", () => {
      const table = read("server/portfolio/evidence_next.c");
      const own = [...table.matchAll(/^\t\{"([a-z_]+)", [\s\S]*?(NULL|"[^"]*")\},$/gm)].filter(([, , example]) => example !== "NULL").map(([, id]) => id);
      assert.deepEqual(own.filter((id) => !served[`served.next.${id}.example`]), []);
      assert.ok(own.length >= 3);
    });
  });
