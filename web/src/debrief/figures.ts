// SPDX-License-Identifier: Apache-2.0
// How a measure is put: counts as counts, shares only where there is enough to share.
import type { Debrief } from "../protocol";
import { number, text } from "../text";

export type Measure = Debrief["measures"][number];

export interface Figure {
  value: string;
  share: string | null;
}

const SHARES: Record<string, (count: number, of: number) => string | null> = {
  reflections: (count, of) => text("debrief.figure.in_ten", { count: number((10 * count) / of, 1) }),
  advice: () => null,
  stacked: () => null,
};

export function figure(measure: Measure, enough: boolean): Figure {
  const { count, of, per, id } = measure;
  if (of === null) return { value: number(count, 1), share: per === "mean" ? text("debrief.figure.average") : null };
  const both = { count: number(count, 1), of: number(of, 1) };
  if (id === "reflection_to_question") return { value: text("debrief.figure.to", both), share: null };
  const value = text("debrief.figure.of", both);
  if (!enough || of === 0) return { value, share: null };
  const share = SHARES[id];
  return { value, share: share ? share(count, of) : text("debrief.figure.share", { share: number(Math.round((100 * count) / of)) }) };
}

/** The message that a turn belongs to, counted as people count: the last one at or before it. */
export function messagesUpTo(turn: number, numbers: Map<number, number>): number {
  let last = 0;
  for (const [said, message] of numbers) if (said <= turn) last = Math.max(last, message);
  return last;
}
