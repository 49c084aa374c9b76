// SPDX-License-Identifier: Apache-2.0
import type { Debrief } from "../protocol";
import { messagesUpTo } from "./figures";

interface Leg {
  id: string;
  name: string;
  from: number;
  to: number;
}

function legs(debrief: Debrief, numbers: Map<number, number>): Leg[] {
  return debrief.path.map((part) => ({
    id: part.id,
    name: part.name,
    from: messagesUpTo(part.from_turn - 1, numbers),
    to: messagesUpTo(part.to_turn, numbers),
  }));
}

function legWords(leg: Leg): string {
  if (leg.to <= leg.from) return "no message";
  if (leg.to === leg.from + 1) return `message ${leg.to}`;
  return `messages ${leg.from + 1} to ${leg.to}`;
}

export function StagePath({ debrief, numbers }: { debrief: Debrief; numbers: Map<number, number> }) {
  const path = legs(debrief, numbers);
  const total = Math.max(1, numbers.size, ...path.map((leg) => leg.to));
  return (
    <section aria-labelledby="path-title">
      <h2 id="path-title">The way through the stages</h2>
      <div class="path" role="img" aria-label="The stages from the first message to the last; the list below says the same">
        {debrief.stages.map((stage) => {
          const own = path.filter((leg) => leg.id === stage.id);
          return (
            <div key={stage.id} class={own.length > 0 ? "path-row" : "path-row unvisited"}>
              <span class="path-name">{stage.name}</span>
              <svg viewBox={`0 0 ${total * 10} 10`} preserveAspectRatio="none">
                <rect class="track" x="0" y="4.6" width={total * 10} height="0.8" />
                {own.map((leg) => (
                  <rect
                    key={leg.from}
                    class="leg"
                    x={leg.from * 10 + 0.5}
                    y="1"
                    width={Math.max(leg.to - leg.from, 0.2) * 10 - 1}
                    height="8"
                  />
                ))}
              </svg>
            </div>
          );
        })}
      </div>
      <ol class="path-list">
        {path.map((leg, index) => (
          <li key={index}>
            {leg.name}: {legWords(leg)}
          </li>
        ))}
      </ol>
      <Unvisited debrief={debrief} />
    </section>
  );
}

function Unvisited({ debrief }: { debrief: Debrief }) {
  const missing = debrief.stages.filter((stage) => !debrief.path.some((part) => part.id === stage.id));
  if (missing.length === 0) return null;
  return (
    <p class="muted">
      Not reached this time: {missing.map((stage) => stage.name).join(", ")}. A short conversation need not reach them all.
    </p>
  );
}
