// SPDX-License-Identifier: Apache-2.0
// What the pictures of progress and of a conversation are made from.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Family, stretches, total } from "../src/debrief/stretches";
import { orderWords, stageGraph } from "../src/debrief/stageGraph";
import { curve, fitted, layOut, wrap } from "../src/debrief/stageLayout";
import { showLanguage } from "../src/language";
import { bandsOf, lessIsMore } from "../src/progress/bands";
import { columns, summary } from "../src/progress/chart";
import type { Series } from "../src/progress/progress";
import { labels, thinned, weekOf, weeks } from "../src/progress/weeks";
import type { Turn } from "../src/protocol";

await showLanguage("en");

function series(values: (number | null)[], aided: boolean[], scale: Series["scale"] = "share"): Series {
  const points = values.map((value, index) => ({
    session: `s${index}`, title: "", at: `2026-03-0${index + 1}T10:00:00Z`, count: 1, of: 2, value, aided: aided[index] ?? false,
  }));
  return { id: "telling_share", scale, name: "", meaning: "", source: "", points };
}

test("with and without notes are columns of their own; what may not be a share is left out", () => {
  const at = (day: number) => Date.UTC(2026, 2, day, 10) / 1000;
  assert.deepEqual(columns(series([50, null, 20, 10], [true, true, false, true])), [[at(1), at(3), at(4)], [50, null, 10], [null, 20, null]]);
  assert.deepEqual(columns(series([0.5, 7], [false, false], "ratio")), [[at(1), at(2)], [null, null], [0.5, 3]], "what is off the scale stands at its edge");
});

test("a series in a sentence, what had no notes first", () => {
  assert.equal(summary(series([50, 40, 20], [true, true, false])), "Without notes while you talked: one conversation, 20%. With notes: 2 conversations between 40% and 50%, the latest 40%.");
  assert.equal(summary(series([30, 30], [true, true])), "With notes: 2 conversations, each 30%.");
  assert.equal(summary(series([0.25, 1.5], [false, false], "ratio")), "Without notes while you talked: 2 conversations between 0.3 to 1 and 1.5 to 1, the latest 1.5 to 1.");
  assert.equal(summary(series([null], [true])), "");
});

test("weeks begin on Monday and are whole, whatever the clocks do", () => {
  assert.deepEqual(weekOf(new Date(2026, 2, 29, 23, 59)), new Date(2026, 2, 23), "a Sunday is in the week before");
  assert.deepEqual(weekOf(new Date(2026, 2, 30)), new Date(2026, 2, 30));
  const spring = weeks(new Date(2026, 2, 27), new Date(2026, 3, 1));
  assert.deepEqual(spring, [new Date(2026, 2, 23), new Date(2026, 2, 30), new Date(2026, 3, 6)]);
  assert.equal(weeks(new Date(2025, 11, 31), new Date(2026, 11, 31)).length, 54);
  assert.deepEqual(thinned([0, 1, 2, 3, 4, 5, 6, 7, 8], 4), [0, 4, 8]);
  assert.deepEqual(thinned([0, 1], 4), [0, 1]);
  assert.deepEqual(labels([new Date(2026, 2, 2), new Date(2026, 2, 9)], "en-GB"), ["2 Mar", "9 Mar"]);
  assert.deepEqual(labels([new Date(2025, 11, 29), new Date(2026, 0, 5), new Date(2026, 0, 12)], "en-GB"), ["29 Dec\n2025", "5 Jan\n2026", "12 Jan"]);
});

test("the bands are those that the server tells of one conversation", () => {
  const source = readFileSync("../server/portfolio/measures.c", "utf8");
  for (const [id, name] of [["telling_share", "telling"], ["reflections", "reflection"], ["reflection_to_question", "ratio"]] as const) {
    const [, developing, steady, less] = new RegExp(`${name}_bands = \\{([\\d.]+), ([\\d.]+), (\\w+)\\}`).exec(source) ?? [];
    const bands = bandsOf(id, "coaching");
    assert.deepEqual(bands, { developing: Number(developing), steady: Number(steady) }, id);
    assert.equal(bands && lessIsMore(bands), less === "true", id);
  }
  assert.equal(bandsOf("telling_share", "mentoring"), null);
  assert.equal(bandsOf("open_share", "coaching"), null);
});

function said(turn: number, families: Family[], more: Partial<Turn> = {}): Turn {
  return { turn, kind: "say", primary: "x", labels: families.map((family) => ({ family })), ...more } as unknown as Turn;
}

