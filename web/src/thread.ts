// SPDX-License-Identifier: Apache-2.0
// Turns in the order in which a person reads them: tries that were set aside are folded, in their place.
import type { Turn } from "./protocol";

export type ThreadItem =
  | { kind: "turn"; turn: Turn }
  | { kind: "aside"; key: number; attempt: number; turns: Turn[] }
  | { kind: "back"; turn: Turn };

export function thread(turns: readonly Turn[]): ThreadItem[] {
  const items: ThreadItem[] = [];
  let aside: Turn[] = [];
  let attempt = 0;

  const fold = (): void => {
    const first = aside[0];
    if (first) items.push({ kind: "aside", key: first.turn, attempt: ++attempt, turns: aside });
    aside = [];
  };

  for (const turn of turns) {
    if (turn.kind === "retake") {
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

/** The trainee's messages on the path that counts, numbered from 1 as people count them. */
export function messageNumbers(turns: readonly Turn[]): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const turn of turns) {
    if (turn.kind === "say" && !turn.set_aside) numbers.set(turn.turn, numbers.size + 1);
  }
  return numbers;
}
