// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { noteShown } from "../src/feedback";
import { readyFor } from "../src/home/fading";
import { EVERYTHING, fits, optionsOf } from "../src/home/filter";
import { atFirst, groupCases } from "../src/home/groups";
import { recordOf } from "../src/home/record";
import { today } from "../src/home/today";
import { barren } from "../src/home/widen";
import { showLanguage } from "../src/language";
import type { Case, SessionSummary, Turn } from "../src/protocol";

await showLanguage("en");

const NOW = Date.parse("2026-06-01T12:00:00Z");

function made(id: string, more: Partial<Case> = {}): Case {
  return {
    id, title: `Title of ${id}`, language: "en", mode: "coaching", contrast: null, tutorial: false, exercises: 0, model: { id: "grow", name: "GROW" }, minutes: 20,
    reading_age: null, level: "first steps", content_note: null, character: { name: "Ines", age: null, role: "manager" }, about: "", situation: "", your_role: "", aim: "",
    skills: [{ id: "open_question", name: "Open question" }], programmes: ["cmi.1"], stages: [], ...more,
  };
}

function met(script: string, started: string, ended: string | null): SessionSummary {
  return { session: `s-${script}`, script, title: `Title of ${script}`, language: "en", character: "Ines", mode: "coaching", contrast: null, pair: null, started, ended, turns: 4, feedback: null, went: null };
}

const library = groupCases([
  made("hard", { level: "stretching" }), made("easy"), made("tour", { mode: "drill", tutorial: true }), made("opening", { mode: "drill" }),
]);
const standing = (due: number) => [{ script: "opening", exercises: 5, due, new: 0, firm: 0, next: null }];

test("for today: what is begun, then the tour, what is due, what is new, what has rested", () => {
  assert.equal(today(library, [met("easy", "2026-05-30T10:00:00Z", null)], standing(2), NOW)?.address, "#/talk/s-easy");
  assert.equal(today(library, [], standing(2), NOW)?.address, "#/case/tour");
  const easy = met("easy", "2026-05-30T10:00:00Z", "2026-05-30T10:10:00Z");
  assert.equal(today(library, [easy], standing(2), NOW)?.address, "#/case/opening");
  assert.match(today(library, [easy], standing(1), NOW)?.why ?? "", /One task is due/);
  assert.equal(today(library, [easy], standing(0), NOW)?.address, "#/case/hard");
  const hard = met("hard", "2026-05-01T10:00:00Z", "2026-05-01T10:10:00Z");
  const rested = today(library, [easy, hard], standing(0), NOW);
  assert.deepEqual([rested?.address, /rested/.test(rested?.why ?? "")], ["#/case/hard", true]);
  const soon = today(library, [easy, { ...hard, started: "2026-05-29T10:00:00Z", ended: null }].map((one) => ({ ...one, ended: one.ended ?? "2026-05-29T11:00:00Z" })), standing(0), NOW);
  assert.match(soon?.why ?? "", /within a week/);
  assert.equal(today(groupCases([]), [], [], NOW), null);
});

test("cases are narrowed by what tells them apart", () => {
  const cases = [
    made("a"), made("b", { mode: "mentoring", minutes: 10, model: { id: "clear", name: "CLEAR" }, programmes: [] }), made("c", { level: "developing", skills: [{ id: "summary", name: "Summary" }] }),
  ];
  const options = optionsOf(cases);
  assert.deepEqual(options.mode.map(({ value }) => value), ["coaching", "mentoring"]);
  assert.deepEqual(options.minutes.map(({ value }) => value), ["10", "15"]);
  assert.deepEqual(options.programme, [], "one programme cannot tell them apart");
  const ids = (more: Partial<typeof EVERYTHING>) => cases.filter((item) => fits(item, { ...EVERYTHING, ...more })).map(({ id }) => id);
  assert.deepEqual(ids({}), ["a", "b", "c"]);
  assert.deepEqual(ids({ mode: "coaching", level: "developing" }), ["c"]);
  assert.deepEqual(ids({ skill: "summary" }), ["c"]);
  assert.deepEqual(ids({ minutes: "15" }), ["b"]);
  assert.deepEqual(ids({ model: "clear" }), ["b"]);
  assert.deepEqual(ids({ programme: "cmi" }), ["a", "c"]);
  assert.deepEqual(ids({ mode: "mentoring", skill: "summary" }), []);
});

