// SPDX-License-Identifier: Apache-2.0
// Two tries at the same moment beside each other: what was said, what it was recognised as, and what it did.
import type { Turn } from "../protocol";
import { list, text } from "../text";
import { effectWords } from "./noteWords";
import { Tried } from "./Tried";

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
  const changes = effectWords(total(said)).map((change) => change.text.toLowerCase());
  const told = reached(said);
  return (
    <section class="try" aria-label={title}>
      <p class="try-title">{title}</p>
      <ol class="plain">
        {said.map((turn) => (
          <li key={turn.turn}>
            <Tried turn={turn} name={name} />
          </li>
        ))}
      </ol>
      <p class="try-total small">
        {changes.length > 0
          ? text("talk.compare.altogether", { changes: list(changes), name, told })
          : text("talk.compare.altogether_unmoved", { name, told })}
      </p>
    </section>
  );
}

export function Compare({ before, after, name }: Props) {
  return (
    <div class="compare" data-testid="compare">
      <Try title={text("talk.compare.set_aside")} turns={before} name={name} />
      <Try title={text("talk.compare.instead")} turns={after} name={name} />
    </div>
  );
}
