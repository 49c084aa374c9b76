// SPDX-License-Identifier: Apache-2.0
// Two tries at the same moment beside each other: what was said, what it was recognised as, and what it did.
import { useContext } from "preact/hooks";
import type { Turn } from "../protocol";
import { list, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { effectWords, primaryLabel } from "./noteWords";

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
  const language = useContext(CaseLanguage);
  const changes = effectWords(total(said)).map((change) => change.text.toLowerCase());
  const told = reached(said);
  return (
    <section class="try" aria-label={title}>
      <p class="try-title">{title}</p>
      <ol class="plain">
        {said.map((turn) => (
          <li key={turn.turn}>
            <p class="try-said" dir="auto" lang={language}>
              {turn.text}
            </p>
            <p class="try-label">
              <Recognised turn={turn} />
              {effectWords(turn.effect).map((change) => (
                <span key={change.id} class={change.better ? "effect better" : "effect worse"}>
                  {change.text}
                </span>
              ))}
            </p>
            {turn.reply[0] && (
              <p class="try-reply muted" dir="auto">
                {text("talk.spoken.who", { name })}{" "}
                <span lang={language}>{turn.reply.find((line) => line.voice === "character")?.text ?? turn.reply[0].text}</span>
              </p>
            )}
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

function Recognised({ turn }: { turn: Turn }) {
  const language = useContext(CaseLanguage);
  const label = primaryLabel(turn);
  return label ? <span lang={language}>{label.name}</span> : <>{text("talk.compare.not_recognised")}</>;
}

export function Compare({ before, after, name }: Props) {
  return (
    <div class="compare" data-testid="compare">
      <Try title={text("talk.compare.set_aside")} turns={before} name={name} />
      <Try title={text("talk.compare.instead")} turns={after} name={name} />
    </div>
  );
}
