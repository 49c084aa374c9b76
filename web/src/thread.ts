// SPDX-License-Identifier: Apache-2.0
// Turns in the order in which a person reads them: tries that were set aside are folded, in their place.
import type { Turn } from "./protocol";

export type ThreadItem =
  | { kind: "turn"; turn: Turn }
  | { kind: "aside"; key: number; attempt: number; turns: Turn[]; numbers: Map<number, number> }
  | { kind: "back"; turn: Turn };

export function thread(turns: readonly Turn[]): ThreadItem[] {
  const items: ThreadItem[] = [];
  let aside: Turn[] = [];
  let attempt = 0;
  // Which message of its own try each was.
  const numbers = new Map<number, number>();
  let path: number[] = [];

  const fold = (): void => {
    const first = aside[0];
    if (first) items.push({ kind: "aside", key: first.turn, attempt: ++attempt, turns: aside, numbers });
    aside = [];
  };

  for (const turn of turns) {
    if (turn.kind === "say") numbers.set(turn.turn, path.push(turn.turn));
    if (turn.kind === "retake") {
      path = path.filter((earlier) => earlier < (turn.to ?? 0));
      fold();
      if (!turn.set_aside) items.push({ kind: "back", turn });
    } else if (turn.set_aside) {
      aside.push(turn);
    } else {
      fold();
      attempt = 0;
      items.push({ kind: "turn", turn });
    }
  }
  fold();
  return items;
}
