// SPDX-License-Identifier: Apache-2.0
// `askwell reanalyse`: what other rules would make of stored conversations. It shows, and changes nothing.
import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { startServer } from "./server.mjs";
import { blob, conversation, everything, otherRules, root, sql, words } from "./stored.mjs";
import { begin, program, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const rules = await otherRules();
let data;
let session;
let turns;
let other;
const run = (...args) => program(["reanalyse", "--data", data, ...args], { timeout: 60000 });
const objects = (out) => out.trim().split("\n").map((line) => JSON.parse(line));
before(async () => {
  ({ data, session, turns } = await conversation(join(rules.folder, "again")));
  const server = await startServer({ data });
  const client = await trainee(server);
  ({ session: other } = await begin(client, "stuck_manager", 5));
  await say(client, other, 1, "What is going on?");
  await server.stop();
});

test("the same rules change nothing", async () => {
  for (const args of [[], ["--pack", join(root, "dialogues/techniques/en.json")], ["--dialogues", join(root, "dialogues")]]) {
    const { code, out, err } = await run(...args);
    assert.equal(code, 0, err);
    assert.equal(out, "Conversations read: 2. Messages read: 7. Would change: 0.\n");
  }
});
test("for a person: what was said, what it was and would be, by which rule and why", async () => {
  const { code, out, err } = await run("--pack", rules.pack);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.ok(out.startsWith(`${session}  career_plateau  turn 2\n  "You should talk to HR."\n  was  advice_direct\n  now  information\n`), out);
  assert.match(out, /\n {7}"You should": information by rule [a-z_.]+\. \S.{10,}\n/);
  assert.match(out, /\nConversations read: 2\. Messages read: 7\. Would change: 1\.\n +1 {2}advice_direct \u2192 information\n$/);
  const counts = await run("--dialogues", rules.dialogues, "--summary");
  assert.equal(counts.code, 0, counts.err);
  assert.equal(counts.out, out.slice(out.indexOf("Conversations read")));
});
test("for a program: one object a line, the counts last", async () => {
  const { code, out, err } = await run("--pack", rules.pack, "--json");
  assert.equal(code, 0, err);
  const [changed, counts, ...more] = objects(out);
  assert.deepEqual(more, []);
  assert.deepEqual([changed.session, changed.script, changed.turn, changed.text, changed.stored], [session, "career_plateau", 2, words[1], true]);
  assert.deepEqual([changed.before.primary, changed.after.primary], ["advice_direct", "information"]);
  const { technique, name, cue, confidence, evidence, runner_up, ...label } = turns[1].labels[0];
  assert.deepEqual(changed.before.techniques, [{ id: technique, ...label, cue: cue.text }]);
  assert.deepEqual(counts, {
    conversations: 2, other_language: 0, unreadable: 0, turns: 7, changed: 1,
    moves: [{ from: "advice_direct", to: "information", count: 1 }],
  });
  assert.deepEqual(objects((await run("--pack", rules.pack, "--json", "--summary")).out), [counts]);
});
test("one conversation", async () => {
  assert.match((await run("--pack", rules.pack, "--session", session, "--summary")).out, /^Conversations read: 1\. Messages read: 6\. Would change: 1\./);
  assert.match((await run("--pack", rules.pack, "--session", other, "--summary")).out, /^Conversations read: 1\. Messages read: 1\. Would change: 0\./);
});
test("beside a running server, and not a row is another afterwards", async () => {
  const server = await startServer({ data });
  try {
    const client = await trainee(server);
    const { session: fresh } = await begin(client, "career_plateau", 8);
    await say(client, fresh, 1, "You should rest.");
    const rows = everything(data);
    assert.ok(rows.length >= 5 && rows.some(([table, lines]) => table === "turn" && lines.length === turns.length + 2));
    const { code, out, err } = await run("--pack", rules.pack);
    assert.equal(code, 0, err);
    assert.match(out, /Would change: 2\./);
    assert.deepEqual(everything(data), rows);
    assert.equal((await say(client, fresh, 2, "What else?")).turn, 2);
    sql(data, `DELETE FROM turn WHERE session = (SELECT max(key) FROM session)`);
    sql(data, `DELETE FROM session WHERE key = (SELECT max(key) FROM session)`);
  } finally {
    await server.stop();
  }
});
test("conversations in another language are left out", async () => {
  const welsh = join(rules.folder, "cy.json");
  await writeFile(welsh, JSON.stringify({ ...JSON.parse(await readFile(rules.pack, "utf8")), language: "cy" }));
  const { code, out, err } = await run("--pack", welsh);
  assert.equal(code, 0, err);
  assert.equal(out, "Conversations read: 0. Messages read: 0. Would change: 0.\nLeft out, in another language: 2.\n");
});
test("what was kept cannot be read: said so, and worked out by the rules of then", async () => {
  const [[answer]] = sql(data, `SELECT answer FROM turn WHERE number = 2 AND text LIKE 'You should%'`);
  sql(data, `UPDATE turn SET answer = '{}' WHERE number = 2 AND text LIKE 'You should%'`);
  const { code, out, err } = await run("--pack", rules.pack);
  assert.equal(code, 0, err);
  assert.match(out, /was {2}advice_direct \(worked out again/);
  assert.equal(objects((await run("--pack", rules.pack, "--json")).out)[0].stored, false);
  sql(data, `UPDATE turn SET answer = '${answer.replaceAll("'", "''")}' WHERE number = 2 AND text LIKE 'You should%'`);
});
test("a conversation that cannot be read is named, the others go on", async () => {
  const [[body]] = sql(data, `SELECT body FROM version WHERE id = 'stuck_manager'`);
  sql(data, `UPDATE version SET body = ${blob("{}")} WHERE id = 'stuck_manager'`);
  const { code, out, err } = await run("--pack", rules.pack, "--summary");
  assert.equal(code, 1);
  assert.match(err, new RegExp(`${other}: .*\\[version_unusable\\]`));
  assert.match(out, /^Conversations read: 1\. .*\n.*\nCould not be read: 1\.\n$/);
  sql(data, `UPDATE version SET body = x'${body}' WHERE id = 'stuck_manager'`);
});
test("what cannot be: no such folder, conversation, pack; a pack that does not compile", async () => {
  const broken = join(rules.folder, "broken.json");
  const slip = JSON.parse(await readFile(rules.pack, "utf8"));
  slip.rules[0].technique = "no_such_technique";
  await writeFile(broken, JSON.stringify(slip));
  const refusals = [
    [["--data", join(rules.folder, "nowhere")], 3, /nowhere.*\[store_missing\]/],
    [["--session", "0190a0a0-0000-7000-8000-00000000000f"], 3, /\[session_not_found\]/],
    [["--session", "the first one"], 2, /--session/],
    [["--pack", join(rules.folder, "missing.json")], 3, /missing\.json/],
    [["--pack", broken], 3, /broken\.json:\d+:\d+: error [A-Z]\d{3} [^]*\[pack_invalid\]/],
    [["--dialogues", join(rules.folder, "nowhere")], 3, /nowhere/],
    [["--pack", rules.pack, "--dialogues", rules.dialogues], 2, /not both/],
    [["surplus"], 2, /surplus|argument|usage/i],
  ];
  for (const [args, status, why] of refusals) {
    const { code, out, err } = await run(...args);
    assert.equal(code, status, `${args}: ${err}`);
    assert.match(err, why);
    assert.equal(out, "");
  }
  await cp(rules.dialogues, join(rules.folder, "half"), { recursive: true });
  await writeFile(join(rules.folder, "half/techniques/en.json"), JSON.stringify(slip));
  const half = await run("--dialogues", join(rules.folder, "half"));
  assert.equal(half.code, 3);
  assert.match(half.err, /en\.json:\d+:\d+: error [^]*\[pack_invalid\]/);
});