test("both sides of a contrast take both their times, and an exercise follows no model", () => {
  const contrast = { id: "pair", title: "Pair", about: "", other: "x", between: [], end: [], rows: [] };
  const cases = [made("drill", { mode: "drill", minutes: 6, model: { id: "exercise", name: "Exercise" } }), made("long", { minutes: 25 }), made("both", { contrast, minutes: 25 })];
  const options = optionsOf(cases);
  assert.deepEqual(options.minutes.map(({ value }) => value), ["10", "15", "20", "30"]);
  assert.deepEqual(options.mode.map(({ value }) => value).sort(), ["coaching", "drill", "mentoring"]);
  assert.deepEqual(options.model, [], "one model cannot tell them apart");
  const ids = (more: Partial<typeof EVERYTHING>) => cases.filter((item) => fits(item, { ...EVERYTHING, ...more })).map(({ id }) => id);
  assert.deepEqual(ids({ minutes: "10" }), ["drill"]);
  assert.deepEqual(ids({ minutes: "30" }), ["drill", "long"]);
  assert.deepEqual(ids({ mode: "mentoring" }), ["both"]);
});

test("where no case is left, it is said what leaves none and what would leave some", () => {
  const cases = [
    made("a"), made("b", { minutes: 25, mode: "mentoring" }), made("c", { minutes: 35, level: "developing", skills: [{ id: "summary", name: "Summary" }] }),
    made("d", { mode: "mentoring", model: { id: "clear", name: "CLEAR" } }),
  ];
  const of = (more: Partial<typeof EVERYTHING>) => {
    const found = barren(cases, { ...EVERYTHING, ...more }, [10, 15, 20, 30]);
    return found && { ...found, wider: found.wider.map(({ filter, ...rest }) => ({ ...rest, ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== "")) })) };
  };
  assert.equal(of({}), null);
  assert.equal(of({ minutes: "20" }), null);
  assert.equal(barren([], { ...EVERYTHING, minutes: "10" }, [10]), null, "there is no case at all");
  assert.deepEqual(of({ minutes: "10" }), { keys: ["minutes"], shortest: 20, wider: [{ keys: ["minutes"], minutes: "20", count: 2 }] });
  assert.deepEqual(of({ skill: "silence" }), { keys: ["skill"], shortest: null, wider: [{ keys: ["skill"], count: 4 }] });
  assert.deepEqual(
    of({ level: "developing", minutes: "30" })?.wider,
    [{ keys: ["level"], minutes: "30", count: 3 }, { keys: ["minutes"], level: "developing", count: 1 }],
    "no time on offer is enough for what takes 35 minutes, so any is",
  );
  assert.deepEqual(of({ mode: "mentoring", skill: "summary" }), {
    keys: ["mode", "skill"], shortest: null, wider: [{ keys: ["mode"], skill: "summary", count: 1 }, { keys: ["skill"], mode: "mentoring", count: 2 }],
  });
  // Time alone is in the way of all that fits the rest, and not of everything.
  const more = [...cases, made("e", { minutes: 10, level: "stretching" })];
  const short = barren(more, { ...EVERYTHING, minutes: "10", mode: "mentoring" }, [10, 15, 20, 30]);
  assert.deepEqual([short?.keys, short?.shortest, short?.wider.map(({ count }) => count)], [["mode", "minutes"], null, [1, 1]]);
  assert.deepEqual(of({ skill: "silence", level: "stretching" }), { keys: ["skill", "level"], shortest: null, wider: [{ keys: ["skill", "level"], count: 4 }] });
  const long = barren(cases, { ...EVERYTHING, minutes: "15", mode: "mentoring", model: "grow" }, [10, 15, 20, 30]);
  assert.deepEqual([long?.keys, long?.shortest], [["mode", "model", "minutes"], 25], "the shortest of those that fit the rest");
  assert.deepEqual(of({ skill: "silence", minutes: "10" })?.wider, [{ keys: ["skill", "minutes"], minutes: "20", count: 2 }]);
  const rest = barren([...cases, made("f", { minutes: 10, level: "developing", mode: "mentoring", skills: [] })], { ...EVERYTHING, minutes: "10", mode: "mentoring", skill: "open_question" }, [10, 15, 20, 30]);
  assert.deepEqual(rest?.wider.map(({ keys, count }) => [keys, count]), [[["skill"], 1], [["minutes"], 1]]);
  assert.deepEqual(of({ minutes: "10", level: "developing" }), { keys: ["level", "minutes"], shortest: 35, wider: [{ keys: ["minutes"], level: "developing", count: 1 }] });
});

