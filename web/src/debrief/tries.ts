// SPDX-License-Identifier: Apache-2.0
// A conversation can be ended, gone back into and ended again. Each end stays, and the conversation as it stood there.
import type { Debrief, Note, SessionView, Turn } from "../protocol";

/** The turns that ended it, in order; those that somebody went back behind are set aside. */
export function endsOf(turns: readonly Turn[]): Turn[] {
  return turns.filter((turn) => turn.ended !== null);
}

/** The view as it was when `turn` had just been answered. */
export function asItWas(view: SessionView, turn: number): SessionView {
  const turns: Turn[] = [];
  for (const now of view.turns.slice(0, turn)) {
    const { to } = now;
    if (now.kind === "retake" && to !== null)
      for (const [index, then] of turns.entries()) if (then.turn >= to) turns[index] = { ...then, set_aside: true };
    turns.push({ ...now, set_aside: false });
  }
  const last = turns[turns.length - 1];
  return { ...view, turns, ended: last?.ended ? last.at : null };
}

export interface Parted {
  before: Turn[];
  after: Turn[];
  /** How many messages both have. */
  common: number;
}

/** What was said where two tries part, on either side of it. */
export function partedAt(before: SessionView, after: SessionView): Parted {
  const path = (view: SessionView): Turn[] => view.turns.filter((turn) => turn.kind === "say" && !turn.set_aside);
  const [then, now] = [path(before), path(after)];
  const shared = then.findIndex((turn, index) => turn.turn !== now[index]?.turn);
  const common = shared < 0 ? then.length : shared;
  return { before: then.slice(common), after: now.slice(common), common };
}

const SHORTER_BY = 3;

/**
 * The later try was ended by the trainee, somewhere else than the one before and after so few messages that its figures and its
 * end say little beside those.
 */
export function brokeOff(before: { debrief: Debrief }, { debrief, view }: { debrief: Debrief; view: SessionView }): boolean {
  const ended = view.turns.find(({ turn }) => turn === debrief.ended_turn);
  const fewer = debrief.messages * 3 <= before.debrief.messages * 2 && before.debrief.messages - debrief.messages >= SHORTER_BY;
  return ended?.kind === "end" && debrief.ending?.id !== before.debrief.ending?.id && fewer;
}

/** The last that the coachee had said before this message; "" when nothing. */
export function heardBefore(view: SessionView, said: Turn): string {
  const lines = view.turns.flatMap((turn) => (turn.turn < said.turn && !turn.set_aside ? turn.reply : []));
  const heard = [...view.opening, ...lines].filter(({ voice }) => voice === "character");
  return heard[heard.length - 1]?.text ?? "";
}

export type Estimated = "went" | "skill" | "best";

/** Where an estimate is kept: with the end that it is about. */
export function aboutOwn(what: Estimated, end: number): string {
  return `self.${what}.${end}`;
}

/** What the trainee said of themselves at an end; "" when nothing. What was kept before there could be two is of the first. */
export function ownEstimate(notes: readonly Note[], what: Estimated, end: Turn, ends: readonly Turn[]): string {
  const text = (about: string): string => notes.find((note) => note.about === about)?.text ?? "";
  return text(aboutOwn(what, end.turn)) || (end.turn === ends[0]?.turn ? text(`self.${what}`) : "");
}
