// SPDX-License-Identifier: Apache-2.0
// Where one could go back to, to try what the debrief advises.
import type { Debrief, Turn } from "../protocol";
import { noteKind } from "../words";

/** The moment that the advice is about; else the latest message whose note offered another way to put it, not the best one. */
export function momentToTry(turns: readonly Turn[], { next, best }: Debrief): Turn | null {
  const meant = turns.find((turn) => turn.turn === next.turn);
  if (meant) return meant;
  const moments = turns.filter(
    (turn) => turn.kind === "say" && !turn.set_aside && turn.turn !== best?.turn && noteKind(turn) === "consider" && turn.feedback?.alternative,
  );
  return moments[moments.length - 1] ?? null;
}
