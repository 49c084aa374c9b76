// SPDX-License-Identifier: Apache-2.0
// Kills the server (kill -9) at random moments while trainees coach, restarts it on the same folder, and in the end
// compares every conversation with what its trainee was told was saved. Usage: kill9.mjs [KILLS] [TRAINEES]
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { binary, connect, signIn, startServer } from "../wire/server.mjs";

const kills = Number(process.argv[2] ?? 50);
const trainees = Number(process.argv[3] ?? 24);
const dialogues = fileURLToPath(new URL("../../dialogues", import.meta.url));
const limits = ["--messages-per-second", "100000", "--messages-burst", "100000", "--connections-per-address", "0"];
const scripts = ["career_plateau", "stuck_manager"];
const sayings = [
  "What would you like to take away from today?",
  "It sounds as if you are carrying more than anybody sees.",
  "Have you tried asking for help?",
  "On a scale of one to ten, where are you now?",
  "You should take a week off and think about it.",
  "So you feel torn between the safe thing and the thing you want.",
  "What else?",
  "What will you do, and by when?",
  "Why did you leave it for so long?",
  "May I share something that I have seen work elsewhere?",
];
const between = (least, most) => least + Math.floor(Math.random() * (most - least + 1));
const pick = (list) => list[between(0, list.length - 1)];

const run = { port: 0, url: "", stopping: false, faults: [], acknowledged: 0, resent: 0, resentStored: 0, repeated: 0 };

function fault(trainee, session, what) {
  run.faults.push(`trainee ${trainee}, conversation ${session?.id ?? "-"}: ${what}`);
}

/** A conversation as its trainee knows it: what was acknowledged, and the one turn that may be under way. */
function newConversation() {
  return { id: randomUUID(), script: pick(scripts), started: false, over: false, acknowledged: [], active: [], pending: null };
}

function nextTurn(conversation) {
  const turn = conversation.acknowledged.length + 1;
  const roll = Math.random();
  if (turn > 25 || roll < 0.01) return { method: "turn.end", params: { session: conversation.id, turn } };
  if (roll < 0.08) return { method: "turn.hint", params: { session: conversation.id, turn } };
  if (roll < 0.15 && conversation.active.length > 0)
    return { method: "turn.retake", params: { session: conversation.id, turn, to: pick(conversation.active) } };
  return { method: "turn.say", params: { session: conversation.id, turn, text: `${pick(sayings)} (${turn})` } };
}

/** The turn without what only a later replay can know. */
function bare(turn) {
  const { set_aside: _, ...rest } = turn;
  return rest;
}

function check(trainee, conversation, view) {
  const { acknowledged, pending } = conversation;
  const extra = view.turns.length - acknowledged.length;
  if (extra < 0) fault(trainee, conversation, `lost: ${acknowledged.length} acknowledged, ${view.turns.length} kept`);
  if (extra > (pending ? 1 : 0)) fault(trainee, conversation, `${extra} turns that nobody sent`);
  view.turns.forEach((turn, index) => {
    if (turn.turn !== index + 1) fault(trainee, conversation, `turn ${turn.turn} in place ${index + 1}`);
    const known = acknowledged[index];
    if (known && !isDeepStrictEqual(bare(turn), bare(known)))
      fault(trainee, conversation, `turn ${index + 1} is not what was acknowledged:\n  ${JSON.stringify(known)}\n  ${JSON.stringify(turn)}`);
  });
  if (view.next !== view.turns.length + 1) fault(trainee, conversation, `next is ${view.next} after ${view.turns.length} turns`);
  if (extra === 1 && pending && view.turns.at(-1).kind !== pending.method.slice(5)) fault(trainee, conversation, "another kind was kept");
  return extra === 1;
}

function acknowledge(conversation, answer) {
  conversation.acknowledged.push(answer);
  conversation.pending = null;
  if (answer.kind === "say") conversation.active.push(answer.turn);
  if (answer.kind === "retake") conversation.active = conversation.active.filter((turn) => turn < answer.to);
  conversation.over = answer.ended !== null;
  run.acknowledged++;
}

async function pickUp(trainee, conversation, client) {
  if (!conversation.started) {
    await client.call("session.start", { session: conversation.id, script: conversation.script });
    conversation.started = true;
    return;
  }
  const stored = check(trainee, conversation, await client.call("session.open", { session: conversation.id }));
  if (conversation.pending) {
    run.resent++;
    if (stored) run.resentStored++;
  }
}

async function sayAgain(trainee, conversation, client) {
  const known = pick(conversation.acknowledged);
  if (known.kind !== "say" || known.masked > 0) return;
  const answer = await client.call("turn.say", { session: conversation.id, turn: known.turn, text: known.text });
  run.repeated++;
  if (!isDeepStrictEqual(bare(answer), bare(known))) fault(trainee, conversation, `turn ${known.turn} said twice is answered differently`);
}

