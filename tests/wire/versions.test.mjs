// SPDX-License-Identifier: Apache-2.0
// Which versions of a script conversations are on, and the way back to one of them, beside a running server.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "./server.mjs";
import { begin, eventually, program, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let folder;
let dialogues;
let server;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-versions-"));
  dialogues = join(folder, "dialogues");
  await cp(fileURLToPath(new URL("../../dialogues", import.meta.url)), dialogues, { recursive: true });
  server = await startServer({ dialogues, args: ["--messages-per-second", "1000", "--messages-burst", "1000"] });
});
after(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const versions = (...args) => program(["versions", "--data", server.data, "--dialogues", dialogues, ...args]);
const list = async (script) => JSON.parse((await versions("--json", script)).out);

test("an edit leaves open conversations on their version, and a version can be gone back to", { timeout: 60000 }, async () => {
  const client = await trainee(server);
  const file = join(dialogues, "coaching/career_plateau.json");
  const before = await readFile(file, "utf8");
  const { session } = await begin(client);
  await say(client, session, 1, "What brings you here?");
  assert.deepEqual((await list("career_plateau")).map(({ conversations, open, in_service }) => [conversations, open, in_service]), [[1, 1, true]]);

  const asked = Date.now();
  await writeFile(file, before.replace('"title": "Every box ticked"', '"title": "Every box, ticked"'));
  await eventually(() => client.notifications.some(({ method }) => method === "library.changed"), { what: "library.changed" });
  assert.ok(Date.now() - asked < 20000);
  await begin(client);
  const two = await list("career_plateau");
  assert.deepEqual(two.map(({ conversations, open, in_service }) => [conversations, open, in_service]), [[1, 1, true], [1, 1, false]]);
  const table = await versions();
  assert.equal(table.code, 0);
  assert.match(table.out, /1 open conversation is on versions that are not in service/);

  const old = two[1].version;
  const dry = await versions("--roll-back", old.slice(0, 10));
  assert.equal(dry.code, 0);
  assert.match(dry.out, /would be replaced; add --write/);
  assert.match(await readFile(file, "utf8"), /Every box, ticked/);
  client.notifications.length = 0;
  assert.equal((await versions("--roll-back", old.slice(0, 10), "--write")).code, 0);
  assert.equal(await readFile(file, "utf8"), before);
  await eventually(() => client.notifications.some(({ method }) => method === "library.changed"), { what: "library.changed" });
  assert.deepEqual((await list("career_plateau")).map(({ version, in_service }) => [version === old, in_service]), [[false, false], [true, true]]);
  assert.match((await versions("--roll-back", old)).out, /has this text already/);
  assert.ok((await say(client, session, 2, "What is that like?")).reply.length > 0);
  await client.close();
});

test("what cannot be found is said", async () => {
  for (const [args, code, words] of [
    [["--roll-back", "ffffffff"], 1, /version_not_found/],
    [["--roll-back", "ab"], 1, /at least 4 digits/],
    [["no_such_script"], 0, /No conversation was held with this script/],
    [["a", "b"], 2, /usage/],
  ]) {
    const done = await versions(...args);
    assert.equal(done.code, code, done.err);
    assert.match(done.out + done.err, words);
  }
  const nowhere = await program(["versions", "--data", join(folder, "nothing"), "--dialogues", dialogues]);
  assert.equal(nowhere.code, 1);
  assert.match(nowhere.err, /store_missing/);
});