test("the mix over time counts each move at its message, and leaves out what the debrief leaves out", () => {
  const turns = [
    said(1, ["question", "other"]),
    said(2, ["input"], { set_aside: true }),
    said(4, ["reflection"]),
    said(5, ["question"], { recognised: { safety: "self_harm" } as Turn["recognised"] }),
    said(6, [], { primary: null }),
    said(7, ["question", "question"]),
  ];
  const numbers = new Map([1, 4, 5, 6, 7].map((turn, index) => [turn, index + 1]));
  const all = stretches(turns, numbers);
  assert.deepEqual(all.map(({ from, counts }) => [from, counts.question, counts.reflection, counts.input, counts.other]), [[1, 1, 0, 0, 1], [2, 0, 1, 0, 0], [3, 0, 0, 0, 0], [4, 0, 0, 0, 0], [5, 2, 0, 0, 0]]);
  assert.deepEqual(total(all), { question: 3, reflection: 1, input: 0, other: 1 });
  const few = stretches(turns, numbers, 2);
  assert.deepEqual(few.map(({ from, to }) => [from, to]), [[1, 3], [4, 5]]);
  assert.deepEqual(total(few), total(all));
  assert.deepEqual(stretches([], new Map()), []);
});

const STAGES = ["Goal", "Reality", "Options", "Will"].map((name) => ({ id: name.toLowerCase(), name }));
const leg = (id: string, from: number, to: number) => ({ id, name: STAGES.find((stage) => stage.id === id)?.name ?? id, from, to });
const WANDERED = [leg("goal", 0, 2), leg("reality", 2, 4), leg("goal", 4, 5), leg("reality", 5, 6), leg("options", 6, 9), leg("goal", 9, 10)];

test("a path becomes each stage once and each way once, with the moves in order", () => {
  const { nodes, first, ways } = stageGraph(STAGES, WANDERED);
  assert.deepEqual(nodes.map(({ id, visits, messages }) => [id, visits, messages]), [["goal", 3, 4], ["reality", 2, 3], ["options", 1, 3], ["will", 0, 0]]);
  assert.equal(first, "goal");
  assert.deepEqual(ways.map(({ from, to, order, back }) => [from, to, orderWords(order), back]), [
    ["goal", "reality", "2, 4", false],
    ["reality", "goal", "3", true],
    ["reality", "options", "5", false],
    ["options", "goal", "6", true],
  ]);
  assert.equal(orderWords([1, 2, 3, 4, 5]), "1, 2, 3, 4 …");
  assert.deepEqual(stageGraph(STAGES, []).ways, []);
  assert.equal(stageGraph(STAGES, [leg("elsewhere", 0, 1)]).nodes.length, 5, "a stage that the model does not name is there too");
});

const LETTERS = { measure: (text: string) => 8 * text.length, size: 14 };
const CAPTIONS = new Map(STAGES.map(({ id }) => [id, "3 messages"]));

test("the stages stand in the order of the model, however often a path goes back", () => {
  for (const path of [WANDERED, [...WANDERED].reverse(), [leg("will", 0, 1), leg("goal", 1, 2)], []]) {
    const graph = stageGraph(STAGES, path);
    for (const direction of ["LR", "TB"] as const) {
      const laid = layOut(graph, { direction }, LETTERS, CAPTIONS);
      const places = laid.nodes.map(({ x, y }) => (direction === "LR" ? x : y));
      assert.deepEqual(places, [...places].sort((one, other) => one - other));
      assert.equal(new Set(places).size, STAGES.length);
      assert.equal(laid.arrows.length, graph.ways.length + (path.length > 0 ? 1 : 0));
      for (const { points } of laid.arrows) assert.ok(points.every(({ x, y }) => x >= 0 && y >= 0 && x <= laid.width && y <= laid.height));
    }
  }
});

test("across where there is room, else down", () => {
  const graph = stageGraph(STAGES, WANDERED);
  const wide = fitted(graph, 900, LETTERS, CAPTIONS);
  const narrow = fitted(graph, 288, LETTERS, CAPTIONS);
  assert.ok(wide.width > wide.height && wide.width <= 900);
  assert.ok(narrow.height > narrow.width && narrow.width <= 288, `${narrow.width} px`);
  assert.ok(fitted(graph, 50, LETTERS, CAPTIONS).width <= narrow.width, "the narrowest there is, where none fits");
});

test("names are broken between words, and arrows go through each of their points", () => {
  assert.deepEqual(wrap("What to bring", LETTERS.measure, 60), ["What to", "bring"]);
  assert.deepEqual(wrap("Supercalifragilistic", LETTERS.measure, 60), ["Supercalifragilistic"]);
  const drawn = curve([{ x: 0, y: 0 }, { x: 10, y: 20 }, { x: 0, y: 40 }]);
  assert.match(drawn, /^M0\.0 0\.0 C.* 10\.0 20\.0 C.* 0\.0 40\.0$/);
  assert.equal(curve([]), "");
});
