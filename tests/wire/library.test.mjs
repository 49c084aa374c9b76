// SPDX-License-Identifier: Apache-2.0
// Scripts come, change, break and vanish while people practise.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "./server.mjs";
import { assertResult } from "./shapes.mjs";
import { begin, eventually, reconnect, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const shipped = fileURLToPath(new URL("../../dialogues", import.meta.url));
let folder;
let server;
let client;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-library-"));
  await cp(shipped, join(folder, "dialogues"), { recursive: true });
  server = await startServer({ dialogues: join(folder, "dialogues"), args: ["--messages-per-second", "1000", "--messages-burst", "1000"] });
  client = await trainee(server);
});
afterEach(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const path = (name) => join(folder, "dialogues", name);
const original = () => readFile(path("coaching/career_plateau.json"), "utf8");
const cases = async () => (await client.call("library.list")).cases.map((each) => each.id).sort();
const refusedFiles = async () =>
  (await client.call("library.findings")).files.filter((file) => file.findings.some((finding) => finding.severity === "error"));
const put = async (name, text) => {
  await writeFile(path(`${name}.part`), text);
  await rename(path(`${name}.part`), path(name));
};
const changed = (what) =>
  eventually(() => client.notifications.some((each) => each.method === "library.changed") && client.notifications.splice(0), { what });

test("a script that is dropped in appears, and everybody is told", async () => {
  const text = (await original()).replace(/"id":\s*"career_plateau"/, '"id": "second_marian"').replace(/"title":\s*"[^"]*"/, '"title": "Marian again"');
  await put("coaching/second_marian.json", text);
  await changed("library.changed");
  assert.ok((await cases()).includes("second_marian"));
  const { session, view } = await begin(client, "second_marian");
  assert.equal(view.case.title, "Marian again");
  assert.ok((await say(client, session, 1, "What brings you here?")).reply.length > 0);
});

test("a list has what lists show, and each case its brief", async () => {
  const list = await client.call("library.list");
  assertResult("library.list", list);
  for (const listed of list.cases) {
    const told = await client.call("library.case", { script: listed.id });
    assertResult("library.case", told);
    assert.ok(listed.about.length > 10 && (listed.mode === "drill" || listed.about.length <= 100) && !listed.about.includes("\n"), `${listed.id}: ${listed.about}`);
    if (listed.mode === "drill") assert.equal(listed.about, told.aim, listed.id);
    const { contrast, ...rest } = listed;
    assert.deepEqual(rest, Object.fromEntries(Object.keys(rest).map((key) => [key, told[key]])));
    assert.deepEqual(contrast, told.contrast && { id: told.contrast.id, title: told.contrast.title, about: told.contrast.about });
  }
  await refused(client.call("library.case", { script: "nobody" }), { key: "case_not_found", status: "not_found" });
  const { session } = await begin(client);
  await refused((await trainee(server)).call("session.techniques", { session }), { status: "not_found" });
});

test("a broken script is refused with all its findings, and the version before it stays in service", async () => {
  const before = await cases();
  const broken = (await original())
    .replace(/"minutes":\s*\d+/, '"minutes": "thirty", "colour": "red"')
    .replace(/"start":\s*"[a-z_.]+"/, '"start": 7');
  await put("coaching/career_plateau.json", broken);
  await changed("library.changed");
  assertResult("library.findings", await client.call("library.findings"));
  const [file] = await refusedFiles();
  assert.match(file.file, /career_plateau\.json$/);
  assert.equal(file.in_service, true);
  const errors = file.findings.filter((finding) => finding.severity === "error");
  assert.ok(errors.length >= 2, `all at once: ${JSON.stringify(errors)}`);
  for (const finding of errors) {
    assert.match(finding.code, /^[A-Z]\d{3}$/);
    assert.ok(finding.line > 0 && finding.column > 0 && finding.reason.length > 10 && finding.remedy.length > 5, JSON.stringify(finding));
  }
  const lines = broken.split("\n");
  const colour = errors.find((finding) => /colour/.test(`${finding.path}${finding.reason}`));
  assert.match(lines[colour.line - 1], /colour/, "the line is the right one");
  assert.deepEqual(await cases(), before);
  const { session } = await begin(client, "career_plateau");
  assert.ok((await say(client, session, 1, "What brings you here?")).reply.length > 0);
  await put("coaching/career_plateau.json", await readFile(join(shipped, "coaching/career_plateau.json"), "utf8"));
  await eventually(async () => (await refusedFiles()).length === 0, { what: "a mended script clears its findings" });
});

test("names that lead nowhere are all found at once", async () => {
  const script = JSON.parse(await original());
  script.start = "nowhere_one";
  script.rules[0].go = "nowhere_two";
  script.rules[1].feedback = "nowhere_three";
  script.endings[0].when = { disclosed: ["nowhere_four"] };
  await put("coaching/career_plateau.json", JSON.stringify(script, null, 2));
  await changed("library.changed");
  const [file] = await refusedFiles();
  const reasons = JSON.stringify(file.findings);
  for (const name of ["nowhere_one", "nowhere_two", "nowhere_three", "nowhere_four"]) assert.match(reasons, new RegExp(name));
});

for (const [name, text] of [
  ["no JSON", "this is not a script"],
  ["half a file", '{"kind": "dialogue", "format": 1, "id": "half", "title": "Ha'],
  ["nothing", ""],
  ["no id", '{"kind": "dialogue", "format": 1, "title": "Nameless"}'],
  ["no kind", '{"id": "kindless", "format": 1}'],
  ["a list instead of an object", "[]"],
  ["another kind", '{"kind": "poem", "format": 1, "id": "ode"}'],
  ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ["a thousand levels", `${"[".repeat(1000)}${"]".repeat(1000)}`],
  ["too many bytes", `{"kind":"dialogue","note":"${"x".repeat(1100000)}"}`],
])
  test(`a new file with ${name} is refused, the cases stay`, async () => {
    const before = await cases();
    await put("coaching/strange.json", text);
    const [file] = await eventually(async () => {
      const files = await refusedFiles();
      return files.length > 0 && files;
    });
    assert.match(file.file, /strange\.json$/);
    assert.equal(file.in_service, false);
    assert.ok(file.findings.some((finding) => finding.severity === "error"));
    assert.deepEqual(await cases(), before);
    await rm(path("coaching/strange.json"));
    await eventually(async () => (await refusedFiles()).length === 0, { what: "gone with its file" });
  });

test("a second file with the same id is refused, the first stays", async () => {
  await put("coaching/another.json", await original());
  const files = await eventually(async () => {
    const found = await refusedFiles();
    return found.length > 0 && found;
  });
  assert.equal(files.length, 1);
  assert.ok((await cases()).includes("career_plateau"));
});

test("a running conversation keeps its version, also over a restart", async () => {
  const data = await mkdtemp(join(tmpdir(), "askwell-version-"));
  let own = await startServer({ data, dialogues: join(folder, "dialogues") });
  try {
    let person = await trainee(own);
    const { session, view } = await begin(person, "career_plateau");
    await say(person, session, 1, "What brings you here?");
    const title = view.case.title;
    await put("coaching/career_plateau.json", (await original()).replace(/"title":\s*"[^"]*"/, '"title": "A newer Marian"'));
    await eventually(() => person.notifications.some((each) => each.method === "library.changed"));
    const fresh = await begin(person, "career_plateau");
    assert.equal(fresh.view.case.title, "A newer Marian");
    assert.equal((await say(person, session, 2, "What else?")).turn, 2);
    assert.equal((await person.call("session.open", { session })).case.title, title);
    await own.stop();
    own = await startServer({ data, dialogues: join(folder, "dialogues") });
    person = await reconnect(own, person.cookie);
    assert.equal((await person.call("session.open", { session })).case.title, title);
    assert.equal((await say(person, session, 3, "And what would help?")).turn, 3);
  } finally {
    await own.stop();
    await rm(data, { recursive: true, force: true });
  }
});

test("the folder vanishes and comes back: conversations go on, the cases stay in service", async () => {
  const { session } = await begin(client, "stuck_manager");
  await say(client, session, 1, "What is going on?");
  const before = await cases();
  await rename(join(folder, "dialogues"), join(folder, "away"));
  await new Promise((done) => setTimeout(done, 2500));
  assert.equal((await say(client, session, 2, "Tell me more.")).turn, 2);
  assert.deepEqual(await cases(), before, "what was in service stays");
  await begin(client, "career_plateau");
  await rename(join(folder, "away"), join(folder, "dialogues"));
  await new Promise((done) => setTimeout(done, 2500));
  assert.deepEqual(await cases(), before);
  assert.equal((await say(client, session, 3, "What else?")).turn, 3);
});

test("a script that is taken away is no longer offered, its conversations go on", async () => {
  const { session } = await begin(client, "career_plateau");
  await rm(path("coaching/career_plateau.json"));
  await eventually(async () => !(await cases()).includes("career_plateau"), { what: "no longer listed" });
  await refused(begin(client, "career_plateau"), { status: "not_found" });
  assert.equal((await say(client, session, 1, "What brings you here?")).turn, 1);
});

test("a hundred changes in a row end with the last one in service", async () => {
  const text = await original();
  for (let count = 1; count <= 100; count++) {
    await put("coaching/career_plateau.json", text.replace(/"title":\s*"[^"]*"/, `"title": "Version ${count}"`));
    await new Promise((done) => setTimeout(done, 20));
  }
  await eventually(async () => (await client.call("library.list")).cases.find((each) => each.id === "career_plateau").title === "Version 100");
});
