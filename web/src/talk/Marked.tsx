// SPDX-License-Identifier: Apache-2.0
import type { Turn } from "../protocol";
import { type Mark, pieces } from "../spans";

/** A message with the words that showed its technique, and the coachee's own words in it, marked for the eye: to the ear
 * every mark would be a word more, and the reasons below quote them. */
export function Marked({ turn }: { turn: Turn }) {
  const marks: Mark[] = [
    ...turn.labels
      .filter((label) => label.technique !== "unclassified")
      .map(({ cue }) => ({ start: cue.start, end: cue.end, kind: "cue" as const })),
    ...turn.picked_up.map(({ start, end }) => ({ start, end, kind: "picked" as const })),
  ];
  return (
    <>
      {pieces(turn.text, marks).map((piece, index) => {
        const inner = piece.picked ? <span class="picked">{piece.text}</span> : piece.text;
        return piece.cue ? <span key={index} class="showed">{inner}</span> : <span key={index}>{inner}</span>;
      })}
    </>
  );
}
