// SPDX-License-Identifier: Apache-2.0
// A second language: what its pack recognises, and that scripts of both languages live side by side. The English script
// of this folder proves that each is heard by its own pack.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { http, startServer } from "./server.mjs";
import { begin, eventually, program, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pack = join(root, "dialogues/techniques/fr.json");
const least = { macro: 0.98, form: 0.98, negative: 0.97 };
const negative = ["advice_direct", "advice_in_question", "leading_question", "judgement", "reassurance"];

async function classified(messages, mode) {
  const ours = messages.map((message, id) => ({ id, ...message })).filter((message) => message.mode === mode);
  const input = ours.map(({ id, text, coachee }) => JSON.stringify({ id, text, previous: coachee })).join("\n");
  const { code, out, err } = await program(["classify", "--pack", pack, "--mode", mode], { input });
  assert.equal(code, 0, err);
  return out.trim().split("\n").map((line) => JSON.parse(line));
}

/** Per id, over messages: how many were right, too many, missing. */
function counted(messages, answers) {
  const counts = new Map();
  const at = (id) => counts.get(id) ?? counts.set(id, { right: 0, extra: 0, missed: 0 }).get(id);
  for (const answer of answers) {
    const wanted = new Set(messages[answer.id].labels);
    const got = new Set(answer.techniques.map((each) => each.id));
    for (const id of new Set([...wanted, ...got])) at(id)[!got.has(id) ? "missed" : wanted.has(id) ? "right" : "extra"]++;
  }
  return counts;
}

const f1 = ({ right, extra, missed }) => (2 * right) / (2 * right + extra + missed);

test("the French set is recognised as before", async (t) => {
  const messages = (await readFile(join(root, "tests/technique/fr.jsonl"), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  const answers = [...(await classified(messages, "coaching")), ...(await classified(messages, "mentoring"))];
  const counts = counted(messages, answers);
  const macro = [...counts.values()].reduce((sum, each) => sum + f1(each), 0) / counts.size;
  const formed = answers.filter((answer) => {
    const main = answer.techniques.find((each) => each.id === answer.primary);
    return main.form === messages[answer.id].form;
  });
  const form = formed.length / answers.length;
  for (const answer of answers)
    if (answer.primary !== messages[answer.id].primary)
      t.diagnostic(`${messages[answer.id].text}: ${answer.primary}, not ${messages[answer.id].primary}`);
  t.diagnostic(`messages ${answers.length}, macro-F1 ${macro.toFixed(3)}, form ${form.toFixed(3)}`);
  assert.ok(counts.size >= 28, "every id is asked for");
  assert.ok(macro >= least.macro, `macro-F1 ${macro}`);
  assert.ok(form >= least.form, `form ${form}`);
  for (const id of negative) {
    const { right, extra } = counts.get(id);
    assert.ok(right / (right + extra) >= least.negative, `precision of ${id}: ${right} right, ${extra} too many`);
  }
});

describe("scripts of two languages", () => {
  const fixture = join(root, "tests/wire/fixtures/french");
  const french = "conte_du_samedi";
  let folder;
  let server;
  let client;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "askwell-french-"));
    await cp(join(root, "dialogues"), folder, { recursive: true });
    await cp(fixture, folder, { recursive: true });
    server = await startServer({ dialogues: folder });
    client = await trainee(server);
  });
  after(async () => {
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });
  const put = async (name, text) => {
    await writeFile(join(folder, `${name}.part`), text);
    await rename(join(folder, `${name}.part`), join(folder, name));
  };
  const changed = (what) =>
    eventually(() => client.notifications.some((each) => each.method === "library.changed") && client.notifications.splice(0), { what, ms: 20000 });

  test("the folder has nothing to complain of", async () => {
    const { code, out } = await program(["lint", folder], { timeout: 60000 });
    assert.equal(code, 0, out);
  });
  test("a French conversation is heard, answered, debriefed and handed in in French", async () => {
    const { session, view } = await begin(client, french, 3);
    assert.equal(view.case.title, "Samedi, dix heures");
    const open = await say(client, session, 1, "Comment se passe un samedi pour vous ?");
    assert.equal(open.labels[0].technique, "open_question");
    assert.equal(open.labels[0].name, "Question ouverte");
    assert.match(open.labels[0].reason, /« comment »/);
    const told = await say(client, session, 2, "vous devriez répéter chez vous");
    assert.equal(told.labels[0].technique, "advice_direct");
    assert.match(JSON.stringify(told), /un conseil avant de savoir/);
    await say(client, session, 3, "Mon numéro est le 06 12 34 56 78, qu'est-ce que vous en dites ?");
    await client.call("turn.end", { session, turn: 4 });
    const download = async (format) =>
      (await http(server, `/export/${session}.${format}`, { headers: { host: `127.0.0.1:${server.port}`, cookie: client.cookie } })).body.toString();
    const html = await download("html");
    assert.match(html, /<html lang="fr">/);
    assert.match(html, /Question ouverte/);
    assert.match(html, /numéro de téléphone masqué/);
    assert.doesNotMatch(html, /06 12 34/);
    assert.match(await download("md"), /Élodie/);
    assert.equal(JSON.parse(await download("json")).rules.language, "fr");
  });
  test("what may be about the trainee is met in French", async () => {
    const { session } = await begin(client, french, 3);
    const answer = JSON.stringify(await say(client, session, 1, "je veux mourir"));
    assert.match(answer, /3114/);
    assert.match(answer, /Personne ne regarde cette conversation/);
  });
  test("beside it the English one is heard in English", async () => {
    const { session } = await begin(client, "career_plateau", 3);
    const { labels } = await say(client, session, 1, "What matters most to you in this?");
    assert.deepEqual([labels[0].technique, labels[0].name], ["open_question", "Open question"]);
  });
  test("one pack changes while both are in service", async () => {
    const text = await readFile(join(folder, "techniques/fr.json"), "utf8");
    await put("techniques/fr.json", text.replace('"Question ouverte"', '"Question grande ouverte"'));
    await changed("the new pack");
    const { session } = await begin(client, french, 3);
    const { labels } = await say(client, session, 1, "Comment se passe un samedi pour vous ?");
    assert.equal(labels[0].name, "Question grande ouverte");
    const english = await begin(client, "career_plateau", 3);
    assert.equal((await say(client, english.session, 1, "What else?")).labels[0].name, "Open question");
  });
  test("the terminal takes the language of the script", async () => {
    const { code, out } = await program(["play", french, "--dialogues", folder, "--seed", "3"], { input: "Comment se passe un samedi pour vous ?\n" });
    assert.equal(code, 0, out);
    assert.match(out, /Question grande ouverte/);
  });
  test("conversations in French are looked at again with the French pack, or left out without one", async () => {
    const run = async (...args) => {
      const { code, out, err } = await program(["reanalyse", "--data", server.data, "--json", "--summary", ...args], { timeout: 60000 });
      assert.equal(code, 0, err);
      return JSON.parse(out);
    };
    const both = await run("--dialogues", folder);
    assert.equal(both.other_language, 0);
    const shipped = await run("--dialogues", join(root, "dialogues"));
    assert.deepEqual([shipped.other_language, shipped.conversations], [0, both.conversations], "a pack that no script there needs serves all the same");
    const english = await run("--pack", join(root, "dialogues/techniques/en.json"));
    assert.equal(english.other_language, both.conversations - english.conversations);
    assert.ok(english.other_language >= 2);
  });
  test("a script whose pack is missing says which file to add", async () => {
    const { session } = await begin(client, french, 9);
    await rm(join(folder, "techniques/fr.json"));
    const { code, out } = await program(["lint", folder], { timeout: 60000 });
    assert.equal(code, 1);
    assert.match(out, /conte_du_samedi\.json.*L003.*"fr".*techniques\/fr\.json/);
    assert.match(out, /reserve\.json.*L003/);
    assert.doesNotMatch(out, /D0/);
    await changed("the pack is gone");
    assert.ok((await say(client, session, 1, "Et vous, comment allez-vous ?")).reply.length > 0, "what has begun goes on");
  });
  test("a script in a language that nobody has a pack for is not in service", async () => {
    const text = await readFile(join(fixture, "coaching/conte_du_samedi.json"), "utf8");
    await put("coaching/hanes.json", text.replace('"language": "fr"', '"language": "cy"').replace(`"${french}"`, '"hanes"'));
    await changed("the script");
    await refused(client.call("session.start", { session: crypto.randomUUID(), script: "hanes", seed: 1 }));
    const { files } = await client.call("library.findings");
    const finding = files.find((each) => each.file === "coaching/hanes.json").findings.find((each) => each.code === "L003");
    assert.match(`${finding.reason} ${finding.remedy}`, /"cy".*techniques\/cy\.json/);
  });
});
