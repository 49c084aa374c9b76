// SPDX-License-Identifier: Apache-2.0
// How a measure is put: counts as counts, shares only where there is enough to share.
import type { Debrief } from "../protocol";

export type Measure = Debrief["measures"][number];

export interface Figure {
  value: string;
  share: string | null;
}

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

const SHARES: Record<string, (count: number, of: number) => string | null> = {
  reflections: (count, of) => `about ${NUMBER.format((10 * count) / of)} in ten messages`,
  advice: () => null,
  stacked: () => null,
};

export function figure(measure: Measure, enough: boolean): Figure {
  const { count, of, per, id } = measure;
  if (of === null) return { value: NUMBER.format(count), share: per === "mean" ? "on average" : null };
  if (id === "reflection_to_question") return { value: `${NUMBER.format(count)} to ${NUMBER.format(of)}`, share: null };
  const value = `${NUMBER.format(count)} of ${NUMBER.format(of)}`;
  if (!enough || of === 0) return { value, share: null };
  const share = SHARES[id];
  return { value, share: share ? share(count, of) : `${Math.round((100 * count) / of)}%` };
}

/** The message that a turn belongs to, counted as people count: the last one at or before it. */
export function messagesUpTo(turn: number, numbers: Map<number, number>): number {
  let last = 0;
  for (const [number, message] of numbers) if (number <= turn) last = Math.max(last, message);
  return last;
}
