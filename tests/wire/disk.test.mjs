// SPDX-License-Identifier: Apache-2.0
// The disk, the folder and the port refuse: a sentence that says what to do, nothing half done, and back to work when
// the trouble is over. Full and read-only disks need a small file system of our own, so those two need root.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { connect, signIn, startServer } from "./server.mjs";
import { begin, eventually, program, reconnect, refused, say, trainee } from "./trainee.mjs";
import "./tidy.mjs";

const dialogues = fileURLToPath(new URL("../../dialogues", import.meta.url));
const limits = ["--messages-per-second", "10000", "--messages-burst", "10000"];
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "askwell-disk-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** The server must refuse to start, with a status other than 0 and a line that `says` what is wrong. */
async function startRefused(args, says, { env } = {}) {
  const { code, signal, err } = await program(["serve", "--dialogues", dialogues, "--port", "0", ...args], { env });
  assert.equal(signal, null, `it must not hang or crash:\n${err}`);
  assert.equal(code, 3, err);
  assert.match(err, says);
  return err;
}

async function mounted(name, options, work) {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "askwell-test", place]);
  try {
    await work(place);
  } finally {
    spawnSync("umount", ["-l", place]);
  }
}

function mountRefused() {
  if (process.getuid() !== 0) return "needs root, to mount a small file system";
  const place = spawnSync("mktemp", ["-d"]).stdout.toString().trim();
  const tried = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "askwell-test", place]);
  if (tried.status === 0) spawnSync("umount", ["-l", place]);
  return tried.status === 0 ? false : `mount is refused here: ${tried.stderr.toString().trim()}`;
}
const skip = mountRefused();
if (skip) console.log(`# full and read-only disks are skipped: ${skip}`);

describe("a full disk", { skip }, () => {
  test("turns are refused with a key, nothing is half kept, and it goes on when there is room again", () =>
    mounted("full", "size=8m", async (place) => {
      const server = await startServer({ data: join(place, "data"), args: limits });
      const client = await trainee(server);
      const { session } = await begin(client);
      let turn = 1;
      for (; turn <= 3; turn++) await say(client, session, turn, "What else?");
      const filler = await open(join(place, "filler"), "w");
      const block = Buffer.alloc(65536, 1);
      for (;;) if (!(await filler.write(block).then((done) => done.bytesWritten === block.length, () => false))) break;
      await filler.close();
      let error = null;
      const words = "What would help? ".repeat(200);
      for (let tries = 0; tries < 200 && !error; tries++) {
        const answer = await say(client, session, turn, words).catch((reason) => reason);
        if (answer instanceof Error) error = answer;
        else turn++;
      }
      assert.equal(error?.key, "disk_full", `${error?.key}: ${error?.message}`);
      assert.equal(error.status, "unavailable");
      const view = await client.call("session.open", { session });
      assert.equal(view.turns.length, turn - 1, "reading goes on, nothing of the refused turn is kept");
      assert.ok((await client.call("library.list")).cases.length > 0);
      await refused(client.call("session.start", { session: "0190a0a0-0000-7000-8000-00000000000f", script: "stuck_manager" }), { status: "unavailable" });
      await rm(join(place, "filler"));
      const answer = await say(client, session, turn, words);
      assert.equal(answer.turn, turn, "the same number is taken once there is room");
      assert.equal((await client.call("session.open", { session })).turns.length, turn);
      assert.deepEqual(await server.stop(), { code: 0, signal: null });
      const again = await startServer({ data: join(place, "data") });
      const back = await reconnect(again, client.cookie);
      assert.equal((await back.call("session.open", { session })).turns.length, turn);
      await again.stop();
    }));

  test("full from the start: a clear sentence", () =>
    mounted("nothing", "size=16k", async (place) => {
      await startRefused(["--data", join(place, "data")], /full|space/i);
    }));
});

describe("a read-only folder", { skip }, () => {
  test("with an existing store", () =>
    mounted("readonly", "size=8m", async (place) => {
      const data = join(place, "data");
      const server = await startServer({ data });
      await begin(await trainee(server));
      await server.stop();
      execFileSync("mount", ["-o", "remount,ro", place]);
      const err = await startRefused(["--data", data], /read.only|cannot be written|permission/i);
      assert.match(err, new RegExp(data), "names the folder");
    }));
  test("without a store", () =>
    mounted("readonly2", "size=1m,ro", async (place) => {
      await startRefused(["--data", join(place, "data")], /read.only|cannot|permission/i);
    }));
});

test("a folder without rights", { skip: process.getuid() === 0 ? "root may write everywhere" : false }, async () => {
  const data = join(folder, "locked");
  await mkdir(data);
  await chmod(data, 0o500);
  await startRefused(["--data", data], /permission|cannot/i);
});

test("a data folder that is a file", async () => {
  const data = join(folder, "file");
  await writeFile(data, "not a folder");
  await startRefused(["--data", data], /folder|directory/i);
});

