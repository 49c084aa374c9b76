#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// How well typed messages are labelled: precision, recall and F1 of each id, of the questions' form, and what is mistaken
// for what. Compares with recorded.json and fails when a figure has fallen. See README.md.
//   node tests/technique/measure.mjs [--record] [--missed] [SET...]     SET: practice, held, talk, talk_held (all)
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const binary = resolve(root, process.env.ASKWELL_BIN ?? "build/release/server/askwell");
const recordedFile = process.env.ASKWELL_RECORDED ?? join(here, "recorded.json");
const SLACK = 0.005;
export const negative = ["advice_direct", "advice_in_question", "leading_question", "judgement", "reassurance"];
/** The half that nobody looks at while writing rules: figures only. */
const unseen = new Set(["held", "talk_held"]);

const round = (value) => Math.round(value * 10000) / 10000;
const ratio = (part, whole) => (whole === 0 ? 0 : part / whole);

/** Precision, recall and F1 for one value, from pairs [wanted, got]. */
function scores(pairs, value) {
  const hits = pairs.filter(([wanted, got]) => wanted === value && got === value).length;
  const wanted = pairs.filter(([one]) => one === value).length;
  const got = pairs.filter(([, one]) => one === value).length;
  const precision = ratio(hits, got);
  const recall = ratio(hits, wanted);
  return { wanted, got, precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

/** The form of a message: of its main label where that has one, else of its last question. */
export function formOf(answer) {
  const main = answer.techniques.findLast((one) => one.id === answer.primary);
  if (main && main.form !== "none") return main.form;
  return answer.techniques.findLast((one) => one.form !== "none")?.form ?? "none";
}

/** Figures of labelled `messages` and the program's `answers`, in the same order. */
export function measure(messages, answers) {
  const primary = messages.map((message, i) => [message.primary, answers[i].primary]);
  const ids = [...new Set(primary.map(([wanted]) => wanted))].sort();
  const each = Object.fromEntries(ids.map((id) => [id, scores(primary, id)]));
  const forms = messages.flatMap((message, i) => (message.form === undefined ? [] : [[message.form, formOf(answers[i])]]));
  const form = Object.fromEntries(["open", "closed", "none"].filter((id) => forms.some((pair) => pair.includes(id))).map((id) => [id, scores(forms, id)]));
  // Every label of a message counts here, whichever leads: a false accusation hurts beside a good question too.
  const all = messages.map((message, i) => [new Set(message.labels ?? [message.primary]), new Set(answers[i].techniques.map((one) => one.id))]);
  const any = {};
  for (const id of negative) {
    const got = all.filter(([, labels]) => labels.has(id));
    any[id] = { got: got.length, precision: ratio(got.filter(([wanted]) => wanted.has(id)).length, got.length) };
  }
  const confused = new Map();
  for (const [wanted, got] of primary) if (wanted !== got) confused.set(`${wanted} \u2192 ${got}`, (confused.get(`${wanted} \u2192 ${got}`) ?? 0) + 1);
  const mean = (rows) => ratio(Object.values(rows).reduce((sum, row) => sum + row.f1, 0), Object.keys(rows).length);
  return {
    each,
    form,
    any,
    confused: [...confused].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    macro: mean(each),
    formMacro: mean(form),
    right: ratio(primary.filter(([wanted, got]) => wanted === got).length, primary.length),
  };
}

/** The figures that are kept and must not fall. */
export function figures(found) {
  const kept = { macro_f1: found.macro, form_macro_f1: found.formMacro, right: found.right };
  for (const [id, row] of Object.entries(found.each)) Object.assign(kept, { [`${id} precision`]: row.precision, [`${id} recall`]: row.recall, [`${id} f1`]: row.f1 });
  // Where nothing is accused, no accusation is false.
  for (const [id, row] of Object.entries(found.any)) kept[`${id} anywhere precision`] = row.got === 0 ? 1 : row.precision;
  for (const [id, row] of Object.entries(found.form)) kept[`form ${id} f1`] = row.f1;
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, round(value)]));
}

