// SPDX-License-Identifier: Apache-2.0
// What authors have at the terminal: `askwell test` with plans and walks, rehearsals with `askwell play`, `askwell stats`.
// Exit status 0 done, 1 found problems, 2 wrong usage, 3 could not run.
import assert from "node:assert/strict";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startServer } from "./server.mjs";
import { begin, program, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-authoring-"));
});
after(() => rm(folder, { recursive: true, force: true }));

const wrong = `# What somebody remarked.
case: career_plateau
seed: 7

> What is an ordinary week like for you now?
  label: closed_question   a remark
  reveals: week
! end
  ended: unlocked
`;

describe("test: plans", () => {
  test("what is shipped passes", async () => {
    const { code, out, err } = await program(["test"], { timeout: 60000 });
    assert.equal(code, 0, out + err);
    assert.match(out, /^\d+ plans: \d+ passed, 0 failed$/m);
  });
  test("one case, with what its plans never reach", async () => {
    const { code, out } = await program(["test", "--coverage", "career_plateau"]);
    assert.equal(code, 0, out);
    assert.match(out, /^career_plateau: (\d+) of \1 plans passed$/m);
    for (const group of ["states", "rules of the case", "rules of the temperament", "disclosures", "endings"])
      assert.match(out, new RegExp(`^  ${group} +\\d+ of +\\d+ reached, +\\d+%$`, "m"));
    assert.doesNotMatch(out, /stuck_manager/);
  });
  test("what fails: file, line, expected and found; exit 1", async () => {
    const file = join(folder, "wrong.plan");
    await writeFile(file, wrong);
    const { code, out } = await program(["test", file]);
    assert.equal(code, 1);
    assert.match(out, /wrong\.plan:6:1: error G020: Expected label: closed_question; found open_question\./);
    assert.match(out, /wrong\.plan:9:1: error G020: Expected ended: unlocked; found closed\./);
  });
  test("what cannot be read has its code and a remedy", async () => {
    const file = join(folder, "unreadable.plan");
    await writeFile(file, "case: career_plateau\n> Hello\n  labl: small_talk\nnonsense\n! fly\n");
    const { code, out } = await program(["test", file]);
    assert.equal(code, 1);
    for (const [line, found] of [[3, "G004"], [4, "G001"], [5, "G005"]]) assert.match(out, new RegExp(`unreadable\\.plan:${line}:1: error ${found}: .+\\.`));
  });
  test("for programs: one JSON object", async () => {
    const plans = join(folder, "plans", "deeper");
    await mkdir(plans, { recursive: true });
    await writeFile(join(plans, "wrong.plan"), wrong);
    const { code, out } = await program(["test", "--json", "--coverage", "--plans", join(folder, "plans")]);
    assert.equal(code, 1);
    const report = JSON.parse(out);
    assert.equal(report.passed, false);
    assert.deepEqual(report.plans.map((plan) => [plan.case, plan.passed, plan.findings.map((finding) => [finding.code, finding.line])]), [["career_plateau", false, [["G020", 6], ["G020", 9]]]]);
    assert.deepEqual(report.cases.map((one) => [one.id, one.plans, one.passed]), [["career_plateau", 1, 0]]);
    const { disclosures, endings } = report.cases[0].coverage;
    assert.equal(endings.reached, 1);
    assert.equal(disclosures.all - disclosures.reached, disclosures.never.length);
    for (const never of disclosures.never) assert.ok(never.line > 1 && /(career_plateau|marian)\.json$/.test(never.file), never.id);
  });
  test("--update shows the change, --write makes it; remarks stay", async () => {
    const file = join(folder, "update.plan");
    await writeFile(file, wrong);
    const shown = await program(["test", "--update", file]);
    assert.equal(shown.code, 1);
    assert.match(shown.out, /^-  label: closed_question {3}a remark\n\+  label: open_question {3}a remark$/m);
    assert.equal(await readFile(file, "utf8"), wrong);
    const written = await program(["test", "--update", "--write", file]);
    assert.equal(written.code, 0, written.out);
    assert.equal(await readFile(file, "utf8"), wrong.replace("closed_question", "open_question").replace("unlocked", "closed"));
    assert.equal((await program(["test", file])).code, 0);
  });
  for (const [args, code] of [
    [["test", "no_such_case"], 3],
    [["test", "no_such.plan"], 3],
    [["test", "--plans", "no/such/folder"], 3],
    [["test", "--write"], 2],
    [["test", "--update", "--json"], 2],
    [["test", "--walks", "0"], 2],
    [["test", "--walk", "3"], 3],
  ])
    test(`askwell ${args.join(" ")}: exit ${code} and a sentence`, async () => {
      const run = await program(args);
      assert.equal(run.code, code, run.out);
      assert.match(run.err, /^askwell: .{20,}/);
    });
});

