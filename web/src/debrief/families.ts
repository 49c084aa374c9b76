// SPDX-License-Identifier: Apache-2.0
// Kinds of moves, in the order and by the names in which a debrief shows them.
import { text } from "../text";
import type { Family } from "./stretches";

export const FAMILIES: Family[] = ["question", "reflection", "input", "other"];

export function familyName(family: string): string {
  return text("debrief.mix.family", { family });
}

export function placeOf(family: string): number {
  return FAMILIES.indexOf(family as Family);
}
