// SPDX-License-Identifier: Apache-2.0
// Wording of the notes on what was said.
import type { Label, Turn } from "../protocol";
import { text } from "../text";
import type { NoteKind } from "../words";

/** Less of it is better. */
const HINDERS = new Set(["guarded"]);

/** What a message did to the coachee: "Trust up". Empty when nothing moved. */
export function effectWords(effect: Turn["effect"]): { id: string; text: string; up: boolean; better: boolean }[] {
  return effect
    .filter(({ before, after }) => before !== after)
    .map(({ id, label: written, before, after }) => {
      const label = `${written.charAt(0).toUpperCase()}${written.slice(1)}`;
      const up = after > before;
      return { id, text: text(up ? "words.effect.up" : "words.effect.down", { label }), up, better: up !== HINDERS.has(id) };
    });
}

/** The same words as askwell classify --explain uses. What has no name can be neither sure nor guessed. */
export function confidenceWords(label: Label): string | null {
  if (label.technique === "unclassified") return null;
  if (label.confidence >= 80) return text("words.confidence.sure");
  if (label.confidence >= 50) return text("words.confidence.likely");
  return text("words.confidence.guess");
}

/** What else it might have been. Beside a sure label that would only confuse. */
export function runnerUpWords(label: Label): string | null {
  if (!label.runner_up) return null;
  const { name } = label.runner_up;
  if (label.technique === "unclassified") return text("words.runner_up.nearest", { name });
  return label.confidence >= 80 ? null : text("words.runner_up.also", { name });
}

const OBSERVATIONS = 3;

/** The strongest observations that spoke for a label, each said once, with the words that they refer to; those that are
 * about the sentence as a whole have none. Empty when one rule was sure, and in old answers. */
export function observations(label: Label): { because: string; words: string | null }[] {
  const { start, end } = label;
  const unlike = (label.evidence ?? []).filter(
    ({ because }, index, all) => all.findIndex((other) => other.because === because) === index,
  );
  /* All of it, or all but the mark at its end. */
  const isWhole = (cue: Label["cue"]): boolean => cue.start <= start && end - cue.end <= 1;
  return unlike.slice(0, OBSERVATIONS).map(({ because, cue }) => ({
    because,
    words: cue.text === "" || isWhole(cue) ? null : cue.text,
  }));
}

export function formWords({ family, form, focus }: Label): string {
  return [
    family === "other" ? null : text("words.family", { family }),
    form === "none" ? null : text("words.form", { form }),
    focus ? text("words.focus", { focus }) : null,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

/** Which part of the script an answer came from. */
export function levelWords(level: string): string {
  return text("words.answered_by", { level });
}

export function noteKindWords(kind: NoteKind): string | null {
  return kind === "neutral" ? null : text(kind === "strength" ? "words.note.strength" : "words.note.consider");
}

/** Which of its labels the note is about. */
export function primaryIndex(turn: Turn): number {
  return Math.max(
    0,
    turn.labels.findIndex((label) => label.technique === turn.primary),
  );
}

export function primaryLabel(turn: Turn): Label | null {
  return turn.labels[primaryIndex(turn)] ?? null;
}