test("a data folder that another server uses", async () => {
  const first = await startServer();
  try {
    await startRefused(["--data", first.data], /in use|another/i);
    assert.ok((await (await trainee(first)).call("library.list")).cases.length > 0, "the first one goes on");
  } finally {
    await first.stop();
  }
});

test("a port that is taken", async () => {
  const first = await startServer();
  try {
    const err = await startRefused(["--data", join(folder, "port"), "--port", String(first.port)], /taken|in use/i);
    assert.match(err, new RegExp(String(first.port)), "names the port");
  } finally {
    await first.stop();
  }
});

test("a dialogues folder that is not there", async () => {
  await startRefused(["--data", join(folder, "none"), "--dialogues", join(folder, "no-dialogues")], /dialogues/i);
});

describe("a corrupt database", () => {
  const spoil = [
    ["its head", async (file) => file.write(Buffer.alloc(4096, 0x5a), 0, 4096, 0)],
    ["cut short", async (file) => file.truncate(10000)],
    ["another program's file", async (file) => {
      await file.truncate(0);
      await file.write("The quick brown fox, and no database at all. ".repeat(400), 0);
    }],
  ];
  for (const [name, change] of spoil)
    test(name, async () => {
      const data = join(folder, `corrupt-${name.replace(/\W/g, "-")}`);
      const server = await startServer({ data });
      const client = await trainee(server);
      const { session } = await begin(client);
      for (let turn = 1; turn <= 10; turn++) await say(client, session, turn, "What else?");
      await server.stop();
      const file = await open(join(data, "askwell.db"), "r+");
      await change(file);
      await file.close();
      const spoilt = await readFile(join(data, "askwell.db"));
      const err = await startRefused(["--data", data], /corrupt|damaged|not a database|backup/i);
      assert.match(err, /askwell\.db/, "names the file");
      assert.deepEqual(await readFile(join(data, "askwell.db")), spoilt, "nothing is repaired or thrown away unasked");
    });

  test("garbage in the middle: a clear refusal at the start, or an error for what it hit and work for the rest", async () => {
    const data = join(folder, "corrupt-middle");
    let server = await startServer({ data, args: limits });
    const client = await trainee(server);
    const { session } = await begin(client);
    for (let turn = 1; turn <= 60; turn++) await say(client, session, turn, `What else, number ${turn}?`);
    await server.stop();
    const file = await open(join(data, "askwell.db"), "r+");
    const { size } = await file.stat();
    const page = Math.floor(size / 4096 / 2) * 4096;
    await file.write(Buffer.alloc(8192, 0x5a), 0, 8192, page);
    await file.close();
    const started = await startServer({ data, args: limits }).catch((error) => error);
    if (started instanceof Error) {
      assert.match(started.message, /corrupt|damaged|backup/i);
      return;
    }
    server = started;
    const cookie = await signIn(server);
    const other = await connect(server, cookie);
    const answers = await Promise.allSettled([begin(other), other.call("library.list")]);
    for (const each of answers) if (each.status === "rejected") assert.ok(each.reason.key, String(each.reason));
    assert.equal(answers[1].status, "fulfilled");
    await server.stop();
  });
});

test("the store's folder and files are readable by their owner only", async () => {
  const data = join(folder, "rights");
  const server = await startServer({ data });
  await trainee(server);
  const listing = spawnSync("find", [data, "-printf", "%m %f\n"]).stdout.toString().trim().split("\n");
  await server.stop();
  for (const line of listing) assert.match(line, /^(700|600) /, listing.join(", "));
});

test("neither the log nor the database holds a cookie, and the log holds nobody's words", async () => {
  const data = join(folder, "secrets");
  const server = await startServer({ data });
  const client = await trainee(server);
  const { session } = await begin(client);
  await say(client, session, 1, "What does the heliotrope canary say?");
  await refused(say(client, session, 1, "Another heliotrope canary?"));
  await client.raw("heliotrope canary, no JSON");
  await server.stop();
  const token = client.cookie.split("=")[1];
  assert.doesNotMatch(server.log, /heliotrope|canary/);
  assert.ok(!server.log.includes(token));
  const kept = Buffer.concat(await Promise.all(["askwell.db"].map((name) => readFile(join(data, name)))));
  assert.ok(kept.includes("heliotrope"), "the turn is there");
  assert.ok(!kept.includes(token), "the token is not");
  for (const line of server.log.trim().split("\n").filter(Boolean)) assert.match(line, /^(ts=|time=|\{|level=|\d{4}-)/, line);
});

test("the terminal verbs read beside a running server", async () => {
  const server = await startServer();
  const client = await trainee(server);
  const { session } = await begin(client);
  await say(client, session, 1, "What brings you here?");
  await eventually(async () => (await program(["export", "--data", server.data, session])).code === 0);
  await server.stop();
});