async function coach(trainee, book, client) {
  for (;;) {
    let conversation = book.conversations.at(-1);
    if (!conversation || conversation.over) {
      if (run.stopping) return;
      conversation = newConversation();
      book.conversations.push(conversation);
      book.fresh = true;
    }
    if (book.fresh) await pickUp(trainee, conversation, client);
    book.fresh = false;
    if (!conversation.pending) {
      if (run.stopping) return;
      conversation.pending = nextTurn(conversation);
    }
    acknowledge(conversation, await client.call(conversation.pending.method, conversation.pending.params));
    if (Math.random() < 0.03) await sayAgain(trainee, conversation, client);
  }
}

/** Coaches, and comes back after every kill, until the run is stopping and nothing is under way. */
async function trainee(number, book) {
  for (;;) {
    let client = null;
    try {
      book.cookie ??= await signIn(run);
      client = await connect(run, book.cookie);
      book.fresh = true;
      await coach(number, book, client);
      await client.close();
      return;
    } catch (error) {
      if (error.status === 401) fault(number, null, "a signed-in trainee was forgotten");
      if (error.key) fault(number, book.conversations.at(-1), `${error.key}: ${error.message}`);
      if (run.faults.length > 0) return;
      client?.socket.terminate();
      await pause(between(10, 40));
    }
  }
}

async function freePort() {
  const socket = createServer();
  await new Promise((done) => socket.listen(0, "127.0.0.1", done));
  const { port } = socket.address();
  await new Promise((done) => socket.close(done));
  return port;
}

/** A start may be cut short as well. */
async function killWhileStarting(data, args, after) {
  const child = spawn(binary, ["serve", "--data", data, "--dialogues", dialogues, ...args], { stdio: "ignore" });
  const ended = once(child, "close");
  await pause(after);
  child.kill("SIGKILL");
  await ended;
}

/** Mostly until somebody was answered again: the first to speak waits until the case is compiled. */
async function beAtWork() {
  const before = run.acknowledged;
  const until = Date.now() + (Math.random() < 0.2 ? 0 : 3_000);
  while (run.acknowledged === before && Date.now() < until) await pause(2);
}

async function killMany(data, args) {
  const figures = { early: 0, readyMs: [] };
  for (let count = 0; count < kills && run.faults.length === 0; count++) {
    const began = process.hrtime.bigint();
    const early = Math.random() < 0.1 ? between(0, 60) : null;
    if (early !== null) {
      await killWhileStarting(data, args, early);
      figures.early++;
      continue;
    }
    const server = await startServer({ data, args });
    figures.readyMs.push(Number(process.hrtime.bigint() - began) / 1e6);
    await beAtWork();
    await pause(between(0, 250));
    await server.kill();
    if (process.stderr.isTTY && count % 50 === 49) process.stderr.write(`  ${count + 1} kills, ${run.acknowledged} turns\n`);
  }
  return figures;
}

async function compareAll(books) {
  let sessions = 0;
  for (const [number, book] of books.entries()) {
    const client = await connect(run, book.cookie);
    const listed = new Map((await client.call("session.list")).sessions.map((summary) => [summary.session, summary]));
    for (const conversation of book.conversations.filter((each) => each.started)) {
      check(number, conversation, await client.call("session.open", { session: conversation.id }));
      const summary = listed.get(conversation.id);
      if (summary && summary.turns !== conversation.acknowledged.length)
        fault(number, conversation, `listed with ${summary.turns} turns, not ${conversation.acknowledged.length}`);
      sessions++;
    }
    await client.close();
  }
  return sessions;
}

const data = await mkdtemp(join(process.env.ASKWELL_BENCH_FOLDER ?? tmpdir(), "askwell-kill9-"));
run.port = await freePort();
run.url = `http://127.0.0.1:${run.port}`;
const args = ["--port", String(run.port), ...limits];
const books = Array.from({ length: trainees }, () => ({ cookie: null, conversations: [], fresh: true }));
const began = Date.now();
const working = books.map((book, number) => trainee(number, book));
const figures = await killMany(data, args);
const last = await startServer({ data, args });
run.stopping = true;
await Promise.all(working);
if (run.acknowledged < kills) run.faults.push(`${run.acknowledged} turns acknowledged in ${kills} kills: that shows nothing`);
const sessions = run.faults.length === 0 ? await compareAll(books) : 0;
const stopped = await last.stop();
if (stopped.code !== 0) run.faults.push(`the last stop ended with ${stopped.code ?? stopped.signal}`);

const sorted = figures.readyMs.sort((a, b) => a - b);
const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
console.log(`kill -9: ${kills} kills (${figures.early} of them while starting) in ${Math.round((Date.now() - began) / 1000)} s, ${trainees} trainees`);
console.log(`  ${run.acknowledged} turns acknowledged in ${sessions} conversations; ${run.resent} sent again after a kill, of which ${run.resentStored} had been kept; ${run.repeated} said twice on purpose`);
console.log(`  ready again after ${at(0.5)} ms (median), ${at(0.99)} ms (p99)`);
if (run.faults.length === 0) {
  console.log("  lost 0, doubled 0, out of order 0");
  await rm(data, { recursive: true, force: true });
} else {
  for (const line of run.faults.slice(0, 10)) console.log(`  FAULT ${line}`);
  console.log(`  the data folder is kept: ${data}`);
}
process.exit(run.faults.length === 0 ? 0 : 1);
