// SPDX-License-Identifier: Apache-2.0
// What authors run: layout of files, the picture of a case, the table of its texts, a story of Twine's as a first draft.
import assert from "node:assert/strict";
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { program } from "./trainee.mjs";
import "./tidy.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const seed = join(root, "tests/fuzz/twee.seed");
const relative = "coaching/career_plateau.json";
let folder, dialogues;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-authors-"));
  dialogues = join(folder, "dialogues");
  await cp(join(root, "dialogues"), dialogues, { recursive: true });
});
after(() => rm(folder, { recursive: true, force: true }));

describe("fmt", () => {
  test("what is shipped is laid out", async () => {
    const { code, out } = await program(["fmt", "--check", "dialogues"]);
    assert.equal(code, 0, out);
  });
  test("prints, lists what differs, and writes with the mode kept", async () => {
    const file = join(folder, "odd.json");
    await writeFile(file, '{"b":1,\n\n"a":["caf\\u00e9"]}');
    await chmod(file, 0o640);
    const wanted = '{ "b": 1, "a": ["café"] }\n';
    assert.equal((await program(["fmt", file])).out, wanted);
    const { code, out } = await program(["fmt", "--check", file]);
    assert.equal(code, 1);
    assert.equal(out, `${file}\n`);
    assert.equal((await program(["fmt", "--write", file])).code, 0);
    assert.equal(await readFile(file, "utf8"), wanted);
    assert.equal((await stat(file)).mode & 0o777, 0o640);
  });
  test("what is not JSON is named with its place, and the other files are done", async () => {
    const broken = join(folder, "broken.json");
    const good = join(folder, "good.json");
    await writeFile(broken, '{\n  "a": 1,\n  "a": 2\n}\n');
    await writeFile(good, "[1,2]");
    const { code, err } = await program(["fmt", "--write", broken, good]);
    assert.equal(code, 1);
    assert.match(err, /broken\.json:3:3: .*"a".*twice/);
    assert.equal(await readFile(good, "utf8"), "[1, 2]\n");
  });
  for (const args of [["fmt", "--check", "--write", "x"], ["fmt", "dialogues"]])
    test(`askwell ${args.join(" ")}: wrong usage`, async () => assert.equal((await program(args)).code, 2));
});

describe("graph", () => {
  test("the picture and the list", async () => {
    const file = join(folder, "case.svg");
    const { code, out, err } = await program(["graph", "--svg", file, "--list", "career_plateau"]);
    assert.equal(code, 0, err);
    assert.match(out, /^What moves the conversation$/m);
    const svg = await readFile(file, "utf8");
    assert.match(svg, /^<svg [^>]*role="img"/);
    for (const [, id] of out.matchAll(/^ {4}state (\w+)/gm)) assert.ok(svg.includes(`>${id}</text>`), id);
  });
  test("a case that is not there", async () => assert.equal((await program(["graph", "no_such_case"])).code, 3));
});

describe("lines", () => {
  test("there and back without edits changes nothing; an edit changes its text", async () => {
    const table = join(folder, "lines.csv");
    const file = join(dialogues, relative);
    const before = await readFile(file, "utf8");
    assert.equal((await program(["lines", "export", "--csv", table, "--dialogues", dialogues, "career_plateau"])).code, 0);
    assert.equal((await program(["lines", "import", "--write", "--dialogues", dialogues, table])).code, 0);
    assert.equal(await readFile(file, "utf8"), before);
    await writeFile(table, (await readFile(table, "utf8")).replace(",Every box ticked,", ",Jede Aufgabe erledigt,"));
    const shown = await program(["lines", "import", "--dialogues", dialogues, table]);
    assert.match(shown.out, /^-.*Every box ticked.*\n\+.*Jede Aufgabe erledigt/m);
    assert.equal(await readFile(file, "utf8"), before, "shown, not written");
    assert.equal((await program(["lines", "import", "--write", "--dialogues", dialogues, table])).code, 0);
    assert.equal(await readFile(file, "utf8"), before.replace('"Every box ticked"', '"Jede Aufgabe erledigt"'));
  });
  test("a table cannot reach out of the folder", async () => {
    const table = join(folder, "out.csv");
    await writeFile(join(folder, "outside.json"), '{"title": "x"}');
    await writeFile(table, "file,pointer,id,text\n../outside.json,/title,,y\n/etc/passwd,/title,,y\n");
    const { code, err } = await program(["lines", "import", "--write", "--dialogues", dialogues, table]);
    assert.equal(code, 1);
    assert.equal(err.match(/error C001/g).length, 2, err);
    assert.equal(await readFile(join(folder, "outside.json"), "utf8"), '{"title": "x"}');
  });
});

describe("import-twee", () => {
  test("a skeleton that lint takes apart from what was announced", async () => {
    const { code, out, err } = await program(["import-twee", "--id", "late_form", seed]);
    assert.equal(code, 1, "the story has a link that leads nowhere");
    assert.match(err, /error T002: /);
    const draft = join(folder, "late_form.json");
    await writeFile(draft, out);
    assert.equal(JSON.parse(out).id, "late_form");
    assert.equal((await program(["fmt", "--check", draft])).code, 0);
    const lint = await program(["lint", "--dialogues", dialogues, draft], { timeout: 60000 });
    const codes = new Set([...lint.out.matchAll(/ (?:error|warning) ([A-Z]\d+) /g)].map(([, found]) => found));
    for (const found of codes) assert.ok(["D020", "D040"].includes(found), lint.out);
  });
  test("no story", async () => {
    const { code, err } = await program(["import-twee", join(root, "README.md")]);
    assert.equal(code, 3);
    assert.match(err, /:: Name/);
  });
});