describe("test: walks", () => {
  test("every walk of every case ends; the same seed walks the same way", async () => {
    const walked = async (seed, ...names) => {
      const { code, out } = await program(["test", "--walks", "24", "--seed", seed, "--json", ...names], { timeout: 400000 });
      assert.equal(code, 0, out);
      return out;
    };
    const some = ["career_plateau", "advice_in_disguise"];
    const [all, one, again, other] = [await walked("7"), await walked("7", ...some), await walked("7", ...some), await walked("8", ...some)];
    assert.equal(one, again);
    assert.notEqual(one, other);
    const reports = JSON.parse(all);
    assert.deepEqual(reports.filter(({ id }) => some.includes(id)), JSON.parse(one));
    for (const report of reports) {
      assert.equal(report.walks, 24);
      const ends = Object.values(report.trainees).flatMap((trainees) => Object.values(trainees.endings));
      assert.equal(ends.reduce((sum, count) => sum + count, 0), 24, report.id);
      for (const finding of report.findings) assert.match(finding.code, /^W00\d$/);
      assert.deepEqual(report.findings.filter((finding) => finding.severity === "error"), []);
    }
  });
  test("a walk that a finding names is shown as a plan, which passes", async () => {
    const file = join(folder, "walk.plan");
    const shown = await program(["test", "--walk", "5", "--seed", "7", "career_plateau"]);
    assert.equal(shown.code, 0, shown.err);
    await writeFile(file, shown.out);
    assert.equal((await program(["test", file])).code, 0);
  });
});

describe("play: rehearsals", () => {
  test("from a state, with variables and what was told; explained; written down as a plan that passes", async () => {
    const file = join(folder, "played.plan");
    const half = join(folder, "half.plan");
    const input = ["What could you do?", "/hint", "So part of you has decided.", "/retake 3", "What else?", `/record ${half}`, "/end", ""].join("\n");
    const { code, out, err } = await program(
      ["play", "--seed", "4", "--from", "widening", "--set", "trust=5, ownership=4", "--told", "tired,ought", "--explain", "--record", file, "career_plateau"],
      { input },
    );
    assert.equal(code, 0, err);
    assert.match(out, /answered by stage rule \w+/);
    assert.match(out, /^ {4}else: \w+ rule \w+$/m);
    assert.match(out, /^ {4}nearly: \w+ rule \w+, but .+/m);
    const plan = await readFile(file, "utf8");
    assert.match(plan, /^case: career_plateau\nseed: 4\nfrom: widening\nset: trust=5, ownership=4\ntold: tired, ought\n/);
    assert.match(plan, /^! hint$/m);
    assert.match(plan, /^! end\n {2}ended: \w+$/m);
    assert.doesNotMatch(await readFile(half, "utf8"), /^! end$/m);
    const run = await program(["test", file, half]);
    assert.equal(run.code, 0, run.out);
  });
  for (const [args, words] of [
    [["--from", "nowhere"], /no state "nowhere"/],
    [["--set", "trust=99"], /goes from 0 to 5/],
    [["--set", "luck=1"], /no variable "luck"/],
    [["--set", "trust"], /trust=4/],
    [["--told", "everything"], /no disclosure "everything"/],
  ])
    test(`askwell play ${args.join(" ")}: a sentence`, async () => {
      const { code, err } = await program(["play", ...args, "career_plateau"]);
      assert.equal(code, 3);
      assert.match(err, words);
    });
});

describe("stats", () => {
  test("figures of five people, and nothing of four", async () => {
    const server = await startServer({ data: join(folder, "data") });
    const talk = async (script) => {
      const client = await trainee(server);
      const { session } = await begin(client, script, 7);
      await say(client, session, 1, "What is an ordinary week like for you?");
      await client.call("turn.hint", { session, turn: 2 });
      await say(client, session, 3, "Is it blue or is it Tuesday, my secret word?");
      await client.call("turn.end", { session, turn: 4 });
    };
    for (let person = 0; person < 5; person++) await talk("career_plateau");
    for (let person = 0; person < 4; person++) await talk("stuck_manager");
    await server.stop();
    const json = await program(["stats", "--data", join(folder, "data"), "--json"]);
    assert.equal(json.code, 0, json.err);
    const { scripts, left_out, people_least } = JSON.parse(json.out);
    assert.deepEqual([left_out, people_least], [true, 5]);
    assert.deepEqual(scripts.map((row) => [row.id, row.people, row.conversations, row.messages, row.hints]), [["career_plateau", 5, 5, 10, 5]]);
    assert.deepEqual(scripts[0].turns.map((place) => [place.messages, place.hints]), [[1, 5]]);
    assert.equal(Object.values(scripts[0].endings).reduce((sum, count) => sum + count, 0), 5);
    assert.ok(scripts[0].coverage.dialogue_rules.never.length > 5);
    const text = await program(["stats", "--data", join(folder, "data"), "career_plateau"]);
    assert.equal(text.code, 0, text.err);
    assert.match(text.out, /^ {2}5 people, 5 conversations, 10 messages$/m);
    assert.doesNotMatch(text.out + json.out, /secret|Tuesday/);
  });
  test("no store: a sentence", async () => {
    const { code, err } = await program(["stats", "--data", join(folder, "nowhere")]);
    assert.equal(code, 3);
    assert.match(err, /data folder/);
  });
});
