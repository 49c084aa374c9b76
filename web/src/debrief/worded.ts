// SPDX-License-Identifier: Apache-2.0
// What the server words of a debrief, in the language of the interface where it is known. The server words it in English.
import type { Debrief } from "../protocol";
import { served } from "../text";
import type { Measure } from "./figures";

export function measureName({ id, name }: Measure): string {
  return served(`measure.${id}.name`, name);
}

/** What a measure means, how much of it had been asked for, and how it was this time. */
export function measureMeaning(measure: Measure, { mode, character }: Debrief["case"]): string {
  const { id, meaning, permitted: count, band } = measure;
  const known = served(`measure.${id}.meaning`, "", { mode, character });
  if (known === "") return meaning;
  const permitted = count === null ? "" : served("measure.permitted", "", { count, mode });
  return [known, permitted, band === null ? "" : served("measure.band", "", { band })].filter(Boolean).join(" ");
}

export function measureSource({ id, source }: Measure, mode: string): string {
  return served(`measure.${id}.source`, source, { mode });
}

interface Step {
  what: string;
  why: string;
  /** From the conversation, and in its language, unless `general`. */
  example: string | null;
  general: boolean;
}

export function nextStep({ next, case: { character } }: Debrief): Step {
  const { id, count, what, why, example, general } = next;
  return {
    what: served(`next.${id}.what`, what, { character }),
    why: served(`next.${id}.why`, why, { character, count }),
    example: general && example !== null ? served(`next.${id}.example`, example) : example,
    general,
  };
}
