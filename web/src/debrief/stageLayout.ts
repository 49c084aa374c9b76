// SPDX-License-Identifier: Apache-2.0
// Where dagre puts the stages: in the order of the model, with the ways back beside them.
import { graphlib, layout } from "@dagrejs/dagre";
import { orderWords, type StageGraph, type StageNode, type Way } from "./stageGraph";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Place {
  x: number;
  y: number;
}
export interface LaidOut {
  width: number;
  height: number;
  nodes: (Box & { node: StageNode; lines: string[] })[];
  /** Where the first arrow comes from; null when there was no message. */
  start: Box | null;
  arrows: { way: Way | null; words: string; points: Place[]; label: Box }[];
}

/** How the stages are put. Tight ones are as narrow as can be, leaning one way or another: which is narrowest is found by trying. */
export interface Manner {
  direction: "LR" | "TB";
  tight?: "UL" | "UR" | "DL" | "DR";
}

const MANNERS: Manner[] = [
  { direction: "LR" },
  { direction: "TB" },
  { direction: "TB", tight: "DR" },
  { direction: "TB", tight: "DL" },
  { direction: "TB", tight: "UR" },
  { direction: "TB", tight: "UL" },
];

export interface Letters {
  /** How wide a text is, in pixels. */
  measure: (text: string) => number;
  size: number;
}

const START = "start";
/** No model's stage can have these ids: they are apart in name as well. */
const stageKey = (id: string): string => `stage ${id}`;

interface Key {
  v: string;
  w: string;
  name: "on" | "back";
}

/** As dagre is told of it: always onwards. */
function keyOf({ from, to, back }: Way): Key {
  return back ? { v: stageKey(to), w: stageKey(from), name: "back" } : { v: stageKey(from), w: stageKey(to), name: "on" };
}

/** No line wider than `widest`, unless a word is. */
export function wrap(text: string, measure: Letters["measure"], widest: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && measure(`${last} ${word}`) <= widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function layOut(graph: StageGraph, { direction, tight }: Manner, letters: Letters, captions: Map<string, string>): LaidOut {
  const { measure, size } = letters;
  const plan = new graphlib.Graph({ multigraph: true });
  plan.setGraph({
    rankdir: direction,
    align: tight,
    nodesep: (tight ? 0.8 : 1.5) * size,
    edgesep: (tight ? 0.4 : 1.2) * size,
    ranksep: 2.2 * size,
    marginx: 4,
    marginy: 4,
  });
  plan.setDefaultEdgeLabel(() => ({}));
  const wrapped = new Map(graph.nodes.map((node) => [node.id, wrap(node.name, measure, (tight ? 6 : 8) * size)]));
  for (const { id } of graph.nodes) {
    const lines = wrapped.get(id) ?? [];
    const widest = Math.max(...[...lines, captions.get(id) ?? ""].map(measure));
    plan.setNode(stageKey(id), { width: widest + 1.8 * size, height: (1.25 * (lines.length + 1) + 1) * size });
  }
  const label = (words: string) => ({ width: Math.max(measure(words) + 0.7 * size, 1.6 * size), height: 1.6 * size, labelpos: "c" });
  // One line through all stages in their order, and what goes back laid the other way round: nothing can turn the order.
  graph.nodes.slice(1).forEach(({ id }, index) => plan.setEdge(stageKey(graph.nodes[index]?.id ?? ""), stageKey(id), { weight: 8 }, "on"));
  for (const way of graph.ways) {
    const { v, w, name } = keyOf(way);
    plan.setEdge(v, w, { ...label(orderWords(way.order)), ...(plan.hasEdge(v, w, name) ? { weight: 8 } : {}) }, name);
  }
  if (graph.first !== null) {
    plan.setNode(START, { width: 0.8 * size, height: 0.8 * size });
    plan.setEdge(START, stageKey(graph.first), label("1"), "on");
  }
  layout(plan);

  const box = (key: string): Box => plan.node(key) as unknown as Box;
  const arrow = ({ v, w, name }: Key, way: Way | null, words: string): LaidOut["arrows"][number] => {
    const { points, x, y, width, height } = plan.edge(v, w, name) as unknown as { points: Place[] } & Box;
    return { way, words, points: way?.back ? [...points].reverse() : points, label: { x, y, width, height } };
  };
  const whole = plan.graph() as unknown as { width: number; height: number };
  return {
    width: Math.ceil(whole.width),
    height: Math.ceil(whole.height),
    nodes: graph.nodes.map((node) => ({ ...box(stageKey(node.id)), node, lines: wrapped.get(node.id) ?? [] })),
    start: graph.first === null ? null : box(START),
    arrows: [
      ...(graph.first === null ? [] : [arrow({ v: START, w: stageKey(graph.first), name: "on" }, null, "1")]),
      ...graph.ways.map((way) => arrow(keyOf(way), way, orderWords(way.order))),
    ],
  };
}

/** Across where there is room, else down, and tightly where that is still too wide. */
export function fitted(graph: StageGraph, width: number, letters: Letters, captions: Map<string, string>): LaidOut {
  let narrowest: LaidOut | null = null;
  for (const manner of MANNERS) {
    const laid = layOut(graph, manner, letters, captions);
    if (laid.width <= width) return laid;
    if (!narrowest || laid.width < narrowest.width) narrowest = laid;
  }
  return narrowest as LaidOut;
}

/** Through every point, so that a number stands on its arrow, and round the bends (a Catmull-Rom spline). */
export function curve(points: Place[]): string {
  const [first] = points;
  if (!first) return "";
  const put = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const [before, after] = [points[index - 1] ?? from, points[index + 2] ?? to];
    const leaving = put(from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6);
    const arriving = put(to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6);
    return `C${leaving} ${arriving} ${put(to.x, to.y)}`;
  });
  return `M${put(first.x, first.y)} ${parts.join(" ")}`;
}