test("what was done with a case: how often, when last, and whether one is open", () => {
  const of = (sessions: SessionSummary[]) => recordOf(sessions, ({ script }) => script === "easy");
  assert.deepEqual(of([]), { times: 0, last: null, open: false });
  const [first, second] = ["2026-05-01T10:10:00Z", "2026-05-02T10:10:00Z"];
  const both = [met("easy", "2026-05-02T10:00:00Z", second), met("easy", "2026-05-01T10:00:00Z", first), met("hard", "2026-05-03T10:00:00Z", "2026-05-03T10:10:00Z")];
  assert.deepEqual(of(both), { times: 2, last: second, open: false });
  assert.deepEqual(of([...both, met("easy", "2026-05-04T10:00:00Z", null)]), { times: 2, last: second, open: true });
  assert.deepEqual(of([{ ...met("easy", "2026-05-04T10:00:00Z", null), turns: 0 }]), { times: 0, last: null, open: false }, "opened and left is not begun");
});

test("less feedback is offered after two in a row that went well at this level", () => {
  const ended = (feedback: number | null, went: number | null) => ({ ...met("easy", "2026-05-01T10:00:00Z", "2026-05-01T10:10:00Z"), feedback, went });
  assert.equal(readyFor(1, [ended(1, 4), ended(1, 5)]), 2);
  assert.equal(readyFor(3, [ended(3, 5), ended(3, 4), ended(1, 1)]), 4);
  assert.equal(readyFor(1, [ended(1, 4)]), null, "one is not two");
  assert.equal(readyFor(1, [ended(1, 4), ended(1, 3)]), null);
  assert.equal(readyFor(1, [ended(1, 4), ended(1, null)]), null);
  assert.equal(readyFor(2, [ended(2, 5), ended(1, 5)]), null, "not all at this level");
  assert.equal(readyFor(4, [ended(4, 5), ended(4, 5)]), null, "there is nothing less than that");
  assert.equal(readyFor(1, [{ ...ended(1, 5), ended: null }, ended(1, 4), ended(1, 5)]), 2, "one that is open does not count");
});

test("notes come by the level of feedback", () => {
  const good = { primary: "open_question", feedback: { strength: true } } as unknown as Turn;
  const misstep = { primary: "advice_direct", feedback: { strength: false } } as unknown as Turn;
  const talking = { over: false, rated: false };
  const seen = (level: 1 | 2 | 3 | 4, turn: Turn, number: number | null, progress = talking) => noteShown(level, turn, number, progress);
  assert.deepEqual([1, 2, 3].map((number) => seen(1, good, number)), [true, true, true]);
  assert.deepEqual([1, 2, 3, null].map((number) => seen(2, good, number)), [false, true, false, false]);
  assert.equal(seen(2, misstep, 1), true);
  assert.deepEqual([seen(3, misstep, 2), seen(3, good, 1, { over: true, rated: false })], [false, true]);
  assert.deepEqual([seen(4, good, 1, { over: true, rated: false }), seen(4, good, 1, { over: false, rated: true }), seen(4, good, 1, { over: true, rated: true })], [false, false, true]);
});

test("at first sight there are a few that were not done yet; the others follow, those that were done last", () => {
  const items = ["a", "b", "c", "d", "e"].map((id) => made(id));
  const ids = (few: number, ...done: string[]) => atFirst(items, few, ({ id }) => done.includes(id)).map((list) => list.map(({ id }) => id).join(""));
  assert.deepEqual(ids(2), ["ab", "cde"]);
  assert.deepEqual(ids(2, "a", "c"), ["bd", "eac"]);
  assert.deepEqual(ids(2, "a", "b", "c", "d"), ["ea", "bcd"]);
  assert.deepEqual(ids(4, "a"), ["abcde", ""], "one more is not worth a fold");
});
