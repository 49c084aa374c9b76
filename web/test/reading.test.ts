// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { characterCount } from "../src/characters";
import { figure, type Measure, messagesUpTo } from "../src/debrief/figures";
import { showLanguage } from "../src/language";
import { messageNumbers } from "../src/messageNumbers";
import { to } from "../src/addresses";
import { parseRoute } from "../src/route";
import { pieces } from "../src/spans";
import { thread } from "../src/thread";
import type { Label } from "../src/protocol";
import { confidenceWords, effectWords, observations, runnerUpWords } from "../src/talk/noteWords";
import { turn } from "./fakes";

await showLanguage("en");

test("marks count characters, not code units, and may overlap", () => {
  const cases: { text: string; marks: Parameters<typeof pieces>[1]; expect: string }[] = [
    { text: "What now?", marks: [{ start: 0, end: 4, kind: "cue" }], expect: "[What] now?" },
    { text: "🙂 what", marks: [{ start: 2, end: 6, kind: "cue" }], expect: "🙂 [what]" },
    {
      text: "you are tired",
      marks: [
        { start: 0, end: 13, kind: "cue" },
        { start: 8, end: 13, kind: "picked" },
      ],
      expect: "[you are ][(tired)]",
    },
    { text: "short", marks: [{ start: 2, end: 99, kind: "cue" }], expect: "short" },
    { text: "short", marks: [{ start: 3, end: 3, kind: "cue" }], expect: "short" },
    { text: "", marks: [], expect: "" },
  ];
  for (const { text, marks, expect } of cases) {
    const shown = pieces(text, marks).map((piece) => {
      const inner = piece.picked ? `(${piece.text})` : piece.text;
      return piece.cue ? `[${inner}]` : inner;
    });
    assert.equal(shown.join(""), expect);
  }
});

test("characters are counted as the server counts them", () => {
  assert.equal(characterCount("🙂é"), 2);
});

function shape(...turns: Parameters<typeof thread>[0][number][]): string {
  return thread(turns)
    .map((item) => {
      if (item.kind === "aside") return `(${item.attempt}: ${item.turns.map((one) => one.turn).join(" ")})`;
      return item.kind === "back" ? `back${item.turn.turn}` : String(item.turn.turn);
    })
    .join(" ");
}

test("tries that were set aside are folded in their place", () => {
  const aside = { set_aside: true };
  assert.equal(shape(turn(1), turn(2), turn(3)), "1 2 3");
  assert.equal(shape(turn(1), turn(2, aside), turn(3, aside), turn(4, { kind: "retake", to: 2 }), turn(5)), "1 (1: 2 3) back4 5");
  const twice = [turn(1), turn(2, aside), turn(3, { kind: "retake", to: 2, ...aside }), turn(4, aside)];
  assert.equal(shape(...twice, turn(5, { kind: "retake", to: 2 })), "1 (1: 2) (2: 4) back5");
  assert.equal(shape(turn(1, aside), turn(2, { kind: "retake", to: 1 })), "(1: 1) back2");
});

test("messages are numbered as people count them", () => {
  const turns = [turn(1), turn(2, { kind: "hint" }), turn(3, { set_aside: true }), turn(4, { kind: "retake", to: 3 }), turn(5)];
  const numbers = messageNumbers(turns);
  assert.deepEqual([...numbers], [[1, 1], [5, 2]]);
  assert.equal(messagesUpTo(0, numbers), 0);
  assert.equal(messagesUpTo(4, numbers), 1);
  assert.equal(messagesUpTo(9, numbers), 2);
});

test("measures are counts until there is enough for shares", () => {
  const measure = (change: Partial<Measure>): Measure => ({
    id: "telling_share",
    name: "",
    headline: true,
    count: 3,
    of: 12,
    per: "message",
    band: null,
    permitted: null,
    meaning: "",
    source: "",
    ...change,
  });
  assert.deepEqual(figure(measure({}), true), { value: "3 of 12", share: "25%" });
  assert.deepEqual(figure(measure({ of: 8 }), false), { value: "3 of 8", share: null });
  assert.deepEqual(figure(measure({ of: 0, count: 0 }), true), { value: "0 of 0", share: null });
  assert.deepEqual(figure(measure({ id: "words_per_message", count: 14.25, of: null, per: "mean" }), true), {
    value: "14.3",
    share: "on average",
  });
  assert.deepEqual(figure(measure({ id: "reflection_to_question", count: 3, of: 5 }), true), { value: "3 to 5", share: null });
  assert.deepEqual(figure(measure({ id: "reflections" }), true), { value: "3 of 12", share: "about 2.5 in ten messages" });
});

