// SPDX-License-Identifier: Apache-2.0
import type { Turn } from "./protocol";

/** The trainee's messages on the path that counts, numbered from 1 as people count them. */
export function messageNumbers(turns: readonly Turn[]): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const turn of turns) {
    if (turn.kind === "say" && !turn.set_aside) numbers.set(turn.turn, numbers.size + 1);
  }
  return numbers;
}
