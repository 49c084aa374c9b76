// SPDX-License-Identifier: Apache-2.0
// Stored conversations for tests that look into the database, and cases under other rules than those that they began with.
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { root } from "./paths.mjs";
import { startServer } from "./server.mjs";
import { begin, say, trainee } from "./trainee.mjs";

export { root };
export const words = ["What brings you here?", "You should talk to HR.", "It sounds as if you are worn out by it.", "I am going to kill myself.", "Caf\u00e9? \u{1f642} What else?\nAnd why?"];

/** Runs SQL on the database of a data folder; a SELECT's rows come back, blobs in hexadecimal. */
export function sql(data, statement) {
  const script =
    "import json, sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\nrows = db.execute(sys.stdin.read()).fetchall()\ndb.commit()\n" +
    "print(json.dumps([[v.hex() if isinstance(v, bytes) else v for v in row] for row in rows]))";
  return JSON.parse(execFileSync("python3", ["-c", script, join(data, "askwell.db")], { input: statement, encoding: "utf8", maxBuffer: 1 << 27 }));
}

/** A text as SQL writes a blob. */
export const blob = (text) => `x'${Buffer.from(text).toString("hex")}'`;

/** Every row of every table. */
export function everything(data) {
  const tables = sql(data, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").flat();
  return tables.map((table) => [table, sql(data, `SELECT * FROM "${table}" ORDER BY 1, 2`)]);
}

/** A folder for the tests of one file, with cases under rules that call advice information: { folder, dialogues, pack }. */
export async function otherRules() {
  const folder = await mkdtemp(join(tmpdir(), "askwell-rules-"));
  const dialogues = join(folder, "dialogues");
  const file = join(dialogues, "techniques/en.json");
  after(() => rm(folder, { recursive: true, force: true }));
  await cp(join(root, "dialogues"), dialogues, { recursive: true });
  const pack = JSON.parse(await readFile(file, "utf8"));
  for (const rule of pack.rules) if (rule.technique === "advice_direct") rule.technique = "information";
  await writeFile(file, JSON.stringify(pack));
  return { folder, dialogues, pack: file };
}

/** A stored conversation in a data folder: { data, cookie, session, turns }. Its server has stopped. */
export async function conversation(data) {
  const server = await startServer({ data });
  const client = await trainee(server);
  const { session } = await begin(client, "career_plateau", 11);
  const turns = [];
  for (const text of words) turns.push(await say(client, session, turns.length + 1, text));
  turns.push(await client.call("turn.retake", { session, turn: turns.length + 1, to: 2 }));
  turns.push(await say(client, session, turns.length + 1, "What would you like instead?"));
  await server.stop();
  return { data, cookie: client.cookie, session, turns };
}
