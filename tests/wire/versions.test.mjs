// SPDX-License-Identifier: Apache-2.0
// Which versions of a script conversations are on, and the way back to one of them, beside a running server.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "./server.mjs";
import { begin, eventually, program, reconnect, say, trainee } from "./trainee.mjs";
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

test("a conversation keeps the fragments that it began with, also over a restart", { timeout: 60000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), "askwell-fragments-"));
  const own = join(data, "dialogues");
  await cp(dialogues, own, { recursive: true });
  const first = await startServer({ dialogues: own, data });
  const client = await trainee(first);
  const { session } = await begin(client, "bored_star");
  const asked = await say(client, session, 1, "Are you a robot?");
  assert.equal(asked.why.rule, "bot_question");
  await client.close();
  await first.stop();
  const fragment = join(own, "fragments/everyday.json");
  const text = await readFile(fragment, "utf8");
  await writeFile(fragment, text.replaceAll("is a scripted character", "was made of paper"));
  const second = await startServer({ dialogues: own, data });
  const again = await reconnect(second, client.cookie);
  for (let turn = 2; turn < 6; turn++) {
    const answer = await say(again, session, turn, "Are you a robot?");
    assert.equal(answer.why.rule, "bot_question");
    assert.doesNotMatch(JSON.stringify(answer.reply), /made of paper/);
  }
  const { session: fresh } = await begin(again, "bored_star", 3);
  const texts = [];
  for (let turn = 1; turn < 4; turn++) texts.push(JSON.stringify((await say(again, fresh, turn, "Are you a robot?")).reply));
  assert.match(texts.join(), /made of paper/);
  await again.close();
  await second.stop();
  await rm(data, { recursive: true, force: true });
});
