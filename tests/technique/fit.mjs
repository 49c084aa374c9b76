#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Fits the points of a language pack over labelled messages, and says by cross-validation how good they are on messages
// that they were not fitted over. See README.md.
//   node tests/technique/fit.mjs [--pack FILE] [--messages FILE...] [--wordings N]
//     [--keep] [--families FILE [--weight N]] [--check] [--write]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { measure, negative } from "./measure.mjs";
import { withPoints } from "./points.mjs";
import { probabilities, regression } from "./regression.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const binary = resolve(root, process.env.ASKWELL_BIN ?? "build/release/server/askwell");

/** Points for a factor e of odds. */
const SCALE = 10;
const FOLDS = 6;
const SETTLE = 8;
/** How strongly weights are drawn to nothing, and how many times more for what is not the entry's own technique. */
const PULL = 1;
const STRANGE = 3;
/** What a message counts that was typed with a context that is left out; as it was typed, it counts 1. */
const WITHOUT_CONTEXT = 0.4;
/** What a message of known family counts unless told. */
const FAMILIES = 1.5;
/** Fewer sentences of a technique than this do not count for more. */
const RARE = 5;
/** Wordings have at most so many words, stand in at least so many sentences, and are drawn to nothing so strongly. */
const LONGEST = 3;
const SEEN = 5;
const WORDING = 3;
/** What comes in any words: turns of phrase that stand beside it belong to what it was said about. */
const UNWORDED = ["small_talk", "unclassified", "off_topic"];
/** A word in fewer sentences than this belongs to what is talked about. */
const COMMON = 40;
/** How many techniques an entry may speak for or against, besides its own. */
const KEEP = { wording: 3, cue: 3, place: 10, default: 5, group: 4 };
/** A cue's single point says nothing. */
const LEAST = 2;
/** Two points are the same within this: sums differ in the last digit from machine to machine. */
const SAME = 1;

const questions = "open closed leading why scaling hypothetical future clarifying commitment learning permission".split(" ").map((kind) => `${kind}_question`).concat("advice_in_question");
/** What a message of a family may be labelled with. In conversations of professionals the rest is too rare to allow for. */
const family = {
  question: questions.filter((id) => !negative.includes(id)),
  reflection: ["simple_reflection", "complex_reflection", "summary", "affirmation", "empathy"],
  input: ["information", "self_disclosure", "challenge"],
  advice: ["advice_direct", "advice_in_question", "information"],
  other: ["unclassified", "minimal_encourager", "small_talk", "structuring", "contracting"],
};

/** The techniques that a sentence can be named; several questions are a flag. */
const votable = (pack) => Object.keys(pack.techniques).filter((id) => id !== "multiple_questions");

const lines = (text) => text.split("\n").filter((line) => line.trim() !== "");

function readLines(file, usable, wanted) {
  return lines(readFileSync(file, "utf8")).map((line, i) => {
    let row;
    try {
      row = JSON.parse(line);
    } catch {
      row = null;
    }
    if (!row || typeof row.text !== "string" || !usable(row)) throw new Error(`${file}, message ${i + 1}: "text" and ${wanted} are needed`);
    return row;
  });
}

/** One answer of the program for each row. */
function ask(args, rows) {
  const input = rows.map(({ text, coachee, previous, before, mode }, id) => JSON.stringify({ id, text, coachee: coachee ?? previous, before, mode })).join("\n");
  const { status, stdout, stderr, error } = spawnSync(binary, ["classify", ...args], { input, cwd: root, encoding: "utf8", maxBuffer: 1 << 29 });
  // What is not read to its end has said why on standard error.
  if (error && error.code !== "EPIPE") throw error;
  const answers = lines(stdout).map((line) => JSON.parse(line));
  if (status !== 0 || answers.length !== rows.length) throw new Error(`askwell classify ${args.join(" ")}: exit ${status}\n${stderr}`);
  return answers;
}

/** The messages, then what else says something: the samples of rules and defaults, and messages without their context. */
function everything(pack, messages) {
  const samples = [...pack.rules, ...(pack.defaults ?? [])].flatMap((rule) =>
    (rule.samples ?? []).map((sample) => ({ ...(typeof sample === "string" ? { text: sample } : sample), labels: [rule.technique], weight: 1 })),
  );
  const bare = messages.filter((message) => message.coachee).map((message) => ({ ...message, coachee: "", weight: WITHOUT_CONTEXT }));
  return [...messages.map((message) => ({ ...message, labels: message.labels ?? [message.primary], weight: 1 })), ...samples, ...bare];
}

