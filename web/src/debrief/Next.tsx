// SPDX-License-Identifier: Apache-2.0
import type { Debrief, SessionView, Turn } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { noteKind } from "../words";
import { nextStep } from "./worded";

interface Props {
  debrief: Debrief;
  view: SessionView;
  /** All of the conversation: what was set aside since cannot be tried again. */
  whole: SessionView;
  numbers: Map<number, number>;
}

/** The moment that the advice is about; else the latest message whose note offered another way to put it, not the best one. */
function momentToTry(turns: Turn[], { next, best }: Debrief): Turn | null {
  const meant = turns.find((turn) => turn.turn === next.turn);
  if (meant) return meant;
  const moments = turns.filter(
    (turn) => turn.kind === "say" && !turn.set_aside && turn.turn !== best?.turn && noteKind(turn) === "consider" && turn.feedback?.alternative,
  );
  return moments[moments.length - 1] ?? null;
}

export function Next({ debrief, view, whole, numbers }: Props) {
  const next = nextStep(debrief);
  const told = momentToTry(view.turns, debrief);
  const moment = told && whole.turns.some(({ turn, set_aside: aside }) => turn === told.turn && !aside) ? told : null;
  return (
    <section class="card next" aria-labelledby="next-title">
      <h2 id="next-title">{text("debrief.next.title")}</h2>
      <p class="next-what">{next.what}</p>
      <p>{next.why}</p>
      {next.example && (
        <>
          <p class="unseen">{text("debrief.next.for_example")}</p>
          <p class="quote" lang={next.general ? undefined : debrief.case.language}>
            {next.example}
          </p>
        </>
      )}
      <ul class="plain links">
        {moment && (
          <li>
            <a class="button" href={to.talk(view.session, moment.turn)} data-testid="try-again">
              {text("debrief.next.again")}
            </a>
            <p class="muted small">
              {text("debrief.next.again_meaning", { number: numbers.get(moment.turn) ?? 0, ended: whole.ended === null ? "no" : "yes" })}
            </p>
          </li>
        )}
        <li>
          <a href={to.brief(view.case.id)}>{text("debrief.next.afresh", { name: view.case.character.name })}</a>
        </li>
      </ul>
    </section>
  );
}