test("effects are said in words, and only where something moved", () => {
  const effect = [
    { id: "trust", label: "trust", before: 2, after: 3 },
    { id: "depth", label: "depth", before: 1, after: 1 },
    { id: "ownership", label: "ownership", before: 2, after: 0 },
    { id: "guarded", label: "guard", before: 0, after: 1 },
  ];
  assert.deepEqual(
    effectWords(effect).map(({ text, better }) => [text, better]),
    [["Trust up", true], ["Ownership down", false], ["Guard up", false]],
  );
});

test("every address leads back to its screen", () => {
  const id = "0190a6de-0000-7000-8000-000000000001";
  assert.deepEqual(parseRoute(to.home()), { screen: "home" });
  assert.deepEqual(parseRoute(to.brief("career_plateau")), { screen: "brief", script: "career_plateau" });
  assert.deepEqual(parseRoute(to.talk(id)), { screen: "talk", session: id, moment: null });
  assert.deepEqual(parseRoute(to.debrief(id, 7)), { screen: "debrief", session: id, moment: 7, until: null });
  assert.deepEqual(parseRoute(to.trainers()), { screen: "trainers" });
  assert.deepEqual(parseRoute(""), { screen: "home" });
  assert.deepEqual(parseRoute("#/talk"), { screen: "unknown" });
  assert.deepEqual(parseRoute("#/case/%E0%A4%A"), { screen: "brief", script: "%E0%A4%A" });
});

function label(change: Partial<Label>): Label {
  return {
    technique: "simple_reflection",
    name: "Reflection",
    family: "reflection",
    form: "none",
    focus: null,
    start: 4,
    end: 30,
    cue: { start: 4, end: 30, text: "" },
    rule: "so_gives_back",
    reason: "",
    confidence: 60,
    ...change,
  };
}

test("a label that was voted on tells its three strongest observations, each once", () => {
  const saw = (because: string, start: number, end: number, text: string) => ({ rule: because, because, cue: { start, end, text }, points: 9 });
  assert.deepEqual(observations(label({})), [], "an answer from before");
  assert.deepEqual(observations(label({ evidence: [] })), [], "one rule was sure");
  const evidence = [
    saw("It gives back.", 4, 29, "so you are tired of it al"),
    saw("It speaks of them.", 7, 14, "you are"),
    saw("It speaks of them.", 7, 10, "you"),
    saw("It is short.", 4, 4, ""),
    saw("It is late.", 20, 25, "of it"),
  ];
  assert.deepEqual(observations(label({ evidence })), [
    { because: "It gives back.", words: null },
    { because: "It speaks of them.", words: "you are" },
    { because: "It is short.", words: null },
  ]);
});

test("how sure a label is, and what else it might have been", () => {
  const runner_up = { technique: "open_question", name: "Open question" };
  const cases: [Partial<Label>, string | null, string | null][] = [
    [{ confidence: 80, runner_up }, "sure", null],
    [{ confidence: 79, runner_up }, "likely", "could also be: Open question"],
    [{ confidence: 50, runner_up: null }, "likely", null],
    [{ confidence: 49, runner_up }, "a guess", "could also be: Open question"],
    [{ confidence: 49 }, "a guess", null],
    [{ technique: "unclassified", confidence: 0, runner_up }, null, "Nearest: Open question"],
    [{ technique: "unclassified", confidence: 0, runner_up: null }, null, null],
  ];
  for (const [change, sure, other] of cases) {
    assert.equal(confidenceWords(label(change)), sure);
    assert.equal(runnerUpWords(label(change)), other);
  }
});