/** What the program found, as lists of sentences: { rule, default, cues, asked }. */
function sentencesOf(rows, answers) {
  return answers.map((answer, i) => {
    const characters = [...rows[i].text];
    const all = answer.sentences.map((sentence) => ({ ...sentence, typed: characters.slice(sentence.start, sentence.end).join("") }));
    return all.filter((sentence) => all.length === 1 || /[\p{L}\p{N}]/u.test(sentence.typed)).map((sentence) => ({ ...sentence, asked: /\?[\s"'\u2019\u201d)]*$/u.test(sentence.typed) }));
  });
}

/** Which label belongs to which sentence; null where it cannot be told. */
function aligned(labels, sentences, encouraging) {
  const content = sentences.filter((sentence) => sentences.length === 1 || !encouraging.has(sentence.rule));
  if (labels.length === sentences.length) return labels;
  if (labels.length === content.length) return sentences.map((sentence) => labels[content.indexOf(sentence)] ?? null);
  return sentences.map(() => (new Set(labels).size === 1 ? labels[0] : null));
}

/** The sentences of a message that its family is true of, each with its share. */
function ofFamily(row, sentences, pack) {
  const passing = new Set(pack.rules.filter((rule) => ["minimal_encourager", "small_talk"].includes(rule.technique)).map((rule) => rule.id));
  const asking = new Set((pack.defaults ?? []).filter((rule) => (rule.form ? rule.form !== "none" : (rule.family ?? (questions.includes(rule.technique) && "question")) === "question")).map((rule) => rule.id));
  const content = sentences.filter((sentence) => !passing.has(sentence.rule));
  const shared = (list) => list.map((sentence) => [sentence, 1 / list.length]);
  if (row.family === "question") {
    const asked = content.filter((sentence) => sentence.asked || asking.has(sentence.default));
    if (asked.length > 0) return shared(asked.slice(-1));
    return content.length === 1 ? shared(content) : [];
  }
  if (row.family === "other") return shared(content);
  return content.some((sentence) => sentence.asked && asking.has(sentence.default)) ? [] : shared(content);
}

const strongest = (points = {}) => Object.entries(points).reduce((best, one) => (one[1] > (best?.[1] ?? 0) ? one : best), null)?.[0];
const placed = (cue) => !cue.patterns && !cue.phrases && !cue.whole;
/** The technique that each cue is there for: the one it gives most. What knows no words is there for all of them. */
const mainOf = (pack) => pack.cues.map((cue) => (placed(cue) ? undefined : strongest(cue.points)));

/** Up to LONGEST words in a row, each word too, and with ^ those that the sentence begins with. */
function wordingsIn(sentence) {
  const words = sentence.words === "" ? [] : sentence.words.split(" ");
  const rows = words.flatMap((_, from) => words.slice(from, from + LONGEST).map((_, more) => words.slice(from, from + more + 1).join(" ")));
  return [...new Set([...rows, ...words.slice(0, LONGEST).map((_, more) => `^ ${words.slice(0, more + 1).join(" ")}`)])];
}

/**
 * What may hold of a sentence, in the order of the weights: cues, defaults, "no default", wordings, and what the cues of
 * one technique share; a cue knows its `group` by place.
 */
function featuresOf(pack) {
  const main = mainOf(pack);
  const features = [
    ...pack.cues.map((cue, i) => ({ kind: placed(cue) ? "place" : "cue", own: main[i] })),
    ...(pack.defaults ?? []).map((rule) => ({ kind: "default", own: rule.technique })),
    { kind: "default" },
    ...Object.keys(pack.wordings?.points ?? {}).map(() => ({ kind: "wording" })),
  ];
  const groups = [...new Set(main.filter(Boolean))].sort();
  for (const feature of features) if (feature.kind === "cue" && feature.own) feature.group = features.length + groups.indexOf(feature.own);
  return [...features, ...groups.map(() => ({ kind: "group" }))];
}

/** What holds on a sentence, by place in the list of cues, defaults, "no default" and wordings. */
function holding(pack) {
  const at = new Map(pack.cues.map((cue, i) => [cue.id, i]));
  (pack.defaults ?? []).forEach((rule, i) => at.set(rule.id, pack.cues.length + i));
  const none = pack.cues.length + (pack.defaults?.length ?? 0);
  const wordings = new Map(Object.keys(pack.wordings?.points ?? {}).map((wording, i) => [wording, none + 1 + i]));
  return (sentence) => [
    ...sentence.cues.map((id) => at.get(id)),
    sentence.default === null ? none : at.get(sentence.default),
    ...wordingsIn(sentence).map((wording) => wordings.get(wording)).filter((place) => place !== undefined),
  ];
}

/** Sentences of known label that no rule is sure of. */
function labelledSentences(pack, messages, packFile) {
  const rows = everything(pack, messages);
  const holds = holding(pack);
  const known = new Set(votable(pack));
  const encouraging = new Set(pack.rules.filter((rule) => rule.technique === "minimal_encourager").map((rule) => rule.id));
  return sentencesOf(rows, ask(["--held", "--pack", packFile], rows)).flatMap((sentences, i) => {
    const labels = aligned(rows[i].labels, sentences, encouraging);
    return sentences
      .map((sentence, s) => ({ sentence, label: labels[s] }))
      .filter(({ sentence, label }) => known.has(label) && sentence.rule === null)
      .map(({ sentence, label }) => ({ text: rows[i].text, label, weight: rows[i].weight, wordings: wordingsIn(sentence), holds: holds(sentence) }));
  });
}

/** What the regression learns from: `labelled` and `loose` sentences with the classes that they may be of, out of `ids`. */
function examples(pack, messages, families, { packFile, weight, keep }) {
  const labelled = labelledSentences(pack, messages, packFile);
  if (labelled.length === 0) throw new Error("no label belongs to a sentence that is voted on");
  const ids = votable(pack).filter((id) => labelled.some((row) => row.label === id));
  const counts = Object.fromEntries(ids.map((id) => [id, labelled.filter((row) => row.label === id).length]));
  const ordered = Object.values(counts).sort((a, b) => a - b);
  const median = (ordered[Math.floor((ordered.length - 1) / 2)] + ordered[Math.floor(ordered.length / 2)]) / 2;
  for (const row of labelled) {
    row.classes = [ids.indexOf(row.label)];
    row.weight *= Math.sqrt(median / Math.max(RARE, counts[row.label]));
  }
  const holds = holding(pack);
  const loose = sentencesOf(families, families.length > 0 ? ask(["--held", "--pack", packFile], families) : []).flatMap((sentences, i) => {
    const kind = families[i].family === "input" && ["advice", "options"].includes(families[i].input) ? "advice" : families[i].family;
    const classes = family[kind].map((id) => ids.indexOf(id)).filter((k) => k >= 0);
    return ofFamily(families[i], sentences, pack)
      .filter(([sentence]) => sentence.rule === null && classes.length > 0)
      .map(([sentence, share]) => ({ classes, weight: weight * share, holds: holds(sentence) }));
  });
  const given = keep && givenBy(pack, ids);
  const all = { ids, labelled, loose: divided(featuresOf(pack), { ids, labelled, loose }) };
  for (const row of keep ? [...all.labelled, ...all.loose] : []) row.given = given(row);
  return all;
}

const withGroups = (features, holds) => [...holds, ...holds.map((j) => features[j].group).filter((group) => group !== undefined)];

/**
 * Gives each sentence of known family its shares of the techniques: what a fit over the labelled ones alone thinks. A
 * family says that it is a question and not which; left free, it would be the technique that costs the fit least.
 */
function divided(features, { ids, labelled, loose }) {
  if (loose.length === 0) return loose;
  const w = weights(features, { ids, labelled, loose: [] });
  const score = (row) => (k) => withGroups(features, row.holds).reduce((sum, j) => sum + w[j * ids.length + k], w[features.length * ids.length + k]);
  return loose.map((row) => {
    const shares = row.classes.map(score(row));
    probabilities(shares);
    return { ...row, shares };
  });
}

/** With --keep: what a sentence has by the points that stand, and only wordings are fitted on top of it. */
function givenBy(pack, ids) {
  const points = [...pack.cues.map((cue) => cue.points), ...(pack.defaults ?? []).map((rule) => rule.points ?? { [rule.technique]: rule.confidence })];
  return (row) => ids.map((id) => row.holds.reduce((sum, j) => sum + (points[j]?.[id] ?? 0), pack.start[id] ?? 0) / SCALE);
}

/** Weights of features and classes, in two passes: all of them, then only the strongest of each feature. */
function weights(features, { ids, labelled, loose }) {
  const classes = ids.length;
  const count = features.length;
  const rows = [...labelled, ...loose].map((row) => ({
    ...row,
    features: row.given ? row.holds.filter((j) => features[j].kind === "wording") : withGroups(features, row.holds),
  }));
  const own = features.map((feature) => ids.indexOf(feature.own));
  const penalty = Float64Array.from({ length: count * classes }, (_, i) => {
    const mine = own[Math.floor(i / classes)];
    if (features[Math.floor(i / classes)].kind === "wording") return WORDING;
    return PULL * (mine < 0 || mine === i % classes ? 1 : STRANGE);
  });
  const all = regression({ rows, features: count, classes, penalty });
  const mask = new Uint8Array(count * classes);
  features.forEach((feature, j) => {
    const strength = ids.map((_, k) => Math.abs(all[j * classes + k]));
    const best = ids.map((_, k) => k).filter((k) => feature.kind !== "wording" || !UNWORDED.includes(ids[k])).sort((a, b) => strength[b] - strength[a] || a - b);
    for (const k of best.slice(0, KEEP[feature.kind])) mask[j * classes + k] = 1;
    if (own[j] >= 0) mask[j * classes + own[j]] = 1;
  });
  return regression({ rows, features: count, classes, penalty, mask });
}

/**
 * The points of the pack, fitted: { cues, defaults, start }. A technique that no sentence is labelled with keeps its points,
 * and so does an entry that holds nowhere in `data`.
 */
function fitted(pack, data, labelled = data.labelled) {
  const { ids } = data;
  const features = featuresOf(pack);
  const w = weights(features, { ...data, labelled });
  const seen = new Set();
  for (const row of [...data.labelled, ...data.loose]) for (const place of row.holds) seen.add(place);
  const first = pack.cues.length;
  const none = first + (pack.defaults?.length ?? 0);
  const points = (sum) => Object.fromEntries(ids.map((id, k) => [id, Math.round(sum(k) * SCALE)]));
  const weight = (j) => (k) => w[j * ids.length + k] + (features[j]?.group === undefined ? 0 : w[features[j].group * ids.length + k]);
  const kept = data.labelled[0]?.given !== undefined;
  const merged = (before, now, least) =>
    Object.fromEntries(
      votable(pack)
        .map((id) => [id, ids.includes(id) ? now[id] : (before?.[id] ?? 0)])
        .filter(([, value]) => Math.abs(value) >= least),
    );
  return {
    cues: pack.cues.map((cue, j) => (seen.has(j) && !kept ? merged(cue.points, points(weight(j)), LEAST) : cue.points)),
    // What speaks where no default fits is part of the start, so every default takes it back.
    defaults: (pack.defaults ?? []).map((rule, i) => (seen.has(first + i) && !kept ? merged(rule.points, points((k) => weight(first + i)(k) - weight(none)(k)), 1) : rule.points)),
    start: kept ? pack.start : merged(pack.start, points((k) => weight(features.length)(k) + weight(none)(k)), 0),
    wordings: Object.entries(pack.wordings?.points ?? {}).map(([, before], i) => (seen.has(none + 1 + i) ? merged(before, points(weight(none + 1 + i)), LEAST) : before)),
  };
}

const withWordings = (pack, wordings) => pack.wordings && { ...pack.wordings, points: Object.fromEntries(Object.keys(pack.wordings.points).map((wording, i) => [wording, wordings[i]])) };

const packWith = (pack, { cues, defaults, start, wordings }) => ({
  ...pack,
  start,
  ...(pack.wordings && { wordings: withWordings(pack, wordings) }),
  cues: pack.cues.map((cue, i) => ({ ...cue, points: cues[i] })),
  ...(pack.defaults && { defaults: pack.defaults.map((rule, i) => ({ ...rule, points: defaults[i] })) }),
});

/** Fits until no cue has another main technique than the one it was fitted for, so that a second run finds the same. */
function settled(pack, data) {
  let points = fitted(pack, data);
  for (let round = 1; round < SETTLE; round++) {
    const next = packWith(pack, points);
    if (mainOf(next).join() === mainOf(pack).join()) break;
    pack = next;
    points = fitted(pack, data);
  }
  return points;
}

/** What the program says with other points. A message that needs a person is labelled with nothing. */
function labelledWith(pack, points, messages, folder) {
  const file = join(folder, "pack.json");
  writeFileSync(file, JSON.stringify(packWith(pack, points)));
  return ask(["--pack", file], messages).map((answer) => (answer.safety ? { ...answer, primary: "safety" } : answer));
}

/** The pack with the `count` wordings that say most, instead of those it has: no single words, which say little, and none
 *  of what people talk about. */
function withBestWordings(pack, messages, given, count) {
  const bare = { ...pack, wordings: { ...pack.wordings, points: {} } };
  const { labelled } = examples(bare, messages, [], given);
  const times = (list) => {
    const found = new Map();
    for (const one of list) found.set(one, (found.get(one) ?? 0) + 1);
    return found;
  };
  const once = [...new Map(labelled.map((row) => [row.wordings.join(), row])).values()];
  const words = times(once.flatMap((row) => row.wordings.filter((wording) => !wording.includes(" "))));
  const common = (wording) => wording.split(" ").every((word) => word === "^" || words.get(word) >= COMMON);
  const candidates = [...times(once.flatMap((row) => row.wordings))].filter(([wording, seen]) => seen >= SEEN && wording.replace("^ ", "").includes(" ") && common(wording)).map(([wording]) => wording).sort();
  const wide = { ...bare, wordings: { ...bare.wordings, points: Object.fromEntries(candidates.map((wording) => [wording, {}])) } };
  const data = examples(wide, messages, [], given);
  const features = featuresOf(wide);
  const classes = data.ids.length;
  const w = weights(features, data);
  const first = features.findIndex((feature) => feature.kind === "wording");
  const strength = (i) => Math.max(...data.ids.map((_, k) => Math.abs(w[(first + i) * classes + k])));
  const best = candidates.map((wording, i) => [wording, strength(i)]).sort((a, b) => b[1] - a[1]).slice(0, count);
  return { ...bare, wordings: { ...bare.wordings, points: Object.fromEntries(best.map(([wording]) => [wording, {}]).sort(([a], [b]) => (a < b ? -1 : 1))) } };
}

/** Which part of the messages a text belongs to: the same whatever stands around it. */
function foldOf(text) {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  return ((hash ^ (hash >>> 15)) >>> 0) % FOLDS;
}

/** Labels of each message by points that were fitted without it. */
function crossValidated(pack, data, messages, folder) {
  const answers = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const points = fitted(pack, data, data.labelled.filter((row) => foldOf(row.text) !== fold));
    const out = messages.map((message, i) => ({ message, i })).filter(({ message }) => foldOf(message.text) === fold);
    labelledWith(pack, points, out.map(({ message }) => message), folder).forEach((answer, k) => (answers[out[k].i] = answer));
  }
  return measure(messages, answers);
}

/** Every point of two sets of points: [{ entry, technique, before, now }]. */
function compared(pack, now) {
  const entries = [
    ["start", pack.start, now.start],
    ...(pack.defaults ?? []).map((rule, i) => {
      const before = rule.points ?? { [rule.technique]: rule.confidence };
      return [`default ${rule.id}`, before, now.defaults[i] ?? before];
    }),
    ...pack.cues.map((cue, i) => [`cue ${cue.id}`, cue.points, now.cues[i]]),
    ...Object.entries(pack.wordings?.points ?? {}).map(([wording, before], i) => [`wording ${wording}`, before, now.wordings[i]]),
  ];
  return entries.flatMap(([entry, before = {}, after]) =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].map((technique) => ({ entry, technique, before: before[technique] ?? 0, now: after[technique] ?? 0 })),
  );
}

function printFigures(found, count) {
  console.log(`\nOn messages left out of the fit (${FOLDS} parts, ${count} messages): macro-F1 ${found.macro.toFixed(3)}, form macro-F1 ${found.formMacro.toFixed(3)}, main label right ${found.right.toFixed(3)}`);
  console.log(`\n  held against the trainee  precision  recall  anywhere in a message`);
  for (const id of negative.filter((one) => found.each[one])) {
    const row = found.each[id];
    console.log(`  ${id.padEnd(24)}${row.precision.toFixed(3).padStart(11)}${row.recall.toFixed(3).padStart(8)}${(found.any[id].got === 0 ? "-" : found.any[id].precision.toFixed(3)).padStart(11)}`);
  }
}

function printChanges(changes) {
  const changed = changes.filter((one) => one.before !== one.now).sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before));
  console.log(`\n${changed.length} of ${changes.length} points change${changed.length > 0 ? "; most:" : "."}`);
  for (const one of changed.slice(0, 20)) console.log(`  ${String(one.before).padStart(5)} \u2192 ${String(one.now).padEnd(5)} ${one.technique.padEnd(22)} ${one.entry}`);
}

