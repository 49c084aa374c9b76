// SPDX-License-Identifier: Apache-2.0
// What kinds of moves there were from the first message to the last, in as many stretches as a picture has room for.
import type { Turn } from "../protocol";

export type Family = "question" | "reflection" | "input" | "other";
export type Counts = Record<Family, number>;

export interface Stretch {
  /** Messages, counted from 1, both included. */
  from: number;
  to: number;
  counts: Counts;
}

export const MOST_STRETCHES = 40;

const none = (): Counts => ({ question: 0, reflection: 0, input: 0, other: 0 });

/** The debrief leaves out what nobody could name and what was about someone's safety; so does this. */
const counted = (turn: Turn): boolean => turn.primary !== null && !turn.recognised?.safety;

/** Every label counts, as in the mix; of every message that counts, in the order of `numbers`. */
export function stretches(turns: readonly Turn[], numbers: Map<number, number>, most = MOST_STRETCHES): Stretch[] {
  const length = Math.max(1, Math.ceil(numbers.size / most));
  const all: Stretch[] = [];
  for (let from = 1; from <= numbers.size; from += length) {
    all.push({ from, to: Math.min(numbers.size, from + length - 1), counts: none() });
  }
  for (const turn of turns) {
    const stretch = all[Math.floor(((numbers.get(turn.turn) ?? 0) - 1) / length)];
    if (!stretch || !counted(turn)) continue;
    for (const { family } of turn.labels) stretch.counts[family]++;
  }
  return all;
}

export function total(parts: Stretch[]): Counts {
  const sum = none();
  for (const { counts } of parts) for (const family of Object.keys(sum) as Family[]) sum[family] += counts[family];
  return sum;
}
