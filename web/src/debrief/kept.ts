// SPDX-License-Identifier: Apache-2.0
// What stays in this browser of a debrief: an estimate that is not sent yet, and what was seen of it.
import { parse } from "../entries";
import { read, write } from "../stored";

/** An estimate that is not sent yet. */
export interface EstimateDraft {
  went: number | null;
  skill: string;
  best: string;
}

export const readEstimateDraft = (session: string): EstimateDraft | null => parse<EstimateDraft>(read(`estimating.${session}`));

export const keepEstimateDraft = (session: string, draft: EstimateDraft | null): void =>
  write(`estimating.${session}`, draft && JSON.stringify(draft));

/** The trainee went on to the debrief without an estimate of their own. */
export const isUnrated = (session: string): boolean => read(`unrated.${session}`) !== null;

export const keepUnrated = (session: string): void => write(`unrated.${session}`, "yes");

/** The parts that were left open. */
export const readOpened = (session: string): string[] => read(`opened.${session}`)?.split(" ") ?? [];

export function keepOpened(session: string, part: string, open: boolean): void {
  const others = readOpened(session).filter((other) => other !== part);
  const parts = open ? [...others, part] : others;
  write(`opened.${session}`, parts.length > 0 ? parts.join(" ") : null);
}
