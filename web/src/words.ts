// SPDX-License-Identifier: Apache-2.0
// Wording that several screens share.
import type { Case, Label, Turn } from "./protocol";

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];

export function ordinal(attempt: number): string {
  return ORDINALS[attempt - 1] ?? `No. ${attempt}`;
}

export const MODES: Record<Case["mode"], { name: string; line: string }> = {
  coaching: { name: "Coaching", line: "They find their own answers; you ask, listen and give back what you hear." },
  drill: { name: "Exercise", line: "One skill, a few short tasks, and a word on each." },
  mentoring: { name: "Mentoring", line: "You may share what you know, briefly and when it is wanted, and then hand it back." },
};

export function mode(name: Case["mode"] | string): { name: string; line: string } {
  return name in MODES ? MODES[name as Case["mode"]] : MODES.coaching;
}

/** What a message did to the coachee: "Trust up". Empty when nothing moved. */
export function effectWords(effect: Turn["effect"]): { id: string; text: string; up: boolean }[] {
  return effect
    .filter(({ before, after }) => before !== after)
    .map(({ id, label, before, after }) => ({
      id,
      text: `${label.charAt(0).toUpperCase()}${label.slice(1)} ${after > before ? "up" : "down"}`,
      up: after > before,
    }));
}

/** The same words as askwell classify --explain uses. What has no name can be neither sure nor guessed. */
export function confidenceWords(label: Label): string | null {
  if (label.technique === "unclassified") return null;
  if (label.confidence >= 80) return "sure";
  if (label.confidence >= 50) return "likely";
  return "a guess";
}

/** What else it might have been. Beside a sure label that would only confuse. */
export function runnerUpWords(label: Label): string | null {
  if (!label.runner_up) return null;
  if (label.technique === "unclassified") return `Nearest: ${label.runner_up.name}`;
  return label.confidence >= 80 ? null : `could also be: ${label.runner_up.name}`;
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

const FORMS: Record<Label["form"], string | null> = { open: "open", closed: "closed", none: null };
export function formWords(label: Label): string {
  return [label.family === "other" ? null : label.family, FORMS[label.form], label.focus ? `about: ${label.focus}` : null]
    .filter((part) => part !== null)
    .join(", ");
}

const LEVELS: Record<string, string> = {
  state: "this moment of the conversation",
  stage: "this stage of the model",
  dialogue: "this case",
  temperament: "this kind of person",
  built_in: "nothing more particular fitted",
};
export function levelWords(level: string): string {
  const meaning = LEVELS[level];
  return meaning ? `${meaning} (${level.replace("_", " ")})` : level;
}

export type NoteKind = "strength" | "consider" | "neutral";

/** How a note is put. What was not recognised is nobody's fault and is not held against anyone. */
export function noteKind(turn: Turn): NoteKind {
  if (!turn.feedback || turn.primary === null || turn.primary === "unclassified") return "neutral";
  return turn.feedback.strength ? "strength" : "consider";
}

export const NOTE_WORDS: Record<NoteKind, string | null> = {
  strength: "Worked well",
  consider: "Worth a thought",
  neutral: null,
};

export function minutes(count: number): string {
  return count === 0 ? "under a minute" : plural(count, "minute");
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

const DAY_AND_TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
export function when(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : DAY_AND_TIME.format(date);
}

export const SIMULATED = "Simulated practice with a scripted character; not coaching hours.";

/** A note in one breath, for those who listen. */
export function noteWords(turn: Turn): string {
  const label = primaryLabel(turn);
  if (!label) return "";
  const effect = effectWords(turn.effect).map(({ text }) => text);
  return [`Note: ${label.name}`, NOTE_WORDS[noteKind(turn)], effect.join(", ")].filter(Boolean).join(". ");
}
