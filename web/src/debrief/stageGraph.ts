// SPDX-License-Identifier: Apache-2.0
// The path through the stages as a graph: each stage once, each way from one to another once, with the order of its moves.
import type { StageRef } from "../protocol";
import type { Leg } from "./legs";

export interface StageNode {
  id: string;
  name: string;
  visits: number;
  messages: number;
}

export interface Way {
  from: string;
  to: string;
  /** The places, in the list of stays, of those that the moves led to; counted from 1. */
  order: number[];
  /** To a stage that comes earlier in the model. */
  back: boolean;
}

export interface StageGraph {
  /** In the order of the model. */
  nodes: StageNode[];
  first: string | null;
  ways: Way[];
}

export function stageGraph(stages: StageRef[], path: Leg[]): StageGraph {
  const nodes = new Map<string, StageNode>();
  const visit = ({ id, name }: StageRef): StageNode => {
    const node = nodes.get(id) ?? { id, name, visits: 0, messages: 0 };
    nodes.set(id, node);
    return node;
  };
  stages.forEach(visit);
  for (const leg of path) {
    const node = visit(leg);
    node.visits++;
    node.messages += leg.to - leg.from;
  }
  const places = new Map([...nodes.keys()].map((id, place) => [id, place]));
  const ways = new Map<string, Way>();
  path.forEach((leg, index) => {
    const before = path[index - 1];
    if (!before || before.id === leg.id) return;
    const key = JSON.stringify([before.id, leg.id]);
    const way = ways.get(key) ?? {
      from: before.id,
      to: leg.id,
      order: [],
      back: (places.get(leg.id) ?? 0) < (places.get(before.id) ?? 0),
    };
    way.order.push(index + 1);
    ways.set(key, way);
  });
  return { nodes: [...nodes.values()], first: path[0]?.id ?? null, ways: [...ways.values()] };
}

const MOST_NUMBERS = 4;

/** "2, 5"; the first few when there are many. */
export function orderWords(order: number[]): string {
  const numbers = order.slice(0, MOST_NUMBERS).join(", ");
  return order.length > MOST_NUMBERS ? `${numbers} …` : numbers;
}