function options(args) {
  const found = { pack: join(root, "dialogues/techniques/en.json"), messages: [], wordings: 0, families: null, weight: FAMILIES, check: false, keep: false, write: false };
  for (let i = 0; i < args.length; i++) {
    const name = args[i].replace(/^--/, "");
    if (["check", "keep", "write"].includes(name)) found[name] = true;
    else if (["pack", "families"].includes(name) && args[i + 1]) found[name] = args[++i];
    else if (name === "weight" && Number(args[i + 1]) > 0) found.weight = Number(args[++i]);
    else if (name === "wordings" && Number(args[i + 1]) > 0) found.wordings = Number(args[++i]);
    else if (name === "messages") while (args[i + 1] && !args[i + 1].startsWith("--")) found.messages.push(args[++i]);
    else throw new Error(`${args[i]} is not understood: fit.mjs [--pack FILE] [--messages FILE...] [--wordings N] [--keep] [--families FILE [--weight N]] [--check] [--write]`);
  }
  if (found.messages.length === 0) found.messages.push(...["practice", "talk", "talk_written"].map((name) => join(here, `${name}.jsonl`)));
  return found;
}

function main(args) {
  const given = options(args);
  const text = readFileSync(given.pack, "utf8");
  let pack = JSON.parse(text);
  if (!pack.cues?.length) throw new Error(`${given.pack} has no cues: nothing in it votes`);
  const messages = given.messages.flatMap((file) => readLines(file, (row) => typeof row.primary === "string", '"primary"'));
  const families = given.families ? readLines(given.families, (row) => Object.hasOwn(family, row.family), '"family" (question, reflection, input, advice or other)') : [];
  const folder = mkdtempSync(join(tmpdir(), "askwell-fit-"));
  try {
    const how = { packFile: resolve(given.pack), weight: given.weight, keep: given.keep };
    if (given.wordings > 0) pack = withBestWordings(pack, messages, how, given.wordings);
    const data = examples(pack, messages, families, how);
    console.log(`${messages.length} messages, ${data.labelled.length} labelled sentences, ${data.loose.length} of known family, ${pack.cues.length} cues, ${pack.defaults?.length ?? 0} defaults, ${data.ids.length} techniques`);
    if (!given.check) printFigures(crossValidated(pack, data, messages, folder), messages.length);
    const points = settled(pack, data);
    const changes = compared(pack, points);
    printChanges(changes);
    const now = labelledWith(pack, points, messages, folder);
    const before = ask(["--pack", resolve(given.pack)], messages);
    const other = now.filter((answer, i) => !answer.safety && answer.primary !== before[i].primary).length;
    console.log(`${other} of ${messages.length} messages would be named otherwise; of all, ${measure(messages, now).right.toFixed(3)} would be right.`);
    const silent = pack.cues.filter((_, i) => Object.keys(points.cues[i]).length === 0).map((cue) => cue.id);
    if (silent.length > 0) console.log(`Cues that would say nothing any more: ${silent.join(", ")}`);
    if (given.write) writeFileSync(given.pack, withPoints(text, { ...points, wordings: withWordings(pack, points.wordings)?.points }));
    const far = changes.filter((one) => Math.abs(one.now - one.before) > SAME).length;
    if (given.check) console.log(far === 0 ? "The points of the pack are those that the messages give." : `${far} points of the pack are not those that the messages give.`);
    return given.check && far > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
