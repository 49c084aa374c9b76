// SPDX-License-Identifier: Apache-2.0
import { useState } from "preact/hooks";
import type { Turn } from "../protocol";
import { text } from "../text";
import { Compare } from "./Compare";
import { TurnView } from "./ThreadView";

interface Props {
  attempt: number;
  turns: Turn[];
  /** Which message of this try each was. */
  numbers: Map<number, number>;
  /** What was said instead, on the path that counts. */
  instead: Turn[];
  name: string;
  notesOpen: boolean;
  noteShown: (turn: Turn) => boolean;
}

/** A try that the trainee took back: kept, folded, in its place. */
export function Aside({ attempt, turns, numbers, instead, name, notesOpen, noteShown }: Props) {
  const [beside, setBeside] = useState(false);
  const messages = turns.filter((turn) => turn.kind === "say").length;
  return (
    <details class="aside" aria-live="off">
      <summary>{text("talk.aside.title", { attempt, messages })}</summary>
      {instead.length > 0 && [...turns, ...instead].filter(({ kind }) => kind === "say").every(noteShown) && (
        <p>
          <button
            type="button"
            class="link"
            aria-pressed={beside}
            data-testid="beside"
            onClick={() => setBeside(!beside)}
          >
            {beside ? text("talk.aside.by_itself") : text("talk.aside.side_by_side")}
          </button>
        </p>
      )}
      {beside && <Compare before={turns} after={instead} name={name} />}
      {!beside && turns.map((turn) => (
        <TurnView
          key={turn.turn}
          turn={turn}
          number={numbers.get(turn.turn) ?? null}
          attempt={attempt}
          name={name}
          pacing={null}
          here={false}
          notesOpen={notesOpen}
          noteShown={noteShown(turn)}
          onRetake={null}
        />
      ))}
    </details>
  );
}
