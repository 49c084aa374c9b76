// SPDX-License-Identifier: Apache-2.0
// Two tries at the same moment beside each other: what was said, what it was recognised as, and what it did.
import type { Turn } from "../protocol";
import { effectWords, primaryLabel } from "../words";

interface Props {
  before: Turn[];
  after: Turn[];
  name: string;
}

/** Sum of what a try changed, by variable. */
function total(turns: Turn[]): Turn["effect"] {
  const sums = new Map<string, Turn["effect"][number]>();
  for (const { effect } of turns)
    for (const change of effect) {
      const sum = sums.get(change.id);
      sums.set(change.id, sum ? { ...sum, after: sum.after + change.after - change.before } : { ...change });
    }
  return [...sums.values()];
}

function reached(turns: Turn[]): number {
  return turns.filter((turn) => turn.why?.disclosure).length;
}

function Try({ title, turns, name }: { title: string; turns: Turn[]; name: string }) {
  const said = turns.filter((turn) => turn.kind === "say");
  const moved = effectWords(total(said));
  const told = reached(said);
  return (
    <section class="try" aria-label={title}>
      <p class="try-title">{title}</p>
      <ol class="plain">
        {said.map((turn) => (
          <li key={turn.turn}>
            <p class="try-said" dir="auto">
              {turn.text}
            </p>
            <p class="try-label">
              {primaryLabel(turn)?.name ?? "Not recognised"}
              {effectWords(turn.effect).map((change) => (
                <span key={change.id} class={change.up ? "effect up" : "effect down"}>
                  {change.text}
                </span>
              ))}
            </p>
            {turn.reply[0] && (
              <p class="try-reply muted" dir="auto">
                {name}: {turn.reply.find((line) => line.voice === "character")?.text ?? turn.reply[0].text}
              </p>
            )}
          </li>
        ))}
      </ol>
      <p class="try-total small">
        {moved.length > 0 ? `Altogether: ${moved.map(({ text }) => text.toLowerCase()).join(", ")}` : "Altogether: nothing moved"}
        {told > 0 && `; ${name} told you ${told === 1 ? "one thing" : `${told} things`} more`}.
      </p>
    </section>
  );
}

export function Compare({ before, after, name }: Props) {
  return (
    <div class="compare" data-testid="compare">
      <Try title="Set aside" turns={before} name={name} />
      <Try title="Instead" turns={after} name={name} />
    </div>
  );
}
