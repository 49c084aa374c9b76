// SPDX-License-Identifier: Apache-2.0
// Somebody comes to say one moment differently: the conversation is shown as it will be once they have, and nothing is changed
// before that.
import { withTurn } from "../practice";
import type { SessionView, Turn } from "../protocol";

/** The message at that moment, if it still counts. */
export function momentOf(view: SessionView, moment: number | null): Turn | null {
  return view.turns.find((turn) => turn.turn === moment && turn.kind === "say" && !turn.set_aside) ?? null;
}

export function lookBack(view: SessionView, again: Turn): SessionView {
  const before = view.turns.filter((turn) => turn.turn < again.turn && !turn.set_aside);
  const { id, name } = (again.stage.changed ? (before[before.length - 1]?.stage ?? view.case.stages[0]) : again.stage) ?? again.stage;
  const back: Turn = { ...again, turn: view.next, kind: "retake", to: again.turn, reply: [], ended: null, stage: { id, name, changed: false } };
  return withTurn(view, back);
}
