// SPDX-License-Identifier: Apache-2.0
import type { Turn } from "../protocol";
import { ordinal, plural } from "../words";
import { TurnView } from "./ThreadView";

interface Props {
  attempt: number;
  turns: Turn[];
  name: string;
  notesOpen: boolean;
}

/** A try that the trainee took back: kept, folded, in its place. */
export function Aside({ attempt, turns, name, notesOpen }: Props) {
  const messages = turns.filter((turn) => turn.kind === "say").length;
  return (
    <details class="aside" aria-live="off">
      <summary>
        {ordinal(attempt)} try, set aside ({plural(messages, "message")})
      </summary>
      {turns.map((turn) => (
        <TurnView
          key={turn.turn}
          turn={turn}
          number={null}
          name={name}
          pacing={null}
          here={false}
          notesOpen={notesOpen}
          onRetake={null}
        />
      ))}
    </details>
  );
}
