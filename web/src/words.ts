// SPDX-License-Identifier: Apache-2.0
// Wording that several screens share, the one of a conversation from its beginning.
import type { CaseSummary, Turn } from "./protocol";
import { text } from "./text";

export function mode(name: CaseSummary["mode"] | string): { name: string; line: string } {
  switch (name) {
    case "drill":
      return { name: text("words.mode.drill"), line: text("words.mode.drill_line") };
    case "mentoring":
      return { name: text("words.mode.mentoring"), line: text("words.mode.mentoring_line") };
    default:
      return { name: text("words.mode.coaching"), line: text("words.mode.coaching_line") };
  }
}

export type NoteKind = "strength" | "consider" | "neutral";

/** How a note is put. What was not recognised is nobody's fault and is not held against anyone. */
export function noteKind(turn: Turn): NoteKind {
  if (!turn.feedback || turn.primary === null || turn.primary === "unclassified") return "neutral";
  return turn.feedback.strength ? "strength" : "consider";
}