/** What fell, as sentences. */
export function fallen(before, now) {
  return Object.entries(before ?? {})
    .filter(([name, value]) => (now[name] ?? 0) < value - SLACK)
    .map(([name, value]) => `${name} fell from ${value.toFixed(3)} to ${(now[name] ?? 0).toFixed(3)}`);
}

function read(file, set) {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, i) => {
      try {
        const message = JSON.parse(line);
        if (typeof message.text !== "string" || typeof message.primary !== "string") throw new Error("text and primary are needed");
        return message;
      } catch (error) {
        throw new Error(`${file}:${i + 1}: ${unseen.has(set) ? "cannot be used" : error.message}`);
      }
    });
}

function classify(messages) {
  const input = messages.map(({ text, coachee, before, mode }, id) => JSON.stringify({ id, text, coachee, before, mode })).join("\n");
  const pack = process.env.ASKWELL_PACK ? ["--pack", process.env.ASKWELL_PACK] : [];
  const { status, stdout, error } = spawnSync(binary, ["classify", ...pack], { input, cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  const answers = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  if (status !== 0 || answers.length !== messages.length) throw new Error(`askwell classify: exit ${status}, ${answers.length} answers to ${messages.length} messages`);
  // A message that needs a person is labelled with nothing.
  return answers.map((answer) => (answer.safety ? { ...answer, primary: "safety" } : answer));
}

const number = (value) => value.toFixed(3).padStart(10);
function table(rows) {
  console.log(`  ${"".padEnd(24)}${["messages", "precision", "recall", "F1"].map((word) => word.padStart(10)).join("")}`);
  for (const [id, row] of Object.entries(rows))
    console.log(`  ${id.padEnd(24)}${String(row.wanted).padStart(10)}${number(row.precision)}${number(row.recall)}${number(row.f1)}`);
}

function print(set, messages, found) {
  console.log(`\n${set}: ${messages.length} messages, main label right ${found.right.toFixed(3)}, macro-F1 ${found.macro.toFixed(3)}, form macro-F1 ${found.formMacro.toFixed(3)}\n`);
  table(found.each);
  console.log("");
  table(found.form);
  console.log(`\n  held against the trainee, anywhere in a message`);
  for (const [id, row] of Object.entries(found.any)) console.log(`  ${id.padEnd(24)}${String(row.got).padStart(10)}${row.got === 0 ? "         -" : number(row.precision)}`);
  if (found.confused.length > 0) console.log("\n  wanted \u2192 got");
  for (const [pair, count] of found.confused.slice(0, 25)) console.log(`  ${String(count).padStart(4)}  ${pair}`);
}

function main(args) {
  const record = args.includes("--record");
  const sets = args.filter((arg) => !arg.startsWith("--"));
  const recorded = existsSync(recordedFile) ? JSON.parse(readFileSync(recordedFile, "utf8")) : {};
  const complaints = [];
  for (const set of sets.length > 0 ? sets : ["practice", "held", "talk", "talk_held"]) {
    const file = join(process.env.ASKWELL_TYPED ?? here, `${set}.jsonl`);
    if (!existsSync(file)) {
      if (recorded[set]) complaints.push(`${set}: there is no ${set}.jsonl any more`);
      else console.log(`${set}: there is no ${set}.jsonl`);
      continue;
    }
    const messages = read(file, set);
    const answers = classify(messages);
    const found = measure(messages, answers);
    print(set, messages, found);
    if (args.includes("--missed") && !unseen.has(set))
      messages.forEach((message, i) => {
        if (message.primary !== answers[i].primary) console.log(`  ${message.primary} \u2192 ${answers[i].primary}: ${JSON.stringify(message.text)}`);
      });
    const now = figures(found);
    if (record) recorded[set] = now;
    else if (!recorded[set]) complaints.push(`${set}: nothing is recorded yet; --record writes it`);
    complaints.push(...fallen(recorded[set], now).map((sentence) => `${set}: ${sentence}`));
  }
  if (record) writeFileSync(recordedFile, `${JSON.stringify(recorded, null, 1)}\n`);
  for (const complaint of complaints) console.error(complaint);
  return complaints.length > 0 ? 1 : 0;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
